/*
** services: the containers of everything else, at the top of the tree. Also the only resource with many settings:
** create takes a name alone, and all the rest is set by update, much of it inside the JSON columns limits,
** notifications, webhooks (v1) and media (v2).
**
** Sources: chat_v1 and chat_v2 specs, paths /Services and /Services/{Sid}; chat-api.md sections 1 and 2; for
** Conversations conversations-api.md sections 1 and 2.
*/
#include "catalog/resources.h"

static const char *const service_http_methods[] = {"GET", "POST", NULL};

static const catalog_column service_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "SID of the service, IS..."},
    {"friendly_name", VALUE_TEXT, CATALOG_SINCE_V1, 0, "name for people"},
    {"default_service_role_sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "role given to a new user"},
    {"default_channel_role_sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "role given to a new member of a channel"},
    {"default_channel_creator_role_sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "role given to the creator of a channel"},
    {"read_status_enabled", VALUE_BOOLEAN, CATALOG_V1_V2, 0, "whether read horizons are kept"},
    {"reachability_enabled", VALUE_BOOLEAN, CATALOG_SINCE_V1, 0,
     "whether is_online and is_notifiable of users are kept"},
    {"typing_indicator_timeout", VALUE_INTEGER, CATALOG_V1_V2, 0, "seconds until a typing user counts as idle"},
    {"consumption_report_interval", VALUE_INTEGER, CATALOG_V1_V2, 0,
     "seconds between read reports of clients, deprecated"},
    {"limits", VALUE_JSON, CATALOG_V1_V2, 0, "object: channel_members, user_channels"},
    {"notifications", VALUE_JSON, CATALOG_SINCE_V1, 0, "object: push notification of each event"},
    {"media", VALUE_JSON, CATALOG_V2, 0, "object: size_limit_mb, compatibility_message"},
    {"pre_webhook_url", VALUE_TEXT, CATALOG_SINCE_V1, 0, "URL asked before an event"},
    {"post_webhook_url", VALUE_TEXT, CATALOG_SINCE_V1, 0, "URL told after an event"},
    {"webhook_method", VALUE_TEXT, CATALOG_SINCE_V1, 0, "GET or POST, for both webhook URLs"},
    {"webhook_filters", VALUE_JSON, CATALOG_SINCE_V1, 0, "array of the events that call a webhook"},
    {"pre_webhook_retry_count", VALUE_INTEGER, CATALOG_V2, 0, "repeats of a failed call to pre_webhook_url"},
    {"post_webhook_retry_count", VALUE_INTEGER, CATALOG_V2, 0, "repeats of a failed call to post_webhook_url"},
    {"webhooks", VALUE_JSON, CATALOG_V1, 0, "object: url and method of each event"},
    {"date_created", VALUE_TIME, CATALOG_SINCE_V1, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_SINCE_V1, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_SINCE_V1, 0, "absolute URL of the resource"},
    {"links", VALUE_JSON, CATALOG_SINCE_V1, 0, "object: URLs of the lists inside"},
};

/* Everything but the name is set by update only, so these differ in few members; the rest of each entry is the same. */
#define UPDATE_ONLY(wire, from_column, in_leaf, of_kind, in_versions)                                                  \
    { .name = (wire), .column = (from_column), .leaf = (in_leaf), .kind = (of_kind), .update = (in_versions) }

#define ROLE_SID(wire, from_column)                                                                                    \
    {                                                                                                                  \
        .name = (wire), .column = (from_column), .kind = VALUE_TEXT, .update = CATALOG_V1_V2,                          \
        .max_length = CATALOG_SID_LENGTH                                                                               \
    }

/* A pushed event of Notifications: on or off, its text, and since v2 its sound. */
#define NOTIFICATION(wire, leaf_name)                                                                                  \
    UPDATE_ONLY("Notifications." wire ".Enabled", "notifications", leaf_name ".enabled", VALUE_BOOLEAN,                \
                CATALOG_V1_V2),                                                                                        \
        UPDATE_ONLY("Notifications." wire ".Template", "notifications", leaf_name ".template", VALUE_TEXT,             \
                    CATALOG_V1_V2),                                                                                    \
        UPDATE_ONLY("Notifications." wire ".Sound", "notifications", leaf_name ".sound", VALUE_TEXT, CATALOG_V2)

/* What Conversations keeps beside the service: see the parts below. */
#define OF_PART(of_part, wire, from_column, in_leaf, of_kind)                                                          \
    {                                                                                                                  \
        .name = (wire), .column = (from_column), .leaf = (in_leaf), .part = (of_part), .kind = (of_kind),              \
        .update = CATALOG_CONVERSATIONS                                                                                \
    }

#define SETTINGS "Configuration"
#define NOTIFICATIONS "Configuration/Notifications"
#define WEBHOOKS "Configuration/Webhooks"

#define ROLE_SID_OF_PART(wire, from_column)                                                                            \
    {                                                                                                                  \
        .name = (wire), .column = (from_column), .part = SETTINGS, .kind = VALUE_TEXT,                                 \
        .update = CATALOG_CONVERSATIONS, .max_length = CATALOG_SID_LENGTH                                              \
    }

#define NOTIFICATION_OF_PART(wire, leaf_name)                                                                          \
    OF_PART(NOTIFICATIONS, wire ".Enabled", "notifications", leaf_name ".enabled", VALUE_BOOLEAN),                     \
        OF_PART(NOTIFICATIONS, wire ".Template", "notifications", leaf_name ".template", VALUE_TEXT),                  \
        OF_PART(NOTIFICATIONS, wire ".Sound", "notifications", leaf_name ".sound", VALUE_TEXT)

/* One of the 16 events of v1's Webhooks: where to call and how. */
#define WEBHOOK_EVENT(wire, leaf_name)                                                                                 \
    UPDATE_ONLY("Webhooks." wire ".Url", "webhooks", leaf_name ".url", VALUE_TEXT, CATALOG_V1), {                      \
        .name = "Webhooks." wire ".Method", .column = "webhooks", .leaf = leaf_name ".method", .kind = VALUE_TEXT,     \
        .update = CATALOG_V1, .accepted = service_http_methods                                                         \
    }

static const catalog_parameter service_parameters[] = {
    /* v1 documents 64 characters, v2 no limit. */
    {.name = "FriendlyName",
     .column = "friendly_name",
     .kind = VALUE_TEXT,
     .create = CATALOG_SINCE_V1,
     .update = CATALOG_V1_V2,
     .create_required = CATALOG_SINCE_V1},
    ROLE_SID("DefaultServiceRoleSid", "default_service_role_sid"),
    ROLE_SID("DefaultChannelRoleSid", "default_channel_role_sid"),
    ROLE_SID("DefaultChannelCreatorRoleSid", "default_channel_creator_role_sid"),
    UPDATE_ONLY("ReadStatusEnabled", "read_status_enabled", NULL, VALUE_BOOLEAN, CATALOG_V1_V2),
    UPDATE_ONLY("ReachabilityEnabled", "reachability_enabled", NULL, VALUE_BOOLEAN, CATALOG_V1_V2),
    UPDATE_ONLY("TypingIndicatorTimeout", "typing_indicator_timeout", NULL, VALUE_INTEGER, CATALOG_V1_V2),
    UPDATE_ONLY("ConsumptionReportInterval", "consumption_report_interval", NULL, VALUE_INTEGER, CATALOG_V1_V2),
    UPDATE_ONLY("Limits.ChannelMembers", "limits", "channel_members", VALUE_INTEGER, CATALOG_V1_V2),
    UPDATE_ONLY("Limits.UserChannels", "limits", "user_channels", VALUE_INTEGER, CATALOG_V1_V2),
    NOTIFICATION("NewMessage", "new_message"),
    UPDATE_ONLY("Notifications.NewMessage.BadgeCountEnabled", "notifications", "new_message.badge_count_enabled",
                VALUE_BOOLEAN, CATALOG_V2),
    NOTIFICATION("AddedToChannel", "added_to_channel"),
    NOTIFICATION("RemovedFromChannel", "removed_from_channel"),
    NOTIFICATION("InvitedToChannel", "invited_to_channel"),
    UPDATE_ONLY("Notifications.LogEnabled", "notifications", "log_enabled", VALUE_BOOLEAN, CATALOG_V2),
    UPDATE_ONLY("Media.CompatibilityMessage", "media", "compatibility_message", VALUE_TEXT, CATALOG_V2),
    UPDATE_ONLY("PreWebhookUrl", "pre_webhook_url", NULL, VALUE_TEXT, CATALOG_V1_V2),
    UPDATE_ONLY("PostWebhookUrl", "post_webhook_url", NULL, VALUE_TEXT, CATALOG_V1_V2),
    {.name = "WebhookMethod",
     .column = "webhook_method",
     .kind = VALUE_TEXT,
     .update = CATALOG_V1_V2,
     .accepted = service_http_methods},
    {.name = "WebhookFilters",
     .column = "webhook_filters",
     .kind = VALUE_TEXT,
     .repeated = true,
     .update = CATALOG_V1_V2},
    UPDATE_ONLY("PreWebhookRetryCount", "pre_webhook_retry_count", NULL, VALUE_INTEGER, CATALOG_V2),
    UPDATE_ONLY("PostWebhookRetryCount", "post_webhook_retry_count", NULL, VALUE_INTEGER, CATALOG_V2),
    WEBHOOK_EVENT("OnMessageSend", "on_message_send"),
    WEBHOOK_EVENT("OnMessageUpdate", "on_message_update"),
    WEBHOOK_EVENT("OnMessageRemove", "on_message_remove"),
    WEBHOOK_EVENT("OnChannelAdd", "on_channel_add"),
    WEBHOOK_EVENT("OnChannelDestroy", "on_channel_destroy"),
    WEBHOOK_EVENT("OnChannelUpdate", "on_channel_update"),
    WEBHOOK_EVENT("OnMemberAdd", "on_member_add"),
    WEBHOOK_EVENT("OnMemberRemove", "on_member_remove"),
    WEBHOOK_EVENT("OnMessageSent", "on_message_sent"),
    WEBHOOK_EVENT("OnMessageUpdated", "on_message_updated"),
    WEBHOOK_EVENT("OnMessageRemoved", "on_message_removed"),
    WEBHOOK_EVENT("OnChannelAdded", "on_channel_added"),
    WEBHOOK_EVENT("OnChannelDestroyed", "on_channel_destroyed"),
    WEBHOOK_EVENT("OnChannelUpdated", "on_channel_updated"),
    WEBHOOK_EVENT("OnMemberAdded", "on_member_added"),
    WEBHOOK_EVENT("OnMemberRemoved", "on_member_removed"),
    ROLE_SID_OF_PART("DefaultChatServiceRoleSid", "default_service_role_sid"),
    ROLE_SID_OF_PART("DefaultConversationRoleSid", "default_channel_role_sid"),
    ROLE_SID_OF_PART("DefaultConversationCreatorRoleSid", "default_channel_creator_role_sid"),
    OF_PART(SETTINGS, "ReachabilityEnabled", "reachability_enabled", NULL, VALUE_BOOLEAN),
    NOTIFICATION_OF_PART("NewMessage", "new_message"),
    OF_PART(NOTIFICATIONS, "NewMessage.BadgeCountEnabled", "notifications", "new_message.badge_count_enabled",
            VALUE_BOOLEAN),
    /* Chat has no such members: they are shown, and can be set, and what is written for Chat lacks them. */
    {.name = "NewMessage.WithMedia.Enabled",
     .column = "notifications",
     .leaf = "new_message.with_media.enabled",
     .part = NOTIFICATIONS,
     .kind = VALUE_BOOLEAN,
     .update = CATALOG_CONVERSATIONS,
     .may_lack = true},
    {.name = "NewMessage.WithMedia.Template",
     .column = "notifications",
     .leaf = "new_message.with_media.template",
     .part = NOTIFICATIONS,
     .kind = VALUE_TEXT,
     .update = CATALOG_CONVERSATIONS,
     .may_lack = true},
    NOTIFICATION_OF_PART("AddedToConversation", "added_to_channel"),
    NOTIFICATION_OF_PART("RemovedFromConversation", "removed_from_channel"),
    OF_PART(NOTIFICATIONS, "LogEnabled", "notifications", "log_enabled", VALUE_BOOLEAN),
    OF_PART(WEBHOOKS, "PreWebhookUrl", "pre_webhook_url", NULL, VALUE_TEXT),
    OF_PART(WEBHOOKS, "PostWebhookUrl", "post_webhook_url", NULL, VALUE_TEXT),
    {.name = "Method",
     .column = "webhook_method",
     .part = WEBHOOKS,
     .kind = VALUE_TEXT,
     .update = CATALOG_CONVERSATIONS,
     .accepted = service_http_methods},
    {.name = "Filters",
     .column = "webhook_filters",
     .part = WEBHOOKS,
     .kind = VALUE_TEXT,
     .repeated = true,
     .update = CATALOG_CONVERSATIONS,
     .values = catalog_events},
};

/*
** The parts of a service: in Conversations what Chat's service row held stands in three resources below it, which always
** exist. No tables: they feed the columns of the same names.
*/
static const catalog_column settings_columns[] = {
    {"default_service_role_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, ""},
    {"default_channel_role_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, ""},
    {"default_channel_creator_role_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, ""},
    {"reachability_enabled", VALUE_BOOLEAN, CATALOG_CONVERSATIONS, 0, ""},
};

static const catalog_word settings_words[] = {
    {"default_service_role_sid", "default_chat_service_role_sid", CATALOG_CONVERSATIONS},
    {"default_channel_role_sid", "default_conversation_role_sid", CATALOG_CONVERSATIONS},
    {"default_channel_creator_role_sid", "default_conversation_creator_role_sid", CATALOG_CONVERSATIONS},
    {NULL, NULL, 0}};

static const catalog_resource service_settings = {
    .name = "services",
    .segment = SETTINGS,
    .single = true,
    .parent = &catalog_services,
    .parent_column = "service_sid",
    .fetch = CATALOG_CONVERSATIONS,
    .columns = settings_columns,
    .column_count = CATALOG_COUNT(settings_columns),
    .words = settings_words,
};

static const catalog_column notification_columns[] = {
    {"notifications", VALUE_JSON, CATALOG_CONVERSATIONS, 0, ""},
};

static const catalog_value notification_fields[] = {{"log_enabled", "log_enabled"},
                                                    {"added_to_channel", "added_to_conversation"},
                                                    {"new_message", "new_message"},
                                                    {"removed_from_channel", "removed_from_conversation"},
                                                    {NULL, NULL}};

static const catalog_making notification_makings[] = {
    {.column = "notifications", .versions = CATALOG_CONVERSATIONS, .how = MADE_OBJECT, .values = notification_fields},
    {.column = NULL}};

static const catalog_resource service_notifications = {
    .name = "services",
    .segment = NOTIFICATIONS,
    .single = true,
    .parent = &catalog_services,
    .parent_column = "service_sid",
    .fetch = CATALOG_CONVERSATIONS,
    .columns = notification_columns,
    .column_count = CATALOG_COUNT(notification_columns),
    .makings = notification_makings,
};

static const catalog_column webhook_columns[] = {
    {"pre_webhook_url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, ""},
    {"post_webhook_url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, ""},
    {"webhook_method", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, ""},
    {"webhook_filters", VALUE_JSON, CATALOG_CONVERSATIONS, 0, ""},
};

static const catalog_word webhook_words[] = {{"webhook_method", "method", CATALOG_CONVERSATIONS},
                                             {"webhook_filters", "filters", CATALOG_CONVERSATIONS},
                                             {NULL, NULL, 0}};

static const catalog_making webhook_makings[] = {
    {.column = "webhook_filters", .versions = CATALOG_CONVERSATIONS, .how = MADE_VALUES, .values = catalog_events},
    {.column = NULL}};

static const catalog_resource service_webhooks = {
    .name = "services",
    .segment = WEBHOOKS,
    .single = true,
    .parent = &catalog_services,
    .parent_column = "service_sid",
    .fetch = CATALOG_CONVERSATIONS,
    .columns = webhook_columns,
    .column_count = CATALOG_COUNT(webhook_columns),
    .words = webhook_words,
    .makings = webhook_makings,
};

static const catalog_resource *const service_parts[] = {&service_settings, &service_notifications, &service_webhooks,
                                                        NULL};

#define NO_SETTING "Conversations has no such setting: leave it out"

static const catalog_note service_notes[] = {
    {"friendly_name", CATALOG_CONVERSATIONS, "Conversations names a service when it is made, and never again"},
    {"read_status_enabled", CATALOG_CONVERSATIONS, NO_SETTING},
    {"typing_indicator_timeout", CATALOG_CONVERSATIONS, NO_SETTING},
    {"consumption_report_interval", CATALOG_CONVERSATIONS, NO_SETTING},
    {"limits", CATALOG_CONVERSATIONS, NO_SETTING},
    {"media", CATALOG_CONVERSATIONS, NO_SETTING},
    {"pre_webhook_retry_count", CATALOG_CONVERSATIONS, NO_SETTING},
    {"post_webhook_retry_count", CATALOG_CONVERSATIONS, NO_SETTING},
    {"notifications.invited_to_channel", CATALOG_CONVERSATIONS, "Conversations has no invites: leave it out"},
    {NULL, 0, NULL}};

const catalog_resource catalog_services = {
    .name = "services",
    .segment = "Services",
    .list_key = "services",
    .key_column = "sid",
    .key_prefix = "IS",
    .list = CATALOG_SINCE_V1,
    .fetch = CATALOG_SINCE_V1,
    .create = CATALOG_SINCE_V1,
    .update = CATALOG_SINCE_V1,
    .remove = CATALOG_SINCE_V1,
    .page_max = {100, 100, 0, 100},
    .typical_rows = 5,
    .columns = service_columns,
    .column_count = CATALOG_COUNT(service_columns),
    .notes = service_notes,
    .parts = service_parts,
    .parameters = service_parameters,
    .parameter_count = CATALOG_COUNT(service_parameters),
    .description = "Chat services of the account, each a separate world of users, channels and roles",
};
