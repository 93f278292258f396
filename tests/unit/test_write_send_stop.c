/*
** What stops or slows the sending of the write queue: pacing, an interrupt, memory that runs out at any place. No call is
** sent twice, and each one's state is the truth. The journal: test_write_send_journal.c.
*/
#include "unit/send_world.h"

#include "unit/faulty_memory.h"

/* ---- pacing ---- */

/* A channel takes five calls in five seconds, and so does another beside it: the first ones that may go, go. */
static void test_pacing(void **state) {
    (void)state;
    set(SETTING_WRITE_RATE, "1");
    for (int i = 0; i < 6; i++) {
        put_message("CH", "a");
    }
    int64_t start = now_ms;
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_int_equal(now_ms - start, 5000 + LATENCY_MS);
}

/* Several parents wait: until the first of them may go on. */
static void test_pacing_of_several(void **state) {
    (void)state;
    set(SETTING_WRITE_RATE, "1");
    for (int i = 0; i < 5; i++) {
        put_message("CH", "a");
    }
    assert_int_equal(send_all(NULL), SQLITE_OK);
    int64_t first = now_ms;
    for (int i = 0; i < 5; i++) {
        put_message("CH2", "b");
    }
    assert_int_equal(send_all(NULL), SQLITE_OK);
    put_message("CH", "c");
    put_message("CH2", "d");
    put_message("CH3", "e");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+e -e +c -c +d -d ");
    assert_int_equal(now_ms, first - 5 * LATENCY_MS + 5000 + 6 * LATENCY_MS);
}

/* The later one to be asked is the sooner to go. */
static void test_pacing_takes_the_shortest_wait(void **state) {
    (void)state;
    test_pacing_of_several(state);
    put_message("CH2", "d");
    now_ms += 2000;
    for (int i = 0; i < 5; i++) {
        put_message("CH4", "f");
    }
    assert_int_equal(send_all(NULL), SQLITE_OK);
    now_ms += 1000;
    put_message("CH4", "g");
    put_message("CH3", "h");
    for (int i = 0; i < 5; i++) {
        put_message("CH", "i");
    }
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_ptr_not_equal(strstr(seen, "+i -i +g -g "), NULL);
}

/* The channel's own update counts for the channel, as the messages in it do, not for the service. */
static void test_pacing_of_an_update(void **state) {
    (void)state;
    set(SETTING_WRITE_RATE, "1");
    for (int i = 0; i < 5; i++) {
        put_channel("new");
    }
    put(WRITE_UPDATE, "channels", SERVICE, CHANNEL, "x");
    int64_t start = now_ms;
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_true(now_ms - start < 1000);
    put_channel("new");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_true(now_ms - start >= 5000);
}

/* What another call's refusal keeps back has not been sent, and does not count. */
static void test_pacing_after_a_refusal(void **state) {
    (void)state;
    set(SETTING_WRITE_RATE, "1");
    set(SETTING_MAX_CONCURRENCY, "1");
    answer_of = choosy;
    refused = "bad";
    refusal = 400;
    put_message("CH", "bad");
    for (int i = 0; i < 5; i++) {
        put_message("CH2", "b");
    }
    assert_int_equal(send_all("of 6 calls 0 were sent, 1 failed, 0 are unknown and 5 were not sent"), SQLITE_ERROR);
    int64_t start = now_ms;
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_int_equal(now_ms - start, 5 * LATENCY_MS);
}

/* ---- interrupts ---- */

/* What was under way may have been done; what had not begun is still to be sent, or dropped. */
static void test_interrupt(void **state) {
    (void)state;
    waits_left = 1;
    write_entry *first = put_message("CH", "first"), *second = put_message("CH", "second");
    write_entry *beside = put_message("CH2", "beside"), *third = put_message("CH", "third");
    assert_int_equal(send_all("interrupted; of 4 calls 1 was sent, 0 failed, 2 are unknown and 1 was not sent"),
                     SQLITE_INTERRUPT);
    assert_int_equal(first->state, WRITE_SENT);
    assert_int_equal(second->state, WRITE_UNKNOWN);
    assert_int_equal(beside->state, WRITE_UNKNOWN);
    assert_int_equal(third->state, WRITE_PENDING);
    assert_string_equal(beside->error, "interrupted before the answer came");
}

/* What the server never saw is as if it had not begun. */
static void test_interrupt_before_it_was_sent(void **state) {
    (void)state;
    waits_left = 0;
    acted = false;
    write_entry *message = put_message("CH", "message");
    assert_int_equal(send_all("the call was not sent"), SQLITE_INTERRUPT);
    assert_int_equal(message->state, WRITE_PENDING);
    waits_left = -1;
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_int_equal(message->state, WRITE_SENT);
}

/* Interrupted while looking for the row that OR IGNORE has met: that call's own outcome is known. */
static void test_interrupt_while_finding(void **state) {
    (void)state;
    answer_of = choosy;
    refused = "channel";
    refusal = 409;
    waits_left = 1;
    write_entry *channel = put_channel("channel");
    channel->conflict = SQLITE_IGNORE;
    channel->unique_name = sqlite3_mprintf("name");
    put_dependant(channel, "message");
    assert_int_equal(send_all("1 failed, 0 are unknown and 1 was not sent"), SQLITE_INTERRUPT);
    assert_string_equal(seen, "+channel -channel +name ");
    assert_int_equal(channel->state, WRITE_FAILED);
}

/* ---- a refusal ---- */

/* What waits to be let in when another call is refused is not sent; what may have been done is waited for. */
static void test_refusal_while_others_wait(void **state) {
    (void)state;
    for (int i = 0; i < 2; i++) {
        answer_of = choosy;
        refused = "refused";
        refusal = 400;
        acted = i == 1;
        seen[0] = 0;
        write_entry *first = put_message("CH", "refused"), *waits = put_message("CH2", "waits");
        assert_int_equal(send_all(acted ? "of 2 calls 1 was sent, 1 failed, 0 are unknown and 0 were not sent"
                                        : "of 2 calls 0 were sent, 1 failed, 0 are unknown and 1 was not sent"),
                         SQLITE_ERROR);
        assert_string_equal(seen, acted ? "+refused +waits -refused -waits " : "+refused +waits -refused ");
        assert_int_equal(first->state, WRITE_FAILED);
        assert_int_equal(waits->state, acted ? WRITE_SENT : WRITE_PENDING);
        assert_false(waits->running);
        write_queue_clear(&writing_of(shared)->queue);
    }
}

static void test_interrupt_in_a_pause(void **state) {
    (void)state;
    set(SETTING_WRITE_RATE, "1");
    for (int i = 0; i < 6; i++) {
        put_message("CH", "a");
    }
    waits_left = 5;
    assert_int_equal(send_all("of 6 calls 5 were sent, 0 failed, 0 are unknown and 1 was not sent"), SQLITE_INTERRUPT);
}

/* ---- memory ---- */

/* Which calls the server has seen, by the first letter of their bodies. */
static char got[100];

static void counting(const client_request *asked, client_answer *answer) {
    size_t length = strlen(got);
    got[length] = asked->tag[0];
    got[length + 1] = 0;
    if (asked->tag[0] == 'r') {
        set_body(answer, "{}");
        refuse(answer, 409, SQLITE_CONSTRAINT);
    } else if (asked->tag[0] == 'x') {
        refuse(answer, 503, SQLITE_ERROR);
    } else {
        agreeable(asked, answer);
    }
}

/* A bit of everything, in lanes of their own and behind one another. */
static void put_all(void) {
    write_entry *channel = put_channel("a");
    put_dependant(channel, "b");
    put_message("CH2", "c");
    put_message("CH2", "d");
    put_message("CH2", "e");
    put_message("CH2", "f");
    put_message("CH2", "g");
    write_entry *replaced = put_channel("r1");
    replaced->conflict = SQLITE_REPLACE;
    replaced->replace_path = sqlite3_mprintf("/v1" SERVICE "/Channels/name");
    replaced->replace_body = sqlite3_mprintf("h");
    write_entry *ignored = put_channel("r2");
    ignored->conflict = SQLITE_IGNORE;
    ignored->unique_name = sqlite3_mprintf("name");
    put_dependant(ignored, "i");
    for (int i = 0; i < 20; i++) {
        char lane[20];
        snprintf(lane, sizeof lane, "CHlane%d", i);
        put_message(lane, "z");
    }
    put_message("CH2", "x");
}

/* Was the call whose body began so answered, and how often was it sent? */
static int times_got(char letter) {
    int count = 0;
    for (const char *each = got; *each; each++) {
        count += *each == letter;
    }
    return count;
}

static void check_states(long k) {
    static const char once[] = "abcdefghix";
    for (const char *each = once; *each; each++) {
        if (times_got(*each) > 1) {
            fail_msg("allocation %ld: %c was sent %d times", k, *each, times_got(*each));
        }
    }
    for (size_t i = 0; i < writing_of(shared)->queue.count; i++) {
        const write_entry *entry = writing_of(shared)->queue.entries[i];
        char letter = entry->body ? entry->body[0] : 0;
        bool reached = letter && letter != 'r' && letter != 'z' && times_got(letter) > 0;
        if (reached && (entry->state == WRITE_PENDING || entry->state == WRITE_FAILED)) {
            fail_msg("allocation %ld: %c has reached the server and is called %s", k, letter,
                     write_queue_state_text(entry->state));
        }
        if (entry->state == WRITE_SENT && letter && !times_got(letter)) {
            fail_msg("allocation %ld: %c has not reached the server and is called sent", k, letter);
        }
    }
}

/* Sends with the k-th allocation failing. Returns whether that was met. */
static bool send_with_failure(long k, bool and_after) {
    error problem = {0};
    got[0] = seen[0] = 0;
    answer_of = counting;
    found_name = "name";
    put_all();
    leave_all();
    faulty_memory_fail_at(k, and_after);
    write_send_pending(shared, &problem);
    bool failed = faulty_memory_failed();
    faulty_memory_fail_at(0, false);
    assert_int_equal(client_running(shared->client), 0);
    assert_true(error_is_set(&problem)); /* "x" is refused */
    if (!failed) {
        assert_non_null(strstr(problem.message, "messages: HTTP 503; whether"));
    } else if (problem.rc != SQLITE_NOMEM && problem.rc != SQLITE_ERROR && problem.rc != SQLITE_CONSTRAINT) {
        fail_msg("allocation %ld: code %d", k, problem.rc);
    }
    bring_back_all();
    check_states(k);
    error_clear(&problem);
    write_queue_clear(&writing_of(shared)->queue);
    write_rate_clear(&writing_of(shared)->pace);
    known_forget(&reading_of(shared)->known);
    return failed;
}

static void test_memory(void **state) {
    (void)state;
    bool failed = true;
    set(SETTING_MAX_CONCURRENCY, "3");
    send_with_failure(0, false); /* what is set up once */
    long before = faulty_memory_live(), k = 0;
    while (failed) {
        k++;
        failed = send_with_failure(k, false);
        failed = send_with_failure(k, true) || failed;
        assert_int_equal(faulty_memory_live(), before);
    }
    assert_true(k > 100);
}

/* Also where a channel's answer is none, and the reason would not fit into memory: what belongs to it is not sent. */
static void test_memory_without_an_address(void **state) {
    bool failed = true;
    (void)state;
    answer_of = wordless;
    for (long k = 1; failed; k++) {
        error problem = {0};
        seen[0] = 0;
        write_entry *message = put_dependant(put_channel("channel"), "message");
        faulty_memory_fail_at(k, false);
        write_send_pending(shared, &problem);
        failed = faulty_memory_failed();
        faulty_memory_fail_at(0, false);
        assert_true(error_is_set(&problem));
        assert_true(failed || strstr(problem.message, "without the row"));
        assert_null(strstr(seen, "+message"));
        assert_true(message->state == WRITE_FAILED || message->state == WRITE_PENDING);
        error_clear(&problem);
        write_queue_clear(&writing_of(shared)->queue);
        write_rate_clear(&writing_of(shared)->pace);
        known_forget(&reading_of(shared)->known);
    }
}

/* Answers all that is under way at once: a 503 for "a", and 409 for "r". No memory is left to say so for the first. */
static void two_at_once(const client_request *asked, client_answer *answer) {
    refuse(answer, 503, SQLITE_ERROR);
    for (int i = 0; i < shared->client->count; i++) {
        client_request *other = shared->client->requests[i];
        if (!other->done && other != asked) {
            refuse(&other->answer, 409, SQLITE_CONSTRAINT);
            other->done = true;
        }
    }
    faulty_memory_fail_at(1, false);
}

/* Nothing is replaced after an error that came in between, and the entry shows what was sent. */
static void test_no_replacement_after_an_error(void **state) {
    error problem = {0};
    (void)state;
    answer_of = two_at_once;
    /* in another service, so that the two go out together */
    put(WRITE_INSERT, "messages", "/Services/IS2/Channels/CH2", "/Services/IS2/Channels/CH2/Messages", "a");
    write_entry *replaced = put_channel("r");
    replaced->conflict = SQLITE_REPLACE;
    replaced->replace_path = sqlite3_mprintf("/v1" SERVICE "/Channels/name");
    replaced->replace_body = sqlite3_mprintf("h");
    seen[0] = 0;
    write_send_pending(shared, &problem);
    faulty_memory_fail_at(0, false);
    assert_int_equal(problem.rc, SQLITE_NOMEM);
    assert_string_equal(seen, "+a +r -a ");
    assert_int_equal(replaced->state, WRITE_FAILED);
    assert_string_equal(replaced->body, "r&UniqueName=a%20b");
    assert_null(strstr(replaced->path, "/name"));
    error_clear(&problem);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_pacing, begin, end),
        cmocka_unit_test_setup_teardown(test_pacing_of_several, begin, end),
        cmocka_unit_test_setup_teardown(test_pacing_takes_the_shortest_wait, begin, end),
        cmocka_unit_test_setup_teardown(test_pacing_of_an_update, begin, end),
        cmocka_unit_test_setup_teardown(test_pacing_after_a_refusal, begin, end),
        cmocka_unit_test_setup_teardown(test_interrupt, begin, end),
        cmocka_unit_test_setup_teardown(test_interrupt_before_it_was_sent, begin, end),
        cmocka_unit_test_setup_teardown(test_interrupt_while_finding, begin, end),
        cmocka_unit_test_setup_teardown(test_interrupt_in_a_pause, begin, end),
        cmocka_unit_test_setup_teardown(test_refusal_while_others_wait, begin, end),
        cmocka_unit_test_setup_teardown(test_memory_without_an_address, begin, end),
        cmocka_unit_test_setup_teardown(test_no_replacement_after_an_error, begin, end),
        cmocka_unit_test_setup_teardown(test_memory, begin, end),
        {"test_memory, away", test_memory, begin_away, end, NULL},
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
