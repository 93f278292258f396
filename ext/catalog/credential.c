/*
** credentials: what the account holds for the push services of phones. Outside every service. Its secrets go in and
** never come out, so that their columns are write-only.
**
** Sources: chat_v1 and chat_v2 specs, paths /Credentials and /Credentials/{Sid}, equal in both; chat-api.md section
** 1.
*/
#include "catalog/resources.h"

static const char *const push_services[] = {"gcm", "apn", "fcm", NULL};

static const catalog_column credential_columns[] = {
    {"sid", VALUE_TEXT, CATALOG_V1_V2, 0, "SID of the credential, CR..."},
    {"friendly_name", VALUE_TEXT, CATALOG_V1_V2, 0, "name for people"},
    {"type", VALUE_TEXT, CATALOG_V1_V2, 0, "push service: gcm, apn or fcm"},
    /* A boolean parameter, but a string in the response: "False". */
    {"sandbox", VALUE_TEXT, CATALOG_V1_V2, 0, "apn: True if pushes go to the sandbox, else False"},
    {"date_created", VALUE_TIME, CATALOG_V1_V2, 0, "when it was created, UTC"},
    {"date_updated", VALUE_TIME, CATALOG_V1_V2, 0, "when it was last changed, UTC"},
    {"account_sid", VALUE_TEXT, CATALOG_V1_V2, 0, "SID of the account, AC..."},
    {"url", VALUE_TEXT, CATALOG_V1_V2, 0, "absolute URL of the resource"},
    {"certificate", VALUE_TEXT, 0, COLUMN_WRITE_ONLY | COLUMN_SECRET, "apn: certificate"},
    {"private_key", VALUE_TEXT, 0, COLUMN_WRITE_ONLY | COLUMN_SECRET, "apn: private key"},
    {"api_key", VALUE_TEXT, 0, COLUMN_WRITE_ONLY | COLUMN_SECRET, "gcm: API key"},
    {"secret", VALUE_TEXT, 0, COLUMN_WRITE_ONLY | COLUMN_SECRET, "fcm: server key"},
};

static const catalog_parameter credential_parameters[] = {
    {.name = "Type",
     .column = "type",
     .kind = VALUE_TEXT,
     .create = CATALOG_V1_V2,
     .create_required = CATALOG_V1_V2,
     .accepted = push_services},
    {.name = "FriendlyName",
     .column = "friendly_name",
     .kind = VALUE_TEXT,
     .create = CATALOG_V1_V2,
     .update = CATALOG_V1_V2,
     .max_length = CATALOG_NAME_LENGTH},
    {.name = "Certificate",
     .column = "certificate",
     .kind = VALUE_TEXT,
     .create = CATALOG_V1_V2,
     .update = CATALOG_V1_V2},
    {.name = "PrivateKey",
     .column = "private_key",
     .kind = VALUE_TEXT,
     .create = CATALOG_V1_V2,
     .update = CATALOG_V1_V2},
    {.name = "Sandbox", .column = "sandbox", .kind = VALUE_BOOLEAN, .create = CATALOG_V1_V2, .update = CATALOG_V1_V2},
    {.name = "ApiKey", .column = "api_key", .kind = VALUE_TEXT, .create = CATALOG_V1_V2, .update = CATALOG_V1_V2},
    {.name = "Secret", .column = "secret", .kind = VALUE_TEXT, .create = CATALOG_V1_V2, .update = CATALOG_V1_V2},
};

const catalog_resource catalog_credentials = {
    .name = "credentials",
    .segment = "Credentials",
    .list_key = "credentials",
    .key_column = "sid",
    .key_prefix = "CR",
    .list = CATALOG_V1_V2,
    .fetch = CATALOG_V1_V2,
    .create = CATALOG_V1_V2,
    .update = CATALOG_V1_V2,
    .remove = CATALOG_V1_V2,
    .page_max = {1000, 1000},
    .typical_rows = 5,
    .columns = credential_columns,
    .column_count = CATALOG_COUNT(credential_columns),
    .parameters = credential_parameters,
    .parameter_count = CATALOG_COUNT(credential_parameters),
    .description = "Push credentials of the account",
};
