/*
** Pages: the meta object, both forms of next_page_url, tokens, page sizes, both directions, rows that come and go.
*/
#include "test_client.h"

static char service[35], channel[35], messages[160];

static void find_channel(void) {
    client_service(service, "Main service");
    client_get(200, "/v1/Services/%s/Channels/general", service);
    snprintf(channel, sizeof channel, "%s", answer_text("sid"));
    snprintf(messages, sizeof messages, "/v1/Services/%s/Channels/%s/Messages", service, channel);
}

static int start(void **state) {
    (void)state;
    client_start((const char *const[]){"--messages", "300", NULL});
    find_channel();
    return 0;
}

static int stop(void **state) {
    (void)state;
    client_stop();
    return 0;
}

static const json_t *meta(void) {
    return json_object_get(test.json, "meta");
}

static const char *meta_text(const char *name) {
    return client_text(meta(), name);
}

static void assert_url(const char *name, const char *wanted) {
    char full[1024];
    snprintf(full, sizeof full, "%s%s", test.origin, wanted);
    assert_string_equal(meta_text(name), full);
}

static void envelope_of_a_first_page(void **state) {
    char wanted[512];
    (void)state;
    client_get(200, "%s", messages);
    assert_int_equal(json_object_size(test.json), 2);
    assert_int_equal(json_object_size(meta()), 7);
    assert_int_equal(json_integer_value(json_object_get(meta(), "page")), 0);
    assert_int_equal(json_integer_value(json_object_get(meta(), "page_size")), 50);
    assert_string_equal(meta_text("key"), "messages");
    assert_int_equal(json_array_size(json_object_get(test.json, "messages")), 50);
    snprintf(wanted, sizeof wanted, "%s?PageSize=50&Page=0", messages);
    assert_url("first_page_url", wanted);
    assert_url("url", wanted);
    assert_true(json_is_null(json_object_get(meta(), "previous_page_url")));
}

static void token_form_of_next(void **state) {
    char wanted[512];
    (void)state;
    client_get(200, "%s?PageSize=2", messages);
    char next[1024];
    snprintf(next, sizeof next, "%s", meta_text("next_page_url"));
    const char *token = strstr(next, "&PageToken=PT");
    assert_non_null(token);
    assert_non_null(strstr(next, "?PageSize=2&Page=1&PageToken=PT"));
    assert_int_equal(strspn(token + 13, "0123456789"), strlen(token + 13));
    client_get(200, "%s", next);
    assert_string_equal(meta_text("url"), next);
    assert_int_equal(json_integer_value(json_object_get(meta(), "page")), 1);
    snprintf(wanted, sizeof wanted, "%s?PageSize=2&Page=0", messages);
    assert_url("first_page_url", wanted);
    assert_non_null(strstr(meta_text("previous_page_url"), "PageSize=2&Page=0&PageToken=PT"));
    client_get(200, "%s", meta_text("next_page_url"));
    /* back again: previous_page_url gives the same page */
    client_get(200, "%s", meta_text("previous_page_url"));
    assert_string_equal(meta_text("url"), next);
}

static void page_form_of_next(void **state) {
    char wanted[512];
    (void)state;
    client_post(200, "/__control/paging?mode=page", "");
    client_get(200, "%s?Order=desc&PageSize=2", messages);
    snprintf(wanted, sizeof wanted, "%s?Order=desc&PageSize=2&Page=1", messages);
    assert_url("next_page_url", wanted);
    client_get(200, "%s?PageSize=2&Page=1000000000000", messages);
    assert_int_equal(json_array_size(json_object_get(test.json, "messages")), 0);
    assert_true(json_is_null(json_object_get(meta(), "next_page_url")));
    client_get(200, "%s?PageSize=2&Page=9223372036854775807", messages);
    client_post(200, "/__control/paging?mode=token", "");
    client_get(400, "%s?PageSize=2&Page=1", messages);
    assert_int_equal(answer_code(), 20001);
    assert_string_equal(answer_text("message"), "PageToken is required for paging.");
}

static void filters_come_first_and_encoded(void **state) {
    char wanted[512];
    (void)state;
    client_get(200, "/v1/Services/%s/Channels/%s/Members?PageSize=5&Identity=a%%26b%%20c&Unknown=1&Identity=O%%27Brien",
               service, channel);
    snprintf(wanted, sizeof wanted,
             "/v1/Services/%s/Channels/%s/Members?Identity=a%%26b%%20c&Identity=O%%27Brien&PageSize=5&Page=0", service,
             channel);
    assert_url("url", wanted);
}

static void page_size_has_bounds(void **state) {
    static const struct {
        const char *path;
        int v1, v2;
    } lists[] = {
        {"/Services", 100, 100},
        {"/Credentials", 1000, 1000},
        {"/Services/%s/Channels", 1000, 100},
        {"/Services/%s/Roles", 1000, 100},
        {"/Services/%s/Users", 1000, 100},
        {"/Services/%s/Bindings", 0, 50},
        {"/Services/%s/Users/Alice/Channels", 1000, 50},
        {"/Services/%s/Users/Alice/Bindings", 0, 50},
        {"/Services/%s/Channels/%s/Messages", 1000, 100},
        {"/Services/%s/Channels/%s/Members", 1000, 100},
        {"/Services/%s/Channels/%s/Invites", 1000, 100},
        {"/Services/%s/Channels/%s/Webhooks", 0, 5},
    };
    (void)state;
    for (size_t at = 0; at < sizeof lists / sizeof *lists; at++) {
        for (int version = 1; version <= 2; version++) {
            int maximum = version == 1 ? lists[at].v1 : lists[at].v2;
            char path[256];
            snprintf(path, sizeof path, lists[at].path, service, channel);
            client_get(maximum ? 200 : 404, "/v%d%s?PageSize=%d", version, path, maximum ? maximum : 1);
            client_get(maximum ? 400 : 404, "/v%d%s?PageSize=%d", version, path, maximum + 1);
            assert_int_equal(answer_code(), maximum ? 20007 : 20404);
        }
    }
    client_get(400, "%s?PageSize=0", messages);
    client_get(400, "%s?PageSize=x", messages);
    assert_int_equal(answer_code(), 20001);
}

static void bad_tokens_are_refused(void **state) {
    (void)state;
    client_get(400, "%s?Page=1&PageToken=PTx", messages);
    assert_int_equal(answer_code(), 19036);
    client_get(400, "%s?Page=1&PageToken=PT-1", messages);
    assert_int_equal(answer_code(), 19038);
    client_get(400, "%s?Page=1&PageToken=15", messages);
    assert_int_equal(answer_code(), 21481);
    client_get(400, "/v1/Services?Page=1&PageToken=PTx");
    assert_int_equal(answer_code(), 21481);
}

/* Fails unless two lists hold the same rows, by SID; reversed: the other way round. */
static void assert_same_rows(const json_t *one, const json_t *other, bool reversed, const char *key) {
    size_t count = json_array_size(one);
    assert_int_equal(count, json_array_size(other));
    for (size_t at = 0; at < count; at++) {
        assert_string_equal(client_text(json_array_get(one, at), key),
                            client_text(json_array_get(other, reversed ? count - 1 - at : at), key));
    }
}

static void every_size_and_form_gives_all_rows(void **state) {
    static const struct {
        const char *path, *key, *sid;
    } lists[] = {
        {"/v1/Services/%s/Channels?Type=public&Type=private&", "channels", "sid"},
        {"/v1/Services/%s/Users?", "users", "sid"},
        {"/v1/Services/%s/Channels/%s/Messages?", "messages", "sid"},
        {"/v2/Services/%s/Channels/%s/Messages?Order=desc&", "messages", "sid"},
        {"/v1/Services/%s/Users/ALICE/Channels?", "channels", "channel_sid"},
    };
    static const int sizes[] = {1, 7, 50};
    (void)state;
    for (size_t at = 0; at < sizeof lists / sizeof *lists; at++) {
        json_t *whole = NULL;
        for (int trial = 0; trial < 6; trial++) {
            char path[256], sized[300];
            client_post(200, trial % 2 ? "/__control/paging?mode=page" : "/__control/paging?mode=token", "");
            snprintf(path, sizeof path, lists[at].path, service, channel);
            snprintf(sized, sizeof sized, "%sPageSize=%d", path, sizes[trial / 2]);
            json_t *rows = client_list(lists[at].key, sized);
            assert_true(json_array_size(rows) > 1);
            if (whole) {
                assert_same_rows(whole, rows, false, lists[at].sid);
                json_decref(rows);
            } else {
                whole = rows;
            }
        }
        json_decref(whole);
    }
    client_post(200, "/__control/paging?mode=token", "");
}

static void messages_go_both_ways(void **state) {
    char path[300];
    (void)state;
    snprintf(path, sizeof path, "%s?PageSize=7", messages);
    json_t *up = client_list("messages", path);
    snprintf(path, sizeof path, "%s?PageSize=7&Order=desc", messages);
    json_t *down = client_list("messages", path);
    assert_same_rows(up, down, true, "sid");
    int64_t before = -1, gaps = 0;
    for (size_t at = 0; at < json_array_size(up); at++) {
        int64_t index = json_integer_value(json_object_get(json_array_get(up, at), "index"));
        assert_true(index > before);
        gaps += index > before + 1;
        before = index;
    }
    assert_true(gaps > 0);
    json_decref(up);
    json_decref(down);
    client_get(400, "%s?Order=up", messages);
}

static void tokens_survive_deletes(void **state) {
    char next[1024], second[35];
    (void)state;
    client_get(200, "%s?PageSize=2", messages);
    snprintf(next, sizeof next, "%s", meta_text("next_page_url"));
    client_get(200, "%s", next);
    const json_t *rows = json_object_get(test.json, "messages");
    snprintf(second, sizeof second, "%s", client_text(json_array_get(rows, 1), "sid"));
    char url[1024];
    snprintf(url, sizeof url, "%s", client_text(json_array_get(rows, 0), "url"));
    assert_int_equal(client_send("DELETE", url, NULL), 204);
    client_get(200, "%s", next); /* its first row is gone: it begins with the next one */
    assert_string_equal(client_text(json_array_get(json_object_get(test.json, "messages"), 0), "sid"), second);
}

static void next_may_lack_the_page(void **state) {
    (void)state;
    client_stop();
    client_start((const char *const[]){"--messages", "300", "--next-without-page", NULL});
    find_channel();
    client_get(200, "%s?PageSize=2", messages);
    assert_non_null(strstr(meta_text("next_page_url"), "?PageSize=2&PageToken=PT"));
    json_t *rows = client_list("messages", messages);
    assert_true(json_array_size(rows) >= 150);
    json_decref(rows);
}

static void urls_follow_host_or_option(void **state) {
    (void)state;
    client_stop();
    client_start((const char *const[]){"--public-url", "https://chat.example.com", NULL});
    client_get(200, "/v1/Services?PageSize=1");
    assert_true(strncmp(meta_text("next_page_url"), "https://chat.example.com/v1/Services?", 37) == 0);
    assert_non_null(strstr(test.text, "\"url\":\"https://chat.example.com/v1/Services/IS"));
}

static void a_million_messages_start_at_once(void **state) {
    (void)state;
    client_stop();
    client_start((const char *const[]){"--messages", "3000000", "--services", "1", "--channels", "2", NULL});
    find_channel();
    client_get(200, "%s?Order=desc&PageSize=1000", messages);
    int64_t index =
        json_integer_value(json_object_get(json_array_get(json_object_get(test.json, "messages"), 0), "index"));
    assert_true(index > 1000000);
    client_get(200, "%s?PageSize=1000&Page=1&PageToken=PT1000000", messages);
    assert_int_equal(json_array_size(json_object_get(test.json, "messages")), 1000);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(envelope_of_a_first_page),
        cmocka_unit_test(token_form_of_next),
        cmocka_unit_test(page_form_of_next),
        cmocka_unit_test(filters_come_first_and_encoded),
        cmocka_unit_test(page_size_has_bounds),
        cmocka_unit_test(bad_tokens_are_refused),
        cmocka_unit_test(every_size_and_form_gives_all_rows),
        cmocka_unit_test(messages_go_both_ways),
        cmocka_unit_test(tokens_survive_deletes),
        cmocka_unit_test(next_may_lack_the_page),
        cmocka_unit_test(urls_follow_host_or_option),
        cmocka_unit_test(a_million_messages_start_at_once),
    };
    (void)argc;
    client_find_program(argv[0]);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, start, stop);
}
