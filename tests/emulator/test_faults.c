/*
** The control path: latency, faults of every kind, counters and lists of requests.
*/
#include "test_client.h"

#include <time.h>

static int start(void **state) {
    (void)state;
    client_start(NULL);
    return 0;
}

static int stop(void **state) {
    (void)state;
    client_stop();
    return 0;
}

static void fault(const char *form) {
    client_post(200, "/__control/reset", "");
    client_post(200, "/__control/fault", form);
}

static int64_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void a_status_with_headers_and_body(void **state) {
    (void)state;
    fault("action=status&status=429&code=20429&message=Slow&header=Retry-After%3A+2&times=2");
    client_get(429, "/v1/Services");
    assert_int_equal(answer_code(), 20429);
    assert_non_null(strstr(test.headers, "Retry-After: 2"));
    client_get(429, "/v1/Services");
    client_get(200, "/v1/Services");
    fault("action=status&status=502&body=%3Chtml%3E");
    client_get(502, "/v1/Services");
    assert_string_equal(test.text, "<html>");
}

static void rules_match_method_path_and_number(void **state) {
    (void)state;
    fault("action=status&method=GET&path=%2Fv1%2F*PageSize%3D2*&nth=2");
    client_get(200, "/v1/Services?PageSize=3");
    client_get(200, "/v1/Services?PageSize=2");
    client_get(500, "/v1/Services?PageSize=2");
    client_get(200, "/v1/Services?PageSize=2");
    client_post(200, "/__control/fault", "action=status&status=501");
    client_post(200, "/__control/fault", "action=status&status=502");
    client_get(501, "/v1/Services");
    client_get(502, "/v1/Services");
    client_get(200, "/v1/Services");
    client_post(400, "/__control/fault", "action=dance");
}

static void rules_take_every_so_many(void **state) {
    (void)state;
    fault("action=status&path=%2Fv1%2F*&nth=2&step=3&times=2");
    for (int at = 1; at <= 8; at++) {
        client_get(at == 2 || at == 5 ? 500 : 200, "/v1/Services");
    }
}

static void broken_connections(void **state) {
    (void)state;
    fault("action=reset");
    client_get(0, "/v1/Services");
    assert_int_equal(test.status, 0);
    assert_int_not_equal(test.result, CURLE_OK);
    fault("action=cut&bytes=10");
    client_get(0, "/v1/Services");
    assert_int_equal(test.status, 200);
    assert_int_not_equal(test.result, CURLE_OK);
    assert_int_equal(test.length, 10);
    fault("action=hang&ms=100");
    int64_t begin = milliseconds();
    client_get(0, "/v1/Services");
    assert_int_not_equal(test.result, CURLE_OK);
    assert_true(milliseconds() - begin >= 100);
    client_get(200, "/v1/Services");
}

static void a_lost_answer_may_follow_a_write(void **state) {
    (void)state;
    fault("action=reset&method=POST&path=%2Fv1%2F*&when=after");
    client_send("POST", "/v1/Services", "FriendlyName=lost");
    assert_int_not_equal(test.result, CURLE_OK);
    client_get(200, "/__control/ledger");
    assert_int_equal(json_array_size(test.json), 1);
    fault("action=reset&method=POST&path=%2Fv1%2F*");
    client_send("POST", "/v1/Services", "FriendlyName=lost");
    client_get(200, "/__control/ledger");
    assert_int_equal(json_array_size(test.json), 0);
}

static void slow_bodies(void **state) {
    (void)state;
    fault("action=stall&bytes=20&ms=150");
    int64_t begin = milliseconds();
    client_get(0, "/v1/Services");
    assert_true(milliseconds() - begin >= 150);
    assert_int_equal(test.length, 20);
    assert_int_not_equal(test.result, CURLE_OK);
    fault("action=trickle&bytes=500&ms=10");
    begin = milliseconds();
    client_get(200, "/v1/Services");
    assert_int_equal(test.result, CURLE_OK);
    assert_non_null(test.json);
    assert_true(milliseconds() - begin >= 10 * ((int64_t)test.length / 500 - 1));
    fault("action=delay&ms=80");
    begin = milliseconds();
    client_get(200, "/v1/Services");
    assert_true(milliseconds() - begin >= 80);
}

static void wrong_answers(void **state) {
    (void)state;
    fault("action=length&length=100000");
    client_get(0, "/v1/Services");
    assert_int_not_equal(test.result, CURLE_OK);
    fault("action=length&length=10");
    client_get(200, "/v1/Services");
    assert_int_equal(test.length, 10);
    fault("action=body&body=%5B1%2C2%5D");
    client_get(200, "/v1/Services");
    assert_string_equal(test.text, "[1,2]");
    fault("action=redirect&location=http%3A%2F%2Fexample.com%2F");
    client_get(307, "/v1/Services");
    assert_non_null(strstr(test.headers, "Location: http://example.com/"));
    fault("action=next&url=http%3A%2F%2F127.0.0.1%3A1%2Fv1%2FServices");
    client_get(200, "/v1/Services");
    assert_string_equal(client_text(json_object_get(test.json, "meta"), "next_page_url"),
                        "http://127.0.0.1:1/v1/Services");
}

static void gzip_answers_are_valid(void **state) {
    (void)state;
    char url[128];
    fault("action=gzip");
    snprintf(url, sizeof url, "%s/v1/Services", test.origin);
    client_forget();
    client_options("GET", url, NULL);
    curl_easy_setopt(test.curl, CURLOPT_ACCEPT_ENCODING, "");
    assert_int_equal(curl_easy_perform(test.curl), CURLE_OK);
    assert_non_null(strstr(test.headers, "Content-Encoding: gzip"));
    test.json = json_loadb(test.text, test.length, 0, NULL);
    assert_non_null(json_object_get(test.json, "services"));
}

/* Runs many requests at once; returns how many were answered 200. */
static int run_many(int count) {
    char url[128];
    CURLM *multi = curl_multi_init();
    CURL *handles[128];
    int running = 1, good = 0;
    snprintf(url, sizeof url, "%s/v1/Services", test.origin);
    for (int at = 0; at < count; at++) {
        CURL *kept = test.curl;
        handles[at] = test.curl = curl_easy_init();
        client_options("GET", url, NULL);
        curl_multi_add_handle(multi, test.curl);
        test.curl = kept;
    }
    while (running) {
        curl_multi_perform(multi, &running);
        curl_multi_poll(multi, NULL, 0, 100, NULL);
    }
    for (int at = 0; at < count; at++) {
        long status = 0;
        curl_easy_getinfo(handles[at], CURLINFO_RESPONSE_CODE, &status);
        good += status == 200;
        curl_multi_remove_handle(multi, handles[at]);
        curl_easy_cleanup(handles[at]);
    }
    curl_multi_cleanup(multi);
    return good;
}

static void latency_delays_requests_side_by_side(void **state) {
    (void)state;
    client_post(200, "/__control/reset", "");
    client_post(200, "/__control/latency?ms=300", "");
    int64_t begin = milliseconds();
    assert_int_equal(run_many(64), 64);
    int64_t took = milliseconds() - begin;
    client_post(200, "/__control/latency?ms=0", "");
    assert_true(took >= 300);
    assert_true(took < 15000); /* one after the other it would be 19 seconds */
    client_get(200, "/__control/stats");
    assert_int_equal(answer_number("max_concurrent"), 64);
}

/* A minute's wait ends when it is told to. */
static void what_waits_can_be_released(void **state) {
    (void)state;
    client_post(200, "/__control/reset", "");
    client_post(200, "/__control/latency?ms=60000", "");
    pid_t releasing = fork();
    if (releasing == 0) {
        while (client_send("GET", "/__control/stats", NULL) == 200 && answer_number("max_concurrent") < 8) {
        }
        client_send("POST", "/__control/latency?ms=0", "");
        client_send("POST", "/__control/release", "");
        _exit(0);
    }
    int64_t begin = milliseconds();
    assert_int_equal(run_many(8), 8);
    assert_true(milliseconds() - begin < 60000); /* which is what they would have waited */
    assert_int_equal(waitpid(releasing, NULL, 0), releasing);
}

static void requests_are_counted_and_listed(void **state) {
    (void)state;
    client_post(200, "/__control/reset", "");
    client_get(200, "/v1/Services?PageSize=2");
    int64_t bytes = (int64_t)test.length;
    test.credentials = NULL;
    client_get(401, "/v1/Services");
    test.credentials = KEY;
    bytes += (int64_t)0;
    client_post(201, "/v1/Services", "FriendlyName=a");
    client_get(200, "/__control/stats");
    assert_int_equal(answer_number("requests"), 3);
    assert_int_equal(answer_number("get"), 2);
    assert_int_equal(answer_number("post"), 1);
    assert_int_equal(answer_number("errors"), 1);
    assert_int_equal(answer_number("writes"), 1);
    assert_true(answer_number("bytes") > bytes);
    client_get(200, "/__control/requests");
    assert_int_equal(json_array_size(test.json), 3);
    const json_t *first = json_array_get(test.json, 0);
    assert_string_equal(client_text(first, "method"), "GET");
    assert_string_equal(client_text(first, "uri"), "/v1/Services?PageSize=2");
    assert_true(json_is_true(json_object_get(first, "authorization")));
    assert_true(json_is_false(json_object_get(json_array_get(test.json, 1), "authorization")));
}

static void concurrency_can_be_limited(void **state) {
    (void)state;
    client_stop();
    client_start((const char *const[]){"--concurrency-limit", "4", "--latency", "100", NULL});
    assert_int_equal(run_many(4), 4);
    assert_true(run_many(20) < 20);
}

static void attributes_can_be_hidden_otherwise(void **state) {
    static const char *const modes[] = {"always", "never", "mixed"};
    (void)state;
    for (int mode = 0; mode < 3; mode++) {
        client_stop();
        client_start((const char *const[]){"--hide-attributes", modes[mode], NULL});
        char service[35];
        client_service(service, "Main service");
        size_t nulls[2] = {0, 0};
        for (int version = 1; version <= 2; version++) {
            client_get(200, "/v%d/Services/%s/Users?PageSize=10", version, service);
            json_t *rows = json_object_get(test.json, "users"), *row;
            size_t at;
            json_array_foreach(rows, at, row) {
                nulls[version - 1] += json_is_null(json_object_get(row, "attributes"));
            }
        }
        size_t wanted = mode == 0 ? 10 : mode == 1 ? 0 : 5;
        assert_int_equal(nulls[0], wanted);
        assert_int_equal(nulls[1], wanted);
    }
}

/* The first service's SID after a request for data of a seed. */
static void seeded_service(const char *seed, char *sid) {
    char path[60];
    snprintf(path, sizeof path, "/__control/data?seed=%s", seed);
    client_post(200, path, "");
    client_get(200, "/v2/Services?PageSize=1");
    snprintf(sid, 35, "%s", client_text(json_array_get(json_object_get(test.json, "services"), 0), "sid"));
}

static void data_can_be_made_anew(void **state) {
    char one[35], other[35], again[35], path[100];
    (void)state;
    seeded_service("1", one);
    snprintf(path, sizeof path, "/v2/Services/%s/Channels", one);
    client_post(201, path, "UniqueName=made");
    seeded_service("7", other);
    assert_string_not_equal(one, other);
    client_get(404, "/v2/Services/%s", one);
    seeded_service("1", again);
    assert_string_equal(one, again);
    client_get(404, "/v2/Services/%s/Channels/made", one);
    client_service(one, "Main service");
    client_get(200, "/v2/Services/%s/Users?PageSize=5", one);
    assert_int_equal(json_array_size(json_object_get(test.json, "users")), 5);
    client_post(400, "/__control/data?seed=x", "");
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_status_with_headers_and_body),
        cmocka_unit_test(rules_match_method_path_and_number),
        cmocka_unit_test(rules_take_every_so_many),
        cmocka_unit_test(broken_connections),
        cmocka_unit_test(a_lost_answer_may_follow_a_write),
        cmocka_unit_test(slow_bodies),
        cmocka_unit_test(wrong_answers),
        cmocka_unit_test(gzip_answers_are_valid),
        cmocka_unit_test(latency_delays_requests_side_by_side),
        cmocka_unit_test(what_waits_can_be_released),
        cmocka_unit_test(requests_are_counted_and_listed),
        cmocka_unit_test(concurrency_can_be_limited),
        cmocka_unit_test(attributes_can_be_hidden_otherwise),
        cmocka_unit_test(data_can_be_made_anew),
    };
    (void)argc;
    client_find_program(argv[0]);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, start, stop);
}
