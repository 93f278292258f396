/* Playing transactions of UPDATEs on both sides, and comparing what came of them: see changes.h. */
#include "changes.h"

#include "change_beside.h"
#include "change_own.h"
#include "change_users.h"
#include "local.h"
#include "own.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHANGES_PATIENCE = 5, CHANGES_STATEMENTS = 6, CHANGES_SAVEPOINTS = 4 };

/* ---- a statement ---- */

static void changes_append_columns(sqlite3_str *sql, const change_statement *made) {
    for (int i = 0; i < made->set_count; i++) {
        const char *form =
            made->set[i]->kind == CHANGE_TIME ? ", strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', \"%w\")" : ", \"%w\"";
        sqlite3_str_appendf(sql, form, made->set[i]->name);
    }
}

/* The rows that the statement touches, with the values that it gives: (path, set columns). */
static answer changes_touched(change_play *p, const change_statement *made) {
    sqlite3_str *sql = sqlite3_str_new(NULL);
    play_model_run(p, sqlite3_mprintf("SAVEPOINT statement"));
    play_model_run(p, sqlite3_mprintf("DELETE FROM touched"));
    play_model_run(p, sqlite3_mprintf("%s", made->sql));
    sqlite3_str_appendall(sql, "SELECT path");
    changes_append_columns(sql, made);
    sqlite3_str_appendf(sql, " FROM main.\"%w\" WHERE path IN (SELECT path FROM touched) ORDER BY 1",
                        made->table->name);
    answer a = play_model(p, sqlite3_str_finish(sql));
    play_model_run(p, sqlite3_mprintf("ROLLBACK TO statement"));
    play_model_run(p, sqlite3_mprintf("RELEASE statement"));
    return a;
}

/* Whether the old value of a column that is set may not have been seen, since lists hide it and nothing has read it: then it may
** be sent although it is the same. */
static bool changes_hidden(const change_play *p, const change_statement *made) {
    bool hidden = false;
    for (int i = 0; i < made->set_count; i++) {
        hidden = hidden || made->set[i]->kind == CHANGE_JSON;
    }
    /* What stands in a service's parts, in Conversations. */
    bool part = p->c->version == VERSION_MIGRATED && strcmp(made->table->name, "services") == 0;
    return part || (hidden && (made->table->fetch_singly & p->c->version) != 0);
}

/* Takes one touched row over into `after`, and notes a call if that changes it. */
static void changes_take(change_play *p, const change_statement *made, const answer *touched, size_t row) {
    sqlite3_str *differs = sqlite3_str_new(NULL), *set = sqlite3_str_new(NULL);
    const char *path = answer_cell(touched, row, 0)->bytes;
    for (int i = 0; i < made->set_count; i++) {
        const char *name = made->set[i]->name;
        sqlite3_str_appendf(differs, "%s\"%w\" IS NOT ", i ? " OR " : "", name);
        value_append_literal(differs, answer_cell(touched, row, i + 1));
        sqlite3_str_appendf(set, "%s\"%w\" = ", i ? ", " : "", name);
        value_append_literal(set, answer_cell(touched, row, i + 1));
        play_model_run(p, sqlite3_mprintf("INSERT INTO allowed VALUES (%Q, %Q)", path, made->set[i]->parameter));
    }
    play_model_run(p, sqlite3_mprintf("INSERT OR IGNORE INTO seen VALUES (%Q, %Q)", made->table->name, path));
    char *which = sqlite3_str_finish(differs);
    play_model_run(p, sqlite3_mprintf("INSERT INTO calls SELECT path, 1 FROM after.\"%w\" WHERE path = %Q AND (%z)",
                                      made->table->name, path, which));
    bool changed = sqlite3_changes(p->c->reference) > 0;
    if (!changed && changes_hidden(p, made)) {
        play_model_run(p, sqlite3_mprintf("INSERT INTO calls VALUES (%Q, 0)", path));
    }
    p->result->unchanged += !changed;
    sqlite3_str_appendf(p->log, "#     -- %s %s\n", changed ? "changes" : "leaves", path);
    char *values = sqlite3_str_finish(set);
    play_model_run(p, sqlite3_mprintf("UPDATE after.\"%w\" SET %z WHERE path = %Q", made->table->name, values, path));
}

/* Whether one of the rows has been changed before in this transaction. */
static bool changes_again(change_play *p, const answer *touched) {
    bool again = false;
    for (size_t i = 0; i < touched->row_count && !again; i++) {
        again = play_model_number(p, sqlite3_mprintf("SELECT count(*) FROM calls WHERE path = %Q",
                                                     answer_cell(touched, i, 0)->bytes)) > 0;
    }
    return again;
}

static void changes_run_statement(change_play *p, const change_statement *made) {
    own_copy(p->c->subject, p->c->reference, made->sql);
    answer touched = changes_touched(p, made);
    change_beside_explain(p, made->sql, CHANGE_EXPLAIN_CHANCE);
    bool late = p->explain != NULL && sqlite3_get_autocommit(p->c->subject) && touched.row_count > 0;
    bool again = changes_again(p, &touched);
    if (play_subject_as(p, made->sql,
                        late    ? PLAY_WOULD_END_LATE
                        : again ? PLAY_MAY_READ_WHAT_IS_NO_MORE
                                : PLAY_IS_DONE)) {
        for (size_t i = 0; i < touched.row_count; i++) {
            changes_take(p, made, &touched, i);
        }
    }
    change_beside_explained(p);
    answer_clear(&touched);
}

static void changes_statement(change_play *p) {
    change_statement made;
    char tag[40];
    unsigned parts = (p->c->no_from ? 0u : (unsigned)CHANGE_FROM) | (p->c->no_own ? 0u : (unsigned)CHANGE_OWN);
    play_tag(p, tag, sizeof tag);
    change_make(&made, &p->rows[random_below(&p->random, p->kinds)], &p->c->sample, p->c->reference, &p->random, tag,
                parts);
    p->result->statements++;
    if (made.prepare != NULL) {
        char *message = NULL;
        play_subject(p, made.prepare);
        sqlite3_exec(p->c->reference, made.prepare, NULL, NULL, &message);
        sqlite3_free(message);
    }
    if (!p->failed) {
        changes_run_statement(p, &made);
    }
    change_free(&made);
}

static char *changes_edits(sqlite3 *db) {
    sqlite3_str *all = sqlite3_str_new(NULL);
    answer a = answer_run(db, "SELECT * FROM edits ORDER BY id", NULL, 0, 0);
    for (size_t i = 0; i < a.row_count * (size_t)a.column_count; i++) {
        value_append_literal(all, &a.cells[i]);
        sqlite3_str_appendall(all, ",");
    }
    answer_clear(&a);
    return sqlite3_str_finish(all);
}

/* Into the local table, by what the extension's own tables hold. */
static void changes_local(change_play *p) {
    char tag[40];
    play_tag(p, tag, sizeof tag);
    char *sql = change_own_local(&p->random, tag, p->rows[0].table->table->name);
    own_copy(p->c->subject, p->c->reference, sql);
    play_both(p, sql);
    char *expected = changes_edits(p->c->reference), *came = changes_edits(p->c->subject);
    if (!p->failed && (expected != NULL) != (came != NULL)) {
        play_complain(p, "%s: one side has no rows", sql);
    } else if (!p->failed && expected != NULL && strcmp(expected, came) != 0) {
        play_complain(p, "%s: has made %.300s, not %.300s", sql, came, expected);
    }
    p->result->local++;
    sqlite3_free(expected);
    sqlite3_free(came);
    sqlite3_free(sql);
}

static void changes_savepoint(change_play *p) {
    char sql[40];
    bool open = p->savepoints == 0 || (p->savepoints < CHANGES_SAVEPOINTS && random_chance(&p->random, 50));
    int level = open ? p->savepoints : random_below(&p->random, p->savepoints);
    bool back = random_chance(&p->random, 65);
    snprintf(sql, sizeof sql, "%s s%d", open ? "SAVEPOINT" : back ? "ROLLBACK TO" : "RELEASE", level);
    play_both(p, sql);
    p->savepoints = open || back ? level + 1 : level;
}

/* ---- what came of it ---- */

/* Whether every parameter of a call's body belongs to a column that a statement has set for that row. */
static void changes_check_body(change_play *p, const char *path, const char *body) {
    while (*body != 0) {
        size_t length = strcspn(body, "=");
        char *sql = sqlite3_mprintf("SELECT count(*) FROM allowed WHERE path = %Q AND parameter = '%.*q'", path,
                                    (int)length, body);
        if (play_model_number(p, sql) == 0) {
            play_complain(p, "%s: %.*s is sent, which no statement has set: %s", path, (int)length, body, body);
            return;
        }
        body += strcspn(body, "&");
        body += *body == '&';
    }
}

/* What Chat calls the address that Conversations was asked at. sqlite3_malloc'ed. */
static char *changes_our_path(const change_play *p, const char *theirs) {
    static const char *const words[][2] = {
        {"Conversations", "Channels"}, {"Participants", "Members"}, {"Configuration", ""}};
    char *ours = sqlite3_mprintf("%s", "");
    while (*theirs == '/') {
        size_t length = strcspn(++theirs, "/");
        const char *word = NULL;
        for (size_t i = 0; i < 3 && p->c->version == VERSION_MIGRATED; i++) {
            bool found = strlen(words[i][0]) == length && strncmp(words[i][0], theirs, length) == 0;
            word = found ? words[i][1] : word;
        }
        char *longer = word == NULL ? sqlite3_mprintf("%s/%.*s", ours, (int)length, theirs)
                                    : sqlite3_mprintf("%s%s%s", ours, *word ? "/" : "", word);
        sqlite3_free(ours);
        ours = longer;
        theirs += length;
    }
    return ours;
}

/* The calls that the server has applied: into `sent`. */
static void changes_read_ledger(change_play *p) {
    char url[200];
    snprintf(url, sizeof url, "%s/__control/ledger", p->c->client->origin);
    json_t *ledger = http_get(p->c->client, url);
    for (size_t i = 0; i < json_array_size(ledger); i++) {
        const json_t *entry = json_array_get(ledger, i);
        const char *path = json_string_value(json_object_get(entry, "path"));
        const char *method = json_string_value(json_object_get(entry, "method"));
        const char *body = json_string_value(json_object_get(entry, "body"));
        const char *behind = path == NULL ? NULL : strchr(path + 1, '/'); /* the version */
        if (behind != NULL) {
            char *ours = changes_our_path(p, behind);
            const char *before = method != NULL && strcmp(method, "DELETE") == 0 ? "DELETE " : "";
            play_model_run(p, sqlite3_mprintf("INSERT INTO sent VALUES (%Q || %Q, %Q)", before, ours, body));
            changes_check_body(p, ours, body == NULL ? "" : body);
            sqlite3_free(ours);
        }
    }
    json_decref(ledger);
}

static void changes_compare_calls(change_play *p) {
    changes_read_ledger(p);
    answer a = play_model(
        p, sqlite3_mprintf("SELECT path, sum(sure), sum(sent), (SELECT group_concat(body, '   ') FROM sent AS s WHERE "
                           "s.path = every.path) FROM (SELECT path, sure, 1 AS may, 0 AS sent FROM calls UNION ALL "
                           "SELECT path, 0, 0, 1 FROM sent) AS every "
                           "GROUP BY 1 HAVING sum(sent) NOT BETWEEN sum(sure) AND sum(may)"));
    for (size_t i = 0; i < a.row_count; i++) {
        const char *bodies = answer_cell(&a, i, 3)->bytes;
        play_complain(p, "%s: %lld calls should have been sent, %lld were: %s", answer_cell(&a, i, 0)->bytes,
                      answer_cell(&a, i, 1)->integer, answer_cell(&a, i, 2)->integer, bodies == NULL ? "" : bodies);
    }
    answer_clear(&a);
    p->result->calls += (int)play_model_number(p, sqlite3_mprintf("SELECT count(*) FROM calls WHERE sure"));
}

static char *changes_row_sql(const char *schema, const table *t, const char *path) {
    sqlite3_str *sql = sqlite3_str_new(NULL);
    sqlite3_str_appendall(sql, "SELECT ");
    table_append_columns(sql, t, NULL);
    sqlite3_str_appendf(sql, " FROM %s.\"%w\" WHERE path = %Q", schema, t->name, path);
    return sqlite3_str_finish(sql);
}

static bool changes_was_set(change_play *p, const char *path, const char *parameter) {
    return play_model_number(p, sqlite3_mprintf("SELECT count(*) FROM allowed WHERE path = %Q AND parameter = %Q", path,
                                                parameter)) > 0;
}

static void changes_compare_row(change_play *p, const table *t, const char *path, const answer *expected,
                                const answer *came) {
    int count;
    const change_column *columns = change_columns(&count);
    if (expected->row_count != 1 || came->row_count != 1) {
        bool gone = expected->row_count == 0 && came->row_count == 0 && came->error == NULL;
        if (!gone) {
            play_complain(p, "%s: %d rows, %s", path, (int)came->row_count, came->error == NULL ? "" : came->error);
        }
        return;
    }
    for (int i = 0; i < count; i++) {
        const change_column *each = &columns[i];
        bool ours = strcmp(each->table, t->name) == 0 && (each->versions & p->c->version) != 0;
        if (!ours || (each->touched && !changes_was_set(p, path, each->parameter))) {
            continue;
        }
        int at = table_column_index(t, each->name);
        sqlite3_str *should = sqlite3_str_new(NULL), *is = sqlite3_str_new(NULL);
        value_append_literal(should, answer_cell(expected, 0, at));
        value_append_literal(is, answer_cell(came, 0, at));
        char *one = sqlite3_str_finish(should), *other = sqlite3_str_finish(is);
        if (strcmp(one, other) != 0) {
            play_complain(p, "%s: %s is %.200s, should be %.200s", path, each->name, other, one);
        }
        sqlite3_free(one);
        sqlite3_free(other);
    }
}

/* Every row that a statement has touched, as the server has it now. */
static void changes_compare_rows(change_play *p) {
    answer seen = play_model(p, sqlite3_mprintf("SELECT table_name, path FROM seen"));
    for (size_t i = 0; i < seen.row_count; i++) {
        const table *t = table_find(answer_cell(&seen, i, 0)->bytes);
        const char *path = answer_cell(&seen, i, 1)->bytes;
        char *sql = changes_row_sql("main", t, path);
        answer came = answer_run(p->c->subject, sql, NULL, 0, 0);
        sqlite3_free(sql);
        answer expected = play_model(p, changes_row_sql("after", t, path));
        changes_compare_row(p, t, path, &expected, &came);
        change_users_adopt(p, t, path, &came, 0);
        answer_clear(&expected);
        answer_clear(&came);
    }
    answer_clear(&seen);
}

/* ---- a transaction ---- */

static void changes_forget(change_play *p) {
    static const char *const tables[] = {"calls", "allowed", "seen", "sent", "made"};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        play_model_run(p, sqlite3_mprintf("DELETE FROM %s", tables[i]));
    }
}

static void changes_work(change_play *p) {
    static void (*const kinds[])(change_play *) = {changes_savepoint, changes_statement, changes_local,
                                                   change_users_statement};
    int steps = 1 + random_below(&p->random, CHANGES_STATEMENTS);
    for (int i = 0; i < steps && !p->failed; i++) {
        int weights[] = {20, 60, p->c->no_own ? 0 : 8, p->c->no_own ? 0 : 15};
        if (random_chance(&p->random, 12)) {
            change_beside_open(p);
        }
        kinds[random_weighted(&p->random, weights, 4)](p);
    }
}

/* A failed transaction is taken back on both sides. What the server has all the same is taken over without comparing. */
static void changes_end(change_play *p, bool alone) {
    bool commit = alone || random_chance(&p->random, 85);
    if (random_chance(&p->random, 30)) {
        change_beside_close(p);
    }
    if (!alone && !p->failed) {
        change_beside_explain(p, "UPDATE notes SET name = 'none'", commit ? CHANGE_EXPLAIN_CHANCE : 0);
        if (p->explain != NULL) {
            play_subject_as(p, "COMMIT", PLAY_IN_PROGRESS);
            change_beside_explained(p);
        }
        play_subject(p, commit ? "COMMIT" : "ROLLBACK");
    }
    if (!sqlite3_get_autocommit(p->c->subject)) {
        sqlite3_exec(p->c->subject, "ROLLBACK", NULL, NULL, NULL);
    }
    if (p->failed) { /* what a statement by itself has written there, the model's transaction takes back */
        sqlite3_exec(p->c->subject, "DELETE FROM edits", NULL, NULL, NULL);
    }
    if (p->failed || !commit) {
        /* The rows that may differ are to be known after the ROLLBACK of the model. */
        answer seen = play_model(p, sqlite3_mprintf("SELECT table_name, path FROM seen"));
        sqlite3_exec(p->c->reference, "ROLLBACK", NULL, NULL, NULL);
        for (size_t i = 0; i < seen.row_count; i++) {
            play_model_run(p, sqlite3_mprintf("INSERT OR IGNORE INTO seen VALUES (%Q, %Q)",
                                              answer_cell(&seen, i, 0)->bytes, answer_cell(&seen, i, 1)->bytes));
        }
        answer_clear(&seen);
        if (p->failed) {
            play_model_run(p, sqlite3_mprintf("DELETE FROM edits"));
        }
    } else {
        play_model_run(p, sqlite3_mprintf("COMMIT"));
    }
    if (!p->failed) {
        changes_compare_calls(p);
    }
    change_users_compare(p);
    changes_compare_rows(p);
    change_beside_close(p);
}

static void changes_one(change_play *p) {
    bool alone = random_chance(&p->random, 30) || p->c->no_again;
    p->kinds = 1 + random_chance(&p->random, 30);
    for (int i = 0; i < p->kinds; i++) {
        change_choose_rows(&p->rows[i], &p->c->sample, &p->random);
    }
    http_control(p->c->client, "/__control/reset");
    changes_forget(p);
    play_model_run(p, sqlite3_mprintf("BEGIN"));
    change_beside_open(p);
    if (alone && !p->c->no_own && random_chance(&p->random, 20)) {
        change_users_statement(p);
    } else if (alone) {
        changes_statement(p);
    } else {
        play_subject(p, "BEGIN");
        changes_work(p);
    }
    changes_end(p, alone);
}

changes_result changes_run(changes *c, int count) {
    changes_result result = {0};
    for (int number = 1; number <= count && result.wrong < CHANGES_PATIENCE; number++) {
        change_play p = {.c = c, .number = (uint64_t)number, .log = sqlite3_str_new(NULL), .result = &result};
        random_start(&p.random, c->seed, c->label, p.number);
        changes_one(&p);
        char *log = sqlite3_str_finish(p.log);
        if (p.wrong > 0 || p.number == c->shown) {
            printf("# %s, writes %d:\n%s", c->label, number, log == NULL ? "" : log);
        }
        sqlite3_free(log);
        result.wrong += p.wrong > 0;
        result.transactions++;
    }
    return result;
}

/* ---- all rows ---- */

/* Every column that can be set, of every row: one text. */
static char *changes_digest(sqlite3 *db, const changes *c, const char *name, size_t *rows) {
    int count;
    const change_column *columns = change_columns(&count);
    sqlite3_str *sql = sqlite3_str_new(NULL), *all = sqlite3_str_new(NULL);
    sqlite3_str_appendall(sql, "SELECT path");
    for (int i = 0; i < count; i++) {
        if (strcmp(columns[i].table, name) == 0 && (columns[i].versions & c->version) != 0) {
            sqlite3_str_appendf(sql, ", \"%w\"", columns[i].name);
        }
    }
    sqlite3_str_appendf(sql, " FROM main.\"%w\" ORDER BY 1", name);
    char *text = sqlite3_str_finish(sql);
    answer a = answer_run(db, text, NULL, 0, 0);
    *rows = a.row_count;
    for (size_t i = 0; i < a.row_count * (size_t)a.column_count; i++) {
        value_append_key(all, &a.cells[i]);
    }
    if (a.error != NULL) {
        printf("# %s: %s\n", text, a.error);
    }
    sqlite3_free(text);
    answer_clear(&a);
    return sqlite3_str_finish(all);
}

bool changes_scan(changes *c) {
    int count;
    const change_column *columns = change_columns(&count);
    bool same = true;
    for (int i = 0; i < count; i++) {
        size_t expected = 0, came = 0;
        if ((i > 0 && strcmp(columns[i].table, columns[i - 1].table) == 0) ||
            (table_find(columns[i].table)->versions & c->version) == 0) {
            continue;
        }
        char *one = changes_digest(c->reference, c, columns[i].table, &expected);
        char *other = changes_digest(c->subject, c, columns[i].table, &came);
        bool equal = one != NULL && other != NULL && expected == came && strcmp(one, other) == 0;
        if (!equal) {
            printf("# %s: %s differs from the model: %zu rows, %zu in the model\n", c->label, columns[i].table, came,
                   expected);
        }
        same = same && equal;
        sqlite3_free(one);
        sqlite3_free(other);
    }
    return same;
}

/* ---- beginning and end ---- */

static bool changes_prepare_table(sqlite3 *db, const char *name) {
    char *sql = sqlite3_mprintf("CREATE TABLE after.\"%w\" AS SELECT * FROM main.\"%w\";"
                                "CREATE UNIQUE INDEX after.\"i_%w\" ON \"%w\"(path);"
                                "CREATE TEMP TRIGGER \"t_%w\" AFTER UPDATE ON main.\"%w\" BEGIN"
                                " INSERT OR IGNORE INTO touched VALUES (NEW.path); END",
                                name, name, name, name, name, name);
    bool done = sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
    if (!done) {
        printf("# %s: %s\n", name, sqlite3_errmsg(db));
    }
    sqlite3_free(sql);
    return done;
}

/* Of which the model does not know the state: they take no writes. */
static bool changes_find_closed(changes *c) {
    if (c->version < VERSION_C) {
        return true;
    }
    answer a = answer_run(c->subject,
                          "SELECT coalesce(group_concat(sid, ' '), '') FROM conversations WHERE state NOT IN ('active',"
                          " 'inactive')",
                          NULL, 0, 0);
    c->sample.closed = a.row_count == 1 ? sqlite3_mprintf("%s", answer_cell(&a, 0, 0)->bytes) : NULL;
    answer_clear(&a);
    return c->sample.closed != NULL;
}

bool changes_open(changes *c) {
    /* Of several matching rows the last one counts: in the order of the table, not in that of an automatic index. */
    static const char order[] = "PRAGMA automatic_index = 0";
    static const char tables[] = "ATTACH ':memory:' AS after; CREATE TEMP TABLE touched(path PRIMARY KEY);"
                                 "CREATE TEMP TABLE calls(path, sure); CREATE TEMP TABLE sent(path, body);"
                                 "CREATE TEMP TABLE allowed(path, parameter);"
                                 "CREATE TEMP TABLE seen(table_name, path, PRIMARY KEY(table_name, path))";
    int count;
    const change_column *columns = change_columns(&count);
    bool done = sample_load(&c->sample, c->reference, c->version) && changes_find_closed(c) &&
                sqlite3_exec(c->reference, tables, NULL, NULL, NULL) == SQLITE_OK &&
                sqlite3_exec(c->reference, change_users_tables, NULL, NULL, NULL) == SQLITE_OK &&
                local_create(c->subject, &c->sample, c->seed) && local_create(c->reference, &c->sample, c->seed) &&
                beside_create(c->subject, &c->sample) && own_create(c->subject, c->reference) &&
                sqlite3_exec(c->reference, order, NULL, NULL, NULL) == SQLITE_OK &&
                sqlite3_exec(c->subject, order, NULL, NULL, NULL) == SQLITE_OK &&
                sqlite3_exec(c->reference, change_edits, NULL, NULL, NULL) == SQLITE_OK &&
                sqlite3_exec(c->subject, change_edits, NULL, NULL, NULL) == SQLITE_OK;
    for (int i = 0; done && i < count; i++) {
        if ((i == 0 || strcmp(columns[i].table, columns[i - 1].table) != 0) &&
            (table_find(columns[i].table)->versions & c->version) != 0) {
            done = changes_prepare_table(c->reference, columns[i].table);
        }
    }
    return done;
}

void changes_close(changes *c) {
    sample_clear(&c->sample);
}
