/* The comparison tried on planted differences: see self_test.h. */
#include "self_test.h"

#include "compare.h"
#include "session.h"
#include "standin.h"
#include "tap.h"
#include "times.h"

#include <stdio.h>
#include <string.h>

/* Gives the table's rows another order, and indexes, so that its plans and the order of its answers are unlike the
** reference's: what then differs is a query that does not fix its answer, a fault of the generator. */
static bool self_test_shuffle(sqlite3 *db, const table *t) {
    char *rename = sqlite3_mprintf("ALTER TABLE \"%w\" RENAME TO old", t->name);
    char *refill = sqlite3_mprintf("INSERT INTO \"%w\" SELECT * FROM old ORDER BY substr(path, -6); DROP TABLE old;"
                                   "CREATE INDEX \"i_%w\" ON \"%w\"(\"%w\")",
                                   t->name, t->name, t->name, t->columns[t->parent == NULL ? 2 : 5].name);
    bool shuffled = sqlite3_exec(db, rename, NULL, NULL, NULL) == SQLITE_OK && table_create(db, t, true) == SQLITE_OK &&
                    sqlite3_exec(db, refill, NULL, NULL, NULL) == SQLITE_OK;
    sqlite3_free(rename);
    sqlite3_free(refill);
    return shuffled;
}

static bool self_test_shuffle_all(sqlite3 *db) {
    int count;
    const table *tables = tables_chat(&count);
    for (int i = 0; i < count; i++) {
        if ((tables[i].versions & VERSION_BOTH) != 0 && !self_test_shuffle(db, &tables[i])) {
            return false;
        }
    }
    return true;
}

static bool self_test_open(session *s, uint64_t seed) {
    memset(s, 0, sizeof *s);
    s->label = "self-test";
    s->rerun = "--self-test";
    s->seed = seed;
    return sqlite3_open(":memory:", &s->subject) == SQLITE_OK && sqlite3_open(":memory:", &s->reference) == SQLITE_OK &&
           times_create(s->subject) && standin_create(s->subject, seed) && self_test_shuffle_all(s->subject) &&
           standin_create(s->reference, seed) && session_open(s, s->reference, VERSION_2);
}

static void self_test_close(session *s) {
    session_close(s);
    sqlite3_close(s->subject);
    sqlite3_close(s->reference);
}

static void self_test_agree(session *s, int queries) {
    session_result result = session_run(s, queries, 0);
    int share = sqlite3_libversion_number() < 3039000 ? 4 : 50; /* no RIGHT JOIN before 3.39 */
    tap_result(result.different == 0 && result.compared == queries && result.refused * share <= queries,
               "self-test: two equal stand-ins agree: %d queries, %.0f/s, %d too expensive, %d refused by both",
               result.compared, result.compared / (result.seconds + 1e-9), result.skipped, result.refused);
}

/* Changes the subject inside a transaction, looks for a difference and takes the change back. */
static void self_test_plant(session *s, const char *table_name, const char *what, const char *sql) {
    s->quiet = true;
    sqlite3_exec(s->subject, "BEGIN", NULL, NULL, NULL);
    int changed = sqlite3_exec(s->subject, sql, NULL, NULL, NULL);
    session_result result = session_run(s, 8000, 1);
    sqlite3_exec(s->subject, "ROLLBACK", NULL, NULL, NULL);
    s->quiet = false;
    tap_result(changed == SQLITE_OK && result.different == 1, "self-test: %s: %s is found, after %d queries",
               table_name, what, result.compared);
}

static void self_test_plants(session *s, const table *t) {
    const char *column = t->columns[1].name;
    char sql[512];
    snprintf(sql, sizeof sql, "UPDATE \"%s\" SET %s = %s || 'x' WHERE path IN (SELECT path FROM \"%s\" LIMIT 1)",
             t->name, column, column, t->name);
    self_test_plant(s, t->name, "a changed value", sql);
    snprintf(sql, sizeof sql, "DELETE FROM \"%s\" WHERE path IN (SELECT max(path) FROM \"%s\")", t->name, t->name);
    self_test_plant(s, t->name, "a missing row", sql);
}

static answer self_test_rows(const char *const *texts, size_t count) {
    answer a = {.column_count = 1, .row_count = count};
    static value cells[2][8];
    static int turn;
    a.cells = cells[turn++ % 2];
    for (size_t i = 0; i < count; i++) {
        value v = {.type = SQLITE_TEXT, .bytes = (char *)(size_t)texts[i], .length = strlen(texts[i])};
        a.cells[i] = v;
    }
    return a;
}

static void self_test_compare(const char *name, const query *q, const char *const *left, const char *const *right,
                              size_t count, bool agree) {
    answer expected = self_test_rows(left, 3);
    answer actual = self_test_rows(right, count);
    char *difference = compare_answers(q, &expected, &actual, NULL);
    tap_result((difference == NULL) == agree, "self-test: %s", name);
    sqlite3_free(difference);
}

static void self_test_comparisons(void) {
    static const char *const rows[] = {"a", "b", "b"};
    static const char *const turned[] = {"b", "a", "b"};
    static const char *const fewer[] = {"a", "b"};
    static const char *const folded[] = {"A", "b", "b"};
    query unordered = {0};
    query partial = {.key_count = 1};
    query nocase = {.key_count = 1, .folded = {true}};
    query total = {.total = true};
    self_test_compare("without ORDER BY the order of rows is free", &unordered, rows, turned, 3, true);
    self_test_compare("without ORDER BY a row that comes once less is found", &unordered, rows, fewer, 2, false);
    self_test_compare("a wrong sequence of sort keys is found", &partial, rows, turned, 3, false);
    self_test_compare("a wrong order is found", &total, rows, turned, 3, false);
    self_test_compare("sort keys without case still compare whole rows", &nocase, rows, folded, 3, false);
}

void self_test_run(uint64_t seed, int queries, bool brief) {
    session s;
    int count;
    const table *tables = tables_chat(&count);
    self_test_comparisons();
    if (!tap_result(self_test_open(&s, seed), "self-test: stand-in data")) {
        self_test_close(&s);
        return;
    }
    self_test_agree(&s, queries);
    for (int i = 0; i < (brief ? 1 : count); i++) {
        if ((tables[i].versions & VERSION_BOTH) != 0) {
            self_test_plants(&s, &tables[i]);
        }
    }
    self_test_close(&s);
}
