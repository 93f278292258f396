/*
** conversation_webhooks: up to five callbacks of one conversation. What a webhook does is in the JSON column configuration,
** whose members depend on its target: the keywords of a trigger come back under the name of the filters.
**
** Sources: conversations_v1 spec, paths .../Conversations/{ConversationSid}/Webhooks and below; conversations-api.md sections
** 1.6 and 4.
*/
#include "catalog/resources.h"

static const char *const webhook_targets[] = {"webhook", "trigger", "studio", NULL};
static const char *const conversation_webhook_methods[] = {"get", "post", NULL};

static const catalog_column conversation_webhook_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the webhook, WH..."},
    {"chat_service_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, COLUMN_PARENT, "SID of the service it is in"},
    {"conversation_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, COLUMN_PARENT, "SID of the conversation it watches"},
    {"target", VALUE_TEXT, CATALOG_CONVERSATIONS, COLUMN_TELLS, "webhook, trigger or studio"},
    {"configuration", VALUE_JSON, CATALOG_CONVERSATIONS, 0,
     "object: url, method, filters (of a trigger its keywords); of studio flow_sid"},
    {"date_created", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "absolute URL of the resource"},
    {"replay_after", VALUE_INTEGER, 0, COLUMN_WRITE_ONLY, "index of a message after which those there are sent too"},
};

static const catalog_parameter conversation_webhook_parameters[] = {
    {.name = "Target",
     .column = "target",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .create_required = CATALOG_CONVERSATIONS,
     .accepted = webhook_targets,
     .any_case = true},
    {.name = "Configuration.Url",
     .column = "configuration",
     .leaf = "url",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS},
    {.name = "Configuration.Method",
     .column = "configuration",
     .leaf = "method",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .accepted = conversation_webhook_methods,
     .any_case = true},
    {.name = "Configuration.Filters",
     .column = "configuration",
     .leaf = "filters",
     .kind = VALUE_TEXT,
     .repeated = true,
     .where = {.column = "target", .value = "trigger", .other = true},
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS},
    /* At most five elements, which the server checks. */
    {.name = "Configuration.Triggers",
     .column = "configuration",
     .leaf = "filters",
     .kind = VALUE_TEXT,
     .repeated = true,
     .where = {.column = "target", .value = "trigger"},
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS},
    {.name = "Configuration.FlowSid",
     .column = "configuration",
     .leaf = "flow_sid",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .max_length = CATALOG_SID_LENGTH},
    {.name = "Configuration.ReplayAfter",
     .column = "replay_after",
     .kind = VALUE_INTEGER,
     .create = CATALOG_CONVERSATIONS},
};

const catalog_resource catalog_conversation_webhooks = {
    .name = "conversation_webhooks",
    .always = CATALOG_CONVERSATIONS,
    .segment = "Webhooks",
    .list_key = "webhooks",
    .parent = &catalog_conversations,
    .parent_column = "conversation_sid",
    .key_column = "sid",
    .key_prefix = "WH",
    .list = CATALOG_CONVERSATIONS,
    .fetch = CATALOG_CONVERSATIONS,
    .create = CATALOG_CONVERSATIONS,
    .update = CATALOG_CONVERSATIONS,
    .remove = CATALOG_CONVERSATIONS,
    .page_max = {0, 0, 0, 5},
    .typical_rows = 2,
    .columns = conversation_webhook_columns,
    .column_count = CATALOG_COUNT(conversation_webhook_columns),
    .parameters = conversation_webhook_parameters,
    .parameter_count = CATALOG_COUNT(conversation_webhook_parameters),
    .description = "Webhooks of a conversation, at most five",
};
