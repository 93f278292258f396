/* Fetching the reference data: see copy.h. */
#include "copy.h"

#include "memory.h"
#include "tables.h"
#include "value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct copy_job {
    sqlite3 *db;
    http_client *client;
    const table *table;
    sqlite3_stmt *insert;
    char base[160]; /* origin and version: http://127.0.0.1:PORT/v1 */
    int page_size;
    bool fetch_singly;
} copy_job;

static bool copy_report(sqlite3 *db, const char *what) {
    printf("# copy: %s: %s\n", what, sqlite3_errmsg(db));
    return false;
}

static value copy_value(const json_t *json) {
    switch (json == NULL ? JSON_NULL : json_typeof(json)) {
    case JSON_STRING:
        return value_text(json_string_value(json), json_string_length(json));
    case JSON_INTEGER:
        return value_integer(json_integer_value(json));
    case JSON_REAL:
        return value_real(json_real_value(json));
    case JSON_TRUE:
        return value_integer(1);
    case JSON_FALSE:
        return value_integer(0);
    case JSON_NULL:
        return value_null();
    default: {
        char *text = json_dumps(json, JSON_COMPACT);
        value v = value_word(text);
        free(text);
        return v;
    }
    }
}

/* The SID in a path that names the column's parent: for service_sid what follows "/Services/". */
static value copy_parent(const char *path, const char *column) {
    const char *marks[][2] = {
        {"service_sid", "/Services/"},      {"channel_sid", "/Channels/"},           {"user_sid", "/Users/"},
        {"chat_service_sid", "/Services/"}, {"conversation_sid", "/Conversations/"}, {"message_sid", "/Messages/"}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const char *found = strcmp(column, marks[i][0]) == 0 ? strstr(path, marks[i][1]) : NULL;
        if (found != NULL) {
            const char *start = found + strlen(marks[i][1]);
            return value_text(start, strcspn(start, "/"));
        }
    }
    return value_null();
}

static bool copy_insert_row(copy_job *job, const char *path, const json_t *row) {
    int count = table_column_count(job->table);
    value *values = memory_zeroed((size_t)count, sizeof(value));
    for (int i = 0; i < count; i++) {
        const table_column *column = &job->table->columns[i];
        const json_t *field = json_object_get(row, column->name);
        if (strcmp(column->name, "path") == 0) {
            values[i] = value_word(path);
        } else if (field == NULL && (column->flags & COLUMN_PARENT) != 0) {
            values[i] = copy_parent(path, column->name);
        } else {
            values[i] = copy_value(field);
        }
        value_bind(job->insert, i + 1, &values[i]);
    }
    sqlite3_step(job->insert);
    bool inserted = sqlite3_reset(job->insert) == SQLITE_OK || copy_report(job->db, path);
    sqlite3_clear_bindings(job->insert);
    for (int i = 0; i < count; i++) {
        value_clear(&values[i]);
    }
    free(values);
    return inserted;
}

/* One item of a list: its path, the single resource in its place where that says more, and the row. */
static bool copy_item(copy_job *job, const char *list_path, const json_t *item) {
    const char *key = json_string_value(json_object_get(item, job->table->key));
    if (key == NULL) {
        printf("# copy: an item of %s has no %s\n", list_path, job->table->key);
        return false;
    }
    char path[512];
    char url[768];
    snprintf(path, sizeof path, "%s/%s", list_path, key);
    if (!job->fetch_singly) {
        return copy_insert_row(job, path, item);
    }
    snprintf(url, sizeof url, "%s%s", job->base, path);
    json_t *single = http_get(job->client, url);
    bool copied = single != NULL && copy_insert_row(job, path, single);
    json_decref(single);
    return copied;
}

static bool copy_page(copy_job *job, const char *list_path, const json_t *page, char **next) {
    const json_t *items = json_object_get(page, job->table->list_key);
    const json_t *url = json_object_get(json_object_get(page, "meta"), "next_page_url");
    bool copied = json_is_array(items);
    if (!copied) {
        printf("# copy: %s has no array %s\n", list_path, job->table->list_key);
    }
    for (size_t i = 0; copied && i < json_array_size(items); i++) {
        copied = copy_item(job, list_path, json_array_get(items, i));
    }
    *next = json_is_string(url) ? memory_copy(json_string_value(url), json_string_length(url)) : NULL;
    return copied;
}

static bool copy_single(copy_job *job, const char *path) {
    char url[768];
    snprintf(url, sizeof url, "%s%s", job->base, path);
    json_t *row = http_get(job->client, url);
    bool copied = row != NULL && copy_insert_row(job, path, row);
    json_decref(row);
    return copied;
}

/* All pages of the list under one parent; parent_path is "" at the top. */
static bool copy_list(copy_job *job, const char *parent_path) {
    char path[400];
    char first[700];
    snprintf(path, sizeof path, "%s/%s", parent_path, job->table->segment);
    if (job->table->single) {
        return copy_single(job, path);
    }
    snprintf(first, sizeof first, "%s%s?%sPageSize=%d", job->base, path, job->table->list_query, job->page_size);
    char *url = memory_copy(first, strlen(first));
    bool copied = true;
    while (copied && url != NULL) {
        char *next = NULL;
        json_t *page = http_get(job->client, url);
        copied = page != NULL && copy_page(job, path, page, &next);
        json_decref(page);
        free(url);
        url = next;
    }
    free(url);
    return copied;
}

static bool copy_all_parents(copy_job *job) {
    if (job->table->parent == NULL) {
        return copy_list(job, "");
    }
    char sql[96];
    snprintf(sql, sizeof sql, "SELECT path FROM \"%s\"", job->table->parent);
    answer parents = answer_run(job->db, sql, NULL, 0, 0);
    bool copied = parents.error == NULL;
    for (size_t i = 0; copied && i < parents.row_count; i++) {
        copied = copy_list(job, answer_cell(&parents, i, 0)->bytes);
    }
    answer_clear(&parents);
    return copied;
}

sqlite3_stmt *copy_prepare_insert(sqlite3 *db, const char *table_name) {
    const table *t = table_find(table_name);
    sqlite3_str *sql = sqlite3_str_new(db);
    sqlite3_str_appendf(sql, "INSERT INTO \"%w\" VALUES(", t->name);
    for (int i = 0; i < table_column_count(t); i++) {
        sqlite3_str_appendall(sql, i == 0 ? "?" : ",?");
    }
    sqlite3_str_appendall(sql, ")");
    char *text = sqlite3_str_finish(sql);
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, text, -1, &statement, NULL) != SQLITE_OK) {
        copy_report(db, t->name);
    }
    sqlite3_free(text);
    return statement;
}

static bool copy_table(copy_job *job, unsigned version, int page_size) {
    const table *t = job->table;
    int most = t->page_max[version == VERSION_1 ? 0 : version == VERSION_C ? 2 : 1];
    job->page_size = page_size == 0 || page_size > most ? most : page_size;
    job->fetch_singly = (t->fetch_singly & (version == VERSION_MIGRATED ? VERSION_2 : version)) != 0;
    if (table_create(job->db, t, false) != SQLITE_OK) {
        return copy_report(job->db, t->name);
    }
    job->insert = copy_prepare_insert(job->db, t->name);
    bool copied = job->insert != NULL && copy_all_parents(job);
    sqlite3_finalize(job->insert);
    return copied;
}

bool copy_fetch(sqlite3 *db, http_client *client, const char *origin, unsigned version, int page_size) {
    int count;
    const table *tables = tables_chat(&count);
    copy_job job = {.db = db, .client = client};
    snprintf(job.base, sizeof job.base, "%s/v%d", origin, version == VERSION_1 || version == VERSION_C ? 1 : 2);
    sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
    for (int i = 0; i < count; i++) {
        job.table = &tables[i];
        if ((tables[i].versions & version) != 0 && !copy_table(&job, version, page_size)) {
            return false;
        }
    }
    return sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK || copy_report(db, "commit");
}

/* SELECT of a table's rows, of the one service only unless service_sid is NULL. */
static answer copy_select(sqlite3 *from, const table *t, const char *service_sid) {
    sqlite3_str *sql = sqlite3_str_new(from);
    sqlite3_str_appendall(sql, "SELECT ");
    table_append_columns(sql, t, NULL);
    sqlite3_str_appendf(sql, " FROM \"%w\"", t->name);
    if (service_sid != NULL && !table_is_of_account(t)) {
        const char *column = t->parent == NULL ? "sid" : t->columns[table_service_column(t)].name;
        sqlite3_str_appendf(sql, " WHERE %s = %Q", column, service_sid);
    }
    char *text = sqlite3_str_finish(sql);
    answer rows = answer_run(from, text, NULL, 0, 0);
    sqlite3_free(text);
    return rows;
}

static bool copy_rows(sqlite3 *to, const table *t, const answer *rows) {
    sqlite3_stmt *insert = copy_prepare_insert(to, t->name);
    bool copied = insert != NULL && rows->error == NULL;
    for (size_t i = 0; copied && i < rows->row_count; i++) {
        for (int c = 0; c < rows->column_count; c++) {
            value_bind(insert, c + 1, answer_cell(rows, i, c));
        }
        sqlite3_step(insert);
        copied = sqlite3_reset(insert) == SQLITE_OK || copy_report(to, t->name);
    }
    sqlite3_finalize(insert);
    return copied;
}

bool copy_filtered(sqlite3 *from, sqlite3 *to, unsigned version, const char *service_sid) {
    int count;
    const table *tables = tables_chat(&count);
    bool copied = true;
    for (int i = 0; copied && i < count; i++) {
        if ((tables[i].versions & version) == 0) {
            continue;
        }
        answer rows = copy_select(from, &tables[i], service_sid);
        copied = table_create(to, &tables[i], false) == SQLITE_OK && copy_rows(to, &tables[i], &rows);
        answer_clear(&rows);
    }
    /* What is open beside a query reads these by Chat's name: they are the same. */
    const char *view = "CREATE VIEW credentials AS SELECT * FROM conversation_credentials";
    return copied && (version != VERSION_C || sqlite3_exec(to, view, NULL, NULL, NULL) == SQLITE_OK);
}
