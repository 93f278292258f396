/* The request log: a ring that keeps the newest entries, whose ids go on for ever. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/sqlite.h"
#include "rest/request_log.h"

/* Adds one attempt whose path says its id. */
static int64_t add(request_log *log) {
    char path[40];
    snprintf(path, sizeof path, "/v1/%lld", (long long)log->next_id);
    return request_log_begin(log, "channels", NULL, "https://chat.example", "GET", path, 1, PURPOSE_NONE);
}

static void add_many(request_log *log, int count) {
    for (int i = 0; i < count; i++) {
        add(log);
    }
}

/* The log holds exactly the entries from first to last, in order, and finds each by its id and no other. */
static void assert_holds(const request_log *log, int64_t first, int64_t last) {
    assert_int_equal(log->count, last - first + 1);
    assert_int_equal(log->next_id, last + 1);
    assert_true(log->count <= log->capacity);
    for (int64_t id = first; id <= last; id++) {
        request_entry *entry = request_log_at(log, (size_t)(id - first));
        char path[40];
        snprintf(path, sizeof path, "/v1/%lld", (long long)id);
        assert_int_equal(entry->id, id);
        assert_string_equal(entry->path, path);
        assert_ptr_equal(request_log_find(log, id), entry);
    }
    assert_null(request_log_find(log, first - 1));
    assert_null(request_log_find(log, last + 1));
    assert_null(request_log_find(log, 0));
    assert_null(request_log_find(log, -1));
    assert_null(request_log_find(log, INT64_MAX));
    assert_null(request_log_find(log, INT64_MIN));
}

static void test_empty(void **state) {
    (void)state;
    request_log log;
    request_log_init(&log, 10);
    assert_null(log.entries);
    assert_int_equal(log.next_id, 1);
    assert_holds(&log, 1, 0);
    request_log_fail(&log, 1, "nothing there");
    request_log_clear(&log);
    request_log_clear(&log);
}

static void test_a_new_entry(void **state) {
    (void)state;
    request_log log;
    char table[] = "messages", profile[] = "sales", origin[] = "https://chat.example",
         path[] = "/v1/Services?PageSize=1";
    request_log_init(&log, 10);
    int64_t before = clock_wall_ms();
    int64_t id = request_log_begin(&log, table, profile, origin, "POST", path, 3, PURPOSE_LOOK_UP);
    memset(table, 'x', sizeof table - 1);
    memset(path, 'x', sizeof path - 1);
    memset(origin, 'x', sizeof origin - 1);
    memset(profile, 'x', sizeof profile - 1);
    request_entry *entry = request_log_find(&log, id);
    assert_int_equal(id, 1);
    assert_non_null(entry);
    assert_int_equal(entry->id, 1);
    assert_true(entry->started_ms >= before && entry->started_ms <= clock_wall_ms());
    assert_string_equal(entry->method, "POST");
    assert_string_equal(entry->table_name, "messages");
    assert_string_equal(entry->profile, "sales");
    assert_string_equal(entry->origin, "https://chat.example");
    assert_string_equal(entry->path, "/v1/Services?PageSize=1");
    assert_int_equal(entry->attempt, 3);
    assert_int_equal(entry->status, 0);
    assert_int_equal(entry->duration_ms, -1);
    assert_int_equal(entry->response_bytes, -1);
    assert_int_equal(entry->rows, -1);
    assert_string_equal(entry->request_id, "");
    assert_null(entry->error);
    assert_int_equal(entry->state, ENTRY_KEPT);
    assert_int_equal(entry->purpose, PURPOSE_LOOK_UP);
    assert_int_equal(entry->replaced, 0);
    request_log_replace(&log, id, 2);
    request_log_replace(&log, id, 3);
    request_log_replace(&log, id + 1, 1); /* no longer kept: nothing happens */
    assert_int_equal(entry->replaced, 5);
    request_log_clear(&log);
}

static void test_the_oldest_go(void **state) {
    (void)state;
    request_log log;
    request_log_init(&log, 100);
    for (int64_t id = 1; id <= 1000; id++) {
        assert_int_equal(add(&log), id);
        assert_holds(&log, id <= 100 ? 1 : id - 99, id);
    }
    request_log_clear(&log);
}

/* Capacities around the sizes that a growing ring passes through. */
static void test_capacities(void **state) {
    static const int capacities[] = {1, 2, 3, 15, 16, 17, 31, 32, 33, 100};
    (void)state;
    for (size_t i = 0; i < sizeof capacities / sizeof *capacities; i++) {
        request_log log;
        request_log_init(&log, (size_t)capacities[i]);
        for (int64_t id = 1; id <= 150; id++) {
            assert_int_equal(add(&log), id);
            assert_holds(&log, id <= capacities[i] ? 1 : id - capacities[i] + 1, id);
        }
        request_log_clear(&log);
    }
}

static void test_memory_follows_use(void **state) {
    (void)state;
    request_log log;
    request_log_init(&log, 10000000);
    add_many(&log, 20);
    assert_true(log.allocated < 100);
    assert_holds(&log, 1, 20);
    request_log_clear(&log);
}

static void test_capacity_zero(void **state) {
    (void)state;
    request_log log;
    request_log_init(&log, 0);
    assert_int_equal(add(&log), 1);
    assert_int_equal(add(&log), 2);
    assert_holds(&log, 3, 2);
    request_log_fail(&log, 2, "not kept");
    request_log_resize(&log, 2);
    add_many(&log, 2);
    assert_holds(&log, 3, 4);
    request_log_clear(&log);
}

static void test_shrinking_keeps_the_newest(void **state) {
    (void)state;
    request_log log;
    request_log_init(&log, 50);
    add_many(&log, 70); /* the ring's start is somewhere in the middle */
    request_log_resize(&log, 10);
    assert_holds(&log, 61, 70);
    assert_true(log.allocated <= 10);
    add_many(&log, 25);
    assert_holds(&log, 86, 95);
    request_log_resize(&log, 1);
    assert_holds(&log, 95, 95);
    request_log_resize(&log, 0);
    assert_holds(&log, 96, 95);
    assert_null(log.entries);
    request_log_clear(&log);
}

static void test_growing_keeps_all(void **state) {
    (void)state;
    request_log log;
    request_log_init(&log, 5);
    add_many(&log, 8);
    request_log_resize(&log, 40);
    assert_holds(&log, 4, 8);
    add_many(&log, 35);
    assert_holds(&log, 4, 43);
    add_many(&log, 1);
    assert_holds(&log, 5, 44);
    request_log_resize(&log, 40);
    assert_holds(&log, 5, 44);
    request_log_clear(&log);
}

static void test_resizing_an_empty_log(void **state) {
    (void)state;
    request_log log;
    request_log_init(&log, 5);
    request_log_resize(&log, 0);
    request_log_resize(&log, 3);
    add_many(&log, 5);
    assert_holds(&log, 3, 5);
    request_log_clear(&log);
}

static void test_ids_go_on_after_clear(void **state) {
    (void)state;
    request_log log;
    request_log_init(&log, 5);
    add_many(&log, 7);
    request_log_clear(&log);
    assert_holds(&log, 8, 7);
    assert_null(request_log_find(&log, 7));
    assert_int_equal(add(&log), 8);
    assert_holds(&log, 8, 8);
    request_log_clear(&log);
}

static void test_error_texts(void **state) {
    (void)state;
    request_log log;
    char text[] = "first";
    request_log_init(&log, 2);
    int64_t id = add(&log);
    request_log_fail(&log, id, text);
    memset(text, 'x', sizeof text - 1);
    assert_string_equal(request_log_find(&log, id)->error, "first");
    request_log_fail(&log, id, "second");
    assert_string_equal(request_log_find(&log, id)->error, "second");
    add_many(&log, 2);
    request_log_fail(&log, id, "gone");
    assert_null(request_log_at(&log, 0)->error);
    assert_null(request_log_at(&log, 1)->error);
    request_log_clear(&log);
}

static void test_notes(void **state) {
    (void)state;
    request_log log;
    request_log_init(&log, 2);
    int64_t id = add(&log);
    request_log_note(&log, id, "a remark");
    assert_string_equal(request_log_find(&log, id)->error, "a remark");
    request_log_note(&log, id, "another");
    assert_string_equal(request_log_find(&log, id)->error, "a remark");
    request_log_fail(&log, id, "an error");
    request_log_note(&log, id, "a third");
    assert_string_equal(request_log_find(&log, id)->error, "an error");
    request_log_note(&log, id + 1, "not there");
    request_log_clear(&log);
}

/* Deleted entries take nobody's place. */
static void test_deleted_do_not_count(void **state) {
    static const int left[] = {1, 5, 6, 7, 8};
    (void)state;
    request_log log;
    request_log_init(&log, 5);
    for (int i = 0; i < 5; i++) {
        add(&log);
    }
    for (int64_t id = 2; id <= 4; id++) {
        request_log_delete(&log, id);
        request_log_delete(&log, id);
    }
    request_log_delete(&log, 99);
    request_log_settle(&log);
    for (int i = 0; i < 3; i++) {
        add(&log);
    }
    assert_int_equal(log.count, 5);
    assert_int_equal(log.deleted, 0);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(request_log_at(&log, i)->id, left[i]);
        assert_ptr_equal(request_log_find(&log, left[i]), request_log_at(&log, i));
        assert_int_equal(request_log_after(&log, left[i]), i + 1);
    }
    assert_null(request_log_find(&log, 3));
    assert_int_equal(request_log_after(&log, 3), 1);
    request_log_delete(&log, 1);
    request_log_delete(&log, 7);
    request_log_settle(&log);
    request_log_resize(&log, 2);
    assert_int_equal(request_log_at(&log, 0)->id, 6);
    assert_int_equal(request_log_at(&log, 1)->id, 8);
    request_log_delete(&log, 6);
    request_log_settle(&log);
    add(&log);
    assert_int_equal(request_log_at(&log, 0)->id, 8);
    request_log_delete(&log, 8);
    request_log_clear(&log);
    assert_int_equal(log.deleted, 0);
    assert_int_equal(log.deleting, 0);
}

/* What a statement deletes that fails is there again, but for what the log has let go of as the oldest. */
static void test_deleting_may_be_taken_back(void **state) {
    static const int left[] = {3, 4, 6, 7, 8};
    (void)state;
    request_log log;
    request_log_init(&log, 5);
    for (int i = 0; i < 6; i++) {
        add(&log);
    }
    request_log_delete(&log, 5);
    request_log_settle(&log);
    request_log_delete(&log, 2);
    request_log_delete(&log, 3);
    request_log_delete(&log, 6);
    add(&log); /* in the place of 5, which is deleted */
    add(&log); /* in the place of 2, the oldest, which was about to be */
    assert_int_equal(log.deleting, 2);
    assert_int_equal(request_log_find(&log, 3)->state, ENTRY_DELETING);
    request_log_put_back(&log);
    assert_int_equal(log.deleting, 0);
    assert_int_equal(log.deleted, 0);
    assert_int_equal(log.count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(request_log_at(&log, i)->id, left[i]);
        assert_int_equal(request_log_at(&log, i)->state, ENTRY_KEPT);
    }
    request_log_clear(&log);
}

/* A log of any size against a list of numbers, through a long run of everything that can be done to it. */
static void test_random_use(void **state) {
    (void)state;
    request_log log;
    uint32_t random = 1;
    int64_t first = 1, last = 0;
    size_t capacity = 8;
    request_log_init(&log, capacity);
    for (int step = 0; step < 20000; step++) {
        random = random * 1664525u + 1013904223u;
        unsigned choice = random >> 24;
        if (choice < 240) {
            last = add(&log);
        } else if (choice < 254) {
            capacity = (random >> 8) % 40;
            request_log_resize(&log, capacity);
        } else {
            request_log_clear(&log);
            first = last + 1;
        }
        first = last - first + 1 > (int64_t)capacity ? last - (int64_t)capacity + 1 : first;
        assert_holds(&log, first, last);
    }
    request_log_clear(&log);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_a_new_entry),
        cmocka_unit_test(test_the_oldest_go),
        cmocka_unit_test(test_capacities),
        cmocka_unit_test(test_memory_follows_use),
        cmocka_unit_test(test_capacity_zero),
        cmocka_unit_test(test_shrinking_keeps_the_newest),
        cmocka_unit_test(test_growing_keeps_all),
        cmocka_unit_test(test_resizing_an_empty_log),
        cmocka_unit_test(test_ids_go_on_after_clear),
        cmocka_unit_test(test_deleted_do_not_count),
        cmocka_unit_test(test_deleting_may_be_taken_back),
        cmocka_unit_test(test_error_texts),
        cmocka_unit_test(test_notes),
        cmocka_unit_test(test_random_use),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
