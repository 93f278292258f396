/*
** What the client asks for elsewhere than at its origins: without credentials, and with nothing told of where that is or of
** what is said there. And which of its accounts are one.
*/
#include "unit/fake_transport.h"

static transport_result planned;
static const char *planned_body;

static void as_planned(const transfer *asked, int number, transport_result *result) {
    (void)asked;
    (void)number;
    *result = planned;
    buffer_init(&result->body, 1000);
    buffer_text(&result->body, planned_body);
}

/* With a wish, since a repetition after a time of the client's own choosing may come at once. */
static void always_503(const transfer *asked, int number, transport_result *result) {
    (void)asked;
    (void)number;
    result->status = 503;
    snprintf(result->retry_after, sizeof result->retry_after, "10");
}

static bool never(void *context) {
    (void)context;
    return false;
}

static client *make_client(int max_retries) {
    client *made = client_new(never, NULL);
    client_config config = {.endpoints[1].origin = "https://media.example",
                            .endpoints[1].user = "SK1",
                            .endpoints[1].password = "1",
                            .endpoints[1].account = "AC1",
                            .endpoints[1].credential_names = "",
                            .timeout_ms = 30000,
                            .max_retries = max_retries,
                            .max_concurrency = 16,
                            .request_log = 10};
    assert_int_equal(client_configure(made, &config), 0);
    attempts = 0;
    now_ms = 1000;
    return made;
}

#define SECRET_URL "https://files.example/ME1?Signature=nobody-may-see"

/* Whatever comes back from there, nothing of the URL, and nothing that is said there, is told. */
static void expect_discreet(transport_result result, const char *body, const char *message) {
    client *asked = make_client(1);
    error problem = {0};
    planned = result;
    planned_body = body;
    answer_of = as_planned;
    client_call call = {.origin = 1,
                        .method = "GET",
                        .path = "/v1/Services/IS1/Media/ME1/content",
                        .table_name = "media",
                        .elsewhere = SECRET_URL,
                        .body_max = 77};
    client_request *request = client_start(asked, &call, &problem);
    assert_non_null(request);
    assert_null(last_call.user);
    assert_null(last_call.password);
    assert_true(last_call.discreet);
    assert_int_equal(last_call.body_max, 77);
    while (!client_is_done(request)) {
        client_wait(asked, &problem);
    }
    const client_answer *answer = client_answer_of(request);
    if (message) {
        assert_string_equal(answer->message, message);
        assert_int_equal(answer->outcome, CLIENT_FAILED);
    } else {
        assert_int_equal(answer->outcome, CLIENT_OK);
        assert_string_equal(answer->body, body);
    }
    for (size_t i = 0; i < client_log(asked)->count; i++) {
        const request_entry *entry = request_log_at(client_log(asked), i);
        assert_null(entry->origin);
        assert_string_equal(entry->path, "/v1/Services/IS1/Media/ME1/content");
        assert_true(!entry->error || !strstr(entry->error, "nobody-may-see"));
    }
    client_release(asked, request);
    client_free(asked);
}

static void test_elsewhere_is_a_secret(void **state) {
    (void)state;
    expect_discreet((transport_result){.status = 200}, "bytes", NULL);
    expect_discreet((transport_result){.status = 403}, "{\"code\":7,\"message\":\"nobody-may-see\"}",
                    "GET /v1/Services/IS1/Media/ME1/content: HTTP 403");
    expect_discreet((transport_result){.status = 404}, "{\"code\":20404,\"message\":\"nobody-may-see\"}",
                    "GET /v1/Services/IS1/Media/ME1/content: HTTP 404");
    expect_discreet((transport_result){.status = 503}, "{\"message\":\"nobody-may-see\"}",
                    "GET /v1/Services/IS1/Media/ME1/content: HTTP 503, after 2 attempts");
    assert_int_equal(attempts, 2);
}

/* One that refuses what is asked for elsewhere does not hold up an origin, nor the other way round. */
static void test_elsewhere_is_a_server_of_its_own(void **state) {
    (void)state;
    client *asked = make_client(5);
    error problem = {0};
    answer_of = always_503;
    client_call call = {
        .origin = 1, .method = "GET", .path = "/x/content", .table_name = "media", .elsewhere = SECRET_URL};
    client_request *down = client_start(asked, &call, &problem);
    client_pause(asked, 50, &problem);
    answer_of = as_planned;
    planned = (transport_result){.status = 200};
    planned_body = "{}";
    int before = attempts;
    client_call other = {.origin = 1, .method = "GET", .path = "/v1/Services", .table_name = "media"};
    client_request *fine = client_start(asked, &other, &problem);
    client_pause(asked, 15, &problem);
    assert_int_equal(attempts, before + 1);
    assert_true(client_is_done(fine));
    assert_false(client_is_done(down));
    client_release(asked, fine);
    client_release(asked, down);
    client_free(asked);
}

/* A further account with that origin, key and SID (NULL: none), beside one with https://media.example, SK1 and AC1. */
static bool is_same_account(const char *origin, const char *user, const char *account) {
    client *made = make_client(1);
    client_config config = {.profile = "second",
                            .endpoints[1].origin = origin,
                            .endpoints[1].user = user,
                            .endpoints[1].account = account,
                            .endpoints[1].password = user ? "another" : NULL,
                            .endpoints[1].credential_names = ""};
    int number = client_add_account(made);
    assert_int_equal(client_configure_account(made, number, &config), 0);
    bool same = client_is_same_account(made, number, 0, 1);
    assert_int_equal(same, client_is_same_account(made, 0, number, 1));
    assert_true(client_is_same_account(made, number, number, 0));
    client_free(made);
    return same;
}

static void test_a_key_is_of_one_account(void **state) {
    (void)state;
    assert_true(is_same_account("https://media.example", "SK1", NULL));
    assert_true(is_same_account("https://media.example", "SK2", "AC1"));
    assert_false(is_same_account("https://media.example", "SK2", "AC2"));
    assert_false(is_same_account("https://media.example", "SK2", NULL));
    assert_false(is_same_account("https://media.example", NULL, NULL));
    assert_false(is_same_account("https://media.dublin.ie1.example", "SK1", "AC1"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_elsewhere_is_a_secret),
        cmocka_unit_test(test_elsewhere_is_a_server_of_its_own),
        cmocka_unit_test(test_a_key_is_of_one_account),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
