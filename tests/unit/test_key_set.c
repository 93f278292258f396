/* A set of short texts (ext/base/key_set.c) against what was put in; emptied, used anew; without memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/key_set.h"
#include "base/sqlite.h"
#include "base/text_hash.h"
#include "unit/faulty_memory.h"

static int put(key_set *set, const char *key, bool *had) {
    return key_set_add(set, key, strlen(key), text_hash(key, strlen(key)), had);
}

static bool has(const key_set *set, const char *key) {
    return key_set_has(set, key, strlen(key), text_hash(key, strlen(key)));
}

static void test_many(void **state) {
    key_set set = {0};
    char key[40];
    bool had;
    (void)state;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 5000; i++) {
            snprintf(key, sizeof key, "IM%032x", (unsigned)(i * (round + 1)));
            assert_false(has(&set, key));
            assert_int_equal(put(&set, key, &had), SQLITE_OK);
            assert_false(had);
            assert_int_equal(put(&set, key, &had), SQLITE_OK);
            assert_true(had);
        }
        assert_int_equal(set.count, 5000);
        for (int i = 0; i < 5000; i++) {
            snprintf(key, sizeof key, "IM%032x", (unsigned)(i * (round + 1)));
            assert_true(has(&set, key));
        }
        assert_false(has(&set, "IM"));
        key_set_empty(&set);
        assert_false(has(&set, key));
        assert_int_equal(set.count, 0);
    }
    key_set_clear(&set);
    assert_null(set.slots);
}

/* Texts of one hash are told apart by their bytes, a NUL among them; the empty one is a text. */
static void test_bytes_decide(void **state) {
    key_set set = {0};
    bool had;
    (void)state;
    const char *keys[] = {"a\0b", "a\0c", "abc", "", "ab"};
    const size_t lengths[] = {3, 3, 3, 0, 2};
    for (size_t i = 0; i < 5; i++) {
        assert_false(key_set_has(&set, keys[i], lengths[i], 7));
        assert_int_equal(key_set_add(&set, keys[i], lengths[i], 7, &had), SQLITE_OK);
        assert_false(had);
    }
    for (size_t i = 0; i < 5; i++) {
        assert_true(key_set_has(&set, keys[i], lengths[i], 7));
        assert_false(key_set_has(&set, keys[i], lengths[i], 8));
    }
    assert_int_equal(set.count, 5);
    key_set_clear(&set);
}

/* Whichever allocation fails: said so, what was there still is, and it goes on afterwards. */
static void test_without_memory(void **state) {
    (void)state;
    for (int fail = 1; fail < 14; fail++) {
        key_set set = {0};
        char key[40];
        bool had;
        int added = 0;
        faulty_memory_fail_at(fail, true);
        for (int i = 0; i < 400; i++) {
            snprintf(key, sizeof key, "IM%032x", (unsigned)i);
            int rc = put(&set, key, &had);
            assert_true(rc == SQLITE_OK || rc == SQLITE_NOMEM);
            assert_int_equal(has(&set, key), rc == SQLITE_OK);
            added += rc == SQLITE_OK;
        }
        faulty_memory_fail_at(0, false);
        assert_int_equal(set.count, added);
        assert_int_equal(put(&set, "after", &had), SQLITE_OK);
        assert_true(has(&set, "after"));
        key_set_clear(&set);
        assert_int_equal(faulty_memory_live(), 0);
    }
}

/* The empty text, which may be no text, put in first. */
static void test_empty(void **state) {
    key_set set = {0};
    bool had;
    (void)state;
    uint64_t hash = text_hash(NULL, 0);
    assert_false(key_set_has(&set, NULL, 0, hash));
    assert_int_equal(key_set_add(&set, NULL, 0, hash, &had), SQLITE_OK);
    assert_false(had);
    assert_int_equal(key_set_add(&set, "", 0, hash, &had), SQLITE_OK);
    assert_true(had);
    key_set_clear(&set);
}

static void test_hash_takes_all_bytes(void **state) {
    char text[40];
    (void)state;
    for (size_t length = 1; length < sizeof text; length++) {
        memset(text, 'x', sizeof text);
        uint64_t hash = text_hash(text, length);
        assert_true(hash != text_hash(text, length - 1));
        for (size_t i = 0; i < length; i++) {
            text[i] = 'y';
            assert_true(hash != text_hash(text, length));
            text[i] = 'x';
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_bytes_decide),
        cmocka_unit_test(test_without_memory),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_hash_takes_all_bytes),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
