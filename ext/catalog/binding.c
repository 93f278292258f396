/*
** bindings and user_bindings: the devices to which users of a service get pushes; the same objects listed for the
** service and for one user. Only v2 has them. They are made by the client SDKs, so that the API has no create or
** update.
**
** Sources: chat_v2 spec, paths /Services/{ServiceSid}/Bindings, .../Users/{UserSid}/Bindings and below; chat-api.md
** section 2; for
** Conversations conversations-api.md sections 1 and 2.
*/
#include "catalog/resources.h"

static const char *const binding_types[] = {"gcm", "apn", "fcm", NULL};

static const catalog_column binding_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_SINCE_V2, 0, "SID of the binding, BS..."},
    {"service_sid", VALUE_TEXT, CATALOG_SINCE_V2, COLUMN_PARENT, "SID of the service it is in"},
    {"identity", VALUE_TEXT, CATALOG_SINCE_V2, 0, "identity of the user"},
    {"binding_type", VALUE_TEXT, CATALOG_SINCE_V2, 0, "push service: gcm, apn or fcm"},
    {"endpoint", VALUE_TEXT, CATALOG_SINCE_V2, 0, "address of the device"},
    {"credential_sid", VALUE_TEXT, CATALOG_SINCE_V2, 0, "SID of the credential it uses, CR..."},
    {"message_types", VALUE_JSON, CATALOG_SINCE_V2, 0, "array of the events it gets"},
    {"date_created", VALUE_TIME, CATALOG_SINCE_V2, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_SINCE_V2, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_SINCE_V2, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_SINCE_V2, 0, "absolute URL of the resource"},
    {"links", VALUE_JSON, CATALOG_V2, 0, "object: URL of the user"},
};

static const catalog_value message_types[] = {
    {"added_to_channel", "added_to_conversation"}, {"removed_from_channel", "removed_from_conversation"}, {NULL, NULL}};

static const catalog_making binding_makings[] = {
    {.column = "message_types", .versions = CATALOG_CONVERSATIONS, .how = MADE_VALUES, .values = message_types},
    {.column = NULL}};

const catalog_resource catalog_bindings = {
    .name = "bindings",
    .segment = "Bindings",
    .list_key = "bindings",
    .parent = &catalog_services,
    .parent_column = "service_sid",
    .key_column = "sid",
    .key_prefix = "BS",
    .list = CATALOG_SINCE_V2,
    .fetch = CATALOG_SINCE_V2,
    .remove = CATALOG_SINCE_V2,
    .page_max = {0, 50, 0, 100},
    .filters = {{.column = "binding_type",
                 .parameter = "BindingType",
                 .versions = CATALOG_SINCE_V2,
                 .accepted = binding_types},
                {.column = "identity", .parameter = "Identity", .versions = CATALOG_SINCE_V2}},
    .typical_rows = 500,
    .columns = binding_columns,
    .column_count = CATALOG_COUNT(binding_columns),
    .makings = binding_makings,
    .description = "Push bindings of a service: the devices of its users",
};

static const catalog_column user_binding_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_V2, 0, "SID of the binding, BS..."},
    {"service_sid", VALUE_TEXT, CATALOG_V2, COLUMN_PARENT, "SID of the service it is in"},
    {"user_sid", VALUE_TEXT, CATALOG_V2, COLUMN_PARENT, "SID of the user, US..."},
    {"identity", VALUE_TEXT, CATALOG_V2, 0, "identity of the user"},
    {"binding_type", VALUE_TEXT, CATALOG_V2, 0, "push service: gcm, apn or fcm"},
    {"endpoint", VALUE_TEXT, CATALOG_V2, 0, "address of the device"},
    {"credential_sid", VALUE_TEXT, CATALOG_V2, 0, "SID of the credential it uses, CR..."},
    {"message_types", VALUE_JSON, CATALOG_V2, 0, "array of the events it gets"},
    {"date_created", VALUE_TIME, CATALOG_V2, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_V2, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_V2, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_V2, 0, "absolute URL of the resource"},
};

static const catalog_note user_binding_notes[] = {
    {NULL, CATALOG_CONVERSATIONS,
     "Conversations lists no bindings of a user: SELECT ... FROM bindings WHERE identity = '...'"},
    {NULL, 0, NULL}};

const catalog_resource catalog_user_bindings = {
    .name = "user_bindings",
    .segment = "Bindings",
    .list_key = "bindings",
    .parent = &catalog_users,
    .parent_column = "user_sid",
    .key_column = "sid",
    .key_prefix = "BS",
    .list = CATALOG_V2,
    .fetch = CATALOG_V2,
    .remove = CATALOG_V2,
    .page_max = {0, 50},
    .filters =
        {{.column = "binding_type", .parameter = "BindingType", .versions = CATALOG_V2, .accepted = binding_types}},
    .typical_rows = 3,
    .columns = user_binding_columns,
    .column_count = CATALOG_COUNT(user_binding_columns),
    .notes = user_binding_notes,
    .description = "Push bindings of a user: its devices",
};
