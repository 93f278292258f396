/*
** What the account has outside every service: its configuration and webhooks, one of each; the addresses (phone numbers and
** the like) to which messages may come; and the credentials for the push services of phones, whose secrets go in and never
** come out.
**
** Sources: conversations_v1 spec, paths /Configuration, /Configuration/Webhooks, /Configuration/Addresses and /Credentials;
** conversations-api.md sections 1.11 and 1.12.
*/
#include "catalog/resources.h"

static const catalog_column account_configuration_columns[] = {
    {"account_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the account, AC..."},
    {"default_chat_service_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0,
     "service of conversations that name none, IS..."},
    {"default_messaging_service_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0,
     "messaging service of new conversations, MG..."},
    {"default_inactive_timer", VALUE_DURATION, CATALOG_CONVERSATIONS, 0, "duration such as PT1M, the least; or NULL"},
    {"default_closed_timer", VALUE_DURATION, CATALOG_CONVERSATIONS, 0, "duration such as PT10M, the least; or NULL"},
    {"url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "absolute URL of the resource"},
    {"links", VALUE_JSON, CATALOG_CONVERSATIONS, 0, "object: URLs of the service and the webhooks"},
};

static const catalog_parameter account_configuration_parameters[] = {
    {.name = "DefaultChatServiceSid",
     .column = "default_chat_service_sid",
     .kind = VALUE_TEXT,
     .update = CATALOG_CONVERSATIONS,
     .max_length = CATALOG_SID_LENGTH},
    {.name = "DefaultMessagingServiceSid",
     .column = "default_messaging_service_sid",
     .kind = VALUE_TEXT,
     .update = CATALOG_CONVERSATIONS,
     .max_length = CATALOG_SID_LENGTH},
    {.name = "DefaultInactiveTimer",
     .column = "default_inactive_timer",
     .kind = VALUE_DURATION,
     .update = CATALOG_CONVERSATIONS,
     .minimum_seconds = CATALOG_INACTIVE_SECONDS},
    {.name = "DefaultClosedTimer",
     .column = "default_closed_timer",
     .kind = VALUE_DURATION,
     .update = CATALOG_CONVERSATIONS,
     .minimum_seconds = CATALOG_CLOSED_SECONDS},
};

const catalog_resource catalog_account_configuration = {
    .name = "account_configuration",
    .always = CATALOG_CONVERSATIONS,
    .segment = "Configuration",
    .single = true,
    .fetch = CATALOG_CONVERSATIONS,
    .update = CATALOG_CONVERSATIONS,
    .typical_rows = 1,
    .columns = account_configuration_columns,
    .column_count = CATALOG_COUNT(account_configuration_columns),
    .parameters = account_configuration_parameters,
    .parameter_count = CATALOG_COUNT(account_configuration_parameters),
    .description = "The account's configuration of Conversations: defaults of new conversations",
};

static const char *const account_webhook_methods[] = {"GET", "POST", NULL};
static const char *const account_webhook_targets[] = {"webhook", "flex", NULL};

static const catalog_column account_webhook_columns[] = {
    {"account_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the account, AC..."},
    {"pre_webhook_url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "URL asked before an event"},
    {"post_webhook_url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "URL told after an event"},
    {"filters", VALUE_JSON, CATALOG_CONVERSATIONS, 0, "array of the events that are told"},
    {"method", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "GET or POST"},
    {"target", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "webhook or flex"},
    {"url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "absolute URL of the resource"},
};

static const catalog_parameter account_webhook_parameters[] = {
    {.name = "PreWebhookUrl", .column = "pre_webhook_url", .kind = VALUE_TEXT, .update = CATALOG_CONVERSATIONS},
    {.name = "PostWebhookUrl", .column = "post_webhook_url", .kind = VALUE_TEXT, .update = CATALOG_CONVERSATIONS},
    {.name = "Filters", .column = "filters", .kind = VALUE_TEXT, .repeated = true, .update = CATALOG_CONVERSATIONS},
    {.name = "Method",
     .column = "method",
     .kind = VALUE_TEXT,
     .update = CATALOG_CONVERSATIONS,
     .accepted = account_webhook_methods,
     .any_case = true},
    {.name = "Target",
     .column = "target",
     .kind = VALUE_TEXT,
     .update = CATALOG_CONVERSATIONS,
     .accepted = account_webhook_targets,
     .any_case = true},
};

const catalog_resource catalog_account_webhooks = {
    .name = "account_webhooks",
    .always = CATALOG_CONVERSATIONS,
    .segment = "Configuration/Webhooks",
    .single = true,
    .fetch = CATALOG_CONVERSATIONS,
    .update = CATALOG_CONVERSATIONS,
    .typical_rows = 1,
    .columns = account_webhook_columns,
    .column_count = CATALOG_COUNT(account_webhook_columns),
    .parameters = account_webhook_parameters,
    .parameter_count = CATALOG_COUNT(account_webhook_parameters),
    .description = "The webhooks of the account",
};

static const char *const address_types[] = {"sms", "whatsapp", "messenger", "gbm", "email",
                                            "rcs", "apple",    "chat",      NULL};
static const char *const auto_creation_types[] = {"webhook", "studio", "default", NULL};
static const char *const auto_creation_methods[] = {"get", "post", NULL};

static const catalog_column address_configuration_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the configuration, IG..."},
    {"type", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "sms, whatsapp, messenger, gbm, email, rcs, apple or chat"},
    {"address", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "the address itself: a phone number, ..."},
    {"friendly_name", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "name for people, or NULL"},
    {"auto_creation", VALUE_JSON, CATALOG_CONVERSATIONS, 0,
     "object: enabled, type (webhook, studio, default), conversation_service_sid, webhook_..., studio_..."},
    {"address_country", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "country of a short code, or NULL"},
    {"date_created", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "absolute URL of the resource"},
};

/* What a message from somebody new makes, beginning with whether it makes anything. */
#define AUTO_CREATION(wire, in_leaf, of_kind)                                                                          \
    .name = "AutoCreation." wire, .column = "auto_creation", .leaf = (in_leaf), .kind = (of_kind),                     \
    .create = CATALOG_CONVERSATIONS, .update = CATALOG_CONVERSATIONS

static const catalog_parameter address_configuration_parameters[] = {
    {.name = "Type",
     .column = "type",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .create_required = CATALOG_CONVERSATIONS,
     .accepted = address_types,
     .any_case = true},
    {.name = "Address",
     .column = "address",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .create_required = CATALOG_CONVERSATIONS},
    {.name = "FriendlyName",
     .column = "friendly_name",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .max_length = CATALOG_LONG_NAME_LENGTH},
    {AUTO_CREATION("Enabled", "enabled", VALUE_BOOLEAN)},
    {AUTO_CREATION("Type", "type", VALUE_TEXT), .accepted = auto_creation_types, .any_case = true},
    {AUTO_CREATION("ConversationServiceSid", "conversation_service_sid", VALUE_TEXT), .max_length = CATALOG_SID_LENGTH},
    {AUTO_CREATION("WebhookUrl", "webhook_url", VALUE_TEXT)},
    {AUTO_CREATION("WebhookMethod", "webhook_method", VALUE_TEXT), .accepted = auto_creation_methods, .any_case = true},
    {AUTO_CREATION("WebhookFilters", "webhook_filters", VALUE_TEXT), .repeated = true},
    {AUTO_CREATION("StudioFlowSid", "studio_flow_sid", VALUE_TEXT), .max_length = CATALOG_SID_LENGTH},
    /* From 0 to 3, which the server checks. */
    {AUTO_CREATION("StudioRetryCount", "studio_retry_count", VALUE_INTEGER)},
    {.name = "AddressCountry", .column = "address_country", .kind = VALUE_TEXT, .create = CATALOG_CONVERSATIONS},
};

/* No page describes it: it is what a client of the API waits for. */
static const catalog_taken address_taken[] = {{50355, "address"}, {0, NULL}};

const catalog_resource catalog_address_configurations = {
    .name = "address_configurations",
    .always = CATALOG_CONVERSATIONS,
    .segment = "Configuration/Addresses",
    .list_key = "address_configurations",
    .key_column = "sid",
    .key_prefix = "IG",
    .list = CATALOG_CONVERSATIONS,
    .fetch = CATALOG_CONVERSATIONS,
    .create = CATALOG_CONVERSATIONS,
    .update = CATALOG_CONVERSATIONS,
    .remove = CATALOG_CONVERSATIONS,
    .page_max = {0, 0, 0, 50},
    .name_column = "address",
    .name_versions = CATALOG_CONVERSATIONS,
    .name_writes = CATALOG_CONVERSATIONS,
    .filters = {{.column = "type",
                 .parameter = "Type",
                 .versions = CATALOG_CONVERSATIONS,
                 .accepted = address_types,
                 .complete = true,
                 .one_value = true}},
    .typical_rows = 20,
    .columns = address_configuration_columns,
    .column_count = CATALOG_COUNT(address_configuration_columns),
    .parameters = address_configuration_parameters,
    .parameter_count = CATALOG_COUNT(address_configuration_parameters),
    .taken = address_taken,
    .description = "Addresses of the account, and the conversations that messages to them make",
};

static const char *const conversation_push_services[] = {"apn", "gcm", "fcm", NULL};

static const catalog_column conversation_credential_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the credential, CR..."},
    {"friendly_name", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "name for people"},
    {"type", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "push service: apn, gcm or fcm"},
    /* A boolean parameter, but a string in the response: "False". */
    {"sandbox", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "apn: True if pushes go to the sandbox, else False"},
    {"date_created", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "absolute URL of the resource"},
    {"certificate", VALUE_TEXT, 0, COLUMN_WRITE_ONLY | COLUMN_SECRET, "apn: certificate"},
    {"private_key", VALUE_TEXT, 0, COLUMN_WRITE_ONLY | COLUMN_SECRET, "apn: private key"},
    {"api_key", VALUE_TEXT, 0, COLUMN_WRITE_ONLY | COLUMN_SECRET, "gcm: API key"},
    {"secret", VALUE_TEXT, 0, COLUMN_WRITE_ONLY | COLUMN_SECRET, "fcm: server key"},
};

static const catalog_parameter conversation_credential_parameters[] = {
    {.name = "Type",
     .column = "type",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .create_required = CATALOG_CONVERSATIONS,
     .accepted = conversation_push_services,
     .any_case = true},
    {.name = "FriendlyName",
     .column = "friendly_name",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .max_length = CATALOG_NAME_LENGTH},
    {.name = "Certificate",
     .column = "certificate",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS},
    {.name = "PrivateKey",
     .column = "private_key",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS},
    {.name = "Sandbox",
     .column = "sandbox",
     .kind = VALUE_BOOLEAN,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS},
    {.name = "ApiKey",
     .column = "api_key",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS},
    {.name = "Secret",
     .column = "secret",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS},
};

const catalog_resource catalog_conversation_credentials = {
    .name = "conversation_credentials",
    .always = CATALOG_CONVERSATIONS,
    .segment = "Credentials",
    .list_key = "credentials",
    .key_column = "sid",
    .key_prefix = "CR",
    .list = CATALOG_CONVERSATIONS,
    .fetch = CATALOG_CONVERSATIONS,
    .create = CATALOG_CONVERSATIONS,
    .update = CATALOG_CONVERSATIONS,
    .remove = CATALOG_CONVERSATIONS,
    .page_max = {0, 0, 0, 100},
    .typical_rows = 5,
    .columns = conversation_credential_columns,
    .column_count = CATALOG_COUNT(conversation_credential_columns),
    .parameters = conversation_credential_parameters,
    .parameter_count = CATALOG_COUNT(conversation_credential_parameters),
    .description = "Push credentials of the account",
};
