/* The list of different texts: in the order they came, each once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/sqlite.h"
#include "base/text_list.h"

static void add(text_list *list, const char *text) {
    error problem = {0};
    text_list_add(list, text, &problem);
    assert_false(error_is_set(&problem));
}

static void test_order_and_repetitions(void **state) {
    static const char *const texts[] = {"b", "a", "", "b", "A", "a", "", "c"};
    static const char *const kept[] = {"b", "a", "", "A", "c"};
    (void)state;
    text_list list = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        add(&list, texts[i]);
    }
    assert_int_equal(list.count, sizeof kept / sizeof *kept);
    for (size_t i = 0; i < list.count; i++) {
        assert_string_equal(list.texts[i], kept[i]);
    }
    text_list_clear(&list);
}

static void test_texts_are_copied(void **state) {
    (void)state;
    text_list list = {0};
    char text[] = "before";
    add(&list, text);
    memcpy(text, "after!", sizeof text);
    add(&list, text);
    assert_string_equal(list.texts[0], "before");
    assert_string_equal(list.texts[1], "after!");
    text_list_clear(&list);
}

static void test_many(void **state) {
    (void)state;
    text_list list = {0};
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 5000; i++) {
            char text[40];
            snprintf(text, sizeof text, "CH%032x", (unsigned)i);
            add(&list, text);
        }
    }
    assert_int_equal(list.count, 5000);
    assert_string_equal(list.texts[4999], "CH00000000000000000000000000001387");
    text_list_clear(&list);
}

static void test_clear(void **state) {
    (void)state;
    text_list list = {0};
    text_list_clear(&list);
    add(&list, "a");
    text_list_clear(&list);
    assert_int_equal(list.count, 0);
    add(&list, "a");
    assert_int_equal(list.count, 1);
    text_list_clear(&list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_and_repetitions),
        cmocka_unit_test(test_texts_are_copied),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_clear),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
