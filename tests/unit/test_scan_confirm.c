/*
** Equalities that are confirmed row by row: no row may be missed that SQLite would give, and of the values that an IN hands
** over none may be given that SQLite would not. SQLite itself says what is equal.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "catalog/generations.h"
#include "read/scan_confirm.h"
#include "unit/evaluate.h"
#include "unit/faulty_memory.h"
#include "unit/named.h"
#include "unit/parsed_channel.h"

static sqlite3 *db;

static int open_database(void **state) {
    (void)state;
    return sqlite3_open(":memory:", &db);
}

static int close_database(void **state) {
    (void)state;
    return sqlite3_close(db);
}

static bool equal(const char *declared, const char *cell, const char *expression) {
    char *setup =
        sqlite3_mprintf("DROP TABLE IF EXISTS t; CREATE TABLE t(c %s); INSERT INTO t VALUES (%s)", declared, cell);
    assert_int_equal(sqlite3_exec(db, setup, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_free(setup);
    char *count = sqlite3_mprintf("(SELECT count(*) FROM t WHERE c = %s)", expression);
    sqlite3_value *found = evaluate(db, count);
    sqlite3_free(count);
    bool is = sqlite3_value_int(found) == 1;
    sqlite3_value_free(found);
    return is;
}

static bool given(const page *content, const char *column, const char *expression) {
    size_t index = (size_t)catalog_column_index(named_resource("channels"), column);
    sqlite3_value *value = evaluate(db, expression);
    bool gives = scan_confirm_cell(content, page_at(content, 0, index), value);
    sqlite3_value_free(value);
    return gives;
}

static const char *const names[][2] = {{"null", "NULL"},
                                       {"\"\"", "''"},
                                       {"\"general\"", "'general'"},
                                       {"\"General\"", "'General'"},
                                       {"\"10\"", "'10'"},
                                       {"\"10.0\"", "'10.0'"},
                                       {"\"x \"", "'x '"},
                                       {"\"\\u00e9\"", "'é'"},
                                       {"\"a\\u0000b\"", "CAST(x'610062' AS TEXT)"}};
static const char *const counts[][2] = {
    {"null", "NULL"}, {"0", "0"}, {"10", "10"}, {"-3", "-3"}, {"9007199254740993", "9007199254740993"}};
/* As = hands them over, ... */
static const char *const values[] = {"10", "10.0", "'10'",    "'10.0'",          "'+10'",
                                     "0",  "-3.0", "x'3130'", "9007199254740993"};
/* ... and as an IN does: of a column of texts, and of one of numbers. */
static const char *const texts[] = {"''",
                                    "'general'",
                                    "'GENERAL'",
                                    "'10'",
                                    "'10.0'",
                                    "'x'",
                                    "'x '",
                                    "'é'",
                                    "'E'",
                                    "x''",
                                    "x'67656e6572616c'",
                                    "CAST(x'610062' AS TEXT)",
                                    "'a'"};
static const char *const numbers[] = {"0",  "10",    "10.5",   "-3", "9007199254740993", "9007199254740992",
                                      "''", "'ten'", "x'3130'"};

enum { NAMES = sizeof names / sizeof names[0], COUNTS = sizeof counts / sizeof counts[0] };
enum { VALUES = sizeof values / sizeof values[0], TEXTS = sizeof texts / sizeof texts[0] };
enum { NUMBERS = sizeof numbers / sizeof numbers[0] };

static void check(const char *column, const char *declared, const page *content, const char *cell, const char *value,
                  bool exact) {
    bool is = equal(declared, cell, value), gives = given(content, column, value);
    if (exact ? is != gives : is && !gives) {
        fail_msg("%s = %s: %d", cell, value, gives);
    }
}

static void test_texts(void **state) {
    (void)state;
    for (int i = 0; i < NAMES; i++) {
        page *content = parsed_channel(names[i][0], "1");
        for (int j = 0; j < VALUES; j++) {
            check("friendly_name", "TEXT", content, names[i][1], values[j], false);
        }
        for (int j = 0; j < TEXTS; j++) {
            check("friendly_name", "TEXT", content, names[i][1], texts[j], true);
        }
        page_release(content);
    }
}

static void test_numbers(void **state) {
    (void)state;
    for (int i = 0; i < COUNTS; i++) {
        page *content = parsed_channel("\"x\"", counts[i][0]);
        for (int j = 0; j < VALUES; j++) {
            check("messages_count", "INTEGER", content, counts[i][1], values[j], false);
        }
        for (int j = 0; j < NUMBERS; j++) {
            check("messages_count", "INTEGER", content, counts[i][1], numbers[j], true);
        }
        page_release(content);
    }
}

/* = of everything; not IS, not a bound. Of a bound of times the bit of IS says that it is of an equality. */
static void test_what_is_confirmed(void **state) {
    const catalog_resource *messages = named_resource("messages"), *conversations = named_resource("conversations");
    const unsigned is = 1u << 17;
    sqlite3_value *slots[SLOT_COUNT];
    scan_confirm taken;
    error problem = {0};
    (void)state;
    for (int i = 0; i < SLOT_COUNT; i++) {
        slots[i] = evaluate(db, "1");
    }
    memset(&taken, 0, sizeof taken);
    scan_confirm_take(&taken, messages, 1u << SLOT_KEY | 1u << SLOT_PARENT1 | 1u << SLOT_EQUAL | 1u << SLOT_AFTER,
                      slots, &problem);
    assert_int_equal(taken.count, 3);
    assert_int_equal(taken.columns[0], catalog_column_index(messages, "sid"));
    assert_int_equal(taken.columns[1], catalog_column_index(messages, "channel_sid"));
    assert_int_equal(taken.columns[2], catalog_column_index(messages, "index"));
    scan_confirm_clear(&taken);
    scan_confirm_take(&taken, messages, 1u << SLOT_PATH | is << SLOT_KEY, slots, &problem);
    assert_int_equal(taken.count, 1);
    assert_int_equal(taken.columns[0], messages->column_count);
    scan_confirm_clear(&taken);
    for (int i = SLOT_FILTER0; plan_is_filter((plan_slot)i); i++) {
        if (plan_slot_column(conversations, (plan_slot)i) < 0) {
            continue;
        }
        catalog_comparison comparison = plan_filters_by(conversations, (plan_slot)i);
        scan_confirm_take(&taken, conversations, 1u << i, slots, &problem);
        assert_int_equal(taken.count, comparison == FILTER_EQUAL);
        scan_confirm_clear(&taken);
        scan_confirm_take(&taken, conversations, is << i, slots, &problem);
        assert_int_equal(taken.count, comparison == FILTER_FROM);
        scan_confirm_clear(&taken);
    }
    for (int i = 0; i < SLOT_COUNT; i++) {
        sqlite3_value_free(slots[i]);
    }
    assert_false(error_is_set(&problem));
}

static void take_step(void *context) {
    scan_confirm taken;
    error problem = {0};
    memset(&taken, 0, sizeof taken);
    scan_confirm_take(&taken, named_resource("messages"), 1u << SLOT_KEY | 1u << SLOT_PARENT1, context, &problem);
    if (error_is_set(&problem)) {
        assert_true(faulty_memory_failed());
        assert_int_equal(problem.rc, SQLITE_NOMEM);
        error_clear(&problem);
    } else {
        assert_int_equal(taken.count, 2);
    }
    scan_confirm_clear(&taken);
}

static void test_without_memory(void **state) {
    sqlite3_value *given_values[] = {evaluate(db, "'IM1'"), evaluate(db, "'CH1'")};
    (void)state;
    assert_true(faulty_memory_sweep(take_step, given_values) >= 2);
    sqlite3_value_free(given_values[0]);
    sqlite3_value_free(given_values[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_what_is_confirmed),
        cmocka_unit_test(test_without_memory),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_database, close_database);
}
