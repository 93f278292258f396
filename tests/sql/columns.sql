-- chat_columns: what can be done with each column.
SELECT name FROM pragma_table_info('chat_columns');
SELECT table_name, count(*) FROM chat_columns GROUP BY table_name;
SELECT name, type, since, filter, "insert", "update" FROM chat_columns WHERE table_name = 'channels';
SELECT name, type, since, filter, "insert", "update" FROM chat_columns WHERE table_name = 'messages';
SELECT count(*) FROM chat_columns WHERE description IS NULL OR description = '';
SELECT table_name, name FROM chat_columns WHERE filter <> '' AND filter IS NOT NULL AND name NOT LIKE '%sid' ORDER BY 1, 2;
