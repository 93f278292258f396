-- Moves public channels to private, as they must be before Conversations can show them (version 3 of the API; the way
-- back does not exist). Run it in the sqlite3 shell:
--
--   .load build/chat
--   .read sql/migrate_public_channels.sql
--
-- It moves the 100 oldest public channels, each with one call, looks for each of them in Conversations, and shows what
-- came of them and how many are left. Run it again until none is left: what is private already is not touched, so a
-- failure in the middle costs nothing. If a call is refused the rest of the batch stops, and the next run begins with
-- the one that was refused; the table `migration` tells which it was, and why. Before and after:
-- sql/migration_status.sql.
--
-- To look before you leap:
--   BEGIN;
--   .read sql/migrate_public_channels.sql
--   SELECT * FROM chat_writes;        -- the calls; none is made before COMMIT
--   ROLLBACK;
--
-- The setting api_version must be v1 or v2 for it: Conversations shows no public channel.
-- One service only: UPDATE chat_settings SET value = 'IS...' WHERE name = 'service_sid' before.

-- The batch, shown.
DROP TABLE IF EXISTS temp.migration_batch;
CREATE TEMP TABLE migration_batch AS
SELECT path, service_sid, sid, unique_name, friendly_name, members_count, messages_count
  FROM channels
 WHERE type = 'public'
 ORDER BY date_created, sid
 LIMIT 100;
SELECT sid, unique_name, friendly_name, members_count, messages_count FROM migration_batch;

UPDATE channels SET type = 'private' WHERE path IN (SELECT path FROM migration_batch);

-- What came of it: its own answer, and what Conversations shows, each asked for by its address.
DROP TABLE IF EXISTS temp.migration;
CREATE TEMP TABLE migration AS
SELECT batch.sid, batch.friendly_name, ifnull(write.state, 'not tried') AS state, write.error,
       '/Services/' || batch.service_sid || '/Conversations/' || batch.sid AS conversation, NULL AS found
  FROM migration_batch AS batch LEFT JOIN chat_writes AS write ON write.sid = batch.sid AND write.path GLOB '/v3/*';
UPDATE migration SET found = conversation IN (
  SELECT path FROM conversations WHERE path IN (SELECT conversation FROM migration WHERE state = 'sent'))
 WHERE state = 'sent';
SELECT state, count(*) AS channels, sum(found) AS found_in_conversations FROM migration GROUP BY state;
SELECT count(*) AS public_channels_left FROM channels WHERE type = 'public';
