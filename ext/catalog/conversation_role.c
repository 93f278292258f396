/*
** conversation_roles and conversation_bindings: named sets of permissions, and the devices to which users get pushes. Bindings
** are made by the client SDKs, so that the API has no create or update.
**
** Sources: conversations_v1 spec, paths /Services/{ChatServiceSid}/Roles, .../Bindings and below; conversations-api.md sections
** 1.10 and 1.12.
*/
#include "catalog/resources.h"

static const char *const conversation_role_types[] = {"conversation", "service", NULL};

static const catalog_column conversation_role_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the role, RL..."},
    {"chat_service_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, COLUMN_PARENT, "SID of the service it is in"},
    {"friendly_name", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "name for people"},
    {"type", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "conversation or service"},
    {"permissions", VALUE_JSON, CATALOG_CONVERSATIONS, 0, "array of what the role may do"},
    {"date_created", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "absolute URL of the resource"},
};

static const catalog_parameter conversation_role_parameters[] = {
    /* 64 characters by the text, but 256 have been taken. */
    {.name = "FriendlyName",
     .column = "friendly_name",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .create_required = CATALOG_CONVERSATIONS,
     .max_length = CATALOG_LONG_NAME_LENGTH},
    {.name = "Type",
     .column = "type",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .create_required = CATALOG_CONVERSATIONS,
     .accepted = conversation_role_types,
     .any_case = true},
    /* Required on update as well: it replaces the whole set. */
    {.name = "Permission",
     .column = "permissions",
     .kind = VALUE_TEXT,
     .repeated = true,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .create_required = CATALOG_CONVERSATIONS,
     .update_required = CATALOG_CONVERSATIONS},
};

const catalog_resource catalog_conversation_roles = {
    .name = "conversation_roles",
    .always = CATALOG_CONVERSATIONS,
    .segment = "Roles",
    .list_key = "roles",
    .parent = &catalog_conversation_services,
    .parent_column = "chat_service_sid",
    .key_column = "sid",
    .key_prefix = "RL",
    .list = CATALOG_CONVERSATIONS,
    .fetch = CATALOG_CONVERSATIONS,
    .create = CATALOG_CONVERSATIONS,
    .update = CATALOG_CONVERSATIONS,
    .remove = CATALOG_CONVERSATIONS,
    .page_max = {0, 0, 0, 50},
    .typical_rows = 10,
    .columns = conversation_role_columns,
    .column_count = CATALOG_COUNT(conversation_role_columns),
    .parameters = conversation_role_parameters,
    .parameter_count = CATALOG_COUNT(conversation_role_parameters),
    .description = "Roles of a service: named sets of permissions for users and participants",
};

static const char *const conversation_binding_types[] = {"apn", "gcm", "fcm", "twilsock", NULL};

static const catalog_column conversation_binding_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the binding, BS..."},
    {"chat_service_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, COLUMN_PARENT, "SID of the service it is in"},
    {"identity", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "identity of the user"},
    {"binding_type", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "push service apn, gcm or fcm; or twilsock"},
    {"endpoint", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "address of the device"},
    {"credential_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the credential it uses, CR..."},
    {"message_types", VALUE_JSON, CATALOG_CONVERSATIONS, 0, "array of the events it gets"},
    {"date_created", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "absolute URL of the resource"},
};

const catalog_resource catalog_conversation_bindings = {
    .name = "conversation_bindings",
    .always = CATALOG_CONVERSATIONS,
    .segment = "Bindings",
    .list_key = "bindings",
    .parent = &catalog_conversation_services,
    .parent_column = "chat_service_sid",
    .key_column = "sid",
    .key_prefix = "BS",
    .list = CATALOG_CONVERSATIONS,
    .fetch = CATALOG_CONVERSATIONS,
    .remove = CATALOG_CONVERSATIONS,
    .page_max = {0, 0, 0, 100},
    .filters = {{.column = "binding_type",
                 .parameter = "BindingType",
                 .versions = CATALOG_CONVERSATIONS,
                 .accepted = conversation_binding_types,
                 .complete = true},
                {.column = "identity", .parameter = "Identity", .versions = CATALOG_CONVERSATIONS}},
    .typical_rows = 500,
    .columns = conversation_binding_columns,
    .column_count = CATALOG_COUNT(conversation_binding_columns),
    .description = "Push bindings of a service: the devices of its users",
};
