-- INSERT ... RETURNING, of rows that OR IGNORE would leave out: SQLite gives back all rows of a virtual table, so such a row fails
-- the statement.
CREATE TEMP TABLE scratch AS SELECT 'SCRATCH' AS folder;
.read tests/sql/writes_pick
CREATE TABLE ordinary(a INTEGER PRIMARY KEY, b);
INSERT INTO ordinary VALUES (1, 'x');
BEGIN;
INSERT OR IGNORE INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'returned', '{}') RETURNING body;
INSERT OR IGNORE INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'before', '{}'), (@service, @channel, 'no JSON', '{') RETURNING body;
WITH given(x) AS (VALUES ('{')) INSERT OR IGNORE INTO messages(service_sid, channel_sid, body, attributes) SELECT @service, @channel, 'no JSON', x FROM given RETURNING body;
INSERT INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'no JSON', '{') RETURNING body;
-- Without it, and into other tables, a row is left out as ever.
INSERT OR IGNORE INTO messages(service_sid, channel_sid, body, attributes) VALUES (@service, @channel, 'kept', '{}'), (@service, @channel, 'no JSON', '{');
INSERT OR IGNORE INTO ordinary VALUES (1, 'x'), (9, 'z') RETURNING b;
COMMIT;
SELECT state, operation, table_name, body FROM chat_writes;
