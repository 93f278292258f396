/* JSON by its grammar alone: what is, what is not, and memory running out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/json_text.h"
#include "base/sqlite.h"
#include "unit/faulty_memory.h"

static void expect(const char *text, size_t length, bool valid) {
    error problem = {0};
    if (json_text_is_valid(text, length, &problem) != valid) {
        fail_msg("%s: %s", text, valid ? "refused" : "accepted");
    }
    assert_false(error_is_set(&problem));
}

static void expect_all(const char *const *texts, size_t count, bool valid) {
    for (size_t i = 0; i < count; i++) {
        expect(texts[i], strlen(texts[i]), valid);
    }
}

#define EXPECT_ALL(texts, valid) expect_all(texts, sizeof texts / sizeof *texts, valid)

static void test_valid(void **state) {
    static const char *const texts[] = {
        "{}",
        "[]",
        " [ ] ",
        "\t{ }\r\n",
        "null",
        "true",
        "false",
        "\"\"",
        "0",
        "-0",
        "12",
        "-1.50e+10",
        "1E-9",
        "0e0",
        "[1]",
        "[1, 2 ,3]",
        "[[]]",
        "[[],[1],{}]",
        "{\"a\":1}",
        "{ \"a\" : [ { } ] , \"b\" : \"c\" }",
        "{\"\":null}",
        /* what parsers refuse, and the grammar does not */
        "123456789012345678901234567890123456789012345678901234567890",
        "1e999999",
        "{\"a\":1,\"a\":2}",
        "\"\\ud83d\"",
        "\"\\uDE00\\u0000\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\x7f\xc3\xa9\xf0\x9f\x98\x80\"",
    };
    (void)state;
    EXPECT_ALL(texts, true);
}

static void test_not_valid(void **state) {
    static const char *const texts[] = {
        "",          " ",         "a",           "nul",        "nulll",
        "True",      "'a'",       "\"",          "\"a",        "\"\\\"",
        "\"\\x\"",   "\"\\u12\"", "\"\\u12g4\"", "\"\\",       "\"\n\"",
        "\"\x1f\"",  "01",        "+1",          ".5",         "1.",
        "1.e5",      "1e",        "1e+",         "-",          "--1",
        "1 2",       "[",         "]",           "[1",         "[1,]",
        "[,1]",      "[,]",       "[1 2]",       "[1}",        "{]",
        "{",         "{\"a\"}",   "{\"a\":}",    "{a:1}",      "{1:1}",
        "{,}",       "{\"a\":1",  "{\"a\":1,}",  "{\"a\" 1}",  "{\"a\":1 \"b\":2}",
        "{\"a\",1}", "[] []",     "{}}",         "[[]",        "[]]",
        "0x10",      "NaN",       "Infinity",    "[1,/*a*/2]", "\xef\xbb\xbf[]",
        "[\"a\":1]",
    };
    (void)state;
    EXPECT_ALL(texts, false);
}

/* A NUL ends nothing: it is a byte like others, and stands nowhere in JSON. */
static void test_nul(void **state) {
    (void)state;
    expect("[]\0", 3, false);
    expect("\0", 1, false);
    expect("\"a\0b\"", 5, false);
    expect("\"\\\0\"", 4, false);
    expect("[1\0]", 4, false);
}

/* A text is not read behind its end: what stands there does not complete it. */
static void test_end(void **state) {
    static const char *const whole[] = {"null", "\"abc\"", "[1]", "{\"a\":1}", "\"\\u00e9\"", "-1.5e10"};
    (void)state;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        size_t length = strlen(whole[i]);
        for (size_t cut = 1; i < sizeof whole / sizeof *whole - 1 && cut < length; cut++) {
            expect(whole[i], cut, false);
        }
        expect(whole[i], length, true);
    }
    expect("-1.5e10", 1, false);
    expect("-1.5e10", 2, true);
    expect("-1.5e10", 3, false);
    expect("-1.5e10", 5, false);
}

/* Deeper than any stack. */
static void test_deep(void **state) {
    size_t depth = 1000000;
    char *text = malloc(2 * depth);
    (void)state;
    assert_non_null(text);
    memset(text, '[', depth);
    memset(text + depth, ']', depth);
    expect(text, 2 * depth, true);
    expect(text, 2 * depth - 1, false);
    free(text);
}

static void sweep_step(void *context) {
    error problem = {0};
    char text[400];
    (void)context;
    memset(text, '[', 200);
    memset(text + 200, ']', 200);
    bool valid = json_text_is_valid(text, sizeof text, &problem);
    assert_int_equal(valid, !error_is_set(&problem));
    assert_true(!error_is_set(&problem) || (problem.rc == SQLITE_NOMEM && faulty_memory_failed()));
    error_clear(&problem);
}

static void test_memory(void **state) {
    (void)state;
    assert_true(faulty_memory_sweep(sweep_step, NULL) >= 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid), cmocka_unit_test(test_not_valid), cmocka_unit_test(test_nul),
        cmocka_unit_test(test_end),   cmocka_unit_test(test_deep),      cmocka_unit_test(test_memory),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
