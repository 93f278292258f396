/* The write queue: numbers, states, rolling back, history. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "unit/named.h"
#include "write/write_queue.h"

static write_queue queue;
static const char one[] = "a table", other[] = "another";

static int begin(void **state) {
    (void)state;
    memset(&queue, 0, sizeof queue);
    return 0;
}

static int end(void **state) {
    (void)state;
    write_queue_clear(&queue);
    return 0;
}

static write_entry *add(const void *owner, const char *body) {
    write_entry *entry = write_queue_add(&queue, WRITE_INSERT, owner, named_resource("channels"));
    assert_non_null(entry);
    entry->lane = sqlite3_mprintf("/Services/IS1");
    entry->path = sqlite3_mprintf("/v1/Services/IS1/Channels");
    entry->body = sqlite3_mprintf("%s", body);
    entry->body_length = strlen(body);
    write_queue_account(&queue, entry);
    return entry;
}

static void test_entries(void **state) {
    (void)state;
    assert_int_equal(write_queue_mark(&queue), 1);
    for (int i = 1; i <= 100; i++) {
        write_entry *entry = add(one, "x");
        assert_int_equal(entry->seq, i);
        assert_int_equal(entry->state, WRITE_PENDING);
        assert_ptr_equal(entry->owner, one);
    }
    assert_int_equal(write_queue_mark(&queue), 101);
    assert_int_equal(write_queue_count(&queue, WRITE_PENDING), 100);
    assert_int_equal(write_queue_count(&queue, WRITE_SENT), 0);
    assert_int_equal(write_queue_find(&queue, 50)->seq, 50);
    assert_null(write_queue_find(&queue, 0));
    assert_null(write_queue_find(&queue, 101));
}

/* What is finished stays to be seen until the next call; numbers go on. */
static void test_history(void **state) {
    (void)state;
    assert_null(write_queue_find(&queue, 1));
    add(one, "x")->state = WRITE_SENT;
    add(one, "y")->state = WRITE_FAILED;
    write_queue_finish(&queue);
    assert_int_equal(queue.bytes, 0);
    assert_int_equal(queue.count, 2);
    assert_int_equal(write_queue_find(&queue, 2)->state, WRITE_FAILED);
    write_entry *next = add(one, "z");
    assert_int_equal(next->seq, 3);
    assert_int_equal(queue.count, 1);
    assert_false(queue.finished);
    assert_null(write_queue_find(&queue, 2));
    assert_ptr_equal(write_queue_find(&queue, 3), next);
}

static void test_roll_back(void **state) {
    (void)state;
    add(one, "1");
    add(other, "2")->state = WRITE_SENT;
    add(one, "3");
    add(other, "4");
    add(one, "5");
    write_queue_roll_back(&queue, one, 3);
    assert_int_equal(write_queue_find(&queue, 1)->state, WRITE_PENDING);
    assert_int_equal(write_queue_find(&queue, 3)->state, WRITE_ROLLED_BACK);
    assert_int_equal(write_queue_find(&queue, 4)->state, WRITE_PENDING);
    assert_int_equal(write_queue_find(&queue, 5)->state, WRITE_ROLLED_BACK);
    write_queue_roll_back(&queue, NULL, 0);
    assert_int_equal(write_queue_find(&queue, 1)->state, WRITE_ROLLED_BACK);
    assert_int_equal(write_queue_find(&queue, 2)->state, WRITE_SENT);
    assert_int_equal(write_queue_find(&queue, 4)->state, WRITE_ROLLED_BACK);
    assert_int_equal(write_queue_count(&queue, WRITE_PENDING), 0);
}

/* Rolled back calls give their memory back to the limit. */
static void test_bytes(void **state) {
    (void)state;
    add(one, "short");
    size_t first = queue.bytes;
    assert_true(first >= strlen("short") + strlen("/v1/Services/IS1/Channels"));
    add(one, "a longer one");
    assert_true(queue.bytes > first);
    write_queue_roll_back(&queue, one, 2);
    assert_int_equal(queue.bytes, first);
    write_queue_roll_back(&queue, one, 0);
    assert_int_equal(queue.bytes, 0);
    write_queue_roll_back(&queue, one, 0);
    assert_int_equal(queue.bytes, 0);
}

static void test_drop_last(void **state) {
    (void)state;
    add(one, "1");
    write_entry *entry = write_queue_add(&queue, WRITE_DELETE, one, named_resource("channels"));
    entry->lane = sqlite3_mprintf("x");
    write_queue_drop_last(&queue);
    assert_int_equal(queue.count, 1);
    assert_int_equal(write_queue_mark(&queue), 2);
    assert_int_equal(add(one, "2")->seq, 2);
}

/* Bodies of calls that are over can be let go; all else stays. */
static void test_shed(void **state) {
    (void)state;
    write_entry *sent = add(one, "sent"), *pending = add(one, "pending");
    sent->state = WRITE_SENT;
    sent->shown_body = sqlite3_mprintf("shown");
    sent->replace_body = sqlite3_mprintf("replacing");
    sent->sid = sqlite3_mprintf("CH1");
    write_queue_shed(&queue);
    assert_null(sent->body);
    assert_null(sent->shown_body);
    assert_null(sent->replace_body);
    assert_string_equal(sent->sid, "CH1");
    assert_string_equal(pending->body, "pending");
}

static void test_state_texts(void **state) {
    static const char *const texts[] = {"pending", "sent", "failed", "unknown", "rolled back"};
    (void)state;
    for (int i = 0; i < 5; i++) {
        assert_string_equal(write_queue_state_text((write_state)i), texts[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_entries, begin, end),
        cmocka_unit_test_setup_teardown(test_history, begin, end),
        cmocka_unit_test_setup_teardown(test_roll_back, begin, end),
        cmocka_unit_test_setup_teardown(test_bytes, begin, end),
        cmocka_unit_test_setup_teardown(test_drop_last, begin, end),
        cmocka_unit_test_setup_teardown(test_shed, begin, end),
        cmocka_unit_test_setup_teardown(test_state_texts, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
