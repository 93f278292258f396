/* The parameters of each resource of Conversations, after the vendor's spec. Included by parameters.c only. */
#ifndef EMULATOR_PARAMETERS_CONVERSATIONS_H
#define EMULATOR_PARAMETERS_CONVERSATIONS_H

#include "errors.h"
#include "resource.h"

enum { ALL = API_CONVERSATIONS };

#define EVENTS                                                                                                         \
    "onMessageAdd,onMessageAdded,onMessageUpdate,onMessageUpdated,onMessageRemove,onMessageRemoved,"                   \
    "onConversationAdd,onConversationAdded,onConversationUpdate,onConversationUpdated,onConversationRemove,"           \
    "onConversationRemoved,onParticipantAdd,onParticipantAdded,onParticipantUpdate,onParticipantUpdated,"              \
    "onParticipantRemove,onParticipantRemoved,onUserUpdate,onUserUpdated,onConversationStateUpdated,"                  \
    "onDeliveryUpdated,onUserAdded"

#define GRANTS                                                                                                         \
    "addParticipant,addNonChatParticipant,removeParticipant,deleteConversation,editConversationName,"                  \
    "editConversationAttributes,editOwnMessage,editAnyMessage,deleteOwnMessage,deleteAnyMessage,"                      \
    "editOwnMessageAttributes,editAnyMessageAttributes,editOwnParticipantAttributes,editAnyParticipantAttributes,"     \
    "sendMessage,sendMediaMessage,leaveConversation,editNotificationLevel,createConversation,joinConversation,"        \
    "editOwnUserInfo,editAnyUserInfo,readChannelMetadata"

/* Taken by create and update, create only, update only: a column. */
#define BOTH_TAKE(owner, name, column, kind, most, error, accepted)                                                    \
    {owner, name, column, NULL, kind, ALL, ALL, 0, 0, most, most, error, accepted},
#define MADE(owner, name, column, kind, required, most, error, accepted)                                               \
    {owner, name, column, NULL, kind, ALL, 0, required, 0, most, 0, error, accepted},
#define CHANGED(owner, name, column, kind, error, accepted)                                                            \
    {owner, name, column, NULL, kind, 0, ALL, 0, 0, 0, 0, error, accepted},
/* A leaf of a JSON column. */
#define BOTH_LEAF(owner, name, column, leaf, kind, error, accepted)                                                    \
    {owner, name, column, leaf, kind, ALL, ALL, 0, 0, 0, 0, error, accepted},
#define CHANGED_LEAF(owner, name, column, leaf, kind) {owner, name, column, leaf, kind, 0, ALL, 0, 0, 0, 0, 0, NULL},
#define NOTICE_LEAVES(name, leaf)                                                                                      \
    CHANGED_LEAF(NOTIFICATIONS, name ".Enabled", "notifications", leaf ".enabled", PARAMETER_BOOLEAN)                  \
    CHANGED_LEAF(NOTIFICATIONS, name ".Template", "notifications", leaf ".template", PARAMETER_TEXT)                   \
    CHANGED_LEAF(NOTIFICATIONS, name ".Sound", "notifications", leaf ".sound", PARAMETER_TEXT)
#define DATES(owner)                                                                                                   \
    BOTH_TAKE(owner, "DateCreated", "date_created", PARAMETER_DATE, 0, ERROR_DATE_CREATED, NULL)                       \
    BOTH_TAKE(owner, "DateUpdated", "date_updated", PARAMETER_DATE, 0, ERROR_DATE_UPDATED, NULL)

#define CONVERSATION &conversations_conversations
#define CONVERSATION_MESSAGE &conversations_messages
#define PARTICIPANT &conversations_participants
#define HOOK_OF &conversations_webhooks
#define PERSON &conversations_users
#define USER_CONVERSATION &conversations_user_conversations
#define CONVERSATION_ROLE &conversations_roles
#define ITS_CREDENTIAL &conversations_credentials
#define ADDRESS &conversations_addresses
#define SETTINGS &conversations_configuration
#define NOTIFICATIONS &conversations_notifications
#define HOOKS &conversations_hooks
#define ACCOUNT &conversations_account
#define ACCOUNT_HOOKS &conversations_account_hooks

/* clang-format off: one parameter a line */
static const parameter parameter_conversations[] = {
    MADE(&conversations_services, "FriendlyName", "friendly_name", PARAMETER_TEXT, ALL, 256, ERROR_NAME_LONG, NULL)

        BOTH_TAKE(CONVERSATION, "FriendlyName", "friendly_name", PARAMETER_KEPT, 256, ERROR_NAME_LONG, NULL)
            BOTH_TAKE(CONVERSATION, "UniqueName", "unique_name", PARAMETER_NAME, 256, ERROR_UNIQUE_NAME_LONG,
                      NULL) BOTH_TAKE(CONVERSATION, "Attributes", "attributes", PARAMETER_ATTRIBUTES, 16384, 0,
                                      NULL) BOTH_TAKE(CONVERSATION, "MessagingServiceSid", "messaging_service_sid",
                                                      PARAMETER_SID, 0, ERROR_MESSAGING_SERVICE, "MG")
                BOTH_TAKE(CONVERSATION, "State", "state", PARAMETER_STATE, 0, ERROR_STATE,
                          "active,inactive,closed") BOTH_TAKE(CONVERSATION, "Timers.Inactive", "timer_inactive",
                                                              PARAMETER_DURATION, 60, ERROR_DURATION_INACTIVE, NULL)
                    BOTH_TAKE(CONVERSATION, "Timers.Closed", "timer_closed", PARAMETER_DURATION, 600,
                              ERROR_DURATION_CLOSED, NULL) BOTH_LEAF(CONVERSATION, "Bindings.Email.Address", "bindings",
                                                                     "email.projected_address", PARAMETER_TEXT, 0, NULL)
                        BOTH_LEAF(CONVERSATION, "Bindings.Email.Name", "bindings", "email.name", PARAMETER_TEXT, 0,
                                  NULL) DATES(CONVERSATION)

                            BOTH_TAKE(CONVERSATION_MESSAGE, "Author", "author", PARAMETER_TEXT, 256, ERROR_AUTHOR_LONG,
                                      NULL) BOTH_TAKE(CONVERSATION_MESSAGE, "Body", "body", PARAMETER_TEXT, 0, 0, NULL)
                                BOTH_TAKE(CONVERSATION_MESSAGE, "Attributes", "attributes", PARAMETER_ATTRIBUTES, 4096,
                                          0, NULL) BOTH_TAKE(CONVERSATION_MESSAGE, "Subject", NULL, PARAMETER_TEXT, 256,
                                                             0, NULL) /* never shown */
    MADE(CONVERSATION_MESSAGE, "MediaSid", "media", PARAMETER_SID, 0, 0, ERROR_MEDIA_MALFORMED,
         "ME") MADE(CONVERSATION_MESSAGE, "ContentSid", "content_sid", PARAMETER_SID, 0, 0, 0,
                    "HX") MADE(CONVERSATION_MESSAGE, "ContentVariables", NULL, PARAMETER_OBJECT, 0, 0, ERROR_VARIABLES,
                               NULL) DATES(CONVERSATION_MESSAGE)

        BOTH_TAKE(PARTICIPANT, "Identity", "identity", PARAMETER_IDENTITY, 256, ERROR_IDENTITY_LONG, NULL)
            MADE(PARTICIPANT, "MessagingBinding.Address", "address", PARAMETER_ADDRESS, 0, 256, ERROR_ADDRESS, NULL)
                BOTH_TAKE(PARTICIPANT, "MessagingBinding.ProxyAddress", "proxy_address", PARAMETER_ADDRESS, 256,
                          ERROR_PROXY, NULL) BOTH_TAKE(PARTICIPANT, "MessagingBinding.ProjectedAddress",
                                                       "projected_address", PARAMETER_ADDRESS, 256, ERROR_ADDRESS, NULL)
                    BOTH_TAKE(PARTICIPANT, "Attributes", "attributes", PARAMETER_ATTRIBUTES, 4096, 0, NULL)
                        BOTH_TAKE(PARTICIPANT, "RoleSid", "role_sid", PARAMETER_CHANNEL_ROLE, 0, 0, NULL)
                            CHANGED(PARTICIPANT, "LastReadMessageIndex", "last_consumed_message_index", PARAMETER_INDEX,
                                    ERROR_READ_INDEX, NULL)
                                CHANGED(PARTICIPANT, "LastReadTimestamp", "last_consumption_timestamp", PARAMETER_TIME,
                                        0, NULL) DATES(PARTICIPANT)

                                    MADE(HOOK_OF, "Target", "type", PARAMETER_CHOICE, ALL, 0, ERROR_HOOK_TARGET,
                                         "webhook,trigger,studio")
                                        BOTH_LEAF(HOOK_OF, "Configuration.Url", "configuration", "url", PARAMETER_TEXT,
                                                  0, NULL) BOTH_LEAF(HOOK_OF, "Configuration.Method", "configuration",
                                                                     "method", PARAMETER_CHOICE, 0, "GET,POST")
                                            BOTH_LEAF(HOOK_OF, "Configuration.Filters", "configuration", "filters",
                                                      PARAMETER_WORDS, 50365, EVENTS)
                                                BOTH_LEAF(HOOK_OF, "Configuration.Triggers", "configuration",
                                                          "triggers", PARAMETER_LIST, 0, NULL)
                                                    BOTH_LEAF(HOOK_OF, "Configuration.FlowSid", "configuration",
                                                              "flow_sid", PARAMETER_SID, ERROR_HOOK_FLOW, "FW")
                                                        MADE(HOOK_OF, "Configuration.ReplayAfter", NULL,
                                                             PARAMETER_INTEGER, 0, 0, 0, NULL) /* never shown */

    MADE(PERSON, "Identity", "identity", PARAMETER_IDENTITY, ALL, 256, ERROR_IDENTITY_LONG,
         NULL) BOTH_TAKE(PERSON, "FriendlyName", "friendly_name", PARAMETER_NAME, 256, ERROR_NAME_LONG,
                         NULL) BOTH_TAKE(PERSON, "Attributes", "attributes", PARAMETER_ATTRIBUTES, 16384, 0, NULL)
        BOTH_TAKE(PERSON, "RoleSid", "role_sid", PARAMETER_DEPLOYMENT_ROLE, 0, 0, NULL)

            CHANGED(USER_CONVERSATION, "NotificationLevel", "notification_level", PARAMETER_CHOICE,
                    ERROR_NOTIFICATION_LEVEL,
                    "default,muted") CHANGED(USER_CONVERSATION, "LastReadMessageIndex", "last_consumed_message_index",
                                             PARAMETER_INDEX, ERROR_READ_INDEX, NULL)
                CHANGED(USER_CONVERSATION, "LastReadTimestamp", "last_consumption_timestamp", PARAMETER_TIME, 0, NULL)

                    MADE(CONVERSATION_ROLE, "FriendlyName", "friendly_name", PARAMETER_TEXT, ALL, 256, ERROR_NAME_LONG,
                         NULL) MADE(CONVERSATION_ROLE, "Type", "type", PARAMETER_ROLE_TYPE, ALL, 0, ERROR_ROLE_TYPE,
                                    "conversation,service"){CONVERSATION_ROLE, "Permission", "permissions", NULL,
                                                            PARAMETER_WORDS, ALL, ALL, ALL, ALL, 0, 0, ERROR_PERMISSION,
                                                            GRANTS},

    {ITS_CREDENTIAL, "Type", "type", NULL, PARAMETER_CHOICE, ALL, ALL, ALL, 0, 0, 0, 0, "gcm,apn,fcm"},
    BOTH_TAKE(ITS_CREDENTIAL, "FriendlyName", "friendly_name", PARAMETER_TEXT, 64, ERROR_NAME_LONG, NULL)
        BOTH_TAKE(ITS_CREDENTIAL, "Certificate", "certificate", PARAMETER_TEXT, 0, 0, NULL)
            BOTH_TAKE(ITS_CREDENTIAL, "PrivateKey", "private_key", PARAMETER_TEXT, 0, 0, NULL)
                BOTH_TAKE(ITS_CREDENTIAL, "Sandbox", "sandbox", PARAMETER_PYTHON, 0, 0, NULL)
                    BOTH_TAKE(ITS_CREDENTIAL, "ApiKey", "api_key", PARAMETER_TEXT, 0, 0, NULL)
                        BOTH_TAKE(ITS_CREDENTIAL, "Secret", "secret", PARAMETER_TEXT, 0, 0, NULL)

    /* the spelling is kept */
    MADE(ADDRESS, "Type", "type", PARAMETER_SPELLED, ALL, 0, 0, "sms,whatsapp,messenger,gbm,email,rcs,apple,chat") MADE(
        ADDRESS, "Address", "address", PARAMETER_TEXT, ALL, 256, ERROR_ADDRESS,
        NULL) BOTH_TAKE(ADDRESS, "FriendlyName", "friendly_name", PARAMETER_TEXT, 256, ERROR_NAME_LONG, NULL)
        BOTH_LEAF(ADDRESS, "AutoCreation.Enabled", "auto_creation", "enabled", PARAMETER_BOOLEAN, 0,
                  NULL) BOTH_LEAF(ADDRESS, "AutoCreation.Type", "auto_creation", "type", PARAMETER_CHOICE, 0,
                                  "webhook,studio,default") BOTH_LEAF(ADDRESS, "AutoCreation.ConversationServiceSid",
                                                                      "auto_creation", "conversation_service_sid",
                                                                      PARAMETER_SID, 0, "IS")
            BOTH_LEAF(ADDRESS, "AutoCreation.WebhookUrl", "auto_creation", "webhook_url", PARAMETER_TEXT, 0, NULL)
                BOTH_LEAF(ADDRESS, "AutoCreation.WebhookMethod", "auto_creation", "webhook_method", PARAMETER_CHOICE, 0,
                          "GET,POST") BOTH_LEAF(ADDRESS, "AutoCreation.WebhookFilters", "auto_creation",
                                                "webhook_filters", PARAMETER_LIST, 0,
                                                NULL) BOTH_LEAF(ADDRESS, "AutoCreation.StudioFlowSid", "auto_creation",
                                                                "studio_flow_sid", PARAMETER_SID, 0, "FW")
                    BOTH_LEAF(ADDRESS, "AutoCreation.StudioRetryCount", "auto_creation",
                              "studio_retry_count", PARAMETER_RETRIES, 0,
                              NULL) MADE(ADDRESS, "AddressCountry", "address_country", PARAMETER_TEXT, 0, 2, 0, NULL)

                        CHANGED(SETTINGS, "DefaultConversationCreatorRoleSid", "default_channel_creator_role_sid",
                                PARAMETER_CHANNEL_ROLE,
                                0, NULL) CHANGED(SETTINGS, "DefaultConversationRoleSid", "default_channel_role_sid",
                                                 PARAMETER_CHANNEL_ROLE, 0,
                                                 NULL) CHANGED(SETTINGS, "DefaultChatServiceRoleSid",
                                                               "default_service_role_sid",
                                                               PARAMETER_DEPLOYMENT_ROLE, 0, NULL)
                            CHANGED(SETTINGS, "ReachabilityEnabled", "reachability_enabled", PARAMETER_BOOLEAN, 0, NULL)

                                CHANGED_LEAF(NOTIFICATIONS, "LogEnabled", "notifications", "log_enabled",
                                             PARAMETER_BOOLEAN) NOTICE_LEAVES("NewMessage", "new_message")
                                    NOTICE_LEAVES("AddedToConversation", "added_to_channel")
                                        NOTICE_LEAVES("RemovedFromConversation", "removed_from_channel") CHANGED_LEAF(
                                            NOTIFICATIONS, "NewMessage.BadgeCountEnabled", "notifications",
                                            "new_message.badge_count_enabled", PARAMETER_BOOLEAN)
                                            CHANGED_LEAF(NOTIFICATIONS, "NewMessage.WithMedia.Enabled", "notifications",
                                                         "new_message.with_media.enabled", PARAMETER_BOOLEAN)
                                                CHANGED_LEAF(NOTIFICATIONS, "NewMessage.WithMedia.Template",
                                                             "notifications", "new_message.with_media.template",
                                                             PARAMETER_TEXT)

                                                    CHANGED(HOOKS, "PreWebhookUrl", "pre_webhook_url", PARAMETER_NAME,
                                                            0, NULL) CHANGED(HOOKS, "PostWebhookUrl",
                                                                             "post_webhook_url", PARAMETER_NAME, 0,
                                                                             NULL)
                                                        CHANGED(HOOKS, "Filters", "webhook_filters", PARAMETER_WORDS, 0,
                                                                EVENTS) CHANGED(HOOKS, "Method", "webhook_method",
                                                                                PARAMETER_CHOICE, ERROR_WEBHOOK_METHOD,
                                                                                "GET,POST")

                                                            CHANGED(ACCOUNT, "DefaultChatServiceSid",
                                                                    "default_chat_service_sid", PARAMETER_SERVICE, 0,
                                                                    NULL)
                                                                CHANGED(ACCOUNT, "DefaultMessagingServiceSid",
                                                                        "default_messaging_service_sid", PARAMETER_SID,
                                                                        ERROR_MESSAGING_SERVICE, "MG")
    /* durations both ways */
    {ACCOUNT, "DefaultInactiveTimer", "default_inactive_timer", NULL, PARAMETER_PERIOD, 0, ALL, 0, 0, 60, 60,
     ERROR_DURATION_INACTIVE, NULL},
    {ACCOUNT, "DefaultClosedTimer", "default_closed_timer", NULL, PARAMETER_PERIOD, 0, ALL, 0, 0, 600, 600,
     ERROR_DURATION_CLOSED, NULL},

    CHANGED(ACCOUNT_HOOKS, "Method", "method", PARAMETER_CHOICE, ERROR_WEBHOOK_METHOD, "GET,POST")
        CHANGED(ACCOUNT_HOOKS, "Filters", "filters", PARAMETER_LIST, 0, EVENTS)
            CHANGED(ACCOUNT_HOOKS, "PreWebhookUrl", "pre_webhook_url", PARAMETER_NAME, 0, NULL)
                CHANGED(ACCOUNT_HOOKS, "PostWebhookUrl", "post_webhook_url", PARAMETER_NAME, 0, NULL)
                    CHANGED(ACCOUNT_HOOKS, "Target", "target", PARAMETER_CHOICE, 0, "webhook,flex")};
/* clang-format on */

enum { PARAMETER_COUNT_CONVERSATIONS = sizeof parameter_conversations / sizeof *parameter_conversations };

#endif
