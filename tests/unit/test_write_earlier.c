/* What a row will be: what earlier calls of the transaction have made of it, and what of that is not known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "catalog/generations.h"
#include "unit/named.h"
#include "unit/write_draft.h"
#include "write/write_body.h"
#include "write/write_earlier.h"
#include "write/write_unsure.h"

#define DIGITS "0123456789abcdef0123456789abcdef"

#define MADE_OF_OLD                                                                                                    \
    ": an earlier statement of this transaction has changed it, and this one reads what the service still has: "       \
    "COMMIT between the two"

#define IN_DOUBT                                                                                                       \
    ": an earlier statement of this transaction has changed it, and SQLite before 3.44 does not say whether this "     \
    "UPDATE ... FROM sets it back: COMMIT between the two"

enum { PARAMETERS_MAX = 200 };

static write_draft draft;
static unsigned char unsure[PARAMETERS_MAX];

static const catalog_parameter *parameter_of(const char *name) {
    const catalog_resource *resource = draft.row.resource;
    for (size_t i = 0; i < resource->parameter_count; i++) {
        if (strcmp(resource->parameters[i].name, name) == 0) {
            return &resource->parameters[i];
        }
    }
    fail_msg("%s", name);
    return NULL;
}

/* A service whose notifications have one key, set to others. told: SQLite says what is set. */
static void read_notifications(const char *set, unsigned version, bool told) {
    write_draft_begin(&draft, "services", version);
    write_draft_read(&draft, "{\"sid\":\"IS" DIGITS "\",\"notifications\":{\"new_message\":{\"enabled\":true},"
                             "\"log_enabled\":true}}");
    write_draft_set(&draft, "sid", "'IS" DIGITS "'");
    write_draft_set(&draft, "notifications", set);
    draft.row.told = told;
}

#define SHOWN "'{\"new_message\":{\"enabled\":true},\"log_enabled\":true}'"
#define REMOVED ": \"removed_from_channel.enabled\" cannot be removed: give its new value"

/* A leaf that an earlier call adds cannot be left out; one that the latest takes away can. */
static void test_added_leaf(void **state) {
    static const char *const bodies[] = {"X=1", "Notifications.RemovedFromChannel.Enabled=true"};
    (void)state;
    read_notifications(SHOWN, CATALOG_V2, true);
    write_draft_earlier(&draft, bodies, 2);
    write_draft_expect_refusal(&draft, CATALOG_V2, false, "services.notifications" REMOVED);
    read_notifications(SHOWN, CATALOG_V2, true);
    write_draft_earlier(&draft, bodies, 2);
    write_draft_ignorable(&draft, 1);
    write_draft_expect_refusal(&draft, CATALOG_V2, false, "services.notifications" REMOVED);
    read_notifications(SHOWN, CATALOG_V2, true);
    write_draft_earlier(&draft, bodies, 1);
    write_draft_expect(&draft, CATALOG_V2, false, 0, "");
    read_notifications("'{\"new_message\":{\"enabled\":true},\"log_enabled\":true,"
                       "\"removed_from_channel\":{\"enabled\":false}}'",
                       CATALOG_V2, true);
    write_draft_earlier(&draft, bodies, 2);
    write_draft_expect(&draft, CATALOG_V2, false, 1, "Notifications.RemovedFromChannel.Enabled=false");
}

/* Where it may be that the column is not set, or is made of what was shown, that is said. */
static void test_added_leaf_in_doubt(void **state) {
    static const char *const bodies[] = {"Notifications.RemovedFromChannel.Enabled=true"};
    (void)state;
    write_draft_asks = true;
    read_notifications(SHOWN, CATALOG_V2, false);
    write_draft_earlier(&draft, bodies, 1);
    write_draft_expect_failure(&draft, CATALOG_V2, false, "services.notifications" IN_DOUBT);
    read_notifications("'{\"new_message\":{\"enabled\":true},\"log_enabled\":false}'", CATALOG_V2, true);
    write_draft_earlier(&draft, bodies, 1);
    write_draft_expect_failure(&draft, CATALOG_V2, false, "services.notifications" MADE_OF_OLD);
    /* ... but not of what the row has had before */
    read_notifications("'{\"new_message\":{\"enabled\":true}}'", CATALOG_V2, true);
    write_draft_earlier(&draft, bodies, 1);
    write_draft_expect_refusal(&draft, CATALOG_V2, false,
                               "services.notifications: \"log_enabled\" cannot be removed: give its new value");
    write_draft_asks = false;
}

/* What another version has changed can be given as it will be, and not as it was. */
static void test_other_version(void **state) {
    static const char *const bodies[] = {"Notifications.LogEnabled=false&Notifications.NewMessage.Sound=1%262"};
    (void)state;
    read_notifications(SHOWN, CATALOG_V1, true);
    write_draft_earlier(&draft, bodies, 1);
    write_draft_expect_refusal(&draft, CATALOG_V1, false,
                               "services.notifications: \"log_enabled\" can be set in v2 of the API only");
    read_notifications("'{\"new_message\":{\"enabled\":true,\"sound\":\"1&2\"},\"log_enabled\":false}'", CATALOG_V1,
                       true);
    write_draft_earlier(&draft, bodies, 1);
    write_draft_expect(&draft, CATALOG_V1, false, 0, "");
    read_notifications("'{\"new_message\":{\"enabled\":true,\"sound\":\"1&3\"},\"log_enabled\":false}'", CATALOG_V1,
                       true);
    write_draft_earlier(&draft, bodies, 1);
    write_draft_expect_refusal(&draft, CATALOG_V1, false,
                               "services.notifications: \"new_message.sound\" can be set in v2 of the API only");
}

static page_document *document_after(const char *body, const char *shown) {
    static const char *bodies[1];
    error problem = {0};
    bodies[0] = body;
    write_draft_earlier(&draft, bodies, 1);
    page_document *old = shown ? page_document_parse(shown, strlen(shown), &problem) : NULL;
    page_document *document = write_earlier_document(&draft.row, "configuration", old, &problem);
    assert_false(error_is_set(&problem));
    assert_non_null(document);
    return document;
}

/* The document that a column will hold, typed as the service would have it. */
static void test_document(void **state) {
    static const struct {
        const char *body, *shown, *document;
    } cases[] = {
        {"Configuration.RetryCount=2", "{\"url\":\"a\"}", "{\"url\":\"a\",\"retry_count\":2}"},
        {"Configuration.Url=2", NULL, "{\"url\":\"2\"}"},
        {"Configuration.Url=%C3%A4%zz%4", "{\"url\":\"a\"}", "{\"url\":\"\u00e4%zz%4\"}"},
        {"Configuration.Filters=a%2Bb&X=1&Configuration.Filters=c", "{\"filters\":[\"d\"]}",
         "{\"filters\":[\"a+b\",\"c\"]}"},
        {"Configuration.Filters=", "{\"filters\":[\"d\"]}", "{\"filters\":[]}"},
        {"Configuration.RetryCount=", "{}", "{\"retry_count\":\"\"}"},
        {"Other=1", "{\"url\":\"a\"}", "{\"url\":\"a\"}"},
    };
    (void)state;
    write_draft_begin(&draft, "channel_webhooks", CATALOG_V2);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        error problem = {0};
        page_document *document = document_after(cases[i].body, cases[i].shown);
        page_document *expected = page_document_parse(cases[i].document, strlen(cases[i].document), &problem);
        if (!page_document_same(document, expected, NULL)) {
            fail_msg("%s", cases[i].body);
        }
        page_document_free(expected);
        page_document_free(document);
    }
    write_draft_end(&draft);
}

/* What null takes away is not there any more. */
static void test_taken_away(void **state) {
    static const char *const bodies[] = {"MessagingBinding.ProjectedAddress=null",
                                         "MessagingBinding.ProjectedAddress=%2B1555"};
    (void)state;
    for (int i = 0; i < 2; i++) {
        write_draft_begin(&draft, "participants", CATALOG_CONVERSATIONS);
        write_draft_read(&draft, "{\"sid\":\"MB" DIGITS "\",\"messaging_binding\":null}");
        write_draft_set(&draft, "sid", "'MB" DIGITS "'");
        write_draft_set(&draft, "messaging_binding", "'{}'");
        write_draft_earlier(&draft, bodies + i, 1);
        if (i == 0) {
            write_draft_expect(&draft, CATALOG_CONVERSATIONS, false, 1, "DateUpdated=");
        } else {
            write_draft_expect_refusal(
                &draft, CATALOG_CONVERSATIONS, false,
                "participants.messaging_binding: \"projected_address\" cannot be removed: give its "
                "new value, null to take it away");
        }
    }
}

/* A parameter is what it is by whichever version's name; the latest counts. */
static void test_two_names(void **state) {
    static const char *const bodies[] = {"LastReadMessageIndex=7", "LastConsumedMessageIndex=6"};
    (void)state;
    write_draft_begin(&draft, "members", CATALOG_V2);
    write_draft_earlier(&draft, bodies, 2);
    write_earlier earlier = write_earlier_find(&draft.row, parameter_of("LastConsumedMessageIndex"));
    assert_ptr_equal(earlier.body, bodies[0]);
    assert_string_equal(earlier.by->name, "LastReadMessageIndex");
    assert_false(write_earlier_has(&draft.row, parameter_of("RoleSid")));
    assert_true(write_earlier_has_column(&draft.row, "last_consumed_message_index"));
    assert_false(write_earlier_has_column(&draft.row, "role_sid"));
    write_draft_end(&draft);
}

/* After a call of unknown effect what nobody has given is as it was shown. */
static void test_unsure(void **state) {
    static const char *const bodies[] = {NULL, "FriendlyName=1"};
    (void)state;
    write_draft_begin(&draft, "services", CATALOG_V2);
    write_draft_earlier(&draft, bodies, 2);
    const catalog_parameter *parameter = parameter_of("FriendlyName");
    assert_true(write_earlier_find(&draft.row, parameter).unknown);
    draft.row.earlier_unsure = unsure;
    for (unsigned char i = WRITE_UNSURE_NOT; i <= WRITE_UNSURE_GIVEN; i++) {
        unsure[parameter - draft.row.resource->parameters] = i;
        write_earlier earlier = write_earlier_find(&draft.row, parameter);
        assert_null(earlier.body);
        assert_int_equal(earlier.unknown, i != WRITE_UNSURE_NOT);
        assert_int_equal(earlier.given, i == WRITE_UNSURE_GIVEN);
        assert_int_equal(write_unsure_has(unsure, &draft.row, "friendly_name"), i != WRITE_UNSURE_NOT);
    }
    assert_false(write_unsure_has(unsure, &draft.row, "limits"));
    assert_false(write_unsure_has(NULL, &draft.row, "friendly_name"));
    unsure[parameter - draft.row.resource->parameters] = WRITE_UNSURE_NOT;
    write_draft_end(&draft);
}

/* A leaf that a call of unknown effect may have given is not held against anybody; one that it gives is. */
static void test_unsure_leaf(void **state) {
    static const char *const bodies[] = {NULL};
    size_t index = 0;
    (void)state;
    for (unsigned char i = WRITE_UNSURE_NOT; i <= WRITE_UNSURE_GIVEN; i++) {
        read_notifications(SHOWN, CATALOG_V2, true);
        write_draft_earlier(&draft, bodies, 1);
        draft.row.earlier_unsure = unsure;
        index = (size_t)(parameter_of("Notifications.RemovedFromChannel.Enabled") - draft.row.resource->parameters);
        unsure[index] = i;
        if (i == WRITE_UNSURE_GIVEN) {
            write_draft_expect_refusal(&draft, CATALOG_V2, false, "services.notifications" REMOVED);
        } else {
            write_draft_expect(&draft, CATALOG_V2, false, 0, "");
        }
    }
    unsure[index] = WRITE_UNSURE_NOT;
}

static const catalog_parameter *parameter_in(const char *table, const char *name) {
    const catalog_resource *resource = named_resource(table);
    for (size_t i = 0; i < resource->parameter_count; i++) {
        if (strcmp(resource->parameters[i].name, name) == 0) {
            return &resource->parameters[i];
        }
    }
    fail_msg("%s.%s", table, name);
    return NULL;
}

/* What two tables call otherwise may be one thing. */
static void test_same_parameter(void **state) {
    static const struct {
        const char *table, *name, *other_table, *other;
        bool same;
    } cases[] = {
        {"channels", "FriendlyName", "conversations", "FriendlyName", true},
        {"channels", "FriendlyName", "conversations", "UniqueName", false},
        {"services", "Notifications.NewMessage.Sound", "service_notifications", "NewMessage.Sound", true},
        {"service_notifications", "NewMessage.Sound", "services", "Notifications.NewMessage.Sound", true},
        {"services", "Notifications.NewMessage.Sound", "service_notifications", "NewMessage.Template", false},
        {"services", "Notifications.LogEnabled", "service_notifications", "LogEnabled", true},
        {"services", "Method", "service_webhooks", "Method", true},
        {"channel_webhooks", "Configuration.Url", "conversation_webhooks", "Configuration.Url", true},
        {"channel_webhooks", "Configuration.Url", "conversation_webhooks", "Configuration.Method", false},
        {"members", "LastConsumedMessageIndex", "members", "LastReadMessageIndex", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool same = write_unsure_is_same(parameter_in(cases[i].table, cases[i].name),
                                         parameter_in(cases[i].other_table, cases[i].other));
        if (same != cases[i].same) {
            fail_msg("%s.%s, %s.%s", cases[i].table, cases[i].name, cases[i].other_table, cases[i].other);
        }
    }
}

/* Against what the row will have, as far as that is known. */
static void test_will_change(void **state) {
    static const char *const bodies[] = {"CreatedBy=other"};
    static const struct {
        const char *value;
        bool changes;
    } cases[] = {{"'me'", true}, {"'other'", false}, {"'third'", true}, {"x'00'", true}};
    error problem = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        write_draft_begin(&draft, "channels", CATALOG_V1);
        write_draft_read(&draft, "{\"sid\":\"CH" DIGITS "\",\"created_by\":\"me\"}");
        write_draft_set(&draft, "created_by", cases[i].value);
        size_t column = (size_t)catalog_column_index(draft.row.resource, "created_by");
        write_draft_earlier(&draft, bodies, 1);
        assert_int_equal(write_body_will_change(&draft.row, column, &problem), cases[i].changes);
        write_draft_earlier(&draft, NULL, 0);
        assert_int_equal(write_body_will_change(&draft.row, column, &problem),
                         write_body_is_changed(&draft.row, column));
        assert_false(error_is_set(&problem));
        write_draft_end(&draft);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_added_leaf),     cmocka_unit_test(test_added_leaf_in_doubt),
        cmocka_unit_test(test_other_version),  cmocka_unit_test(test_document),
        cmocka_unit_test(test_taken_away),     cmocka_unit_test(test_two_names),
        cmocka_unit_test(test_unsure),         cmocka_unit_test(test_unsure_leaf),
        cmocka_unit_test(test_same_parameter), cmocka_unit_test(test_will_change),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, write_draft_setup, write_draft_teardown);
}
