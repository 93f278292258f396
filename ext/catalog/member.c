/*
** members and invites: who is in a channel and who was asked to be. Two resources of one shape; an invite has no
** update and ends when its user joins.
**
** Sources: chat_v1 and chat_v2 specs, paths .../Channels/{ChannelSid}/Members and .../Invites; chat-api.md sections
** 1, 2 and 10; conversations-api.md sections 1.5 and 2. v2 also takes an identity in a member's path; the list's Identity
** filter does the same on both versions of Chat, so the catalogue names a stand-in for the SID in Conversations alone,
** whose list has no such filter.
*/
#include "catalog/resources.h"

static const catalog_column member_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "SID of the member, MB..."},
    {"service_sid", VALUE_TEXT, CATALOG_SINCE_V1, COLUMN_PARENT, "SID of the service it is in"},
    {"channel_sid", VALUE_TEXT, CATALOG_SINCE_V1, COLUMN_PARENT, "SID of the channel it is in"},
    {"identity", VALUE_TEXT, CATALOG_SINCE_V1, 0, "identity of the user"},
    {"role_sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "SID of the role it has in the channel, RL..."},
    {"attributes", VALUE_JSON_TEXT, CATALOG_SINCE_V2, COLUMN_LIST_HIDES, "the application's own JSON"},
    {"last_consumed_message_index", VALUE_INTEGER, CATALOG_SINCE_V1, COLUMN_TOUCHES,
     "index of the last message read, or NULL"},
    {"last_consumption_timestamp", VALUE_TIME, CATALOG_SINCE_V1, COLUMN_TOUCHED | COLUMN_TOUCHED_WITH,
     "when that was read, UTC, or NULL"},
    {"date_created", VALUE_TIME, CATALOG_SINCE_V1, 0, "when it joined, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_SINCE_V1, COLUMN_TOUCHED, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_SINCE_V1, 0, "absolute URL of the resource"},
};

static const catalog_parameter member_parameters[] = {
    {.name = "Identity",
     .column = "identity",
     .kind = VALUE_TEXT,
     .create = CATALOG_SINCE_V1,
     .update = CATALOG_CONVERSATIONS,
     .create_required = CATALOG_SINCE_V1,
     .max_length = CATALOG_IDENTITY_LENGTH},
    {.name = "RoleSid",
     .column = "role_sid",
     .kind = VALUE_TEXT,
     .create = CATALOG_SINCE_V1,
     .update = CATALOG_SINCE_V1,
     .max_length = CATALOG_SID_LENGTH},
    /* Nullable: NULL, sent as an empty value, forgets what was read. */
    {.name = "LastConsumedMessageIndex",
     .column = "last_consumed_message_index",
     .kind = VALUE_INTEGER,
     .create = CATALOG_V2,
     .update = CATALOG_V1_V2},
    {.name = "LastReadMessageIndex",
     .column = "last_consumed_message_index",
     .kind = VALUE_INTEGER,
     .update = CATALOG_CONVERSATIONS},
    {.name = "LastReadTimestamp",
     .column = "last_consumption_timestamp",
     .kind = VALUE_TIME,
     .update = CATALOG_CONVERSATIONS},
    {.name = "LastConsumptionTimestamp",
     .column = "last_consumption_timestamp",
     .kind = VALUE_TIME,
     .create = CATALOG_V2,
     .update = CATALOG_V2},
    {.name = "DateCreated",
     .column = "date_created",
     .kind = VALUE_TIME,
     .create = CATALOG_SINCE_V2,
     .update = CATALOG_SINCE_V2},
    {.name = "DateUpdated",
     .column = "date_updated",
     .kind = VALUE_TIME,
     .create = CATALOG_SINCE_V2,
     .update = CATALOG_SINCE_V2},
    {.name = "Attributes",
     .column = "attributes",
     .kind = VALUE_JSON_TEXT,
     .create = CATALOG_SINCE_V2,
     .update = CATALOG_SINCE_V2},
};

static const catalog_word member_words[] = {
    {"members", "participants", CATALOG_CONVERSATIONS},
    {"last_consumed_message_index", "last_read_message_index", CATALOG_CONVERSATIONS},
    {"last_consumption_timestamp", "last_read_timestamp", CATALOG_CONVERSATIONS},
    {NULL, NULL, 0}};

/* Of an UPDATE it takes both. */
static const catalog_note member_notes[] = {
    {"last_consumed_message_index", CATALOG_CONVERSATIONS, "Conversations takes it of an UPDATE, after the INSERT"},
    {"last_consumption_timestamp", CATALOG_CONVERSATIONS, "Conversations takes it of an UPDATE, after the INSERT"},
    {NULL, 0, NULL}};

/* Chat and Conversations have the same rows, and each a code of its own for it. */
static const catalog_taken member_taken[] = {{50404, "identity"}, {50433, "identity"}, {0, NULL}};

const catalog_resource catalog_members = {
    .name = "members",
    .person_in = "CH",
    .segment = "Members",
    .counted_by = "members_count",
    .list_key = "members",
    .parent = &catalog_channels,
    .parent_column = "channel_sid",
    .key_column = "sid",
    .key_prefix = "MB",
    .list = CATALOG_SINCE_V1,
    .fetch = CATALOG_SINCE_V1,
    .create = CATALOG_SINCE_V1,
    .update = CATALOG_SINCE_V1,
    .remove = CATALOG_SINCE_V1,
    .webhooks_create = CATALOG_SINCE_V2,
    .webhooks_update = CATALOG_SINCE_V2,
    .webhooks_remove = CATALOG_SINCE_V2,
    .page_max = {1000, 100, 0, 100},
    .name_column = "identity",
    .name_versions = CATALOG_CONVERSATIONS,
    .filters = {{.column = "identity", .parameter = "Identity", .versions = CATALOG_V1_V2}},
    .typical_rows = 20,
    .columns = member_columns,
    .column_count = CATALOG_COUNT(member_columns),
    .words = member_words,
    .notes = member_notes,
    .parameters = member_parameters,
    .parameter_count = CATALOG_COUNT(member_parameters),
    .taken = member_taken,
    .description = "Members of a channel: the users who are in it",
};

static const catalog_column invite_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_V1_V2, 0, "SID of the invite, IN..."},
    {"service_sid", VALUE_TEXT, CATALOG_V1_V2, COLUMN_PARENT, "SID of the service it is in"},
    {"channel_sid", VALUE_TEXT, CATALOG_V1_V2, COLUMN_PARENT, "SID of the channel it invites to"},
    {"identity", VALUE_TEXT, CATALOG_V1_V2, 0, "identity of the invited user"},
    {"role_sid", VALUE_TEXT, CATALOG_V1_V2, 0, "SID of the role the new member will have, RL..."},
    {"created_by", VALUE_TEXT, CATALOG_V1_V2, 0, "identity of who invited, or system"},
    {"date_created", VALUE_TIME, CATALOG_V1_V2, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_V1_V2, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_V1_V2, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_V1_V2, 0, "absolute URL of the resource"},
};

static const catalog_parameter invite_parameters[] = {
    {.name = "Identity",
     .column = "identity",
     .kind = VALUE_TEXT,
     .create = CATALOG_V1_V2,
     .create_required = CATALOG_V1_V2,
     .max_length = CATALOG_IDENTITY_LENGTH},
    {.name = "RoleSid",
     .column = "role_sid",
     .kind = VALUE_TEXT,
     .create = CATALOG_V1_V2,
     .max_length = CATALOG_SID_LENGTH},
};

static const catalog_note invite_notes[] = {
    {NULL, CATALOG_CONVERSATIONS, "Conversations has no invites: make members with INSERT INTO members"},
    {NULL, 0, NULL}};

static const catalog_taken invite_taken[] = {{50212, "identity"}, {0, NULL}};

const catalog_resource catalog_invites = {
    .name = "invites",
    .person_asked = "CH",
    .person_needed = true,
    .segment = "Invites",
    .list_key = "invites",
    .parent = &catalog_channels,
    .parent_column = "channel_sid",
    .key_column = "sid",
    .key_prefix = "IN",
    .list = CATALOG_V1_V2,
    .fetch = CATALOG_V1_V2,
    .create = CATALOG_V1_V2,
    .remove = CATALOG_V1_V2,
    .page_max = {1000, 100},
    .filters = {{.column = "identity", .parameter = "Identity", .versions = CATALOG_V1_V2}},
    .typical_rows = 5,
    .columns = invite_columns,
    .column_count = CATALOG_COUNT(invite_columns),
    .notes = invite_notes,
    .parameters = invite_parameters,
    .parameter_count = CATALOG_COUNT(invite_parameters),
    .taken = invite_taken,
    .description = "Invites to a channel that were not answered yet",
};
