/* The hash map: against what it must answer, from empty to many thousand keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "base/sqlite.h"

enum { MANY = 20000, KEY_SIZE = 64 };

static int values[MANY];
static int drops;

static void count_drop(void *value) {
    drops++;
    if (value != NULL) {
        *(int *)value += 1;
    }
}

/* Keys as the extension has them: long ones that differ in a few places. */
static const char *key_of(int i) {
    static char key[KEY_SIZE];
    snprintf(key, sizeof key, "/Services/IS%032x", (unsigned)i * 2654435761u);
    return key;
}

static void test_empty(void **state) {
    (void)state;
    map empty = {0};
    assert_null(map_get(&empty, "x"));
    assert_false(map_has(&empty, ""));
    map_remove(&empty, "x");
    map_clear(&empty, count_drop);
    assert_int_equal(empty.count, 0);
}

static void test_set_and_get(void **state) {
    (void)state;
    map some = {0};
    assert_int_equal(map_set(&some, "a", &values[0]), SQLITE_OK);
    assert_int_equal(map_set(&some, "", &values[1]), SQLITE_OK);
    assert_int_equal(map_set(&some, "b", NULL), SQLITE_OK);
    assert_ptr_equal(map_get(&some, "a"), &values[0]);
    assert_ptr_equal(map_get(&some, ""), &values[1]);
    assert_null(map_get(&some, "b"));
    assert_true(map_has(&some, "b"));
    assert_false(map_has(&some, "A"));
    assert_false(map_has(&some, "ab"));
    assert_int_equal(some.count, 3);
    map_clear(&some, NULL);
}

static void test_set_replaces(void **state) {
    (void)state;
    map one = {0};
    assert_int_equal(map_set(&one, "a", &values[0]), SQLITE_OK);
    assert_int_equal(map_set(&one, "a", &values[1]), SQLITE_OK);
    assert_int_equal(one.count, 1);
    assert_ptr_equal(map_get(&one, "a"), &values[1]);
    map_clear(&one, NULL);
}

static void test_keys_are_copied(void **state) {
    (void)state;
    map one = {0};
    char key[] = "before";
    assert_int_equal(map_set(&one, key, &values[0]), SQLITE_OK);
    memcpy(key, "after!", sizeof key);
    assert_true(map_has(&one, "before"));
    assert_false(map_has(&one, "after!"));
    map_clear(&one, NULL);
}

static void test_many(void **state) {
    (void)state;
    map many = {0};
    for (int i = 0; i < MANY; i++) {
        assert_int_equal(map_set(&many, key_of(i), &values[i]), SQLITE_OK);
    }
    assert_int_equal(many.count, MANY);
    for (int i = 0; i < MANY; i++) {
        assert_ptr_equal(map_get(&many, key_of(i)), &values[i]);
    }
    assert_false(map_has(&many, key_of(MANY)));
    map_clear(&many, NULL);
}

static void test_remove(void **state) {
    (void)state;
    map many = {0};
    for (int i = 0; i < MANY; i++) {
        assert_int_equal(map_set(&many, key_of(i), &values[i]), SQLITE_OK);
    }
    for (int i = 0; i < MANY; i += 2) {
        map_remove(&many, key_of(i));
        map_remove(&many, key_of(i));
    }
    assert_int_equal(many.count, MANY / 2);
    for (int i = 0; i < MANY; i++) {
        assert_ptr_equal(map_get(&many, key_of(i)), i % 2 ? &values[i] : NULL);
    }
    assert_int_equal(map_set(&many, key_of(0), &values[1]), SQLITE_OK);
    assert_ptr_equal(map_get(&many, key_of(0)), &values[1]);
    map_clear(&many, NULL);
}

static void test_clear_drops_each_value_once(void **state) {
    (void)state;
    map many = {0};
    memset(values, 0, sizeof values);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(map_set(&many, key_of(i), &values[i]), SQLITE_OK);
    }
    map_remove(&many, key_of(7));
    drops = 0;
    map_clear(&many, count_drop);
    assert_int_equal(drops, 999);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(values[i], i == 7 ? 0 : 1);
    }
    assert_int_equal(many.count, 0);
    assert_int_equal(map_set(&many, "again", &values[0]), SQLITE_OK);
    assert_true(map_has(&many, "again"));
    map_clear(&many, NULL);
}

static void test_long_and_odd_keys(void **state) {
    (void)state;
    static char key[1000001];
    map some = {0};
    memset(key, 'k', sizeof key - 1);
    assert_int_equal(map_set(&some, key, &values[0]), SQLITE_OK);
    assert_int_equal(map_set(&some, "\xff\x80\n", &values[1]), SQLITE_OK);
    assert_ptr_equal(map_get(&some, key), &values[0]);
    assert_ptr_equal(map_get(&some, "\xff\x80\n"), &values[1]);
    key[sizeof key - 2] = 'x';
    assert_null(map_get(&some, key));
    map_clear(&some, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_set_and_get),
        cmocka_unit_test(test_set_replaces),
        cmocka_unit_test(test_keys_are_copied),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_remove),
        cmocka_unit_test(test_clear_drops_each_value_once),
        cmocka_unit_test(test_long_and_odd_keys),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
