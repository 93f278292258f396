/* Checks of values before anything is sent: what goes out, and what is refused in which words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "unit/named.h"
#include "unit/write_draft.h"
#include "write/write_check.h"

#define DIGITS "0123456789abcdef0123456789abcdef"

static const catalog_parameter *find(const catalog_resource *resource, const char *name) {
    for (size_t i = 0; i < resource->parameter_count; i++) {
        if (strcmp(resource->parameters[i].name, name) == 0) {
            return &resource->parameters[i];
        }
    }
    fail_msg("%s has no parameter %s", resource->name, name);
    return NULL;
}

typedef struct check_case {
    const char *table, *parameter, *expression;
    const char *text;    /* that must be sent, or NULL ... */
    const char *message; /* ... and then the error */
} check_case;

static void check(const check_case *expected) {
    const catalog_resource *resource = named_resource(expected->table);
    sqlite3_value *value = write_draft_value(expected->expression);
    error problem = {0};
    buffer text;
    buffer_init(&text, 1000000);
    write_check_value(resource, find(resource, expected->parameter), value, &text, &problem);
    if (expected->text) {
        if (error_is_set(&problem)) {
            fail_msg("%s: %s", expected->expression, problem.message);
        }
        assert_string_equal(text.data ? text.data : "", expected->text);
    } else {
        if (!error_is_set(&problem)) {
            fail_msg("%s.%s = %s was accepted", expected->table, expected->parameter, expected->expression);
        }
        assert_int_equal(problem.rc, SQLITE_CONSTRAINT);
        assert_string_equal(problem.message, expected->message);
    }
    error_clear(&problem);
    buffer_clear(&text);
    sqlite3_value_free(value);
}

static void check_all(const check_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        check(&cases[i]);
    }
}

#define CHECK_ALL(cases) check_all(cases, sizeof cases / sizeof *cases)

static void test_texts(void **state) {
    static const check_case cases[] = {
        {"messages", "Body", "'Hello'", "Hello", NULL},
        {"messages", "Body", "''", "", NULL},
        {"messages", "Body", "NULL", "", NULL},
        {"messages", "Body", "17", "17", NULL},
        {"messages", "Body", "1.5", "1.5", NULL},
        {"messages", "Body", "x'41'", NULL, "messages.body is a blob: give text"},
        {"channels", "UniqueName", "' system '", " system ", NULL},
    };
    (void)state;
    CHECK_ALL(cases);
}

/* What is not UTF-8 is refused, wherever it stands; halves of a pair become the character that they make. */
static void test_utf8(void **state) {
    static const check_case cases[] = {
        {"messages", "Body", "CAST(x'50617274FF79' AS TEXT)", NULL, "messages.body is not valid UTF-8 (at byte 5)"},
        {"messages", "Body", "char(55357, 56832)", "\xf0\x9f\x98\x80", NULL},
        {"messages", "Body", "'a' || char(55357, 56832) || 'b'",
         "a\xf0\x9f\x98\x80"
         "b",
         NULL},
        {"messages", "Body", "'a' || char(56832, 55357)", NULL, "messages.body is not valid UTF-8 (at byte 2)"},
        {"messages", "Body", "char(55357)", NULL, "messages.body is not valid UTF-8 (at byte 1)"},
        {"messages", "From", "CAST(x'C3' AS TEXT)", NULL, "messages.from is not valid UTF-8 (at byte 1)"},
        {"messages", "Attributes", "CAST(x'22FF22' AS TEXT)", NULL,
         "messages.attributes is not valid UTF-8 (at byte 2)"},
        {"messages", "Attributes", "json_quote(char(55357, 56832))", "\"\xf0\x9f\x98\x80\"", NULL},
        {"channels", "UniqueName", "CAST(x'C0AF' AS TEXT)", NULL,
         "channels.unique_name is not valid UTF-8 (at byte 1)"},
        {"members", "Identity", "CAST(x'41EDA0BD' AS TEXT)", NULL, "members.identity is not valid UTF-8 (at byte 2)"},
        {"channels", "Type", "CAST(x'FF' AS TEXT)", NULL, "channels.type is not valid UTF-8 (at byte 1)"},
        {"members", "RoleSid", "CAST(x'FF' AS TEXT)", NULL, "members.role_sid is not valid UTF-8 (at byte 1)"},
    };
    (void)state;
    CHECK_ALL(cases);
}

/* Bodies are limited in bytes, names in characters. */
static void test_lengths(void **state) {
    static const check_case cases[] = {
        {"messages", "Body", "hex(zeroblob(16385))", NULL,
         "messages.body is too long: 32770 bytes, at most 32768 are allowed"},
        {"messages", "Body", "replace(hex(zeroblob(8193)), '0', 'é')", NULL,
         "messages.body is too long: 32772 bytes, at most 32768 are allowed"},
        {"channels", "UniqueName", "hex(zeroblob(128)) || 'x'", NULL,
         "channels.unique_name is too long: 257 characters, at most 256 are allowed"},
        {"roles", "FriendlyName", "hex(zeroblob(33))", NULL,
         "roles.friendly_name is too long: 66 characters, at most 64 are allowed"},
    };
    (void)state;
    CHECK_ALL(cases);
    sqlite3_value *longest = write_draft_value("replace(hex(zeroblob(128)), '0', 'é')");
    error problem = {0};
    buffer text;
    buffer_init(&text, 1000000);
    write_check_value(named_resource("channels"), find(named_resource("channels"), "UniqueName"), longest, &text,
                      &problem);
    assert_false(error_is_set(&problem));
    assert_int_equal(text.length, 512);
    buffer_clear(&text);
    sqlite3_value_free(longest);
}

static void test_integers(void **state) {
    static const check_case cases[] = {
        {"members", "LastConsumedMessageIndex", "7", "7", NULL},
        {"members", "LastConsumedMessageIndex", "'-7'", "-7", NULL},
        {"members", "LastConsumedMessageIndex", "9223372036854775807", "9223372036854775807", NULL},
        {"members", "LastConsumedMessageIndex", "NULL", "", NULL},
        /* as an INTEGER column takes them */
        {"members", "LastConsumedMessageIndex", "round(4.4)", "4", NULL},
        {"members", "LastConsumedMessageIndex", "-9.0", "-9", NULL},
        {"members", "LastConsumedMessageIndex", "'5.0'", "5", NULL},
        {"members", "LastConsumedMessageIndex", "'1e2'", "100", NULL},
        {"members", "LastConsumedMessageIndex", "9223372036854775808.0", NULL,
         "members.last_consumed_message_index must be a whole number"},
        {"members", "LastConsumedMessageIndex", "1e999", NULL,
         "members.last_consumed_message_index must be a whole number"},
        {"members", "LastConsumedMessageIndex", "1.5", NULL,
         "members.last_consumed_message_index must be a whole number"},
        {"members", "LastConsumedMessageIndex", "'last'", NULL,
         "members.last_consumed_message_index must be a whole number"},
        {"members", "LastConsumedMessageIndex", "''", NULL,
         "members.last_consumed_message_index must be a whole number"},
        {"members", "LastConsumedMessageIndex", "x'37'", NULL,
         "members.last_consumed_message_index is a blob: give text"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_booleans(void **state) {
    static const check_case cases[] = {
        {"services", "ReadStatusEnabled", "1", "true", NULL},
        {"services", "ReadStatusEnabled", "0", "false", NULL},
        {"services", "ReadStatusEnabled", "1.0", "true", NULL},
        {"services", "ReadStatusEnabled", "'0.0'", "false", NULL},
        {"services", "ReadStatusEnabled", "0.5", NULL, "services.read_status_enabled must be 0 or 1"},
        {"services", "ReadStatusEnabled", "'1' || char(0)", NULL, "services.read_status_enabled must be 0 or 1"},
        {"services", "ReadStatusEnabled", "'TRUE'", "true", NULL},
        {"services", "ReadStatusEnabled", "'false'", "false", NULL},
        {"services", "ReadStatusEnabled", "2", NULL, "services.read_status_enabled must be 0 or 1"},
        {"services", "ReadStatusEnabled", "''", NULL, "services.read_status_enabled must be 0 or 1"},
        {"services", "ReadStatusEnabled", "'true' || char(0) || 'x'", NULL,
         "services.read_status_enabled must be 0 or 1"},
        {"credentials", "Sandbox", "'True'", "true", NULL},
        {"credentials", "Sandbox", "'no'", NULL, "credentials.sandbox must be 0 or 1"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_times(void **state) {
    static const char wrong[] = "channels.date_created must be a time such as 2026-01-31T08:09:10Z (in UTC)";
    static const check_case cases[] = {
        {"channels", "DateCreated", "'2020-01-02T03:04:05Z'", "2020-01-02T03:04:05Z", NULL},
        {"channels", "DateCreated", "'2020-01-02 03:04:05'", "2020-01-02T03:04:05Z", NULL},
        {"channels", "DateCreated", "'2020-01-02T03:04:05.678Z'", "2020-01-02T03:04:05.678Z", NULL},
        {"channels", "DateCreated", "'2020-01-02 03:04:05.678'", "2020-01-02T03:04:05.678Z", NULL},
        {"channels", "DateCreated", "datetime('2020-01-02')", "2020-01-02T00:00:00Z", NULL},
        {"channels", "DateCreated", "'Thu, 02 Jan 2020 03:04:05 +0000'", "2020-01-02T03:04:05Z", NULL},
        {"channels", "DateCreated", "'2020-01-02'", NULL, wrong},
        {"channels", "DateCreated", "'2020-01-02 03:04:05+00:00'", "2020-01-02T03:04:05Z", NULL},
        {"channels", "DateCreated", "'2020-01-01T00:30:05.50+02:00'", "2019-12-31T22:30:05.50Z", NULL},
        {"channels", "DateCreated", "'2020-01-02T03:04:05+0200'", NULL, wrong},
        {"channels", "DateCreated", "'2020-01-02T03:04:05Zulu'", NULL, wrong},
        {"channels", "DateCreated", "'2020-1-2T03:04:05Z'", NULL, wrong},
        {"channels", "DateCreated", "'soon'", NULL, wrong},
        {"channels", "DateCreated", "1577934245", NULL, wrong},
        {"channels", "DateCreated", "''", NULL, wrong},
        {"channels", "DateCreated", "'2026-01-31T08:09:10.'", NULL, wrong},
        {"channels", "DateCreated", "'2026-01-31T08:09:10.Z'", NULL, wrong},
        {"channels", "DateCreated", "'2026-01-31T08:09:10' || char(0) || 'Z'", NULL, wrong},
        {"channels", "DateCreated", "'2026-01-31T08:09:10Z' || char(0)", NULL, wrong},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_json(void **state) {
    static const check_case cases[] = {
        {"messages", "Attributes", "'{\"a\": [1, 2]}'", "{\"a\": [1, 2]}", NULL},
        {"messages", "Attributes", "json_object('a', 1)", "{\"a\":1}", NULL},
        {"messages", "Attributes", "'\"text\"'", "\"text\"", NULL},
        {"messages", "Attributes", "12", "12", NULL},
        /* Valid though a parser might not take them: they go out as they are written. */
        {"messages", "Attributes", "'{\"a\":123456789012345678901234567890,\"b\":1e999}'",
         "{\"a\":123456789012345678901234567890,\"b\":1e999}", NULL},
        {"messages", "Attributes", "'{\"a\":1,\"a\":2}'", "{\"a\":1,\"a\":2}", NULL},
        {"messages", "Attributes", "'[\"\\ud83d\",\"\\u0000\"]'", "[\"\\ud83d\",\"\\u0000\"]", NULL},
        {"messages", "Attributes", "'{bad'", NULL,
         "messages.attributes is not valid JSON: string or '}' expected near 'bad'"},
        {"messages", "Attributes", "''", NULL,
         "messages.attributes is not valid JSON: unexpected token near end of file"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_accepted(void **state) {
    static const check_case cases[] = {
        {"channels", "Type", "'private'", "private", NULL},
        {"channels", "Type", "'Private'", NULL, "channels.type is not accepted: use one of public, private"},
        {"channels", "Type", "''", NULL, "channels.type is not accepted: use one of public, private"},
        {"channels", "Type", "'public' || char(0)", NULL, "channels.type is not accepted: use one of public, private"},
        {"credentials", "Type", "'x'", NULL, "credentials.type is not accepted: use one of gcm, apn, fcm"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_sids(void **state) {
    static const char wrong[] = "members.role_sid is not a SID (two letters and 32 hexadecimal digits)";
    static const check_case cases[] = {
        {"members", "RoleSid", "'RL" DIGITS "'", "RL" DIGITS, NULL},
        {"members", "RoleSid", "NULL", "", NULL},
        {"members", "RoleSid", "''", "", NULL},
        {"members", "RoleSid", "'RL" DIGITS "0'", NULL, NULL},
        {"members", "RoleSid", "'owner'", NULL, wrong},
        {"members", "RoleSid", "'RL0123456789abcdef0123456789abcdeg'", NULL, wrong},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (cases[i].text || cases[i].message) {
            check(&cases[i]);
        }
    }
    /* Too long as well as no SID: either message will do. */
    sqlite3_value *value = write_draft_value(cases[3].expression);
    error problem = {0};
    buffer text;
    buffer_init(&text, 1000);
    write_check_value(named_resource("members"), find(named_resource("members"), "RoleSid"), value, &text, &problem);
    assert_int_equal(problem.rc, SQLITE_CONSTRAINT);
    error_clear(&problem);
    buffer_clear(&text);
    sqlite3_value_free(value);
}

static void test_names(void **state) {
    static const check_case cases[] = {
        {"channels", "UniqueName", "'system'", "system", NULL},
        {"channels", "UniqueName", "'CH" DIGITS "'", NULL, "channels.unique_name may not look like a SID"},
        {"channels", "UniqueName", "'US" DIGITS "'", "US" DIGITS, NULL},
        {"channels", "UniqueName", "'a' || char(0)", NULL, "channels.unique_name may not contain a NUL character"},
        {"members", "Identity", "'alice@example.com'", "alice@example.com", NULL},
        {"members", "Identity", "'system'", NULL, "members.identity is a reserved identity"},
        {"members", "Identity", "'private'", NULL, "members.identity is a reserved identity"},
        {"members", "Identity", "'unique'", NULL, "members.identity is a reserved identity"},
        {"members", "Identity", "'System'", "System", NULL},
        {"users", "Identity", "'US" DIGITS "'", NULL, "users.identity may not look like a SID"},
        {"users", "Identity", "'CH" DIGITS "'", "CH" DIGITS, NULL},
    };
    (void)state;
    CHECK_ALL(cases);
}

/* Leaves of JSON columns come as text; the message names the leaf. */
static void test_leaf_texts(void **state) {
    static const struct {
        const char *table, *parameter, *text, *message;
    } cases[] = {
        {"services", "Limits.UserChannels", "17", NULL},
        {"services", "Limits.UserChannels", "-1", NULL},
        {"services", "Limits.UserChannels", "", NULL},
        {"services", "Limits.UserChannels", "1.5", "services.limits: user_channels must be a whole number"},
        {"services", "Limits.UserChannels", "-", "services.limits: user_channels must be a whole number"},
        {"services", "Notifications.LogEnabled", "true", NULL},
        {"services", "Notifications.LogEnabled", "1", "services.notifications: log_enabled must be true or false"},
        {"services", "Webhooks.OnMessageSend.Method", "PUT",
         "services.webhooks: on_message_send.method is not accepted: use one of GET, POST"},
        {"messages", "MediaSid", "ME1", "messages.media: sid is not a SID (two letters and 32 hexadecimal digits)"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const catalog_resource *resource = named_resource(cases[i].table);
        error problem = {0};
        write_check_text(resource, find(resource, cases[i].parameter), cases[i].text, strlen(cases[i].text), &problem);
        assert_int_equal(error_is_set(&problem), cases[i].message != NULL);
        if (cases[i].message) {
            assert_string_equal(problem.message, cases[i].message);
        }
        error_clear(&problem);
    }
}

/* An error that is there already stays, and nothing is appended. */
static void test_a_problem_before(void **state) {
    sqlite3_value *value = write_draft_value("'x'");
    error problem = {0};
    buffer text;
    (void)state;
    buffer_init(&text, 1000);
    error_set(&problem, SQLITE_ERROR, "before");
    write_check_value(named_resource("messages"), find(named_resource("messages"), "Body"), value, &text, &problem);
    assert_int_equal(text.length, 0);
    assert_string_equal(problem.message, "before");
    error_clear(&problem);
    sqlite3_value_free(value);
}

static void test_too_large_for_the_buffer(void **state) {
    sqlite3_value *value = write_draft_value("'more than ten bytes'");
    error problem = {0};
    buffer text;
    (void)state;
    buffer_init(&text, 10);
    write_check_value(named_resource("messages"), find(named_resource("messages"), "Body"), value, &text, &problem);
    assert_int_equal(problem.rc, SQLITE_TOOBIG);
    assert_string_equal(problem.message, "messages.body is too large");
    error_clear(&problem);
    buffer_clear(&text);
    sqlite3_value_free(value);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_utf8),
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_booleans),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_sids),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_leaf_texts),
        cmocka_unit_test(test_a_problem_before),
        cmocka_unit_test(test_too_large_for_the_buffer),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, write_draft_setup, write_draft_teardown);
}
