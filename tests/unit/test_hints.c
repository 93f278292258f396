/*
** Which rows SQLite is going to pass over: a hint may be wrong about no row that SQLite wants, whatever the cell and the
** value. SQLite itself says what it wants.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "catalog/generations.h"
#include "read/hints.h"
#include "unit/evaluate.h"
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

static const struct {
    int comparison;
    const char *sql;
} comparisons[] = {
    {SQLITE_INDEX_CONSTRAINT_EQ, "="},      {SQLITE_INDEX_CONSTRAINT_NE, "<>"},
    {SQLITE_INDEX_CONSTRAINT_GT, ">"},      {SQLITE_INDEX_CONSTRAINT_GE, ">="},
    {SQLITE_INDEX_CONSTRAINT_LT, "<"},      {SQLITE_INDEX_CONSTRAINT_LE, "<="},
    {SQLITE_INDEX_CONSTRAINT_LIKE, "LIKE"}, {SQLITE_INDEX_CONSTRAINT_GLOB, "GLOB"},
    {SQLITE_INDEX_CONSTRAINT_ISNULL, "IS"}, {SQLITE_INDEX_CONSTRAINT_ISNOTNULL, "IS NOT"},
};

enum { COMPARISONS = sizeof comparisons / sizeof comparisons[0] };

static bool allowed(const page *content, const char *column, int comparison, const char *expression) {
    error problem = {0};
    hints taken;
    memset(&taken, 0, sizeof taken);
    int index = catalog_column_index(named_resource("channels"), column);
    hint_term term = {(unsigned char)index, (unsigned char)comparison};
    sqlite3_value *value = evaluate(db, expression);
    assert_true(hints_can_use(named_resource("channels"), index, comparison));
    hints_take(&taken, &term, 1, &value, &problem);
    assert_false(error_is_set(&problem));
    bool allows = hints_allow(&taken, content, 0);
    hints_clear(&taken);
    sqlite3_value_free(value);
    return allows;
}

/* What a column with such a cell gives, in SQL: declared as the table's is. */
static bool wanted(const char *declared, const char *cell, const char *comparison, const char *expression) {
    char *setup =
        sqlite3_mprintf("DROP TABLE IF EXISTS t; CREATE TABLE t(c %s); INSERT INTO t VALUES (%s)", declared, cell);
    assert_int_equal(sqlite3_exec(db, setup, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_free(setup);
    char *count = sqlite3_mprintf("(SELECT count(*) FROM t WHERE c %s %s)", comparison, expression);
    sqlite3_value *found = evaluate(db, count);
    sqlite3_free(count);
    bool wants = sqlite3_value_int(found) == 1;
    sqlite3_value_free(found);
    return wants;
}

/* Cells, as JSON and as SQL. */
static const char *const names[][2] = {
    {"null", "NULL"},   {"\"\"", "''"},   {"\"general\"", "'general'"},    {"\"General\"", "'General'"},
    {"\"10\"", "'10'"}, {"\"2\"", "'2'"}, {"\"\\u00e9t\\u00e9\"", "'été'"}};
static const char *const counts[][2] = {
    {"null", "NULL"}, {"0", "0"}, {"10", "10"}, {"-3", "-3"}, {"9007199254740993", "9007199254740993"}};
static const char *const values[] = {
    "NULL", "''",  "'general'", "'GEN%'",           "'g*'", "'%'", "'_0'", "10", "2.5", "'10'", "x'3130'",
    "-3",   "'2'", "'é%'",      "9007199254740993", "'b'"};

enum { VALUES = sizeof values / sizeof values[0] };

/* The value of IS and IS NOT is NULL alone. */
static bool compares(int comparison, const char *value) {
    bool with_null = comparison == SQLITE_INDEX_CONSTRAINT_ISNULL || comparison == SQLITE_INDEX_CONSTRAINT_ISNOTNULL;
    return !with_null || strcmp(value, "NULL") == 0;
}

static int check(const char *column, const char *declared, const page *content, const char *cell) {
    int passed_over = 0;
    for (int i = 0; i < COMPARISONS * VALUES; i++) {
        int comparison = comparisons[i % COMPARISONS].comparison;
        const char *value = values[i / COMPARISONS];
        if (compares(comparison, value)) {
            bool wants = wanted(declared, cell, comparisons[i % COMPARISONS].sql, value);
            bool allows = allowed(content, column, comparison, value);
            if (wants && !allows) {
                fail_msg("%s %s %s", cell, comparisons[i % COMPARISONS].sql, value);
            }
            passed_over += !allows;
        }
    }
    return passed_over;
}

static void test_texts(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        page *content = parsed_channel(names[i][0], "1");
        assert_true(check("friendly_name", "TEXT", content, names[i][1]) > 20);
        page_release(content);
    }
}

static void test_numbers(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        page *content = parsed_channel("\"x\"", counts[i][0]);
        assert_true(check("messages_count", "INTEGER", content, counts[i][1]) > 5);
        page_release(content);
    }
}

static void test_columns(void **state) {
    const catalog_resource *messages = named_resource("messages");
    (void)state;
    assert_true(hints_can_use(messages, catalog_column_index(messages, "body"), SQLITE_INDEX_CONSTRAINT_LIKE));
    assert_false(hints_can_use(messages, catalog_column_index(messages, "body"), SQLITE_INDEX_CONSTRAINT_MATCH));
    assert_false(hints_can_use(messages, catalog_column_index(messages, "attributes"), SQLITE_INDEX_CONSTRAINT_LIKE));
    assert_false(hints_can_use(messages, catalog_column_index(messages, "channel_sid"), SQLITE_INDEX_CONSTRAINT_NE));
    assert_false(hints_can_use(messages, (int)messages->column_count, SQLITE_INDEX_CONSTRAINT_NE));
    assert_false(hints_can_use(messages, -1, SQLITE_INDEX_CONSTRAINT_EQ));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_columns),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_database, close_database);
}
