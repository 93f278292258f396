/* JSON whose reading lacks memory, and what is said of bad JSON; see rest/page_json.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <string.h>

#include "base/sqlite.h"
#include "rest/page_json.h"
#include "unit/faulty_memory.h"

enum { FLAGS = JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES };

/* ---- bad texts ---- */

/* What jansson says of the text alone is what is to be said. */
static void refuse(const char *text, size_t length, size_t flags) {
    json_error_t expected, details;
    error problem = {0};
    memset(&expected, 0, sizeof expected);
    assert_null(json_loadb(text, length, flags, &expected));
    assert_null(page_json_load(text, length, flags, &details, &problem));
    assert_false(error_is_set(&problem));
    assert_string_equal(details.text, expected.text);
    assert_int_equal(details.position, expected.position);
}

static void test_refused(void **state) {
    static const char *const texts[] = {"",
                                        " ",
                                        "<html>",
                                        "busy, come back",
                                        "{",
                                        "{\"a\"",
                                        "{\"a\":",
                                        "{\"a\":1",
                                        "{\"a\":1,",
                                        "{\"a\":1,}",
                                        "[1,2",
                                        "[1 2]",
                                        "{\"a\":\"unended",
                                        "{\"a\":\"\\ud800\"}",
                                        "{\"a\":\"\\x\"}",
                                        "{\"a\":\"\xff\"}",
                                        "{\"a\":99999999999999999999}",
                                        "{\"a\":1e999}",
                                        "{\"a\":1,\"a\":2}",
                                        "{\"a\":tru}",
                                        "{} {}",
                                        "[] x",
                                        "{\"a\":[]}  ]",
                                        "{},{}",
                                        "{}]",
                                        "[1]]",
                                        "[1] ] [",
                                        "{\"a\":\"]\"} ]"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        refuse(texts[i], strlen(texts[i]), FLAGS);
    }
    refuse("", 0, FLAGS | JSON_DECODE_ANY);
    refuse("plain", 5, FLAGS | JSON_DECODE_ANY);
    refuse("9]", 2, FLAGS | JSON_DECODE_ANY);
    refuse("\"a]\" ]", 6, FLAGS | JSON_DECODE_ANY);
    refuse("true]]", 6, FLAGS | JSON_DECODE_ANY);
    refuse("{}\0", 3, FLAGS);
}

/* ---- good texts ---- */

static void accept(const char *text, size_t flags) {
    json_error_t details;
    error problem = {0};
    json_t *expected = json_loads(text, flags, &details);
    json_t *value = page_json_load(text, strlen(text), flags, &details, &problem);
    assert_non_null(expected);
    assert_non_null(value);
    assert_true(json_equal(value, expected));
    json_decref(value);
    json_decref(expected);
}

static void test_accepted(void **state) {
    (void)state;
    accept("{}", FLAGS);
    accept(" [ ] ", FLAGS);
    accept("{\"a\":\"\\\\\\\"\",\"b\":\"]},{[\"}", FLAGS);
    accept("\"\\\\\"", FLAGS | JSON_DECODE_ANY);
    accept("-1.5", FLAGS | JSON_DECODE_ANY);
}

/* ---- lack of memory ---- */

/* A token of each length around those where the scanner's buffer grows; escapes at every place. */
static void token_step(void *context) {
    const size_t *length = context;
    char text[300] = "{\"";
    for (size_t i = 2; i < 2 + *length; i++) {
        text[i] = i % 2 == 0 ? '\\' : 'n';
    }
    strcpy(text + 2 + (*length & ~(size_t)1), "\":\"x\"}");
    json_error_t details, ignored;
    error problem = {0};
    json_t *value = page_json_load(text, strlen(text), FLAGS, &details, &problem);
    if (value) {
        bool failed = faulty_memory_failed();
        faulty_memory_fail_at(0, false);
        json_t *expected = json_loads(text, FLAGS, &ignored);
        assert_true(json_equal(value, expected));
        json_decref(expected);
        json_decref(value);
        faulty_memory_fail_at(failed ? 1 : 0, false);
        sqlite3_free(failed ? sqlite3_malloc(1) : NULL); /* so that the sweep sees that there was a failure */
    } else {
        assert_true(faulty_memory_failed());
        assert_int_equal(problem.rc, SQLITE_NOMEM);
    }
}

static void test_memory(void **state) {
    (void)state;
    for (size_t length = 10; length < 140; length++) {
        assert_true(faulty_memory_sweep(token_step, &length) > 10);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_memory),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("page_json", tests, NULL, NULL);
}
