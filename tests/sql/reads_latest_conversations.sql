-- The latest of each list, and all of it. The same of Conversations, under Chat's names.
-- emulator: --services 1 --channels 200 --messages 8000 --spread even --tidy --users 10 --members 10 --write-limit 0 --private 100
UPDATE chat_settings SET value = 'conversations' WHERE name = 'api_version';
.read tests/sql/reads_latest
