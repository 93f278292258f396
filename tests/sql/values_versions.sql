-- A column that the API version in force does not have is NULL, whatever a server sends under its name.
.shell tests/sql/fault EMULATOR_URL action=body 'body={\"services\":[{\"sid\":\"IS00000000000000000000000000000001\",\"friendly_name\":\"one\",\"media\":{\"size_limit_mb\":1}}],\"meta\":{\"key\":\"services\",\"next_page_url\":null}}'
SELECT friendly_name, media FROM services;
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
.shell tests/sql/fault EMULATOR_URL action=body 'body={\"services\":[{\"sid\":\"IS00000000000000000000000000000001\",\"friendly_name\":\"one\",\"media\":{\"size_limit_mb\":1}}],\"meta\":{\"key\":\"services\",\"next_page_url\":null}}'
SELECT friendly_name, media FROM services;
