/*
** chat_time() on a connection whose clock goes a minute further each time it is read: what is read once stands still.
** Then memory that runs out.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/sqlite.h"
#include "table/time_function.h"
#include "unit/faulty_memory.h"

/* 2026-01-31 08:09:10.250 in SQLite's milliseconds. */
static const sqlite3_int64 START = 210866760000000 + 1769846950250;

static sqlite3_vfs clock_vfs;
static sqlite3_int64 clock_now;
static int clock_reads;

static int clock_read_integer(sqlite3_vfs *vfs, sqlite3_int64 *milliseconds) {
    (void)vfs;
    *milliseconds = clock_now;
    clock_now += 60000;
    clock_reads++;
    return SQLITE_OK;
}

static int clock_read_days(sqlite3_vfs *vfs, double *days) {
    sqlite3_int64 milliseconds;
    clock_read_integer(vfs, &milliseconds);
    *days = (double)milliseconds / 86400000.0;
    return SQLITE_OK;
}

static sqlite3 *db;

static int begin(void **state) {
    (void)state;
    clock_vfs = *sqlite3_vfs_find(NULL);
    clock_vfs.zName = "minutes";
    clock_vfs.xCurrentTimeInt64 = clock_read_integer;
    clock_vfs.xCurrentTime = clock_read_days;
    sqlite3_vfs_register(&clock_vfs, 0);
    clock_now = START;
    clock_reads = 0;
    return sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "minutes") != SQLITE_OK ||
           time_function_register(db) != SQLITE_OK;
}

static int end(void **state) {
    (void)state;
    int rc = sqlite3_close(db); /* nothing of ours keeps it open */
    sqlite3_vfs_unregister(&clock_vfs);
    return rc != SQLITE_OK;
}

static int add_row(void *context, int count, char **values, char **names) {
    sqlite3_str *rows = context;
    (void)names;
    for (int i = 0; i < count; i++) {
        sqlite3_str_appendf(rows, "%s%s", i ? "|" : "", values[i] ? values[i] : "NULL");
    }
    sqlite3_str_appendall(rows, "\n");
    return 0;
}

/* Compares all rows of a statement, or its error. */
static void expect(const char *sql, const char *expected) {
    char *message = NULL;
    sqlite3_str *rows = sqlite3_str_new(NULL);
    sqlite3_exec(db, sql, add_row, rows, &message);
    if (message) {
        sqlite3_str_appendf(rows, "%s\n", message);
    }
    char *found = sqlite3_str_finish(rows);
    sqlite3_free(message);
    assert_string_equal(found ? found : "", expected);
    sqlite3_free(found);
}

#define FOUR_ROWS " FROM (VALUES (1), (2), (3), (4))"

/* One reading for a statement, however often and in whatever words it asks. */
static void test_stands_still(void **state) {
    (void)state;
    expect("SELECT chat_time(), chat_time('now'), chat_time('Now', '+1 hour'), chat_time(x'6e6f77')" FOUR_ROWS
           " LIMIT 1",
           "2026-01-31T08:09:10Z|2026-01-31T08:09:10Z|2026-01-31T09:09:10Z|2026-01-31T08:09:10Z\n");
    assert_int_equal(clock_reads, 1);
    expect("SELECT chat_time()" FOUR_ROWS,
           "2026-01-31T08:10:10Z\n2026-01-31T08:10:10Z\n2026-01-31T08:10:10Z\n2026-01-31T08:10:10Z\n");
    expect("SELECT count(DISTINCT chat_time('now', column1 || ' days', -column1 || ' days'))" FOUR_ROWS, "1\n");
    expect("SELECT chat_time('now') = chat_time(), (SELECT chat_time()) = chat_time('now', '-0 days')", "1|1\n");
    assert_int_equal(clock_reads, 4);
}

/* A statement that runs again asks the clock again, also with the answers that it kept. */
static void test_each_run(void **state) {
    sqlite3_stmt *statement;
    (void)state;
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT chat_time(?1), chat_time('now', ?1)", -1, &statement, NULL), 0);
    for (int i = 0; i < 3; i++) {
        char expected[32];
        const char *argument = i == 1 ? "+1 day" : "now";
        sqlite3_snprintf((int)sizeof expected, expected, "2026-01-31T08:%02d:10Z", 9 + i);
        sqlite3_bind_text(statement, 1, argument, -1, SQLITE_STATIC);
        assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
        if (i == 1) {
            assert_null(sqlite3_column_text(statement, 0));
            expected[9] = '1';
            memcpy(expected + 5, "02-01", 5);
            assert_string_equal((const char *)sqlite3_column_text(statement, 1), expected);
        } else {
            assert_string_equal((const char *)sqlite3_column_text(statement, 0), expected);
            assert_null(sqlite3_column_text(statement, 1));
        }
        assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
}

/*
** The clock is the one that datetime() reads: that of the connection's VFS, in either form. datetime()'s own time goes in
** exactly.
*/
static void test_same_clock(void **state) {
    (void)state;
    expect("SELECT datetime('now') AS a, chat_time() AS b", "2026-01-31 08:09:10|2026-01-31T08:10:10Z\n");
    clock_now = START;
    expect("SELECT chat_time(), datetime('now')", "2026-01-31T08:09:10Z|2026-01-31 08:10:10\n");
    expect("SELECT chat_time(datetime('now', '-1 day')) = replace(datetime('now', '-1 day'), ' ', 'T') || 'Z'", "1\n");
    expect("SELECT chat_time(datetime('now')) = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')" FOUR_ROWS, "1\n1\n1\n1\n");
    clock_now = START;
    clock_vfs.iVersion = 1;
    expect("SELECT chat_time()", "2026-01-31T08:09:10Z\n");
}

/* A clock beyond the years of four digits is none, as for datetime(); what a modifier brings back into them is a time. */
static void test_clock_beyond(void **state) {
    (void)state;
    clock_now = 464269060800000; /* the year 10000 */
    expect("SELECT chat_time(), chat_time('now', '-1 day')", "NULL|9999-12-31T00:00:00Z\n");
    clock_now = 464269060800000;
    expect("SELECT datetime('now'), datetime('now', '-1 day')", "NULL|9999-12-31 00:00:00\n");
}

/* An answer is kept only if all arguments are constant: a column among the modifiers, or first, is looked at in each row. */
static void test_kept_answers(void **state) {
    (void)state;
    expect("SELECT chat_time('2026-01-31', '1 hour', '1 minute')" FOUR_ROWS,
           "2026-01-31T01:01:00Z\n2026-01-31T01:01:00Z\n2026-01-31T01:01:00Z\n2026-01-31T01:01:00Z\n");
    expect("SELECT chat_time('2026-01-31', column1 || ' hours', '1 minute')" FOUR_ROWS,
           "2026-01-31T01:01:00Z\n2026-01-31T02:01:00Z\n2026-01-31T03:01:00Z\n2026-01-31T04:01:00Z\n");
    expect("SELECT chat_time('2026-01-31', '1 minute', column1 || ' hours')" FOUR_ROWS,
           "2026-01-31T01:01:00Z\n2026-01-31T02:01:00Z\n2026-01-31T03:01:00Z\n2026-01-31T04:01:00Z\n");
    expect("SELECT chat_time(column1, 'unixepoch')" FOUR_ROWS,
           "1970-01-01T00:00:01Z\n1970-01-01T00:00:02Z\n1970-01-01T00:00:03Z\n1970-01-01T00:00:04Z\n");
    expect("SELECT chat_time('never')" FOUR_ROWS, "NULL\nNULL\nNULL\nNULL\n");
}

static void test_other_encoding(void **state) {
    (void)state;
    expect(
        "PRAGMA encoding = 'UTF-16le'; CREATE TABLE wide(at); INSERT INTO wide VALUES ('2026-01-31 08:09:10'), ('nOw');"
        "SELECT chat_time(at, '+0 days') FROM wide",
        "2026-01-31T08:09:10Z\n2026-01-31T08:09:10Z\n");
    assert_int_equal(clock_reads, 1);
}

/* What the function may be used in, and that it stands in the way of nothing. */
static void test_places(void **state) {
    (void)state;
    expect("CREATE TABLE kept(at TEXT DEFAULT (chat_time()), body); INSERT INTO kept(body) VALUES (1), (2);"
           "SELECT * FROM kept",
           "2026-01-31T08:09:10Z|1\n2026-01-31T08:09:10Z|2\n");
    expect(
        "PRAGMA trusted_schema = off; CREATE VIEW old AS SELECT body FROM kept WHERE at < chat_time('now', '-1 minute');"
        "SELECT count(*) FROM old; SELECT count(*) FROM old",
        "0\n2\n");
    clock_now = START;
    expect("CREATE TABLE log(at, again); CREATE TRIGGER logging AFTER INSERT ON kept BEGIN"
           " INSERT INTO log VALUES (chat_time(), chat_time()); END;"
           "INSERT INTO kept(body) VALUES (3), (4); SELECT * FROM log",
           "2026-01-31T08:10:10Z|2026-01-31T08:10:10Z\n2026-01-31T08:11:10Z|2026-01-31T08:11:10Z\n");
    expect("CREATE INDEX at ON kept(chat_time(at))", "non-deterministic functions prohibited in index expressions\n");
    expect("CREATE TABLE made(at, iso AS (chat_time(at)))",
           "non-deterministic functions prohibited in generated columns\n");
    expect("CREATE INDEX at ON kept(strftime('%Y-%m-%dT%H:%M:%SZ', at))", "");
    expect("SELECT at FROM kept WHERE strftime('%Y-%m-%dT%H:%M:%SZ', at) = chat_time('2026-01-31 08:09:10') LIMIT 1",
           "2026-01-31T08:09:10Z\n");
}

static int count_selects(void *context, int action, const char *a, const char *b, const char *c, const char *d) {
    (void)a, (void)b, (void)c, (void)d;
    *(int *)context += action == SQLITE_SELECT;
    return SQLITE_OK;
}

static int count_trace(unsigned kind, void *context, void *p, void *x) {
    (void)kind, (void)p, (void)x;
    ++*(int *)context;
    return 0;
}

/* The host's authorizer and trace see the host's own statement alone. */
static void test_unseen(void **state) {
    int selects = 0, traced = 0;
    (void)state;
    sqlite3_set_authorizer(db, count_selects, &selects);
    sqlite3_trace_v2(db, SQLITE_TRACE_STMT, count_trace, &traced);
    expect("SELECT chat_time('2026-01-31', column1 || ' hours')" FOUR_ROWS " LIMIT 1", "2026-01-31T01:00:00Z\n");
    sqlite3_set_authorizer(db, NULL, NULL);
    sqlite3_trace_v2(db, 0, NULL, NULL);
    assert_int_equal(traced, 1);
    assert_true(selects <= 3); /* the statement, its FROM and VALUES */
    assert_ptr_equal(sqlite3_next_stmt(db, NULL), NULL);
}

/* --- memory ------------------------------------------------------------------------------------------------------- */

static void memory_step(void *context) {
    sqlite3 *host = NULL;
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_open(":memory:", &host);
    if (rc == SQLITE_OK) {
        rc = time_function_register(host);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_prepare_v2(host, context, -1, &statement, NULL);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(statement);
    }
    if (rc == SQLITE_ROW) {
        /* The text that is handed out may itself be what there is no memory for; so its length is compared here. */
        assert_int_equal(sqlite3_column_int(statement, 0), 20);
    } else {
        assert_true(faulty_memory_failed());
        assert_int_equal(rc, SQLITE_NOMEM);
    }
    sqlite3_finalize(statement);
    assert_int_equal(sqlite3_close(host), SQLITE_OK);
}

static void test_memory(void **state) {
    (void)state;
    assert_true(faulty_memory_sweep(memory_step, "SELECT length(chat_time())") > 20);
    assert_true(faulty_memory_sweep(memory_step, "SELECT length(chat_time('now', '-5 minutes', '+1 day'))") > 20);
    assert_true(faulty_memory_sweep(memory_step,
                                    "SELECT length(max(chat_time(column1, '1 day', '1 day', '1 day', '1 day')))"
                                    " FROM (VALUES ('now'), (x'6e6f77'), (2461071.5))") > 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_stands_still, begin, end),
        cmocka_unit_test_setup_teardown(test_each_run, begin, end),
        cmocka_unit_test_setup_teardown(test_same_clock, begin, end),
        cmocka_unit_test_setup_teardown(test_clock_beyond, begin, end),
        cmocka_unit_test_setup_teardown(test_kept_answers, begin, end),
        cmocka_unit_test_setup_teardown(test_other_encoding, begin, end),
        cmocka_unit_test_setup_teardown(test_places, begin, end),
        cmocka_unit_test_setup_teardown(test_unseen, begin, end),
        cmocka_unit_test(test_memory),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
