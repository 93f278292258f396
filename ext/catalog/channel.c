/*
** channels: the rooms of a service. The only resource that three API versions share: v1 and v2 list and write it, and
** v3 has the one call that turns a public channel into a private one.
**
** Sources: chat_v1, chat_v2 and chat_v3 specs, paths /Services/{ServiceSid}/Channels and below; the product pages of
** the v1 and v3 channel resource; chat-api.md sections 1 to 5; for
** Conversations conversations-api.md sections 1 and 2.
*/
#include "catalog/resources.h"

enum { CATALOG_CHANNELS = CATALOG_ALL_VERSIONS | CATALOG_CONVERSATIONS };

static const char *const visibilities[] = {"public", "private", NULL};

static const catalog_column channel_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_CHANNELS, 0, "SID of the channel, CH..."},
    {"service_sid", VALUE_TEXT, CATALOG_CHANNELS, COLUMN_PARENT, "SID of the service it is in"},
    {"unique_name", VALUE_TEXT, CATALOG_CHANNELS, 0, "name for programs, unique in the service, or NULL"},
    {"friendly_name", VALUE_TEXT, CATALOG_CHANNELS, COLUMN_EMPTY_DIFFERS, "name for people, or NULL"},
    {"type", VALUE_TEXT, CATALOG_CHANNELS, 0, "public or private"},
    {"attributes", VALUE_JSON_TEXT, CATALOG_CHANNELS, COLUMN_LIST_HIDES, "the application's own JSON"},
    {"created_by", VALUE_TEXT, CATALOG_ALL_VERSIONS, 0, "identity of its creator, or system"},
    {"members_count", VALUE_INTEGER, CATALOG_ALL_VERSIONS, 0, "number of members"},
    {"messages_count", VALUE_INTEGER, CATALOG_ALL_VERSIONS, 0, "number of messages"},
    {"date_created", VALUE_TIME, CATALOG_CHANNELS, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_CHANNELS, COLUMN_TOUCHED, "when it was last changed, UTC"},
    {"messaging_service_sid", VALUE_TEXT, CATALOG_V3 | CATALOG_CONVERSATIONS, 0,
     "messaging service, MG..., set when type becomes private"},
    {"account_sid", VALUE_TEXT, CATALOG_CHANNELS, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_CHANNELS, 0, "absolute URL of the resource"},
    {"links", VALUE_JSON, CATALOG_SINCE_V1, 0, "object: URLs of the lists inside and of the last message"},
};

static const catalog_parameter channel_parameters[] = {
    /* v1 documents 64 characters for both names, v2 64 on create and 256 on update. */
    {.name = "FriendlyName",
     .column = "friendly_name",
     .kind = VALUE_TEXT,
     .create = CATALOG_V1_V2,
     .update = CATALOG_V1_V2,
     .max_length = CATALOG_LONG_NAME_LENGTH},
    {.name = "FriendlyName",
     .column = "friendly_name",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .max_length = CATALOG_LONG_NAME_LENGTH,
     .kept = "the service keeps the old name where it is given an empty one"},
    {.name = "UniqueName",
     .column = "unique_name",
     .kind = VALUE_TEXT,
     .create = CATALOG_SINCE_V1,
     .update = CATALOG_SINCE_V1,
     .max_length = CATALOG_LONG_NAME_LENGTH},
    {.name = "Attributes",
     .column = "attributes",
     .kind = VALUE_JSON_TEXT,
     .create = CATALOG_SINCE_V1,
     .update = CATALOG_SINCE_V1},
    /* v3's spec shares this list of values, but the service takes "private" alone there (error 50393). */
    {.name = "Type",
     .column = "type",
     .kind = VALUE_TEXT,
     .create = CATALOG_V1_V2,
     .update = CATALOG_V3,
     .final = true,
     .accepted = visibilities},
    {.name = "MessagingServiceSid",
     .column = "messaging_service_sid",
     .kind = VALUE_TEXT,
     .update = CATALOG_V3,
     .max_length = CATALOG_SID_LENGTH},
    {.name = "MessagingServiceSid",
     .column = "messaging_service_sid",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .max_length = CATALOG_SID_LENGTH,
     .kept = "the service can replace it by another one, but not take it away"},
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
    {.name = "CreatedBy",
     .column = "created_by",
     .kind = VALUE_TEXT,
     .create = CATALOG_V2,
     .update = CATALOG_V2,
     .max_length = CATALOG_IDENTITY_LENGTH},
};

#define BOTH_TYPES "Type=public&Type=private"

/*
** A date bound changes the order of Conversations' list from recent activity, which moves while it is read, to creation.
** This one leaves out nothing.
*/
static const catalog_word channel_words[] = {{"channels", "conversations", CATALOG_CONVERSATIONS},
                                             {BOTH_TYPES, "EndDate=9999-12-31T23:59:59Z", CATALOG_CONVERSATIONS},
                                             {NULL, NULL, 0}};

static const catalog_making channel_makings[] = {
    {.column = "type", .versions = CATALOG_CONVERSATIONS, .how = MADE_CONSTANT, .text = "private"}, {.column = NULL}};

static const catalog_note channel_notes[] = {
    {"type", CATALOG_CONVERSATIONS, "every conversation is private"},
    {"created_by", CATALOG_CONVERSATIONS, "Conversations does not take it: leave it out"},
    {"members_count", CATALOG_CONVERSATIONS, "Conversations does not count members: count the rows of members"},
    {"messages_count", CATALOG_CONVERSATIONS, "Conversations does not count messages: count the rows of messages"},
    {NULL, 0, NULL}};

/* Chat and Conversations have the same rows, and each a code of its own for it. */
static const catalog_taken channel_taken[] = {{50307, "unique_name"}, {50353, "unique_name"}, {0, NULL}};

const catalog_resource catalog_channels = {
    .name = "channels",
    .segment = "Channels",
    .list_key = "channels",
    .parent = &catalog_services,
    .parent_column = "service_sid",
    .key_column = "sid",
    .key_prefix = "CH",
    .list = CATALOG_SINCE_V1,
    .fetch = CATALOG_SINCE_V1,
    .create = CATALOG_SINCE_V1,
    .update = CATALOG_CHANNELS,
    .remove = CATALOG_SINCE_V1,
    .webhooks_create = CATALOG_SINCE_V2,
    .webhooks_update = CATALOG_V2_V3 | CATALOG_CONVERSATIONS,
    .webhooks_remove = CATALOG_SINCE_V2,
    .page_max = {1000, 100, 0, 100},
    .name_column = "unique_name",
    .name_versions = CATALOG_SINCE_V1,
    .name_writes = CATALOG_SINCE_V1,
    .unseen_versions = CATALOG_CONVERSATIONS,
    .unseen = CATALOG_UNSEEN_CHANNEL,
    /* The documented default of Type is public, so that a list which asks for nothing may hide the private channels. */
    .list_query = BOTH_TYPES,
    .filters = {{.column = "type", .parameter = "Type", .versions = CATALOG_V1_V2, .accepted = visibilities}},
    .update_is_inside = true,
    .typical_rows = 200,
    .columns = channel_columns,
    .column_count = CATALOG_COUNT(channel_columns),
    .words = channel_words,
    .makings = channel_makings,
    .notes = channel_notes,
    .parameters = channel_parameters,
    .parameter_count = CATALOG_COUNT(channel_parameters),
    .taken = channel_taken,
    .description = "Channels of a service: the rooms that hold members and messages",
};
