/* JSON that a user writes: parsing, leaves, arrays, comparison, what no parameter takes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/sqlite.h"
#include "rest/page_document.h"

static page_document *parse(const char *text) {
    error problem = {0};
    page_document *document = page_document_parse(text, strlen(text), &problem);
    if (!document) {
        fail_msg("%s: %s", text, problem.message);
    }
    return document;
}

static void refuse(const char *text, size_t length, const char *expected) {
    error problem = {0};
    assert_null(page_document_parse(text, length, &problem));
    assert_int_equal(problem.rc, SQLITE_ERROR);
    assert_non_null(strstr(problem.message, "is not valid JSON: "));
    assert_non_null(strstr(problem.message, expected));
    error_clear(&problem);
}

static void test_parse(void **state) {
    static const char *const good[] = {"{}",
                                       "[]",
                                       "null",
                                       "true",
                                       "1",
                                       "-1.5",
                                       "\"x\"",
                                       " {\"a\":[1]} ",
                                       "\"\\u0000\"",
                                       "\"\xf0\x9f\x98\x80\"",
                                       "1e300",
                                       "\"\"",
                                       "{\"a\":{\"a\":1}}"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        page_document_free(parse(good[i]));
    }
    page_document_free(NULL);
    refuse("", 0, "near end of file");
    refuse("{\"a\":1", 6, "'}' expected");
    refuse("plain", 5, "invalid token");
    refuse("{} {}", 5, "end of file expected");
    refuse("{\"a\":1,\"a\":2}", 13, "duplicate object key");
    refuse("\"\xff\"", 3, "");
    refuse("{}\0{}", 5, "");
}

static void leaf(const page_document *document, const char *path, const char *expected) {
    buffer text;
    buffer_init(&text, 1000);
    bool found = page_document_leaf(document, path, &text);
    assert_int_equal(found, expected != NULL);
    if (expected) {
        assert_string_equal(text.data ? text.data : "", expected);
    }
    buffer_clear(&text);
}

static void test_leaf(void **state) {
    page_document *document =
        parse("{\"a\":{\"b\":{\"c\":\"deep\"},\"t\":true,\"f\":false,\"n\":null,\"i\":-7,\"r\":1.5,"
              "\"o\":{},\"l\":[1]},\"s\":\"top\",\"big\":9007199254740993}");
    (void)state;
    leaf(document, "a.b.c", "deep");
    leaf(document, "a.t", "true");
    leaf(document, "a.f", "false");
    leaf(document, "a.n", "");
    leaf(document, "a.i", "-7");
    leaf(document, "a.r", "1.5");
    leaf(document, "s", "top");
    leaf(document, "big", "9007199254740993");
    leaf(document, "a.o", NULL);
    leaf(document, "a.l", NULL);
    leaf(document, "a", NULL);
    leaf(document, NULL, NULL);
    leaf(document, "none", NULL);
    leaf(document, "a.b.c.d", NULL);
    leaf(document, "s.x", NULL);
    page_document_free(document);
    document = parse("\"itself\"");
    leaf(document, NULL, "itself");
    leaf(document, "", "itself");
    leaf(document, "x", NULL);
    page_document_free(document);
    leaf(NULL, "x", NULL);
}

/* A text with NUL keeps it. */
static void test_leaf_with_nul(void **state) {
    page_document *document = parse("{\"a\":\"x\\u0000y\"}");
    buffer text;
    (void)state;
    buffer_init(&text, 1000);
    assert_true(page_document_leaf(document, "a", &text));
    assert_int_equal(text.length, 3);
    assert_memory_equal(text.data, "x\0y", 3);
    buffer_clear(&text);
    page_document_free(document);
}

/* Longer than any of the catalogue's: not found rather than cut. */
static void test_a_long_path(void **state) {
    page_document *document = parse("{}");
    char path[500];
    (void)state;
    memset(path, 'x', sizeof path - 1);
    path[sizeof path - 1] = 0;
    leaf(document, path, NULL);
    page_document_free(document);
}

static void test_arrays(void **state) {
    page_document *document = parse("{\"a\":[\"one\",2,true,null,[],{}],\"e\":[],\"s\":\"x\"}");
    static const char *const expected[] = {"one", NULL, NULL, NULL, NULL, NULL, NULL};
    (void)state;
    assert_int_equal(page_document_count(document, "a"), 6);
    assert_int_equal(page_document_count(document, "e"), 0);
    assert_int_equal(page_document_count(document, "s"), -1);
    assert_int_equal(page_document_count(document, "none"), -1);
    assert_int_equal(page_document_count(NULL, "a"), -1);
    assert_int_equal(page_document_count(document, NULL), -1);
    for (int i = 0; i < 7; i++) {
        buffer text;
        buffer_init(&text, 1000);
        assert_int_equal(page_document_element(document, "a", i, &text), expected[i] != NULL);
        if (expected[i]) {
            assert_string_equal(text.data ? text.data : "", expected[i]);
        }
        buffer_clear(&text);
    }
    page_document_free(document);
    document = parse("[1,2]");
    assert_int_equal(page_document_count(document, NULL), 2);
    page_document_free(document);
}

static void test_same(void **state) {
    page_document *one = parse("{\"a\":1,\"b\":{\"c\":[1,2],\"d\":\"x\"},\"n\":null}");
    page_document *other = parse("{\"n\":null, \"b\":{\"d\":\"x\", \"c\":[1,2]}, \"a\":2}");
    (void)state;
    assert_true(page_document_same(one, other, "b"));
    assert_true(page_document_same(one, other, "b.c"));
    assert_true(page_document_same(one, other, "n"));
    assert_true(page_document_same(one, other, "none"));
    assert_false(page_document_same(one, other, "a"));
    assert_false(page_document_same(one, other, NULL));
    assert_false(page_document_same(one, NULL, "a"));
    assert_true(page_document_same(one, NULL, "none"));
    assert_true(page_document_same(NULL, NULL, "a"));
    assert_true(page_document_same(one, one, NULL));
    page_document_free(one);
    page_document_free(other);
}

static void test_has(void **state) {
    page_document *document = parse("{\"a\":{\"n\":null}}"), *list = parse("[1]");
    (void)state;
    assert_true(page_document_is_object(document));
    assert_false(page_document_is_object(list));
    assert_true(page_document_has(document, "a"));
    assert_true(page_document_has(document, "a.n"));
    assert_false(page_document_has(document, "a.x"));
    assert_false(page_document_has(document, "n"));
    assert_false(page_document_has(NULL, "a"));
    page_document_free(document);
    page_document_free(list);
}

static void test_stranger(void **state) {
    static const char *const paths[] = {"limit", "event.url", "event.method", "list", "0.sid"};
    static const struct {
        const char *json, *stranger;
    } cases[] = {
        {"{}", NULL},
        {"{\"limit\":1}", NULL},
        {"{\"limit\":{\"any\":[1]}}", NULL},
        {"{\"list\":[{\"a\":1}],\"event\":{\"url\":1,\"method\":2}}", NULL},
        {"{\"limits\":1}", "limits"},
        {"{\"event\":{\"url\":1,\"body\":2}}", "event.body"},
        {"{\"event\":{\"url\":{\"x\":1}}}", NULL},
        {"{\"event\":5}", "event"},
        {"{\"event\":{}}", "event"},
        {"{\"other\":{\"deep\":{\"deeper\":1}}}", "other.deep.deeper"},
        {"{\"other\":{}}", "other"},
        {"[1]", "0"},
        {"[{\"sid\":1}]", NULL},
        {"[{\"sid\":1,\"size\":2}]", "0.size"},
        {"[{\"sid\":1},{\"sid\":2}]", "1.sid"},
        /* Keys that only look like a path. */
        {"{\"event.url\":1}", "event.url"},
        {"{\"event.url\":{\"x\":1}}", "event.url"},
        {"{\"\":{\"limit\":1}}", ""},
        {"{\"event\":{\"\":{\"url\":1}}}", "event."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        page_document *document = parse(cases[i].json);
        buffer name;
        buffer_init(&name, 1000);
        bool found = page_document_stranger(document, NULL, paths, 5, &name);
        if (found != (cases[i].stranger != NULL)) {
            fail_msg("%s: %s", cases[i].json, found ? name.data : "no stranger");
        }
        if (found) {
            assert_string_equal(name.data, cases[i].stranger);
        }
        buffer_clear(&name);
        page_document_free(document);
    }
}

/* A document is changed at a path: what is on the way is made, what is no object on the way is replaced. */
static void test_set(void **state) {
    page_document *document = parse("{\"a\":1,\"b\":{\"c\":2}}");
    page_document *expected = parse("{\"a\":{\"x\":{\"y\":true}},\"b\":{\"d\":\"7\"},\"e\":[\"f\",\"\"]}");
    (void)state;
    assert_true(page_document_set(document, "a.x.y", "true", 4, true));
    assert_true(page_document_set(document, "b.d", "7", 1, false));
    page_document_remove(document, "b.c");
    page_document_remove(document, "b.c");
    page_document_remove(document, "none.c");
    assert_false(page_document_add(document, "e", "f", 1));
    assert_true(page_document_set(document, "e", "[]", 2, true));
    assert_true(page_document_add(document, "e", "f", 1));
    assert_true(page_document_add(document, "e", "", 0));
    assert_true(page_document_same(document, expected, NULL));
    assert_true(page_document_set(document, "g", NULL, 0, false));
    assert_true(page_document_has(document, "g"));
    page_document_free(document);
    page_document_free(expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),       cmocka_unit_test(test_leaf),     cmocka_unit_test(test_leaf_with_nul),
        cmocka_unit_test(test_a_long_path), cmocka_unit_test(test_arrays),   cmocka_unit_test(test_same),
        cmocka_unit_test(test_has),         cmocka_unit_test(test_stranger), cmocka_unit_test(test_set),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
