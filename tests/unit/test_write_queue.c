/* The write queue: numbers, states, rolling back, history, and what there is no room for in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

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

static write_entry *add_to(const char *table, const void *owner, const char *body) {
    write_entry *entry = write_queue_add(&queue, WRITE_INSERT, owner, named_resource(table));
    assert_non_null(entry);
    entry->lane = write_queue_lane(&queue, "/Services/IS1");
    entry->path = sqlite3_mprintf("/v1/Services/IS1/Channels");
    entry->body = sqlite3_mprintf("%s", body);
    entry->body_length = strlen(body);
    write_queue_account(&queue, entry);
    return entry;
}

static write_entry *add(const void *owner, const char *body) {
    return add_to("messages", owner, body);
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
    assert_int_equal(queue.count, 2);
    assert_int_equal(write_queue_find(&queue, 2)->state, WRITE_FAILED);
    write_entry *next = add(one, "z");
    assert_int_equal(next->seq, 3);
    assert_int_equal(queue.count, 1);
    assert_false(queue.finished);
    assert_null(write_queue_find(&queue, 2));
    assert_ptr_equal(write_queue_find(&queue, 3), next);
}

/* The numbers of the calls that are seen, as "1 2 ". */
static const char *seen(void) {
    static char text[200];
    error problem = {0};
    size_t used = 0;
    text[0] = 0;
    for (int64_t seq = 0; (seq = write_queue_next(&queue, seq)) != 0;) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%lld ", (long long)seq);
        assert_int_equal(write_queue_show(&queue, seq, &problem)->seq, seq);
    }
    assert_null(write_queue_show(&queue, 1000, &problem));
    return text;
}

/* Two calls, of which one was sent. */
static void leave_one(write_state state) {
    add(one, "x")->state = WRITE_SENT;
    add(one, "y")->state = state;
    queue.stopped = state != WRITE_SENT;
    write_queue_finish(&queue);
}

/* What a transaction has left unsent is seen until another one has sent something. */
static void test_earlier_stays(void **state) {
    (void)state;
    assert_string_equal(seen(), "");
    leave_one(WRITE_FAILED);
    assert_string_equal(seen(), "1 2 ");
    int64_t mark = write_queue_mark(&queue);
    add(one, "again");
    assert_string_equal(seen(), "1 2 3 ");
    write_queue_take_back(&queue, mark); /* the statement is refused */
    assert_string_equal(seen(), "1 2 ");
    add(one, "again");
    write_queue_roll_back(&queue, NULL, 0);
    write_queue_finish(&queue);
    assert_string_equal(seen(), "1 2 ");
    assert_int_equal(write_queue_find(&queue, 2)->state, WRITE_FAILED);
    write_queue_finish(&queue); /* once more, for another table */
    assert_string_equal(seen(), "1 2 ");
    add(one, "again")->state = WRITE_FAILED;
    assert_string_equal(seen(), "1 2 4 ");
    queue.stopped = queue.tried = true;
    write_queue_finish(&queue);
    assert_string_equal(seen(), "4 ");
    add(one, "again")->state = WRITE_SENT;
    queue.tried = true;
    write_queue_finish(&queue);
    assert_string_equal(seen(), "5 ");
}

/* It is gone as soon as the other one's sending begins, which may be long before the end of that transaction. */
static void test_earlier_is_tried_again(void **state) {
    (void)state;
    leave_one(WRITE_FAILED);
    write_entry *again = add(one, "again");
    assert_string_equal(seen(), "1 2 3 ");
    write_queue_try(&queue);
    assert_true(queue.tried);
    assert_string_equal(seen(), "3 ");
    again->state = WRITE_SENT;
    write_queue_try(&queue);
    add(one, "more");
    assert_string_equal(seen(), "3 4 ");
    write_queue_roll_back(&queue, NULL, 0);
    write_queue_finish(&queue);
    assert_string_equal(seen(), "3 4 ");
}

/* Of which nothing is left goes when another one queues something; so does one that was rolled back. */
static void test_earlier_goes(void **state) {
    (void)state;
    leave_one(WRITE_SENT);
    add(one, "again");
    assert_string_equal(seen(), "3 ");
    write_queue_roll_back(&queue, NULL, 0);
    write_queue_finish(&queue);
    assert_string_equal(seen(), "3 ");
    add(one, "another");
    assert_string_equal(seen(), "4 ");
}

/* A transaction ends of which nothing was sent. */
static void leave_all(bool refused) {
    write_queue_roll_back(&queue, NULL, 0);
    queue.stopped = refused; /* readonly, say */
    write_queue_finish(&queue);
}

/* What was refused before anything was sent stays as what the server has refused does. */
static void test_earlier_unsent(void **state) {
    (void)state;
    add(one, "x");
    leave_all(true);
    int64_t mark = write_queue_mark(&queue);
    add(one, "other");
    assert_string_equal(seen(), "1 2 ");
    write_queue_take_back(&queue, mark); /* the statement is refused */
    assert_string_equal(seen(), "1 ");
    add(one, "other");
    leave_all(false);
    assert_string_equal(seen(), "1 ");
    assert_int_equal(write_queue_find(&queue, 1)->state, WRITE_ROLLED_BACK);
    add(one, "x");
    leave_all(true); /* it was to be sent again */
    assert_string_equal(seen(), "1 ");
    add(one, "x");
    queue.tried = true; /* but no connection was to be had */
    leave_all(true);
    assert_string_equal(seen(), "4 ");
    add(one, "x")->state = WRITE_SENT;
    queue.tried = true;
    write_queue_finish(&queue);
    assert_string_equal(seen(), "5 ");
}

/* It counts among the texts that memory has room for, and may be in the file. */
static void test_earlier_is_bounded(void **state) {
    error problem = {0};
    (void)state;
    leave_one(WRITE_ROLLED_BACK);
    write_entry *next = add(one, "again");
    write_queue_bound(&queue, queue.bytes + queue.earlier->bytes, &problem);
    assert_false(next->away);
    write_queue_bound(&queue, queue.bytes + queue.earlier->bytes - 1, &problem);
    assert_true(next->away);
    write_queue_clear(&queue);
    leave_one(WRITE_ROLLED_BACK);
    write_queue_bound(&queue, 0, &problem);
    add(one, "again");
    assert_true(queue.earlier->entries[1]->away);
    assert_string_equal(seen(), "4 5 6 ");
    assert_string_equal(write_queue_show(&queue, 5, &problem)->body, "y");
    assert_false(error_is_set(&problem));
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

/* What is in memory is counted, whatever has become of it. */
static void test_bytes(void **state) {
    (void)state;
    add(one, "short");
    size_t first = queue.bytes;
    assert_true(first >= strlen("short") + strlen("/v1/Services/IS1/Channels"));
    add(one, "a longer one");
    assert_true(queue.bytes > first);
    write_queue_take_back(&queue, 2);
    assert_int_equal(queue.bytes, first);
    write_queue_roll_back(&queue, one, 0);
    assert_int_equal(queue.bytes, first);
    write_queue_finish(&queue);
    add(one, "short");
    assert_int_equal(queue.bytes, first);
}

/* One copy for all calls of a parent. */
static void test_lanes(void **state) {
    (void)state;
    write_entry *first = add(one, "1"), *second = add(one, "2");
    assert_ptr_equal(first->lane, second->lane);
    assert_string_equal(first->lane, "/Services/IS1");
    assert_ptr_not_equal(write_queue_lane(&queue, "/Services/IS2"), first->lane);
}

static void test_drop_last(void **state) {
    (void)state;
    add(one, "1");
    write_entry *entry = write_queue_add(&queue, WRITE_DELETE, one, named_resource("channels"));
    entry->lane = write_queue_lane(&queue, "x");
    write_queue_drop_last(&queue);
    assert_int_equal(queue.count, 1);
    assert_int_equal(write_queue_mark(&queue), 2);
    assert_int_equal(add(one, "2")->seq, 2);
}

/* ---- no room in memory ---- */

static void bound(size_t limit) {
    error problem = {0};
    write_queue_bound(&queue, limit, &problem);
    assert_false(error_is_set(&problem));
}

static void fetch(write_entry *entry) {
    error problem = {0};
    write_queue_fetch(&queue, entry, &problem);
    assert_false(error_is_set(&problem));
    assert_false(entry->away);
}

static const write_entry *show(int64_t seq) {
    error problem = {0};
    const write_entry *entry = write_queue_show(&queue, seq, &problem);
    assert_false(error_is_set(&problem));
    return entry;
}

/* Up to the limit all stays; beyond, what there is goes, and comes back as it was. */
static void test_away(void **state) {
    (void)state;
    write_entry *first = add(one, "1 %C3%A9"), *bare = add(one, "2"), *made = add_to("channels", one, "3");
    first->replace_path = sqlite3_mprintf("instead");
    first->replace_body = sqlite3_mprintf("Body=instead");
    first->sid = sqlite3_mprintf("IM1");
    sqlite3_free(bare->body);
    bare->body = NULL;
    made->unique_name = sqlite3_mprintf("general");
    made->sid = sqlite3_mprintf("CH1");
    bound(queue.bytes);
    assert_false(first->away);
    bound(queue.bytes - 1);
    assert_true(first->away && bare->away && made->away);
    assert_int_equal(queue.bytes, 0);
    assert_null(first->path);
    assert_null(first->body);
    assert_null(first->replace_path);
    assert_null(first->replace_body);
    assert_string_equal(first->sid, "IM1"); /* what becomes of a call is known whatever the file does */
    assert_string_equal(made->unique_name, "general");
    assert_string_equal(made->sid, "CH1");
    fetch(first);
    assert_true(queue.bytes > 0);
    assert_string_equal(first->path, "/v1/Services/IS1/Channels");
    assert_string_equal(first->body, "1 %C3%A9");
    assert_string_equal(first->replace_path, "instead");
    assert_string_equal(first->replace_body, "Body=instead");
    assert_string_equal(first->sid, "IM1");
    assert_null(first->error);
    fetch(bare);
    assert_null(bare->body);
    assert_non_null(bare->path);
    fetch(made);
    assert_string_equal(made->body, "3");
    assert_string_equal(made->sid, "CH1");
}

/* What a call has become while it was sent goes with it. */
static void test_changed_and_put_away(void **state) {
    (void)state;
    write_entry *entry = add(one, "body"), *other_entry = add(one, "other");
    write_queue_put_away(&queue, entry); /* there is room: it stays */
    assert_string_equal(entry->body, "body");
    bound(0);
    fetch(entry);
    sqlite3_free(entry->path);
    entry->path = sqlite3_mprintf("resolved");
    entry->sid = sqlite3_mprintf("IM7");
    entry->error = sqlite3_mprintf("what was wrong");
    entry->changed = true;
    entry->running = true;
    write_queue_put_away(&queue, entry);
    assert_false(entry->away);
    entry->running = false;
    write_queue_put_away(&queue, entry);
    assert_true(entry->away);
    assert_int_equal(queue.bytes, 0);
    fetch(entry);
    assert_string_equal(entry->path, "resolved");
    assert_string_equal(entry->sid, "IM7");
    assert_string_equal(entry->error, "what was wrong");
    fetch(other_entry);
    assert_string_equal(other_entry->body, "other");
}

/* One call's texts are in memory for whoever looks, all of them one after another. */
static void test_shown(void **state) {
    char body[20];
    (void)state;
    for (int i = 1; i <= 50; i++) {
        snprintf(body, sizeof body, "body %d", i);
        add(one, body);
    }
    bound(0);
    assert_null(show(0));
    for (int i = 1; i <= 50; i++) {
        snprintf(body, sizeof body, "body %d", i);
        assert_string_equal(show(i)->body, body);
        assert_string_equal(show(i)->body, body);
        assert_true(i == 1 || queue.entries[i - 2]->away);
    }
    write_queue_take_back(&queue, 50);
    assert_null(show(50));
    assert_string_equal(show(49)->body, "body 49");
    assert_string_equal(add(one, "another 50")->body, "another 50");
    bound(0);
    assert_string_equal(show(50)->body, "another 50");
    write_queue_finish(&queue);
    assert_string_equal(show(1)->body, "body 1");
    add(one, "next");
    assert_null(queue.spill.file);
    assert_string_equal(show(51)->body, "next");
}

/* No secret is written to a file. */
static void test_secrets_stay(void **state) {
    (void)state;
    write_entry *entry = add(one, "ApiKey=secret");
    entry->shown_body = sqlite3_mprintf("ApiKey=****");
    write_entry *plain = add(one, "plain");
    bound(0);
    assert_string_equal(entry->body, "ApiKey=secret");
    assert_true(plain->away);
}

/* A file that cannot grow: an error that says so, and nothing of what there was is lost. */
static void test_no_room_in_the_file(void **state) {
    struct rlimit before, none;
    error problem = {0};
    (void)state;
    add(one, "first");
    bound(0);
    char *large = sqlite3_mprintf("%0*d", 3 * 1024 * 1024, 1);
    write_entry *entry = add(one, large);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    none = (struct rlimit){.rlim_cur = 4096, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &none);
    write_queue_bound(&queue, 0, &problem);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(problem.rc, SQLITE_ERROR);
    assert_non_null(strstr(problem.message, "memory_limit_mb"));
    assert_non_null(strstr(problem.message, "SQLITE_TMPDIR"));
    assert_null(strchr(problem.message, '\n'));
    error_clear(&problem);
    assert_string_equal(entry->body, large);
    assert_string_equal(show(1)->body, "first");
    bound(0);
    assert_string_equal(show(2)->body, large);
    sqlite3_free(large);
}

/* What the failure of another has left unsent says so; what the user has taken back before does not. */
static void test_left_unsent(void **state) {
    (void)state;
    write_entry *taken_back = add(one, "a"), *sent = add(one, "b"), *failed = add(one, "c"), *left = add(one, "d");
    write_queue_roll_back(&queue, one, 1);
    sent->state = WRITE_SENT;
    failed->state = WRITE_FAILED;
    failed->error = sqlite3_mprintf("HTTP 400");
    left->state = WRITE_PENDING;
    assert_null(write_queue_why(left));
    write_queue_stop(&queue);
    assert_string_equal(write_queue_why(left), "not sent: sending failed before it was its turn");
    write_queue_roll_back(&queue, NULL, 0);
    assert_int_equal(left->state, WRITE_ROLLED_BACK);
    assert_string_equal(write_queue_why(left), "not sent: sending failed before it was its turn");
    assert_null(write_queue_why(taken_back));
    assert_null(write_queue_why(sent));
    assert_string_equal(write_queue_why(failed), "HTTP 400");
    left->state = WRITE_SENT; /* another COMMIT of the same transaction */
    assert_null(write_queue_why(left));
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
        cmocka_unit_test_setup_teardown(test_earlier_stays, begin, end),
        cmocka_unit_test_setup_teardown(test_earlier_is_tried_again, begin, end),
        cmocka_unit_test_setup_teardown(test_earlier_goes, begin, end),
        cmocka_unit_test_setup_teardown(test_earlier_unsent, begin, end),
        cmocka_unit_test_setup_teardown(test_earlier_is_bounded, begin, end),
        cmocka_unit_test_setup_teardown(test_roll_back, begin, end),
        cmocka_unit_test_setup_teardown(test_bytes, begin, end),
        cmocka_unit_test_setup_teardown(test_drop_last, begin, end),
        cmocka_unit_test_setup_teardown(test_lanes, begin, end),
        cmocka_unit_test_setup_teardown(test_away, begin, end),
        cmocka_unit_test_setup_teardown(test_changed_and_put_away, begin, end),
        cmocka_unit_test_setup_teardown(test_shown, begin, end),
        cmocka_unit_test_setup_teardown(test_secrets_stay, begin, end),
        cmocka_unit_test_setup_teardown(test_no_room_in_the_file, begin, end),
        cmocka_unit_test_setup_teardown(test_left_unsent, begin, end),
        cmocka_unit_test_setup_teardown(test_state_texts, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
