-- A server that pages by number, without tokens: nothing changes but the URLs.
-- emulator: --seed 1 --services 2 --channels 20 --users 20 --members 40 --messages 200 --paging page
UPDATE chat_settings SET value = 3 WHERE name = 'page_size';
SELECT count(*), count(DISTINCT sid) FROM channels;
SELECT count(*) = (SELECT sum(messages_count) FROM channels), count(DISTINCT sid) = count(*) FROM messages;
SELECT count(*) = (SELECT sum(members_count) FROM channels) FROM members;
DELETE FROM chat_requests;
SELECT count(*) FROM services;
UPDATE chat_settings SET value = 1 WHERE name = 'page_size';
SELECT count(*) FROM services;
-- (A page guessed past the end may have been answered by now, or not.)
SELECT call, status, rows FROM calls WHERE rows > 0;
