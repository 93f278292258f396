/*
** services: the containers of everything else, at the top of the tree. Also the only resource with many settings:
** create takes a name alone, and all the rest is set by update, much of it inside the JSON columns limits,
** notifications, webhooks (v1) and media (v2).
**
** Sources: chat_v1 and chat_v2 specs, paths /Services and /Services/{Sid}; chat-api.md sections 1 and 2.
*/
#include "catalog/resources.h"

static const char *const service_http_methods[] = {"GET", "POST", NULL};

static const catalog_column service_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_V1_V2, 0, "SID of the service, IS..."},
    {"friendly_name", VALUE_TEXT, CATALOG_V1_V2, 0, "name for people"},
    {"default_service_role_sid", VALUE_TEXT, CATALOG_V1_V2, 0, "role given to a new user"},
    {"default_channel_role_sid", VALUE_TEXT, CATALOG_V1_V2, 0, "role given to a new member of a channel"},
    {"default_channel_creator_role_sid", VALUE_TEXT, CATALOG_V1_V2, 0, "role given to the creator of a channel"},
    {"read_status_enabled", VALUE_BOOLEAN, CATALOG_V1_V2, 0, "whether read horizons are kept"},
    {"reachability_enabled", VALUE_BOOLEAN, CATALOG_V1_V2, 0, "whether is_online and is_notifiable of users are kept"},
    {"typing_indicator_timeout", VALUE_INTEGER, CATALOG_V1_V2, 0, "seconds until a typing user counts as idle"},
    {"consumption_report_interval", VALUE_INTEGER, CATALOG_V1_V2, 0,
     "seconds between read reports of clients, deprecated"},
    {"limits", VALUE_JSON, CATALOG_V1_V2, 0, "object: channel_members, user_channels"},
    {"notifications", VALUE_JSON, CATALOG_V1_V2, 0, "object: push notification of each event"},
    {"media", VALUE_JSON, CATALOG_V2, 0, "object: size_limit_mb, compatibility_message"},
    {"pre_webhook_url", VALUE_TEXT, CATALOG_V1_V2, 0, "URL asked before an event"},
    {"post_webhook_url", VALUE_TEXT, CATALOG_V1_V2, 0, "URL told after an event"},
    {"webhook_method", VALUE_TEXT, CATALOG_V1_V2, 0, "GET or POST, for both webhook URLs"},
    {"webhook_filters", VALUE_JSON, CATALOG_V1_V2, 0, "array of the events that call a webhook"},
    {"pre_webhook_retry_count", VALUE_INTEGER, CATALOG_V2, 0, "repeats of a failed call to pre_webhook_url"},
    {"post_webhook_retry_count", VALUE_INTEGER, CATALOG_V2, 0, "repeats of a failed call to post_webhook_url"},
    {"webhooks", VALUE_JSON, CATALOG_V1, 0, "object: url and method of each event"},
    {"date_created", VALUE_TIME, CATALOG_V1_V2, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_V1_V2, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_V1_V2, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_V1_V2, 0, "absolute URL of the resource"},
    {"links", VALUE_JSON, CATALOG_V1_V2, 0, "object: URLs of the lists inside"},
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
     .create = CATALOG_V1_V2,
     .update = CATALOG_V1_V2,
     .create_required = CATALOG_V1_V2},
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
};

const catalog_resource catalog_services = {
    .name = "services",
    .segment = "Services",
    .list_key = "services",
    .key_column = "sid",
    .key_prefix = "IS",
    .list = CATALOG_V1_V2,
    .fetch = CATALOG_V1_V2,
    .create = CATALOG_V1_V2,
    .update = CATALOG_V1_V2,
    .remove = CATALOG_V1_V2,
    .page_max = {100, 100},
    .typical_rows = 5,
    .columns = service_columns,
    .column_count = CATALOG_COUNT(service_columns),
    .parameters = service_parameters,
    .parameter_count = CATALOG_COUNT(service_parameters),
    .description = "Chat services of the account, each a separate world of users, channels and roles",
};
