-- Programs that know a row by its rowid, quoted or not, reach that row and no other. DB Browser for SQLite reads
-- "_rowid_" and writes WHERE "_rowid_" = '...'; a quoted name that no column had would be a text, and true of every row.
.read tests/sql/writes_pick
SELECT rowid = path, _rowid_ = path, oid = path, "rowid" = path, "_rowid_" = path, "oid" = path
  FROM channels WHERE service_sid = @service AND sid = @channel;
SELECT count(*) FROM channels WHERE "_rowid_" = '_rowid_' OR "rowid" = 'rowid' OR "oid" = 'oid';

-- One request each: the row's own.
DELETE FROM chat_requests;
SELECT count(*) FROM channels WHERE "_rowid_" IN ('/Services/' || @service || '/Channels/' || @channel);
SELECT count(*) FROM channels WHERE rowid = '/Services/' || @service || '/Channels/' || @channel;
SELECT count(*) FROM chat_requests;

BEGIN;
UPDATE channels SET "friendly_name" = 'one cell' WHERE "_rowid_" = '/Services/' || @service || '/Channels/' || @channel;
DELETE FROM channels WHERE "_rowid_" IN ('/Services/' || @service || '/Channels/' || @other);
UPDATE channels SET friendly_name = 'no row' WHERE "_rowid_" = '_rowid_';
UPDATE channels SET friendly_name = 'same', rowid = path WHERE service_sid = @service AND sid = @channel;
COMMIT;
SELECT * FROM writes;

-- They are nothing that can be given.
INSERT INTO channels(service_sid, rowid) VALUES (@service, 1);
INSERT INTO channels(service_sid, oid) VALUES (@service, 'x');
UPDATE channels SET _rowid_ = 'x' WHERE service_sid = @service AND sid = @channel;
UPDATE channels SET rowid = NULL WHERE service_sid = @service AND sid = @channel;

-- They are hidden, also from NATURAL JOIN.
SELECT group_concat(name) FROM pragma_table_xinfo('channels') WHERE hidden;
SELECT count(*) > 1 FROM (SELECT 1 AS rowid) NATURAL JOIN services;
