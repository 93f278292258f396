/*
** Terms that SQLite leaves to us: a row is given if and only if SQLite would have taken it. It says itself how its own INTEGER
** column, of an ordinary table with the row's number, compares with each value, of any type and out of columns of any.
*/
#include "unit/feed_world.h"

#include <stdlib.h>

#include "read/scan_omitted.h"
#include "unit/evaluate.h"
#include "unit/faulty_memory.h"
#include "unit/plan_draft.h"

/* ---- numbers ---- */

static const char *const operators[] = {"=", ">", ">=", "<", "<="};
static const plan_slot slots[] = {SLOT_EQUAL, SLOT_AFTER, SLOT_FROM, SLOT_BEFORE, SLOT_UP_TO};
enum { OPERATORS = sizeof operators / sizeof operators[0] };

/* What a row may have: whole numbers, and such as are beyond 64 bits. */
static const char *const cells[] = {"0",
                                    "1",
                                    "-1",
                                    "5",
                                    "7",
                                    "9007199254740992",
                                    "9007199254740993",
                                    "-9007199254740993",
                                    "9223372036854775807",
                                    "9223372036854775806",
                                    "(-9223372036854775807 - 1)",
                                    "9223372036854775808",
                                    "1e300",
                                    "-1e300",
                                    "9e999",
                                    "-9e999"};
static const char *const values[] = {"NULL",
                                     "''",
                                     "' '",
                                     "'abc'",
                                     "'5'",
                                     "' 5 '",
                                     "'5.0'",
                                     "'05'",
                                     "'+5'",
                                     "'5x'",
                                     "'5.5'",
                                     "'0x5'",
                                     "'-1'",
                                     "'1e0'",
                                     "'1_0'",
                                     "'9007199254740993'",
                                     "'9007199254740993.0'",
                                     "'9223372036854775807'",
                                     "'9223372036854775808'",
                                     "'-9223372036854775809'",
                                     "'1e999'",
                                     "'inf'",
                                     "'nan'",
                                     "CAST(x'350035' AS TEXT)",
                                     "x''",
                                     "x'35'",
                                     "zeroblob(3)",
                                     "0.0",
                                     "-0.0",
                                     "5.0",
                                     "4.999999999999999",
                                     "5.000000000000001",
                                     "0.5",
                                     "-0.5",
                                     "9007199254740992.0",
                                     "9007199254740994.0",
                                     "9223372036854775807.0",
                                     "-9223372036854775808.0",
                                     "9223372036854774784.0",
                                     "1e300",
                                     "-1e300",
                                     "9e999",
                                     "-9e999"};
enum { CELLS = sizeof cells / sizeof cells[0], VALUES = sizeof values / sizeof values[0], RANDOM_PAIRS = 400 };

static void execute(sqlite3 *on, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *sql = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    assert_int_equal(sqlite3_exec(on, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_free(sql);
}

static page_cell cell_of(sqlite3 *judge) {
    sqlite3_value *number = evaluate(judge, "(SELECT c FROM t)");
    page_cell cell = {.type = sqlite3_value_type(number) == SQLITE_INTEGER ? CELL_INTEGER : CELL_REAL};
    if (cell.type == CELL_INTEGER) {
        cell.value.integer = sqlite3_value_int64(number);
    } else {
        assert_int_equal(sqlite3_value_type(number), SQLITE_FLOAT);
        cell.value.real = sqlite3_value_double(number);
    }
    sqlite3_value_free(number);
    return cell;
}

/* The row's number, and the value in columns of all affinities and in none. */
static void check(sqlite3 *judge, const char *number, const char *expression) {
    static const char *const columns[] = {"v.a", "v.b", "v.c", "v.d", "v.e", "+v.e"};
    execute(judge, "DELETE FROM t; DELETE FROM v; INSERT INTO t VALUES (%s)", number);
    execute(judge, "INSERT INTO v VALUES (%s, %s, %s, %s, %s)", expression, expression, expression, expression,
            expression);
    page_cell cell = cell_of(judge);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        char *sql = sqlite3_mprintf("(SELECT %s FROM v)", columns[i]);
        sqlite3_value *value = evaluate(judge, sql);
        sqlite3_free(sql);
        for (int j = 0; j < OPERATORS; j++) {
            error problem = {0};
            sql = sqlite3_mprintf("(SELECT count(*) FROM t, v WHERE t.c %s %s)", operators[j], columns[i]);
            sqlite3_value *found = evaluate(judge, sql);
            int type = sqlite3_value_type(value);
            scan_omitted_bound bound = scan_omitted_bound_of(slots[j], value, &problem);
            bool given = bound.type != SQLITE_NULL && scan_omitted_cell(&bound, &cell);
            if (given != (sqlite3_value_int(found) == 1) || error_is_set(&problem)) {
                fail_msg("%s %s %s (%s): %d", number, operators[j], expression, columns[i], given);
            }
            assert_int_equal(sqlite3_value_type(value), type); /* it is SQLite's, to be used once more */
            sqlite3_value_free(found);
            sqlite3_free(sql);
        }
        sqlite3_value_free(value);
    }
}

static uint64_t drawn(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33 ^ *state;
}

/* Numbers that are near each other, or near a power of two, as number, text and text with something behind. */
static void check_random(sqlite3 *judge, uint64_t *state) {
    static const char *const forms[] = {"%lld", "%lld.0", "'%lld'", "'%lld.0'", "' %llde0'", "%lld.5", "'%lldx'"};
    int64_t near = (int64_t)(drawn(state) >> drawn(state) % 64);
    int64_t apart = (int64_t)(drawn(state) % 5) - 2;
    int64_t other = near > 2 && near < INT64_MAX - 2 ? near + apart : near;
    char *number = sqlite3_mprintf("%lld", near);
    char *expression = sqlite3_mprintf(forms[drawn(state) % (sizeof forms / sizeof forms[0])], other);
    check(judge, number, expression);
    sqlite3_free(number);
    sqlite3_free(expression);
}

static void check_encoding(const char *encoding) {
    sqlite3 *judge = NULL;
    uint64_t state = 20260101;
    assert_int_equal(sqlite3_open(":memory:", &judge), SQLITE_OK);
    execute(judge, "PRAGMA encoding = '%s'", encoding);
    execute(judge, "CREATE TABLE t(c INTEGER); CREATE TABLE v(a TEXT, b INTEGER, c REAL, d NUMERIC, e BLOB)");
    for (int i = 0; i < CELLS; i++) {
        for (int j = 0; j < VALUES; j++) {
            check(judge, cells[i], values[j]);
        }
    }
    for (int i = 0; i < RANDOM_PAIRS; i++) {
        check_random(judge, &state);
    }
    assert_int_equal(sqlite3_close(judge), SQLITE_OK);
}

/* SQLite compares integers with reals as long doubles, of which valgrind keeps no more than 64 bits. */
static void skip_without_long_double(void) {
    volatile long double exact = 9007199254740992.0L;
    exact += 1;
    if ((int64_t)exact != 9007199254740993) {
        skip();
    }
}

static void test_numbers(void **state) {
    (void)state;
    skip_without_long_double();
    check_encoding("UTF-8");
    check_encoding("UTF-16le");
}

/* ---- rows of a list ---- */

#define CHANNEL "CH" DIGITS
#define SERVICE_OF "IS" DIGITS

/* Those of the plan's slots that are among the omitted. */
static void terms_of(scan_omitted_terms *terms, unsigned omitted, unsigned number) {
    int argument = 0;
    memset(terms, 0, sizeof *terms);
    for (int slot = 0; slot < SLOT_LIMIT; slot++) {
        if (omitted >> slot & 1) {
            scan_omitted_add(terms, named_resource("messages"), slot, argument);
        }
        argument += plan_has(number, (plan_slot)slot);
    }
}

/* The rows that come of the list, of those that the feed gives, for values of slots that are left to us. */
static void expect_rows(const char *rows, unsigned omitted, unsigned number, const char *first, const char *second) {
    static const served answers[] = {
        {PATH "?PageSize=2", 200, PAGE(M(1) "," M(2), NEXT("?PageSize=2&Page=1&PageToken=x"))},
        {PATH "?PageSize=2&Page=1&PageToken=x", 200,
         PAGE("{\"sid\":\"IM" ZEROS "3\",\"index\":3,\"channel_sid\":\"" CHANNEL "\"}", "null")},
        {NULL, 0, NULL}};
    sqlite3_value *given[] = {evaluate(db, first), evaluate(db, second)};
    char text[200] = "";
    error problem = {0};
    scan_omitted taken = {0};
    scan_omitted_terms terms;
    pages = answers;
    look *view = look_open(shared);
    feed *source = feed_open(view, &wanted, &problem);
    terms_of(&terms, omitted, number);
    scan_omitted_take(&taken, wanted.resource, wanted.version, &terms, given, &problem);
    step_result result = STEP_BUSY;
    while (!error_is_set(&problem) && result != STEP_DONE) {
        result = feed_step(source, &problem);
        if (result == STEP_BUSY) {
            look_wait(view, &problem);
        } else if (result == STEP_ROW && scan_omitted_row(&taken, source, &problem)) {
            const char *sid = feed_key(source, feed_row(source));
            strcat(strcat(text, sid + strspn(sid, "IM0")), " ");
        }
    }
    strcat(text, problem.message ? problem.message : ".");
    assert_string_equal(text, rows);
    error_clear(&problem);
    feed_close(source);
    look_close(view);
    sqlite3_value_free(given[0]);
    sqlite3_value_free(given[1]);
}

static void expect_parent(const char *rows, const char *value) {
    unsigned bit = 1u << SLOT_PARENT1;
    expect_rows(rows, bit, bit, value, "NULL");
}

static void test_parents(void **state) {
    (void)state;
    expect_parent("1 2 3 .", "'" CHANNEL "'");
    expect_parent(".", "'CH" ZEROS "2'");
    expect_parent(".", "lower('" CHANNEL "')");
    expect_parent(".", "'" CHANNEL " '");
    expect_parent(".", "'CH'");
    expect_parent(".", "CAST('" CHANNEL "' AS BLOB)");
    expect_parent(".", "NULL");
    expect_parent(".", "7");
    unsigned both = 1u << SLOT_PARENT0 | 1u << SLOT_PARENT1;
    expect_rows("1 2 3 .", both, both, "'" SERVICE_OF "'", "'" CHANNEL "'");
    expect_rows(".", both, both, "'IS" ZEROS "2'", "'" CHANNEL "'");
    expect_rows("1 2 3 .", 1u << SLOT_PARENT1, both, "'IS" ZEROS "2'", "'" CHANNEL "'"); /* the other is SQLite's */
    expect_rows("1 2 3 .", 0, both, "NULL", "NULL");
}

static void test_bounds(void **state) {
    unsigned after = 1u << SLOT_AFTER, both = after | 1u << SLOT_UP_TO;
    (void)state;
    expect_rows("messages.index is compared, although SQLite has not said that it would be", after, after, "1", "NULL");
    reading_need(shared, wanted.resource, UINT64_MAX);
    expect_rows("2 3 .", after, after, "1", "NULL");
    expect_rows("2 .", both, both, "'1'", "2.5");
    expect_rows("2 3 .", after, both, "1", "2");
    expect_rows(".", after, after, "NULL", "NULL");
    expect_rows(".", 1u << SLOT_UP_TO, 1u << SLOT_UP_TO, "NULL", "NULL");
    expect_rows(".", after, after, "x'00'", "NULL");
    expect_rows("2 .", 1u << SLOT_EQUAL, 1u << SLOT_EQUAL | 1u << SLOT_KEY, "'IM'", "2");
}

/* Is each row from that place to that one within the bounds, of rows in order? */
static bool is_within(const char *after, const char *up_to, int64_t first, int64_t last) {
    sqlite3_value *given[] = {evaluate(db, after), evaluate(db, up_to)};
    error problem = {0};
    scan_omitted taken = {.bound_count = 2};
    taken.bounds[0] = scan_omitted_bound_of(SLOT_AFTER, given[0], &problem);
    taken.bounds[1] = scan_omitted_bound_of(SLOT_UP_TO, given[1], &problem);
    assert_false(error_is_set(&problem));
    scan_omitted_note_stretch(&taken, first, last);
    sqlite3_value_free(given[0]);
    sqlite3_value_free(given[1]);
    return taken.within;
}

/* Both ends of a stretch tell of what is between them. */
static void test_stretch(void **state) {
    (void)state;
    assert_true(is_within("5", "9.5", 6, 9));
    assert_true(is_within("'5'", "'x'", 6, INT64_MAX));
    assert_true(is_within("8.5", "9", 9, 9));
    assert_false(is_within("5", "9.5", 5, 9));
    assert_false(is_within("5", "9.5", 6, 10));
    assert_false(is_within("x'00'", "'x'", 6, 9));
}

/* A version that lacks the column has NULL in all rows. */
static void test_lacking_column(void **state) {
    unsigned bit = 1u << SLOT_EQUAL;
    (void)state;
    scan_omitted taken = {0};
    scan_omitted_terms terms;
    error problem = {0};
    sqlite3_value *one = evaluate(db, "1");
    terms_of(&terms, bit, bit);
    scan_omitted_take(&taken, wanted.resource, 0, &terms, &one, &problem);
    assert_true(taken.nothing);
    sqlite3_value_free(one);
}

/* ---- which terms ---- */

/* The terms of messages, one a line, that are left to us: their numbers. */
static void expect_left(const char *left, int count, const char *const terms[], void (*change)(plan_draft *draft)) {
    plan_draft draft;
    plan made;
    char text[100] = "";
    plan_draft_begin(&draft, "messages", CATALOG_V1);
    for (int i = 0; i < count; i++) {
        plan_draft_add(&draft, terms[i]);
    }
    if (change) {
        change(&draft);
    }
    plan_make(&draft.question, &made);
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (scan_omitted_can(&draft.question, &made, slot)) {
            snprintf(text + strlen(text), sizeof text - strlen(text), "%d ", made.argument[slot]);
        }
    }
    assert_string_equal(text, left);
}

#define TERMS(...)                                                                                                     \
    (int)(sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)), (const char *[]) {                                  \
        __VA_ARGS__                                                                                                    \
    }

static void compare_without_case(plan_draft *draft) {
    draft->terms[1].binary = false;
}

static void lose_collation(plan_draft *draft) {
    draft->terms[1].binary = false;
    draft->question.loses_collation = true;
}

static void test_which_terms(void **state) {
    (void)state;
    expect_left("0 1 2 3 ", TERMS("service_sid", "channel_sid", "index >", "index <="), NULL);
    expect_left("0 1 ", TERMS("index", "index >="), NULL);
    expect_left("1 ", TERMS("service_sid IN", "channel_sid", "sid", "path", "LIMIT", "OFFSET"), NULL);
    expect_left("", TERMS("service_sid IS", "channel_sid IN", "index IS", "index IN", "from", "body LIKE"), NULL);
    expect_left("0 2 ", TERMS("service_sid", "index >", "index <"), compare_without_case);
    expect_left("0 ", TERMS("channel_sid", "channel_sid"), compare_without_case);
    expect_left("", TERMS("channel_sid", "channel_sid"), lose_collation);
}

/* ---- memory ---- */

static void take_step(void *context) {
    scan_omitted taken = {0};
    error problem = {0};
    unsigned bits = 1u << SLOT_PARENT1 | 1u << SLOT_AFTER;
    scan_omitted_terms terms;
    terms_of(&terms, bits, bits);
    scan_omitted_take(&taken, named_resource("messages"), CATALOG_V1, &terms, context, &problem);
    if (error_is_set(&problem)) {
        assert_true(faulty_memory_failed());
        assert_int_equal(problem.rc, SQLITE_NOMEM);
        error_clear(&problem);
    } else {
        assert_int_equal(taken.parent_count + taken.bound_count, 2);
    }
}

static void test_without_memory(void **state) {
    sqlite3_value *given[] = {evaluate(db, "'" CHANNEL "'"), evaluate(db, "'17'")};
    (void)state;
    assert_true(faulty_memory_sweep(take_step, given) >= 1);
    sqlite3_value_free(given[0]);
    sqlite3_value_free(given[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test_setup_teardown(test_stretch, begin, end),
        cmocka_unit_test_setup_teardown(test_parents, begin, end),
        cmocka_unit_test_setup_teardown(test_bounds, begin, end),
        cmocka_unit_test_setup_teardown(test_lacking_column, begin, end),
        cmocka_unit_test(test_which_terms),
        cmocka_unit_test_setup_teardown(test_without_memory, begin, end),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
