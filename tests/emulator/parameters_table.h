/* The parameters of each of Chat's resources, after the vendor's specs of v1, v2 and v3. Included by parameters.c only. */
#ifndef EMULATOR_PARAMETERS_TABLE_H
#define EMULATOR_PARAMETERS_TABLE_H

#include "errors.h"
#include "resource.h"

typedef enum {
    PARAMETER_TEXT,
    PARAMETER_NAME,       /* text; empty is null */
    PARAMETER_IDENTITY,   /* text that may name a user */
    PARAMETER_ATTRIBUTES, /* JSON text */
    PARAMETER_INTEGER,    /* 0 or more */
    PARAMETER_COUNT,      /* 1 to 1000 */
    PARAMETER_RETRIES,    /* 0 to 3 */
    PARAMETER_INDEX,      /* an integer; empty is null */
    PARAMETER_BOOLEAN,
    PARAMETER_PYTHON, /* boolean kept as "True" or "False" */
    PARAMETER_DATE,
    PARAMETER_TIME, /* a date; empty is null */
    PARAMETER_CHOICE,
    PARAMETER_LIST, /* repeated */
    PARAMETER_CHANNEL_ROLE,
    PARAMETER_DEPLOYMENT_ROLE,
    PARAMETER_SID, /* of the kind that `accepted` names */
    /* of Conversations, which tells choices not by their case */
    PARAMETER_KEPT,      /* text; empty changes nothing */
    PARAMETER_ADDRESS,   /* of a person or phone; empty or the word null removes it */
    PARAMETER_WORDS,     /* repeated, stored in Chat's words (conversation_names.h) */
    PARAMETER_ROLE_TYPE, /* likewise */
    PARAMETER_STATE,     /* choice that is not empty */
    PARAMETER_SPELLED,   /* choice kept as it was spelled */
    PARAMETER_DURATION,  /* kept in seconds, at least the maximum's number; PT0S is null */
    PARAMETER_PERIOD,    /* the same kept as text */
    PARAMETER_OBJECT,    /* JSON object as text */
    PARAMETER_SERVICE,   /* SID of one that exists */
} parameter_kind;

typedef struct parameter {
    const struct resource *owner;
    const char *name, *column, *leaf; /* column NULL: checked and forgotten */
    parameter_kind kind;
    int create, update, create_required, update_required; /* versions */
    int maximum_create, maximum_update;                   /* characters; 0: none */
    int error;                                            /* for a bad value; 0: 20001 */
    const char *accepted;                                 /* PARAMETER_CHOICE and LIST: comma-separated */
} parameter;

enum { V1 = API_V1, V2 = API_V2, V3 = API_V3, BOTH = API_V1_V2 };

#define PERMISSIONS                                                                                                    \
    "addMember,createChannel,deleteAnyMessage,deleteOwnMessage,destroyChannel,editAnyMessage,"                         \
    "editAnyMessageAttributes,editAnyUserInfo,editChannelAttributes,editChannelName,editNotificationLevel,"            \
    "editOwnMessage,editOwnMessageAttributes,editOwnUserInfo,editOwnUserInfoAttributes,inviteMember,joinChannel,"      \
    "leaveChannel,removeMember,sendMediaMessage,sendMessage"

/* A setting of a service that only update takes, and a leaf of one of its JSON columns. */
#define SETTING(name, column, kind, error) {SERVICE, name, column, NULL, kind, 0, BOTH, 0, 0, 0, 0, error, NULL},
#define LEAF(name, column, leaf, kind, versions) {SERVICE, name, column, leaf, kind, 0, versions, 0, 0, 0, 0, 0, NULL},
#define NOTICE(name, leaf)                                                                                             \
    LEAF("Notifications." name ".Enabled", "notifications", leaf ".enabled", PARAMETER_BOOLEAN, BOTH)                  \
    LEAF("Notifications." name ".Template", "notifications", leaf ".template", PARAMETER_TEXT, BOTH)                   \
    LEAF("Notifications." name ".Sound", "notifications", leaf ".sound", PARAMETER_TEXT, V2)
#define HOOK(name, leaf)                                                                                               \
    LEAF("Webhooks." name ".Url", "webhooks", leaf ".url", PARAMETER_TEXT, V1)                                         \
    LEAF("Webhooks." name ".Method", "webhooks", leaf ".method", PARAMETER_TEXT, V1)
#define CONFIGURATION(name, leaf, kind, error, accepted)                                                               \
    {WEBHOOK, "Configuration." name, "configuration", leaf, kind, V2, V2, 0, 0, 0, 0, error, accepted},

#define SERVICE &resource_services
#define CHANNEL &resource_channels
#define MESSAGE &resource_messages
#define MEMBER &resource_members
#define INVITE &resource_invites
#define ROLE &resource_roles
#define USER &resource_users
#define CREDENTIAL &resource_credentials
#define WEBHOOK &resource_webhooks
#define USER_CHANNEL &resource_user_channels

static const parameter parameter_table[] = {
    {SERVICE, "FriendlyName", "friendly_name", NULL, PARAMETER_TEXT, BOTH, BOTH, BOTH, 0, 64, 64, ERROR_NAME_LONG,
     NULL},
    SETTING("DefaultServiceRoleSid", "default_service_role_sid", PARAMETER_DEPLOYMENT_ROLE,
            0) SETTING("DefaultChannelRoleSid", "default_channel_role_sid", PARAMETER_CHANNEL_ROLE, 0)
        SETTING("DefaultChannelCreatorRoleSid", "default_channel_creator_role_sid", PARAMETER_CHANNEL_ROLE,
                0) SETTING("ReadStatusEnabled", "read_status_enabled", PARAMETER_BOOLEAN, 0)
            SETTING("ReachabilityEnabled", "reachability_enabled", PARAMETER_BOOLEAN, 0)
                SETTING("TypingIndicatorTimeout", "typing_indicator_timeout", PARAMETER_INTEGER, ERROR_TYPING_TIMEOUT)
                    SETTING("ConsumptionReportInterval", "consumption_report_interval", PARAMETER_INTEGER,
                            ERROR_CONSUMPTION_INTERVAL) SETTING("PreWebhookUrl", "pre_webhook_url", PARAMETER_NAME, 0)
                        SETTING("PostWebhookUrl", "post_webhook_url", PARAMETER_NAME,
                                0){SERVICE, "WebhookMethod", "webhook_method", NULL, PARAMETER_CHOICE, 0, BOTH, 0, 0, 0,
                                   0, ERROR_WEBHOOK_METHOD, "GET,POST"},
    SETTING("WebhookFilters", "webhook_filters", PARAMETER_LIST,
            0) SETTING("Limits.ChannelMembers", "limit_channel_members", PARAMETER_COUNT, ERROR_LIMIT_MEMBERS_FORMAT)
        SETTING("Limits.UserChannels", "limit_user_channels", PARAMETER_COUNT, ERROR_LIMIT_CHANNELS_FORMAT){
            SERVICE, "Media.CompatibilityMessage", "media_message", NULL, PARAMETER_TEXT, 0, V2, 0, 0, 0, 0, 0, NULL},
    {SERVICE, "PreWebhookRetryCount", "pre_webhook_retry_count", NULL, PARAMETER_RETRIES, 0, V2, 0, 0, 0, 0,
     ERROR_RETRY_COUNT, NULL},
    {SERVICE, "PostWebhookRetryCount", "post_webhook_retry_count", NULL, PARAMETER_RETRIES, 0, V2, 0, 0, 0, 0,
     ERROR_RETRY_COUNT, NULL},
    NOTICE("NewMessage", "new_message") NOTICE("AddedToChannel", "added_to_channel")
        NOTICE("RemovedFromChannel", "removed_from_channel") NOTICE("InvitedToChannel", "invited_to_channel")
            LEAF("Notifications.NewMessage.BadgeCountEnabled", "notifications", "new_message.badge_count_enabled",
                 PARAMETER_BOOLEAN,
                 V2) LEAF("Notifications.LogEnabled", "notifications", "log_enabled", PARAMETER_BOOLEAN, V2)
                HOOK("OnMessageSend", "on_message_send") HOOK("OnMessageUpdate", "on_message_update")
                    HOOK("OnMessageRemove", "on_message_remove") HOOK("OnChannelAdd", "on_channel_add")
                        HOOK("OnChannelDestroy", "on_channel_destroy") HOOK("OnChannelUpdate", "on_channel_update")
                            HOOK("OnMemberAdd", "on_member_add") HOOK("OnMemberRemove", "on_member_remove")
                                HOOK("OnMessageSent", "on_message_sent") HOOK("OnMessageUpdated", "on_message_updated")
                                    HOOK("OnMessageRemoved", "on_message_removed")
                                        HOOK("OnChannelAdded", "on_channel_added")
                                            HOOK("OnChannelDestroyed", "on_channel_destroyed")
                                                HOOK("OnChannelUpdated", "on_channel_updated")
                                                    HOOK("OnMemberAdded", "on_member_added")
                                                        HOOK("OnMemberRemoved", "on_member_removed")

    /* v2 documents 64 characters on create and 256 on update; v1, 64 on both, uses the create maximum always */
    {CHANNEL, "FriendlyName", "friendly_name", NULL, PARAMETER_TEXT, BOTH, BOTH, 0, 0, 64, 256, ERROR_NAME_LONG, NULL},
    {CHANNEL, "UniqueName", "unique_name", NULL, PARAMETER_NAME, BOTH, BOTH, 0, 0, 64, 256, ERROR_UNIQUE_NAME_LONG,
     NULL},
    {CHANNEL, "Attributes", "attributes", NULL, PARAMETER_ATTRIBUTES, BOTH, BOTH, 0, 0, 0, 0, 0, NULL},
    {CHANNEL, "Type", "type", NULL, PARAMETER_CHOICE, BOTH, 0, 0, 0, 0, 0, 0, "public,private"},
    {CHANNEL, "Type", "type", NULL, PARAMETER_CHOICE, 0, V3, 0, V3, 0, 0, ERROR_V3_TYPE, "private"},
    {CHANNEL, "MessagingServiceSid", "messaging_service_sid", NULL, PARAMETER_SID, 0, V3, 0, 0, 0, 0, 0, "MG"},
    {CHANNEL, "DateCreated", "date_created", NULL, PARAMETER_DATE, V2, V2, 0, 0, 0, 0, ERROR_DATE_CREATED, NULL},
    {CHANNEL, "DateUpdated", "date_updated", NULL, PARAMETER_DATE, V2, V2, 0, 0, 0, 0, ERROR_DATE_UPDATED, NULL},
    {CHANNEL, "CreatedBy", "created_by", NULL, PARAMETER_TEXT, V2, V2, 0, 0, 256, 256, ERROR_AUTHOR_LONG, NULL},

    {MESSAGE, "Body", "body", NULL, PARAMETER_TEXT, BOTH, BOTH, 0, 0, 0, 0, 0, NULL},
    {MESSAGE, "From", "author", NULL, PARAMETER_TEXT, BOTH, V2, 0, 0, 256, 256, ERROR_AUTHOR_LONG, NULL},
    {MESSAGE, "Attributes", "attributes", NULL, PARAMETER_ATTRIBUTES, BOTH, BOTH, 0, 0, 0, 0, 0, NULL},
    {MESSAGE, "DateCreated", "date_created", NULL, PARAMETER_DATE, V2, V2, 0, 0, 0, 0, ERROR_DATE_CREATED, NULL},
    {MESSAGE, "DateUpdated", "date_updated", NULL, PARAMETER_DATE, V2, V2, 0, 0, 0, 0, ERROR_DATE_UPDATED, NULL},
    {MESSAGE, "LastUpdatedBy", "last_updated_by", NULL, PARAMETER_NAME, V2, V2, 0, 0, 256, 256, ERROR_UPDATED_BY_LONG,
     NULL},
    {MESSAGE, "MediaSid", "media", NULL, PARAMETER_SID, V2, 0, 0, 0, 0, 0, ERROR_MEDIA, "ME"},

    {MEMBER, "Identity", "identity", NULL, PARAMETER_IDENTITY, BOTH, 0, BOTH, 0, 256, 0, ERROR_IDENTITY_LONG, NULL},
    {MEMBER, "RoleSid", "role_sid", NULL, PARAMETER_CHANNEL_ROLE, BOTH, BOTH, 0, 0, 0, 0, 0, NULL},
    {MEMBER, "LastConsumedMessageIndex", "last_consumed_message_index", NULL, PARAMETER_INDEX, V2, BOTH, 0, 0, 0, 0,
     ERROR_CONSUMED_INDEX, NULL},
    {MEMBER, "LastConsumptionTimestamp", "last_consumption_timestamp", NULL, PARAMETER_TIME, V2, V2, 0, 0, 0, 0,
     ERROR_CONSUMED_TIME, NULL},
    {MEMBER, "DateCreated", "date_created", NULL, PARAMETER_DATE, V2, V2, 0, 0, 0, 0, ERROR_DATE_CREATED, NULL},
    {MEMBER, "DateUpdated", "date_updated", NULL, PARAMETER_DATE, V2, V2, 0, 0, 0, 0, ERROR_DATE_UPDATED, NULL},
    {MEMBER, "Attributes", "attributes", NULL, PARAMETER_ATTRIBUTES, V2, V2, 0, 0, 0, 0, 0, NULL},

    {INVITE, "Identity", "identity", NULL, PARAMETER_IDENTITY, BOTH, 0, BOTH, 0, 256, 0, ERROR_IDENTITY_LONG, NULL},
    {INVITE, "RoleSid", "role_sid", NULL, PARAMETER_CHANNEL_ROLE, BOTH, 0, 0, 0, 0, 0, 0, NULL},

    {ROLE, "FriendlyName", "friendly_name", NULL, PARAMETER_TEXT, BOTH, 0, BOTH, 0, 64, 0, ERROR_NAME_LONG, NULL},
    {ROLE, "Type", "type", NULL, PARAMETER_CHOICE, BOTH, 0, BOTH, 0, 0, 0, ERROR_ROLE_TYPE, "channel,deployment"},
    {ROLE, "Permission", "permissions", NULL, PARAMETER_LIST, BOTH, BOTH, BOTH, BOTH, 0, 0, ERROR_PERMISSION,
     PERMISSIONS},

    {USER, "Identity", "identity", NULL, PARAMETER_IDENTITY, BOTH, 0, BOTH, 0, 256, 0, ERROR_IDENTITY_LONG, NULL},
    {USER, "RoleSid", "role_sid", NULL, PARAMETER_DEPLOYMENT_ROLE, BOTH, BOTH, 0, 0, 0, 0, 0, NULL},
    {USER, "Attributes", "attributes", NULL, PARAMETER_ATTRIBUTES, BOTH, BOTH, 0, 0, 0, 0, 0, NULL},
    {USER, "FriendlyName", "friendly_name", NULL, PARAMETER_TEXT, BOTH, BOTH, 0, 0, 256, 256, ERROR_NAME_LONG, NULL},

    {USER_CHANNEL, "NotificationLevel", "notification_level", NULL, PARAMETER_CHOICE, 0, V2, 0, 0, 0, 0,
     ERROR_NOTIFICATION_LEVEL, "default,muted"},
    {USER_CHANNEL, "LastConsumedMessageIndex", "last_consumed_message_index", NULL, PARAMETER_INDEX, 0, V2, 0, 0, 0, 0,
     ERROR_CONSUMED_INDEX, NULL},
    {USER_CHANNEL, "LastConsumptionTimestamp", "last_consumption_timestamp", NULL, PARAMETER_TIME, 0, V2, 0, 0, 0, 0,
     ERROR_CONSUMED_TIME, NULL},

    {CREDENTIAL, "Type", "type", NULL, PARAMETER_CHOICE, BOTH, 0, BOTH, 0, 0, 0, 0, "gcm,apn,fcm"},
    {CREDENTIAL, "FriendlyName", "friendly_name", NULL, PARAMETER_TEXT, BOTH, BOTH, 0, 0, 64, 64, ERROR_NAME_LONG,
     NULL},
    {CREDENTIAL, "Certificate", "certificate", NULL, PARAMETER_TEXT, BOTH, BOTH, 0, 0, 0, 0, 0, NULL},
    {CREDENTIAL, "PrivateKey", "private_key", NULL, PARAMETER_TEXT, BOTH, BOTH, 0, 0, 0, 0, 0, NULL},
    {CREDENTIAL, "Sandbox", "sandbox", NULL, PARAMETER_PYTHON, BOTH, BOTH, 0, 0, 0, 0, 0, NULL},
    {CREDENTIAL, "ApiKey", "api_key", NULL, PARAMETER_TEXT, BOTH, BOTH, 0, 0, 0, 0, 0, NULL},
    {CREDENTIAL, "Secret", "secret", NULL, PARAMETER_TEXT, BOTH, BOTH, 0, 0, 0, 0, 0, NULL},

    {WEBHOOK, "Type", "type", NULL, PARAMETER_CHOICE, V2, 0, V2, 0, 0, 0, ERROR_WEBHOOK_TYPE, "webhook,trigger,studio"},
    CONFIGURATION("Url", "url", PARAMETER_TEXT, 0, NULL) CONFIGURATION("Method", "method", PARAMETER_CHOICE,
                                                                       ERROR_WEBHOOK_CONFIGURATION, "GET,POST")
        CONFIGURATION("Filters", "filters", PARAMETER_LIST, ERROR_WEBHOOK_CONFIGURATION, NULL)
            CONFIGURATION("Triggers", "triggers", PARAMETER_LIST, ERROR_WEBHOOK_CONFIGURATION, NULL)
                CONFIGURATION("FlowSid", "flow_sid", PARAMETER_TEXT, 0, NULL)
                    CONFIGURATION("RetryCount", "retry_count", PARAMETER_RETRIES, ERROR_WEBHOOK_CONFIGURATION, NULL)};

enum { PARAMETER_COUNT_ALL = sizeof parameter_table / sizeof *parameter_table };

#endif
