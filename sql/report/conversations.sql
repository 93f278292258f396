-- What the report reads of an archive of Conversations, under the names of chat.sql, which tells how to use them.

CREATE TEMP VIEW report_services AS
SELECT sid,
       CASE instr(name, char(0)) OR name GLOB '*[' || char(1) || '-' || char(31) || ']*' WHEN 0 THEN name ELSE
         json_extract('[' || replace(replace(replace(json_quote(name), '\\', '\u005c'),
           '\u000', '\u240'), '\u001', '\u241') || ']', '$[0]')
       END AS name,
       NULL AS members_allowed, NULL AS channels_allowed
  FROM (SELECT *, coalesce(nullif(friendly_name, ''), sid) AS name FROM conversation_services WHERE gone_at IS NULL);

CREATE TEMP VIEW report_channels AS
SELECT sid, chat_service_sid AS service_sid,
       CASE instr(name, char(0)) OR name GLOB '*[' || char(1) || '-' || char(31) || ']*' WHEN 0 THEN name ELSE
         json_extract('[' || replace(replace(replace(json_quote(name), '\\', '\u005c'),
           '\u000', '\u240'), '\u001', '\u241') || ']', '$[0]')
       END AS name,
       date_created AS created, gone_at AS gone, state IS 'closed' AS closed,
       length(CAST(attributes AS BLOB)) AS attributes_bytes
  FROM (SELECT *, coalesce(nullif(friendly_name, ''), nullif(unique_name, ''), sid) AS name FROM conversations);

CREATE TEMP VIEW report_members AS
SELECT sid, chat_service_sid AS service_sid, conversation_sid AS channel_sid, identity,
       CASE instr(name, char(0)) OR name GLOB '*[' || char(1) || '-' || char(31) || ']*' WHEN 0 THEN name ELSE
         json_extract('[' || replace(replace(replace(json_quote(name), '\\', '\u005c'),
           '\u000', '\u240'), '\u001', '\u241') || ']', '$[0]')
       END AS name,
       last_read_message_index AS read_to, last_read_timestamp AS read_at, identity IS NULL AS outside,
       length(CAST(attributes AS BLOB)) AS attributes_bytes, gone_at AS gone
  FROM (SELECT *, coalesce(nullif(identity, ''),
                           CASE WHEN json_valid(messaging_binding)
                                THEN coalesce(json_extract(messaging_binding, '$.address'),
                                              json_extract(messaging_binding, '$.projected_address')) END, sid) AS name
          FROM participants);

CREATE TEMP VIEW report_users AS
SELECT sid, chat_service_sid AS service_sid, identity,
       CASE instr(name, char(0)) OR name GLOB '*[' || char(1) || '-' || char(31) || ']*' WHEN 0 THEN name ELSE
         json_extract('[' || replace(replace(replace(json_quote(name), '\\', '\u005c'),
           '\u000', '\u240'), '\u001', '\u241') || ']', '$[0]')
       END AS name,
       date_created AS created, length(CAST(attributes AS BLOB)) AS attributes_bytes, gone_at AS gone
  FROM (SELECT *, coalesce(nullif(identity, ''), sid) AS name FROM conversation_users);

CREATE TEMP VIEW report_written AS
SELECT sid, chat_service_sid AS service_sid, conversation_sid AS channel_sid, "index" AS place, author,
       date_created AS created, gone_at AS gone, length(CAST(body AS BLOB)) AS body_bytes,
       length(CAST(attributes AS BLOB)) AS attributes_bytes,
       CASE WHEN json_valid(media) THEN json_array_length(media) ELSE 0 END AS attached
  FROM conversation_messages;

CREATE TEMP VIEW report_receipts AS
SELECT sid, conversation_sid AS channel_sid, participant_sid AS member_sid, status, nullif(error_code, 0) AS error_code,
       date_created AS created
  FROM delivery_receipts
 WHERE gone_at IS NULL;

-- The limits of Twilio, by their names in near_limits.sql: what they are of, and how much is allowed.
CREATE TEMP VIEW report_limits AS
WITH limits(name, kind, allowed, unit) AS (
  VALUES ('members', 'participants of a conversation', 1000, NULL),
         ('outside', 'participants from outside chat', 50, NULL),
         ('channels', 'open conversations of a user', 1000, NULL), ('body', 'text of a message', 32768, 'bytes'),
         ('media', 'media of a message', 10, NULL),
         ('channel attributes', 'attributes of a conversation', 16384, 'bytes'),
         ('member attributes', 'attributes of a participant', 4096, 'bytes'),
         ('message attributes', 'attributes of a message', 4096, 'bytes'),
         ('user attributes', 'attributes of a user', 16384, 'bytes'),
         ('rate', 'messages within a second', 30, NULL))
SELECT * FROM limits;
