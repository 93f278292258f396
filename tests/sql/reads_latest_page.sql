-- The latest of each list, and all of it. Pages counted by number, of 1000 rows.
-- emulator: --services 1 --channels 200 --messages 8000 --spread even --tidy --users 10 --members 10 --write-limit 0 --paging page
UPDATE chat_settings SET value = 'v1' WHERE name = 'api_version';
.read tests/sql/reads_latest
