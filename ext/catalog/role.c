/*
** roles: named sets of permissions, for a whole service (deployment) or inside its channels (channel).
**
** Sources: chat_v1 and chat_v2 specs, paths /Services/{ServiceSid}/Roles and below; chat-api.md sections 1 and 10; for
** Conversations conversations-api.md sections 1 and 2.
*/
#include "catalog/resources.h"

static const char *const role_types[] = {"channel", "deployment", NULL};

static const catalog_column role_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "SID of the role, RL..."},
    {"service_sid", VALUE_TEXT, CATALOG_SINCE_V1, COLUMN_PARENT, "SID of the service it is in"},
    {"friendly_name", VALUE_TEXT, CATALOG_SINCE_V1, 0, "name for people"},
    {"type", VALUE_TEXT, CATALOG_SINCE_V1, 0, "channel or deployment"},
    {"permissions", VALUE_JSON, CATALOG_SINCE_V1, 0, "array of what the role may do"},
    {"date_created", VALUE_TIME, CATALOG_SINCE_V1, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_SINCE_V1, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_SINCE_V1, 0, "absolute URL of the resource"},
};

static const catalog_value role_type_names[] = {{"channel", "conversation"}, {"deployment", "service"}, {NULL, NULL}};

/*
** Where two of Chat's are one there, the first is read. Who may add a participant may do what inviting was for; a channel
** is deleted where Chat destroyed it.
*/
static const catalog_value permissions[] = {{"addMember", "addParticipant"},
                                            {"inviteMember", "addParticipant"},
                                            {"removeMember", "removeParticipant"},
                                            {"createChannel", "createConversation"},
                                            {"destroyChannel", "deleteConversation"},
                                            {"deleteChannel", "deleteConversation"},
                                            {"joinChannel", "joinConversation"},
                                            {"leaveChannel", "leaveConversation"},
                                            {"editChannelName", "editConversationName"},
                                            {"editChannelAttributes", "editConversationAttributes"},
                                            {"editOwnMemberAttributes", "editOwnParticipantAttributes"},
                                            {"editAnyMemberAttributes", "editAnyParticipantAttributes"},
                                            {NULL, NULL}};

static const catalog_parameter role_parameters[] = {
    {.name = "FriendlyName",
     .column = "friendly_name",
     .kind = VALUE_TEXT,
     .create = CATALOG_V1_V2,
     .create_required = CATALOG_V1_V2,
     .max_length = CATALOG_NAME_LENGTH},
    /* The page says 64, but 256 are taken. */
    {.name = "FriendlyName",
     .column = "friendly_name",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .create_required = CATALOG_CONVERSATIONS,
     .max_length = CATALOG_LONG_NAME_LENGTH},
    {.name = "Type",
     .column = "type",
     .kind = VALUE_TEXT,
     .create = CATALOG_V1_V2,
     .create_required = CATALOG_V1_V2,
     .accepted = role_types},
    {.name = "Type",
     .column = "type",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .create_required = CATALOG_CONVERSATIONS,
     .accepted = role_types,
     .values = role_type_names},
    /* Required on update as well: it replaces the whole set. */
    {.name = "Permission",
     .column = "permissions",
     .kind = VALUE_TEXT,
     .repeated = true,
     .create = CATALOG_V1_V2,
     .update = CATALOG_V1_V2,
     .create_required = CATALOG_V1_V2,
     .update_required = CATALOG_V1_V2},
    {.name = "Permission",
     .column = "permissions",
     .kind = VALUE_TEXT,
     .repeated = true,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .create_required = CATALOG_CONVERSATIONS,
     .update_required = CATALOG_CONVERSATIONS,
     .values = permissions},
};

static const catalog_making role_makings[] = {
    {.column = "type", .versions = CATALOG_CONVERSATIONS, .how = MADE_VALUES, .values = role_type_names},
    {.column = "permissions", .versions = CATALOG_CONVERSATIONS, .how = MADE_VALUES, .values = permissions},
    {.column = NULL}};

const catalog_resource catalog_roles = {
    .name = "roles",
    .segment = "Roles",
    .list_key = "roles",
    .parent = &catalog_services,
    .parent_column = "service_sid",
    .key_column = "sid",
    .key_prefix = "RL",
    .list = CATALOG_SINCE_V1,
    .fetch = CATALOG_SINCE_V1,
    .create = CATALOG_SINCE_V1,
    .update = CATALOG_SINCE_V1,
    .remove = CATALOG_SINCE_V1,
    .page_max = {1000, 100, 0, 50},
    .typical_rows = 10,
    .columns = role_columns,
    .column_count = CATALOG_COUNT(role_columns),
    .makings = role_makings,
    .parameters = role_parameters,
    .parameter_count = CATALOG_COUNT(role_parameters),
    .description = "Roles of a service: named sets of permissions for users and members",
};
