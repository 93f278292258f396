-- A row that is named by its SID, or by its path, and in a list of rows beside, is found wherever it stands in the list:
-- of rows that it is told are one SQLite writes to the first that it is given, or to none.
.read tests/sql/writes_pick
BEGIN;
DELETE FROM channels WHERE sid = @channel
  AND path IN (SELECT '/Services/' || @service || '/Channels/' || x.column1 FROM (VALUES (@other), (@channel)) AS x);
UPDATE channels SET friendly_name = 'second of two' WHERE sid IS @other
  AND rowid IN ('/Services/' || @service || '/Channels/' || @channel, '/Services/' || @service || '/Channels/' || @other);
UPDATE channels SET friendly_name = 'first of two' WHERE sid = @other
  AND path IN ('/Services/' || @service || '/Channels/' || @other, '/Services/' || @service || '/Channels/' || @channel);
DELETE FROM channels WHERE sid IN (@channel, @other) AND path = '/Services/' || @service || '/Channels/' || @other;
COMMIT;
SELECT * FROM writes;

-- v1 has a list of a user's channels, and nothing for a single one: each is found in it, and refused.
UPDATE chat_settings SET value = 'v1' WHERE name = 'api_version';
CREATE TEMP TABLE person AS SELECT path FROM user_channels WHERE service_sid = @service AND user_sid =
  (SELECT user_sid FROM user_channels WHERE service_sid = @service GROUP BY user_sid HAVING count(*) > 2 LIMIT 1);
SELECT count(*) > 2 FROM person;
UPDATE user_channels SET notification_level = 'muted' WHERE path = (SELECT path FROM person LIMIT 1);
UPDATE user_channels SET notification_level = 'muted' WHERE path = (SELECT path FROM person LIMIT 1 OFFSET 2);
DELETE FROM user_channels WHERE path = (SELECT path FROM person LIMIT 1 OFFSET 1);
