/* The form body of a write: which parameters, in which version, and only what has changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "catalog/generations.h"
#include "unit/write_draft.h"
#include "write/write_body.h"

#define DIGITS "0123456789abcdef0123456789abcdef"

static write_draft draft;

static void test_create(void **state) {
    (void)state;
    write_draft_begin(&draft, "channels", CATALOG_V1);
    write_draft_set(&draft, "unique_name", "'a b'");
    write_draft_set(&draft, "friendly_name", "''");
    write_draft_set(&draft, "type", "'private'");
    write_draft_expect(&draft, CATALOG_V1, true, 3, "UniqueName=a%20b&FriendlyName=&Type=private");
}

/* A version gets what its own call takes, and no more. */
static void test_versions(void **state) {
    (void)state;
    for (unsigned version = CATALOG_V1; version <= CATALOG_V3; version <<= 1) {
        write_draft_begin(&draft, "channels", version);
        write_draft_read(&draft, "{\"sid\":\"CH" DIGITS "\",\"attributes\":\"{}\",\"type\":\"public\"}");
        write_draft_set(&draft, "attributes", "'{}'");
        write_draft_set(&draft, "friendly_name", "'x'");
        write_draft_set(&draft, "type", "'private'");
        write_draft_set(&draft, "created_by", "'me'");
        write_draft_set(&draft, "messaging_service_sid", "'MG" DIGITS "'");
        write_draft_expect(&draft, version, false, version == CATALOG_V1 ? 1 : 2,
                           version == CATALOG_V1   ? "FriendlyName=x"
                           : version == CATALOG_V2 ? "FriendlyName=x&CreatedBy=me"
                                                   : "Type=private&MessagingServiceSid=MG" DIGITS);
    }
}

static void test_arrays(void **state) {
    (void)state;
    write_draft_begin(&draft, "roles", CATALOG_V1);
    write_draft_set(&draft, "permissions", "'[\"a\",\"b c\"]'");
    write_draft_expect(&draft, CATALOG_V1, true, 2, "Permission=a&Permission=b%20c");
    write_draft_begin(&draft, "roles", CATALOG_V1);
    write_draft_set(&draft, "permissions", "'[]'");
    write_draft_expect(&draft, CATALOG_V1, true, 1, "Permission=");
    write_draft_begin(&draft, "roles", CATALOG_V1);
    write_draft_set(&draft, "permissions", "'{}'");
    write_draft_expect_refusal(&draft, CATALOG_V1, true, "roles.permissions must be a JSON array");
    write_draft_begin(&draft, "roles", CATALOG_V1);
    write_draft_set(&draft, "permissions", "'[{}]'");
    write_draft_expect_refusal(&draft, CATALOG_V1, true, "roles.permissions must be a JSON array of texts");
    write_draft_begin(&draft, "roles", CATALOG_V1);
    write_draft_set(&draft, "permissions", "'[a]'");
    write_draft_expect_refusal(&draft, CATALOG_V1, true, "roles.permissions is not valid JSON: invalid token near 'a'");
}

static void test_nothing_changed(void **state) {
    (void)state;
    write_draft_read_service(&draft);
    write_draft_expect(&draft, CATALOG_V1, false, 0, "");
}

static void test_what_changed(void **state) {
    (void)state;
    write_draft_read_service(&draft);
    write_draft_set(&draft, "friendly_name", "'new'");
    write_draft_set(&draft, "read_status_enabled", "0");
    write_draft_set(&draft, "typing_indicator_timeout", "'5'");
    write_draft_expect(&draft, CATALOG_V1, false, 2, "FriendlyName=new&ReadStatusEnabled=false");
    write_draft_read_service(&draft);
    write_draft_set(&draft, "typing_indicator_timeout", "6");
    write_draft_set(&draft, "webhook_filters", "'[\"a\",\"b\"]'");
    write_draft_set(&draft, "pre_webhook_url", "'https://example.com/'");
    write_draft_expect(
        &draft, CATALOG_V1, false, 4,
        "TypingIndicatorTimeout=6&PreWebhookUrl=https%3A%2F%2Fexample.com%2F&WebhookFilters=a&WebhookFilters=b");
    write_draft_read_service(&draft);
    write_draft_set(&draft, "friendly_name", "NULL");
    write_draft_expect(&draft, CATALOG_V1, false, 1, "FriendlyName=");
}

static void test_leaves(void **state) {
    (void)state;
    write_draft_read_service(&draft);
    write_draft_set(&draft, "limits", "'{\"actions_per_second\":30,\"user_channels\":17,\"channel_members\":100}'");
    write_draft_expect(&draft, CATALOG_V1, false, 1, "Limits.UserChannels=17");
    write_draft_read_service(&draft);
    write_draft_set(
        &draft, "notifications",
        "'{\"new_message\":{\"enabled\":true,\"template\":\"t\"},\"added_to_channel\":{\"enabled\":false}}'");
    write_draft_expect(&draft, CATALOG_V1, false, 2,
                       "Notifications.NewMessage.Enabled=true&Notifications.AddedToChannel.Enabled=false");
    /* Other blanks, other order: the same. */
    write_draft_read_service(&draft);
    write_draft_set(&draft, "limits",
                    "'{ \"user_channels\" : 250, \"channel_members\":100, \"actions_per_second\":30 }'");
    write_draft_expect(&draft, CATALOG_V1, false, 0, "");
}

/* A leaf that another version alone takes may stay as it is, but not be changed. */
static void test_leaves_of_another_version(void **state) {
    static const char before[] = "{\"sid\":\"IS" DIGITS "\",\"notifications\":{\"log_enabled\":false}}";
    (void)state;
    write_draft_begin(&draft, "services", CATALOG_V1);
    write_draft_read(&draft, before);
    write_draft_set(&draft, "sid", "'IS" DIGITS "'");
    write_draft_set(&draft, "notifications", "'{\"log_enabled\":true}'");
    write_draft_expect_refusal(&draft, CATALOG_V1, false,
                               "services.notifications: \"log_enabled\" can be set in v2 of the API only");
    write_draft_begin(&draft, "services", CATALOG_V1);
    write_draft_read(&draft, before);
    write_draft_set(&draft, "sid", "'IS" DIGITS "'");
    write_draft_set(&draft, "notifications", "'{\"log_enabled\":false,\"new_message\":{\"enabled\":true}}'");
    write_draft_expect(&draft, CATALOG_V1, false, 1, "Notifications.NewMessage.Enabled=true");
    write_draft_begin(&draft, "services", CATALOG_V2);
    write_draft_read(&draft, before);
    write_draft_set(&draft, "sid", "'IS" DIGITS "'");
    write_draft_set(&draft, "notifications", "'{\"log_enabled\":true}'");
    write_draft_expect(&draft, CATALOG_V2, false, 1, "Notifications.LogEnabled=true");
}

/* Arrays among the leaves; null stands for an empty one. */
static void test_arrays_in_leaves(void **state) {
    static const struct {
        const char *value, *text, *message;
    } cases[] = {
        {"'{\"filters\":[\"a\",\"b\"]}'", "Configuration.Filters=a&Configuration.Filters=b", NULL},
        {"'{\"filters\":[]}'", "Configuration.Filters=", NULL},
        {"'{\"filters\":null}'", "Configuration.Filters=", NULL},
        {"'{\"filters\":\"a\"}'", NULL, "channel_webhooks.configuration: \"filters\" must be a JSON array of texts"},
        {"'{\"filters\":{\"0\":\"a\"}}'", NULL,
         "channel_webhooks.configuration: \"filters\" must be a JSON array of texts"},
        {"'{\"filters\":[[\"a\"]]}'", NULL,
         "channel_webhooks.configuration: \"filters\" must be a JSON array of texts"},
        {"'{\"filters\":[1]}'", NULL, "channel_webhooks.configuration: \"filters\" must be a JSON array of texts"},
        {"'{\"filters\":[\"a\",null]}'", NULL,
         "channel_webhooks.configuration: \"filters\" must be a JSON array of texts"},
        {"'{\"filters\":[true]}'", NULL, "channel_webhooks.configuration: \"filters\" must be a JSON array of texts"},
        {"'{\"retry_count\":3.0}'", "Configuration.RetryCount=3", NULL},
        {"'{\"retry_count\":3.5}'", NULL, "channel_webhooks.configuration: retry_count must be a whole number"},
        {"'{\"url\":[\"a\"]}'", NULL, "channel_webhooks.configuration: \"url\" must be a single value"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        write_draft_begin(&draft, "channel_webhooks", CATALOG_V2);
        write_draft_set(&draft, "configuration", cases[i].value);
        if (cases[i].text) {
            write_draft_expect(&draft, CATALOG_V2, true, i == 0 ? 2 : 1, cases[i].text);
        } else {
            write_draft_expect_refusal(&draft, CATALOG_V2, true, cases[i].message);
        }
    }
}

static void test_leaves_refused(void **state) {
    static const struct {
        const char *value, *message;
    } cases[] = {
        {"'{\"channel_members\":100,\"user_channels\":250,\"actions_per_second\":31}'",
         "services.limits: \"actions_per_second\" cannot be set: the API has no parameter for it"},
        {"'{\"channel_members\":100,\"user_channels\":250,\"actions_per_second\":30,\"more\":1}'",
         "services.limits: \"more\" cannot be set: the API has no parameter for it"},
        {"'{\"channel_members\":100}'", "services.limits: \"user_channels\" cannot be removed: give its new value"},
        {"'5'", "services.limits must be a JSON object"},
        {"'[]'", "services.limits must be a JSON object"},
        {"NULL", "services.limits cannot be NULL: give the JSON object"},
        {"'{\"channel_members\":100,\"user_channels\":\"many\"}'",
         "services.limits: user_channels must be a whole number"},
        {"'{\"channel_members\":100,\"user_channels\":{\"most\":5}}'",
         "services.limits: \"user_channels\" must be a single value"},
        {"'{\"channel_members\":[100],\"user_channels\":250}'",
         "services.limits: \"channel_members\" must be a single value"},
        {"'{'", "services.limits is not valid JSON: string or '}' expected near end of file"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        write_draft_read_service(&draft);
        write_draft_set(&draft, "limits", cases[i].value);
        write_draft_expect_refusal(&draft, CATALOG_V1, false, cases[i].message);
    }
}

/* A null that a list shows in place of the attributes is not their value. */
static void test_hidden_values(void **state) {
    (void)state;
    write_draft_begin(&draft, "channels", CATALOG_V1);
    write_draft_read(&draft, "{\"sid\":\"CH" DIGITS "\",\"friendly_name\":null,\"attributes\":null}");
    write_draft_set(&draft, "sid", "'CH" DIGITS "'");
    write_draft_set(&draft, "attributes", "'{}'");
    write_draft_expect(&draft, CATALOG_V1, false, 1, "Attributes=%7B%7D");
    write_draft_begin(&draft, "channels", CATALOG_V1);
    write_draft_read(&draft, "{\"sid\":\"CH" DIGITS "\",\"friendly_name\":null,\"attributes\":\"{}\"}");
    write_draft_set(&draft, "sid", "'CH" DIGITS "'");
    write_draft_set(&draft, "attributes", "'{}'");
    write_draft_expect(&draft, CATALOG_V1, false, 0, "");
}

/* Without what was read, everything that is given counts as changed. */
static void test_not_read(void **state) {
    (void)state;
    write_draft_begin(&draft, "members", CATALOG_V1);
    write_draft_set(&draft, "last_consumed_message_index", "3");
    assert_true(write_body_is_changed(&draft.row, 0));
    write_draft_expect(&draft, CATALOG_V1, false, 2, "RoleSid=&LastConsumedMessageIndex=3");
}

static void test_secrets(void **state) {
    error problem = {0};
    write_body body;
    (void)state;
    write_draft_begin(&draft, "credentials", CATALOG_V1);
    write_draft_set(&draft, "type", "'apn'");
    write_draft_set(&draft, "certificate", "'the certificate'");
    write_draft_set(&draft, "private_key", "''");
    write_body_init(&body);
    write_body_fill(&body, &draft.row, CATALOG_V1, true, &problem);
    assert_false(error_is_set(&problem));
    assert_string_equal(body.text.data, "Type=apn&Certificate=the%20certificate&PrivateKey=");
    assert_null(strstr(body.shown.data, "certificate"));
    assert_non_null(strstr(body.shown.data, "Certificate="));
    assert_int_equal(body.count, 3);
    write_body_clear(&body);
    write_draft_end(&draft);
}

/* One column, changed or not: for OR REPLACE. */
static void test_add(void **state) {
    error problem = {0};
    write_body body;
    (void)state;
    write_draft_begin(&draft, "channels", CATALOG_V1);
    write_draft_read(&draft, "{\"sid\":\"CH" DIGITS "\",\"friendly_name\":\"same\"}");
    write_draft_set(&draft, "friendly_name", "'same'");
    write_body_init(&body);
    write_body_add(&body, &draft.row, (size_t)catalog_column_index(draft.row.resource, "friendly_name"), CATALOG_V1,
                   &problem);
    write_body_add(&body, &draft.row, (size_t)catalog_column_index(draft.row.resource, "members_count"), CATALOG_V1,
                   &problem);
    assert_false(error_is_set(&problem));
    assert_string_equal(body.text.data, "FriendlyName=same");
    write_body_clear(&body);
    write_draft_end(&draft);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_create),
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_arrays),
        cmocka_unit_test(test_nothing_changed),
        cmocka_unit_test(test_what_changed),
        cmocka_unit_test(test_leaves),
        cmocka_unit_test(test_leaves_refused),
        cmocka_unit_test(test_hidden_values),
        cmocka_unit_test(test_not_read),
        cmocka_unit_test(test_secrets),
        cmocka_unit_test(test_add),
        cmocka_unit_test(test_arrays_in_leaves),
        cmocka_unit_test(test_leaves_of_another_version),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, write_draft_setup, write_draft_teardown);
}
