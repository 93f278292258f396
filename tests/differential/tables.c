/* The chat tables and the local ones as data: see tables.h. */
#include "tables.h"

#include <string.h>

#define SID(domain)                                                                                                    \
    { "sid", COLUMN_TEXT, domain, VERSION_BOTH, COLUMN_PUSHED }
#define ACCOUNT                                                                                                        \
    { "account_sid", COLUMN_TEXT, "account", VERSION_BOTH, 0 }
#define SERVICE                                                                                                        \
    { "service_sid", COLUMN_TEXT, "service", VERSION_BOTH, COLUMN_PARENT | COLUMN_PUSHED }
#define CHANNEL                                                                                                        \
    { "channel_sid", COLUMN_TEXT, "channel", VERSION_BOTH, COLUMN_PARENT | COLUMN_PUSHED }
#define USER                                                                                                           \
    { "user_sid", COLUMN_TEXT, "user", VERSION_BOTH, COLUMN_PARENT | COLUMN_PUSHED }
#define DATES                                                                                                          \
    {"date_created", COLUMN_TIME, "time", VERSION_BOTH, 0}, {                                                          \
        "date_updated", COLUMN_TIME, "time", VERSION_BOTH, 0                                                           \
    }
#define TEXT(name, domain)                                                                                             \
    { name, COLUMN_TEXT, domain, VERSION_BOTH, 0 }
#define PUSHED(name, domain)                                                                                           \
    { name, COLUMN_TEXT, domain, VERSION_BOTH, COLUMN_PUSHED }
#define INTEGER(name)                                                                                                  \
    { name, COLUMN_INTEGER, "number", VERSION_BOTH, 0 }
#define BOOLEAN(name)                                                                                                  \
    { name, COLUMN_BOOLEAN, "", VERSION_BOTH, 0 }
#define JSON(name, versions)                                                                                           \
    { name, COLUMN_JSON, "json", versions, 0 }
#define ATTRIBUTES(versions)                                                                                           \
    { "attributes", COLUMN_JSON_TEXT, "json", versions, 0 }
#define PATH                                                                                                           \
    { "path", COLUMN_TEXT, "path", VERSION_BOTH, COLUMN_PUSHED }

static const table chat_tables[] = {
    {.name = "services",
     .segment = "Services",
     .list_key = "services",
     .key = "sid",
     .list_query = "",
     .versions = VERSION_CHAT,
     .page_max = {100, 100},
     .columns = {SID("service"),
                 ACCOUNT,
                 TEXT("friendly_name", "name"),
                 DATES,
                 TEXT("default_service_role_sid", "role"),
                 TEXT("default_channel_role_sid", "role"),
                 TEXT("default_channel_creator_role_sid", "role"),
                 BOOLEAN("read_status_enabled"),
                 BOOLEAN("reachability_enabled"),
                 INTEGER("typing_indicator_timeout"),
                 INTEGER("consumption_report_interval"),
                 JSON("limits", VERSION_BOTH),
                 JSON("webhooks", VERSION_1),
                 TEXT("pre_webhook_url", ""),
                 TEXT("post_webhook_url", ""),
                 TEXT("webhook_method", ""),
                 JSON("webhook_filters", VERSION_BOTH),
                 {"pre_webhook_retry_count", COLUMN_INTEGER, "number", VERSION_2, 0},
                 {"post_webhook_retry_count", COLUMN_INTEGER, "number", VERSION_2, 0},
                 JSON("notifications", VERSION_BOTH),
                 JSON("media", VERSION_2),
                 TEXT("url", ""),
                 JSON("links", VERSION_BOTH),
                 PATH}},
    {.name = "channels",
     .parent = "services",
     .segment = "Channels",
     .list_key = "channels",
     .key = "sid",
     .list_query = "Type=public&Type=private&",
     .versions = VERSION_CHAT,
     .fetch_singly = VERSION_1,
     .page_max = {1000, 100},
     .columns = {SID("channel"),
                 ACCOUNT,
                 SERVICE,
                 TEXT("friendly_name", "name"),
                 PUSHED("unique_name", "name"),
                 ATTRIBUTES(VERSION_BOTH),
                 PUSHED("type", "type"),
                 DATES,
                 TEXT("created_by", "identity"),
                 INTEGER("members_count"),
                 INTEGER("messages_count"),
                 {"messaging_service_sid", COLUMN_TEXT, "", 0, 0}, /* of v3 only */
                 TEXT("url", ""),
                 JSON("links", VERSION_BOTH),
                 PATH}},
    {.name = "messages",
     .parent = "channels",
     .segment = "Messages",
     .list_key = "messages",
     .key = "sid",
     .list_query = "",
     .versions = VERSION_CHAT,
     .fetch_singly = VERSION_1,
     .page_max = {1000, 100},
     .costly = true,
     .columns = {SID("message"),
                 ACCOUNT,
                 ATTRIBUTES(VERSION_BOTH),
                 SERVICE,
                 TEXT("to", "channel"),
                 CHANNEL,
                 DATES,
                 {"last_updated_by", COLUMN_TEXT, "identity", VERSION_2, 0},
                 BOOLEAN("was_edited"),
                 TEXT("from", "identity"),
                 TEXT("body", "body"),
                 {"index", COLUMN_INTEGER, "number", VERSION_BOTH, COLUMN_PUSHED},
                 {"type", COLUMN_TEXT, "", VERSION_2, 0},
                 JSON("media", VERSION_2),
                 TEXT("url", ""),
                 PATH}},
    {.name = "members",
     .parent = "channels",
     .segment = "Members",
     .list_key = "members",
     .key = "sid",
     .list_query = "",
     .versions = VERSION_CHAT,
     .page_max = {1000, 100},
     .costly = true,
     .columns = {SID("member"),
                 ACCOUNT,
                 CHANNEL,
                 SERVICE,
                 PUSHED("identity", "identity"),
                 DATES,
                 TEXT("role_sid", "role"),
                 INTEGER("last_consumed_message_index"),
                 {"last_consumption_timestamp", COLUMN_TIME, "time", VERSION_BOTH, 0},
                 TEXT("url", ""),
                 ATTRIBUTES(VERSION_2),
                 PATH}},
    {.name = "invites",
     .parent = "channels",
     .segment = "Invites",
     .list_key = "invites",
     .key = "sid",
     .list_query = "",
     .versions = VERSION_BOTH,
     .page_max = {1000, 100},
     .costly = true,
     .columns = {SID("invite"), ACCOUNT, CHANNEL, SERVICE, PUSHED("identity", "identity"), DATES,
                 TEXT("role_sid", "role"), TEXT("created_by", "identity"), TEXT("url", ""), PATH}},
    {.name = "roles",
     .parent = "services",
     .segment = "Roles",
     .list_key = "roles",
     .key = "sid",
     .list_query = "",
     .versions = VERSION_CHAT,
     .page_max = {1000, 100, 0, 50},
     .columns = {SID("role"), ACCOUNT, SERVICE, TEXT("friendly_name", "name"), TEXT("type", ""),
                 JSON("permissions", VERSION_BOTH), DATES, TEXT("url", ""), PATH}},
    {.name = "users",
     .parent = "services",
     .segment = "Users",
     .list_key = "users",
     .key = "sid",
     .list_query = "",
     .versions = VERSION_CHAT,
     .fetch_singly = VERSION_BOTH,
     .page_max = {1000, 100, 0, 50},
     .columns = {SID("user"), ACCOUNT, SERVICE, ATTRIBUTES(VERSION_BOTH), TEXT("friendly_name", "name"),
                 TEXT("role_sid", "role"), PUSHED("identity", "identity"), BOOLEAN("is_online"),
                 BOOLEAN("is_notifiable"), DATES, INTEGER("joined_channels_count"), JSON("links", VERSION_BOTH),
                 TEXT("url", ""), PATH}},
    {.name = "user_channels",
     .parent = "users",
     .segment = "Channels",
     .list_key = "channels",
     .key = "channel_sid",
     .list_query = "",
     .versions = VERSION_CHAT,
     .page_max = {1000, 50},
     .costly = true,
     .columns = {ACCOUNT,
                 SERVICE,
                 {"channel_sid", COLUMN_TEXT, "channel", VERSION_BOTH, COLUMN_PUSHED},
                 {"user_sid", COLUMN_TEXT, "user", VERSION_2, COLUMN_PARENT | COLUMN_PUSHED},
                 TEXT("member_sid", "member"),
                 TEXT("status", ""),
                 INTEGER("last_consumed_message_index"),
                 INTEGER("unread_messages_count"),
                 JSON("links", VERSION_BOTH),
                 {"url", COLUMN_TEXT, "", VERSION_2, 0},
                 {"notification_level", COLUMN_TEXT, "", VERSION_2, 0},
                 PATH}},
    {.name = "credentials",
     .segment = "Credentials",
     .list_key = "credentials",
     .key = "sid",
     .list_query = "",
     .versions = VERSION_CHAT,
     .page_max = {1000, 1000, 0, 100},
     .columns = {SID("credential"), ACCOUNT, TEXT("friendly_name", "name"), TEXT("type", "push"), TEXT("sandbox", ""),
                 DATES, TEXT("url", ""), PATH}},
    {.name = "bindings",
     .parent = "services",
     .segment = "Bindings",
     .list_key = "bindings",
     .key = "sid",
     .list_query = "",
     .versions = VERSION_2 | VERSION_MIGRATED,
     .page_max = {0, 50, 0, 100},
     .columns = {SID("binding"), ACCOUNT, SERVICE, DATES, TEXT("endpoint", ""), PUSHED("identity", "identity"),
                 TEXT("credential_sid", "credential"), PUSHED("binding_type", "push"), JSON("message_types", VERSION_2),
                 TEXT("url", ""), JSON("links", VERSION_2), PATH}},
    {.name = "user_bindings",
     .parent = "users",
     .segment = "Bindings",
     .list_key = "bindings",
     .key = "sid",
     .list_query = "",
     .versions = VERSION_2,
     .page_max = {0, 50},
     .costly = true,
     .columns = {SID("binding"), ACCOUNT, SERVICE, DATES, TEXT("endpoint", ""), TEXT("identity", "identity"), USER,
                 TEXT("credential_sid", "credential"), PUSHED("binding_type", "push"), JSON("message_types", VERSION_2),
                 TEXT("url", ""), PATH}},
    {.name = "channel_webhooks",
     .parent = "channels",
     .segment = "Webhooks",
     .list_key = "webhooks",
     .key = "sid",
     .list_query = "",
     .versions = VERSION_2 | VERSION_MIGRATED,
     .page_max = {0, 5},
     .costly = true,
     .columns = {SID("webhook"), ACCOUNT, SERVICE, CHANNEL, TEXT("type", ""), TEXT("url", ""),
                 JSON("configuration", VERSION_2), DATES, PATH}},
};

static const table local_tables[] = {
    {.name = "notes",
     .versions = VERSION_ALL,
     .columns = {{"id", COLUMN_INTEGER, "number", VERSION_BOTH, 0},
                 {"service", COLUMN_TEXT, "service", VERSION_BOTH, 0},
                 {"channel", COLUMN_TEXT, "channel", VERSION_BOTH, 0},
                 {"user", COLUMN_TEXT, "user", VERSION_BOTH, 0},
                 {"identity", COLUMN_TEXT, "identity", VERSION_BOTH, 0},
                 {"folded", COLUMN_TEXT, "identity", VERSION_BOTH, COLUMN_NOCASE},
                 {"name", COLUMN_TEXT, "name", VERSION_BOTH, 0},
                 {"number", COLUMN_INTEGER, "number", VERSION_BOTH, 0},
                 {"time", COLUMN_TEXT, "time", VERSION_BOTH, 0}}},
    {.name = "mixed",
     .versions = VERSION_ALL,
     .columns = {{"id", COLUMN_INTEGER, "number", VERSION_BOTH, 0},
                 {"channel", COLUMN_ANY, "channel", VERSION_BOTH, 0},
                 {"message", COLUMN_ANY, "message", VERSION_BOTH, 0},
                 {"identity", COLUMN_ANY, "identity", VERSION_BOTH, 0},
                 {"number", COLUMN_ANY, "number", VERSION_BOTH, 0},
                 {"text", COLUMN_ANY, "body", VERSION_BOTH, 0},
                 {"path", COLUMN_ANY, "path", VERSION_BOTH, 0}}},
};

enum { TABLES_MAX = 40 };

/* Chat's, then Conversations'. */
const table *tables_chat(int *count) {
    static table all[TABLES_MAX];
    static int known;
    if (known == 0) {
        int others;
        const table *more = tables_conversations(&others);
        known = (int)(sizeof chat_tables / sizeof chat_tables[0]);
        memcpy(all, chat_tables, sizeof chat_tables);
        memcpy(all + known, more, (size_t)others * sizeof *more);
        known += others;
    }
    *count = known;
    return all;
}

const table *tables_local(int *count) {
    *count = (int)(sizeof local_tables / sizeof local_tables[0]);
    return local_tables;
}

const table *table_find(const char *name) {
    int count;
    const table *t = tables_chat(&count);
    while (strcmp(t->name, name) != 0) {
        t++;
    }
    return t;
}

/* What stands in Conversations for what Chat calls so. */
static const char *const tables_pairs[][2] = {{"services", "conversation_services"},
                                              {"channels", "conversations"},
                                              {"messages", "conversation_messages"},
                                              {"members", "participants"},
                                              {"users", "conversation_users"},
                                              {"roles", "conversation_roles"},
                                              {"credentials", "conversation_credentials"}};

const char *tables_named(unsigned version, const char *name) {
    for (size_t i = 0; version == VERSION_C && i < sizeof tables_pairs / sizeof tables_pairs[0]; i++) {
        if (strcmp(tables_pairs[i][0], name) == 0) {
            return tables_pairs[i][1];
        }
    }
    return name;
}

const char *tables_version_name(unsigned version) {
    return version == VERSION_1          ? "v1"
           : version == VERSION_2        ? "v2"
           : version == VERSION_MIGRATED ? "migrated"
                                         : "conversations";
}

bool table_is_of_account(const table *t) {
    const table *top = t;
    while (top->parent != NULL) {
        top = table_find(top->parent);
    }
    return strcmp(top->segment, "Services") != 0;
}

int table_service_column(const table *t) {
    int column = table_column_index(t, "service_sid");
    return column >= 0 ? column : table_column_index(t, "chat_service_sid");
}

int table_parent_column(const table *t) {
    static const char *const columns[] = {"user_sid", "message_sid", "conversation_sid", "channel_sid"};
    static const char *const parents[] = {"Users", "Messages", "Conversations", "Channels"};
    const char *parent = t->parent == NULL ? "" : table_find(t->parent)->segment;
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        if (strcmp(parents[i], parent) == 0) {
            return table_column_index(t, columns[i]);
        }
    }
    return -1;
}

int table_column_count(const table *t) {
    int count = 0;
    while (count < TABLE_MAX_COLUMNS && t->columns[count].name != NULL) {
        count++;
    }
    return count;
}

int table_column_index(const table *t, const char *name) {
    int count = table_column_count(t);
    for (int i = 0; i < count; i++) {
        if (strcmp(t->columns[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

bool table_column_is_text(const table_column *column) {
    return column->kind != COLUMN_INTEGER && column->kind != COLUMN_BOOLEAN && column->kind != COLUMN_ANY;
}

static const char *table_declared_type(const table_column *column) {
    if (column->kind == COLUMN_ANY) {
        return "";
    }
    return table_column_is_text(column) ? "TEXT" : "INTEGER";
}

int table_create(sqlite3 *db, const table *t, bool heap) {
    sqlite3_str *sql = sqlite3_str_new(db);
    sqlite3_str_appendf(sql, "CREATE TABLE \"%w\"(", t->name);
    int count = table_column_count(t);
    for (int i = 0; i < count; i++) {
        const table_column *column = &t->columns[i];
        sqlite3_str_appendf(sql, "%s\"%w\" %s%s", i == 0 ? "" : ", ", column->name, table_declared_type(column),
                            (column->flags & COLUMN_NOCASE) != 0 ? " COLLATE NOCASE" : "");
    }
    const char *key = t->segment == NULL ? ", PRIMARY KEY(id))" : ", PRIMARY KEY(path)) WITHOUT ROWID";
    sqlite3_str_appendall(sql, heap ? ")" : key);
    char *text = sqlite3_str_finish(sql);
    int rc = text == NULL ? SQLITE_NOMEM : sqlite3_exec(db, text, NULL, NULL, NULL);
    sqlite3_free(text);
    return rc;
}

void table_append_columns(sqlite3_str *out, const table *t, const char *prefix) {
    int count = table_column_count(t);
    for (int i = 0; i < count; i++) {
        sqlite3_str_appendall(out, i == 0 ? "" : ",");
        if (prefix != NULL) {
            sqlite3_str_appendf(out, "%s.", prefix);
        }
        sqlite3_str_appendf(out, "\"%w\"", t->columns[i].name);
    }
}
