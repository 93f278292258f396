/* What an ended attempt means: of each outcome and status, in words, as a code, and with no credential in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/sqlite.h"
#include "rest/outcome.h"

#define PASSWORD "password-0000"
#define COVERED "*************"

static transport_result response(int status) {
    return (transport_result){.outcome = RETRY_RESPONSE, .status = status, .sent = true};
}

static transport_result broken(retry_outcome outcome, bool sent) {
    transport_result made = {.outcome = outcome, .sent = sent, .problem = "it broke"};
    return made;
}

/* A status that was left over means nothing where no response came. */
static void test_success(void **state) {
    static const int successes[] = {200, 201, 204}, others[] = {0, 100, 199, 202, 203, 205, 206, 301, 400, 429, 500};
    (void)state;
    for (size_t i = 0; i < sizeof successes / sizeof *successes; i++) {
        transport_result ended = response(successes[i]);
        assert_true(outcome_is_success(&ended));
        ended.outcome = RETRY_LOST;
        assert_false(outcome_is_success(&ended));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        transport_result ended = response(others[i]);
        assert_false(outcome_is_success(&ended));
    }
}

static void test_limit(void **state) {
    transport_result ended = response(429);
    (void)state;
    assert_true(outcome_is_limit(&ended));
    ended.status = 428;
    assert_false(outcome_is_limit(&ended));
    ended = broken(RETRY_LOST, true);
    ended.status = 429;
    assert_false(outcome_is_limit(&ended));
}

/* 503 and 429 say that the server has no time, not that it was too much. */
static void test_overtaxed(void **state) {
    (void)state;
    for (int status = 0; status < 1000; status++) {
        assert_int_equal(outcome_is_overtaxed(status), status == 500 || status == 502 || status == 504);
    }
}

static void test_uncertain(void **state) {
    static const struct {
        retry_outcome outcome;
        int status;
        bool sent, uncertain;
    } cases[] = {
        {RETRY_RESPONSE, 400, true, false},  {RETRY_RESPONSE, 429, true, false}, {RETRY_RESPONSE, 499, true, false},
        {RETRY_RESPONSE, 500, true, true},   {RETRY_RESPONSE, 503, true, true},  {RETRY_NOT_SENT, 0, false, false},
        {RETRY_LOST, 0, true, true},         {RETRY_LOST, 0, false, true},       {RETRY_HOPELESS, 0, true, true},
        {RETRY_HOPELESS, 200, false, false}, {RETRY_RESPONSE, 101, true, true},  {RETRY_RESPONSE, 202, true, true},
        {RETRY_RESPONSE, 203, true, true},   {RETRY_RESPONSE, 205, true, true},  {RETRY_RESPONSE, 206, true, true},
        {RETRY_RESPONSE, 226, true, true},   {RETRY_RESPONSE, 300, true, true},  {RETRY_RESPONSE, 303, true, true},
        {RETRY_RESPONSE, 308, true, true},   {RETRY_RESPONSE, 399, true, true},  {RETRY_RESPONSE, 404, true, false},
        {RETRY_RESPONSE, 408, true, true},   {RETRY_RESPONSE, 409, true, false}, {RETRY_RESPONSE, 200, true, false},
        {RETRY_RESPONSE, 201, true, false},  {RETRY_RESPONSE, 204, true, false}, {RETRY_RESPONSE, 600, true, true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        transport_result ended = broken(cases[i].outcome, cases[i].sent);
        ended.status = cases[i].status;
        assert_int_equal(outcome_is_uncertain(&ended), cases[i].uncertain);
    }
}

/* 201 and 204 are said by nobody on the way. */
static void test_foreign(void **state) {
    static const struct {
        int status;
        const char *body;
        bool foreign;
    } cases[] = {
        {200, NULL, false},          {200, "", false},   {200, " \r\n\t", false},      {200, "{}", false},
        {200, " \n{\"sid\"", false}, {200, "[]", true},  {200, "<html></html>", true}, {200, " \n<", true},
        {200, "ok", true},           {201, "ok", false}, {204, "ok", false},           {400, "<html></html>", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        transport_result ended = response(cases[i].status);
        buffer_init(&ended.body, 100);
        if (cases[i].body) {
            assert_true(buffer_text(&ended.body, cases[i].body));
        }
        assert_int_equal(outcome_is_foreign(&ended), cases[i].foreign);
        if (cases[i].foreign) {
            assert_true(outcome_is_uncertain(&ended));
        }
        ended.outcome = RETRY_LOST;
        assert_false(outcome_is_foreign(&ended));
        buffer_clear(&ended.body);
    }
}

/* Only the codes that the API has are its own, whatever others make of five digits. */
static void test_codes(void **state) {
    static const struct {
        const char *body;
        int status;
        outcome_author author;
    } cases[] = {
        {"{\"code\":20404}", 404, AUTHOR_API},       {"{\"code\":50350}", 404, AUTHOR_API},
        {"{\"code\":50300}", 404, AUTHOR_API},       {"{\"code\":50201}", 409, AUTHOR_API},
        {"{\"code\":50353}", 409, AUTHOR_API},       {"{\"code\":50433}", 409, AUTHOR_API},
        {"{\"code\":20000}", 404, AUTHOR_API},       {"{\"code\":50999}", 404, AUTHOR_API},
        {"{\"code\":12345}", 404, AUTHOR_OTHER},     {"{\"code\":10404}", 404, AUTHOR_OTHER},
        {"{\"code\":19999}", 404, AUTHOR_OTHER},     {"{\"code\":21000}", 404, AUTHOR_OTHER},
        {"{\"code\":40400}", 404, AUTHOR_OTHER},     {"{\"code\":49999}", 404, AUTHOR_OTHER},
        {"{\"code\":51000}", 404, AUTHOR_OTHER},     {"{\"code\":99999}", 404, AUTHOR_OTHER},
        {"{\"code\":204040}", 404, AUTHOR_OTHER},    {"{\"code\":5000000}", 404, AUTHOR_OTHER},
        {"{\"code\":-20404}", 404, AUTHOR_OTHER},    {"{\"code\":20}", 404, AUTHOR_OTHER},
        {"{\"code\":\"20404\"}", 404, AUTHOR_OTHER}, {"{\"code\":40900}", 409, AUTHOR_OTHER},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(outcome_author_of(cases[i].body, strlen(cases[i].body), cases[i].status), cases[i].author);
    }
}

/* A 404 tells that something is not there only if the API says so, and then the API is still there. */
static void test_gone(void **state) {
    static const char api[] = "{\"code\":20404,\"message\":\"not found\"}", html[] = "<html>",
                      plain[] = "{\"status\":404}", rpc[] = "{\"code\":5,\"message\":\"Not Found\",\"details\":[]}",
                      gateway[] = "{\"code\":404,\"message\":\"HTTP 404 Not Found\"}",
                      whole[] = "{\"code\":20404,\"message\":\"not found\",\"more_info\":\"x\",\"status\":404}",
                      of_another[] = "{\"code\":20003,\"message\":\"Authenticate\",\"status\":401}";
    transport_result ended = response(404);
    (void)state;
    assert_int_equal(outcome_author_of(api, strlen(api), 404), AUTHOR_API);
    assert_int_equal(outcome_author_of(html, strlen(html), 404), AUTHOR_OTHER);
    assert_int_equal(outcome_author_of(plain, strlen(plain), 404), AUTHOR_OTHER);
    assert_int_equal(outcome_author_of(rpc, strlen(rpc), 404), AUTHOR_OTHER);
    assert_int_equal(outcome_author_of(gateway, strlen(gateway), 404), AUTHOR_OTHER);
    assert_int_equal(outcome_author_of(NULL, 0, 404), AUTHOR_OTHER);
    assert_int_equal(outcome_author_of(whole, strlen(whole), 404), AUTHOR_API);
    assert_int_equal(outcome_author_of(of_another, strlen(of_another), 404), AUTHOR_OTHER);
    assert_int_equal(outcome_author_of(of_another, strlen(of_another), 401), AUTHOR_API);
    assert_int_equal(outcome_author_of(of_another, strlen(of_another), 0), AUTHOR_API);
    assert_true(outcome_is_gone(&ended, AUTHOR_OTHER));
    assert_false(outcome_is_gone(&ended, AUTHOR_API));
    assert_false(outcome_is_gone(&ended, AUTHOR_UNREAD));
    ended = response(410);
    assert_true(outcome_is_gone(&ended, AUTHOR_API));
    ended = response(400);
    assert_false(outcome_is_gone(&ended, AUTHOR_OTHER));
    ended = broken(RETRY_NOT_SENT, false);
    ended.status = 410;
    assert_false(outcome_is_gone(&ended, AUTHOR_OTHER));
    ended.no_host = true;
    assert_true(outcome_is_gone(&ended, AUTHOR_OTHER));
}

static void test_code(void **state) {
    static const struct {
        retry_outcome outcome;
        int status, code;
    } cases[] = {
        {RETRY_RESPONSE, 400, SQLITE_ERROR}, {RETRY_RESPONSE, 401, SQLITE_AUTH},
        {RETRY_RESPONSE, 402, SQLITE_ERROR}, {RETRY_RESPONSE, 403, SQLITE_AUTH},
        {RETRY_RESPONSE, 404, SQLITE_ERROR}, {RETRY_RESPONSE, 409, SQLITE_CONSTRAINT},
        {RETRY_RESPONSE, 500, SQLITE_ERROR}, {RETRY_LOST, 409, SQLITE_ERROR},
        {RETRY_HOPELESS, 401, SQLITE_ERROR},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        transport_result ended = broken(cases[i].outcome, true);
        ended.status = cases[i].status;
        assert_int_equal(outcome_code(&ended), cases[i].code);
        ended.no_memory = true;
        assert_int_equal(outcome_code(&ended), SQLITE_NOMEM);
    }
}

static void assert_described(const transport_result *ended, const char *body, const char *expected) {
    redact hidden = {0};
    assert_int_equal(redact_set(&hidden, NULL, PASSWORD), SQLITE_OK);
    char *text = outcome_describe(ended, body, strlen(body), &hidden);
    assert_string_equal(text, expected);
    sqlite3_free(text);
    redact_clear(&hidden);
}

static void test_description(void **state) {
    static const struct {
        int status;
        const char *body, *expected;
    } cases[] = {
        {429, "{\"code\":20429,\"message\":\"Too Many Requests\"}",
         "HTTP 429, Twilio error 20429 \"Too Many Requests\""},
        {400, "{\"code\":20001}", "HTTP 400, Twilio error 20001 \"\""},
        {400, "{\"code\":0,\"message\":\"no\"}", "HTTP 400 \"no\""},
        {400, "{\"code\":1,\"message\":\"is " PASSWORD "?\"}", "HTTP 400, Twilio error 1 \"is " COVERED "?\""},
        {400, "{\"message\":\"is " PASSWORD "?\"}", "HTTP 400 \"is " COVERED "?\""},
        {502, "<html>" PASSWORD "</html>", "HTTP 502"},
        {500, "", "HTTP 500"},
        {200, "<html></html>", "HTTP 200, but with what is not the service's answer"},
        {299, "{\"message\":\"odd\"}", "HTTP 299 \"odd\""},
        {300, "{\"message\":\"odd\"}", "HTTP 300: redirects are not followed"},
        {399, "", "HTTP 399: redirects are not followed"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        transport_result ended = response(cases[i].status);
        assert_described(&ended, cases[i].body, cases[i].expected);
    }
    transport_result ended = broken(RETRY_LOST, true);
    ended.status = 301;
    assert_described(&ended, "{\"message\":\"of an earlier attempt\"}", "it broke");
}

/* Rows are data, and stay as they are. */
static void test_hide(void **state) {
    static const struct {
        int status;
        const char *body, *expected;
    } cases[] = {{200, "a " PASSWORD, "a " PASSWORD}, {400, "a " PASSWORD, "a " COVERED}, {400, NULL, NULL}};
    redact hidden = {0};
    (void)state;
    assert_int_equal(redact_set(&hidden, NULL, PASSWORD), SQLITE_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        transport_result ended = response(cases[i].status);
        buffer_init(&ended.body, 100);
        strcpy(ended.problem, "of " PASSWORD);
        strcpy(ended.request_id, "RQ" PASSWORD);
        if (cases[i].body) {
            assert_true(buffer_text(&ended.body, cases[i].body));
        }
        outcome_hide(&ended, &hidden);
        assert_string_equal(ended.problem, "of " COVERED);
        assert_string_equal(ended.request_id, "RQ" COVERED);
        if (cases[i].expected) {
            assert_string_equal(ended.body.data, cases[i].expected);
        } else {
            assert_null(ended.body.data);
        }
        buffer_clear(&ended.body);
    }
    redact_clear(&hidden);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_success),   cmocka_unit_test(test_limit),   cmocka_unit_test(test_overtaxed),
        cmocka_unit_test(test_uncertain), cmocka_unit_test(test_foreign), cmocka_unit_test(test_codes),
        cmocka_unit_test(test_gone),      cmocka_unit_test(test_code),    cmocka_unit_test(test_description),
        cmocka_unit_test(test_hide),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
