/*
** Which values may be equal: whatever SQLite takes to be equal, under any affinity of either side and each of its own
** collations, must be found. SQLite itself says what is.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "catalog/generations.h"
#include "read/alike.h"
#include "unit/evaluate.h"
#include "unit/named.h"
#include "unit/parsed.h"

static sqlite3 *db;

static void run(const char *sql) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    }
}

/* What rows may have, in JSON and in SQL. */
static const char *const texts[][2] = {
    {"null", "NULL"},
    {"\"\"", "''"},
    {"\" \"", "' '"},
    {"\"ann\"", "'ann'"},
    {"\"Ann\"", "'Ann'"},
    {"\"ann \"", "'ann '"},
    {"\" ann\"", "' ann'"},
    {"\"\\u00e9t\\u00e9\"", "'été'"},
    {"\"12\"", "'12'"},
    {"\"+12\"", "'+12'"},
    {"\"012\"", "'012'"},
    {"\"12 \"", "'12 '"},
    {"\" 12\"", "' 12'"},
    {"\"\\t12\\n\"", "char(9) || '12' || char(10)"},
    {"\"12.0\"", "'12.0'"},
    {"\"1.2e1\"", "'1.2e1'"},
    {"\"1.2E1\"", "'1.2E1'"},
    {"\"12.\"", "'12.'"},
    {"\".5\"", "'.5'"},
    {"\"0.5\"", "'0.5'"},
    {"\"-0\"", "'-0'"},
    {"\"0\"", "'0'"},
    {"\"0.0\"", "'0.0'"},
    {"\"12a\"", "'12a'"},
    {"\"0x0c\"", "'0x0c'"},
    {"\"Inf\"", "'Inf'"},
    {"\"-Inf\"", "'-Inf'"},
    {"\"1e400\"", "'1e400'"},
    {"\"9223372036854775807\"", "'9223372036854775807'"},
    {"\"9223372036854775808\"", "'9223372036854775808'"},
    {"\"-9223372036854775808\"", "'-9223372036854775808'"},
    {"\"-9223372036854775809\"", "'-9223372036854775809'"},
    {"\"9.2233720368547758e18\"", "'9.2233720368547758e18'"},
    {"\"9.22337203685478e+18\"", "'9.22337203685478e+18'"},
    {"\"9007199254740993\"", "'9007199254740993'"},
    {"\"9007199254740992.0\"", "'9007199254740992.0'"},
    {"\"1.0e+15\"", "'1.0e+15'"},
    {"\"1000000000000000\"", "'1000000000000000'"},
    {"\"+15551230001\"", "'+15551230001'"},
    {"\"2017-03-10T14:34:13Z\"", "'2017-03-10T14:34:13Z'"},
    {"\"12\\u0000\"", "'12' || char(0)"},
    {"\"a\\u0000b\"", "'a' || char(0) || 'b'"},
    {"\"a\"", "'a'"},
};
static const char *const numbers[][2] = {
    {"null", "NULL"},
    {"0", "0"},
    {"12", "12"},
    {"-3", "-3"},
    {"9007199254740993", "9007199254740993"},
    {"9223372036854775807", "9223372036854775807"},
    {"-9223372036854775808", "-9223372036854775807 - 1"},
    {"9223372036854775808", "9223372036854775808.0"},
    {"1e400", "1e400"},
    {"1000000000000000", "1000000000000000"},
};
/* What they are compared with, beside all of those. */
static const char *const others[] = {
    "12.0",   "0.5",     "-0.0",      "1e15", "1e400",        "-1e400",        "9007199254740992.0",
    "9.3e18", "x'3132'", "x'616e6e'", "12.5", "'été' || ' '", "'1' || '2.50'", "-9223372036854775808.0"};

enum {
    TEXTS = sizeof texts / sizeof texts[0],
    NUMBERS = sizeof numbers / sizeof numbers[0],
    OTHERS = sizeof others / sizeof others[0],
    VALUES = TEXTS + NUMBERS + OTHERS
};

static const char *value_at(int i) {
    return i < TEXTS ? texts[i][1] : i < TEXTS + NUMBERS ? numbers[i - TEXTS][1] : others[i - TEXTS - NUMBERS];
}

static const char *const affinities[] = {"", "TEXT", "INTEGER", "REAL", "NUMERIC", "BLOB"};
static const char *const collations[] = {"BINARY", "NOCASE", "RTRIM"};

enum { AFFINITIES = sizeof affinities / sizeof affinities[0], COLLATIONS = sizeof collations / sizeof collations[0] };

/* Tables v0, v1 ...: all values, as columns of each affinity may give them that do not convert: those of virtual tables. */
static void make_values(void) {
    char sql[300];
    for (int i = 0; i < AFFINITIES; i++) {
        snprintf(sql, sizeof sql, "CREATE TABLE v%d(n INTEGER PRIMARY KEY, x)", i);
        run(sql);
        for (int n = 0; n < VALUES; n++) {
            snprintf(sql, sizeof sql, "INSERT INTO v%d VALUES (%d, %s)", i, n, value_at(n));
            run(sql);
        }
    }
    run("PRAGMA writable_schema = ON");
    for (int i = 0; i < AFFINITIES; i++) {
        snprintf(sql, sizeof sql,
                 "UPDATE sqlite_master SET sql = 'CREATE TABLE v%d(n INTEGER PRIMARY KEY, x %s)' WHERE name = 'v%d'", i,
                 affinities[i], i);
        run(sql);
    }
    run("PRAGMA writable_schema = RESET");
}

/* Does SQLite take what a column so declared has to be equal to value number n, in some way? */
static bool equal(const char *declared, const char *cell, int n) {
    char *setup =
        sqlite3_mprintf("DROP TABLE IF EXISTS t; CREATE TABLE t(c %s); INSERT INTO t VALUES (%s)", declared, cell);
    run(setup);
    sqlite3_free(setup);
    bool found = false;
    for (int i = 0; i < (AFFINITIES + 1) * COLLATIONS && !found; i++) {
        const char *collation = collations[i % COLLATIONS];
        /* A column without a type has an affinity, which leaves the other side alone; only what is no column has none. */
        char *count =
            i / COLLATIONS < AFFINITIES
                ? sqlite3_mprintf("(SELECT count(*) FROM t, v%d WHERE n = %d AND c = x COLLATE %s)", i / COLLATIONS, n,
                                  collation)
                : sqlite3_mprintf("(SELECT count(*) FROM t WHERE c = (%s) COLLATE %s)", value_at(n), collation);
        sqlite3_value *result = evaluate(db, count);
        sqlite3_free(count);
        found = sqlite3_value_int(result) > 0;
        sqlite3_value_free(result);
    }
    return found;
}

static bool is_found(alike_mark mark, const alike_wanted *wanted) {
    return wanted->everything || mark == ALIKE_ALWAYS || (wanted->odd && mark == ALIKE_ODD) ||
           (wanted->marked && mark == wanted->mark);
}

/* Returns how many values the cell is not found by. */
static int check(const char *column, const char *declared, const char *const cell[2], const char *body) {
    error problem = {0};
    const catalog_resource *channels = named_resource("channels");
    page *content = page_parse_list(channels, CATALOG_V1, body, strlen(body), &problem);
    assert_non_null(content);
    alike_mark mark = alike_of_cell(content, page_at(content, 0, (size_t)catalog_column_index(channels, column)));
    int passed_over = 0;
    for (int n = 0; n < VALUES; n++) {
        sqlite3_value *value = evaluate(db, value_at(n));
        alike_wanted wanted = alike_to_value(value);
        bool found = is_found(mark, &wanted);
        if (!found && equal(declared, cell[1], n)) {
            fail_msg("%s = %s", cell[1], value_at(n));
        }
        passed_over += !found;
        sqlite3_value_free(value);
    }
    page_release(content);
    return passed_over;
}

static void test_texts(void **state) {
    int passed_over = 0;
    (void)state;
    for (size_t i = 0; i < TEXTS; i++) {
        char *body = sqlite3_mprintf("{\"channels\":[{\"sid\":\"CH1\",\"friendly_name\":%s}],"
                                     "\"meta\":{\"next_page_url\":null}}",
                                     texts[i][0]);
        passed_over += check("friendly_name", "TEXT", texts[i], body);
        sqlite3_free(body);
    }
    assert_true(passed_over > TEXTS * VALUES / 3);
}

static void test_numbers(void **state) {
    int passed_over = 0;
    (void)state;
    for (size_t i = 0; i < NUMBERS; i++) {
        char *body = sqlite3_mprintf("{\"channels\":[{\"sid\":\"CH1\",\"messages_count\":%s}],"
                                     "\"meta\":{\"next_page_url\":null}}",
                                     numbers[i][0]);
        passed_over += check("messages_count", "INTEGER", numbers[i], body);
        sqlite3_free(body);
    }
    assert_true(passed_over > NUMBERS * VALUES / 3);
}

/* Names, SIDs, times and numbers: each is found by itself, and by no other. */
static void test_apart(void **state) {
    static const char *const values[] = {"'ann'",          "'bob'", "'US1'", "'2017-03-10T14:34:13Z'",
                                         "'+15551230001'", "12",    "13"};
    enum { COUNT = sizeof values / sizeof values[0] };
    (void)state;
    for (int i = 0; i < COUNT; i++) {
        sqlite3_value *one = evaluate(db, values[i]);
        alike_wanted wanted = alike_to_value(one);
        assert_false(wanted.everything);
        assert_true(wanted.marked);
        for (int j = 0; j < i; j++) {
            sqlite3_value *other = evaluate(db, values[j]);
            assert_true(alike_to_value(other).mark != wanted.mark);
            sqlite3_value_free(other);
        }
        sqlite3_value_free(one);
    }
}

static int begin(void **state) {
    (void)state;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK) {
        return 1;
    }
    make_values();
    return 0;
}

static int end(void **state) {
    (void)state;
    return sqlite3_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_apart),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, begin, end);
}
