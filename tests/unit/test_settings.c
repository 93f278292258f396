/* The settings: defaults, the environment, what is accepted, what a refusal says. See also test_credentials.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "catalog/generations.h"
#include "session/settings.h"
#include "unit/environment.h"

#define SERVICE "IS0123456789abcdef0123456789abcdef"

/* The settings of the running test, loaded from an empty environment. */
static settings loaded;

/* Faults that the running test has found. */
static int faults;

static void load(void) {
    error problem = {0};
    settings_load(&loaded, &problem);
    if (error_is_set(&problem)) {
        print_message("# %s\n", problem.message);
    }
    assert_false(error_is_set(&problem));
}

static int start(void **state) {
    (void)state;
    environment_clear();
    faults = 0;
    memset(&loaded, 0, sizeof loaded);
    return 0;
}

static int end(void **state) {
    (void)state;
    settings_free(&loaded);
    environment_clear();
    return 0;
}

static setting_id named(const char *name) {
    for (int id = 0; id < SETTING_COUNT; id++) {
        if (strcmp(settings_name((setting_id)id), name) == 0) {
            return (setting_id)id;
        }
    }
    fail_msg("there is no setting %s", name);
    return 0;
}

static void set(const char *name, const char *text) {
    error problem = {0};
    settings_set(&loaded, named(name), text, &problem);
    if (error_is_set(&problem)) {
        print_message("# %s = %s: %s\n", name, text, problem.message);
    }
    assert_false(error_is_set(&problem));
}

static const char *get(const char *name) {
    return settings_text(&loaded, named(name));
}

static const char *source(const char *name) {
    return settings_source_text(&loaded, named(name));
}

/* --- the list ----------------------------------------------------------------------------------------------------- */

static void test_names(void **state) {
    (void)state;
    for (int id = 0; id < SETTING_COUNT; id++) {
        const char *name = settings_name((setting_id)id);
        assert_int_equal(named(name), id); /* the first of that name */
        assert_true(strlen(settings_description((setting_id)id)) > 5);
        assert_null(strchr(settings_description((setting_id)id), '\n'));
    }
}

static void test_defaults(void **state) {
    static const char *const defaults[][2] = {
        {"service_sid", NULL},   {"api_version", "v1"}, {"page_size", NULL},         {"max_concurrency", "16"},
        {"timeout_ms", "30000"}, {"max_retries", "5"},  {"max_requests", NULL},      {"readonly", "off"},
        {"webhooks", NULL},      {"progress", "off"},   {"request_log", "10000"},    {"memory_limit_mb", "64"},
        {"media_max_mb", "64"},  {"write_rate", "30"},  {"write_journal", NULL},     {"without", NULL},
        {"profile", NULL},       {"url", NULL},         {"conversations_url", NULL}, {"media_url", NULL},
        {"region", NULL},        {"edge", NULL},        {"api_key", NULL},           {"api_key_secret", NULL},
        {"account_sid", NULL},   {"auth_token", NULL},
    };
    (void)state;
    load();
    assert_int_equal(sizeof defaults / sizeof *defaults, SETTING_COUNT);
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const char *found = get(defaults[i][0]);
        assert_true((found == NULL) == (defaults[i][1] == NULL));
        assert_true(found == NULL || strcmp(found, defaults[i][1]) == 0);
        assert_string_equal(source(defaults[i][0]), "default");
    }
    assert_string_equal(loaded.origins[0].now, "https://chat.twilio.com");
    assert_string_equal(loaded.origins[0].own, "https://chat.twilio.com");
}

static void test_numbers(void **state) {
    (void)state;
    load();
    assert_int_equal(settings_integer(&loaded, SETTING_PAGE_SIZE), 0);
    assert_int_equal(settings_integer(&loaded, SETTING_TIMEOUT_MS), 30000);
    set("page_size", "0050");
    assert_int_equal(settings_integer(&loaded, SETTING_PAGE_SIZE), 50);
    client_config config = settings_client_config(&loaded);
    assert_int_equal(config.timeout_ms, 30000);
    assert_int_equal(config.max_retries, 5);
    assert_int_equal(config.max_concurrency, 16);
    assert_int_equal(config.request_log, 10000);
    assert_string_equal(config.endpoints[0].origin, "https://chat.twilio.com");
}

static void test_versions(void **state) {
    (void)state;
    assert_int_equal(catalog_version_named("v1"), CATALOG_V1);
    assert_int_equal(catalog_version_named("v2"), CATALOG_V2);
    assert_int_equal(catalog_version_named("v3"), 0);
    assert_int_equal(catalog_version_named("V1"), 0);
    assert_int_equal(catalog_version_named(""), 0);
    assert_int_equal(catalog_version_named("v11"), 0);
}

/* --- accepted and refused ----------------------------------------------------------------------------------------- */

typedef struct value_case {
    const char *name, *value;
} value_case;

static void test_accepted(void **state) {
    static const value_case cases[] = {
        {"service_sid", SERVICE},
        {"api_version", "v1"},
        {"api_version", "v2"},
        {"page_size", "1"},
        {"page_size", "1000"},
        {"max_concurrency", "1"},
        {"max_concurrency", "256"},
        {"timeout_ms", "1"},
        {"timeout_ms", "3600000"},
        {"max_retries", "0"},
        {"max_retries", "100"},
        {"max_requests", "1"},
        {"max_requests", "1000000000"},
        {"readonly", "on"},
        {"readonly", "off"},
        {"webhooks", "on"},
        {"webhooks", "off"},
        {"progress", "on"},
        {"progress", "auto"},
        {"progress", "off"},
        {"request_log", "0"},
        {"request_log", "10000000"},
        {"memory_limit_mb", "1"},
        {"memory_limit_mb", "65536"},
        {"url", "https://example.com:8443"},
        {"url", "http://127.0.0.1:1"},
        {"url", "http://[::1]:1/"},
        {"region", "ie1"},
        {"edge", "dublin"},
        {"api_key", "SK1"},
        {"api_key_secret", "x y\n"},
        {"account_sid", "AC1"},
        {"auth_token", "t"},
    };
    (void)state;
    load();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set(cases[i].name, cases[i].value);
        assert_string_equal(get(cases[i].name), cases[i].value);
        assert_string_equal(source(cases[i].name), "set");
        set(cases[i].name, NULL);
        assert_string_equal(source(cases[i].name), "default");
    }
}

/* A refused value: the message has the setting's name and what would be accepted, and nothing has changed. */
static void expect_refused(const char *name, const char *value, const char *accepted) {
    error problem = {0};
    setting_id id = named(name);
    char before[200], origin[200];
    snprintf(before, sizeof before, "%s", get(name) != NULL ? get(name) : "(unset)");
    snprintf(origin, sizeof origin, "%s", loaded.origins[0].now);
    settings_set(&loaded, id, value, &problem);
    const char *after = get(name) != NULL ? get(name) : "(unset)";
    bool fine = problem.rc == SQLITE_ERROR && problem.message != NULL && strstr(problem.message, name) != NULL &&
                strstr(problem.message, accepted) != NULL && strcmp(before, after) == 0 &&
                strcmp(origin, loaded.origins[0].now) == 0;
    if (!fine) {
        print_message("# %s = %.100s: %s; %s, then %s\n", name, value, problem.message ? problem.message : "accepted",
                      before, after);
        faults++;
    }
    error_clear(&problem);
}

static void test_refused_choices(void **state) {
    static const struct {
        const char *name, *accepted;
    } rules[] = {{"api_version", "v1, v2, conversations"},
                 {"readonly", "on, off"},
                 {"webhooks", "on, off"},
                 {"progress", "off, on, auto"}};
    static const char *const values[] = {"",   " ",   "v3",  "1",      "0",      "true", "ON",
                                         "On", "on ", " on", "on,off", "v1, v2", "null", "\xff"};
    (void)state;
    load();
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        for (size_t j = 0; j < sizeof values / sizeof *values; j++) {
            expect_refused(rules[i].name, values[j], rules[i].accepted);
        }
    }
    assert_int_equal(faults, 0);
}

static void test_refused_numbers(void **state) {
    static const struct {
        const char *name, *accepted, *below, *above;
    } rules[] = {
        {"page_size", "from 1 to 1000", "0", "1001"},
        {"max_concurrency", "from 1 to 256", "0", "257"},
        {"timeout_ms", "from 1 to 3600000", "0", "3600001"},
        {"max_retries", "from 0 to 100", "-1", "101"},
        {"max_requests", "from 1 to 1000000000", "0", "1000000001"},
        {"request_log", "from 0 to 10000000", "-1", "10000001"},
        {"memory_limit_mb", "from 1 to 65536", "0", "65537"},
    };
    static const char *const values[] = {"",
                                         " ",
                                         "x",
                                         "1x",
                                         "1 ",
                                         " 1",
                                         "+1",
                                         "-5",
                                         "1.0",
                                         "1e2",
                                         "0x10",
                                         "1,000",
                                         "4294967297",
                                         "9223372036854775808",
                                         "99999999999999999999999",
                                         "\xd9\xa1"};
    (void)state;
    load();
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        expect_refused(rules[i].name, rules[i].below, rules[i].accepted);
        expect_refused(rules[i].name, rules[i].above, rules[i].accepted);
        for (size_t j = 0; j < sizeof values / sizeof *values; j++) {
            expect_refused(rules[i].name, values[j], rules[i].accepted);
        }
    }
    assert_int_equal(faults, 0);
}

static void test_refused_others(void **state) {
    static const struct {
        const char *name, *accepted, *values[10];
    } rules[] = {
        {"service_sid",
         "IS and 32 hexadecimal digits",
         {"", "IS", "CH0123456789abcdef0123456789abcdef", "is0123456789abcdef0123456789abcdef", SERVICE "0",
          SERVICE " ", "IS/../0123456789abcdef0123456789"}},
        {"url",
         "https://chat.twilio.com",
         {"", "chat.twilio.com", "https://chat.twilio.com/v1", "https://user@chat.twilio.com", "https://", " "}},
        {"url", "loopback", {"http://chat.twilio.com", "http://10.0.0.1", "ftp://127.0.0.1"}},
        {"region",
         "letters, digits",
         {"", "ie1.evil.com", "ie1/", "evil.com#", "a b", "\n", "\xc3\xa9", "@", ".", "a:1"}},
        {"edge", "letters, digits", {"", "dublin.x", "/", "?", "#", "\\", "%2f", "a b"}},
        {"api_key", "NULL", {""}},
        {"api_key_secret", "NULL", {""}},
        {"account_sid", "NULL", {""}},
        {"auth_token", "NULL", {""}},
    };
    (void)state;
    load();
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        for (size_t j = 0; j < 10 && rules[i].values[j] != NULL; j++) {
            expect_refused(rules[i].name, rules[i].values[j], rules[i].accepted);
        }
    }
    assert_int_equal(faults, 0);
}

static void test_refusals_are_one_short_line(void **state) {
    (void)state;
    char *value = malloc(100001);
    assert_non_null(value);
    memset(value, 'x', 100000);
    memcpy(value, "a\nb\x1b[31m", 8);
    value[100000] = 0;
    load();
    for (int id = 0; id < SETTING_COUNT; id++) {
        error problem = {0};
        settings_set(&loaded, (setting_id)id, value, &problem);
        for (const char *c = problem.message; c != NULL && *c != '\0'; c++) {
            faults += iscntrl((unsigned char)*c) != 0;
        }
        if (problem.message != NULL && strlen(problem.message) > 1000) {
            print_message("# %s: a message of %zu bytes\n", settings_name((setting_id)id), strlen(problem.message));
            faults++;
        }
        error_clear(&problem);
    }
    free(value);
    assert_int_equal(faults, 0);
}

/*
** Rows carry SIDs as the service writes them, with digits in lower case. A service configured with capitals must be
** refused or kept in that form, or else "service_sid = ..." would find nothing among its rows.
*/
static void test_service_is_kept_as_the_service_writes_it(void **state) {
    (void)state;
    error problem = {0};
    load();
    settings_set(&loaded, SETTING_SERVICE_SID, "IS0123456789ABCDEF0123456789abcdef", &problem);
    assert_true(error_is_set(&problem) || strcmp(get("service_sid"), SERVICE) == 0);
    error_clear(&problem);
}

static void test_an_earlier_error_stays(void **state) {
    (void)state;
    error problem = {0};
    load();
    error_set(&problem, SQLITE_BUSY, "earlier");
    settings_set(&loaded, SETTING_PAGE_SIZE, "x", &problem);
    assert_int_equal(problem.rc, SQLITE_BUSY);
    assert_string_equal(problem.message, "earlier");
    assert_null(get("page_size"));
    error_clear(&problem);
}

/* --- what is switched off ----------------------------------------------------------------------------------------- */

static void test_without(void **state) {
    static const struct {
        const char *value;
        unsigned mask;
    } cases[] = {
        {"lookup", WITHOUT_LOOKUP},
        {"parent", WITHOUT_PARENT},
        {"filter", WITHOUT_FILTER},
        {"order", WITHOUT_ORDER},
        {"bounds", WITHOUT_BOUNDS},
        {"limit", WITHOUT_LIMIT},
        {"known", WITHOUT_KNOWN},
        {"ahead", WITHOUT_AHEAD},
        {"order,limit", WITHOUT_ORDER | WITHOUT_LIMIT},
        {"ahead,lookup,ahead", WITHOUT_AHEAD | WITHOUT_LOOKUP},
        {"lookup,parent,filter,order,bounds,limit,known,ahead", 255},
        {"", 0},
    };
    (void)state;
    load();
    assert_int_equal(settings_without(&loaded), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set("without", cases[i].value);
        assert_int_equal(settings_without(&loaded), cases[i].mask);
    }
    set("without", NULL);
    assert_int_equal(settings_without(&loaded), 0);
}

static void test_refused_without(void **state) {
    static const char *const values[] = {"x", "lookup,x", "x,lookup", "lookup parent", " lookup", "lookup ",
                                         ",", ",lookup",  "Lookup",   "look",          "lookups", "all"};
    (void)state;
    load();
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        expect_refused("without", values[i], "lookup, parent, filter, order, bounds, limit, known, ahead");
    }
    assert_int_equal(faults, 0);
}

/* --- the environment ---------------------------------------------------------------------------------------------- */

static void test_every_setting_has_a_variable(void **state) {
    static const value_case cases[] = {
        {"service_sid", SERVICE}, {"api_version", "v2"},         {"page_size", "7"},    {"max_concurrency", "3"},
        {"timeout_ms", "99"},     {"max_retries", "1"},          {"max_requests", "7"}, {"readonly", "on"},
        {"webhooks", "off"},      {"progress", "auto"},          {"request_log", "12"}, {"memory_limit_mb", "8"},
        {"without", "ahead"},     {"url", "http://127.0.0.1:5"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char variable[80] = "TWILIO_CHAT_";
        for (const char *c = cases[i].name; *c != '\0'; c++) {
            size_t length = strlen(variable);
            variable[length] = (char)toupper((unsigned char)*c);
            variable[length + 1] = 0;
        }
        environment_set(variable, cases[i].value);
    }
    environment_set("TWILIO_REGION", "ie1");
    environment_set("TWILIO_EDGE", "dublin");
    load();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_non_null(get(cases[i].name));
        assert_string_equal(get(cases[i].name), cases[i].value);
        assert_string_equal(source(cases[i].name), "environment");
    }
    assert_string_equal(loaded.origins[0].now, "http://127.0.0.1:5");
    set("url", "https://other.example.com");
    assert_string_equal(loaded.origins[0].now, "https://other.example.com");
    set("url", NULL);
    assert_string_equal(loaded.origins[0].now, "http://127.0.0.1:5");
}

static void test_set_wins_over_the_environment(void **state) {
    (void)state;
    environment_set("TWILIO_CHAT_PAGE_SIZE", "7");
    load();
    set("page_size", "8");
    assert_string_equal(get("page_size"), "8");
    assert_string_equal(source("page_size"), "set");
    set("page_size", NULL);
    assert_string_equal(get("page_size"), "7");
    assert_string_equal(source("page_size"), "environment");
}

static void test_empty_variables_are_unset(void **state) {
    (void)state;
    environment_set("TWILIO_CHAT_PAGE_SIZE", "");
    environment_set("TWILIO_CHAT_API_VERSION", "");
    environment_set("TWILIO_CHAT_URL", "");
    environment_set("TWILIO_REGION", "");
    environment_set("TWILIO_API_KEY", "");
    load();
    assert_null(get("page_size"));
    assert_string_equal(get("api_version"), "v1");
    assert_null(get("api_key"));
    assert_string_equal(loaded.origins[0].now, "https://chat.twilio.com");
}

static void test_bad_variables_are_named(void **state) {
    static const struct {
        const char *variable, *value, *accepted;
    } cases[] = {
        {"TWILIO_CHAT_SERVICE_SID", "x", "IS and 32"},
        {"TWILIO_CHAT_API_VERSION", "v9", "v1, v2, conversations"},
        {"TWILIO_CHAT_PAGE_SIZE", "0", "from 1 to 1000"},
        {"TWILIO_CHAT_MAX_CONCURRENCY", "many", "from 1 to 256"},
        {"TWILIO_CHAT_READONLY", "yes", "on, off"},
        {"TWILIO_CHAT_URL", "http://chat.twilio.com", "loopback"},
        {"TWILIO_CHAT_URL", "nonsense", "https://chat.twilio.com"},
        {"TWILIO_REGION", "evil.com/", "letters, digits"},
        {"TWILIO_EDGE", "a b", "letters, digits"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        error problem = {0};
        environment_clear();
        environment_set(cases[i].variable, cases[i].value);
        settings_load(&loaded, &problem);
        assert_int_equal(problem.rc, SQLITE_ERROR);
        assert_non_null(strstr(problem.message, cases[i].variable));
        assert_non_null(strstr(problem.message, cases[i].accepted));
        error_clear(&problem);
        settings_free(&loaded);
    }
}

/* --- the origin --------------------------------------------------------------------------------------------------- */

static void test_region_and_edge(void **state) {
    (void)state;
    load();
    set("region", "ie1");
    assert_string_equal(loaded.origins[0].now, "https://chat.ie1.twilio.com");
    set("edge", "dublin");
    assert_string_equal(loaded.origins[0].now, "https://chat.dublin.ie1.twilio.com");
    set("region", NULL);
    assert_string_equal(loaded.origins[0].now, "https://chat.dublin.us1.twilio.com");
    set("url", "https://example.com/");
    assert_string_equal(loaded.origins[0].now, "https://example.com");
    set("edge", NULL);
    assert_string_equal(loaded.origins[0].now, "https://example.com");
    set("url", NULL);
    assert_string_equal(loaded.origins[0].now, "https://chat.twilio.com");
    assert_string_equal(loaded.origins[0].own, "https://chat.twilio.com");
}

/* Which origins, as bits, a setting says something about. */
static void test_origins_of_a_setting(void **state) {
    error problem = {0};
    (void)state;
    load();
    assert_int_equal(settings_origins_of(&loaded, SETTING_URL), 1);
    assert_int_equal(settings_origins_of(&loaded, SETTING_CONVERSATIONS_URL), 2);
    assert_int_equal(settings_origins_of(&loaded, SETTING_MEDIA_URL), 4);
    assert_int_equal(settings_origins_of(&loaded, SETTING_REGION), 7);
    assert_int_equal(settings_origins_of(&loaded, SETTING_AUTH_TOKEN), 7);
    assert_int_equal(settings_origins_of(&loaded, SETTING_PAGE_SIZE), 0);
    settings_set(&loaded, SETTING_CONVERSATIONS_URL, "http://127.0.0.1:1", &problem);
    assert_int_equal(settings_origins_of(&loaded, SETTING_REGION), 5);
    assert_int_equal(settings_origins_of(&loaded, SETTING_EDGE), 5);
    assert_int_equal(settings_origins_of(&loaded, SETTING_API_KEY), 7);
    assert_false(error_is_set(&problem));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_origins_of_a_setting, start, end),
        cmocka_unit_test_setup_teardown(test_names, start, end),
        cmocka_unit_test_setup_teardown(test_defaults, start, end),
        cmocka_unit_test_setup_teardown(test_numbers, start, end),
        cmocka_unit_test_setup_teardown(test_versions, start, end),
        cmocka_unit_test_setup_teardown(test_accepted, start, end),
        cmocka_unit_test_setup_teardown(test_refused_choices, start, end),
        cmocka_unit_test_setup_teardown(test_refused_numbers, start, end),
        cmocka_unit_test_setup_teardown(test_refused_others, start, end),
        cmocka_unit_test_setup_teardown(test_without, start, end),
        cmocka_unit_test_setup_teardown(test_refused_without, start, end),
        cmocka_unit_test_setup_teardown(test_refusals_are_one_short_line, start, end),
        cmocka_unit_test_setup_teardown(test_service_is_kept_as_the_service_writes_it, start, end),
        cmocka_unit_test_setup_teardown(test_an_earlier_error_stays, start, end),
        cmocka_unit_test_setup_teardown(test_every_setting_has_a_variable, start, end),
        cmocka_unit_test_setup_teardown(test_set_wins_over_the_environment, start, end),
        cmocka_unit_test_setup_teardown(test_empty_variables_are_unset, start, end),
        cmocka_unit_test_setup_teardown(test_bad_variables_are_named, start, end),
        cmocka_unit_test_setup_teardown(test_region_and_edge, start, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
