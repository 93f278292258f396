/*
** Which statement a loop belongs to: all loops of one statement have one name, and no two statements that stand open
** have the same. A table of the test's own sees what SQLite, of whatever version, does.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "session/statement.h"

static sqlite3 *db;
static statement_counter counter;

/* What the loops have been called with, and which are open still. */
typedef struct loop {
    sqlite3_vtab_cursor base;
    statement_name name;
    int row;
    struct loop *next;
} loop;

static loop *open_loops;
static int filters;
static statement_name latest; /* of the loop that has begun last */
static int others;            /* loops that had another name than the one before */

static int table_connect(sqlite3 *handle, void *context, int argc, const char *const *argv, sqlite3_vtab **vtab,
                         char **message) {
    (void)context, (void)argc, (void)argv, (void)message;
    *vtab = sqlite3_malloc64(sizeof **vtab);
    assert_non_null(*vtab);
    memset(*vtab, 0, sizeof **vtab);
    return sqlite3_declare_vtab(handle, "CREATE TABLE x(n INTEGER, value HIDDEN)");
}

static int table_disconnect(sqlite3_vtab *vtab) {
    sqlite3_free(vtab);
    return SQLITE_OK;
}

/* value = ? is taken as an argument. The number travels in place of the plan's text. */
static int table_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
    (void)vtab;
    int next = 1;
    for (int i = 0; i < info->nConstraint; i++) {
        if (info->aConstraint[i].usable && info->aConstraint[i].iColumn == 1) {
            info->aConstraintUsage[i].argvIndex = next++;
            info->aConstraintUsage[i].omit = 1;
        }
    }
    info->estimatedCost = next > 1 ? 1 : 1000;
    info->idxStr = sqlite3_mprintf("%lld", (long long)statement_being_prepared(&counter, db));
    info->needToFreeIdxStr = 1;
    return SQLITE_OK;
}

static int table_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **cursor) {
    (void)vtab;
    loop *opened = sqlite3_malloc64(sizeof *opened);
    assert_non_null(opened);
    memset(opened, 0, sizeof *opened);
    opened->next = open_loops;
    open_loops = opened;
    statement_runs(&counter);
    *cursor = &opened->base;
    return SQLITE_OK;
}

static int table_close(sqlite3_vtab_cursor *cursor) {
    loop **link = &open_loops;
    while (*link != (loop *)cursor) {
        link = &(*link)->next;
    }
    *link = (*link)->next;
    sqlite3_free(cursor);
    return SQLITE_OK;
}

static int table_filter(sqlite3_vtab_cursor *cursor, int number, const char *text, int argc, sqlite3_value **argv) {
    loop *self = (loop *)cursor;
    long long prepared = 0;
    (void)number;
    (void)argc;
    sscanf(text, "%lld", &prepared);
    self->name = (statement_name){argv, prepared};
    self->row = 0;
    others += filters > 0 && !statement_is_same(latest, self->name);
    latest = self->name;
    filters++;
    return SQLITE_OK;
}

static int table_next(sqlite3_vtab_cursor *cursor) {
    ((loop *)cursor)->row++;
    return SQLITE_OK;
}

static int table_eof(sqlite3_vtab_cursor *cursor) {
    return ((loop *)cursor)->row >= 3;
}

static int table_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column) {
    if (column == 0) {
        sqlite3_result_int(context, ((loop *)cursor)->row);
    }
    return SQLITE_OK;
}

static int table_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid) {
    *rowid = ((loop *)cursor)->row;
    return SQLITE_OK;
}

static const sqlite3_module table_module = {.iVersion = 1,
                                            .xConnect = table_connect,
                                            .xBestIndex = table_best_index,
                                            .xDisconnect = table_disconnect,
                                            .xOpen = table_open,
                                            .xClose = table_close,
                                            .xFilter = table_filter,
                                            .xNext = table_next,
                                            .xEof = table_eof,
                                            .xColumn = table_column,
                                            .xRowid = table_rowid};

static void run(const char *sql) {
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s: %s", sql, message);
    }
}

static int begin(void **state) {
    (void)state;
    memset(&counter, 0, sizeof counter);
    filters = others = 0;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sqlite3_create_module(db, "looped", &table_module, NULL), SQLITE_OK);
    run("CREATE TABLE plain(n); INSERT INTO plain VALUES (0), (1), (2); CREATE TABLE log(n);"
        "CREATE TEMP TRIGGER look AFTER INSERT ON log BEGIN DELETE FROM log WHERE n IN (SELECT n + 10 FROM looped) "
        "OR n IN (SELECT n + 20 FROM looped WHERE value = new.n); END");
    return 0;
}

static int end(void **state) {
    (void)state;
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_null(open_loops);
    return 0;
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    }
    return statement;
}

/* Takes a step; gives the name that all loops opened by it, in this statement, have. */
static statement_name step(sqlite3_stmt *statement) {
    loop *known = open_loops;
    int before = filters;
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_true(filters > before);
    statement_name name = open_loops->name;
    assert_true(statement_is_same(name, name));
    for (loop *each = open_loops; each != known; each = each->next) {
        assert_true(!each->name.values || statement_is_same(each->name, name));
    }
    return name;
}

/* The loops of one statement, with values and without, in joins, subqueries and views. */
static const char *const shapes[] = {
    "SELECT * FROM looped",
    "SELECT * FROM looped WHERE value = 7",
    "SELECT * FROM looped AS a, looped AS b, looped AS c WHERE b.value = a.n",
    "SELECT (SELECT count(*) FROM looped AS a WHERE a.value = p.n), (SELECT max(n) FROM looped) FROM plain AS p, looped",
    "SELECT * FROM (SELECT n FROM looped UNION ALL SELECT n FROM looped WHERE value = 1) AS u, looped",
    "WITH w AS (SELECT count(*) AS n FROM looped) SELECT * FROM w, looped WHERE value = w.n",
    "SELECT n FROM looped WHERE EXISTS (SELECT 1 FROM looped AS o WHERE o.value = looped.n)",
};

enum { SHAPES = sizeof shapes / sizeof shapes[0] };

static void test_one_statement(void **state) {
    (void)state;
    for (int i = 0; i < SHAPES; i++) {
        sqlite3_stmt *statement = prepare(shapes[i]);
        step(statement);
        sqlite3_finalize(statement);
    }
}

/* Every pair of shapes, the one begun before or after the other is prepared. */
static void test_two_statements(void **state) {
    (void)state;
    for (int i = 0; i < SHAPES * SHAPES * 2; i++) {
        sqlite3_stmt *one = prepare(shapes[i % SHAPES]), *other = NULL;
        bool late = i >= SHAPES * SHAPES;
        statement_name first = {NULL, 0};
        if (late) {
            first = step(one);
        }
        other = prepare(shapes[i / SHAPES % SHAPES]);
        if (!late) {
            first = step(one);
        }
        assert_false(statement_is_same(first, step(other)));
        sqlite3_finalize(one);
        sqlite3_finalize(other);
    }
}

/* Many, some of which are gone again: their memory is taken by those that follow. */
static void test_many(void **state) {
    enum { MANY = 60 };
    sqlite3_stmt *statements[MANY];
    statement_name names[MANY];
    (void)state;
    for (int i = 0; i < MANY; i++) {
        statements[i] = prepare(shapes[i % SHAPES]);
        names[i] = step(statements[i]);
        if (i % 3 == 2) {
            sqlite3_finalize(statements[i - 1]);
            statements[i - 1] = prepare(shapes[(i * 5) % SHAPES]);
            names[i - 1] = step(statements[i - 1]);
        }
        for (int j = 0; j < i; j++) {
            assert_false(statement_is_same(names[i], names[j]));
        }
    }
    for (int i = 0; i < MANY; i++) {
        sqlite3_finalize(statements[i]);
    }
}

/* What a statement was prepared again in is gone, and the next may be prepared at its address. */
static void test_prepared_again(void **state) {
    (void)state;
    sqlite3_stmt *one = prepare(shapes[2]);
    step(one);
    sqlite3_reset(one);
    run("CREATE TABLE another(a)");
    statement_name again = step(one);
    sqlite3_stmt *other = prepare(shapes[0]);
    statement_name second = step(other);
    assert_false(again.prepared == second.prepared);
    assert_false(statement_is_same(again, second));
    sqlite3_finalize(one);
    sqlite3_finalize(other);
}

/* A trigger is part of the statement that fires it. */
static void test_trigger(void **state) {
    (void)state;
    sqlite3_stmt *firing = prepare("INSERT INTO log SELECT n FROM looped");
    assert_int_equal(sqlite3_step(firing), SQLITE_DONE);
    assert_true(filters > 3);
    assert_int_equal(others, 0);
    sqlite3_finalize(firing);
}

/* What has no name is the same as nothing; one half of a name is not enough. */
static void test_names(void **state) {
    int first, second;
    (void)state;
    assert_true(statement_is_same((statement_name){&first, 1}, (statement_name){&first, 1}));
    assert_false(statement_is_same((statement_name){&first, 1}, (statement_name){&second, 1}));
    assert_false(statement_is_same((statement_name){&first, 1}, (statement_name){&first, 2}));
    assert_false(statement_is_same((statement_name){NULL, 1}, (statement_name){NULL, 1}));
    assert_false(statement_is_same((statement_name){&first, 0}, (statement_name){&first, 0}));
}

/* A handle to a blob is no statement, nor is what nobody has stepped. */
static void test_busy(void **state) {
    sqlite3_blob *blob = NULL;
    (void)state;
    run("CREATE TABLE holder(b); INSERT INTO holder VALUES (x'00')");
    sqlite3_stmt *idle = prepare("SELECT 1"), *busy = prepare("SELECT n FROM plain");
    assert_int_equal(sqlite3_blob_open(db, "main", "holder", "b", 1, 0, &blob), SQLITE_OK);
    assert_int_equal(statement_busy_count(db), 0);
    assert_int_equal(sqlite3_step(busy), SQLITE_ROW);
    assert_int_equal(statement_busy_count(db), 1);
    sqlite3_blob_close(blob);
    sqlite3_finalize(idle);
    sqlite3_finalize(busy);
}

/* Nor is it what is being prepared, though it has no text either: two statements beside it are two. */
static void test_prepared_beside_a_blob(void **state) {
    sqlite3_blob *blob = NULL;
    (void)state;
    run("CREATE TABLE holder(b); INSERT INTO holder VALUES (x'00')");
    assert_int_equal(sqlite3_blob_open(db, "main", "holder", "b", 1, 0, &blob), SQLITE_OK);
    sqlite3_stmt *one = prepare(shapes[0]), *other = prepare(shapes[1]);
    int64_t first = step(one).prepared;
    assert_int_not_equal(first, step(other).prepared);
    sqlite3_finalize(one);
    sqlite3_finalize(other);
    sqlite3_blob_close(blob);
}

/* It is another once any statement begins, and not while they run. */
static void test_begun(void **state) {
    (void)state;
    sqlite3_stmt *one = prepare("SELECT n FROM plain"), *other = prepare("SELECT n FROM plain");
    assert_int_equal(sqlite3_step(one), SQLITE_ROW);
    uint64_t then = statement_begun(db);
    sqlite3_step(one);
    sqlite3_reset(one);
    assert_true(statement_begun(db) == then);
    sqlite3_step(other);
    assert_false(statement_begun(db) == then);
    then = statement_begun(db);
    sqlite3_step(one);
    assert_false(statement_begun(db) == then);
    sqlite3_finalize(one);
    sqlite3_finalize(other);
}

/* May the first row be all that a running statement wants? */
static void test_wants_all(void **state) {
    static const struct {
        const char *sql;
        bool all, rows;
    } running[] = {
        {"SELECT n FROM plain", true, true},
        {"SELECT n AS 'LIMIT', 'SELECT' FROM plain -- LIMIT 1", true, true},
        {"SELECT n FROM plain LIMIT 1", false, false},
        {"SELECT n FROM plain WHERE n IN (SELECT n FROM looped)", false, true},
    };
    (void)state;
    assert_false(statement_wants_all(db) || statement_wants_rows(db) ||
                 statement_says(db, "SELECT")); /* nothing runs */
    for (size_t i = 0; i < sizeof running / sizeof *running; i++) {
        sqlite3_stmt *one = prepare(running[i].sql), *other = prepare(running[0].sql);
        assert_int_equal(sqlite3_step(one), SQLITE_ROW);
        assert_int_equal(statement_wants_all(db), running[i].all);
        assert_int_equal(statement_wants_rows(db), running[i].rows);
        assert_true(statement_says(db, "from") && !statement_says(db, "SELEC"));
        assert_int_equal(statement_says(db, "LIMIT"), i == 2); /* in quotes and comments it is none */
        assert_int_equal(sqlite3_step(other), SQLITE_ROW);
        assert_false(statement_wants_all(db) || statement_wants_rows(db)); /* which of the two asks? */
        sqlite3_finalize(other);
        sqlite3_finalize(one);
    }
}

/* Does what reads a table do so for each row of the first loop, and to its end? */
static void test_wants_each(void **state) {
    static const struct {
        const char *sql;
        bool plain, looped;
    } running[] = {
        {"SELECT n FROM plain", true, false},
        {"SELECT n AS 'plain' FROM looped", false, true},
        {"SELECT n FROM plain LIMIT 1", false, false},
        {"SELECT n FROM (SELECT n FROM plain) LIMIT 1", false, false},
        {"SELECT n FROM plain WHERE n IN (SELECT n FROM looped) AND n IN (1)", true, true},
        {"SELECT n FROM plain WHERE n IN (SELECT n FROM looped LIMIT 9)", true, false},
        {"SELECT n FROM plain WHERE n IN (SELECT n FROM looped WHERE n IN (SELECT max(n) FROM plain) LIMIT 9)", false,
         false},
        {"SELECT plain.n, (SELECT 1 LIMIT 1) FROM plain, looped", true, true},
        {"SELECT n FROM plain WHERE n > 0 OR n IN (SELECT n FROM looped)", false, false},
        {"SELECT n FROM plain WHERE EXISTS (SELECT n FROM looped)", false, false},
        {"SELECT CASE WHEN n THEN (SELECT max(n) FROM looped) END FROM plain", false, false},
    };
    (void)state;
    assert_false(statement_wants_each(db, "plain")); /* nothing runs */
    for (size_t i = 0; i < sizeof running / sizeof *running; i++) {
        sqlite3_stmt *one = prepare(running[i].sql);
        assert_int_equal(sqlite3_step(one), SQLITE_ROW);
        assert_int_equal(statement_wants_each(db, "plain"), running[i].plain);
        assert_int_equal(statement_wants_each(db, "looped"), running[i].looped);
        sqlite3_finalize(one);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_one_statement, begin, end),
        cmocka_unit_test_setup_teardown(test_two_statements, begin, end),
        cmocka_unit_test_setup_teardown(test_many, begin, end),
        cmocka_unit_test_setup_teardown(test_prepared_again, begin, end),
        cmocka_unit_test_setup_teardown(test_trigger, begin, end),
        cmocka_unit_test_setup_teardown(test_names, begin, end),
        cmocka_unit_test_setup_teardown(test_busy, begin, end),
        cmocka_unit_test_setup_teardown(test_prepared_beside_a_blob, begin, end),
        cmocka_unit_test_setup_teardown(test_begun, begin, end),
        cmocka_unit_test_setup_teardown(test_wants_all, begin, end),
        cmocka_unit_test_setup_teardown(test_wants_each, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
