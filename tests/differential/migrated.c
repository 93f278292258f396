/* v2's data on Conversations: see migrated.h. */
#include "migrated.h"

#include "tables.h"
#include "value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Gone: what hangs under public channels, invites, the rest of what Conversations does not have. */
static const char *const migrated_losses[] = {
    "DELETE FROM channels WHERE type <> 'private'",
    "DELETE FROM messages WHERE channel_sid NOT IN (SELECT sid FROM channels)",
    "DELETE FROM members WHERE channel_sid NOT IN (SELECT sid FROM channels)",
    "DELETE FROM channel_webhooks WHERE channel_sid NOT IN (SELECT sid FROM channels)",
    "DELETE FROM user_channels WHERE status <> 'joined' OR channel_sid NOT IN (SELECT sid FROM channels)",
    "UPDATE services SET read_status_enabled = NULL, typing_indicator_timeout = NULL,"
    " consumption_report_interval = NULL, limits = NULL, media = NULL, pre_webhook_retry_count = NULL,"
    " post_webhook_retry_count = NULL",
    "UPDATE channels SET created_by = NULL, members_count = NULL, messages_count = NULL",
    "UPDATE messages SET \"to\" = NULL, last_updated_by = NULL, was_edited = NULL, type = NULL",
    "UPDATE users SET joined_channels_count = NULL",
    "UPDATE bindings SET links = NULL, message_types = (SELECT json_group_array(value) FROM json_each(message_types)"
    " WHERE value <> 'invited_to_channel')",
    /* Who may invite may add. */
    "UPDATE roles SET permissions = (SELECT json_group_array(name) FROM (SELECT CASE value WHEN 'inviteMember' THEN"
    " 'addMember' ELSE value END AS name, min(key) AS place FROM json_each(permissions) GROUP BY 1 ORDER BY place))",
    "UPDATE channel_webhooks SET configuration = json_remove(configuration, '$.retry_count')",
};

/* What Conversations calls a table's list, and what each row has of its own there. */
typedef struct migrated_list {
    const char *table, *segment, *key; /* key: of the list's JSON */
    const char *sid;                   /* field that ends the path */
    const char *own[4];                /* columns, which are fields of the same names */
} migrated_list;

static const migrated_list migrated_lists[] = {
    {"services", "Services", "services", "sid", {"url", "links", "account_sid"}},
    {"channels", "Conversations", "conversations", "sid", {"url", "links", "messaging_service_sid"}},
    {"messages", "Messages", "messages", "sid", {"url"}},
    {"members", "Participants", "participants", "sid", {"url"}},
    {"roles", "Roles", "roles", "sid", {"url"}},
    {"users", "Users", "users", "sid", {"url", "links"}},
    {"user_channels", "Conversations", "conversations", "conversation_sid", {"url", "links"}},
    {"credentials", "Credentials", "credentials", "sid", {"url"}},
    {"bindings", "Bindings", "bindings", "sid", {"url"}},
    {"channel_webhooks", "Webhooks", "webhooks", "sid", {"url"}},
};

typedef struct migrated_job {
    sqlite3 *db;
    http_client *client;
    const char *origin;
    const migrated_list *list;
} migrated_job;

static bool migrated_exec(sqlite3 *db, const char *sql) {
    bool done = sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
    if (!done) {
        printf("# migrated: %s: %s\n", sql, sqlite3_errmsg(db));
    }
    return done;
}

/* Replaces a column of a row by a field of JSON: an object as its text. */
static bool migrated_set(const migrated_job *job, const char *column, const char *path, const json_t *field) {
    char *object = json_is_object(field) ? json_dumps(field, JSON_COMPACT) : NULL;
    const char *text = object ? object : json_string_value(field);
    char *sql = sqlite3_mprintf("UPDATE \"%w\" SET \"%w\" = %Q WHERE path = %Q", job->list->table, column, text, path);
    bool done = migrated_exec(job->db, sql);
    sqlite3_free(sql);
    free(object);
    return done;
}

/* A participant by phone, whom Chat never had: a member without an identity. */
static bool migrated_add_phone(const migrated_job *job, const char *path, const json_t *item) {
    char *row = json_dumps(item, JSON_COMPACT);
    char *sql = sqlite3_mprintf(
        "INSERT INTO members(path, sid, account_sid, service_sid, channel_sid, role_sid, attributes,"
        " last_consumed_message_index, last_consumption_timestamp, date_created, date_updated)"
        " SELECT %Q, json_extract(r, '$.sid'), json_extract(r, '$.account_sid'), json_extract(r, '$.chat_service_sid'),"
        " json_extract(r, '$.conversation_sid'), json_extract(r, '$.role_sid'), json_extract(r, '$.attributes'),"
        " json_extract(r, '$.last_read_message_index'), json_extract(r, '$.last_read_timestamp'),"
        " json_extract(r, '$.date_created'), json_extract(r, '$.date_updated') FROM (SELECT %Q AS r)",
        path, row);
    bool done = migrated_exec(job->db, sql);
    sqlite3_free(sql);
    free(row);
    return done;
}

/* One row of a list of Conversations: there must be the same in Chat's data. */
static bool migrated_row(const migrated_job *job, const char *list_path, const json_t *item) {
    const char *sid = json_string_value(json_object_get(item, job->list->sid));
    const char *segment = table_find(job->list->table)->segment;
    char *path = sqlite3_mprintf("%s/%s/%s", list_path, segment, sid ? sid : "");
    bool phone = strcmp(job->list->table, "members") == 0 && !json_is_string(json_object_get(item, "identity"));
    bool done = !phone || migrated_add_phone(job, path, item);
    for (int i = 0; done && i < 4 && job->list->own[i]; i++) {
        done = migrated_set(job, job->list->own[i], path, json_object_get(item, job->list->own[i])) &&
               (sqlite3_changes(job->db) == 1 || printf("# migrated: Chat has no %s\n", path) < 0);
    }
    sqlite3_free(path);
    return done;
}

/* The address below the version by Conversations' words: of a channel, a service, a user. */
static void migrated_translate(const char *path, char *to, size_t size) {
    const char *channels = strstr(path, "/Channels/");
    snprintf(to, size, "%.*s%s%s", (int)(channels ? channels - path : (long)strlen(path)), path,
             channels ? "/Conversations/" : "", channels ? channels + strlen("/Channels/") : "");
}

/* All pages of the list below a row (an address by Chat's words); how many rows are added to *rows. */
static bool migrated_page_through(const migrated_job *job, const char *parent, sqlite3_int64 *rows) {
    char below[300], url[600];
    migrated_translate(parent, below, sizeof below);
    snprintf(url, sizeof url, "%s/v1%s/%s?PageSize=5", job->origin, below, job->list->segment);
    bool done = true;
    while (done && *url) {
        json_t *page = http_get(job->client, url);
        const json_t *items = json_object_get(page, job->list->key);
        const json_t *next = json_object_get(json_object_get(page, "meta"), "next_page_url");
        done = json_is_array(items);
        for (size_t i = 0; done && i < json_array_size(items); i++, (*rows)++) {
            done = migrated_row(job, parent, json_array_get(items, i));
        }
        snprintf(url, sizeof url, "%s", json_is_string(next) ? json_string_value(next) : "");
        json_decref(page);
    }
    return done;
}

/* Every row of Chat's must be there too. */
static bool migrated_check_count(const migrated_job *job, sqlite3_int64 rows) {
    char *sql = sqlite3_mprintf("SELECT count(*) FROM \"%w\"", job->list->table);
    answer count = answer_run(job->db, sql, NULL, 0, 0);
    bool same = count.row_count == 1 && answer_cell(&count, 0, 0)->integer == rows;
    if (!same) {
        printf("# migrated: %s: Conversations has %lld rows, Chat's data another number\n", job->list->table,
               (long long)rows);
    }
    answer_clear(&count);
    sqlite3_free(sql);
    return same;
}

static bool migrated_table(const migrated_job *job) {
    const char *parent = table_find(job->list->table)->parent;
    sqlite3_int64 rows = 0;
    if (!parent) {
        return migrated_page_through(job, "", &rows) && migrated_check_count(job, rows);
    }
    char *sql = sqlite3_mprintf("SELECT path FROM \"%w\"", parent);
    answer parents = answer_run(job->db, sql, NULL, 0, 0);
    bool done = parents.error == NULL;
    for (size_t i = 0; done && i < parents.row_count; i++) {
        done = migrated_page_through(job, answer_cell(&parents, i, 0)->bytes, &rows);
    }
    answer_clear(&parents);
    sqlite3_free(sql);
    return done && migrated_check_count(job, rows);
}

/* The texts of a service's notifications are Conversations' own: it tells them all. */
static bool migrated_notifications(const migrated_job *job) {
    answer services = answer_run(job->db, "SELECT path FROM services", NULL, 0, 0);
    bool done = services.error == NULL;
    for (size_t i = 0; done && i < services.row_count; i++) {
        const char *path = answer_cell(&services, i, 0)->bytes;
        char url[600];
        snprintf(url, sizeof url, "%s/v1%s/Configuration/Notifications", job->origin, path);
        json_t *found = http_get(job->client, url);
        json_t *shown = json_pack("{s:O,s:O,s:O,s:O}", "log_enabled", json_object_get(found, "log_enabled"),
                                  "added_to_channel", json_object_get(found, "added_to_conversation"), "new_message",
                                  json_object_get(found, "new_message"), "removed_from_channel",
                                  json_object_get(found, "removed_from_conversation"));
        done = shown && migrated_set(job, "notifications", path, shown);
        json_decref(shown);
        json_decref(found);
    }
    answer_clear(&services);
    return done;
}

bool migrated_change(sqlite3 *db, http_client *client, const char *conversations_url) {
    migrated_job job = {.db = db, .client = client, .origin = conversations_url, .list = &migrated_lists[0]};
    bool done = true;
    for (size_t i = 0; done && i < sizeof migrated_losses / sizeof migrated_losses[0]; i++) {
        done = migrated_exec(db, migrated_losses[i]);
    }
    done = done && migrated_notifications(&job);
    for (size_t i = 0; done && i < sizeof migrated_lists / sizeof migrated_lists[0]; i++) {
        job.list = &migrated_lists[i];
        done = migrated_table(&job);
    }
    return done;
}
