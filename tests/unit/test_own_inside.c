/*
** Statements that write the extension's own tables while a function that they call runs SQL on the same connection. Requests
** go to a port where nobody listens.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <string.h>

#include "base/sqlite.h"
#include "unit/environment.h"

int sqlite3_chat_init(sqlite3 *db, char **message, const sqlite3_api_routines *api);
extern const sqlite3_api_routines *sqlite3_api; /* tests/unit/sqlite_table.c */

static sqlite3 *db;

/* run(sql): 1, or the error. */
static void run(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    char *message = NULL;
    if (sqlite3_exec(sqlite3_context_db_handle(context), (const char *)sqlite3_value_text(argv[0]), NULL, NULL,
                     &message) == SQLITE_OK) {
        sqlite3_result_int(context, 1);
    } else {
        sqlite3_result_error(context, message, -1);
    }
    sqlite3_free(message);
}

static int begin(void **state) {
    (void)state;
    environment_clear();
    environment_set("TWILIO_API_KEY", "SK00000000000000000000000000000001");
    environment_set("TWILIO_API_KEY_SECRET", "secret");
    environment_set("TWILIO_CHAT_URL", "http://127.0.0.1:1");
    environment_set("TWILIO_CHAT_MAX_RETRIES", "0");
    return sqlite3_open(":memory:", &db) != SQLITE_OK ||
           sqlite3_chat_init(db, NULL, sqlite3_api) != SQLITE_OK_LOAD_PERMANENTLY ||
           sqlite3_create_function(db, "run", 1, SQLITE_UTF8, NULL, run, NULL, NULL) != SQLITE_OK;
}

static int end(void **state) {
    (void)state;
    return sqlite3_close(db) != SQLITE_OK;
}

/* The error of a statement, or "". */
static void expect(const char *sql, const char *expected) {
    char *message = NULL;
    sqlite3_exec(db, sql, NULL, NULL, &message);
    assert_string_equal(message ? message : "", expected);
    sqlite3_free(message);
}

static void expect_setting(const char *name, const char *value, const char *source) {
    sqlite3_stmt *statement;
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT value IS ?2, source FROM chat_settings WHERE name = ?1", -1, &statement, NULL),
        SQLITE_OK);
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, value, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(statement, 0), 1);
    assert_string_equal((const char *)sqlite3_column_text(statement, 1), source);
    sqlite3_finalize(statement);
}

/* Of a row, so that it is called when that row has been read. */
#define SET_3 "run('UPDATE chat_settings SET value = 3 WHERE name = ''page_size''' || substr(description, 1, 0))"

/* As in an ordinary table: what the statement sets comes last. */
static void test_the_same_setting(void **state) {
    (void)state;
    expect("UPDATE chat_settings SET value = 4 WHERE name = 'page_size' AND " SET_3, "");
    expect_setting("page_size", "4", "set");
    expect("UPDATE chat_settings SET value = 5 * " SET_3 " WHERE name = 'page_size'", "");
    expect_setting("page_size", "5", "set");
    expect("UPDATE chat_settings SET name = name WHERE name = 'page_size' AND " SET_3, "");
    expect_setting("page_size", "3", "set");
}

/* Columns that are not set are not the statement's, whatever the statement sets beside them. */
static void test_other_columns(void **state) {
    (void)state;
    expect("UPDATE chat_settings SET source = 'set' WHERE name = 'page_size'",
           "chat_settings: only the column value can be changed");
    expect("UPDATE chat_settings SET source = 'default', value = 4 WHERE name = 'page_size' AND " SET_3,
           "chat_settings: only the column value can be changed");
    expect("UPDATE chat_settings SET name = 'max_retries' WHERE name = 'page_size'",
           "chat_settings: only the column value can be changed");
    expect_setting("page_size", "3", "set");
    expect("UPDATE chat_settings SET name = name, value = 4 WHERE name = 'page_size'", "");
    expect_setting("page_size", "4", "set");
}

/* An UPDATE ... FROM hands over every column before SQLite 3.44: it cannot be told what the statement itself sets. */
static void test_from(void **state) {
    bool told = sqlite3_libversion_number() >= 3044000;
    (void)state;
    expect("UPDATE chat_settings SET value = 4 FROM (SELECT 1) WHERE name = 'page_size' AND " SET_3,
           told
               ? ""
               : "chat_settings: only the column value can be changed, and by nothing else while the statement runs: a "
                 "function that it calls may have set page_size");
    expect_setting("page_size", told ? "4" : "3", "set");
    expect("UPDATE chat_settings SET description = '' FROM (SELECT 1) WHERE name = 'page_size'",
           "chat_settings: only the column value can be changed");
    expect("UPDATE chat_settings SET value = 6 FROM (SELECT 1) WHERE name = 'page_size'", "");
    expect_setting("page_size", "6", "set");
}

/* A name that differs in its capitals alone; SQLite tells names that it looks for since 3.38. */
static void test_capitals(void **state) {
    bool told = sqlite3_libversion_number() >= 3038000;
    (void)state;
    expect(
        "UPDATE chat_settings SET value = 4 WHERE name = 'Page_Size'",
        told ? "chat_settings: there is no setting \"Page_Size\": did you mean page_size? Capitals count, but for name "
               "COLLATE NOCASE = ... (NOCASE on the left)"
             : "");
    expect_setting("page_size", NULL, "default");
    expect("UPDATE chat_settings SET value = 4 WHERE name = 'Page_Size' COLLATE NOCASE", "");
    expect_setting("page_size", "4", "set");
    expect("UPDATE chat_settings SET value = 5 WHERE name COLLATE NOCASE = 'PAGE_SIZE' OR name COLLATE NOCASE = 'X'",
           "");
    expect_setting("page_size", "5", "set");
}

static int count_requests(void) {
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT count(*) FROM chat_requests", -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int count = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return count;
}

static int opcodes_left;

static int interrupt(void *context) {
    (void)context;
    return --opcodes_left == 0;
}

/* Makes a request, which fails. */
static void ask(void) {
    assert_int_equal(sqlite3_exec(db, "SELECT sid FROM services", NULL, NULL, NULL), SQLITE_ERROR);
}

/*
** DELETE FROM chat_requests, interrupted after so many steps of SQLite: all of it is done, or nothing. True: all. (SQLite may say
** that it has interrupted what is done; what it counts is right.)
*/
static bool delete_but(int opcodes) {
    int before = count_requests(), changes = sqlite3_total_changes(db);
    opcodes_left = opcodes;
    sqlite3_progress_handler(db, 1, interrupt, NULL);
    int rc = sqlite3_exec(db, "DELETE FROM chat_requests", NULL, NULL, NULL);
    sqlite3_progress_handler(db, 0, NULL, NULL);
    bool done = sqlite3_total_changes(db) != changes;
    int left = done ? 0 : before;
    assert_true(rc == SQLITE_INTERRUPT || (done && rc == SQLITE_OK));
    assert_int_equal(count_requests(), left);
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    assert_int_equal(count_requests(), left);
    sqlite3_exec(db, "UPDATE chat_settings SET value = 7 WHERE name = 'page_size'", NULL, NULL, NULL);
    assert_int_equal(count_requests(), left);
    return done;
}

/* By itself; in a transaction, which SQLite rolls back then; and after one under another name, which has succeeded. */
static void test_deleting_is_interrupted(void **state) {
    static const char *const befores[] = {"", "BEGIN", "BEGIN; DELETE FROM mine WHERE id % 4 = 0"};
    (void)state;
    expect("CREATE VIRTUAL TABLE temp.mine USING chat_requests", "");
    for (size_t i = 0; i < sizeof befores / sizeof *befores; i++) {
        int opcodes = 0;
        bool done = false;
        while (!done) {
            while (count_requests() < 5) {
                ask();
            }
            expect(befores[i], "");
            done = delete_but(++opcodes);
        }
        assert_true(opcodes > 20);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_same_setting, begin, end),
        cmocka_unit_test_setup_teardown(test_other_columns, begin, end),
        cmocka_unit_test_setup_teardown(test_from, begin, end),
        cmocka_unit_test_setup_teardown(test_capitals, begin, end),
        cmocka_unit_test_setup_teardown(test_deleting_is_interrupted, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
