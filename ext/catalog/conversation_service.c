/*
** conversation_services and what each of them has exactly one of: its configuration, its notifications and its webhooks. The
** same services as Chat's; here they hold a name alone, which cannot be changed, and the rest stands in the three.
**
** Sources: conversations_v1 spec, paths /Services, /Services/{ChatServiceSid}/Configuration and below; conversations-api.md
** sections 1.1, 1.11 and 4.
*/
#include "catalog/resources.h"

static const catalog_column conversation_service_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the service, IS..."},
    {"friendly_name", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "name for people; cannot be changed"},
    {"date_created", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the account, AC...; in practice NULL"},
    {"url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "absolute URL of the resource"},
    {"links", VALUE_JSON, CATALOG_CONVERSATIONS, 0, "object: URLs of the lists inside"},
};

static const catalog_parameter conversation_service_parameters[] = {
    {.name = "FriendlyName",
     .column = "friendly_name",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .create_required = CATALOG_CONVERSATIONS,
     .max_length = CATALOG_LONG_NAME_LENGTH},
};

const catalog_resource catalog_conversation_services = {
    .name = "conversation_services",
    .always = CATALOG_CONVERSATIONS,
    .segment = "Services",
    .list_key = "services",
    .key_column = "sid",
    .key_prefix = "IS",
    .list = CATALOG_CONVERSATIONS,
    .fetch = CATALOG_CONVERSATIONS,
    .create = CATALOG_CONVERSATIONS,
    .remove = CATALOG_CONVERSATIONS,
    .page_max = {0, 0, 0, 100},
    .typical_rows = 5,
    .columns = conversation_service_columns,
    .column_count = CATALOG_COUNT(conversation_service_columns),
    .parameters = conversation_service_parameters,
    .parameter_count = CATALOG_COUNT(conversation_service_parameters),
    .description = "Services of Conversations of the account, each a separate world of users, conversations and roles",
};

static const catalog_column service_configuration_columns[] = {
    {"chat_service_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, COLUMN_PARENT, "SID of the service it is of"},
    {"default_chat_service_role_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "role given to a new user"},
    {"default_conversation_role_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0,
     "role given to a new participant of a conversation"},
    {"default_conversation_creator_role_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0,
     "role given to the creator of a conversation"},
    {"reachability_enabled", VALUE_BOOLEAN, CATALOG_CONVERSATIONS, 0,
     "whether is_online and is_notifiable of users are kept"},
    {"url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "absolute URL of the resource"},
    {"links", VALUE_JSON, CATALOG_CONVERSATIONS, 0, "object: URLs of the notifications and the webhooks"},
};

static const catalog_parameter service_configuration_parameters[] = {
    {.name = "DefaultChatServiceRoleSid",
     .column = "default_chat_service_role_sid",
     .kind = VALUE_TEXT,
     .update = CATALOG_CONVERSATIONS,
     .max_length = CATALOG_SID_LENGTH},
    {.name = "DefaultConversationRoleSid",
     .column = "default_conversation_role_sid",
     .kind = VALUE_TEXT,
     .update = CATALOG_CONVERSATIONS,
     .max_length = CATALOG_SID_LENGTH},
    {.name = "DefaultConversationCreatorRoleSid",
     .column = "default_conversation_creator_role_sid",
     .kind = VALUE_TEXT,
     .update = CATALOG_CONVERSATIONS,
     .max_length = CATALOG_SID_LENGTH},
    {.name = "ReachabilityEnabled",
     .column = "reachability_enabled",
     .kind = VALUE_BOOLEAN,
     .update = CATALOG_CONVERSATIONS},
};

const catalog_resource catalog_service_configurations = {
    .name = "service_configurations",
    .always = CATALOG_CONVERSATIONS,
    .segment = "Configuration",
    .single = true,
    .parent = &catalog_conversation_services,
    .parent_column = "chat_service_sid",
    .fetch = CATALOG_CONVERSATIONS,
    .update = CATALOG_CONVERSATIONS,
    .typical_rows = 1,
    .columns = service_configuration_columns,
    .column_count = CATALOG_COUNT(service_configuration_columns),
    .parameters = service_configuration_parameters,
    .parameter_count = CATALOG_COUNT(service_configuration_parameters),
    .description = "The configuration of each service: default roles and reachability",
};

static const catalog_column service_notification_columns[] = {
    {"chat_service_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, COLUMN_PARENT, "SID of the service it is of"},
    {"new_message", VALUE_JSON, CATALOG_CONVERSATIONS, 0,
     "object: enabled, template, sound, badge_count_enabled, with_media (enabled, template)"},
    {"added_to_conversation", VALUE_JSON, CATALOG_CONVERSATIONS, 0, "object: enabled, template, sound"},
    {"removed_from_conversation", VALUE_JSON, CATALOG_CONVERSATIONS, 0, "object: enabled, template, sound"},
    {"log_enabled", VALUE_BOOLEAN, CATALOG_CONVERSATIONS, 0, "whether pushes are logged"},
    {"account_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "absolute URL of the resource"},
};

/* These differ in few members; the rest of each entry is the same. */
#define NOTIFICATION_PART(wire, from_column, in_leaf, of_kind)                                                         \
    { .name = (wire), .column = (from_column), .leaf = (in_leaf), .kind = (of_kind), .update = CATALOG_CONVERSATIONS }

/* A pushed event: on or off, its text and its sound. */
#define PUSHED_EVENT(wire, from_column)                                                                                \
    NOTIFICATION_PART(wire ".Enabled", from_column, "enabled", VALUE_BOOLEAN),                                         \
        NOTIFICATION_PART(wire ".Template", from_column, "template", VALUE_TEXT),                                      \
        NOTIFICATION_PART(wire ".Sound", from_column, "sound", VALUE_TEXT)

static const catalog_parameter service_notification_parameters[] = {
    PUSHED_EVENT("NewMessage", "new_message"),
    NOTIFICATION_PART("NewMessage.BadgeCountEnabled", "new_message", "badge_count_enabled", VALUE_BOOLEAN),
    NOTIFICATION_PART("NewMessage.WithMedia.Enabled", "new_message", "with_media.enabled", VALUE_BOOLEAN),
    NOTIFICATION_PART("NewMessage.WithMedia.Template", "new_message", "with_media.template", VALUE_TEXT),
    PUSHED_EVENT("AddedToConversation", "added_to_conversation"),
    PUSHED_EVENT("RemovedFromConversation", "removed_from_conversation"),
    NOTIFICATION_PART("LogEnabled", "log_enabled", NULL, VALUE_BOOLEAN),
};

const catalog_resource catalog_service_notifications = {
    .name = "service_notifications",
    .always = CATALOG_CONVERSATIONS,
    .segment = "Configuration/Notifications",
    .single = true,
    .parent = &catalog_conversation_services,
    .parent_column = "chat_service_sid",
    .fetch = CATALOG_CONVERSATIONS,
    .update = CATALOG_CONVERSATIONS,
    .typical_rows = 1,
    .columns = service_notification_columns,
    .column_count = CATALOG_COUNT(service_notification_columns),
    .parameters = service_notification_parameters,
    .parameter_count = CATALOG_COUNT(service_notification_parameters),
    .description = "The push notifications of each service",
};

static const char *const service_webhook_methods[] = {"GET", "POST", NULL};

static const catalog_column service_webhook_columns[] = {
    {"chat_service_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, COLUMN_PARENT, "SID of the service it is of"},
    {"pre_webhook_url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "URL asked before an event"},
    {"post_webhook_url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "URL told after an event"},
    {"filters", VALUE_JSON, CATALOG_CONVERSATIONS, 0, "array of the events that are told"},
    {"method", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "GET or POST"},
    {"account_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "absolute URL of the resource"},
};

static const catalog_parameter service_webhook_parameters[] = {
    {.name = "PreWebhookUrl", .column = "pre_webhook_url", .kind = VALUE_TEXT, .update = CATALOG_CONVERSATIONS},
    {.name = "PostWebhookUrl", .column = "post_webhook_url", .kind = VALUE_TEXT, .update = CATALOG_CONVERSATIONS},
    {.name = "Filters", .column = "filters", .kind = VALUE_TEXT, .repeated = true, .update = CATALOG_CONVERSATIONS},
    {.name = "Method",
     .column = "method",
     .kind = VALUE_TEXT,
     .update = CATALOG_CONVERSATIONS,
     .accepted = service_webhook_methods,
     .any_case = true},
};

const catalog_resource catalog_service_webhooks = {
    .name = "service_webhooks",
    .always = CATALOG_CONVERSATIONS,
    .segment = "Configuration/Webhooks",
    .single = true,
    .parent = &catalog_conversation_services,
    .parent_column = "chat_service_sid",
    .fetch = CATALOG_CONVERSATIONS,
    .update = CATALOG_CONVERSATIONS,
    .typical_rows = 1,
    .columns = service_webhook_columns,
    .column_count = CATALOG_COUNT(service_webhook_columns),
    .parameters = service_webhook_parameters,
    .parameter_count = CATALOG_COUNT(service_webhook_parameters),
    .description = "The webhooks of each service",
};
