/* What the answers of writes show: odd values beside the SID, and a row that another call has made. */
#include "unit/send_world.h"

static const char *said; /* instead of the row */

static void says(const client_request *asked, client_answer *answer) {
    (void)asked;
    set_body(answer, said);
}

#define SID_IS "\"sid\":\"CH" DIGITS "\""

/* What a SELECT reads no write refuses: it has been done. */
static void test_odd_values(void **state) {
    static const char *const answers[] = {
        "{" SID_IS ",\"friendly_name\":\"half \\ud83d\"}",
        "{\"friendly_name\":\"\\ude00 half\"," SID_IS "}",
        "{\"sid\":\"CH00000000000000000000000000000009\"," SID_IS "}",
        "{" SID_IS ",\"attributes\":{\"a\":1,\"a\":2}}",
        "{" SID_IS ",\"messages_count\":123456789012345678901234567890}",
        "{\"x\":[1e400,-1e400]," SID_IS "}",
        "{\"\\u0000\":1," SID_IS "}",
        "{\"s\\u0069d\":\"\\u0043H" DIGITS "\"}",
        "{" SID_IS ",\"service_sid\":null,\"members_count\":\"many\"}",
    };
    (void)state;
    answer_of = says;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        said = answers[i];
        write_entry *made = put_channel("channel");
        assert_int_equal(send_all(NULL), SQLITE_OK);
        assert_int_equal(made->state, WRITE_SENT);
        assert_string_equal(made->sid, "CH" DIGITS);
        write_queue_finish(&writing_of(shared)->queue);
        write_entry *changed = put(WRITE_UPDATE, "channels", SERVICE, CHANNEL, "changed");
        assert_int_equal(send_all(NULL), SQLITE_OK);
        assert_int_equal(changed->state, WRITE_SENT);
        write_queue_finish(&writing_of(shared)->queue);
    }
}

/* A single resource tells its URL. */
static void test_odd_values_of_a_single_one(void **state) {
    (void)state;
    answer_of = says;
    said = "{\"url\":\"http://127.0.0.1/x\",\"new_message\":{\"template\":\"\\ud83d\",\"template\":\"\"}}";
    write_entry *changed = put(WRITE_UPDATE, "service_notifications", SERVICE "/Configuration",
                               SERVICE "/Configuration/Notifications", "n");
    changed->version = CATALOG_CONVERSATIONS;
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_int_equal(changed->state, WRITE_SENT);
}

/* Broken ones show nothing, wherever they break. */
static void test_broken(void **state) {
    static const char *const answers[] = {"{" SID_IS,
                                          "{" SID_IS "} x",
                                          "{" SID_IS ",}",
                                          "[{" SID_IS "}]",
                                          "{\"x\":{" SID_IS "}}",
                                          "{" SID_IS ",\"x\":\"\xff\"}",
                                          "{" SID_IS ",\"sid\":7}"};
    (void)state;
    answer_of = says;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        said = answers[i];
        write_entry *made = put_channel("channel");
        assert_int_equal(send_all("but without the row that the service answers with"), SQLITE_ERROR);
        assert_int_equal(made->state, WRITE_UNKNOWN);
        assert_null(made->sid);
        write_queue_finish(&writing_of(shared)->queue);
    }
}

/* An answer with the row of the call before it is that call's second one: whether its own has been done is not known. */
static void test_second_answer(void **state) {
    (void)state;
    answer_of = says;
    said = "{\"sid\":\"IM" DIGITS "\"}";
    write_entry *first = put_message("CH", "one"), *second = put_message("CH", "two"),
                *third = put_message("CH", "three");
    assert_int_equal(
        send_all("HTTP 201, but with the row of another call, which was answered twice; whether the server "
                 "has done it is not known, and it was not repeated"),
        SQLITE_ERROR);
    assert_int_equal(first->state, WRITE_SENT);
    assert_string_equal(first->sid, "IM" DIGITS);
    assert_int_equal(second->state, WRITE_UNKNOWN);
    assert_null(second->sid);
    assert_int_equal(third->state, WRITE_PENDING);
    /* Of updates it is the same row. */
    write_queue_finish(&writing_of(shared)->queue);
    said = "{" SID_IS "}";
    put(WRITE_UPDATE, "channels", SERVICE, CHANNEL, "a");
    put(WRITE_UPDATE, "channels", SERVICE, CHANNEL, "b");
    assert_int_equal(send_all(NULL), SQLITE_OK);
}

/* The SID is right, and the row is another's: who answers so is not the service. Case is none of its concern. */
static void test_changed_elsewhere(void **state) {
    static const struct {
        const char *answer;
        write_state state;
    } cases[] = {
        {"{\"sid\":\"IM" DIGITS "\",\"service_sid\":\"IS" DIGITS "\",\"channel_sid\":\"CH" DIGITS "\"}", WRITE_SENT},
        {"{\"sid\":\"IM" DIGITS "\",\"service_sid\":\"is" DIGITS "\"}", WRITE_SENT},
        {"{\"sid\":\"IM" DIGITS "\"}", WRITE_SENT},
        {"{\"sid\":\"IM" DIGITS "\",\"service_sid\":\"IS00000000000000000000000000000002\"}", WRITE_UNKNOWN},
        {"{\"sid\":\"IM" DIGITS "\",\"channel_sid\":\"CH00000000000000000000000000000002\"}", WRITE_UNKNOWN},
    };
    (void)state;
    answer_of = says;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        said = cases[i].answer;
        write_entry *changed =
            put(WRITE_UPDATE, "messages", CHANNEL "/Messages", CHANNEL "/Messages/IM" DIGITS, "changed");
        bool sent = cases[i].state == WRITE_SENT;
        assert_int_equal(send_all(sent ? NULL : "but without the row that the service answers with"),
                         sent ? SQLITE_OK : SQLITE_ERROR);
        assert_int_equal(changed->state, cases[i].state);
        write_queue_finish(&writing_of(shared)->queue);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_odd_values, begin, end),
        cmocka_unit_test_setup_teardown(test_odd_values_of_a_single_one, begin, end),
        cmocka_unit_test_setup_teardown(test_broken, begin, end),
        cmocka_unit_test_setup_teardown(test_second_answer, begin, end),
        cmocka_unit_test_setup_teardown(test_changed_elsewhere, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
