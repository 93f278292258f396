/*
** users and user_channels: the people of a service, and what each of them has in which channel. A user_channel has no
** SID of its own: the channel's SID ends its path, and on v1 it has no path at all, only the list.
**
** Sources: chat_v1 and chat_v2 specs, paths /Services/{ServiceSid}/Users and below; chat-api.md sections 1, 2, 5 and
** 6; for
** Conversations conversations-api.md sections 1 and 2.
*/
#include "catalog/resources.h"

static const catalog_column user_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "SID of the user, US..."},
    {"service_sid", VALUE_TEXT, CATALOG_SINCE_V1, COLUMN_PARENT, "SID of the service it is in"},
    {"identity", VALUE_TEXT, CATALOG_SINCE_V1, 0, "the application's own name of the user, unique in the service"},
    {"friendly_name", VALUE_TEXT, CATALOG_SINCE_V1, COLUMN_EMPTY_DIFFERS, "name for people, or NULL"},
    {"role_sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "SID of the role it has in the service, RL..."},
    {"attributes", VALUE_JSON_TEXT, CATALOG_SINCE_V1, COLUMN_LIST_HIDES, "the application's own JSON"},
    {"is_online", VALUE_BOOLEAN, CATALOG_SINCE_V1, COLUMN_LIST_HIDES | COLUMN_NEEDS_REACHABILITY,
     "whether connected; NULL unless reachability is on"},
    {"is_notifiable", VALUE_BOOLEAN, CATALOG_SINCE_V1, COLUMN_LIST_HIDES | COLUMN_NEEDS_REACHABILITY,
     "whether a push would reach it; NULL unless reachability is on"},
    {"joined_channels_count", VALUE_INTEGER, CATALOG_V1_V2, 0, "number of channels it is a member of"},
    {"date_created", VALUE_TIME, CATALOG_SINCE_V1, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_SINCE_V1, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_SINCE_V1, 0, "absolute URL of the resource"},
    {"links", VALUE_JSON, CATALOG_SINCE_V1, 0, "object: URLs of the lists inside"},
};

static const catalog_parameter user_parameters[] = {
    {.name = "Identity",
     .column = "identity",
     .kind = VALUE_TEXT,
     .create = CATALOG_SINCE_V1,
     .create_required = CATALOG_SINCE_V1,
     .max_length = CATALOG_IDENTITY_LENGTH},
    {.name = "RoleSid",
     .column = "role_sid",
     .kind = VALUE_TEXT,
     .create = CATALOG_SINCE_V1,
     .update = CATALOG_SINCE_V1,
     .max_length = CATALOG_SID_LENGTH},
    {.name = "Attributes",
     .column = "attributes",
     .kind = VALUE_JSON_TEXT,
     .create = CATALOG_SINCE_V1,
     .update = CATALOG_SINCE_V1},
    /* No version documents a maximum for a user's name. */
    {.name = "FriendlyName",
     .column = "friendly_name",
     .kind = VALUE_TEXT,
     .create = CATALOG_SINCE_V1,
     .update = CATALOG_SINCE_V1},
};

static const catalog_taken user_taken[] = {{50201, "identity"}, {0, NULL}};

const catalog_resource catalog_users = {
    .name = "users",
    .segment = "Users",
    .list_key = "users",
    .parent = &catalog_services,
    .parent_column = "service_sid",
    .key_column = "sid",
    .key_prefix = "US",
    .list = CATALOG_SINCE_V1,
    .fetch = CATALOG_SINCE_V1,
    .create = CATALOG_SINCE_V1,
    .update = CATALOG_SINCE_V1,
    .remove = CATALOG_SINCE_V1,
    .webhooks_create = CATALOG_SINCE_V2,
    .webhooks_update = CATALOG_SINCE_V2,
    .webhooks_remove = CATALOG_CONVERSATIONS,
    .page_max = {1000, 100, 0, 50},
    .name_column = "identity",
    .name_versions = CATALOG_SINCE_V2,
    .name_writes = CATALOG_SINCE_V2,
    .typical_rows = 1000,
    .columns = user_columns,
    .column_count = CATALOG_COUNT(user_columns),
    .parameters = user_parameters,
    .parameter_count = CATALOG_COUNT(user_parameters),
    .taken = user_taken,
    .description = "Users of a service",
};

static const char *const notification_levels[] = {"default", "muted", NULL};

static const catalog_column user_channel_columns[] = {
    {"channel_sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "SID of the channel, CH..."},
    {"service_sid", VALUE_TEXT, CATALOG_SINCE_V1, COLUMN_PARENT, "SID of the service both are in"},
    /* In v1's JSON it is missing; there the path, which has it, fills it in. */
    {"user_sid", VALUE_TEXT, CATALOG_SINCE_V1, COLUMN_PARENT, "SID of the user, US..."},
    {"member_sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "SID of the user as a member, MB..., or NULL unless joined"},
    {"status", VALUE_TEXT, CATALOG_SINCE_V1, 0, "joined, invited, or not_participating (v2: notParticipating)"},
    {"notification_level", VALUE_TEXT, CATALOG_SINCE_V2, 0, "default or muted"},
    {"last_consumed_message_index", VALUE_INTEGER, CATALOG_SINCE_V1, COLUMN_TOUCHES,
     "index of the last message read, or NULL"},
    {"unread_messages_count", VALUE_INTEGER, CATALOG_SINCE_V1, 0, "number of messages not read yet, or NULL"},
    {"account_sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_SINCE_V2, 0, "absolute URL of the resource"},
    {"links", VALUE_JSON, CATALOG_SINCE_V1, 0, "object: URLs of the channel and the member"},
    /* Update takes it, no response has it: it is seen as last_consumption_timestamp of the member. */
    {"last_consumption_timestamp", VALUE_TIME, 0, COLUMN_WRITE_ONLY | COLUMN_TOUCHED | COLUMN_TOUCHED_WITH,
     "when that message was read, UTC"},
};

static const catalog_parameter user_channel_parameters[] = {
    {.name = "NotificationLevel",
     .column = "notification_level",
     .kind = VALUE_TEXT,
     .update = CATALOG_SINCE_V2,
     .accepted = notification_levels},
    /* Nullable: NULL, sent as an empty value, forgets what was read. */
    {.name = "LastConsumedMessageIndex",
     .column = "last_consumed_message_index",
     .kind = VALUE_INTEGER,
     .update = CATALOG_V2},
    {.name = "LastConsumptionTimestamp",
     .column = "last_consumption_timestamp",
     .kind = VALUE_TIME,
     .update = CATALOG_V2},
    {.name = "LastReadMessageIndex",
     .column = "last_consumed_message_index",
     .kind = VALUE_INTEGER,
     .update = CATALOG_CONVERSATIONS},
    {.name = "LastReadTimestamp",
     .column = "last_consumption_timestamp",
     .kind = VALUE_TIME,
     .update = CATALOG_CONVERSATIONS},
};

static const catalog_word user_channel_words[] = {
    {"channels", "conversations", CATALOG_CONVERSATIONS},
    {"member_sid", "participant_sid", CATALOG_CONVERSATIONS},
    {"last_consumed_message_index", "last_read_message_index", CATALOG_CONVERSATIONS},
    {NULL, NULL, 0}};

/* Conversations lists those alone in which the user takes part. */
static const catalog_making user_channel_makings[] = {
    {.column = "status", .versions = CATALOG_CONVERSATIONS, .how = MADE_CONSTANT, .text = "joined"}, {.column = NULL}};

const catalog_resource catalog_user_channels = {
    .name = "user_channels",
    .person_in = "CH",
    .person_column = "member_sid",
    .segment = "Channels",
    .counted_by = "joined_channels_count",
    .list_key = "channels",
    .parent = &catalog_users,
    .parent_column = "user_sid",
    .key_column = "channel_sid",
    .key_prefix = "CH",
    .list = CATALOG_SINCE_V1,
    .fetch = CATALOG_SINCE_V2,
    .update = CATALOG_SINCE_V2,
    .remove = CATALOG_SINCE_V2,
    .webhooks_remove = CATALOG_V2,
    .page_max = {1000, 50, 0, 50},
    .typical_rows = 20,
    .columns = user_channel_columns,
    .column_count = CATALOG_COUNT(user_channel_columns),
    .words = user_channel_words,
    .makings = user_channel_makings,
    .parameters = user_channel_parameters,
    .parameter_count = CATALOG_COUNT(user_channel_parameters),
    .description = "Channels of a user, with what it has read in each",
};
