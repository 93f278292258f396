-- What an UPDATE is measured against does not depend on what else is going on: FTS5 keeps statements of its own open.
-- emulator: --services 1 --channels 3 --users 4 --members 8 --messages 15 --write-limit 0
CREATE VIRTUAL TABLE temp.words USING fts5(x);
INSERT INTO words SELECT sid || ' word' FROM channels;
UPDATE channels SET friendly_name = 'same';
CREATE TEMP VIEW posted AS SELECT count(*) AS calls FROM chat_requests WHERE method = 'POST';
DELETE FROM chat_requests;
BEGIN;
SELECT count(*) FROM words WHERE words MATCH 'word';
INSERT INTO words VALUES ('word x');
SELECT count(*) FROM words WHERE words MATCH 'word';
UPDATE channels SET friendly_name = 'same';
UPDATE channels SET friendly_name = 'same' WHERE sid IN (SELECT substr(x, 1, 34) FROM words WHERE words MATCH 'word');
UPDATE channels SET friendly_name = 'same' FROM (SELECT substr(x, 1, 34) AS s FROM words WHERE words MATCH 'word') WHERE sid = s;
UPDATE channels SET friendly_name = friendly_name, attributes = attributes FROM words WHERE sid = substr(x, 1, 34) AND words MATCH 'word';
COMMIT;
SELECT * FROM posted;
-- Nor on what was written between reading and writing: an INSERT into another table of ours, into the same.
BEGIN;
INSERT INTO channels(service_sid, unique_name) SELECT service_sid, 'beside' FROM channels LIMIT 1;
INSERT INTO words SELECT friendly_name FROM channels;
UPDATE channels SET friendly_name = (SELECT max(friendly_name) FROM channels AS other WHERE other.sid = channels.sid);
SELECT operation, body FROM chat_writes;
ROLLBACK;
