-- An UPDATE of many rows of a list asks for nothing that it does not touch: attributes, which lists of v1 hide, cost a request each.
-- emulator: --services 1 --channels 5 --users 2 --members 2 --messages 5 --write-limit 0
CREATE TEMP VIEW asked AS
SELECT method, count(*) AS requests FROM chat_requests GROUP BY method;
UPDATE channels SET friendly_name = 'Seen';
SELECT * FROM asked; DELETE FROM chat_requests;
SELECT DISTINCT body FROM chat_writes;
-- Neither does one of a column that keeps its value, and then nothing is sent.
UPDATE channels SET friendly_name = 'Seen';
SELECT * FROM asked; DELETE FROM chat_requests;
-- One that looks at them fetches them.
UPDATE channels SET friendly_name = json_extract(attributes, '$.topic') || '!' WHERE json_extract(attributes, '$.topic') IS NULL;
SELECT * FROM asked; DELETE FROM chat_requests;
