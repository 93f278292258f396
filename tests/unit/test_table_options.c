/* The arguments of CREATE VIRTUAL TABLE ... USING, as SQLite hands them over: raw text between the commas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "catalog/generations.h"
#include "table/table_options.h"

#define SERVICE "IS0123456789abcdef0123456789abcdef"
#define OTHER "IS00000000000000000000000000000001"

enum { WORDS = 4 };

static void parse(table_options *options, const char *const *arguments, error *problem) {
    int count = 0;
    memset(options, 0, sizeof *options);
    while (count < WORDS && arguments[count] != NULL) {
        count++;
    }
    table_options_parse(options, "channels", count, arguments, problem);
}

/* Parses one list of arguments that is fine. sid NULL: none given. */
static void assert_parsed(const char *const *arguments, const char *sid, unsigned version) {
    table_options options;
    error problem = {0};
    parse(&options, arguments, &problem);
    if (error_is_set(&problem)) {
        print_message("# %s: %s\n", arguments[0], problem.message);
    }
    assert_false(error_is_set(&problem));
    assert_true((options.service_sid == NULL) == (sid == NULL));
    if (sid != NULL) {
        assert_string_equal(options.service_sid, sid);
    }
    assert_int_equal(options.version, version);
    table_options_clear(&options);
    assert_null(options.service_sid);
    assert_int_equal(options.version, 0);
}

#define ARGUMENTS(...)                                                                                                 \
    (const char *const[]) {                                                                                            \
        __VA_ARGS__, NULL                                                                                              \
    }

static void test_none(void **state) {
    (void)state;
    assert_parsed(ARGUMENTS(NULL), NULL, 0);
    assert_parsed(ARGUMENTS(""), NULL, 0);
    assert_parsed(ARGUMENTS(" \t\r\n "), NULL, 0);
    assert_parsed(ARGUMENTS("", ""), NULL, 0);
}

static void test_service(void **state) {
    (void)state;
    assert_parsed(ARGUMENTS("service_sid='" SERVICE "'"), SERVICE, 0);
    assert_parsed(ARGUMENTS("service_sid=\"" SERVICE "\""), SERVICE, 0);
    assert_parsed(ARGUMENTS("service_sid=" SERVICE), SERVICE, 0);
    assert_parsed(ARGUMENTS("  service_sid \n = \t '" SERVICE "' "), SERVICE, 0);
    assert_parsed(ARGUMENTS(" service_sid = " SERVICE " "), SERVICE, 0);
}

static void test_version(void **state) {
    (void)state;
    assert_parsed(ARGUMENTS("api_version='v1'"), NULL, CATALOG_V1);
    assert_parsed(ARGUMENTS("api_version = v2"), NULL, CATALOG_V2);
    assert_parsed(ARGUMENTS("api_version=\"v2\"", "service_sid='" SERVICE "'"), SERVICE, CATALOG_V2);
}

/* A refused argument: one short line that names the table and holds a part of what to do. */
static int refuse(const char *argument, const char *part) {
    table_options options;
    error problem = {0};
    parse(&options, ARGUMENTS(argument), &problem);
    bool fine = problem.rc == SQLITE_ERROR && problem.message != NULL && strstr(problem.message, "channels") != NULL &&
                strstr(problem.message, part) != NULL && strlen(problem.message) < 400 &&
                strchr(problem.message, '\n') == NULL;
    if (!fine) {
        print_message("# %.100s: %s\n", argument, problem.message != NULL ? problem.message : "accepted");
    }
    error_clear(&problem);
    table_options_clear(&options);
    return !fine;
}

static void test_bad_services(void **state) {
    static const char *const values[] = {
        "''", "", "x", "'CH0123456789abcdef0123456789abcdef'", "'IS'", "NULL", "'" SERVICE "0'", "' " SERVICE "'"};
    int faults = 0;
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char argument[200];
        snprintf(argument, sizeof argument, "service_sid=%s", values[i]);
        faults += refuse(argument, "IS and 32 hexadecimal digits");
    }
    assert_int_equal(faults, 0);
}

static void test_bad_versions(void **state) {
    static const char *const values[] = {"''", "", "v3", "'V1'", "1", "'v1, v2'"};
    int faults = 0;
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char argument[200];
        snprintf(argument, sizeof argument, "api_version=%s", values[i]);
        faults += refuse(argument, "v1, v2, conversations");
    }
    assert_int_equal(faults, 0);
}

static void test_unknown_arguments(void **state) {
    static const char *const arguments[] = {"x='y'", "='y'", "page_size=10", "SERVICE_SID='" SERVICE "'",
                                            "service_sidx='y'"};
    int faults = 0;
    (void)state;
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++) {
        faults += refuse(arguments[i], "service_sid, api_version or profile");
    }
    assert_int_equal(faults, 0);
}

static void test_not_of_the_form(void **state) {
    static const char *const arguments[] = {"service_sid", "'" SERVICE "'", "service_sid TEXT", "*",
                                            "sid TEXT PRIMARY KEY"};
    int faults = 0;
    (void)state;
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++) {
        faults += refuse(arguments[i], "name='value'");
    }
    assert_int_equal(faults, 0);
}

/* Which of two is meant cannot be known. */
static void test_given_twice(void **state) {
    (void)state;
    const char *const arguments[] = {"service_sid='" OTHER "'", "service_sid='" SERVICE "'", NULL};
    table_options options;
    error problem = {0};
    parse(&options, arguments, &problem);
    assert_true(error_is_set(&problem));
    assert_non_null(strstr(problem.message, "given twice"));
    error_clear(&problem);
    table_options_clear(&options);
}

/* What is written and not understood must not be passed over. */
static void test_text_after_the_quotes(void **state) {
    static const char *const arguments[] = {("service_sid='" SERVICE "' garbage"),
                                            ("service_sid='" SERVICE "''"),
                                            ("service_sid=''" SERVICE "''"),
                                            "service_sid='IS0123456789abcdef0123456789abcdef",
                                            "api_version='v2'v1",
                                            "api_version=\"v2' "};
    int faults = 0;
    (void)state;
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++) {
        faults += refuse(arguments[i], "quotes");
    }
    assert_int_equal(faults, 0);
}

/* Credentials are refused, and the message, which ends up in logs, does not repeat them. */
static void test_secrets(void **state) {
    static const char *const names[] = {"api_key", "api_key_secret", "auth_token", "account_sid", "url"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        table_options options;
        error problem = {0};
        char argument[100];
        snprintf(argument, sizeof argument, "%s='hunter2'", names[i]);
        parse(&options, ARGUMENTS(argument), &problem);
        assert_int_equal(problem.rc, SQLITE_ERROR);
        assert_null(strstr(problem.message, "hunter2"));
        assert_non_null(strstr(problem.message, "chat_settings"));
        error_clear(&problem);
        table_options_clear(&options);
    }
}

static void test_huge_arguments(void **state) {
    enum { HUGE_LENGTH = 1000000 };
    char *argument = malloc(HUGE_LENGTH + 1);
    int faults = 0;
    (void)state;
    assert_non_null(argument);
    memset(argument, 'x', HUGE_LENGTH);
    argument[HUGE_LENGTH] = 0;
    faults += refuse(argument, "name='value'");
    argument[500000] = '=';
    faults += refuse(argument, "unknown argument");
    memcpy(argument, "service_sid=", 12);
    faults += refuse(argument, "hexadecimal");
    free(argument);
    assert_int_equal(faults, 0);
}

/* What may be a secret in the wrong place is refused without being repeated. */
static void test_secrets_are_not_repeated(void **state) {
    static const char *const arguments[] = {"SK00000000000000000000000000canary",
                                            "'canary'",
                                            "auth_token='canary'",
                                            "auth_token='canary",
                                            "'canary'='x'",
                                            "canary-canary='x'",
                                            "auth_token 'canary'",
                                            "auth_token:canary='x'"};
    (void)state;
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++) {
        table_options options;
        error problem = {0};
        parse(&options, ARGUMENTS(arguments[i]), &problem);
        assert_true(error_is_set(&problem));
        assert_null(strstr(problem.message, "canary"));
        error_clear(&problem);
        table_options_clear(&options);
    }
}

/* After the first bad argument nothing more is looked at, and what was parsed before is cleared. */
static void test_stops_at_the_first_error(void **state) {
    table_options options;
    error problem = {0};
    (void)state;
    parse(&options, ARGUMENTS("service_sid='" SERVICE "'", "x='y'", "api_version='v9'"), &problem);
    assert_non_null(strstr(problem.message, "\"x\""));
    error_clear(&problem);
    table_options_clear(&options);
}

static void test_profile(void **state) {
    static const char *const bad[] = {"profile=''", "profile=", "profile='\xff'"};
    table_options options;
    error problem = {0};
    int faults = 0;
    (void)state;
    parse(&options, ARGUMENTS("profile='sales team'", "service_sid='" SERVICE "'"), &problem);
    assert_false(error_is_set(&problem));
    assert_string_equal(options.profile, "sales team");
    assert_string_equal(options.service_sid, SERVICE);
    table_options_clear(&options);
    assert_null(options.profile);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        faults += refuse(bad[i], "name of a profile of the Twilio CLI");
    }
    assert_int_equal(faults, 0);
    parse(&options, ARGUMENTS("profile='a'", "profile='a'"), &problem);
    assert_non_null(strstr(problem.message, "profile is given twice"));
    error_clear(&problem);
    table_options_clear(&options);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_profile),
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_service),
        cmocka_unit_test(test_version),
        cmocka_unit_test(test_given_twice),
        cmocka_unit_test(test_bad_services),
        cmocka_unit_test(test_bad_versions),
        cmocka_unit_test(test_unknown_arguments),
        cmocka_unit_test(test_not_of_the_form),
        cmocka_unit_test(test_text_after_the_quotes),
        cmocka_unit_test(test_secrets),
        cmocka_unit_test(test_huge_arguments),
        cmocka_unit_test(test_secrets_are_not_repeated),
        cmocka_unit_test(test_stops_at_the_first_error),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
