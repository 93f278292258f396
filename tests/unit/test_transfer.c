/*
** What libcurl is told of a transfer: the options themselves, for what no server can see. No transfer may leave a stream of the
** host's to libcurl, which by itself reads the standard input, and goes back to its start.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/sqlite.h"
#include "rest/transfer.h"

enum { OPTIONS_MAX = 64 };

static struct {
    CURLoption option;
    void (*function)(void); /* or NULL */
} told[OPTIONS_MAX];        /* libcurl */
static size_t told_count;

#undef curl_easy_setopt

/* In place of libcurl's own: notes which functions are set. */
CURLcode curl_easy_setopt(CURL *easy, CURLoption option, ...) {
    (void)easy;
    assert_true(told_count < OPTIONS_MAX);
    told[told_count].option = option;
    told[told_count].function = NULL;
    if (option >= CURLOPTTYPE_FUNCTIONPOINT && option < CURLOPTTYPE_OFF_T) {
        va_list rest;
        va_start(rest, option);
        told[told_count].function = va_arg(rest, void (*)(void));
        va_end(rest);
    }
    told_count++;
    return CURLE_OK;
}

static bool is_told(CURLoption option) {
    bool found = false;
    for (size_t i = 0; i < told_count; i++) {
        found = found || (told[i].option == option && told[i].function != NULL);
    }
    return found;
}

static void check_streams(const char *method, const char *body) {
    const tls_authorities none = {0};
    transfer_kept kept = {0};
    transfer planned = {.kept = &kept};
    transport_call call = {.method = method,
                           .url = "https://127.0.0.1/v1/Services",
                           .user = "",
                           .password = "",
                           .body = body,
                           .body_length = body ? strlen(body) : 0};
    told_count = 0;
    assert_true(transfer_set_up(&planned, &call, &none));
    assert_true(is_told(CURLOPT_READFUNCTION));
    assert_true(is_told(CURLOPT_SEEKFUNCTION));
    assert_true(is_told(CURLOPT_WRITEFUNCTION));
    assert_true(is_told(CURLOPT_HEADERFUNCTION));
    curl_slist_free_all(planned.headers);
    sqlite3_free(planned.body);
}

static void test_no_stream_of_the_host(void **state) {
    (void)state;
    check_streams("GET", NULL);
    check_streams("DELETE", NULL);
    check_streams("POST", "Body=x");
    check_streams("POST", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_no_stream_of_the_host)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
