/*
** conversation_users and user_conversations: the people of a service, and what each of them has in which conversation. A
** user_conversation has no SID of its own: the conversation's SID ends its path.
**
** Sources: conversations_v1 spec, paths /Services/{ChatServiceSid}/Users and below; conversations-api.md sections 1.7 and 1.8.
*/
#include "catalog/resources.h"

static const catalog_column conversation_user_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the user, US..."},
    {"chat_service_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, COLUMN_PARENT, "SID of the service it is in"},
    {"identity", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "the application's own name of the user, unique in the service"},
    {"friendly_name", VALUE_TEXT, CATALOG_CONVERSATIONS, COLUMN_EMPTY_DIFFERS, "name for people, or NULL"},
    {"role_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the role it has in the service, RL..."},
    {"attributes", VALUE_JSON_TEXT, CATALOG_CONVERSATIONS, 0, "the application's own JSON"},
    {"is_online", VALUE_BOOLEAN, CATALOG_CONVERSATIONS, COLUMN_LIST_HIDES | COLUMN_NEEDS_REACHABILITY,
     "whether connected; NULL unless reachability is on"},
    {"is_notifiable", VALUE_BOOLEAN, CATALOG_CONVERSATIONS, COLUMN_LIST_HIDES | COLUMN_NEEDS_REACHABILITY,
     "whether a push would reach it; NULL unless reachability is on"},
    {"date_created", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "absolute URL of the resource"},
    {"links", VALUE_JSON, CATALOG_CONVERSATIONS, 0, "object: URL of its conversations"},
};

static const catalog_parameter conversation_user_parameters[] = {
    {.name = "Identity",
     .column = "identity",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .create_required = CATALOG_CONVERSATIONS,
     .max_length = CATALOG_IDENTITY_LENGTH},
    /* An empty value clears it. No maximum is documented. */
    {.name = "FriendlyName",
     .column = "friendly_name",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS},
    {.name = "Attributes",
     .column = "attributes",
     .kind = VALUE_JSON_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS},
    {.name = "RoleSid",
     .column = "role_sid",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .max_length = CATALOG_SID_LENGTH},
};

static const catalog_taken conversation_user_taken[] = {{50201, "identity"}, {0, NULL}};

const catalog_resource catalog_conversation_users = {
    .name = "conversation_users",
    .always = CATALOG_CONVERSATIONS,
    .segment = "Users",
    .list_key = "users",
    .parent = &catalog_conversation_services,
    .parent_column = "chat_service_sid",
    .key_column = "sid",
    .key_prefix = "US",
    .list = CATALOG_CONVERSATIONS,
    .fetch = CATALOG_CONVERSATIONS,
    .create = CATALOG_CONVERSATIONS,
    .update = CATALOG_CONVERSATIONS,
    .remove = CATALOG_CONVERSATIONS,
    .webhooks_create = CATALOG_CONVERSATIONS,
    .webhooks_update = CATALOG_CONVERSATIONS,
    .webhooks_remove = CATALOG_CONVERSATIONS,
    .page_max = {0, 0, 0, 50},
    .name_column = "identity",
    .name_versions = CATALOG_CONVERSATIONS,
    .name_writes = CATALOG_CONVERSATIONS,
    .typical_rows = 1000,
    .columns = conversation_user_columns,
    .column_count = CATALOG_COUNT(conversation_user_columns),
    .parameters = conversation_user_parameters,
    .parameter_count = CATALOG_COUNT(conversation_user_parameters),
    .taken = conversation_user_taken,
    .description = "Users of a service of Conversations",
};

static const char *const conversation_notification_levels[] = {"default", "muted", NULL};

static const catalog_column user_conversation_columns[] = {
    {"conversation_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the conversation, CH..."},
    {"chat_service_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, COLUMN_PARENT, "SID of the service both are in"},
    {"user_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, COLUMN_PARENT, "SID of the user, US..."},
    {"participant_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the user as a participant, MB..."},
    {"unique_name", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "the conversation's name for programs, or NULL"},
    {"friendly_name", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "the conversation's name for people, or NULL"},
    {"conversation_state", VALUE_TEXT, CATALOG_CONVERSATIONS, 0,
     "the conversation's state: active, inactive or closed"},
    {"notification_level", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "default or muted"},
    {"last_read_message_index", VALUE_INTEGER, CATALOG_CONVERSATIONS, COLUMN_TOUCHES,
     "index of the last message read, or NULL"},
    {"unread_messages_count", VALUE_INTEGER, CATALOG_CONVERSATIONS, 0,
     "number of messages not read yet, at most 1000, or NULL"},
    {"attributes", VALUE_JSON_TEXT, CATALOG_CONVERSATIONS, 0,
     "the conversation's attributes, the application's own JSON"},
    {"timers", VALUE_JSON, CATALOG_CONVERSATIONS, 0, "object: the conversation's date_inactive, date_closed"},
    {"created_by", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "identity of the conversation's creator, or system"},
    {"date_created", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when the conversation was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when the conversation was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "absolute URL of the resource"},
    {"links", VALUE_JSON, CATALOG_CONVERSATIONS, 0, "object: URLs of the participant and the conversation"},
    /* It is seen as last_read_timestamp of the participant. */
    {"last_read_timestamp", VALUE_TIME, 0, COLUMN_WRITE_ONLY | COLUMN_TOUCHED | COLUMN_TOUCHED_WITH,
     "when that message was read, UTC"},
};

static const catalog_parameter user_conversation_parameters[] = {
    {.name = "NotificationLevel",
     .column = "notification_level",
     .kind = VALUE_TEXT,
     .update = CATALOG_CONVERSATIONS,
     .accepted = conversation_notification_levels,
     .any_case = true},
    /* Nullable: NULL, sent as an empty value, forgets what was read. */
    {.name = "LastReadMessageIndex",
     .column = "last_read_message_index",
     .kind = VALUE_INTEGER,
     .update = CATALOG_CONVERSATIONS},
    {.name = "LastReadTimestamp", .column = "last_read_timestamp", .kind = VALUE_TIME, .update = CATALOG_CONVERSATIONS},
};

const catalog_resource catalog_user_conversations = {
    .name = "user_conversations",
    .person_in = "CH",
    .person_column = "participant_sid",
    .always = CATALOG_CONVERSATIONS,
    .segment = "Conversations",
    .list_key = "conversations",
    .parent = &catalog_conversation_users,
    .parent_column = "user_sid",
    .key_column = "conversation_sid",
    .key_prefix = "CH",
    .list = CATALOG_CONVERSATIONS,
    .fetch = CATALOG_CONVERSATIONS,
    .update = CATALOG_CONVERSATIONS,
    .remove = CATALOG_CONVERSATIONS,
    .page_max = {0, 0, 0, 50},
    .typical_rows = 20,
    .columns = user_conversation_columns,
    .column_count = CATALOG_COUNT(user_conversation_columns),
    .parameters = user_conversation_parameters,
    .parameter_count = CATALOG_COUNT(user_conversation_parameters),
    .description = "Conversations of a user, with what it has read in each",
};
