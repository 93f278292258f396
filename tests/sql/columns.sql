-- chat_columns: what can be done with each column.
SELECT name FROM pragma_table_info('chat_columns');
SELECT table_name, count(*) FROM chat_columns GROUP BY table_name;
SELECT name, type, since, filter, "insert", "update" FROM chat_columns WHERE table_name = 'channels';
SELECT name, type, since, filter, "insert", "update" FROM chat_columns WHERE table_name = 'messages';
SELECT count(*) FROM chat_columns WHERE description IS NULL OR description = '';
SELECT table_name, name FROM chat_columns WHERE filter <> '' AND filter IS NOT NULL AND name NOT LIKE '%sid' ORDER BY 1, 2;
-- Where a row goes: the innermost parent, which settings and known channels may spare; a value that a version takes alone.
SELECT table_name, name, "insert" FROM chat_columns WHERE "insert" IS NOT NULL AND name GLOB '*_sid' AND "insert" NOT LIKE '%(%' ORDER BY 1, 2;
INSERT INTO messages(channel_sid, body) SELECT sid, 'without its service' FROM channels LIMIT 1;
INSERT INTO messages(service_sid, body) SELECT service_sid, 'without its channel' FROM channels LIMIT 1;
INSERT INTO channels(friendly_name) VALUES ('without its service');
