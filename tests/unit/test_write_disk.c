/* The file for the calls' texts, and a disk that is full when they are sent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "unit/send_world.h"

#include "table/own_tables.h"

enum { CALLS = 300, CHANNELS = 7, LENGTH = 6000 };

static struct rlimit before;

/* Nothing more can be written to a file. What is written where there is something fails, too. */
static void fill_disk(void) {
    struct rlimit none;
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    none = (struct rlimit){.rlim_cur = 0, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &none);
}

static void make_room(void) {
    setrlimit(RLIMIT_FSIZE, &before);
}

static write_queue *queue(void) {
    return &writing_of(shared)->queue;
}

static void bound(void) {
    error problem = {0};
    write_queue_bound(queue(), 0, &problem);
    assert_false(error_is_set(&problem));
}

static const write_entry *show(int64_t seq) {
    error problem = {0};
    const write_entry *entry = write_queue_show(queue(), seq, &problem);
    assert_false(error_is_set(&problem));
    return entry;
}

/* "7 xxxxx": long, and another for each. */
static const char *body_of(int i) {
    static char body[LENGTH + 20];
    snprintf(body, sizeof body, "%d %0*d", i, LENGTH, i);
    return body;
}

static write_entry *put_long(int i) {
    char channel[20];
    snprintf(channel, sizeof channel, "CH%d", i % CHANNELS);
    return put_message(channel, body_of(i));
}

static void send_on_full_disk(void) {
    error problem = {0};
    seen[0] = 0;
    fill_disk();
    write_send_pending(shared, &problem);
    make_room();
    if (error_is_set(&problem)) {
        fail_msg("%s", problem.message ? problem.message : "out of memory");
    }
}

/* All that a COMMIT needs of the disk is there before the first call goes out. */
static void test_sends_on_a_full_disk(void **state) {
    (void)state;
    set(SETTING_WRITE_RATE, "0");
    for (int i = 1; i <= CALLS; i++) {
        put_long(i);
        if (i % 50 == 0) {
            bound();
        }
    }
    send_on_full_disk();
    assert_int_equal(write_queue_count(queue(), WRITE_SENT), CALLS);
    assert_int_equal(queue()->bytes, 0);
    fill_disk();
    for (int i = 1; i <= CALLS; i++) {
        const write_entry *entry = show(i);
        assert_string_equal(entry->body, body_of(i));
        assert_int_not_equal(sid_classify("IM", entry->sid, strlen(entry->sid)), SID_NO);
        assert_true(i == 1 || queue()->entries[i - 2]->away);
    }
    make_room();
}

/* Of what sending changes nothing is written: a path gets its SID, OR REPLACE its other body. */
static void test_changes_on_a_full_disk(void **state) {
    (void)state;
    set(SETTING_WRITE_RATE, "0");
    write_entry *channel = put_channel("c");
    write_entry *inside = put_dependant(channel, body_of(2));
    write_entry *replaced = put_channel(body_of(3));
    replaced->conflict = SQLITE_REPLACE;
    replaced->unique_name = sqlite3_mprintf("a b");
    replaced->replace_path = sqlite3_mprintf("/v1" SERVICE "/Channels/a%%20b");
    replaced->replace_body = sqlite3_mprintf("%s", body_of(4));
    bound();
    assert_true(channel->away && inside->away && replaced->away);
    answer_of = choosy;
    refused = "3 ";
    refusal = 409;
    int64_t end_of_file = queue()->spill.end;
    send_on_full_disk();
    assert_int_equal(queue()->spill.end, end_of_file);
    assert_int_equal(write_queue_count(queue(), WRITE_SENT), 3);
    assert_true(inside->away && replaced->away);
    assert_null(inside->body); /* as it is in the file */
    assert_string_equal(show(2)->path, "/v1" SERVICE "/Channels/CH" DIGITS "/Messages");
    assert_string_equal(show(2)->body, body_of(2));
    assert_string_equal(show(3)->path, "/v1" SERVICE "/Channels/a%20b");
    assert_string_equal(show(3)->body, body_of(4));
    assert_null(show(3)->replace_body);
    assert_string_equal(show(2)->path, "/v1" SERVICE "/Channels/CH" DIGITS "/Messages");
    assert_int_equal(queue()->spill.end, end_of_file);
}

/* ---- the file ---- */

/* What is taken back leaves no room behind: a statement that fails may be tried again and again. */
static void test_taken_back(void **state) {
    (void)state;
    put_long(1);
    bound();
    int64_t end_of_file = queue()->spill.end, mark = write_queue_mark(queue());
    assert_true(end_of_file > LENGTH);
    for (int i = 0; i < 3; i++) {
        put_long(2);
        bound();
        put_long(3);
        bound();
        assert_true(queue()->spill.end > 3 * LENGTH);
        write_queue_take_back(queue(), mark);
        assert_int_equal(queue()->spill.end, end_of_file);
    }
    assert_string_equal(show(1)->body, body_of(1));
}

/* Gives a call, counted from 0, a body of zeros and so many bytes. Returns how much the file has grown. */
static int64_t replace(int which, int length) {
    error problem = {0};
    write_entry *entry = queue()->entries[which];
    int64_t end_of_file = queue()->spill.end;
    write_queue_fetch(queue(), entry, &problem);
    assert_false(error_is_set(&problem));
    write_queue_replace(queue(), entry, sqlite3_mprintf("%0*d", length, 0), (size_t)length, NULL);
    write_queue_put_away(queue(), entry);
    assert_true(entry->away);
    assert_null(entry->body);
    return queue()->spill.end - end_of_file;
}

static void assert_lengths(size_t first, size_t second, size_t third) {
    assert_int_equal(strlen(show(1)->body), first);
    assert_int_equal(strlen(show(2)->body), second);
    assert_int_equal(strlen(show(3)->body), third);
    assert_int_equal(strspn(show(2)->body, "0"), second);
}

/* Another body before anything is sent: in the place of the one before if there is room; the neighbours stay what they are. */
static void test_replaced(void **state) {
    (void)state;
    for (int i = 0; i < 3; i++) {
        put_message("CH", "00000");
    }
    bound();
    assert_int_equal(replace(1, 5), 0);
    assert_int_equal(replace(1, 3), 0);
    assert_lengths(5, 3, 5);
    assert_true(replace(1, 9) > 9); /* at the end, where it may grow and shrink from then on */
    assert_lengths(5, 9, 5);
    assert_int_equal(replace(1, 3000), 2991);
    assert_lengths(5, 3000, 5);
    assert_int_equal(replace(1, 10), -2990);
    assert_int_equal(replace(0, 4), 0);
    assert_int_equal(replace(2, 5), 0);
    assert_lengths(4, 10, 5);
}

/* A forked child has the file in common with its parent: it may read there, and writes nothing over what is its parent's. */
static void test_fork(void **state) {
    error problem = {0};
    (void)state;
    put_long(1);
    bound();
    int64_t end_of_file = queue()->spill.end;
    queue()->process++;
    const write_entry *own = put_long(2);
    bound();
    assert_false(own->away);
    write_queue_fetch(queue(), queue()->entries[0], &problem);
    assert_false(error_is_set(&problem));
    queue()->entries[0]->changed = true;
    write_queue_put_away(queue(), queue()->entries[0]);
    assert_string_equal(queue()->entries[0]->body, body_of(1));
    assert_int_equal(queue()->spill.end, end_of_file);
}

/* What the file does not hold any more is a problem, and no other call's text. */
static void test_cut(void **state) {
    error problem = {0};
    (void)state;
    put_long(1);
    bound();
    queue()->entries[0]->spilled_at += 8;
    assert_null(write_queue_show(queue(), 1, &problem)->body);
    assert_int_equal(problem.rc, SQLITE_ERROR);
    assert_non_null(strstr(problem.message, "the temporary file"));
    error_clear(&problem);
    queue()->entries[0]->spilled_at += 1000000;
    assert_null(write_queue_show(queue(), 1, &problem)->body);
    assert_int_equal(problem.rc, SQLITE_ERROR);
    error_clear(&problem);
}

/* Copies those columns (bits) of the first call for chat_writes. Returns the code. */
static int copy(unsigned columns) {
    error problem = {0};
    small_rows *rows = small_rows_new(db, columns, 1000);
    writes_table.copy(shared, 1, rows, &problem);
    int rc = problem.rc;
    assert_int_equal(small_rows_finish(rows), SQLITE_OK);
    assert_true(small_rows_at_end(rows) == (rc != SQLITE_OK));
    small_rows_free(rows);
    error_clear(&problem);
    return rc;
}

/* Without the file chat_writes tells all but what was in it. */
static void test_seen_without_the_file(void **state) {
    unsigned lost = 0;
    (void)state;
    put_long(1);
    bound();
    queue()->entries[0]->spilled_at += 1000000;
    for (unsigned i = 0; writes_table.columns[i].name; i++) {
        const char *name = writes_table.columns[i].name;
        bool in_file = strcmp(name, "path") == 0 || strcmp(name, "body") == 0;
        lost |= in_file ? 1u << i : 0;
        assert_int_equal(copy(1u << i), in_file ? SQLITE_ERROR : SQLITE_OK);
    }
    assert_int_equal(copy(~lost), SQLITE_OK);
    assert_int_equal(copy(~0u), SQLITE_ERROR);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sends_on_a_full_disk, begin, end),
        cmocka_unit_test_setup_teardown(test_changes_on_a_full_disk, begin, end),
        cmocka_unit_test_setup_teardown(test_taken_back, begin, end),
        cmocka_unit_test_setup_teardown(test_replaced, begin, end),
        cmocka_unit_test_setup_teardown(test_fork, begin, end),
        cmocka_unit_test_setup_teardown(test_cut, begin, end),
        cmocka_unit_test_setup_teardown(test_seen_without_the_file, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
