/* The order of calls of which some name their parent by its SID, and others by the call that has met it. */
#include "unit/send_world.h"

/* A channel that OR IGNORE or OR REPLACE finds there already: it is CHANNEL. */
static write_entry *put_met(const char *body, int conflict) {
    write_entry *channel = put_channel(body);
    channel->conflict = conflict;
    channel->unique_name = sqlite3_mprintf("a b");
    if (conflict == SQLITE_REPLACE) {
        channel->replace_path = sqlite3_mprintf("/v1" CHANNEL);
        channel->replace_body = sqlite3_mprintf("replacement");
    }
    return channel;
}

static void meet(void) {
    answer_of = choosy;
    refused = "channel";
    refusal = 409;
}

/* Messages of one channel go in order, by whichever name it is called. */
static void test_names_and_sids(void **state) {
    (void)state;
    meet();
    put_message("CH", "a");
    put_message("CH", "b");
    put_message("CH", "c");
    write_entry *channel = put_met("channel", SQLITE_IGNORE);
    put_dependant(channel, "d");
    put_message("CH", "e");
    put_dependant(channel, "f");
    put_message("CH2", "beside");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+a +channel -a +b -channel +a%20b -b +c -a%20b +beside -c +d -beside -d +e -e +f -f ");
}

/* Also where the name is met by two calls, as where each line of a file makes the channel if need be. */
static void test_names_met_twice(void **state) {
    (void)state;
    meet();
    for (int i = 0; i < 2; i++) {
        write_entry *channel = put_met("channel", SQLITE_IGNORE);
        put_dependant(channel, i ? "c" : "a");
        put_dependant(channel, i ? "d" : "b");
    }
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen,
                        "+channel -channel +a%20b -a%20b +channel +a -channel +a%20b -a +b -a%20b -b +c -c +d -d ");
}

/* OR REPLACE waits for what is inside the channels that it may change; what comes then is in order too. */
static void test_names_replaced(void **state) {
    (void)state;
    meet();
    put_message("CH", "a");
    write_entry *channel = put_met("channel", SQLITE_REPLACE);
    put_dependant(channel, "b");
    put_message("CH", "c");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+a -a +channel -channel +replacement -replacement +b -b +c -c ");
}

/* What changes a channel by its SID waits for what is queued inside it by its name. */
static void test_change_after_what_is_inside(void **state) {
    (void)state;
    for (int deletes = 0; deletes <= 1; deletes++) {
        meet();
        write_entry *channel = put_met("channel", SQLITE_IGNORE);
        put_dependant(channel, "a");
        put_dependant(channel, "b");
        put(deletes ? WRITE_DELETE : WRITE_UPDATE, "channels", SERVICE, CHANNEL, deletes ? NULL : "change");
        assert_int_equal(send_all(NULL), SQLITE_OK);
        assert_string_equal(seen, deletes ? "+channel -channel +a%20b -a%20b +a -a +b -b +CH" DIGITS " -CH" DIGITS " "
                                          : "+channel -channel +a%20b -a%20b +a -a +b -b +change -change ");
        write_queue_finish(&writing_of(shared)->queue);
    }
}

/* A COMMIT that found the database locked has sent the channel; then its SID is known, and used. */
static void test_sent_by_an_earlier_commit(void **state) {
    (void)state;
    write_entry *channel = put_channel("channel");
    channel->unique_name = sqlite3_mprintf("a b");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    put_dependant(channel, "a");
    put_dependant(channel, "b");
    put_message("CH", "c");
    put(WRITE_UPDATE, "channels", SERVICE, CHANNEL, "change");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+a -a +b -b +c -c +change -change ");
}

/* That COMMIT has met it, and its own call was refused. */
static void test_met_by_an_earlier_commit(void **state) {
    (void)state;
    meet();
    write_entry *channel = put_met("channel", SQLITE_IGNORE);
    put_dependant(channel, "a");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_int_equal(channel->state, WRITE_FAILED);
    put_dependant(channel, "b");
    put_message("CH", "c");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+b -b +c -c ");
}

/* New channels are different ones: what is in them goes side by side. */
static void test_new_ones_go_side_by_side(void **state) {
    (void)state;
    write_entry *one = put_channel("one"), *other = put_channel("two");
    put_dependant(one, "a");
    put_dependant(other, "b");
    put_dependant(one, "c");
    put_dependant(other, "d");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+one -one +two -two +a +b -a +c -b +d -c -d ");
}

/* Memory that runs out at any place: nothing goes out twice, nor in another order. */
static void test_without_memory(void **state) {
    bool failed = true;
    (void)state;
    meet();
    for (long k = 1; failed; k++) {
        error problem = {0};
        seen[0] = 0;
        put_message("CH", "a");
        put_dependant(put_met("channel", SQLITE_IGNORE), "b");
        put_message("CH", "c");
        faulty_memory_fail_at(k, false);
        write_send_pending(shared, &problem);
        failed = faulty_memory_failed();
        faulty_memory_fail_at(0, false);
        const char *a = strstr(seen, "-a "), *b = strstr(seen, "+b "), *c = strstr(seen, "+c ");
        assert_true(!b || (a && a < b && !strstr(b + 1, "+b ")));
        assert_true(!c || ((!b || b < c) && !strstr(c + 1, "+c ")));
        assert_true(failed || (!error_is_set(&problem) && b && c));
        error_clear(&problem);
        write_queue_clear(&writing_of(shared)->queue);
        write_rate_clear(&writing_of(shared)->pace);
        known_forget(&reading_of(shared)->known);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_names_and_sids, begin, end),
        cmocka_unit_test_setup_teardown(test_names_and_sids, begin_away, end),
        cmocka_unit_test_setup_teardown(test_names_met_twice, begin, end),
        cmocka_unit_test_setup_teardown(test_names_replaced, begin, end),
        cmocka_unit_test_setup_teardown(test_change_after_what_is_inside, begin, end),
        cmocka_unit_test_setup_teardown(test_sent_by_an_earlier_commit, begin, end),
        cmocka_unit_test_setup_teardown(test_met_by_an_earlier_commit, begin, end),
        cmocka_unit_test_setup_teardown(test_new_ones_go_side_by_side, begin, end),
        cmocka_unit_test_setup_teardown(test_without_memory, begin, end),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
