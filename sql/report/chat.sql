-- What the report reads of an archive of Chat, under names that conversations.sql gives to Conversations' tables too.
-- examples/report.sh runs all of sql/report; by hand, without the extension:
--
--   sqlite3 FILE.db
--   .read sql/report/chat.sql               (or conversations.sql)
--   .read sql/report/open.sql               which days, in which zone; messages and who has read them, in TEMP tables
--   .read sql/report/by_day.sql             and every other file here, in any order: one query each
--
-- Names are as they are to be shown: never empty, and with a sign for each NUL, at which shells end a text, and other
-- control character, of which that of 3.46 loses the backslash in its .mode json; by way of JSON, since replace() takes
-- char(0) for an empty text. Rows with a `gone` are those that the service has no more.
-- `outside`: by phone, WhatsApp and the like, which Chat had not.

CREATE TEMP VIEW report_services AS
SELECT sid,
       CASE instr(name, char(0)) OR name GLOB '*[' || char(1) || '-' || char(31) || ']*' WHEN 0 THEN name ELSE
         json_extract('[' || replace(replace(replace(json_quote(name), '\\', '\u005c'),
           '\u000', '\u240'), '\u001', '\u241') || ']', '$[0]')
       END AS name,
       CASE WHEN json_valid(limits) THEN json_extract(limits, '$.channel_members') END AS members_allowed,
       CASE WHEN json_valid(limits) THEN json_extract(limits, '$.user_channels') END AS channels_allowed
  FROM (SELECT *, coalesce(nullif(friendly_name, ''), sid) AS name FROM services WHERE gone_at IS NULL);

CREATE TEMP VIEW report_channels AS
SELECT sid, service_sid,
       CASE instr(name, char(0)) OR name GLOB '*[' || char(1) || '-' || char(31) || ']*' WHEN 0 THEN name ELSE
         json_extract('[' || replace(replace(replace(json_quote(name), '\\', '\u005c'),
           '\u000', '\u240'), '\u001', '\u241') || ']', '$[0]')
       END AS name,
       date_created AS created, gone_at AS gone, 0 AS closed, NULL AS attributes_bytes
  FROM (SELECT *, coalesce(nullif(friendly_name, ''), nullif(unique_name, ''), sid) AS name FROM channels);

CREATE TEMP VIEW report_members AS
SELECT sid, service_sid, channel_sid, identity,
       CASE instr(name, char(0)) OR name GLOB '*[' || char(1) || '-' || char(31) || ']*' WHEN 0 THEN name ELSE
         json_extract('[' || replace(replace(replace(json_quote(name), '\\', '\u005c'),
           '\u000', '\u240'), '\u001', '\u241') || ']', '$[0]')
       END AS name,
       last_consumed_message_index AS read_to, last_consumption_timestamp AS read_at, 0 AS outside,
       NULL AS attributes_bytes, gone_at AS gone
  FROM (SELECT *, coalesce(nullif(identity, ''), sid) AS name FROM members);

CREATE TEMP VIEW report_users AS
SELECT sid, service_sid, identity,
       CASE instr(name, char(0)) OR name GLOB '*[' || char(1) || '-' || char(31) || ']*' WHEN 0 THEN name ELSE
         json_extract('[' || replace(replace(replace(json_quote(name), '\\', '\u005c'),
           '\u000', '\u240'), '\u001', '\u241') || ']', '$[0]')
       END AS name,
       date_created AS created, NULL AS attributes_bytes, gone_at AS gone
  FROM (SELECT *, coalesce(nullif(identity, ''), sid) AS name FROM users);

CREATE TEMP VIEW report_written AS
SELECT sid, service_sid, channel_sid, "index" AS place, "from" AS author, date_created AS created, gone_at AS gone,
       length(CAST(body AS BLOB)) AS body_bytes, NULL AS attributes_bytes,
       media IS NOT NULL AS attached
  FROM messages;

CREATE TEMP VIEW report_receipts AS
SELECT NULL AS sid, NULL AS channel_sid, NULL AS member_sid, NULL AS status, NULL AS error_code, NULL AS created
 WHERE 0;

-- The limits of Twilio, by their names in near_limits.sql: what they are of, and how much is allowed where the service
-- does not say. Chat's documents name no size of attributes.
CREATE TEMP VIEW report_limits AS
WITH limits(name, kind, allowed, unit) AS (
  VALUES ('members', 'members of a channel', 100, NULL), ('channels', 'channels of a user', 250, NULL),
         ('body', 'text of a message', 32768, 'bytes'), ('rate', 'messages within a second', 30, NULL))
SELECT * FROM limits;
