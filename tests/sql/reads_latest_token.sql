-- The latest of each list, and all of it. Pages named by tokens, of 100 rows.
-- emulator: --services 1 --channels 200 --messages 8000 --spread even --tidy --users 10 --members 10 --write-limit 0 --paging token
UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';
.read tests/sql/reads_latest
