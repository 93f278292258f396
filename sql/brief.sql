-- For looking at rows: of the tables that people look at most the columns that they look for, so that a row fits a
-- line or two. `SELECT * FROM brief_channels` is narrow, and on v1 costs no request for hidden attributes; the tables
-- themselves keep all columns of the API, for programs and exports. Columns have their own names and values, and a
-- condition on them is left to the server as on the table.
--
--   .load build/chat
--   .read sql/brief.sql
--   SELECT * FROM brief_conversations WHERE state = 'active';
--
-- TEMP, as in sql/views.sql. No request is made here. `make shell` and `sqlite-chat` begin with it.

CREATE TEMP VIEW IF NOT EXISTS brief_services AS
SELECT friendly_name, reachability_enabled, limits, date_created, sid FROM services;
CREATE TEMP VIEW IF NOT EXISTS brief_channels AS
SELECT friendly_name, unique_name, type, members_count, messages_count, date_created, sid FROM channels;
CREATE TEMP VIEW IF NOT EXISTS brief_messages AS SELECT "index", "from", body, date_created, channel_sid FROM messages;
CREATE TEMP VIEW IF NOT EXISTS brief_members AS
SELECT identity, last_consumed_message_index, date_created, channel_sid FROM members;
CREATE TEMP VIEW IF NOT EXISTS brief_invites AS SELECT identity, created_by, date_created, channel_sid FROM invites;
CREATE TEMP VIEW IF NOT EXISTS brief_users AS
SELECT identity, friendly_name, is_online, joined_channels_count, date_created, sid FROM users;
CREATE TEMP VIEW IF NOT EXISTS brief_user_channels AS
SELECT status, unread_messages_count, notification_level, channel_sid, user_sid FROM user_channels;
CREATE TEMP VIEW IF NOT EXISTS brief_roles AS SELECT friendly_name, type, permissions, sid FROM roles;
CREATE TEMP VIEW IF NOT EXISTS brief_conversation_services AS
SELECT friendly_name, date_created, sid FROM conversation_services;
CREATE TEMP VIEW IF NOT EXISTS brief_conversations AS
SELECT friendly_name, unique_name, state, date_created, date_updated, sid FROM conversations;
CREATE TEMP VIEW IF NOT EXISTS brief_conversation_messages AS
SELECT "index", author, body, date_created, conversation_sid FROM conversation_messages;
CREATE TEMP VIEW IF NOT EXISTS brief_delivery_receipts AS
SELECT status, error_code, date_updated, message_sid, participant_sid FROM delivery_receipts;
CREATE TEMP VIEW IF NOT EXISTS brief_participants AS
SELECT identity, messaging_binding, last_read_message_index, date_created, conversation_sid FROM participants;
CREATE TEMP VIEW IF NOT EXISTS brief_conversation_users AS
SELECT identity, friendly_name, is_online, date_created, sid FROM conversation_users;
CREATE TEMP VIEW IF NOT EXISTS brief_user_conversations AS
SELECT friendly_name, conversation_state, unread_messages_count, notification_level, conversation_sid, user_sid
  FROM user_conversations;
CREATE TEMP VIEW IF NOT EXISTS brief_conversation_roles AS
SELECT friendly_name, type, permissions, sid FROM conversation_roles;
CREATE TEMP VIEW IF NOT EXISTS brief_requests AS
SELECT id, method, path, status, rows, duration_ms, error FROM chat_requests;
