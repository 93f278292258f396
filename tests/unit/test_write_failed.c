/* A transaction whose sending failed: when it is noticed, and when it is over. With a table that cannot be committed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "unit/faulty_memory.h"
#include "write/write_failed.h"

/* ---- a table whose xSync fails, and whose xUpdate asks ---- */

static sqlite3 *db;
static sqlite3_vtab table;
static sqlite3_vtab_cursor cursor;
static write_failed failed;
static bool fails, without_memory, was_open;

static int connect(sqlite3 *connection, void *context, int argc, const char *const *argv, sqlite3_vtab **vtab,
                   char **message) {
    (void)context, (void)argc, (void)argv, (void)message;
    *vtab = &table;
    return sqlite3_declare_vtab(connection, "CREATE TABLE x(a)");
}

static int nothing(sqlite3_vtab *vtab) {
    (void)vtab;
    return SQLITE_OK;
}

static int best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
    (void)vtab, (void)info;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *vtab, sqlite3_vtab_cursor **opened) {
    (void)vtab;
    *opened = &cursor;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *closed) {
    (void)closed;
    return SQLITE_OK;
}

static int filter(sqlite3_vtab_cursor *closed, int number, const char *text, int argc, sqlite3_value **argv) {
    (void)closed, (void)number, (void)text, (void)argc, (void)argv;
    return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *closed) {
    (void)closed;
    return 1;
}

static int no_column(sqlite3_vtab_cursor *closed, sqlite3_context *context, int column) {
    (void)closed, (void)context, (void)column;
    return SQLITE_OK;
}

static int no_rowid(sqlite3_vtab_cursor *closed, sqlite3_int64 *rowid) {
    (void)closed;
    *rowid = 1;
    return SQLITE_OK;
}

static int update(sqlite3_vtab *vtab, int argc, sqlite3_value **argv, sqlite3_int64 *rowid) {
    (void)vtab, (void)argc, (void)argv;
    *rowid = 1;
    was_open = write_failed_is_open(&failed, db);
    return SQLITE_OK;
}

static int sync_now(sqlite3_vtab *vtab) {
    (void)vtab;
    if (fails) {
        faulty_memory_fail_at(without_memory ? 1 : 0, true);
        write_failed_note(&failed, db);
        faulty_memory_fail_at(0, false);
    }
    return fails ? SQLITE_ERROR : SQLITE_OK;
}

static const sqlite3_module methods = {
    .iVersion = 1,
    .xConnect = connect,
    .xBestIndex = best_index,
    .xDisconnect = nothing,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = close_cursor,
    .xEof = at_end,
    .xColumn = no_column,
    .xRowid = no_rowid,
    .xUpdate = update,
    .xBegin = nothing,
    .xSync = sync_now,
    .xCommit = nothing,
    .xRollback = nothing,
};

static int begin(void **state) {
    (void)state;
    fails = without_memory = was_open = false;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    return sqlite3_create_module(db, "x", &methods, NULL);
}

static int end(void **state) {
    (void)state;
    write_failed_end(&failed);
    return sqlite3_close(db);
}

static void run(const char *sql) {
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* Writes to the table; returns whether the failed transaction is taken to be open. */
static bool is_open(void) {
    was_open = false;
    run("INSERT INTO x VALUES (1)");
    return was_open;
}

/* Opens a transaction, writes, and ends it with a statement that fails. */
static void fail_with(const char *opening, const char *ending) {
    run(opening);
    assert_false(is_open());
    fails = true;
    assert_int_equal(sqlite3_exec(db, ending, NULL, NULL, NULL), SQLITE_ERROR);
    fails = false;
}

/* ---- tests ---- */

/* However it is written. */
static void test_release(void **state) {
    static const char *const texts[] = {
        "RELEASE a",         "release savepoint \"a\"",      "  \n\tReLeAsE[A]",
        "-- why\nRELEASE a", "/* a *//**/ -- b\n RELEASE a", "/* RELEASE b */RELEASE SAVEPOINT 'a';",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        fail_with("SAVEPOINT a", texts[i]);
        assert_true(failed.noted);
        assert_string_equal(failed.release, texts[i]);
        assert_true(is_open());
        run("ROLLBACK");
        assert_false(is_open()); /* in autocommit */
        assert_false(failed.noted);
    }
}

/* After these SQLite is out of the transaction. */
static void test_others(void **state) {
    (void)state;
    fail_with("BEGIN; SAVEPOINT a", "COMMIT");
    assert_false(failed.noted);
    fail_with("BEGIN; SAVEPOINT a", "/* RELEASE a */ END");
    assert_false(failed.noted);
    fail_with("SAVEPOINT release_it", "COMMIT");
    assert_false(failed.noted);
    fails = true;
    assert_int_equal(sqlite3_exec(db, "INSERT INTO x VALUES (1)", NULL, NULL, NULL), SQLITE_ERROR);
    assert_false(failed.noted);
}

/* Another savepoint that is prepared, or was, is none of this. */
static void test_others_of_its_kind(void **state) {
    sqlite3_stmt *prepared = NULL;
    (void)state;
    assert_int_equal(sqlite3_prepare_v2(db, "RELEASE b", -1, &prepared, NULL), SQLITE_OK);
    fail_with("BEGIN; SAVEPOINT b", "COMMIT");
    assert_false(failed.noted);
    fail_with("SAVEPOINT a", "RELEASE a");
    assert_string_equal(failed.release, "RELEASE a");
    sqlite3_finalize(prepared);
    run("ROLLBACK");
}

/* The savepoint tells, not that there is a transaction. To ask changes nothing. */
static void test_other_transactions(void **state) {
    (void)state;
    fail_with("SAVEPOINT a; SAVEPOINT b", "RELEASE a");
    assert_true(is_open());
    assert_true(is_open());
    run("ROLLBACK TO a; SAVEPOINT c");
    assert_true(is_open());
    run("RELEASE c");
    assert_false(sqlite3_get_autocommit(db));
    run("ROLLBACK; BEGIN");
    assert_false(is_open());
    run("COMMIT");
    fail_with("SAVEPOINT a", "RELEASE a");
    run("ROLLBACK TO a; RELEASE a; SAVEPOINT b");
    assert_false(is_open());
    run("RELEASE b");
}

static void test_look(void **state) {
    (void)state;
    fail_with("SAVEPOINT a", "RELEASE a");
    write_failed_look(&failed, db);
    assert_true(failed.noted);
    run("ROLLBACK");
    write_failed_look(&failed, db);
    assert_false(failed.noted);
    run("SAVEPOINT a");
    assert_false(is_open());
    run("RELEASE a");
}

/* An authorizer that lets nobody ask: that it is over cannot be told, until autocommit tells. */
static int deny_release(void *context, int action, const char *one, const char *two, const char *three,
                        const char *four) {
    (void)context, (void)two, (void)three, (void)four;
    return action == SQLITE_SAVEPOINT && strcmp(one, "RELEASE") == 0 ? SQLITE_DENY : SQLITE_OK;
}

static void test_not_allowed_to_ask(void **state) {
    (void)state;
    fail_with("SAVEPOINT a", "RELEASE a");
    run("ROLLBACK");
    sqlite3_set_authorizer(db, deny_release, NULL);
    run("BEGIN");
    assert_true(is_open());
    run("COMMIT");
    assert_false(is_open());
}

/* The text could not be kept: the same. */
static void test_no_memory(void **state) {
    (void)state;
    without_memory = true;
    fail_with("SAVEPOINT a", "RELEASE a");
    assert_true(failed.noted);
    assert_null(failed.release);
    assert_true(is_open());
    run("ROLLBACK; BEGIN");
    assert_true(is_open());
    run("COMMIT");
    assert_false(is_open());
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_release, begin, end),
        cmocka_unit_test_setup_teardown(test_others, begin, end),
        cmocka_unit_test_setup_teardown(test_others_of_its_kind, begin, end),
        cmocka_unit_test_setup_teardown(test_other_transactions, begin, end),
        cmocka_unit_test_setup_teardown(test_look, begin, end),
        cmocka_unit_test_setup_teardown(test_not_allowed_to_ask, begin, end),
        cmocka_unit_test_setup_teardown(test_no_memory, begin, end),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
