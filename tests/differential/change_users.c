/* Inserting and deleting users: see change_users.h. */
#include "change_users.h"

#include "change_beside.h"
#include "own.h"

#include <string.h>

const char change_users_tables[] = "CREATE TEMP TABLE made(service, identity, name)";

static const table *users_table(const change_play *p) {
    return table_find(tables_named(p->c->version, "users"));
}

static const char *users_service_column(const change_play *p) {
    return p->c->version == VERSION_C ? "chat_service_sid" : "service_sid";
}

/* Of any service; sqlite3_free. */
static char *users_choose_service(change_play *p) {
    const sample_table *services = sample_find(&p->c->sample, tables_named(p->c->version, "services"));
    value v = sample_value(services, sample_row(services, &p->random), table_column_index(services->table, "sid"));
    char *sid = sqlite3_mprintf("%s", v.bytes);
    value_clear(&v);
    return sid;
}

/* ---- INSERT ---- */

#define USERS_LAST "(SELECT max(seq) FROM chat_writes)"

/*
** Identities of new users and their names, a few: no identity comes twice. %s: the tag, and then tables. Some read nothing of ours
** before their first row is written.
*/
static char *users_select(change_play *p, const char *service) {
    static const char *const forms[] = {
        "'own %s ' || w.seq, w.state || w.method FROM chat_writes AS w WHERE w.seq > " USERS_LAST " - 4",
        "'own %s ' || w.seq, 'of ' || w.seq FROM (SELECT * FROM chat_writes ORDER BY seq LIMIT 3) AS w",
        "'own %s ' || n.id, (SELECT count(*) || ' ' || coalesce(max(w.seq), '') FROM chat_writes AS w"
        " WHERE w.seq > 0 AND n.id > 0) FROM notes AS n WHERE n.id <= 3",
        "'own %s ' || n.id, CASE WHEN n.id > 1"
        " THEN (SELECT count(*) || ' ' || coalesce(max(w.seq), '') FROM chat_writes AS w)"
        " ELSE '' || (SELECT count(*) FROM \"%w\") END FROM notes AS n WHERE n.id <= 3",
        "'own %s ' || n.id, CASE WHEN n.id > 1"
        " THEN (SELECT count(*) || ' ' || coalesce(max(w.seq), '') FROM chat_writes AS w) ELSE 'first' END"
        " FROM notes AS n WHERE n.id <= 3",
        "'own %s ' || n.id, CASE n.id WHEN 1 THEN 'first' WHEN 2 THEN '' || (SELECT max(r.id) FROM chat_requests AS r)"
        " ELSE '' || (SELECT count(*) FROM chat_writes AS w WHERE w.seq > n.id) END FROM notes AS n WHERE n.id <= 3",
        "'own %s ' || n.id, CASE WHEN n.id > 1"
        " THEN '' || (SELECT count(*) FROM chat_requests AS r WHERE r.id > 0 AND n.id > 0)"
        " ELSE '' || (SELECT count(*) FROM \"%w\") END FROM notes AS n WHERE n.id <= 2",
        "'own %s ' || w.seq || '-' || n.id, w.state FROM chat_writes AS w JOIN notes AS n ON n.id <= 2"
        " WHERE w.seq > " USERS_LAST " - 2",
        "'own %s ' || n.id || '-' || w.seq, w.state FROM notes AS n CROSS JOIN chat_writes AS w"
        " ON w.seq > " USERS_LAST " - 2 WHERE n.id <= 2",
        "'own %s ' || w.seq, w.method || (SELECT count(*) FROM \"%w\" AS c WHERE c.sid = w.sid)"
        " FROM chat_writes AS w WHERE w.seq > " USERS_LAST " - 3",
        "'own %s ' || s.name, s.source FROM chat_settings AS s WHERE s.name IN ('page_size', 'readonly')",
        "'own %s ' || c.name, c.type FROM chat_columns AS c WHERE c.table_name = '%w' AND c.name < 'c'",
        "'own %s ' || r.id, r.method || (SELECT count(*) FROM chat_requests AS o WHERE o.id <= r.id)"
        " FROM chat_requests AS r WHERE r.id > (SELECT max(id) FROM chat_requests) - 3",
        "'own %s ' || r.id, r.method || (SELECT count(*) FROM \"%w\" AS c WHERE c.sid = r.path)"
        " FROM chat_requests AS r WHERE r.id > (SELECT max(id) FROM chat_requests) - 2"};
    char tag[40];
    play_tag(p, tag, sizeof tag);
    char *what = sqlite3_mprintf(RANDOM_OF(&p->random, forms), tag, tables_named(p->c->version, "channels"));
    return sqlite3_mprintf("SELECT %Q, %z", service, what);
}

static void users_note_made(change_play *p, const answer *rows) {
    for (size_t i = 0; i < rows->row_count; i++) {
        const char *service = answer_cell(rows, i, 0)->bytes, *identity = answer_cell(rows, i, 1)->bytes;
        char *list = sqlite3_mprintf("/Services/%s/Users", service);
        play_model_run(p, sqlite3_mprintf("INSERT INTO made VALUES (%Q, %Q, %Q)", service, identity,
                                          answer_cell(rows, i, 2)->bytes));
        play_model_run(p, sqlite3_mprintf("INSERT INTO calls VALUES (%Q, 1)", list));
        play_model_run(
            p, sqlite3_mprintf("INSERT INTO allowed VALUES (%Q, 'Identity'), (%Q, 'FriendlyName')", list, list));
        sqlite3_str_appendf(p->log, "#     -- inserts %s\n", identity);
        sqlite3_free(list);
    }
    p->result->inserted += (int)rows->row_count;
}

static void users_insert(change_play *p, const char *service) {
    char *select = users_select(p, service);
    char *sql = sqlite3_mprintf("INSERT INTO \"%w\"(%s, identity, friendly_name) %s", users_table(p)->name,
                                users_service_column(p), select);
    own_copy(p->c->subject, p->c->reference, select);
    answer rows = play_model(p, select);
    change_beside_explain(p, sql, CHANGE_EXPLAIN_CHANCE);
    bool late = p->explain != NULL && sqlite3_get_autocommit(p->c->subject) && rows.row_count > 0;
    if (play_subject_as(p, sql, late ? PLAY_WOULD_END_LATE : PLAY_IS_DONE)) {
        users_note_made(p, &rows);
    }
    change_beside_explained(p);
    answer_clear(&rows);
    sqlite3_free(sql);
}

/* ---- DELETE ---- */

static char *users_where(change_play *p, const char *service) {
    static const char *const forms[] = {
        "sid IN (SELECT sid FROM chat_writes WHERE sid IS NOT NULL)",
        "sid IN (SELECT w.sid FROM chat_writes AS w WHERE w.operation = 'INSERT' AND w.seq %% 2 = 0)",
        "\"%w\".path IN (SELECT substr(w.path, 4) || '/' || w.sid FROM chat_writes AS w WHERE w.state = 'sent')",
        "(SELECT count(*) FROM chat_writes AS w WHERE w.seq > 0 AND w.path <> \"%w\".path) < 4",
        "EXISTS (SELECT 1 FROM chat_writes AS w WHERE w.sid = \"%w\".sid AND w.state = 'sent')",
        "identity NOT IN (SELECT 'own ' || body FROM chat_writes WHERE body IS NOT NULL) AND substr(identity, -1) "
        "< '6'",
        "friendly_name IN (SELECT source FROM chat_settings)",
        "friendly_name IN (SELECT type FROM chat_columns WHERE table_name = '%w')",
        "(SELECT count(*) FROM chat_requests AS r WHERE r.id > 0 AND \"%w\".sid <> '') > 5 AND substr(identity, "
        "-1) > '6'"};
    char *which = sqlite3_mprintf(RANDOM_OF(&p->random, forms), users_table(p)->name);
    return sqlite3_mprintf("%s = %Q AND substr(identity, 1, 4) = 'own ' AND %z", users_service_column(p), service,
                           which);
}

/* Of one who has been deleted before nothing is sent. */
static void users_note_deleted(change_play *p, const answer *paths) {
    const char *name = users_table(p)->name;
    for (size_t i = 0; i < paths->row_count; i++) {
        const char *path = answer_cell(paths, i, 0)->bytes;
        play_model_run(p, sqlite3_mprintf("DELETE FROM after.\"%w\" WHERE path = %Q", name, path));
        bool there = sqlite3_changes(p->c->reference) > 0;
        if (there) {
            play_model_run(p, sqlite3_mprintf("INSERT INTO calls VALUES ('DELETE ' || %Q, 1)", path));
        }
        play_model_run(p, sqlite3_mprintf("INSERT OR IGNORE INTO seen VALUES (%Q, %Q)", name, path));
        sqlite3_str_appendf(p->log, "#     -- %s %s\n", there ? "deletes" : "has deleted", path);
        p->result->deleted += there;
    }
}

static void users_delete(change_play *p, const char *service) {
    const char *name = users_table(p)->name;
    char *where = users_where(p, service);
    char *sql = sqlite3_mprintf("DELETE FROM \"%w\" WHERE %s", name, where);
    own_copy(p->c->subject, p->c->reference, sql);
    answer paths = play_model(p, sqlite3_mprintf("SELECT path FROM main.\"%w\" WHERE %z ORDER BY 1", name, where));
    change_beside_explain(p, sql, CHANGE_EXPLAIN_CHANCE);
    bool late = p->explain != NULL && sqlite3_get_autocommit(p->c->subject) && paths.row_count > 0;
    if (play_subject_as(p, sql, late ? PLAY_WOULD_END_LATE : PLAY_IS_DONE)) {
        users_note_deleted(p, &paths);
    }
    change_beside_explained(p);
    answer_clear(&paths);
    sqlite3_free(sql);
}

void change_users_statement(change_play *p) {
    char *service = users_choose_service(p);
    p->result->statements++;
    if (random_chance(&p->random, 60)) {
        users_insert(p, service);
    } else {
        users_delete(p, service);
    }
    sqlite3_free(service);
}

/* ---- what came of it ---- */

void change_users_adopt(change_play *p, const table *t, const char *path, const answer *row, size_t number) {
    static const char *const schemas[] = {"main", "after"};
    for (int i = 0; i < 2; i++) {
        sqlite3_str *sql = sqlite3_str_new(NULL);
        play_model_run(p, sqlite3_mprintf("DELETE FROM %s.\"%w\" WHERE path = %Q", schemas[i], t->name, path));
        if (number >= row->row_count) {
            sqlite3_free(sqlite3_str_finish(sql));
            continue;
        }
        sqlite3_str_appendf(sql, "INSERT INTO %s.\"%w\" VALUES (", schemas[i], t->name);
        for (int k = 0; k < row->column_count; k++) {
            sqlite3_str_appendall(sql, k ? ", " : "");
            value_append_literal(sql, answer_cell(row, number, k));
        }
        sqlite3_str_appendall(sql, ")");
        play_model_run(p, sqlite3_str_finish(sql));
    }
}

/* All users of the service that have been made here. */
static answer users_new(change_play *p, const char *service) {
    const table *t = users_table(p);
    sqlite3_str *sql = sqlite3_str_new(NULL);
    sqlite3_str_appendall(sql, "SELECT ");
    table_append_columns(sql, t, NULL);
    sqlite3_str_appendf(sql, " FROM \"%w\" WHERE %s = %Q AND substr(identity, 1, 4) = 'own '", t->name,
                        users_service_column(p), service);
    char *text = sqlite3_str_finish(sql);
    answer a = answer_run(p->c->subject, text, NULL, 0, 0);
    if (a.error != NULL) {
        play_complain(p, "%s: %s", text, a.error);
    }
    sqlite3_free(text);
    return a;
}

/* One user that the server has and the model has not. */
static void users_compare_one(change_play *p, const answer *came, size_t row) {
    const table *t = users_table(p);
    const char *path = answer_cell(came, row, table_column_count(t) - 1)->bytes;
    const char *identity = answer_cell(came, row, table_column_index(t, "identity"))->bytes;
    const char *name = answer_cell(came, row, table_column_index(t, "friendly_name"))->bytes;
    if (play_model_number(p, sqlite3_mprintf("SELECT count(*) FROM main.\"%w\" WHERE path = %Q", t->name, path)) > 0) {
        return;
    }
    play_model_run(p, sqlite3_mprintf("DELETE FROM made WHERE identity = %Q AND name = %Q", identity, name));
    if (sqlite3_changes(p->c->reference) != 1) {
        play_complain(p, "%s is there, of the name %s, whom no statement has inserted so", identity, name);
    }
    change_users_adopt(p, t, path, came, row);
}

void change_users_compare(change_play *p) {
    answer services = play_model(p, sqlite3_mprintf("SELECT DISTINCT service FROM made"));
    for (size_t i = 0; i < services.row_count; i++) {
        answer came = users_new(p, answer_cell(&services, i, 0)->bytes);
        for (size_t row = 0; row < came.row_count; row++) {
            users_compare_one(p, &came, row);
        }
        answer_clear(&came);
    }
    answer left = play_model(p, sqlite3_mprintf("SELECT identity FROM made"));
    if (left.row_count > 0) {
        play_complain(p, "%s is not there, and %d others", answer_cell(&left, 0, 0)->bytes, (int)left.row_count - 1);
    }
    answer_clear(&left);
    answer_clear(&services);
}
