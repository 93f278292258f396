/*
** participants and participant_conversations: who is in a conversation, people of the chat by their identity and phones by
** their address; and the conversations that somebody is in. The second is a list that must be given an identity or an
** address: there is no list of all.
**
** Sources: conversations_v1 spec, paths .../Conversations/{ConversationSid}/Participants and
** /Services/{ChatServiceSid}/ParticipantConversations; conversations-api.md sections 1.5, 1.9 and 4.
*/
#include "catalog/resources.h"

static const catalog_column participant_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the participant, MB..."},
    {"chat_service_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, COLUMN_PARENT, "SID of the service it is in"},
    {"conversation_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, COLUMN_PARENT, "SID of the conversation it is in"},
    {"identity", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "identity of the user; NULL for phones and the like"},
    {"messaging_binding", VALUE_JSON, CATALOG_CONVERSATIONS, 0,
     "object: type, address, proxy_address, projected_address; NULL in chat"},
    {"role_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the role it has in the conversation, RL..."},
    {"attributes", VALUE_JSON_TEXT, CATALOG_CONVERSATIONS, 0, "the application's own JSON"},
    {"last_read_message_index", VALUE_INTEGER, CATALOG_CONVERSATIONS, COLUMN_TOUCHES,
     "index of the last message read, or NULL"},
    {"last_read_timestamp", VALUE_TIME, CATALOG_CONVERSATIONS, COLUMN_TOUCHED | COLUMN_TOUCHED_WITH,
     "when that was read, UTC, or NULL"},
    {"date_created", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when it joined, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_CONVERSATIONS, COLUMN_TOUCHED, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "absolute URL of the resource"},
};

static const catalog_parameter participant_parameters[] = {
    /* Of phones there is none: they have an address. */
    {.name = "Identity",
     .column = "identity",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .max_length = CATALOG_IDENTITY_LENGTH},
    {.name = "MessagingBinding.Address",
     .column = "messaging_binding",
     .leaf = "address",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS},
    {.name = "MessagingBinding.ProxyAddress",
     .column = "messaging_binding",
     .leaf = "proxy_address",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .null_text = "null",
     .exclusive = true},
    {.name = "MessagingBinding.ProjectedAddress",
     .column = "messaging_binding",
     .leaf = "projected_address",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .null_text = "null",
     .exclusive = true},
    {.name = "RoleSid",
     .column = "role_sid",
     .kind = VALUE_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .max_length = CATALOG_SID_LENGTH},
    {.name = "Attributes",
     .column = "attributes",
     .kind = VALUE_JSON_TEXT,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS},
    /* Nullable: NULL, sent as an empty value, forgets what was read. */
    {.name = "LastReadMessageIndex",
     .column = "last_read_message_index",
     .kind = VALUE_INTEGER,
     .update = CATALOG_CONVERSATIONS},
    {.name = "LastReadTimestamp", .column = "last_read_timestamp", .kind = VALUE_TIME, .update = CATALOG_CONVERSATIONS},
    {.name = "DateCreated",
     .column = "date_created",
     .kind = VALUE_TIME,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .kept = CATALOG_DATE_IS_KEPT},
    {.name = "DateUpdated",
     .column = "date_updated",
     .kind = VALUE_TIME,
     .create = CATALOG_CONVERSATIONS,
     .update = CATALOG_CONVERSATIONS,
     .kept = CATALOG_DATE_IS_KEPT},
};

/* RCS that falls back may say sms. E-mail would have to be given its own type, name and level: the spec has no such. */
static const catalog_derived participant_derived[] = {
    {"messaging_binding", "type", "address", "sms", "rcs",
     "it is told by the address (\"whatsapp:+...\"), and sms without"},
    {NULL, NULL, NULL, NULL, NULL, NULL}};

/* Who is in it already; a pair of addresses that stands in another conversation; who is in a group already. */
static const catalog_taken participant_taken[] = {{50433, "identity"},          {50404, "identity"},
                                                  {50416, "messaging_binding"}, {50437, "messaging_binding"},
                                                  {50437, "identity"},          {0, NULL}};

const catalog_resource catalog_participants = {
    .name = "participants",
    .person_in = "CH",
    .always = CATALOG_CONVERSATIONS,
    .segment = "Participants",
    .list_key = "participants",
    .parent = &catalog_conversations,
    .parent_column = "conversation_sid",
    .key_column = "sid",
    .key_prefix = "MB",
    .list = CATALOG_CONVERSATIONS,
    .fetch = CATALOG_CONVERSATIONS,
    .create = CATALOG_CONVERSATIONS,
    .update = CATALOG_CONVERSATIONS,
    .remove = CATALOG_CONVERSATIONS,
    .webhooks_create = CATALOG_CONVERSATIONS,
    .webhooks_update = CATALOG_CONVERSATIONS,
    .webhooks_remove = CATALOG_CONVERSATIONS,
    .page_max = {0, 0, 0, 100},
    /* Said of reading alone: what writes make of an identity there is not known. */
    .name_column = "identity",
    .name_versions = CATALOG_CONVERSATIONS,
    .typical_rows = 20,
    .columns = participant_columns,
    .column_count = CATALOG_COUNT(participant_columns),
    .parameters = participant_parameters,
    .parameter_count = CATALOG_COUNT(participant_parameters),
    .derived = participant_derived,
    .taken = participant_taken,
    .description = "Participants of a conversation: users of the chat, phones and others",
};

static const catalog_column participant_conversation_columns[] = {
    {"participant_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the participant, MB..."},
    {"chat_service_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, COLUMN_PARENT, "SID of the service both are in"},
    {"participant_identity", VALUE_TEXT, CATALOG_CONVERSATIONS, 0,
     "identity of the participant; NULL for phones and the like"},
    {"participant_messaging_binding", VALUE_JSON, CATALOG_CONVERSATIONS, 0,
     "object: type, address, proxy_address, projected_address, name, level; NULL in chat"},
    {"participant_user_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the participant as a user, US..., or NULL"},
    {"conversation_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the conversation, CH..."},
    {"conversation_unique_name", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "its name for programs, or NULL"},
    {"conversation_friendly_name", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "its name for people, or NULL"},
    {"conversation_state", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "its state: active, inactive or closed"},
    {"conversation_attributes", VALUE_JSON_TEXT, CATALOG_CONVERSATIONS, 0,
     "its attributes, the application's own JSON"},
    {"conversation_timers", VALUE_JSON, CATALOG_CONVERSATIONS, 0, "object: its date_inactive, date_closed"},
    {"conversation_created_by", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "identity of its creator, or system"},
    {"conversation_date_created", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when it was created, UTC"},
    {"conversation_date_updated", VALUE_TIME, CATALOG_CONVERSATIONS, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_CONVERSATIONS, 0, "SID of the account, AC..."},
    {"links", VALUE_JSON, CATALOG_CONVERSATIONS, 0, "object: URLs of the participant and the conversation"},
    {"address", VALUE_TEXT, CATALOG_CONVERSATIONS, COLUMN_HIDDEN,
     "address in participant_messaging_binding, to look for"},
};

static const catalog_word participant_conversation_words[] = {
    {"address", "participant_messaging_binding.address", CATALOG_CONVERSATIONS}, {NULL, NULL, 0}};

const catalog_resource catalog_participant_conversations = {
    .name = "participant_conversations",
    .always = CATALOG_CONVERSATIONS,
    .segment = "ParticipantConversations",
    .list_key = "conversations",
    .parent = &catalog_conversation_services,
    .parent_column = "chat_service_sid",
    .key_column = "participant_sid",
    .key_prefix = "MB",
    .list = CATALOG_CONVERSATIONS,
    .page_max = {0, 0, 0, 50},
    .filters = {{.column = "participant_identity",
                 .parameter = "Identity",
                 .versions = CATALOG_CONVERSATIONS,
                 .one_value = true,
                 .required = CATALOG_CONVERSATIONS},
                {.column = "address",
                 .parameter = "Address",
                 .versions = CATALOG_CONVERSATIONS,
                 .one_value = true,
                 .required = CATALOG_CONVERSATIONS}},
    .typical_rows = 20,
    .columns = participant_conversation_columns,
    .column_count = CATALOG_COUNT(participant_conversation_columns),
    .words = participant_conversation_words,
    .description = "Conversations of one participant, by its identity or its address",
};
