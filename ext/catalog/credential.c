/*
** credentials: what the account holds for the push services of phones. Outside every service. Its secrets go in and
** never come out, so that their columns are write-only.
**
** Sources: chat_v1 and chat_v2 specs, paths /Credentials and /Credentials/{Sid}, equal in both; chat-api.md section
** 1; for
** Conversations conversations-api.md sections 1 and 2.
*/
#include "catalog/resources.h"

static const char *const push_services[] = {"gcm", "apn", "fcm", NULL};

static const catalog_column credential_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "SID of the credential, CR..."},
    {"friendly_name", VALUE_TEXT, CATALOG_SINCE_V1, 0, "name for people"},
    {"type", VALUE_TEXT, CATALOG_SINCE_V1, 0, "push service: gcm, apn or fcm"},
    /* A boolean parameter, but a string in the response: "False". */
    {"sandbox", VALUE_TEXT, CATALOG_SINCE_V1, 0, "apn: True if pushes go to the sandbox, else False"},
    {"date_created", VALUE_TIME, CATALOG_SINCE_V1, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_SINCE_V1, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_SINCE_V1, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_SINCE_V1, 0, "absolute URL of the resource"},
    {"certificate", VALUE_TEXT, 0, COLUMN_WRITE_ONLY | COLUMN_SECRET, "apn: certificate"},
    {"private_key", VALUE_TEXT, 0, COLUMN_WRITE_ONLY | COLUMN_SECRET, "apn: private key"},
    {"api_key", VALUE_TEXT, 0, COLUMN_WRITE_ONLY | COLUMN_SECRET, "gcm: API key"},
    {"secret", VALUE_TEXT, 0, COLUMN_WRITE_ONLY | COLUMN_SECRET, "fcm: server key"},
};

static const catalog_parameter credential_parameters[] = {
    {.name = "Type",
     .column = "type",
     .kind = VALUE_TEXT,
     .create = CATALOG_SINCE_V1,
     .update = CATALOG_CONVERSATIONS,
     .create_required = CATALOG_SINCE_V1,
     .accepted = push_services},
    {.name = "FriendlyName",
     .column = "friendly_name",
     .kind = VALUE_TEXT,
     .create = CATALOG_SINCE_V1,
     .update = CATALOG_SINCE_V1,
     .max_length = CATALOG_NAME_LENGTH},
    {.name = "Certificate",
     .column = "certificate",
     .kind = VALUE_TEXT,
     .create = CATALOG_SINCE_V1,
     .update = CATALOG_SINCE_V1},
    {.name = "PrivateKey",
     .column = "private_key",
     .kind = VALUE_TEXT,
     .create = CATALOG_SINCE_V1,
     .update = CATALOG_SINCE_V1},
    {.name = "Sandbox",
     .column = "sandbox",
     .kind = VALUE_BOOLEAN,
     .create = CATALOG_SINCE_V1,
     .update = CATALOG_SINCE_V1},
    {.name = "ApiKey", .column = "api_key", .kind = VALUE_TEXT, .create = CATALOG_SINCE_V1, .update = CATALOG_SINCE_V1},
    {.name = "Secret", .column = "secret", .kind = VALUE_TEXT, .create = CATALOG_SINCE_V1, .update = CATALOG_SINCE_V1},
};

const catalog_resource catalog_credentials = {
    .name = "credentials",
    .segment = "Credentials",
    .list_key = "credentials",
    .key_column = "sid",
    .key_prefix = "CR",
    .list = CATALOG_SINCE_V1,
    .fetch = CATALOG_SINCE_V1,
    .create = CATALOG_SINCE_V1,
    .update = CATALOG_SINCE_V1,
    .remove = CATALOG_SINCE_V1,
    .page_max = {1000, 1000, 0, 100},
    .typical_rows = 5,
    .columns = credential_columns,
    .column_count = CATALOG_COUNT(credential_columns),
    .parameters = credential_parameters,
    .parameter_count = CATALOG_COUNT(credential_parameters),
    .description = "Push credentials of the account",
};
