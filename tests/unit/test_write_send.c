/*
** Sending the write queue: what goes out in which order, what becomes of what depends on it, and each call's state
** afterwards.
*/
#include "unit/send_world.h"

#include "base/temp_file.h"

#include <sys/wait.h>
#include <unistd.h>

/* ---- order ---- */

/* Calls of one parent go one after another, different parents side by side. */
static void test_lanes(void **state) {
    (void)state;
    put_message("CH", "a1");
    put_message("CH", "a2");
    put_message("CH2", "b1");
    put_message("CH", "a3");
    put_message("CH2", "b2");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+a1 +b1 -a1 +a2 -b1 +b2 -a2 +a3 -b2 -a3 ");
    assert_int_equal(write_queue_count(&writing_of(shared)->queue, WRITE_SENT), 5);
}

static void test_no_more_than_max_concurrency(void **state) {
    (void)state;
    set(SETTING_MAX_CONCURRENCY, "2");
    put_message("CH", "a");
    put_message("CH2", "b");
    put_message("CH3", "c");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+a +b -a +c -b -c ");
}

static void put_three_and_three(void) {
    put_message("CH", "a");
    put_message("CH2", "b");
    put_message("CH3", "c");
    put_message("CH4", "d1");
    put_message("CH4", "d2");
    put_message("CH4", "d3");
}

/* A parent with so many calls that they would be left alone at the end comes first. */
static void test_longest_lane_first(void **state) {
    (void)state;
    set(SETTING_WRITE_RATE, "0");
    set(SETTING_MAX_CONCURRENCY, "2");
    put_three_and_three();
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+d1 +a -d1 +b -a +d2 -b +c -d2 +d3 -c -d3 ");
}

/* One after another they go in the order in which they were queued. */
static void test_in_order_one_by_one(void **state) {
    (void)state;
    set(SETTING_WRITE_RATE, "0");
    set(SETTING_MAX_CONCURRENCY, "1");
    put_three_and_three();
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+a -a +b -b +c -c +d1 -d1 +d2 -d2 +d3 -d3 ");
}

/* More parents than the sender's first room for them, and more calls of one. */
static void test_many_lanes(void **state) {
    char channel[20];
    (void)state;
    set(SETTING_WRITE_RATE, "0");
    for (int i = 0; i < 200; i++) {
        snprintf(channel, sizeof channel, "CH%d", i % 40);
        put_message(channel, "x");
    }
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_int_equal(write_queue_count(&writing_of(shared)->queue, WRITE_SENT), 200);
}

/* What is made, changed or deleted further up comes before what is queued after it below. */
static void test_waits_for_what_is_above(void **state) {
    (void)state;
    put(WRITE_UPDATE, "services", "", SERVICE, "service");
    put_channel("channel");
    put_message("CH", "message");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+service -service +channel -channel +message -message ");
}

/* What was queued before in a parent's lane matters, not what was queued after. */
static void test_does_not_wait_for_what_comes_later(void **state) {
    (void)state;
    put_message("CH", "message");
    put_channel("channel");
    put(WRITE_INSERT, "services", "", "/Services", "service");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+message +channel +service -message -channel -service ");
}

/* A channel is changed when the calls for what it holds are done, and other channels are not in its way. */
static void test_waits_for_what_is_below(void **state) {
    (void)state;
    put_message("CH" DIGITS "0", "other");
    put_message("CH", "message");
    put(WRITE_INSERT, "credentials", "", "/Credentials", "credential");
    put(WRITE_DELETE, "channels", SERVICE, CHANNEL, NULL);
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+other +message +credential -other -message -credential +CH" DIGITS " -CH" DIGITS " ");
    put_message("CH" DIGITS "0", "slow");
    put(WRITE_DELETE, "channels", SERVICE, CHANNEL, NULL);
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+slow +CH" DIGITS " -slow -CH" DIGITS " ");
}

/* Two levels below, too: deleting the service waits for its channels' messages. */
static void test_waits_for_what_is_far_below(void **state) {
    (void)state;
    put_message("CH", "message");
    put_channel("channel");
    put(WRITE_DELETE, "services", "", SERVICE, NULL);
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+message +channel -message -channel +IS" DIGITS " -IS" DIGITS " ");
}

/* ---- what depends on another call ---- */

static void test_dependants_get_the_sid(void **state) {
    (void)state;
    write_entry *channel = put_channel("channel");
    write_entry *message = put_dependant(channel, "message");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+channel -channel +message -message ");
    assert_string_equal(message->path, "/v1" CHANNEL "/Messages");
    assert_string_equal(channel->sid, "CH" DIGITS);
    assert_string_equal(known_service(&reading_of(shared)->known, "CH" DIGITS), "IS" DIGITS);
}

/* ---- what answers show ---- */

static const char *said; /* instead of the row */

static void says(const client_request *asked, client_answer *answer) {
    (void)asked;
    set_body(answer, said);
}

/* Without the row that it makes it is not known whether it is made: what belongs to it has no address to go to. */
static void test_an_answer_without_a_sid(void **state) {
    static const char *const answers[] = {"made it!",
                                          "",
                                          " ",
                                          "{}",
                                          "{\"sid\":null}",
                                          "{\"sid\":\"\"}",
                                          "{\"sid\":\"../CH" DIGITS "\"}",
                                          "{\"identity\":\"x\"}",
                                          "[]",
                                          "{\"sid\":\"IM" DIGITS "\"}",
                                          "{\"sid\":\"CH" DIGITS
                                          "\",\"service_sid\":\"IS00000000000000000000000000000002\"}"};
    (void)state;
    answer_of = says;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        said = answers[i];
        write_entry *channel = put_channel("channel");
        write_entry *message = put_dependant(channel, "message");
        assert_int_equal(send_all("channels: POST /v1" SERVICE
                                  "/Channels: HTTP 201, but without the row that the service "
                                  "answers with; whether the server has done it is not known, and it was not repeated"),
                         SQLITE_ERROR);
        assert_string_equal(seen, "+channel -channel ");
        assert_int_equal(channel->state, WRITE_UNKNOWN);
        assert_non_null(strstr(channel->error, "HTTP 201, but without the row"));
        assert_null(channel->sid);
        assert_int_equal(message->state, WRITE_PENDING);
        assert_int_equal(send_all("what it belongs to is not known to be made"), SQLITE_ERROR);
        assert_string_equal(seen, "");
        write_queue_finish(&writing_of(shared)->queue);
    }
}

/* An update is answered with its row, too; a deletion with nothing. */
static void test_answers_of_updates_and_deletions(void **state) {
    static const struct {
        write_operation operation;
        const char *said;
        write_state state;
    } cases[] = {
        {WRITE_UPDATE, "", WRITE_UNKNOWN},
        {WRITE_UPDATE, "<html>Please log in</html>", WRITE_UNKNOWN},
        {WRITE_UPDATE, "{\"code\":20001,\"message\":\"no\",\"status\":400}", WRITE_UNKNOWN},
        {WRITE_UPDATE, "{\"unique_name\":\"x\"}", WRITE_UNKNOWN},
        {WRITE_UPDATE, "{\"sid\":\"CH00000000000000000000000000000002\"}", WRITE_UNKNOWN},
        {WRITE_UPDATE, "{\"sid\":\"IM" DIGITS "\"}", WRITE_UNKNOWN},
        {WRITE_UPDATE, "{\"sid\":\"CH" DIGITS "\"}", WRITE_SENT},
        {WRITE_DELETE, "", WRITE_SENT},
        {WRITE_DELETE, "<html>Please log in</html>", WRITE_UNKNOWN},
        {WRITE_DELETE, "{\"code\":20001,\"message\":\"no\",\"status\":400}", WRITE_UNKNOWN},
        {WRITE_DELETE, "{\"sid\":\"CH" DIGITS "\"}", WRITE_UNKNOWN},
    };
    (void)state;
    answer_of = says;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        said = cases[i].said;
        write_entry *entry = put(cases[i].operation, "channels", SERVICE, CHANNEL, NULL);
        bool sent = cases[i].state == WRITE_SENT;
        int rc =
            send_all(sent                                 ? NULL
                     : cases[i].operation == WRITE_DELETE ? "but with what is not the service's answer; whether the "
                                                            "server has done it is not known"
                                                          : "without the row that the service answers with");
        assert_int_equal(rc, sent ? SQLITE_OK : SQLITE_ERROR);
        assert_int_equal(entry->state, cases[i].state);
        write_queue_finish(&writing_of(shared)->queue);
    }
}

static void ignore_conflict(write_entry *entry) {
    entry->conflict = SQLITE_IGNORE;
    entry->unique_name = sqlite3_mprintf("a b");
}

/* OR IGNORE has met the row that is there: only for what belongs to it is its SID looked up, by its name. */
static void test_ignored_conflicts(void **state) {
    (void)state;
    answer_of = choosy;
    refused = "channel";
    refusal = 409;
    write_entry *alone = put_channel("channel 1");
    ignore_conflict(alone);
    write_entry *followed = put_channel("channel 2");
    ignore_conflict(followed);
    write_entry *message = put_dependant(followed, "message");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+channel 1 -channel 1 +channel 2 -channel 2 +a%20b -a%20b +message -message ");
    assert_int_equal(alone->state, WRITE_FAILED);
    assert_string_equal(alone->error, "ignored: HTTP 409");
    assert_int_equal(followed->status, 409);
    assert_string_equal(message->path, "/v1" CHANNEL "/Messages");
}

/* Another row than that of the name is none that anything belongs to. */
static void test_ignored_and_another_found(void **state) {
    (void)state;
    answer_of = choosy;
    refused = "channel";
    refusal = 409;
    write_entry *channel = put_channel("channel");
    ignore_conflict(channel);
    write_entry *message = put_dependant(channel, "message");
    found_name = "a c";
    assert_int_equal(
        send_all("what it belongs to was left out by OR IGNORE, and its SID is not known: ignored: HTTP 409; "
                 "its SID was not found: the answer is not the row of that name; of 2 calls"),
        SQLITE_ERROR);
    found_name = "a b";
    assert_string_equal(seen, "+channel -channel +a%20b -a%20b ");
    assert_int_equal(message->state, WRITE_PENDING);
}

/* What was ignored cannot be found, so what belongs to it is not sent. Rolled back dependants ask for nothing. */
static void test_ignored_and_not_found(void **state) {
    (void)state;
    answer_of = choosy;
    refused = "";
    refusal = 409;
    write_entry *channel = put_channel("channel");
    ignore_conflict(channel);
    write_entry *message = put_dependant(channel, "message");
    assert_int_equal(
        send_all("what it belongs to was left out by OR IGNORE, and its SID is not known: ignored: HTTP 409; "
                 "its SID was not found: HTTP 409; of 2 calls"),
        SQLITE_ERROR);
    assert_string_equal(channel->error, "ignored: HTTP 409; its SID was not found: HTTP 409");
    assert_string_equal(seen, "+channel -channel +a%20b -a%20b ");
    assert_int_equal(message->state, WRITE_PENDING);
    assert_ptr_not_equal(strstr(message->error, "not sent: what it belongs to was left out"), NULL);
    message->state = WRITE_ROLLED_BACK;
    channel = put_channel("channel");
    ignore_conflict(channel);
    put_dependant(channel, "message")->state = WRITE_ROLLED_BACK;
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+channel -channel ");
}

/* ---- OR REPLACE ---- */

static write_entry *put_replacing(const char *not_replaced) {
    write_entry *channel = put_channel("new");
    channel->conflict = SQLITE_REPLACE;
    channel->replace_path = sqlite3_mprintf("/v1" SERVICE "/Channels/name");
    channel->replace_body = sqlite3_mprintf("changed");
    channel->shown_body = sqlite3_mprintf("shown");
    channel->not_replaced = not_replaced;
    answer_of = choosy;
    refused = "new";
    refusal = 409;
    return channel;
}

static void test_replaces(void **state) {
    (void)state;
    write_entry *channel = put_replacing(NULL);
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+new -new +changed -changed ");
    assert_int_equal(channel->state, WRITE_SENT);
    assert_int_equal(channel->status, 201);
    assert_null(channel->shown_body);
}

/* Nothing but the name was given: the update has no body. */
static void test_replaces_with_nothing(void **state) {
    (void)state;
    write_entry *channel = put_replacing(NULL);
    sqlite3_free(channel->replace_body);
    channel->replace_body = NULL;
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+new -new +name -name ");
    assert_int_equal(channel->body_length, 0);
}

/* The update is refused in its turn: that is the end of it. */
static void test_replaces_once(void **state) {
    (void)state;
    write_entry *channel = put_replacing(NULL);
    refused = "";
    assert_int_equal(send_all("channels: HTTP 409"), SQLITE_CONSTRAINT);
    assert_string_equal(seen, "+new -new +changed -changed ");
    assert_int_equal(channel->state, WRITE_FAILED);
}

static void test_cannot_replace(void **state) {
    (void)state;
    put_replacing("created_by");
    assert_int_equal(send_all("change what an update cannot set: created_by; the call has failed"), SQLITE_CONSTRAINT);
    assert_string_equal(seen, "+new -new ");
    write_entry *channel = put_replacing(NULL);
    sqlite3_free(channel->replace_path);
    channel->replace_path = NULL;
    assert_int_equal(
        send_all("HTTP 409; OR REPLACE finds a row only by a name that can stand in a path: UPDATE this one "
                 "by its sid; of"),
        SQLITE_CONSTRAINT);
}

/* ---- refusals ---- */

/* No call begins after a refusal; what is under way is waited for, so that its state is the truth. */
static void test_stops_at_a_refusal(void **state) {
    (void)state;
    answer_of = choosy;
    refused = "bad";
    refusal = 400;
    write_entry *bad = put_message("CH", "bad");
    write_entry *beside = put_message("CH2", "beside");
    write_entry *behind = put_message("CH", "behind");
    assert_int_equal(send_all("messages: HTTP 400; of 3 calls 1 was sent, 1 failed, 0 are unknown and 1 was not sent"),
                     SQLITE_ERROR);
    assert_string_equal(seen, "+bad +beside -bad -beside ");
    assert_int_equal(bad->state, WRITE_FAILED);
    assert_int_equal(beside->state, WRITE_SENT);
    assert_int_equal(behind->state, WRITE_PENDING);
    assert_string_equal(bad->error, "HTTP 400");
}

/* Answers with what never leaves. */
static void unreachable(const client_request *asked, client_answer *answer) {
    agreeable(asked, answer);
    if (strncmp(asked->tag, refused, strlen(refused)) == 0) {
        refuse(answer, 0, SQLITE_ERROR);
        answer->unsent = true;
    }
}

/* What never left this machine is not failed, nor is it what the server refused: it was not sent, and says why. */
static void test_what_never_left(void **state) {
    (void)state;
    answer_of = unreachable;
    refused = "bad";
    write_entry *bad = put_message("CH", "bad"), *beside = put_message("CH2", "beside");
    assert_int_equal(send_all("messages: HTTP 0; of 2 calls 1 was sent, 0 failed, 0 are unknown and 1 was not sent"),
                     SQLITE_ERROR);
    assert_int_equal(bad->state, WRITE_PENDING);
    assert_string_equal(bad->error, "HTTP 0");
    assert_int_equal(beside->state, WRITE_SENT);
    assert_true(writing_of(shared)->queue.tried);
    refused = "";
    write_queue_clear(&writing_of(shared)->queue);
    put_message("CH", "alone");
    assert_int_equal(send_all("messages: HTTP 0; the call was not sent (see"), SQLITE_ERROR);
}

/* What was sent is not sent again when SQLite repeats the commit; the rest is. */
static void test_sends_the_rest(void **state) {
    (void)state;
    test_stops_at_a_refusal(state);
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+behind -behind ");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "");
}

static void test_sends_nothing_after_an_error(void **state) {
    error problem = {0};
    (void)state;
    put_message("CH", "message");
    seen[0] = 0;
    error_set(&problem, SQLITE_BUSY, "something else");
    write_send_pending(shared, &problem);
    assert_int_equal(problem.rc, SQLITE_BUSY);
    assert_string_equal(seen, "");
    error_clear(&problem);
}

static void test_says_what_is_not_known(void **state) {
    (void)state;
    answer_of = choosy;
    refused = "";
    refusal = 503;
    write_entry *message = put_message("CH", "message");
    assert_int_equal(
        send_all(
            "HTTP 503; whether the server has done it is not known, and it was not repeated; the call's state is unknown"),
        SQLITE_ERROR);
    assert_int_equal(message->state, WRITE_UNKNOWN);
    write_entry *gone = put(WRITE_DELETE, "channels", SERVICE, CHANNEL, NULL);
    assert_int_equal(send_all("HTTP 503; whether the server has done it is not known; of"), SQLITE_ERROR);
    assert_int_equal(gone->state, WRITE_UNKNOWN);
}

static void silent(const client_request *asked, client_answer *answer) {
    (void)asked;
    answer->outcome = CLIENT_FAILED;
}

/* A failure stays one even where the client had no memory to say which. */
static void test_a_failure_without_words(void **state) {
    (void)state;
    answer_of = silent;
    write_entry *message = put_message("CH", "message");
    assert_int_equal(send_all("messages: out of memory"), SQLITE_ERROR);
    assert_int_equal(message->state, WRITE_FAILED);
    assert_string_equal(message->error, "out of memory");
}

static void not_found(const client_request *asked, client_answer *answer) {
    (void)asked;
    refuse(answer, 404, SQLITE_ERROR);
    answer->outcome = CLIENT_NOT_FOUND;
}

/* What is to be deleted and is not there is deleted. */
static void test_gone_already(void **state) {
    (void)state;
    answer_of = not_found;
    write_entry *gone = put(WRITE_DELETE, "channels", SERVICE, CHANNEL, NULL);
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_int_equal(gone->state, WRITE_SENT);
    write_entry *update = put(WRITE_UPDATE, "channels", SERVICE, CHANNEL, "x");
    assert_int_equal(send_all("HTTP 404"), SQLITE_ERROR);
    assert_int_equal(update->state, WRITE_FAILED);
}

static void test_webhooks(void **state) {
    (void)state;
    put_message("CH", "m");
    send_all(NULL);
    assert_string_equal(last_header, "none");
    set(SETTING_WEBHOOKS, "on");
    put_message("CH", "m")->webhooks = true;
    send_all(NULL);
    assert_string_equal(last_header, "X-Twilio-Webhook-Enabled: true");
    set(SETTING_WEBHOOKS, "off");
    put_message("CH", "m")->webhooks = true;
    send_all(NULL);
    assert_string_equal(last_header, "X-Twilio-Webhook-Enabled: false");
    put_message("CH", "m");
    send_all(NULL);
    assert_string_equal(last_header, "none");
}

/* ---- no room in memory ---- */

/* A file that has lost a call's texts: nothing more begins, and what is under way is waited for. */
static void test_texts_are_lost(void **state) {
    error problem = {0};
    (void)state;
    put_message("CH", "a");
    put_message("CH2", "b");
    put_message("CH3", "c");
    write_queue *queue = &writing_of(shared)->queue;
    write_queue_bound(queue, 0, &problem);
    assert_int_equal(temp_file_write(queue->spill.file, "lost", 4, queue->entries[1]->spilled_at), SQLITE_OK);
    seen[0] = 0;
    write_send_pending(shared, &problem);
    assert_int_equal(problem.rc, SQLITE_ERROR);
    assert_non_null(strstr(problem.message, "the temporary file"));
    assert_non_null(strstr(problem.message, "of 3 calls 1 was sent, 0 failed, 0 are unknown and 2 were not sent"));
    assert_string_equal(seen, "+a -a ");
    assert_int_equal(queue->entries[1]->state, WRITE_PENDING);
    error_clear(&problem);
}

/* However many calls there are: while they are sent, and afterwards, no more texts are in memory than are being sent. */
static void test_memory_stays_bounded(void **state) {
    (void)state;
    set(SETTING_WRITE_RATE, "0");
    for (int i = 0; i < 300; i++) {
        put_message("CH", "m");
        put_channel("c");
    }
    error problem = {0};
    write_queue *queue = &writing_of(shared)->queue;
    write_queue_bound(queue, 0, &problem);
    write_send_pending(shared, &problem);
    assert_false(error_is_set(&problem));
    assert_int_equal(queue->bytes, 0);
    assert_int_equal(write_queue_count(queue, WRITE_SENT), 600);
    assert_string_equal(write_queue_show(queue, 600, &problem)->sid, "CH00000000000000000000000000000600");
    assert_string_equal(write_queue_show(queue, 599, &problem)->body, "m");
}

/* What stands in a readonly connection's queue stays there. */
static void test_readonly(void **state) {
    (void)state;
    put_message("CH", "m");
    set(SETTING_READONLY, "on");
    assert_int_equal(send_all("the setting readonly is on; the call was not sent"), SQLITE_READONLY);
    assert_string_equal(seen, "");
    set(SETTING_READONLY, "off");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+m -m ");
}

/* A forked child sends nothing of what its parent has queued, whatever it queues besides. */
static void test_forked_child(void **state) {
    int status = -1;
    (void)state;
    put_message("CH", "parent's");
    pid_t child = fork();
    if (child == 0) {
        error problem = {0};
        put_message("CH2", "child's");
        seen[0] = 0;
        write_send_pending(shared, &problem);
        _exit(problem.rc == SQLITE_MISUSE && !seen[0] ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+parent's -parent's ");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lanes, begin, end),
        cmocka_unit_test_setup_teardown(test_no_more_than_max_concurrency, begin, end),
        cmocka_unit_test_setup_teardown(test_longest_lane_first, begin, end),
        cmocka_unit_test_setup_teardown(test_in_order_one_by_one, begin, end),
        cmocka_unit_test_setup_teardown(test_many_lanes, begin, end),
        cmocka_unit_test_setup_teardown(test_waits_for_what_is_above, begin, end),
        cmocka_unit_test_setup_teardown(test_does_not_wait_for_what_comes_later, begin, end),
        cmocka_unit_test_setup_teardown(test_waits_for_what_is_below, begin, end),
        cmocka_unit_test_setup_teardown(test_waits_for_what_is_far_below, begin, end),
        cmocka_unit_test_setup_teardown(test_dependants_get_the_sid, begin, end),
        cmocka_unit_test_setup_teardown(test_an_answer_without_a_sid, begin, end),
        cmocka_unit_test_setup_teardown(test_answers_of_updates_and_deletions, begin, end),
        cmocka_unit_test_setup_teardown(test_ignored_conflicts, begin, end),
        cmocka_unit_test_setup_teardown(test_ignored_and_not_found, begin, end),
        cmocka_unit_test_setup_teardown(test_ignored_and_another_found, begin, end),
        cmocka_unit_test_setup_teardown(test_replaces, begin, end),
        cmocka_unit_test_setup_teardown(test_replaces_with_nothing, begin, end),
        cmocka_unit_test_setup_teardown(test_replaces_once, begin, end),
        cmocka_unit_test_setup_teardown(test_cannot_replace, begin, end),
        cmocka_unit_test_setup_teardown(test_stops_at_a_refusal, begin, end),
        cmocka_unit_test_setup_teardown(test_what_never_left, begin, end),
        cmocka_unit_test_setup_teardown(test_sends_the_rest, begin, end),
        cmocka_unit_test_setup_teardown(test_sends_nothing_after_an_error, begin, end),
        cmocka_unit_test_setup_teardown(test_says_what_is_not_known, begin, end),
        cmocka_unit_test_setup_teardown(test_a_failure_without_words, begin, end),
        cmocka_unit_test_setup_teardown(test_gone_already, begin, end),
        cmocka_unit_test_setup_teardown(test_webhooks, begin, end),
        cmocka_unit_test_setup_teardown(test_texts_are_lost, begin, end),
        cmocka_unit_test_setup_teardown(test_memory_stays_bounded, begin, end),
        cmocka_unit_test_setup_teardown(test_readonly, begin, end),
        cmocka_unit_test_setup_teardown(test_forked_child, begin, end),
    };
    /* Each a second time with all calls in the file. */
    enum { COUNT = sizeof tests / sizeof tests[0] };
    struct CMUnitTest twice[2 * COUNT];
    char names[COUNT][80];
    for (size_t i = 0; i < COUNT; i++) {
        snprintf(names[i], sizeof names[i], "%s, away", tests[i].name);
        twice[i] = twice[COUNT + i] = tests[i];
        twice[COUNT + i].name = names[i];
        twice[COUNT + i].setup_func = begin_away;
    }
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(twice, NULL, NULL);
}
