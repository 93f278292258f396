/* Playing transactions of UPDATEs on both sides, and comparing what came of them: see changes.h. */
#include "changes.h"

#include "change_statement.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHANGES_PATIENCE = 5, CHANGES_STATEMENTS = 6, CHANGES_SAVEPOINTS = 4 };

typedef struct change_play {
    changes *c;
    random_state random;
    uint64_t number;
    sqlite3_str *log;
    change_rows rows[2];
    int kinds;      /* of rows: 1 or 2 */
    int savepoints; /* open */
    int tags;
    int wrong;
    bool failed; /* a statement has failed: the rest is not compared */
    changes_result *result;
} change_play;

/* ---- running SQL ---- */

static void changes_complain(change_play *p, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    printf("# %s, writes %llu: %s\n", p->c->label, (unsigned long long)p->number, text);
    sqlite3_free(text);
    p->wrong++;
}

/* On the model; that fails only if this program is wrong. Takes the text over. */
static answer changes_model(change_play *p, char *sql) {
    answer a = answer_run(p->c->reference, sql, NULL, 0, 0);
    if (a.error != NULL) {
        changes_complain(p, "the model: %s: %s", sql, a.error);
        p->failed = true;
    }
    sqlite3_free(sql);
    return a;
}

static void changes_model_run(change_play *p, char *sql) {
    answer a = changes_model(p, sql);
    answer_clear(&a);
}

static sqlite3_int64 changes_model_number(change_play *p, char *sql) {
    answer a = changes_model(p, sql);
    sqlite3_int64 number = a.row_count > 0 ? answer_cell(&a, 0, 0)->integer : 0;
    answer_clear(&a);
    return number;
}

/*
** On the extension's side. What takes a row that the transaction has changed before may be refused, an UPDATE that reads the
** column which it sets, since it would read what is no more: may_refuse. Then nothing of it is there.
*/
static bool changes_subject_may(change_play *p, const char *sql, bool may_refuse) {
    char *message = NULL;
    sqlite3_str_appendf(p->log, "#   %s;\n", sql);
    bool done = sqlite3_exec(p->c->subject, sql, NULL, NULL, &message) == SQLITE_OK;
    if (!done && may_refuse && message != NULL && strstr(message, "reads what the service still has") != NULL) {
        sqlite3_str_appendf(p->log, "#     -- %s\n", message);
        p->result->refused++;
    } else if (!done) {
        changes_complain(p, "%s: %s", sql, message == NULL ? "" : message);
        p->failed = true;
    }
    sqlite3_free(message);
    return done;
}

static bool changes_subject(change_play *p, const char *sql) {
    return changes_subject_may(p, sql, false);
}

/* The same on both sides. */
static void changes_both(change_play *p, const char *sql) {
    if (changes_subject(p, sql)) {
        changes_model_run(p, sqlite3_mprintf("%s", sql));
    }
}

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
    changes_model_run(p, sqlite3_mprintf("SAVEPOINT statement"));
    changes_model_run(p, sqlite3_mprintf("DELETE FROM touched"));
    changes_model_run(p, sqlite3_mprintf("%s", made->sql));
    sqlite3_str_appendall(sql, "SELECT path");
    changes_append_columns(sql, made);
    sqlite3_str_appendf(sql, " FROM main.\"%w\" WHERE path IN (SELECT path FROM touched) ORDER BY 1",
                        made->table->name);
    answer a = changes_model(p, sqlite3_str_finish(sql));
    changes_model_run(p, sqlite3_mprintf("ROLLBACK TO statement"));
    changes_model_run(p, sqlite3_mprintf("RELEASE statement"));
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
        changes_model_run(p, sqlite3_mprintf("INSERT INTO allowed VALUES (%Q, %Q)", path, made->set[i]->parameter));
    }
    changes_model_run(p, sqlite3_mprintf("INSERT OR IGNORE INTO seen VALUES (%Q, %Q)", made->table->name, path));
    char *which = sqlite3_str_finish(differs);
    changes_model_run(p, sqlite3_mprintf("INSERT INTO calls SELECT path, 1 FROM after.\"%w\" WHERE path = %Q AND (%z)",
                                         made->table->name, path, which));
    bool changed = sqlite3_changes(p->c->reference) > 0;
    if (!changed && changes_hidden(p, made)) {
        changes_model_run(p, sqlite3_mprintf("INSERT INTO calls VALUES (%Q, 0)", path));
    }
    p->result->unchanged += !changed;
    sqlite3_str_appendf(p->log, "#     -- %s %s\n", changed ? "changes" : "leaves", path);
    char *values = sqlite3_str_finish(set);
    changes_model_run(p,
                      sqlite3_mprintf("UPDATE after.\"%w\" SET %z WHERE path = %Q", made->table->name, values, path));
}

/* Whether one of the rows has been changed before in this transaction. */
static bool changes_again(change_play *p, const answer *touched) {
    bool again = false;
    for (size_t i = 0; i < touched->row_count && !again; i++) {
        again = changes_model_number(p, sqlite3_mprintf("SELECT count(*) FROM calls WHERE path = %Q",
                                                        answer_cell(touched, i, 0)->bytes)) > 0;
    }
    return again;
}

static void changes_statement(change_play *p) {
    change_statement made;
    char tag[40];
    snprintf(tag, sizeof tag, "w%llux%d", (unsigned long long)p->number, ++p->tags);
    change_make(&made, &p->rows[random_below(&p->random, p->kinds)], &p->c->sample, p->c->reference, &p->random, tag,
                !p->c->no_from);
    p->result->statements++;
    if (made.prepare != NULL) {
        char *message = NULL;
        changes_subject(p, made.prepare);
        sqlite3_exec(p->c->reference, made.prepare, NULL, NULL, &message);
        sqlite3_free(message);
    }
    if (!p->failed) {
        answer touched = changes_touched(p, &made);
        if (changes_subject_may(p, made.sql, changes_again(p, &touched))) {
            for (size_t i = 0; i < touched.row_count; i++) {
                changes_take(p, &made, &touched, i);
            }
        }
        answer_clear(&touched);
    }
    change_free(&made);
}

static void changes_savepoint(change_play *p) {
    char sql[40];
    bool open = p->savepoints == 0 || (p->savepoints < CHANGES_SAVEPOINTS && random_chance(&p->random, 50));
    int level = open ? p->savepoints : random_below(&p->random, p->savepoints);
    bool back = random_chance(&p->random, 65);
    snprintf(sql, sizeof sql, "%s s%d", open ? "SAVEPOINT" : back ? "ROLLBACK TO" : "RELEASE", level);
    changes_both(p, sql);
    p->savepoints = open || back ? level + 1 : level;
}

/* ---- what came of it ---- */

/* Whether every parameter of a call's body belongs to a column that a statement has set for that row. */
static void changes_check_body(change_play *p, const char *path, const char *body) {
    while (*body != 0) {
        size_t length = strcspn(body, "=");
        char *sql = sqlite3_mprintf("SELECT count(*) FROM allowed WHERE path = %Q AND parameter = '%.*q'", path,
                                    (int)length, body);
        if (changes_model_number(p, sql) == 0) {
            changes_complain(p, "%s: %.*s is sent, which no statement has set: %s", path, (int)length, body, body);
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
        const char *body = json_string_value(json_object_get(entry, "body"));
        const char *behind = path == NULL ? NULL : strchr(path + 1, '/'); /* the version */
        if (behind != NULL) {
            char *ours = changes_our_path(p, behind);
            changes_model_run(p, sqlite3_mprintf("INSERT INTO sent VALUES (%Q, %Q)", ours, body));
            changes_check_body(p, ours, body == NULL ? "" : body);
            sqlite3_free(ours);
        }
    }
    json_decref(ledger);
}

static void changes_compare_calls(change_play *p) {
    changes_read_ledger(p);
    answer a = changes_model(
        p, sqlite3_mprintf("SELECT path, sum(sure), sum(sent), (SELECT group_concat(body, '   ') FROM sent AS s WHERE "
                           "s.path = every.path) FROM (SELECT path, sure, 1 AS may, 0 AS sent FROM calls UNION ALL "
                           "SELECT path, 0, 0, 1 FROM sent) AS every "
                           "GROUP BY 1 HAVING sum(sent) NOT BETWEEN sum(sure) AND sum(may)"));
    for (size_t i = 0; i < a.row_count; i++) {
        const char *bodies = answer_cell(&a, i, 3)->bytes;
        changes_complain(p, "%s: %lld calls should have been sent, %lld were: %s", answer_cell(&a, i, 0)->bytes,
                         answer_cell(&a, i, 1)->integer, answer_cell(&a, i, 2)->integer, bodies == NULL ? "" : bodies);
    }
    answer_clear(&a);
    p->result->calls += (int)changes_model_number(p, sqlite3_mprintf("SELECT count(*) FROM calls WHERE sure"));
}

static char *changes_row_sql(const char *schema, const table *t, const char *path) {
    sqlite3_str *sql = sqlite3_str_new(NULL);
    sqlite3_str_appendall(sql, "SELECT ");
    table_append_columns(sql, t, NULL);
    sqlite3_str_appendf(sql, " FROM %s.\"%w\" WHERE path = %Q", schema, t->name, path);
    return sqlite3_str_finish(sql);
}

static bool changes_was_set(change_play *p, const char *path, const char *parameter) {
    return changes_model_number(p, sqlite3_mprintf("SELECT count(*) FROM allowed WHERE path = %Q AND parameter = %Q",
                                                   path, parameter)) > 0;
}

static void changes_compare_row(change_play *p, const table *t, const char *path, const answer *expected,
                                const answer *came) {
    int count;
    const change_column *columns = change_columns(&count);
    if (expected->row_count != 1 || came->row_count != 1) {
        changes_complain(p, "%s: %zu rows", path, came->row_count);
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
            changes_complain(p, "%s: %s is %.200s, should be %.200s", path, each->name, other, one);
        }
        sqlite3_free(one);
        sqlite3_free(other);
    }
}

/* Both copies of the model get what the server has now, with the times that it has set. */
static void changes_adopt(change_play *p, const table *t, const char *path, const answer *row) {
    static const char *const schemas[] = {"main", "after"};
    for (int i = 0; i < 2 && row->row_count == 1; i++) {
        sqlite3_str *sql = sqlite3_str_new(NULL);
        changes_model_run(p, sqlite3_mprintf("DELETE FROM %s.\"%w\" WHERE path = %Q", schemas[i], t->name, path));
        sqlite3_str_appendf(sql, "INSERT INTO %s.\"%w\" VALUES (", schemas[i], t->name);
        for (int k = 0; k < row->column_count; k++) {
            sqlite3_str_appendall(sql, k ? ", " : "");
            value_append_literal(sql, answer_cell(row, 0, k));
        }
        sqlite3_str_appendall(sql, ")");
        changes_model_run(p, sqlite3_str_finish(sql));
    }
}

/* Every row that a statement has touched, as the server has it now. */
static void changes_compare_rows(change_play *p) {
    answer seen = changes_model(p, sqlite3_mprintf("SELECT table_name, path FROM seen"));
    for (size_t i = 0; i < seen.row_count; i++) {
        const table *t = table_find(answer_cell(&seen, i, 0)->bytes);
        const char *path = answer_cell(&seen, i, 1)->bytes;
        char *sql = changes_row_sql("main", t, path);
        answer came = answer_run(p->c->subject, sql, NULL, 0, 0);
        sqlite3_free(sql);
        answer expected = changes_model(p, changes_row_sql("after", t, path));
        changes_compare_row(p, t, path, &expected, &came);
        changes_adopt(p, t, path, &came);
        answer_clear(&expected);
        answer_clear(&came);
    }
    answer_clear(&seen);
}

/* ---- a transaction ---- */

static void changes_forget(change_play *p) {
    static const char *const tables[] = {"calls", "allowed", "seen", "sent"};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        changes_model_run(p, sqlite3_mprintf("DELETE FROM %s", tables[i]));
    }
}

static void changes_work(change_play *p) {
    int steps = 1 + random_below(&p->random, CHANGES_STATEMENTS);
    for (int i = 0; i < steps && !p->failed; i++) {
        if (random_chance(&p->random, 20)) {
            changes_savepoint(p);
        } else {
            changes_statement(p);
        }
    }
}

/* A failed transaction is taken back on both sides. What the server has all the same is taken over without comparing. */
static void changes_end(change_play *p, bool alone) {
    bool commit = alone || random_chance(&p->random, 85);
    if (!alone && !p->failed) {
        changes_subject(p, commit ? "COMMIT" : "ROLLBACK");
    }
    if (!sqlite3_get_autocommit(p->c->subject)) {
        sqlite3_exec(p->c->subject, "ROLLBACK", NULL, NULL, NULL);
    }
    if (p->failed || !commit) {
        /* The rows that may differ are to be known after the ROLLBACK of the model. */
        answer seen = changes_model(p, sqlite3_mprintf("SELECT table_name, path FROM seen"));
        sqlite3_exec(p->c->reference, "ROLLBACK", NULL, NULL, NULL);
        for (size_t i = 0; i < seen.row_count; i++) {
            changes_model_run(p, sqlite3_mprintf("INSERT OR IGNORE INTO seen VALUES (%Q, %Q)",
                                                 answer_cell(&seen, i, 0)->bytes, answer_cell(&seen, i, 1)->bytes));
        }
        answer_clear(&seen);
    } else {
        changes_model_run(p, sqlite3_mprintf("COMMIT"));
    }
    if (!p->failed) {
        changes_compare_calls(p);
    }
    changes_compare_rows(p);
}

static void changes_one(change_play *p) {
    bool alone = random_chance(&p->random, 30) || p->c->no_again;
    p->kinds = 1 + random_chance(&p->random, 30);
    for (int i = 0; i < p->kinds; i++) {
        change_choose_rows(&p->rows[i], &p->c->sample, &p->random);
    }
    http_control(p->c->client, "/__control/reset");
    changes_forget(p);
    changes_model_run(p, sqlite3_mprintf("BEGIN"));
    if (alone) {
        changes_statement(p);
    } else {
        changes_subject(p, "BEGIN");
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
