/* What becomes of the values of an answer, cell by cell; and what error bodies say. Shapes: test_page.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "catalog/generations.h"
#include "rest/page.h"
#include "unit/named.h"
#include "unit/parsed.h"

#define SID "CH00000000000000000000000000000001"

/* The page of the value under test, kept while its cell is looked at. */
static page *parsed;

/* Parses a resource whose `column` is the JSON `value`, and gives the cell. */
static const page_cell *cell_in(const char *table, const char *column, const char *value) {
    const catalog_resource *resource = named_resource(table);
    size_t size = strlen(value) + 200;
    char *body = malloc(size);
    error problem = {0};
    assert_non_null(body);
    snprintf(body, size, "{\"%s\":\"" SID "\",\"%s\":%s}", resource->key_column, column, value);
    page_release(parsed);
    parsed = page_parse_single(resource, CATALOG_V1, body, strlen(body), &problem);
    if (parsed == NULL) {
        print_message("# %s: %s\n", value, problem.message);
    }
    free(body);
    assert_non_null(parsed);
    int index = catalog_column_index(resource, column);
    assert_true(index >= 0);
    return page_at(parsed, 0, (size_t)index);
}

static void assert_text(const page_cell *cell, page_cell_type type, const char *text, size_t length) {
    assert_int_equal(cell->type, type);
    assert_int_equal(cell->length, length);
    assert_memory_equal(page_text(parsed, cell), text, length + 1);
}

static void assert_integer(const page_cell *cell, int64_t value) {
    assert_int_equal(cell->type, CELL_INTEGER);
    assert_true(cell->value.integer == value);
}

static int drop_page(void **state) {
    (void)state;
    page_release(parsed);
    parsed = NULL;
    return 0;
}

/* --- values of the kind that the catalogue expects ---------------------------------------------------------------- */

static void test_null_and_missing(void **state) {
    (void)state;
    const catalog_resource *resource = named_resource("channels");
    assert_int_equal(cell_in("channels", "friendly_name", "null")->type, CELL_NULL);
    for (size_t i = 0; i < resource->column_count; i++) {
        bool present = strcmp(resource->columns[i].name, "sid") == 0;
        assert_int_equal(page_at(parsed, 0, i)->type, present ? CELL_TEXT : CELL_NULL);
    }
}

static void test_texts(void **state) {
    (void)state;
    assert_text(cell_in("channels", "friendly_name", "\"\""), CELL_TEXT, "", 0);
    assert_text(cell_in("channels", "friendly_name", "\"plain\""), CELL_TEXT, "plain", 5);
    assert_text(cell_in("channels", "friendly_name", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), CELL_TEXT, "\"\\/\b\f\n\r\t",
                8);
    assert_text(cell_in("channels", "friendly_name", "\"\\u00e9\\ud83d\\ude00\xf0\x9f\x98\x80\""), CELL_TEXT,
                "\xc3\xa9\xf0\x9f\x98\x80\xf0\x9f\x98\x80", 10);
    assert_text(cell_in("channels", "friendly_name", "\"\\ufffe\\uffff\\u202e\""), CELL_TEXT,
                "\xef\xbf\xbe\xef\xbf\xbf\xe2\x80\xae", 9);
}

static void test_nul_in_a_text(void **state) {
    (void)state;
    assert_text(cell_in("channels", "friendly_name", "\"a\\u0000b\""), CELL_TEXT, "a\0b", 3);
    assert_text(cell_in("channels", "friendly_name", "\"\\u0000\""), CELL_TEXT, "\0", 1);
    assert_text(cell_in("messages", "body", "\"\\u0000\\u0000x\""), CELL_TEXT, "\0\0x", 3);
    assert_text(cell_in("channels", "attributes", "\"{\\u0000}\""), CELL_JSON, "{\0}", 3);
}

static void test_integers(void **state) {
    (void)state;
    assert_integer(cell_in("channels", "members_count", "0"), 0);
    assert_integer(cell_in("channels", "members_count", "-0"), 0);
    assert_integer(cell_in("channels", "members_count", "-1"), -1);
    assert_integer(cell_in("channels", "members_count", "4294967296"), 4294967296);
    assert_integer(cell_in("channels", "members_count", "9007199254740993"), 9007199254740993);
    assert_integer(cell_in("channels", "members_count", "9223372036854775807"), INT64_MAX);
    assert_integer(cell_in("channels", "members_count", "-9223372036854775808"), INT64_MIN);
}

static void test_booleans(void **state) {
    (void)state;
    assert_integer(cell_in("messages", "was_edited", "true"), 1);
    assert_integer(cell_in("messages", "was_edited", "false"), 0);
    assert_int_equal(cell_in("users", "is_online", "null")->type, CELL_NULL);
    assert_integer(cell_in("users", "is_online", "false"), 0);
}

static void test_times(void **state) {
    static const char *const cases[][2] = {
        {"Thu, 24 Mar 2016 20:37:57 +0000", "2016-03-24T20:37:57Z"},
        {"2016-03-24T20:37:57Z", "2016-03-24T20:37:57Z"},
        {"2016-03-24T20:37:57.123+02:00", "2016-03-24T18:37:57.123Z"},
        {"not a date", "not a date"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char value[100];
        snprintf(value, sizeof value, "\"%s\"", cases[i][0]);
        assert_text(cell_in("channels", "date_created", value), CELL_TEXT, cases[i][1], strlen(cases[i][1]));
        /* In any other column the same text is a text. */
        assert_text(cell_in("channels", "friendly_name", value), CELL_TEXT, cases[i][0], strlen(cases[i][0]));
    }
    assert_text(cell_in("channels", "date_created", "\"Thu, 24 Mar 2016 20:37:57 +0000\\u0000\""), CELL_TEXT,
                "Thu, 24 Mar 2016 20:37:57 +0000\0", 32);
}

static void test_json(void **state) {
    static const char *const cases[][2] = {
        {"{}", "{}"},
        {"[]", "[]"},
        {" { \"b\" : 1 ,\n \"a\" : [ true , null , \"x y\" ] } ",
         "{ \"b\" : 1 ,\n \"a\" : [ true , null , \"x y\" ] }"},
        {"[[[]],{\"\":{}}]", "[[[]],{\"\":{}}]"},
        {"[9223372036854775807,-1]", "[9223372036854775807,-1]"},
        {"[1.5,1e3]", "[1.5,1e3]"},
        {"{\"a\":\"\\u0000\\n\\\"\"}", "{\"a\":\"\\u0000\\n\\\"\"}"},
        {"[\"\\u00e9\\ud83d\\ude00\"]", "[\"\\u00e9\\ud83d\\ude00\"]"},
        {"[\"https:\\/\\/x\"]", "[\"https:\\/\\/x\"]"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_text(cell_in("channels", "links", cases[i][0]), CELL_JSON, cases[i][1], strlen(cases[i][1]));
    }
}

/* Numbers inside stay the numbers they were, to the last bit, however they are written. */
static void test_json_reals(void **state) {
    static const double reals[] = {0.1, -2.5e-7, 100.25, 1.7976931348623157e308, 5e-324, 0.30000000000000004};
    (void)state;
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++) {
        char value[64];
        snprintf(value, sizeof value, "[%.17g]", reals[i]);
        const page_cell *cell = cell_in("channels", "links", value);
        assert_int_equal(cell->type, CELL_JSON);
        assert_true(strtod(page_text(parsed, cell) + 1, NULL) == reals[i]);
    }
}

static void test_attributes(void **state) {
    (void)state;
    assert_int_equal(cell_in("channels", "attributes", "null")->type, CELL_NULL);
    assert_text(cell_in("channels", "attributes", "\"{}\""), CELL_JSON, "{}", 2);
    assert_text(cell_in("channels", "attributes", "\"\""), CELL_JSON, "", 0);
    assert_text(cell_in("channels", "attributes", "\" {\\\"a\\\" : 1} \""), CELL_JSON, " {\"a\" : 1} ", 11);
    assert_text(cell_in("channels", "attributes", "\"not json\""), CELL_JSON, "not json", 8);
    /* Not a string, as documented, but the thing itself. */
    assert_text(cell_in("channels", "attributes", "{\"a\": 1}"), CELL_JSON, "{\"a\": 1}", 8);
    assert_text(cell_in("channels", "attributes", "[1]"), CELL_JSON, "[1]", 3);
}

/* --- values of another kind --------------------------------------------------------------------------------------- */

/* What each kind of column makes of a value of another type; NULL: the answer is refused; "real": it is one. */
typedef struct conversion {
    const char *value, *text, *integer, *boolean, *time, *json;
} conversion;

static const conversion conversions[] = {
    {"12", "12", "12", NULL, NULL, "12"},
    {"1", "1", "1", "1", NULL, "1"},
    {"-5.0", "-5.0", "-5", NULL, NULL, "-5.0"},
    {"0.0", "0.0", "0", "0", NULL, "0.0"},
    {"1.5", "1.5", NULL, NULL, NULL, "1.5"},
    {"1e2", "1e2", "100", NULL, NULL, "1e2"},
    {"1E-400", "1E-400", "0", "0", NULL, "1E-400"},
    {"1e300", "1e300", "real", NULL, NULL, "1e300"},
    {"9223372036854775807.0", "9223372036854775807.0", "real", NULL, NULL, "9223372036854775807.0"},
    {"-9223372036854775808.0", "-9223372036854775808.0", "-9223372036854775808", NULL, NULL, "-9223372036854775808.0"},
    {"true", "true", "1", "1", NULL, "true"},
    {"false", "false", "0", "0", NULL, "false"},
    {"\"12\"", "12", "12", NULL, "12", "12"},
    {"\"0\"", "0", "0", "0", "0", "0"},
    {"\"-007\"", "-007", "-7", NULL, "-007", "-007"},
    {"\"5.0\"", "5.0", "5", NULL, "5.0", "5.0"},
    {"\"5.5\"", "5.5", NULL, NULL, "5.5", "5.5"},
    {"\"5.\"", "5.", "5", NULL, "5.", "5."},
    {"\"5x\"", "5x", NULL, NULL, "5x", "5x"},
    {"\"-\"", "-", NULL, NULL, "-", "-"},
    {"\"9223372036854775808\"", "9223372036854775808", NULL, NULL, "9223372036854775808", "9223372036854775808"},
    {"\"true\"", "true", NULL, "1", "true", "true"},
    {"\"false\"", "false", NULL, "0", "false", "false"},
    {"\"falsetto\"", "falsetto", NULL, NULL, "falsetto", "falsetto"},
    {"{\"a\": []}", "{\"a\": []}", NULL, NULL, NULL, "{\"a\": []}"},
    {"[]", "[]", NULL, NULL, NULL, "[]"},
    {"\"\"", "", "", "", "", ""},
};

static void assert_refused(const char *table, const char *column, const char *value, const char *message) {
    error problem = {0};
    char body[300];
    snprintf(body, sizeof body, "{\"sid\":\"" SID "\",\"%s\":%s}", column, value);
    assert_null(page_parse_single(named_resource(table), CATALOG_V1, body, strlen(body), &problem));
    if (!problem.message || strcmp(problem.message, message) != 0) {
        fail_msg("%s.%s %s: \"%s\"", table, column, value, problem.message);
    }
    error_clear(&problem);
}

/* expected: the text of the cell, or of its number. */
static void assert_becomes(const char *column, const conversion *each, page_cell_type type, const char *expected) {
    char message[200];
    if (!expected) {
        bool number = strcmp(column, "index") == 0, flag = strcmp(column, "was_edited") == 0;
        snprintf(message, sizeof message, "the answer holds a row whose \"%s\" is not %s", column,
                 number ? "a whole number"
                 : flag ? "true or false"
                        : "a time");
        assert_refused("messages", column, each->value, message);
    } else if (strcmp(expected, "real") == 0) {
        const page_cell *cell = cell_in("messages", column, each->value);
        assert_int_equal(cell->type, CELL_REAL);
        assert_true(cell->value.real == strtod(each->value, NULL));
    } else if (type == CELL_INTEGER && *expected) {
        assert_integer(cell_in("messages", column, each->value), strtoll(expected, NULL, 10));
    } else {
        assert_text(cell_in("messages", column, each->value), type == CELL_INTEGER ? CELL_TEXT : type, expected,
                    strlen(expected));
    }
}

/* A value becomes one of its column's type where nothing is lost, and is refused where something would be. */
static void test_values_of_another_type(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof conversions / sizeof *conversions; i++) {
        const conversion *each = &conversions[i];
        bool document = each->value[0] == '{' || each->value[0] == '[';
        assert_becomes("body", each, document ? CELL_JSON : CELL_TEXT, each->text);
        assert_becomes("index", each, CELL_INTEGER, each->integer);
        assert_becomes("was_edited", each, CELL_INTEGER, each->boolean);
        assert_becomes("date_created", each, CELL_TEXT, each->time);
        assert_becomes("attributes", each, CELL_JSON, each->json);
        assert_becomes("media", each, each->value[0] == '"' ? CELL_TEXT : CELL_JSON, each->json);
    }
}

/* In a version that has no such column the answer's value need not be of its type. */
static void test_values_of_other_versions(void **state) {
    (void)state;
    assert_int_equal(cell_in("bindings", "date_created", "12")->type, CELL_NULL);
    assert_text(cell_in("bindings", "date_created", "\"12\""), CELL_TEXT, "12", 2);
}

/* What the API never returns must not be shown if it once does. */
static void test_write_only_columns_stay_empty(void **state) {
    (void)state;
    assert_int_equal(cell_in("credentials", "secret", "\"leaked\"")->type, CELL_NULL);
    assert_int_equal(cell_in("credentials", "private_key", "\"leaked\"")->type, CELL_NULL);
    assert_int_equal(cell_in("credentials", "certificate", "{\"a\":1}")->type, CELL_NULL);
    assert_text(cell_in("credentials", "sandbox", "\"False\""), CELL_TEXT, "False", 5);
}

/* A text that the row before has, too, is there once; one in which something is still to be done, or that is another, twice. */
static void test_the_text_before(void **state) {
    (void)state;
    const catalog_resource *resource = named_resource("channels");
    static const char *const texts[][2] = {{"plain", "plain"},       {"a\\u0041", "aA"}, {"plaix", "plaix"},
                                           {"a\\u0041", "aA"},       {"a\\u0041", "aA"}, {"a\\u0042", "aB"},
                                           {"aaaaaaaa", "aaaaaaaa"}, {"plain", "plain"}, {"plain", "plain"}};
    enum { ROWS = sizeof texts / sizeof *texts };
    char body[4000] = "{\"channels\":[";
    error problem = {0};
    for (size_t i = 0; i < ROWS; i++) {
        size_t length = strlen(body);
        snprintf(body + length, sizeof body - length, "%s{\"sid\":\"CH%032d\",\"friendly_name\":\"%s\"}", i ? "," : "",
                 (int)i, texts[i][0]);
    }
    strcat(body, "],\"meta\":{\"next_page_url\":null}}");
    parsed = page_parse_list(resource, CATALOG_V1, body, strlen(body), &problem);
    assert_non_null(parsed);
    size_t column = (size_t)catalog_column_index(resource, "friendly_name");
    const char *at[ROWS];
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < ROWS; i++) {
            const page_cell *cell = page_at(parsed, i, column);
            assert_text(cell, CELL_TEXT, texts[i][1], strlen(texts[i][1]));
            at[i] = page_text(parsed, cell);
        }
    }
    assert_ptr_equal(at[7], at[8]);
    assert_ptr_not_equal(at[3], at[4]);
}

static void test_a_megabyte(void **state) {
    (void)state;
    enum { MEGABYTE = 1024 * 1024 };
    char *value = malloc(MEGABYTE + 3);
    assert_non_null(value);
    memset(value, 'x', MEGABYTE + 2);
    value[0] = value[MEGABYTE + 1] = '"';
    value[MEGABYTE + 2] = 0;
    const page_cell *cell = cell_in("messages", "body", value);
    value[MEGABYTE + 1] = 0;
    assert_text(cell, CELL_TEXT, value + 1, MEGABYTE);
    free(value);
}

/* --- error bodies ------------------------------------------------------------------------------------------------- */

static void assert_problem(const char *body, int64_t code, const char *message) {
    page_problem problem;
    memset(&problem, '#', sizeof problem);
    page_parse_problem(body, strlen(body), &problem);
    assert_true(problem.code == code);
    assert_string_equal(problem.message, message);
}

static void test_problems(void **state) {
    (void)state;
    assert_problem("{\"code\":20404,\"message\":\"not found\",\"more_info\":\"x\",\"status\":404}", 20404, "not found");
    assert_problem("{\"message\":\"only this\"}", 0, "only this");
    assert_problem("{\"code\":20003}", 20003, "");
    assert_problem("{\"type\":\"x\",\"title\":\"Bad\",\"status\":400,\"code\":20001,\"detail\":\"more\"}", 20001,
                   "more");
    assert_problem("{\"code\":-1,\"message\":\"\"}", -1, "");
    assert_problem("{\"code\":9223372036854775807}", INT64_MAX, "");
    /* What is odd in it, or beside it. */
    assert_problem("{\"code\":99999999999999999999,\"message\":\"x\"}", 0, "x");
    assert_problem("{\"code\":1,\"code\":20404,\"message\":\"no \\ud83d\",\"n\":1e400}", 20404, "no \xef\xbf\xbd");
}

static void test_problems_of_other_shapes(void **state) {
    static const char *const bodies[] = {
        "",
        " ",
        "{}",
        "[]",
        "null",
        "1",
        "\"x\"",
        "<html>",
        "{\"code\":",
        "[{\"code\":1,\"message\":\"x\"}]",
        "{\"code\":\"20404\",\"message\":1}",
        "{\"code\":1.5,\"message\":null,\"detail\":{}}",
        "{\"message\":\"\xff\"}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        assert_problem(bodies[i], 0, "");
    }
    page_problem problem;
    memset(&problem, '#', sizeof problem);
    page_parse_problem(NULL, 0, &problem);
    assert_int_equal(problem.code, 0);
    assert_string_equal(problem.message, "");
}

static void test_problem_is_one_line(void **state) {
    (void)state;
    assert_problem("{\"message\":\"a\\nb\\r\\tc\\u001b[31md\\u007f\\u0001\"}", 0, "a b  c [31md  ");
    assert_problem("{\"message\":\"a\\u0000b\"}", 0, "a");
}

/* U+0085 ends a line, and U+009B begins a terminal's command as ESC [ does. */
static void test_problem_without_further_controls(void **state) {
    page_problem problem;
    const char *body = "{\"message\":\"a\\u0085b\\u009b31mc\"}";
    (void)state;
    page_parse_problem(body, strlen(body), &problem);
    assert_null(strstr(problem.message, "\xc2\x85"));
    assert_null(strstr(problem.message, "\xc2\x9b"));
}

static void test_long_problem_is_cut_at_a_character(void **state) {
    (void)state;
    for (size_t shift = 0; shift < 4; shift++) {
        char body[3000] = "{\"message\":\"";
        memset(body + strlen(body), 'x', shift);
        while (strlen(body) < 2000) {
            strcat(body, "\xf0\x9f\x98\x80");
        }
        strcat(body, "\"}");
        page_problem problem;
        page_parse_problem(body, strlen(body), &problem);
        size_t length = strlen(problem.message);
        assert_true(length > 200 && length < sizeof problem.message);
        assert_int_equal((length - shift) % 4, 0);
        assert_memory_equal(problem.message + length - 4, "\xf0\x9f\x98\x80", 4);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_null_and_missing, drop_page),
        cmocka_unit_test_teardown(test_texts, drop_page),
        cmocka_unit_test_teardown(test_nul_in_a_text, drop_page),
        cmocka_unit_test_teardown(test_integers, drop_page),
        cmocka_unit_test_teardown(test_booleans, drop_page),
        cmocka_unit_test_teardown(test_times, drop_page),
        cmocka_unit_test_teardown(test_json, drop_page),
        cmocka_unit_test_teardown(test_json_reals, drop_page),
        cmocka_unit_test_teardown(test_attributes, drop_page),
        cmocka_unit_test_teardown(test_values_of_another_type, drop_page),
        cmocka_unit_test_teardown(test_values_of_other_versions, drop_page),
        cmocka_unit_test_teardown(test_write_only_columns_stay_empty, drop_page),
        cmocka_unit_test_teardown(test_the_text_before, drop_page),
        cmocka_unit_test_teardown(test_a_megabyte, drop_page),
        cmocka_unit_test(test_problems),
        cmocka_unit_test(test_problems_of_other_shapes),
        cmocka_unit_test(test_problem_is_one_line),
        cmocka_unit_test(test_problem_without_further_controls),
        cmocka_unit_test(test_long_problem_is_cut_at_a_character),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
