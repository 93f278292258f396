/*
** messages: what was said in a channel, in the order of "index", which only grows and has gaps. The one resource whose
** list order is documented, and so the one with an Order parameter.
**
** Sources: chat_v1 and chat_v2 specs, paths .../Channels/{ChannelSid}/Messages and below; the product page of the v1
** message resource; chat-api.md sections 1, 2, 4, 9 and 10; for
** Conversations conversations-api.md sections 1 and 2.
*/
#include "catalog/resources.h"

static const catalog_column message_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "SID of the message, IM..."},
    {"service_sid", VALUE_TEXT, CATALOG_SINCE_V1, COLUMN_PARENT, "SID of the service it is in"},
    {"channel_sid", VALUE_TEXT, CATALOG_SINCE_V1, COLUMN_PARENT, "SID of the channel it is in"},
    {"index", VALUE_INTEGER, CATALOG_SINCE_V1, 0, "position in the channel, from 0, with gaps"},
    {"from", VALUE_TEXT, CATALOG_SINCE_V1, 0, "identity of the author, or system"},
    {"body", VALUE_TEXT, CATALOG_SINCE_V1, 0, "text of the message"},
    {"attributes", VALUE_JSON_TEXT, CATALOG_SINCE_V1, COLUMN_LIST_HIDES, "the application's own JSON"},
    {"type", VALUE_TEXT, CATALOG_V2, 0, "text or media"},
    {"media", VALUE_JSON, CATALOG_SINCE_V2, 0, "object: sid, size, content_type, filename; or NULL"},
    {"was_edited", VALUE_BOOLEAN, CATALOG_V1_V2, 0, "whether it was changed after it was sent"},
    {"last_updated_by", VALUE_TEXT, CATALOG_V2, 0, "identity of who changed it last, or NULL"},
    {"date_created", VALUE_TIME, CATALOG_SINCE_V1, 0, "when it was sent, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_SINCE_V1, COLUMN_TOUCHED, "when it was last changed, UTC"},
    {"to", VALUE_TEXT, CATALOG_V1_V2, 0, "SID of the channel again"},
    {"account_sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_SINCE_V1, 0, "absolute URL of the resource"},
};

static const catalog_parameter message_parameters[] = {
    /* Required by v1 alone: a message of v2 may be a medium without text. The maximum is in bytes. */
    {.name = "Body",
     .column = "body",
     .kind = VALUE_TEXT,
     .create = CATALOG_SINCE_V1,
     .update = CATALOG_SINCE_V1,
     .create_required = CATALOG_V1,
     .max_length = CATALOG_BODY_BYTES},
    /* v1 sets the author once, v2 can change it. */
    {.name = "From",
     .column = "from",
     .kind = VALUE_TEXT,
     .create = CATALOG_V1_V2,
     .update = CATALOG_V2,
     .max_length = CATALOG_IDENTITY_LENGTH},
    {.name = "Author",
     .column = "from",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS},
    {.name = "Attributes",
     .column = "attributes",
     .kind = VALUE_JSON_TEXT,
     .create = CATALOG_SINCE_V1,
     .update = CATALOG_SINCE_V1},
    {.name = "MediaSid",
     .column = "media",
     .leaf = "sid",
     .kind = VALUE_TEXT,
     .create = CATALOG_SINCE_V2,
     .max_length = CATALOG_SID_LENGTH},
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
    {.name = "LastUpdatedBy",
     .column = "last_updated_by",
     .kind = VALUE_TEXT,
     .create = CATALOG_V2,
     .update = CATALOG_V2,
     .max_length = CATALOG_IDENTITY_LENGTH},
};

static const catalog_word message_words[] = {{"from", "author", CATALOG_CONVERSATIONS}, {NULL, NULL, 0}};

static const catalog_value medium_members[] = {
    {"sid", "sid"}, {"size", "size"}, {"content_type", "content_type"}, {"filename", "filename"}, {NULL, NULL}};

/* A message of Conversations may hold several attachments, and tells more of each. */
static const catalog_making message_makings[] = {
    {.column = "media", .versions = CATALOG_CONVERSATIONS, .how = MADE_FIRST, .values = medium_members},
    {.column = NULL}};

static const catalog_note message_notes[] = {
    {"last_updated_by", CATALOG_CONVERSATIONS, "Conversations does not keep it: leave it out"}, {NULL, 0, NULL}};

const catalog_resource catalog_messages = {
    .name = "messages",
    .segment = "Messages",
    .counted_by = "messages_count",
    .list_key = "messages",
    .parent = &catalog_channels,
    .wakes = true,
    .parent_column = "channel_sid",
    .key_column = "sid",
    .key_prefix = "IM",
    .list = CATALOG_SINCE_V1,
    .fetch = CATALOG_SINCE_V1,
    .create = CATALOG_SINCE_V1,
    .update = CATALOG_SINCE_V1,
    .remove = CATALOG_SINCE_V1,
    .webhooks_create = CATALOG_SINCE_V2,
    .webhooks_update = CATALOG_SINCE_V2,
    .webhooks_remove = CATALOG_SINCE_V2,
    .page_max = {1000, 100, 0, 100},
    .order_column = "index",
    .order_parameter = "Order",
    .typical_rows = 500,
    .columns = message_columns,
    .column_count = CATALOG_COUNT(message_columns),
    .words = message_words,
    .makings = message_makings,
    .notes = message_notes,
    .parameters = message_parameters,
    .parameter_count = CATALOG_COUNT(message_parameters),
    .description = "Messages of a channel, in the order of their index",
};
