-- The extension's own tables, too, can be used by whoever types the query alone, not from a database's schema.
CREATE VIEW spy AS SELECT name, value FROM chat_settings;
SELECT * FROM spy;
CREATE VIEW log AS SELECT path FROM chat_requests;
SELECT * FROM log;
CREATE TABLE local(x);
CREATE TRIGGER hidden AFTER INSERT ON local BEGIN UPDATE chat_settings SET value = 'http://127.0.0.1:1' WHERE name = 'url'; END;
INSERT INTO local VALUES (1);
SELECT count(*) FROM local;
UPDATE chat_settings SET value = 7 WHERE name = 'page_size';
SELECT name, value FROM chat_settings WHERE source = 'set';
CREATE TEMP VIEW mine AS SELECT name FROM chat_settings WHERE name = 'page_size';
SELECT * FROM mine;
