/*
** Memory running out in ext/rest, in SQLite's, libcurl's and jansson's allocations: each function gives the right
** answer or says SQLITE_NOMEM. Another error, or a wrong answer, would send a user looking for a fault of the server's.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/sqlite.h"
#include "catalog/generations.h"
#include "rest/page.h"
#include "rest/redact.h"
#include "rest/request_log.h"
#include "rest/url.h"
#include "unit/faulty_memory.h"
#include "unit/named.h"
#include "unit/parsed.h"

/* Faults that the running sweep has found: all of them are shown, since they differ from allocation to allocation. */
static int faults;

static void fault(const char *complaint, const char *detail) {
    print_message("# %s: %s\n", complaint, detail != NULL ? detail : "");
    faults++;
}

/* Sweeps and fails if a step complained, or if it allocates less than it must: then the hooks would not be in place. */
static void sweep(void (*step)(void *context), const char *context, long least) {
    char copy[500];
    snprintf(copy, sizeof copy, "%s", context != NULL ? context : "");
    faults = 0;
    long allocations = faulty_memory_sweep(step, copy);
    assert_int_equal(faults, 0);
    assert_true(allocations >= least);
}

/* Is it what memory running out is to look like? */
static void check_no_memory(const error *problem) {
    if (!faulty_memory_failed() || problem->rc != SQLITE_NOMEM || problem->message != NULL) {
        char text[300];
        snprintf(text, sizeof text, "code %d, %.200s", problem->rc, problem->message ? problem->message : "no message");
        fault("not told as memory running out", text);
    }
}

/* Checks what a function gave against what it should have given, and frees both. */
static void check_text(char *found, const char *expected, error *problem) {
    if (error_is_set(problem)) {
        check_no_memory(problem);
    } else if (found == NULL || strcmp(found, expected) != 0) {
        fault("a wrong answer", found);
    }
    sqlite3_free(found);
    error_clear(problem);
}

/* Checks a refusal: that one, or no memory. */
static void check_refusal(char *found, const char *part, error *problem) {
    if (found != NULL) {
        fault("accepted", found);
    } else if (problem->message == NULL || strstr(problem->message, part) == NULL) {
        check_no_memory(problem);
    }
    sqlite3_free(found);
    error_clear(problem);
}

/* --- URLs --------------------------------------------------------------------------------------------------------- */

#define PATH "/v1/Services/IS1/Channels"

static void origin_step(void *context) {
    error problem = {0};
    (void)context;
    check_text(url_origin("https://chat.twilio.com:8443/", &problem), "https://chat.twilio.com:8443", &problem);
}

static void test_origin(void **state) {
    (void)state;
    sweep(origin_step, NULL, 4);
}

static void refused_origin_step(void *context) {
    error problem = {0};
    check_refusal(url_origin(context, &problem), "give scheme, host and port only", &problem);
}

/* What is not allowed stays so: a part that could not be copied is not a part that is not there. */
static void test_refused_origin(void **state) {
    (void)state;
    sweep(refused_origin_step, "https://user@chat.twilio.com", 1);
    sweep(refused_origin_step, "https://chat.twilio.com/v1", 1);
    sweep(refused_origin_step, "https://chat.twilio.com?x=1", 1);
    sweep(refused_origin_step, "https://chat.twilio.com#x", 1);
}

static void regional_step(void *context) {
    error problem = {0};
    (void)context;
    check_text(url_regional_origin("chat", "ie1", "dublin", &problem), "https://chat.dublin.ie1.twilio.com", &problem);
}

static void test_regional_origin(void **state) {
    (void)state;
    sweep(regional_step, NULL, 4);
}

static void escape_step(void *context) {
    error problem = {0};
    (void)context;
    check_text(url_escape("a b\0c", 5, &problem), "a%20b%00c", &problem);
}

static void test_escape(void **state) {
    (void)state;
    sweep(escape_step, NULL, 2);
}

static void follow_step(void *context) {
    error problem = {0};
    check_text(url_follow("https://chat.twilio.com", PATH "?Page=0", context, &problem), PATH "?Page=1&PageToken=PT1",
               &problem);
}

static void test_follow(void **state) {
    (void)state;
    sweep(follow_step, "https://chat.twilio.com" PATH "?Page=1&PageToken=PT1", 11);
    sweep(follow_step, "?Page=1&PageToken=PT1", 11);
}

static void regional_follow_step(void *context) {
    error problem = {0};
    (void)context;
    check_text(url_follow("https://chat.ie1.twilio.com", PATH, "https://chat.twilio.com" PATH "?Page=1", &problem),
               PATH "?Page=1", &problem);
}

static void test_follow_from_a_region(void **state) {
    (void)state;
    sweep(regional_follow_step, NULL, 11);
}

static void refused_follow_step(void *context) {
    error problem = {0};
    check_refusal(url_follow("https://chat.twilio.com", PATH "?Page=0", context, &problem), "not followed", &problem);
}

static void test_refused_follow(void **state) {
    (void)state;
    sweep(refused_follow_step, "https://evil.com" PATH "?Page=1", 1);
    sweep(refused_follow_step, "https://user@chat.twilio.com" PATH "?Page=1", 1);
    sweep(refused_follow_step, "https://chat.twilio.com:444" PATH "?Page=1", 1);
    sweep(refused_follow_step, "http://chat.twilio.com" PATH "?Page=1", 1);
    sweep(refused_follow_step, "/v1/Services/IS2/Channels?Page=1", 1);
}

static void numbers_step(void *context) {
    (void)context;
    char *next = url_next_number(PATH "?PageSize=50&Page=9");
    char *half = url_halve_pages(PATH "?PageSize=50&Page=9");
    assert_true((next != NULL && half != NULL) || faulty_memory_failed());
    assert_true(next == NULL || strcmp(next, PATH "?PageSize=50&Page=10") == 0);
    assert_true(half == NULL || strcmp(half, PATH "?PageSize=25&Page=18") == 0);
    sqlite3_free(next);
    sqlite3_free(half);
}

static void test_numbers(void **state) {
    (void)state;
    sweep(numbers_step, NULL, 3);
}

/* --- pages -------------------------------------------------------------------------------------------------------- */

static const char list_body[] =
    "{\"channels\":[{\"sid\":\"CH1\",\"friendly_name\":\"a name that is long enough to need some room of its own\","
    "\"date_created\":\"Thu, 24 Mar 2016 20:37:57 +0000\",\"links\":{\"members\":\"x\",\"deep\":[1,2.5,{\"a\":null}]},"
    "\"members_count\":3,\"attributes\":\"{}\"},{\"sid\":\"CH2\"}],\"meta\":{\"next_page_url\":\"?Page=1\"}}";

static const char *cell_text(const page *source, size_t row, const char *column) {
    int index = catalog_column_index(named_resource("channels"), column);
    return page_text(source, page_at(source, row, (size_t)index));
}

static void list_step(void *context) {
    error problem = {0};
    (void)context;
    page *list = page_parse_list(named_resource("channels"), CATALOG_V1, list_body, strlen(list_body), &problem);
    assert_true((list == NULL) == error_is_set(&problem));
    if (list != NULL) {
        assert_int_equal(list->row_count, 2);
        assert_string_equal(list->next, "?Page=1");
        assert_string_equal(cell_text(list, 0, "sid"), "CH1");
        /* The first token that is longer than the scanner's buffer at its beginning. */
        assert_string_equal(cell_text(list, 0, "friendly_name"),
                            "a name that is long enough to need some room of its own");
        assert_string_equal(cell_text(list, 0, "date_created"), "2016-03-24T20:37:57Z");
        assert_string_equal(cell_text(list, 0, "links"), "{\"members\":\"x\",\"deep\":[1,2.5,{\"a\":null}]}");
        assert_string_equal(cell_text(list, 1, "sid"), "CH2");
    } else {
        check_no_memory(&problem);
    }
    page_release(list);
    error_clear(&problem);
}

static void test_list(void **state) {
    (void)state;
    sweep(list_step, NULL, 8);
}

static void bad_list_step(void *context) {
    error problem = {0};
    const char *body = context;
    page *list = page_parse_list(named_resource("channels"), CATALOG_V1, body, strlen(body), &problem);
    if (list != NULL) {
        fault("accepted", body);
    } else if (problem.rc != SQLITE_ERROR) {
        check_no_memory(&problem);
    }
    page_release(list);
    error_clear(&problem);
}

static void test_bad_list(void **state) {
    (void)state;
    sweep(bad_list_step, "{\"channels\":[{\"sid\":\"CH1\"},{\"sid\":null}],\"meta\":{\"next_page_url\":\"?x\"}}", 1);
    sweep(bad_list_step, "{\"channels\":[{\"sid\":\"CH1\"}],\"meta\":{}}", 1);
    sweep(bad_list_step, "{\"channels\":[{\"sid\":\"CH1\"}", 1);
}

static void problem_step(void *context) {
    static const char body[] = "{\"code\":20404,\"message\":\"not found\",\"more_info\":\"x\"}";
    page_problem problem;
    (void)context;
    page_parse_problem(body, strlen(body), &problem);
    assert_true(problem.code == 20404 || (problem.code == 0 && faulty_memory_failed()));
    assert_int_equal(problem.no_memory, problem.code == 0); /* no other's answer is taken for it */
    assert_true(strcmp(problem.message, "not found") == 0 || (problem.message[0] == 0 && faulty_memory_failed()));
}

static void test_problem(void **state) {
    (void)state;
    sweep(problem_step, NULL, 2);
}

/* What to look for is all there, or it is told that it is not. */
static void redact_step(void *context) {
    redact hidden = {0};
    char text[] = "<pass/word+000>";
    (void)context;
    static const char *const names[] = {"Secret", NULL};
    int rc = redact_set(&hidden, "SK0000000000user", "pass/word+000");
    if (rc == SQLITE_OK) {
        rc = redact_add_parameters(&hidden, "Secret=another-secret", names);
    }
    if (rc == SQLITE_OK) {
        redact_apply(&hidden, text, strlen(text));
    }
    if (rc == SQLITE_OK ? strcmp(text, "<*************>") != 0 : !faulty_memory_failed() || rc != SQLITE_NOMEM) {
        fault("a credential is not covered", text);
    }
    redact_clear(&hidden);
}

static void test_redact(void **state) {
    (void)state;
    sweep(redact_step, NULL, 4);
}

/* --- the request log ---------------------------------------------------------------------------------------------- */

/* An entry may be missing or lack a text; those that are there have their own ids, and never more than the capacity. */
static void log_step(void *context) {
    request_log log;
    (void)context;
    request_log_init(&log, 20);
    for (int64_t id = 1; id <= 60; id++) {
        assert_int_equal(
            request_log_begin(&log, "channels", "sales", "https://chat.example", "GET", "/v1/x", 1, PURPOSE_NONE), id);
        request_log_fail(&log, id, "an error");
        request_log_note(&log, id, "a note");
        if (id == 30) {
            request_log_resize(&log, 10);
        }
        if (log.count > log.capacity) {
            fault("more entries than the capacity", NULL);
            break;
        }
        for (size_t i = 0; i < log.count; i++) {
            request_entry *entry = request_log_at(&log, i);
            assert_int_equal(entry->id, id - (int64_t)log.count + 1 + (int64_t)i);
            assert_ptr_equal(request_log_find(&log, entry->id), entry);
            assert_true(entry->path == NULL || strcmp(entry->path, "/v1/x") == 0);
        }
    }
    assert_true(faulty_memory_failed() || log.count == 10);
    request_log_clear(&log);
}

static void test_request_log(void **state) {
    (void)state;
    sweep(log_step, NULL, 101);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_origin),
        cmocka_unit_test(test_refused_origin),
        cmocka_unit_test(test_regional_origin),
        cmocka_unit_test(test_escape),
        cmocka_unit_test(test_follow),
        cmocka_unit_test(test_follow_from_a_region),
        cmocka_unit_test(test_refused_follow),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_bad_list),
        cmocka_unit_test(test_problem),
        cmocka_unit_test(test_redact),
        cmocka_unit_test(test_request_log),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
