-- Tables made or dropped inside a transaction: SQLite does not tell them everything that is rolled back, so what could
-- outlive its rollback, or be lost, is refused.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick

-- Made in a transaction of its own it is like any other, also with IF NOT EXISTS inside one.
CREATE VIRTUAL TABLE x USING channels;
INSERT INTO x(service_sid, unique_name) VALUES (@service, 'x1');
BEGIN;
CREATE VIRTUAL TABLE IF NOT EXISTS x USING channels;
INSERT INTO x(service_sid, unique_name) VALUES (@service, 'x2');
COMMIT;
SELECT state, body FROM writes;

-- Made inside: readable, not writable, whatever comes before and after.
SAVEPOINT a;
CREATE VIRTUAL TABLE y USING channels;
INSERT INTO y(service_sid, unique_name) VALUES (@service, 'y1');
INSERT OR IGNORE INTO y(service_sid, unique_name) VALUES (@service, 'y2');
UPDATE y SET friendly_name = 'y' WHERE service_sid = @service AND unique_name = 'x1';
DELETE FROM y WHERE service_sid = @service AND unique_name = 'x1';
SELECT count(*) FROM y WHERE service_sid = @service AND unique_name = 'x1';
ROLLBACK TO a;
COMMIT;
BEGIN;
SAVEPOINT a;
CREATE VIRTUAL TABLE temp.y USING channels;
INSERT INTO y(service_sid, unique_name) VALUES (@service, 'y3');
-- What could always be written still can.
INSERT INTO channels(service_sid, unique_name) VALUES (@service, 'y4');
ROLLBACK TO a;
INSERT INTO x(service_sid, unique_name) VALUES (@service, 'y5');
COMMIT;
SELECT state, body FROM writes;
BEGIN;
CREATE VIRTUAL TABLE y USING channels;
INSERT INTO y(service_sid, unique_name) VALUES (@service, 'y6');
COMMIT;
INSERT INTO y(service_sid, unique_name) VALUES (@service, 'y7');
SELECT state, body FROM writes;

-- A table with calls pending is not dropped: a ROLLBACK TO would bring it back without them.
BEGIN;
INSERT INTO x(service_sid, unique_name) VALUES (@service, 'd1');
SAVEPOINT a;
DROP TABLE x;
SELECT state, body FROM writes;
ROLLBACK TO a;
COMMIT;
SELECT state, body FROM writes;
-- Without any it is, and what other tables have queued stays.
BEGIN;
INSERT INTO x(service_sid, unique_name) VALUES (@service, 'd2');
SAVEPOINT a;
INSERT INTO y(service_sid, unique_name) VALUES (@service, 'd3');
ROLLBACK TO a;
DROP TABLE y;
COMMIT;
SELECT state, body FROM writes;
DROP TABLE y;

-- The schema is read again in the middle: the table is another to SQLite, its calls are the same.
BEGIN;
INSERT INTO x(service_sid, unique_name) VALUES (@service, 's1');
SAVEPOINT a;
CREATE TABLE fresh(z);
INSERT INTO x(service_sid, unique_name) VALUES (@service, 's2');
ROLLBACK TO a;
INSERT INTO x(service_sid, unique_name) VALUES (@service, 's3');
SAVEPOINT b;
INSERT INTO x(service_sid, unique_name) VALUES (@service, 's4');
ROLLBACK TO b;
DROP TABLE x;
COMMIT;
SELECT state, body FROM writes;
.shell tests/sql/control EMULATOR_URL ledger >SCRATCH/ledger
SELECT body FROM ledger;

-- So it is when a table gets another name; and one made inside becomes one that SQLite tells.
CREATE VIRTUAL TABLE x USING channels;
BEGIN;
INSERT INTO x(service_sid, unique_name) VALUES (@service, 'n1');
SAVEPOINT a;
ALTER TABLE x RENAME TO y;
INSERT INTO y(service_sid, unique_name) VALUES (@service, 'n2');
ROLLBACK TO a;
INSERT INTO x(service_sid, unique_name) VALUES (@service, 'n3');
SAVEPOINT b;
CREATE VIRTUAL TABLE y USING channels;
SAVEPOINT c;
CREATE TABLE fresh(z);
ROLLBACK TO c;
INSERT INTO y(service_sid, unique_name) VALUES (@service, 'n4');
ROLLBACK TO b;
COMMIT;
SELECT state, body FROM writes;

-- Attached and detached.
ATTACH ':memory:' AS other;
CREATE VIRTUAL TABLE other.z USING channels;
BEGIN;
INSERT INTO z(service_sid, unique_name) VALUES (@service, 'z1');
SAVEPOINT a;
INSERT INTO z(service_sid, unique_name) VALUES (@service, 'z2');
DETACH other;
ROLLBACK TO a;
DETACH other;
COMMIT;
SELECT state, body FROM writes;
DETACH other;
