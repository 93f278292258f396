# shellcheck shell=bash
# A few hundred random edits, deletions and additions in the emulator, of all that an archive has. Source it after
# tests/archive/lib.sh.

# Three channels have edits of messages and nothing else, which only a verification finds: whatever the dice say.
# Each statement is of its own, as are its calls.
change_chat() {
    cat <<'SQL'
CREATE TEMP TABLE edited AS SELECT DISTINCT channel_sid AS sid FROM main.messages ORDER BY random() LIMIT 3;
CREATE TEMP VIEW other_channels AS SELECT * FROM main.channels WHERE sid NOT IN edited;
CREATE TEMP VIEW other_messages AS SELECT * FROM main.messages WHERE channel_sid NOT IN edited;
UPDATE messages SET body = 'edited ' || char(0) || ifnull(body, '') WHERE path IN
    (SELECT path FROM main.messages WHERE type = 'text' AND ifnull(length(CAST(body AS BLOB)), 0) < 32000
     ORDER BY random() LIMIT 40);
UPDATE messages SET attributes = '{"edited":true}' WHERE path IN
    (SELECT path FROM main.messages WHERE channel_sid IN edited UNION
     SELECT path FROM (SELECT path FROM main.messages ORDER BY random() LIMIT 20));
DELETE FROM messages WHERE path IN (SELECT path FROM other_messages ORDER BY random() LIMIT 60);
INSERT INTO messages(service_sid, channel_sid, body)
    SELECT service_sid, sid, char(13) || 'new' FROM other_channels ORDER BY random() LIMIT 20;
INSERT INTO messages(service_sid, channel_sid, body)
    SELECT service_sid, sid, '' FROM other_channels ORDER BY random() LIMIT 20;
DELETE FROM messages WHERE path IN (SELECT path FROM
    (SELECT path, max("index") FROM other_messages GROUP BY channel_sid) ORDER BY random() LIMIT 5);
UPDATE channels SET friendly_name = 'Renamed' WHERE path IN
    (SELECT path FROM other_channels ORDER BY random() LIMIT 10);
UPDATE channels SET attributes = '{"n":1}' WHERE path IN (SELECT path FROM other_channels ORDER BY random() LIMIT 10);
DELETE FROM channels WHERE path IN (SELECT path FROM other_channels ORDER BY random() LIMIT 3);
INSERT INTO channels(service_sid, unique_name)
    SELECT sid, 'new-' || n FROM main.services, (SELECT 1 AS n UNION ALL SELECT 2);
SQL
}
change_chat_more() {
    cat <<'SQL'
UPDATE members SET last_consumed_message_index = 3 WHERE path IN
    (SELECT path FROM members ORDER BY random() LIMIT 30);
DELETE FROM members WHERE path IN (SELECT path FROM members ORDER BY random() LIMIT 20);
INSERT INTO members(service_sid, channel_sid, identity) SELECT service_sid, sid, 'newcomer' FROM channels LIMIT 20;
DELETE FROM invites WHERE path IN (SELECT path FROM invites ORDER BY random() LIMIT 10);
UPDATE users SET friendly_name = NULL WHERE path IN (SELECT path FROM main.users ORDER BY random() LIMIT 10);
DELETE FROM users WHERE path IN (SELECT path FROM users WHERE identity <> 'newcomer' ORDER BY random() LIMIT 2);
INSERT INTO users(service_sid, identity) SELECT sid, 'somebody else' FROM main.services;
UPDATE services SET friendly_name = 'A service' WHERE path = (SELECT path FROM main.services LIMIT 1);
INSERT INTO roles(service_sid, friendly_name, type, permissions)
    SELECT sid, 'A role', 'channel', '["sendMessage"]' FROM main.services;
INSERT INTO credentials(type, friendly_name, secret) VALUES ('fcm', 'mine', 'not to be kept');
SQL
}
change_conversations() {
    cat <<'SQL'
CREATE TEMP TABLE edited AS
    SELECT DISTINCT conversation_sid AS sid FROM main.conversation_messages ORDER BY random() LIMIT 3;
CREATE TEMP VIEW other_conversations AS SELECT * FROM main.conversations WHERE sid NOT IN edited;
UPDATE conversation_messages SET attributes = '{"edited":true}' WHERE path IN
    (SELECT path FROM main.conversation_messages WHERE conversation_sid IN edited);
UPDATE conversation_messages SET body = 'edited ' || char(0) || ifnull(body, '') WHERE path IN
    (SELECT path FROM main.conversation_messages WHERE media IS NULL AND ifnull(length(CAST(body AS BLOB)), 0) < 32000
     ORDER BY random() LIMIT 60);
DELETE FROM conversation_messages WHERE path IN
    (SELECT path FROM main.conversation_messages WHERE conversation_sid NOT IN edited ORDER BY random() LIMIT 60);
INSERT INTO conversation_messages(chat_service_sid, conversation_sid, body)
    SELECT chat_service_sid, sid, char(13) || 'new' FROM other_conversations ORDER BY random() LIMIT 20;
UPDATE conversations SET friendly_name = 'Renamed' WHERE path IN
    (SELECT path FROM other_conversations ORDER BY random() LIMIT 10);
DELETE FROM conversations WHERE path IN (SELECT path FROM other_conversations ORDER BY random() LIMIT 3);
INSERT INTO conversations(chat_service_sid, unique_name)
    SELECT sid, 'new-' || n FROM main.conversation_services, (SELECT 1 AS n UNION ALL SELECT 2);
SQL
}
change_conversations_more() {
    cat <<'SQL'
DELETE FROM participants WHERE path IN (SELECT path FROM participants ORDER BY random() LIMIT 20);
INSERT INTO participants(chat_service_sid, conversation_sid, identity)
    SELECT chat_service_sid, sid, 'newcomer' FROM conversations LIMIT 10;
UPDATE conversation_users SET friendly_name = NULL WHERE path IN
    (SELECT path FROM main.conversation_users ORDER BY random() LIMIT 10);
DELETE FROM conversation_users WHERE path IN
    (SELECT path FROM conversation_users WHERE identity <> 'newcomer' ORDER BY random() LIMIT 2);
UPDATE service_configurations SET reachability_enabled = NOT reachability_enabled;
UPDATE account_webhooks SET pre_webhook_url = 'https://example.com/changed';
DELETE FROM address_configurations WHERE path = (SELECT path FROM address_configurations LIMIT 1);
SQL
}

# Changes the service. The tables that are written are the service's, under their names in temp, main is the archive.
change() {
    local version=$1 file=$2 family=chat name
    [ "$version" != conversations ] || family=conversations
    {
        echo ".bail on"
        for name in $(tables_of "$version"); do
            echo "CREATE VIRTUAL TABLE temp.$name USING $name;"
        done
        change_$family
        change_${family}_more
    } | TWILIO_CHAT_WRITE_RATE=0 TWILIO_CHAT_API_VERSION=$version service -bail "$file"
}
