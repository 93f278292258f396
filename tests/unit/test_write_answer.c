/* What the answers of writes show: odd values beside the SID, a row that another call has made, what stands in the way. */
#include "unit/send_world.h"

#include "write/write_answer.h"

static const char *said; /* instead of the row */

static void says(const client_request *asked, client_answer *answer) {
    (void)asked;
    set_body(answer, said);
}

static void says_of_posts(const client_request *asked, client_answer *answer) {
    if (strcmp(asked->method, "DELETE") == 0) {
        answer->status = 204;
    } else {
        set_body(answer, said);
    }
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
    /* Of an update and an INSERT behind it, it is not. */
    write_queue_finish(&writing_of(shared)->queue);
    put(WRITE_UPDATE, "channels", SERVICE, CHANNEL, "a");
    write_entry *made = put(WRITE_INSERT, "channels", SERVICE, SERVICE "/Channels", "FriendlyName=b");
    assert_int_equal(send_all("which was answered twice"), SQLITE_ERROR);
    assert_int_equal(made->state, WRITE_UNKNOWN);
    assert_null(made->sid);
    /* What was deleted may come again. */
    write_queue_finish(&writing_of(shared)->queue);
    answer_of = says_of_posts;
    put(WRITE_UPDATE, "channels", SERVICE, CHANNEL, "a");
    put(WRITE_DELETE, "channels", SERVICE, CHANNEL, NULL);
    made = put(WRITE_INSERT, "channels", SERVICE, SERVICE "/Channels", "FriendlyName=b");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(made->sid, "CH" DIGITS);
}

/* The row of another name is another row; what a service may write otherwise is no other name. */
static void test_of_another_name(void **state) {
    static const struct {
        const char *given, *answer; /* unique_name */
        write_state state;
    } cases[] = {{"support", "support", WRITE_SENT},
                 {"Support", "sUPPORT", WRITE_SENT},
                 {"support", "general", WRITE_UNKNOWN},
                 {"support", "support2", WRITE_UNKNOWN},
                 {" support", "support", WRITE_SENT},
                 {"\xc3\x84", "\xc3\xa4", WRITE_SENT},
                 {"+1 (55)", "+155", WRITE_SENT},
                 {"support", "", WRITE_SENT},
                 {"the channel", "the channel", WRITE_SENT},
                 {"the  channel", "the channel", WRITE_SENT},
                 {"the channel", "a channel", WRITE_UNKNOWN}};
    (void)state;
    answer_of = says;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int replaced = 0; replaced < 2; replaced++) {
            char body[200];
            snprintf(body, sizeof body, "{\"sid\":\"CH%031zu%d\",\"unique_name\":\"%s\"}", i + 1, replaced,
                     cases[i].answer);
            said = body;
            write_entry *made = put(WRITE_INSERT, "channels", SERVICE, SERVICE "/Channels", "UniqueName=x");
            made->unique_name = sqlite3_mprintf("%s", cases[i].given);
            made->conflict = replaced ? SQLITE_REPLACE : SQLITE_ABORT;
            int rc = send_all(cases[i].state == WRITE_SENT ? NULL : "with a row of another name");
            assert_int_equal(rc == SQLITE_OK, cases[i].state == WRITE_SENT);
            assert_int_equal(made->state, cases[i].state);
            assert_int_equal(made->sid != NULL, cases[i].state == WRITE_SENT);
            write_queue_finish(&writing_of(shared)->queue);
        }
    }
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

/* ---- deletions ---- */

static int said_status;

static void says_nothing(const client_request *asked, client_answer *answer) {
    (void)asked;
    answer->status = said_status;
}

/* The specs have 204 alone: what else has no body says of no row that it is gone. */
static void test_deletions(void **state) {
    static const int statuses[] = {204, 200, 201};
    (void)state;
    answer_of = says_nothing;
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        char *told = sqlite3_mprintf("HTTP %d, but with what is not the service's answer", statuses[i]);
        said_status = statuses[i];
        write_entry *gone = put(WRITE_DELETE, "channels", SERVICE, CHANNEL, NULL);
        assert_int_equal(send_all(i == 0 ? NULL : told), i == 0 ? SQLITE_OK : SQLITE_ERROR);
        assert_int_equal(gone->state, i == 0 ? WRITE_SENT : WRITE_UNKNOWN);
        write_queue_finish(&writing_of(shared)->queue);
        sqlite3_free(told);
    }
}

/* ---- 409 ---- */

/* The column that another row is said to have the value of, by that code of the service's. */
static const char *taken_by(write_operation operation, const char *table, const char *body, int code) {
    write_entry entry = {.operation = operation, .resource = named_resource(table)};
    client_answer answer = {.status = 409, .rejected = true};
    error problem = {0};
    entry.body = sqlite3_mprintf("%s", body);
    answer.body = sqlite3_mprintf("{\"code\":%d,\"message\":\"no\",\"status\":409}", code);
    answer.length = strlen(answer.body);
    const char *column = write_answer_taken(&entry, &answer, &problem);
    assert_false(error_is_set(&problem));
    answer.rejected = false; /* another's 409, or what is none */
    assert_null(write_answer_taken(&entry, &answer, &problem));
    sqlite3_free(entry.body);
    sqlite3_free(answer.body);
    return column ? column : "";
}

/* What an error page calls existing, in use or invited already, and a client waits for. */
static void test_taken(void **state) {
    static const struct {
        write_operation operation;
        const char *table, *body;
        int code;
        const char *column;
    } cases[] = {
        {WRITE_INSERT, "channels", "FriendlyName=x&UniqueName=a", 50307, "unique_name"},
        {WRITE_INSERT, "channels", "UniqueName=a", 50353, "unique_name"},
        {WRITE_UPDATE, "channels", "UniqueName=a", 50307, "unique_name"},
        {WRITE_INSERT, "conversations", "UniqueName=a", 50353, "unique_name"},
        {WRITE_UPDATE, "conversations", "UniqueName=a", 50353, "unique_name"},
        {WRITE_INSERT, "conversations", "UniqueName=a&Participant=%7B%7D", 50416, "participants"},
        {WRITE_INSERT, "conversations", "Participant=%7B%7D", 50425, "participants"},
        {WRITE_INSERT, "conversations", "Participant=%7B%7D", 50438, "participants"},
        {WRITE_INSERT, "members", "Identity=a", 50404, "identity"},
        {WRITE_INSERT, "members", "Identity=a", 50433, "identity"},
        {WRITE_INSERT, "invites", "Identity=a", 50212, "identity"},
        {WRITE_INSERT, "participants", "Identity=a", 50433, "identity"},
        {WRITE_INSERT, "participants", "MessagingBinding.Address=a&MessagingBinding.ProxyAddress=b", 50416,
         "messaging_binding"},
        {WRITE_UPDATE, "participants", "MessagingBinding.ProxyAddress=b", 50416, "messaging_binding"},
        {WRITE_INSERT, "participants", "MessagingBinding.Address=a", 50437, "messaging_binding"},
        {WRITE_INSERT, "users", "Identity=a", 50201, "identity"},
        {WRITE_INSERT, "conversation_users", "Identity=a", 50201, "identity"},
        {WRITE_INSERT, "address_configurations", "Type=sms&Address=a", 50355, "address"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *column = taken_by(cases[i].operation, cases[i].table, cases[i].body, cases[i].code);
        assert_string_equal(column, cases[i].column);
    }
}

/* Somebody else is changing it, it is in no state for it, no page describes it: no table can be told that by a UNIQUE. */
static void test_not_taken(void **state) {
    static const int codes[] = {20162, 20409, 50002, 50213, 50349, 50391, 50419, 50449, 50514, 50999, 0};
    static const struct {
        const char *table, *body;
    } calls[] = {
        {"channels", "UniqueName=a"},
        {"conversations", "UniqueName=a&Participant=%7B%7D"},
        {"members", "Identity=a"},
        {"participants", "Identity=a&MessagingBinding.Address=b"},
        {"invites", "Identity=a"},
        {"users", "Identity=a"},
        {"conversation_users", "Identity=a"},
        {"address_configurations", "Address=a"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        for (size_t k = 0; k < sizeof codes / sizeof *codes; k++) {
            assert_string_equal(taken_by(WRITE_INSERT, calls[i].table, calls[i].body, codes[k]), "");
        }
    }
}

/* A row of which there may be any number, or a call that gives nothing of which there is one only, meets no other. */
static void test_nothing_to_be_taken(void **state) {
    static const struct {
        const char *table, *body;
    } calls[] = {
        {"messages", "Body=UniqueName%3Da"},
        {"conversation_messages", "Body=a"},
        {"conversation_webhooks", "Target=webhook"},
        {"roles", "FriendlyName=a"},
        {"channels", "FriendlyName=a&Attributes=UniqueName"},
        {"conversations", "State=active"},
        {"participants", "Attributes=%7B%7D"},
        {"users", "FriendlyName=a"},
    };
    static const int codes[] = {50201, 50307, 50353, 50404, 50416, 50425, 50433, 50437, 50438, 50355, 50212};
    (void)state;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        for (size_t k = 0; k < sizeof codes / sizeof *codes; k++) {
            assert_string_equal(taken_by(WRITE_UPDATE, calls[i].table, calls[i].body, codes[k]), "");
        }
    }
}

/* Where memory runs out as the code is read, that is told: else it would be a conflict of another kind. */
static void test_taken_without_memory(void **state) {
    write_entry entry = {.operation = WRITE_INSERT, .resource = named_resource("users"), .body = "Identity=a"};
    client_answer answer = {.status = 409, .rejected = true, .body = "{\"code\":50201,\"message\":\"no\"}"};
    bool failed = true;
    long k = 0;
    (void)state;
    answer.length = strlen(answer.body);
    while (failed) {
        error problem = {0};
        faulty_memory_fail_at(++k, false);
        bool taken = write_answer_taken(&entry, &answer, &problem) != NULL;
        failed = faulty_memory_failed();
        faulty_memory_fail_at(0, false);
        assert_int_equal(problem.rc, failed ? SQLITE_NOMEM : SQLITE_OK);
        assert_int_equal(taken, !failed);
        error_clear(&problem);
    }
    assert_true(k > 1);
}

/* Refuses a POST by that code. */
static void conflicting(const client_request *asked, client_answer *answer) {
    agreeable(asked, answer);
    if (strcmp(asked->method, "POST") == 0) {
        refuse(answer, 409, SQLITE_CONSTRAINT);
    }
}

static write_entry *put_named(int conflict) {
    write_entry *channel = put_channel("channel");
    channel->conflict = conflict;
    channel->unique_name = sqlite3_mprintf("a b");
    if (conflict == SQLITE_REPLACE) {
        channel->replace_path = sqlite3_mprintf("/v1" SERVICE "/Channels/name");
        channel->replace_body = sqlite3_mprintf("changed");
    }
    return channel;
}

/* OR IGNORE leaves out, and OR REPLACE changes, what a name stands in the way of, and else fail as any call. */
static void test_another_conflict(void **state) {
    static const int conflicts[] = {SQLITE_IGNORE, SQLITE_REPLACE};
    (void)state;
    answer_of = conflicting;
    refusal_code = 50391;
    for (size_t i = 0; i < sizeof conflicts / sizeof *conflicts; i++) {
        write_entry *channel = put_named(conflicts[i]);
        put_dependant(channel, "message");
        assert_int_equal(send_all("channels: HTTP 409; of 2 calls"), SQLITE_CONSTRAINT);
        assert_string_equal(seen, "+channel -channel ");
        assert_int_equal(channel->state, WRITE_FAILED);
        assert_string_equal(channel->error, "HTTP 409");
        write_queue_clear(&writing_of(shared)->queue);
    }
    refusal_code = 50307;
}

/* What stands in the way is no name: the row of that name, if there is one, is none that OR REPLACE may change. */
static void test_replaces_by_name_alone(void **state) {
    (void)state;
    answer_of = conflicting;
    refusal_code = 50416;
    write_entry *conversation = put_named(SQLITE_REPLACE);
    conversation->resource = named_resource("conversations");
    sqlite3_free(conversation->body);
    conversation->body = sqlite3_mprintf("c&UniqueName=a%%20b&Participant=%%7B%%7D");
    assert_int_equal(send_all("conversations: HTTP 409"), SQLITE_CONSTRAINT);
    assert_string_equal(seen, "+c -c ");
    refusal_code = 50307;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_odd_values, begin, end),
        cmocka_unit_test_setup_teardown(test_odd_values_of_a_single_one, begin, end),
        cmocka_unit_test_setup_teardown(test_broken, begin, end),
        cmocka_unit_test_setup_teardown(test_second_answer, begin, end),
        cmocka_unit_test_setup_teardown(test_of_another_name, begin, end),
        cmocka_unit_test_setup_teardown(test_changed_elsewhere, begin, end),
        cmocka_unit_test_setup_teardown(test_deletions, begin, end),
        cmocka_unit_test(test_taken),
        cmocka_unit_test(test_not_taken),
        cmocka_unit_test(test_nothing_to_be_taken),
        cmocka_unit_test(test_taken_without_memory),
        cmocka_unit_test_setup_teardown(test_another_conflict, begin, end),
        cmocka_unit_test_setup_teardown(test_replaces_by_name_alone, begin, end),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
