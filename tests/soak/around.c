/* Steps around the reading: see steps.h. */
#include "asked.h"
#include "steps.h"

#include <stdio.h>
#include <string.h>

/* ---- settings ---- */

static void around_refused(soak *s, const connection *c, const char *sql) {
    char *message = NULL;
    if (sqlite3_exec(c->db, sql, NULL, NULL, &message) == SQLITE_OK) {
        soak_complain(s, "%s was not refused", sql);
    }
    sqlite3_free(message);
}

/* With readonly on nothing is queued. */
static void around_readonly(soak *s, const connection *c) {
    service_set(c->db, "readonly", "on");
    around_refused(s, c, "INSERT INTO users(service_sid, identity) SELECT sid, 'refused' FROM services");
    around_refused(s, c, "UPDATE chat_settings SET value = 'perhaps' WHERE name = 'readonly'");
    service_set(c->db, "readonly", NULL);
}

/* These stay for some steps. */
void around_settings(soak *s) {
    static const char *const sizes[] = {"1", "3", "7", "50", "1000"};
    static const char *const concurrencies[] = {"1", "2", "4", "16", "64"};
    static const char *const limits[] = {"1", "2", "64"};
    static const char *const logs[] = {"10", "300", "1000"};
    connection *c = soak_connection(s);
    service_set(c->db, "request_log", RANDOM_OF(&s->random, logs));
    service_set(c->db, "page_size", random_chance(&s->random, 40) ? NULL : RANDOM_OF(&s->random, sizes));
    service_set(c->db, "max_concurrency", RANDOM_OF(&s->random, concurrencies));
    service_set(c->db, "memory_limit_mb", RANDOM_OF(&s->random, limits));
    around_refused(s, c, "UPDATE chat_settings SET value = '-1' WHERE name = 'page_size'");
    if (random_chance(&s->random, 30)) {
        around_readonly(s, c);
    }
}

/* ---- virtual tables ---- */

/* A table cannot be dropped while it is being read. */
static void around_drop_while_reading(soak *s, asked *a, const char *name) {
    char *message = NULL;
    char *sql = sqlite3_mprintf("DROP TABLE %s", name);
    asked_begin(a, false);
    bool more = asked_step(a, 1);
    if (more && sqlite3_exec(a->connection->db, sql, NULL, NULL, &message) != SQLITE_LOCKED) {
        soak_complain(s, "DROP TABLE while it is read: %s", message == NULL ? "no error" : message);
    }
    sqlite3_free(message);
    sqlite3_free(sql);
    asked_step(a, 0);
    asked_end(a);
}

/* SELECT of all columns of a kind of table, from one of that name; text of sqlite3_mprintf. */
static char *around_select(const char *kind, const char *name, const char *where) {
    sqlite3_str *sql = sqlite3_str_new(NULL);
    sqlite3_str_appendall(sql, "SELECT ");
    table_append_columns(sql, table_find(kind), NULL);
    sqlite3_str_appendf(sql, " FROM %s%s", name, where);
    return sqlite3_str_finish(sql);
}

/* One that holds one service only, read, and dropped. */
void around_table(soak *s) {
    static const char *const tables[] = {"channels", "messages", "members", "users", "roles"};
    asked a;
    connection *c = soak_connection(s);
    const sample_table *services = sample_find(&s->mirror.sample, "services");
    value sid = sample_value(services, sample_row(services, &s->random),
                             table_column_index(services->table, services->table->key));
    const char *kind = RANDOM_OF(&s->random, tables);
    char name[32];
    snprintf(name, sizeof name, "t%llu", (unsigned long long)s->step);
    soak_exec(s, c->db,
              sqlite3_mprintf("CREATE VIRTUAL TABLE %s%s USING %s(service_sid = '%s')",
                              random_chance(&s->random, 30) ? "temp." : "", name, kind, sid.bytes));
    weather w = weather_begin(s);
    weather_apply(&w, c);
    char where[80];
    snprintf(where, sizeof where, " WHERE service_sid = '%s'", sid.bytes);
    if (asked_make_own(s, &a, c, around_select(kind, name, ""), around_select(kind, kind, where))) {
        around_drop_while_reading(s, &a, name);
        asked_judge(s, &a, (excuse){.weather = &w});
    }
    weather_end(s);
    soak_exec(s, c->db, sqlite3_mprintf("DROP TABLE %s", name));
    value_clear(&sid);
}

/* ---- connections ---- */

/* Closed with a statement open it lives on until that is finalized. */
static void around_close_with_statement(soak *s, connection *c) {
    sqlite3_stmt *statement = NULL;
    sqlite3_prepare_v2(c->db, "SELECT * FROM messages", -1, &statement, NULL);
    int rows = 0;
    while (rows < 3 && sqlite3_step(statement) == SQLITE_ROW) {
        rows++;
    }
    if (sqlite3_close(c->db) != SQLITE_BUSY) {
        soak_complain(s, "a connection was closed although a statement is open");
    }
    sqlite3_close_v2(c->db);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    c->db = NULL;
}

void around_connection(soak *s) {
    connection *c = &s->connections[1 + random_below(&s->random, SOAK_CONNECTIONS - 1)];
    if (c->db == NULL) {
        soak_open(s, c);
    } else if (random_chance(&s->random, 40)) {
        soak_count(s, c);
        around_close_with_statement(s, c);
    } else {
        soak_close(s, c);
    }
}

/* ---- chat_requests, chat_writes, chat_settings ---- */

static void around_check(soak *s, const connection *c, const char *sql) {
    if (soak_number(s, c->db, sql) != 1) {
        soak_complain(s, "not so: %s", sql);
    }
}

void around_own_tables(soak *s) {
    connection *c = soak_connection(s);
    soak_count(s, c);
    around_check(
        s, c,
        "SELECT count(*) <= (SELECT value + 0 FROM chat_settings WHERE name = 'request_log') AND"
        " count(DISTINCT id) = count(*) AND coalesce(max(id) - min(id) + 1 >= count(*), true) FROM chat_requests");
    around_check(s, c, "SELECT count(*) = 0 FROM chat_requests WHERE duration_ms IS NULL AND error IS NULL");
    around_check(s, c, "SELECT count(*) = 0 FROM chat_writes WHERE state = 'pending'");
    around_check(
        s, c, "SELECT count(*) = 0 FROM chat_settings WHERE name IN ('auth_token', 'account_sid') AND value <> '****'");
    around_check(s, c, "SELECT count(*) > 100 FROM chat_columns");
    if (random_chance(&s->random, 30)) {
        soak_exec(s, c->db, sqlite3_mprintf("DELETE FROM chat_requests"));
        around_check(s, c, "SELECT count(*) = 0 FROM chat_requests");
    }
}
