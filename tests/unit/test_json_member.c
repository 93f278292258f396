/* Single members of a JSON document: which one a key finds, and what its text is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/json_member.h"
#include "base/json_text.h"
#include "base/secret.h"
#include "base/sqlite.h"

/* A copy without a byte behind it, so that a sanitizer sees what reads beyond; NUL-terminated as the file's text is. */
static char *exactly(const char *text) {
    char *copy = malloc(strlen(text) + 1);
    assert_non_null(copy);
    strcpy(copy, text);
    return copy;
}

/* The text of the member of that key; NULL: it has none, or it is no text. */
static char *text_of(const char *document, const char *key) {
    char *copy = exactly(document);
    error problem = {0};
    json_span found;
    assert_true(json_text_is_valid(copy, strlen(copy), &problem));
    bool has = json_member_find(json_member_whole(copy, strlen(copy)), key, &found);
    char *text = has ? json_member_text(found, &problem) : NULL;
    assert_false(error_is_set(&problem));
    free(copy);
    return text;
}

static void assert_text(const char *document, const char *key, const char *expected) {
    char *text = text_of(document, key);
    if (!expected) {
        assert_null(text);
    } else {
        assert_non_null(text);
        assert_string_equal(text, expected);
    }
    secret_free(text);
}

static void test_members(void **state) {
    (void)state;
    assert_text("{\"a\":\"1\",\"b\":\"2\"}", "a", "1");
    assert_text("{\"a\":\"1\",\"b\":\"2\"}", "b", "2");
    assert_text("{\"a\":\"1\",\"b\":\"2\"}", "c", NULL);
    assert_text(" \n{ \"a\" :\t\"1\" , \"b\" : \"2\" } ", "b", "2");
    assert_text("{\"x\":{\"a\":\"inside\"},\"a\":\"1\"}", "a", "1");
    assert_text("{\"x\":[\"a\",{\"a\":\"inside\"},\"]\"],\"y\":\"}\",\"a\":\"1\"}", "a", "1");
    assert_text("{\"x\":-1.5e3,\"y\":true,\"z\":null,\"a\":\"1\"}", "a", "1");
    assert_text("{\"x\":\"\\\"\",\"a\":\"1\"}", "a", "1");
    assert_text("{\"a\":\"first\",\"a\":\"last\"}", "a", "last");
    assert_text("{\"\":\"empty\"}", "", "empty");
    assert_text("{}", "a", NULL);
    assert_text("[\"a\"]", "a", NULL);
    assert_text("\"a\"", "a", NULL);
    assert_text("7", "a", NULL);
}

static void test_what_is_no_text(void **state) {
    (void)state;
    assert_text("{\"a\":1}", "a", NULL);
    assert_text("{\"a\":null}", "a", NULL);
    assert_text("{\"a\":{}}", "a", NULL);
    assert_text("{\"a\":[\"b\"]}", "a", NULL);
    assert_text("{\"a\":\"x\\u0000y\"}", "a", NULL);
    assert_text("{\"a\":\"\\ud83d\"}", "a", NULL);
    assert_text("{\"a\":\"\\ud83dx\"}", "a", NULL);
    assert_text("{\"a\":\"\\ude00\"}", "a", NULL);
    assert_text("{\"a\":\"\\ud83d\\u0041\"}", "a", NULL);
}

static void test_escapes(void **state) {
    (void)state;
    assert_text("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", "a", "\"\\/\b\f\n\r\t");
    assert_text("{\"a\":\"\\u0041\\u00e9\\u20AC\\ud83d\\ude00\"}", "a", "A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
    assert_text("{\"a\":\"\xc3\xa9\"}", "a", "\xc3\xa9");
    assert_text("{\"a\":\"\"}", "a", "");
}

/* A key is what it means, not how it is written. */
static void test_keys(void **state) {
    (void)state;
    assert_text("{\"\\u0061b\":\"1\"}", "ab", "1");
    assert_text("{\"\\u00e9\":\"1\"}", "\xc3\xa9", "1");
    assert_text("{\"abc\":\"1\"}", "ab", NULL);
    assert_text("{\"ab\":\"1\"}", "abc", NULL);
    assert_text("{\"a\\u0000\":\"1\"}", "a", NULL);
}

static void test_nested(void **state) {
    static const char document[] = "{\"p\":{\"q\":{\"r\":null}}}";
    json_span one, two, three;
    (void)state;
    assert_true(json_member_find(json_member_whole(document, strlen(document)), "p", &one));
    assert_true(json_member_find(one, "q", &two));
    assert_true(json_member_find(two, "r", &three));
    assert_true(json_member_is_null(three));
    assert_false(json_member_is_null(two));
    assert_false(json_member_find(three, "s", &one));
    assert_false(json_member_find(json_member_whole("", 0), "p", &one));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_members), cmocka_unit_test(test_what_is_no_text), cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_keys),    cmocka_unit_test(test_nested),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
