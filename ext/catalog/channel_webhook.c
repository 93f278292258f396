/*
** channel_webhooks: up to five callbacks of one channel. Only v2 has them. What a webhook does is in the JSON column
** configuration, whose members depend on its type.
**
** Sources: chat_v2 spec, paths .../Channels/{ChannelSid}/Webhooks and below; chat-api.md section 2; for
** Conversations conversations-api.md sections 1 and 2.
*/
#include "catalog/resources.h"

static const char *const webhook_types[] = {"webhook", "trigger", "studio", NULL};
static const char *const channel_webhook_http_methods[] = {"GET", "POST", NULL};

static const catalog_column channel_webhook_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_SINCE_V2, 0, "SID of the webhook, WH..."},
    {"service_sid", VALUE_TEXT, CATALOG_SINCE_V2, COLUMN_PARENT, "SID of the service it is in"},
    {"channel_sid", VALUE_TEXT, CATALOG_SINCE_V2, COLUMN_PARENT, "SID of the channel it watches"},
    {"type", VALUE_TEXT, CATALOG_SINCE_V2, COLUMN_TELLS, "webhook, trigger or studio"},
    {"configuration", VALUE_JSON, CATALOG_SINCE_V2, 0,
     "object: url, method, filters, triggers, flow_sid, retry_count by type"},
    {"date_created", VALUE_TIME, CATALOG_SINCE_V2, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_SINCE_V2, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_SINCE_V2, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_SINCE_V2, 0, "absolute URL of the resource"},
};

static const catalog_parameter channel_webhook_parameters[] = {
    {.name = "Type",
     .column = "type",
     .kind = VALUE_TEXT,
     .create = CATALOG_V2,
     .create_required = CATALOG_V2,
     .accepted = webhook_types},
    {.name = "Target",
     .column = "type",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .create_required = CATALOG_CONVERSATIONS,
     .accepted = webhook_types},
    {.name = "Configuration.Url",
     .column = "configuration",
     .leaf = "url",
     .kind = VALUE_TEXT,
     .create = CATALOG_SINCE_V2,
     .update = CATALOG_SINCE_V2},
    {.name = "Configuration.Method",
     .column = "configuration",
     .leaf = "method",
     .kind = VALUE_TEXT,
     .create = CATALOG_V2,
     .update = CATALOG_V2,
     .accepted = channel_webhook_http_methods},
    {.name = "Configuration.Method",
     .column = "configuration",
     .leaf = "method",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .accepted = channel_webhook_http_methods,
     .values = catalog_methods},
    {.name = "Configuration.Filters",
     .column = "configuration",
     .leaf = "filters",
     .kind = VALUE_TEXT,
     .repeated = true,
     .null_empties = true,
     .create = CATALOG_V2,
     .update = CATALOG_V2},
    {.name = "Configuration.Filters",
     .column = "configuration",
     .leaf = "filters",
     .kind = VALUE_TEXT,
     .repeated = true,
     .where = {.column = "type", .value = "trigger", .other = true},
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .values = catalog_events},
    /* At most five elements, which the server checks. */
    {.name = "Configuration.Triggers",
     .column = "configuration",
     .leaf = "triggers",
     .kind = VALUE_TEXT,
     .repeated = true,
     .create = CATALOG_SINCE_V2,
     .update = CATALOG_V2},
    /* Conversations has the keywords of a trigger come back as its filters. */
    {.name = "Configuration.Triggers",
     .column = "configuration",
     .leaf = "filters",
     .kind = VALUE_TEXT,
     .repeated = true,
     .where = {.column = "type", .value = "trigger"},
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS},
    {.name = "Configuration.FlowSid",
     .column = "configuration",
     .leaf = "flow_sid",
     .kind = VALUE_TEXT,
     .create = CATALOG_SINCE_V2,
     .update = CATALOG_SINCE_V2,
     .max_length = CATALOG_SID_LENGTH},
    /* From 0 to 3, which the server checks. */
    {.name = "Configuration.RetryCount",
     .column = "configuration",
     .leaf = "retry_count",
     .kind = VALUE_INTEGER,
     .create = CATALOG_V2,
     .update = CATALOG_V2},
};

static const catalog_word channel_webhook_words[] = {{"type", "target", CATALOG_CONVERSATIONS}, {NULL, NULL, 0}};

/* A trigger has its keywords where others have events. */
static const catalog_making channel_webhook_makings[] = {{.column = "configuration",
                                                          .versions = CATALOG_CONVERSATIONS,
                                                          .how = MADE_VALUES,
                                                          .text = "filters",
                                                          .values = catalog_events,
                                                          .but_field = "target",
                                                          .but_text = "trigger"},
                                                         {.column = "configuration",
                                                          .versions = CATALOG_CONVERSATIONS,
                                                          .how = MADE_VALUES,
                                                          .text = "method",
                                                          .values = catalog_methods},
                                                         {.column = NULL}};

static const catalog_note channel_webhook_notes[] = {
    {"configuration.retry_count", CATALOG_CONVERSATIONS, "Conversations has no such setting: leave it out"},
    {"configuration.triggers", CATALOG_CONVERSATIONS,
     "Conversations has the keywords of a trigger as its filters: set those"},
    {NULL, 0, NULL}};

const catalog_resource catalog_channel_webhooks = {
    .name = "channel_webhooks",
    .segment = "Webhooks",
    .list_key = "webhooks",
    .parent = &catalog_channels,
    .parent_column = "channel_sid",
    .key_column = "sid",
    .key_prefix = "WH",
    .list = CATALOG_SINCE_V2,
    .fetch = CATALOG_SINCE_V2,
    .create = CATALOG_SINCE_V2,
    .update = CATALOG_SINCE_V2,
    .remove = CATALOG_SINCE_V2,
    .page_max = {0, 5, 0, 5},
    .typical_rows = 2,
    .columns = channel_webhook_columns,
    .column_count = CATALOG_COUNT(channel_webhook_columns),
    .words = channel_webhook_words,
    .makings = channel_webhook_makings,
    .notes = channel_webhook_notes,
    .parameters = channel_webhook_parameters,
    .parameter_count = CATALOG_COUNT(channel_webhook_parameters),
    .description = "Webhooks of a channel, at most five",
};
