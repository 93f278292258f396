/* Form bodies: every byte arrives as it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/sqlite.h"
#include "rest/form.h"

static buffer body;
static error problem;

static int begin(void **state) {
    (void)state;
    buffer_init(&body, 1000);
    memset(&problem, 0, sizeof problem);
    return 0;
}

static int end(void **state) {
    (void)state;
    buffer_clear(&body);
    error_clear(&problem);
    return 0;
}

static void test_pairs(void **state) {
    (void)state;
    form_append(&body, "FriendlyName", "General", 7, &problem);
    form_append(&body, "Limits.UserChannels", "17", 2, &problem);
    form_append(&body, "Empty", "", 0, &problem);
    form_append(&body, "Null", NULL, 0, &problem);
    assert_false(error_is_set(&problem));
    assert_string_equal(body.data, "FriendlyName=General&Limits.UserChannels=17&Empty=&Null=");
}

static void test_repeated_names(void **state) {
    (void)state;
    form_append(&body, "Permission", "a", 1, &problem);
    form_append(&body, "Permission", "b", 1, &problem);
    assert_string_equal(body.data, "Permission=a&Permission=b");
}

static void test_escaping(void **state) {
    static const struct {
        const char *value, *escaped;
        size_t length;
    } cases[] = {
        {"a b&c=d+e%f", "a%20b%26c%3Dd%2Be%25f", 11},
        {"a\0b", "a%00b", 3},
        {"\r\n\t", "%0D%0A%09", 3},
        {"\xf0\x9f\x98\x80", "%F0%9F%98%80", 4},
        {"-._~", "-._~", 4},
        {"/?#[]@!$'()*,;:\"\\", "%2F%3F%23%5B%5D%40%21%24%27%28%29%2A%2C%3B%3A%22%5C", 17},
        {"\xff", "%FF", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buffer_clear(&body);
        form_append(&body, "B", cases[i].value, cases[i].length, &problem);
        assert_false(error_is_set(&problem));
        assert_string_equal(body.data + 2, cases[i].escaped);
    }
}

static void test_too_large(void **state) {
    char text[600];
    (void)state;
    memset(text, 'x', sizeof text);
    form_append(&body, "B", text, sizeof text, &problem);
    assert_false(error_is_set(&problem));
    form_append(&body, "B", text, sizeof text, &problem);
    assert_int_equal(problem.rc, SQLITE_TOOBIG);
    assert_string_equal(problem.message, "the request would be too large");
}

static void test_a_problem_before(void **state) {
    (void)state;
    error_set(&problem, SQLITE_ERROR, "before");
    form_append(&body, "B", "x", 1, &problem);
    assert_int_equal(body.length, 0);
    assert_string_equal(problem.message, "before");
}

/* What was escaped is read again, byte by byte; what is no escape stays. */
static void test_read(void **state) {
    char bytes[256];
    buffer text;
    size_t length;
    (void)state;
    for (int i = 0; i < 256; i++) {
        bytes[i] = (char)i;
    }
    form_append(&body, "All", bytes, sizeof bytes, &problem);
    const char *pair = form_find(body.data, "All", &length);
    buffer_init(&text, 1000);
    form_read(&text, pair + 4, length - 4);
    assert_int_equal(text.length, sizeof bytes);
    assert_memory_equal(text.data, bytes, sizeof bytes);
    text.length = 0;
    form_read(&text, "%4a%4g%4", 8);
    assert_string_equal(text.data, "J%4g%4");
    buffer_clear(&text);
}

static void test_find(void **state) {
    static const char pairs[] = "Name=1&NameOfIt=2&Name=3&OtherName=4";
    size_t length;
    (void)state;
    assert_ptr_equal(form_find(pairs, "Name", &length), pairs);
    assert_int_equal(length, 6);
    assert_ptr_equal(form_find(pairs + 7, "Name", &length), pairs + 18);
    assert_null(form_find(pairs + 25, "Name", &length));
    assert_int_equal(length, 0);
    assert_true(form_has(pairs, "OtherName"));
    assert_false(form_has(pairs, "Of"));
    assert_false(form_has(NULL, "Name"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_read, begin, end),
        cmocka_unit_test_setup_teardown(test_find, begin, end),
        cmocka_unit_test_setup_teardown(test_pairs, begin, end),
        cmocka_unit_test_setup_teardown(test_repeated_names, begin, end),
        cmocka_unit_test_setup_teardown(test_escaping, begin, end),
        cmocka_unit_test_setup_teardown(test_too_large, begin, end),
        cmocka_unit_test_setup_teardown(test_a_problem_before, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
