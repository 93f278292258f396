/* Which texts are numbers: SQLite says it itself, by what a column of numbers makes of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/sqlite.h"
#include "base/text_number.h"

static sqlite3 *judge;
static sqlite3_stmt *put, *get;

static int begin(void **state) {
    (void)state;
    return sqlite3_open(":memory:", &judge) != SQLITE_OK ||
           sqlite3_exec(judge, "CREATE TABLE t(c NUMERIC); INSERT INTO t VALUES (0)", NULL, NULL, NULL) != SQLITE_OK ||
           sqlite3_prepare_v2(judge, "UPDATE t SET c = ?", -1, &put, NULL) != SQLITE_OK ||
           sqlite3_prepare_v2(judge, "SELECT c FROM t", -1, &get, NULL) != SQLITE_OK;
}

static int end(void **state) {
    (void)state;
    sqlite3_finalize(put);
    sqlite3_finalize(get);
    return sqlite3_close(judge);
}

/* The column makes 5 of '5.0', too: so a real number may be stored as a whole one. */
static void check(const char *text, size_t length) {
    int64_t whole = 0;
    int type = text_number_type(text, length, &whole);
    assert_int_equal(sqlite3_bind_text(put, 1, text, (int)length, SQLITE_STATIC), SQLITE_OK);
    assert_int_equal(sqlite3_step(put), SQLITE_DONE);
    sqlite3_reset(put);
    assert_int_equal(sqlite3_step(get), SQLITE_ROW);
    int stored = sqlite3_column_type(get, 0);
    if ((type == SQLITE_TEXT) != (stored == SQLITE_TEXT) || (type == SQLITE_INTEGER && stored != SQLITE_INTEGER) ||
        (type == SQLITE_INTEGER && whole != sqlite3_column_int64(get, 0))) {
        fail_msg("'%.*s': %d, by SQLite %d", (int)length, text, type, stored);
    }
    sqlite3_reset(get);
}

static void test_forms(void **state) {
    static const char *const texts[] = {"",
                                        " ",
                                        "5",
                                        " 5",
                                        "5\t\n\v\f\r ",
                                        "5\b",
                                        "+5",
                                        "-5",
                                        "- 5",
                                        "+-5",
                                        "--5",
                                        "5.",
                                        ".5",
                                        ".",
                                        "-.",
                                        "5.5.5",
                                        "5e",
                                        "5e+",
                                        "5e3",
                                        "5E-3 ",
                                        "5.e3",
                                        ".e3",
                                        "e3",
                                        "5e3.0",
                                        "5e3e3",
                                        "0x5",
                                        "1_0",
                                        "inf",
                                        "nan",
                                        "5e999",
                                        "9223372036854775807",
                                        "9223372036854775808",
                                        "-9223372036854775808",
                                        "-9223372036854775809",
                                        "+0009223372036854775807",
                                        "99999999999999999999999999",
                                        "-0"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        check(texts[i], strlen(texts[i]));
    }
}

static void test_any(void **state) {
    static const char letters[] = "01259+-.eE \tx";
    uint64_t seed = 1;
    (void)state;
    for (int i = 0; i < 50000; i++) {
        char text[24];
        size_t length = 0;
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        for (uint64_t rest = seed >> 8; rest > 13 && length < sizeof text; rest /= 13) {
            text[length++] = letters[rest % 13];
        }
        check(text, length % (1 + (size_t)i % 20));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_forms), cmocka_unit_test(test_any)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
