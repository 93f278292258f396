/*
** The resources of Conversations v1 as data: see resource.h. Field lists follow the vendor's spec; the tables are
** Chat's. A conversation is a private channel, a participant a member or a phone, an author a sender.
*/
#include "resource.h"

enum { S = API_SERVICE, A = API_ACCOUNT, C = API_CONVERSATIONS };

#define LINK_SERVICE(name, below)                                                                                      \
    { name, C, "/Services/{1}/" below }

/* All keys that are set. */
#define BINDING                                                                                                        \
    "CASE WHEN r.address IS NOT NULL OR r.projected_address IS NOT NULL THEN json_patch('{}', json_object('type',"     \
    " r.binding_type, 'address', r.address, 'proxy_address', r.proxy_address, 'projected_address',"                    \
    " r.projected_address)) END"

/* All keys that there are. */
#define FULL_BINDING                                                                                                   \
    "CASE WHEN r.address IS NOT NULL OR r.projected_address IS NOT NULL THEN json_object('type', r.binding_type,"      \
    " 'level', NULL, 'name', NULL, 'address', r.address, 'proxy_address', r.proxy_address, 'projected_address',"       \
    " r.projected_address) END"

#define TIMERS(table)                                                                                                  \
    "conversation_timers(" table ".state, " table ".idle_since, " table ".timer_inactive, " table ".timer_closed)"

/* The account's default service has a tree of its own, without the segments Services/{IS}. */
const resource conversations_services = {
    .name = "services",
    .like = &resource_services,
    .segment = "Services",
    .list_key = "services",
    .prefix = "IS",
    .scope = SCOPE_SERVICE,
    .list = C,
    .fetch = C,
    .create = C,
    .remove = C,
    .page_max_v1 = 100,
    .columns = "r.id, r.sid, r.friendly_name, r.date_created, r.date_updated, NULL",
    .from = "services r",
    .where = "?1 = 0",
    .key = "r.sid",
    .fields = {{"sid", FIELD_TEXT, C, 1, NULL},
               {"account_sid", FIELD_TEXT, C, 5, NULL}, /* null in practice */
               {"friendly_name", FIELD_TEXT, C, 2, NULL},
               {"date_created", FIELD_DATE, C, 3, NULL},
               {"date_updated", FIELD_DATE, C, 4, NULL},
               {"url", FIELD_URL, C, 0, "/Services/{1}"},
               {"links", FIELD_LINKS, C, 0, NULL}},
    .links = {LINK_SERVICE("conversations", "Conversations"), LINK_SERVICE("users", "Users"),
              LINK_SERVICE("roles", "Roles"), LINK_SERVICE("bindings", "Bindings"),
              LINK_SERVICE("configuration", "Configuration"),
              LINK_SERVICE("participant_conversations", "ParticipantConversations"),
              LINK_SERVICE("conversation_with_participants", "ConversationWithParticipants")},
};

#define CONVERSATION_COLUMNS                                                                                           \
    "r.id, r.sid, s.sid, r.friendly_name, r.unique_name, r.attributes, r.state, r.date_created, r.date_updated,"       \
    " r.messaging_service_sid, " TIMERS("r") ", r.bindings, CASE WHEN r.state IS NOT NULL THEN 'Export' END"

#define CONVERSATION_FIELDS                                                                                            \
    {"sid", FIELD_TEXT, C, 1, NULL}, {"account_sid", FIELD_ACCOUNT, C, 0, NULL},                                       \
        {"chat_service_sid", FIELD_TEXT, C, 2, NULL}, {"messaging_service_sid", FIELD_TEXT, C, 9, NULL},               \
        {"friendly_name", FIELD_TEXT, C, 3, NULL}, {"unique_name", FIELD_TEXT, C, 4, NULL},                            \
        {"attributes", FIELD_ALWAYS, C, 5, NULL}, {"state", FIELD_TEXT, C, 6, NULL},                                   \
        {"date_created", FIELD_DATE, C, 7, NULL}, {"date_updated", FIELD_DATE, C, 8, NULL},                            \
        {"timers", FIELD_JSON, C, 10, NULL}, {"bindings", FIELD_JSON, C, 11, NULL},                                    \
        {"url", FIELD_URL, C, 0, "{2}/Conversations/{1}"}, {                                                           \
        "links", FIELD_LINKS, C, 0, NULL                                                                               \
    }

#define CONVERSATION_LINKS                                                                                             \
    {"participants", C, "{2}/Conversations/{1}/Participants"}, {"messages", C, "{2}/Conversations/{1}/Messages"}, {    \
        "webhooks", C, "{2}/Conversations/{1}/Webhooks"                                                                \
    }

const resource conversations_conversations = {
    .name = "channels",
    .like = &resource_channels,
    .segment = "Conversations",
    .list_key = "conversations",
    .prefix = "CH",
    .parent = &conversations_services,
    .scope = SCOPE_CHANNEL,
    .list = C,
    .fetch = C,
    .create = C,
    .update = C,
    .remove = C,
    .page_max_v1 = 100,
    .columns = CONVERSATION_COLUMNS,
    .from = "channels r JOIN services s ON s.id = r.service_id",
    .where = "r.service_id = ?1 AND r.type = 'private'",
    .key = "r.sid",
    .order = {"r.activity || '_' || r.sid", "coalesce(r.state, 'active')", true},
    .order_dated = {"strftime('%Y-%m-%dT%H:%M:%SZ', r.date_created, 'unixepoch') || '_' || r.sid",
                    "coalesce(r.state, 'active')", true},
    .alias = "r.unique_name",
    .alias_instance = C,
    .alias_scope = C,
    .filters = {{"StartDate", C, "r.date_created", NULL, NULL, 20001, FILTER_SINCE},
                {"EndDate", C, "r.date_created", NULL, NULL, 20001, FILTER_UNTIL},
                {"State", C, "r.state", NULL, "active,inactive,closed,initializing", 20001, FILTER_ONE}},
    .fields = {CONVERSATION_FIELDS},
    .links = {CONVERSATION_LINKS, {"export", C, "?{2}/Conversations/{1}/{12}"}},
};

/* Only to be created; the answer lacks one link. */
const resource conversations_with_participants = {
    .name = "channels",
    .like = &resource_channels,
    .segment = "ConversationWithParticipants",
    .prefix = "CH",
    .parent = &conversations_services,
    .create = C,
    .columns = CONVERSATION_COLUMNS,
    .from = "channels r JOIN services s ON s.id = r.service_id",
    .where = "r.service_id = ?1 AND r.type = 'private'",
    .key = "r.sid",
    .fields = {CONVERSATION_FIELDS},
    .links = {CONVERSATION_LINKS},
};

const resource conversations_messages = {
    .name = "messages",
    .like = &resource_messages,
    .segment = "Messages",
    .list_key = "messages",
    .prefix = "IM",
    .parent = &conversations_conversations,
    .scope = SCOPE_MESSAGE,
    .list = C,
    .fetch = C,
    .create = C,
    .update = C,
    .remove = C,
    .page_max_v1 = 100,
};

const resource conversations_receipts = {
    .name = "receipts",
    .segment = "Receipts",
    .list_key = "delivery_receipts",
    .prefix = "DY",
    .parent = &conversations_messages,
    .list = C,
    .fetch = C,
    .page_max_v1 = 50,
};

const resource conversations_participants = {
    .name = "members",
    .like = &resource_members,
    .segment = "Participants",
    .list_key = "participants",
    .prefix = "MB",
    .parent = &conversations_conversations,
    .list = C,
    .fetch = C,
    .create = C,
    .update = C,
    .remove = C,
    .page_max_v1 = 100,
    .columns = "r.id, r.sid, s.sid, c.sid, r.identity, r.role_sid, r.last_consumed_message_index,"
               " r.last_consumption_timestamp, r.date_created, r.date_updated, r.attributes, " BINDING,
    .from = "members r JOIN channels c ON c.id = r.channel_id JOIN services s ON s.id = c.service_id",
    .where = "r.channel_id = ?1",
    .key = "r.sid",
    .alias = "r.identity",
    .alias_instance = C,
    .fields = {{"sid", FIELD_TEXT, C, 1, NULL},
               {"account_sid", FIELD_ACCOUNT, C, 0, NULL},
               {"chat_service_sid", FIELD_TEXT, S, 2, NULL},
               {"conversation_sid", FIELD_TEXT, C, 3, NULL},
               {"identity", FIELD_TEXT, C, 4, NULL},
               {"attributes", FIELD_ALWAYS, C, 10, NULL},
               {"messaging_binding", FIELD_JSON, C, 11, NULL},
               {"role_sid", FIELD_TEXT, C, 5, NULL},
               {"last_read_message_index", FIELD_INTEGER, C, 6, NULL},
               {"last_read_timestamp", FIELD_DATE, C, 7, NULL},
               {"date_created", FIELD_DATE, C, 8, NULL},
               {"date_updated", FIELD_DATE, C, 9, NULL},
               {"url", FIELD_URL, C, 0, "{2}/Conversations/{3}/Participants/{1}"}},
};

const resource conversations_webhooks = {
    .name = "webhooks",
    .like = &resource_webhooks,
    .segment = "Webhooks",
    .list_key = "webhooks",
    .prefix = "WH",
    .parent = &conversations_conversations,
    .list = C,
    .fetch = C,
    .create = C,
    .update = C,
    .remove = C,
    .page_max_v1 = 5,
    .page_default = 5,
    .columns = "r.id, r.sid, s.sid, c.sid, r.type, conversation_hook(r.type, r.configuration), r.date_created,"
               " r.date_updated",
    .from = "webhooks r JOIN channels c ON c.id = r.channel_id JOIN services s ON s.id = c.service_id",
    .where = "r.channel_id = ?1",
    .key = "r.sid",
    .fields = {{"sid", FIELD_TEXT, C, 1, NULL},
               {"account_sid", FIELD_ACCOUNT, C, 0, NULL},
               {"chat_service_sid", FIELD_TEXT, S, 2, NULL},
               {"conversation_sid", FIELD_TEXT, C, 3, NULL},
               {"target", FIELD_TEXT, C, 4, NULL},
               {"url", FIELD_URL, C, 0, "{2}/Conversations/{3}/Webhooks/{1}"},
               {"configuration", FIELD_JSON, C, 5, NULL},
               {"date_created", FIELD_DATE, C, 6, NULL},
               {"date_updated", FIELD_DATE, C, 7, NULL}},
};

/* --- people --- */

const resource conversations_users = {
    .name = "users",
    .like = &resource_users,
    .segment = "Users",
    .list_key = "users",
    .prefix = "US",
    .parent = &conversations_services,
    .scope = SCOPE_USER,
    .list = C,
    .fetch = C,
    .create = C,
    .update = C,
    .remove = C,
    .page_max_v1 = 50,
    .columns = "r.id, r.sid, s.sid, r.identity, r.role_sid, r.friendly_name, r.attributes, r.is_online,"
               " s.reachability_enabled, r.is_notifiable, s.reachability_enabled, r.date_created, r.date_updated",
    .from = "users r JOIN services s ON s.id = r.service_id",
    .where = "r.service_id = ?1",
    .key = "r.sid",
    .alias = "r.identity",
    .alias_instance = C,
    .alias_scope = C,
    .fields = {{"sid", FIELD_TEXT, C, 1, NULL},
               {"account_sid", FIELD_ACCOUNT, C, 0, NULL},
               {"chat_service_sid", FIELD_TEXT, C, 2, NULL},
               {"role_sid", FIELD_TEXT, C, 4, NULL},
               {"identity", FIELD_TEXT, C, 3, NULL},
               {"friendly_name", FIELD_TEXT, C, 5, NULL},
               {"attributes", FIELD_ALWAYS, C, 6, NULL},
               {"is_online", FIELD_REACHABLE, C, 7, NULL},
               {"is_notifiable", FIELD_REACHABLE, C, 9, NULL},
               {"date_created", FIELD_DATE, C, 11, NULL},
               {"date_updated", FIELD_DATE, C, 12, NULL},
               {"url", FIELD_URL, C, 0, "{2}/Users/{1}"},
               {"links", FIELD_LINKS, C, 0, NULL}},
    .links = {{"user_conversations", C, "{2}/Users/{1}/Conversations"}},
};

/* Those that the user is in. Names, attributes, timers and dates are the conversation's. */
const resource conversations_user_conversations = {
    .name = "user_channels",
    .like = &resource_user_channels,
    .segment = "Conversations",
    .list_key = "conversations",
    .prefix = "CH",
    .parent = &conversations_users,
    .list = C,
    .fetch = C,
    .update = C,
    .remove = C,
    .page_max_v1 = 50,
    .columns = "r.channel_id, r.channel_sid, s.sid, u.sid, m.sid, m.last_consumed_message_index,"
               " min(1000, unread_messages(r.channel_id, m.last_consumed_message_index)), r.notification_level,"
               " c.friendly_name, CASE c.state WHEN 'initializing' THEN 'active' ELSE c.state END, " TIMERS(
                   "c") ", c.attributes, c.date_created, c.date_updated, c.created_by, c.unique_name",
    .from = "user_channels r JOIN users u ON u.id = r.user_id JOIN services s ON s.id = u.service_id"
            " JOIN channels c ON c.id = r.channel_id AND c.type = 'private'"
            " JOIN members m ON m.channel_id = r.channel_id AND m.identity = u.identity",
    .where = "r.user_id = ?1",
    .key = "r.channel_sid",
    .alias = "c.unique_name",
    .alias_instance = C,
    .fields = {{"account_sid", FIELD_ACCOUNT, C, 0, NULL},
               {"chat_service_sid", FIELD_TEXT, C, 2, NULL},
               {"conversation_sid", FIELD_TEXT, C, 1, NULL},
               {"unread_messages_count", FIELD_INTEGER, C, 6, NULL},
               {"last_read_message_index", FIELD_INTEGER, C, 5, NULL},
               {"participant_sid", FIELD_TEXT, C, 4, NULL},
               {"user_sid", FIELD_TEXT, C, 3, NULL},
               {"friendly_name", FIELD_TEXT, C, 8, NULL},
               {"conversation_state", FIELD_TEXT, C, 9, NULL},
               {"timers", FIELD_JSON, C, 10, NULL},
               {"attributes", FIELD_ALWAYS, C, 11, NULL},
               {"date_created", FIELD_DATE, C, 12, NULL},
               {"date_updated", FIELD_DATE, C, 13, NULL},
               {"created_by", FIELD_TEXT, C, 14, NULL},
               {"notification_level", FIELD_TEXT, C, 7, NULL},
               {"unique_name", FIELD_TEXT, C, 15, NULL},
               {"url", FIELD_URL, C, 0, "{2}/Users/{3}/Conversations/{1}"},
               {"links", FIELD_LINKS, C, 0, NULL}},
    .links = {{"participant", C, "{2}/Conversations/{1}/Participants/{4}"},
              {"conversation", C, "{2}/Conversations/{1}"}},
};

/* Of one person or phone, by conversation. It has no key of its own and cannot be fetched. */
const resource conversations_participant_conversations = {
    .name = "members",
    .segment = "ParticipantConversations",
    .list_key = "conversations",
    .prefix = "CH",
    .parent = &conversations_services,
    .list = C,
    .page_max_v1 = 50,
    .columns = "r.id, r.sid, s.sid, c.sid, u.sid, r.identity, " FULL_BINDING ", c.unique_name, c.friendly_name,"
               " c.attributes, c.date_created, c.date_updated, c.created_by,"
               " CASE c.state WHEN 'initializing' THEN 'active' ELSE c.state END, " TIMERS("c"),
    .from = "members r JOIN channels c ON c.id = r.channel_id AND c.type = 'private'"
            " JOIN services s ON s.id = c.service_id"
            " LEFT JOIN users u ON u.service_id = c.service_id AND u.identity = r.identity",
    .where = "r.service_id = ?1",
    .key = "r.sid",
    .order = {"c.sid || r.sid", NULL, false},
    .filters = {{"Identity", C, "r.identity", NULL, NULL, 0, FILTER_ONE},
                {"Address", C, "r.address", NULL, NULL, 0, FILTER_ONE}},
    .fields = {{"account_sid", FIELD_ACCOUNT, C, 0, NULL},
               {"chat_service_sid", FIELD_TEXT, C, 2, NULL},
               {"participant_sid", FIELD_TEXT, C, 1, NULL},
               {"participant_user_sid", FIELD_TEXT, C, 4, NULL},
               {"participant_identity", FIELD_TEXT, C, 5, NULL},
               {"participant_messaging_binding", FIELD_JSON, C, 6, NULL},
               {"conversation_sid", FIELD_TEXT, C, 3, NULL},
               {"conversation_unique_name", FIELD_TEXT, C, 7, NULL},
               {"conversation_friendly_name", FIELD_TEXT, C, 8, NULL},
               {"conversation_attributes", FIELD_ALWAYS, C, 9, NULL},
               {"conversation_date_created", FIELD_DATE, C, 10, NULL},
               {"conversation_date_updated", FIELD_DATE, C, 11, NULL},
               {"conversation_created_by", FIELD_TEXT, C, 12, NULL},
               {"conversation_state", FIELD_TEXT, C, 13, NULL},
               {"conversation_timers", FIELD_JSON, C, 14, NULL},
               {"links", FIELD_LINKS, C, 0, NULL}},
    .links = {{"participant", C, "{2}/Conversations/{3}/Participants/{1}"},
              {"conversation", C, "{2}/Conversations/{3}"}},
};
