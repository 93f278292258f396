/* What an UPDATE changes: against what was shown, against earlier calls, and where SQLite does not say. */
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

/* ---- what counts as a change ---- */

/* A role that has been shown with two permissions. */
static void read_role(const char *permissions) {
    write_draft_begin(&draft, "roles", CATALOG_V1);
    write_draft_read(&draft, "{\"sid\":\"RL" DIGITS "\",\"permissions\":[\"a\",\"b\"]}");
    write_draft_set(&draft, "sid", "'RL" DIGITS "'");
    write_draft_set(&draft, "permissions", permissions);
}

/* An array is what it holds, however it is written; nothing is no array. */
static void test_same_array(void **state) {
    (void)state;
    read_role("'[ \"a\", \"\\u0062\" ]'");
    write_draft_expect(&draft, CATALOG_V1, false, 0, "");
    read_role("'[\"b\",\"a\"]'");
    write_draft_expect(&draft, CATALOG_V1, false, 2, "Permission=b&Permission=a");
    read_role("NULL");
    write_draft_expect_refusal(&draft, CATALOG_V1, false,
                               "roles.permissions cannot be NULL: give a JSON array, [] for an empty one");
}

/* A message that has been shown; then one column set. */
static void read_message(const char *column, const char *value) {
    write_draft_begin(&draft, "messages", CATALOG_V2);
    write_draft_read(&draft,
                     "{\"sid\":\"IM" DIGITS "\",\"body\":\"b\\ud83d\\ude00\",\"attributes\":\"{}\","
                     "\"date_created\":\"2018-12-14T14:21:19Z\",\"was_edited\":false,"
                     "\"date_updated\":\"Fri, 14 Dec 2018 14:21:20 +0000\",\"from\":5,\"last_updated_by\":1.5}");
    write_draft_set(&draft, "sid", "'IM" DIGITS "'");
    write_draft_set(&draft, "body", "'b\xf0\x9f\x98\x80'");
    write_draft_set(&draft, "attributes", "'{}'");
    write_draft_set(&draft, "date_created", "'2018-12-14T14:21:19Z'");
    write_draft_set(&draft, "date_updated", "'2018-12-14T14:21:20Z'");
    write_draft_set(&draft, "was_edited", "0");
    write_draft_set(&draft, "from", "5");
    write_draft_set(&draft, "last_updated_by", "1.5");
    write_draft_set(&draft, column, value);
}

/* The same value in another form is no change; another value is. */
static void test_same_value(void **state) {
    static const struct {
        const char *column, *value;
        bool changed;
    } cases[] = {
        {"date_created", "'2018-12-14 14:21:19'", false},
        {"date_created", "'2018-12-14T14:21:19.000Z'", false},
        {"date_created", "'2018-12-14 15:21:19+01:00'", false},
        {"date_created", "'Fri, 14 Dec 2018 14:21:19 +0000'", false},
        {"date_created", "'2018-12-14 14:21:19.5'", true},
        {"date_created", "NULL", true},
        {"date_updated", "'2018-12-14 14:21:20'", false},
        {"was_edited", "'false'", false},
        {"was_edited", "'0'", false},
        {"was_edited", "0.0", false},
        {"was_edited", "0.5", true},
        {"from", "5.0", true}, /* a text column: 5 is shown as a text */
        {"from", "5.5", true},
        {"was_edited", "1", true},
        {"was_edited", "'true'", true},
        {"was_edited", "'false' || char(0)", true},
        {"was_edited", "x'66616c7365'", true},
        {"body", "'b' || char(55357, 56832)", false},
        {"body", "'b' || char(55357, 56833)", true},
        {"body", "'b' || char(55357)", true},
        {"body", "x'62f09f9880'", true},
        {"from", "'5'", false},
        {"from", "6", true},
        {"last_updated_by", "1.5", false},
        {"last_updated_by", "2.5", true},
        {"last_updated_by", "0.5", true},
        {"last_updated_by", "1", true},
        {"attributes", "'{ }'", true},
        {"type", "NULL", false},
        {"type", "''", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_message(cases[i].column, cases[i].value);
        int column = catalog_column_index(draft.row.resource, cases[i].column);
        if (write_body_is_changed(&draft.row, (size_t)column) != cases[i].changed) {
            fail_msg("%s = %s: %s", cases[i].column, cases[i].value, cases[i].changed ? "no change" : "a change");
        }
        write_draft_end(&draft);
    }
}

/* NULL, where it would not be taken for NULL. */
static void test_json_null(void **state) {
    static const struct {
        const char *table, *column, *message;
    } cases[] = {
        {"messages", "attributes", "messages.attributes cannot be NULL: give JSON, {} for an empty object"},
        {"services", "webhook_filters",
         "services.webhook_filters cannot be NULL: give a JSON array, [] for an empty one"},
        {"services", "notifications", "services.notifications cannot be NULL: give the JSON object"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        write_draft_begin(&draft, cases[i].table, CATALOG_V1);
        write_draft_read(&draft, "{\"sid\":\"XX" DIGITS "\",\"attributes\":\"{}\",\"webhook_filters\":[\"a\"],"
                                 "\"notifications\":{\"new_message\":{\"enabled\":false}}}");
        write_draft_set(&draft, "sid", "'XX" DIGITS "'");
        if (strcmp(cases[i].table, "services") == 0) { /* the others stay as they are */
            write_draft_set(&draft, "webhook_filters", "'[\"a\"]'");
            write_draft_set(&draft, "notifications", "'{\"new_message\":{\"enabled\":false}}'");
        }
        write_draft_set(&draft, cases[i].column, "NULL");
        write_draft_expect_refusal(&draft, CATALOG_V1, false, cases[i].message);
    }
}

/* JSON that is valid, and cannot be made into parameters all the same. */
static void test_json_not_taken_apart(void **state) {
    (void)state;
    read_role("'[1e999]'");
    write_draft_expect_refusal(
        &draft, CATALOG_V1, false,
        "roles.permissions cannot be taken apart, as the API wants it: real number overflow near '1e999'");
    write_draft_read_service(&draft);
    write_draft_set(&draft, "limits", "'{\"user_channels\":1,\"user_channels\":2}'");
    write_draft_expect_refusal(&draft, CATALOG_V1, false,
                               "services.limits cannot be taken apart, as the API wants it: duplicate object key near "
                               "'\"user_channels\"'");
    read_role("x'5B5D'");
    write_draft_expect_refusal(&draft, CATALOG_V1, false, "roles.permissions is a blob: give text");
    read_role("CAST(x'5B22FF225D' AS TEXT)");
    write_draft_expect_refusal(&draft, CATALOG_V1, false, "roles.permissions is not valid UTF-8 (at byte 3)");
    read_role("json_array(char(55357, 56832))");
    write_draft_expect(&draft, CATALOG_V1, false, 1, "Permission=%F0%9F%98%80");
}

/* ---- earlier calls of the transaction ---- */

/* Measured against the latest call that gives the parameter, not against what was shown. */
static void test_earlier(void **state) {
    static const char *const bodies[] = {"Permission=c", "Permission=a&Permission=b&Other=1"};
    static const char *const named[] = {"X=1&FriendlyName=new", "FriendlyName=older", NULL};
    (void)state;
    read_role("'[\"a\",\"b\"]'");
    write_draft_earlier(&draft, bodies, 2);
    write_draft_expect(&draft, CATALOG_V1, false, 2, "Permission=a&Permission=b");
    read_role("'[\"a\",\"b\"]'");
    write_draft_earlier(&draft, bodies + 1, 1);
    write_draft_expect(&draft, CATALOG_V1, false, 0, "");
    read_role("'[\"a\"]'");
    write_draft_earlier(&draft, bodies + 1, 1);
    write_draft_expect(&draft, CATALOG_V1, false, 1, "Permission=a");
    read_role("'[\"c\"]'");
    write_draft_earlier(&draft, bodies, 2);
    write_draft_expect(&draft, CATALOG_V1, false, 0, "");
    write_draft_read_service(&draft);
    write_draft_earlier(&draft, named, 2);
    write_draft_expect(&draft, CATALOG_V1, false, 1, "FriendlyName=old");
    write_draft_read_service(&draft);
    write_draft_set(&draft, "friendly_name", "'new'");
    write_draft_earlier(&draft, named, 2);
    write_draft_expect(&draft, CATALOG_V1, false, 0, "");
    /* ... a name that another one ends with, or begins with, is another */
    write_draft_read_service(&draft);
    write_draft_earlier(&draft, (const char *const[]){"Friendly=new&OtherFriendlyName=new&FriendlyNameOfIt=new"}, 1);
    write_draft_expect(&draft, CATALOG_V1, false, 0, "");
}

/* What OR IGNORE may leave out is known neither as it was nor as it would be; what that call does not give is as it was. */
static void test_earlier_ignorable(void **state) {
    static const char *const bodies[] = {"X=1&FriendlyName=new", "FriendlyName=old"};
    static const char *const values[] = {"'new'", "'old'"};
    static const char *const sent[] = {"FriendlyName=new", "FriendlyName=old"};
    (void)state;
    for (int i = 0; i < 2; i++) {
        write_draft_read_service(&draft);
        write_draft_set(&draft, "friendly_name", values[i]);
        write_draft_earlier(&draft, bodies, 2);
        write_draft_ignorable(&draft, 0);
        write_draft_expect(&draft, CATALOG_V1, false, 1, sent[i]);
    }
    write_draft_read_service(&draft);
    write_draft_earlier(&draft, (const char *const[]){"X=1"}, 1);
    write_draft_ignorable(&draft, 0);
    write_draft_expect(&draft, CATALOG_V1, false, 0, "");
}

/* Leaf by leaf. */
static void test_earlier_leaves(void **state) {
    static const char *const bodies[] = {"Limits.UserChannels=17"};
    (void)state;
    write_draft_read_service(&draft);
    write_draft_earlier(&draft, bodies, 1);
    write_draft_expect(&draft, CATALOG_V1, false, 1, "Limits.UserChannels=250");
    write_draft_read_service(&draft);
    write_draft_set(&draft, "limits", "'{\"channel_members\":1,\"user_channels\":17,\"actions_per_second\":30}'");
    write_draft_earlier(&draft, bodies, 1);
    write_draft_expect(&draft, CATALOG_V1, false, 1, "Limits.ChannelMembers=1");
}

/* A secret that is taken back leaves no stars behind. */
static void test_earlier_secret(void **state) {
    error problem = {0};
    write_body body;
    (void)state;
    write_draft_begin(&draft, "credentials", CATALOG_V1);
    write_draft_read(&draft, "{\"sid\":\"CR" DIGITS "\",\"friendly_name\":\"old\"}");
    write_draft_set(&draft, "friendly_name", "'new'");
    write_draft_set(&draft, "certificate", "'c'");
    write_draft_earlier(&draft, (const char *const[]){"Certificate=c"}, 1);
    write_body_init(&body);
    write_body_fill(&body, &draft.row, CATALOG_V1, false, &problem);
    assert_false(error_is_set(&problem));
    assert_string_equal(body.text.data, "FriendlyName=new");
    assert_string_equal(body.shown.data, "FriendlyName=new");
    write_body_clear(&body);
    write_draft_end(&draft);
}

/* What the server sets anew with every call is not what was shown any more, once there is one. */
static void test_earlier_touched(void **state) {
    (void)state;
    read_message("body", "'new'");
    write_draft_expect(&draft, CATALOG_V2, false, 2, "Body=new&DateUpdated=2018-12-14T14%3A21%3A20Z");
    read_message("body", "'new'");
    write_draft_earlier(&draft, (const char *const[]){"Body=new"}, 1);
    write_draft_expect(&draft, CATALOG_V2, false, 1, "DateUpdated=2018-12-14T14%3A21%3A20Z");
    read_message("body", "'newer'");
    write_draft_earlier(&draft, (const char *const[]){"Body=new&DateUpdated=2018-12-14T14%3A21%3A20Z"}, 1);
    write_draft_expect(&draft, CATALOG_V2, false, 2, "Body=newer&DateUpdated=2018-12-14T14%3A21%3A20Z");
}

/* ---- where SQLite does not say what is set ---- */

#define MADE_OF_OLD                                                                                                    \
    ": an earlier statement of this transaction has changed it, and this one reads what the service still has: "       \
    "COMMIT between the two"

#define IN_DOUBT                                                                                                       \
    ": an earlier statement of this transaction has changed it, and SQLite before 3.44 does not say whether this "     \
    "UPDATE ... FROM sets it back: COMMIT between the two"

/* As before, but that every column is given, set or not. */
static void test_not_told(void **state) {
    (void)state;
    write_draft_asks = true;
    read_message("body", "'new'");
    draft.row.told = false;
    write_draft_expect(&draft, CATALOG_V2, false, 1, "Body=new");
    read_message("body", "'new'");
    draft.row.told = false;
    write_draft_earlier(&draft, (const char *const[]){"DateUpdated=2020"}, 1);
    write_draft_expect_failure(&draft, CATALOG_V2, false, "messages.date_updated" IN_DOUBT);
    read_message("from", "'new'");
    draft.row.told = false;
    write_draft_earlier(&draft, (const char *const[]){"Body=new"}, 1);
    write_draft_expect_failure(&draft, CATALOG_V2, false, "messages.body" IN_DOUBT);
    read_message("from", "'new'");
    draft.row.told = false;
    write_draft_earlier(&draft, (const char *const[]){"From=5"}, 1);
    write_draft_expect_failure(&draft, CATALOG_V2, false, "messages.from" MADE_OF_OLD);
    read_message("from", "'new'");
    draft.row.told = false;
    write_draft_earlier(&draft, (const char *const[]){"Body=b%F0%9F%98%80"}, 1);
    write_draft_expect(&draft, CATALOG_V2, false, 1, "From=new");
    write_draft_asks = false;
}

static void test_not_told_json(void **state) {
    static const char *const bodies[] = {"Limits.UserChannels=17"};
    (void)state;
    write_draft_asks = true;
    write_draft_read_service(&draft);
    draft.row.told = false;
    write_draft_earlier(&draft, bodies, 1);
    write_draft_expect_failure(&draft, CATALOG_V1, false, "services.limits" IN_DOUBT);
    write_draft_read_service(&draft);
    draft.row.told = false;
    write_draft_set(&draft, "limits", "'{\"channel_members\":1,\"user_channels\":250,\"actions_per_second\":30}'");
    write_draft_earlier(&draft, bodies, 1);
    write_draft_expect_failure(&draft, CATALOG_V1, false, "services.limits" MADE_OF_OLD);
    /* NULL as it was shown: perhaps not set, and so not refused as a NULL */
    write_draft_begin(&draft, "services", CATALOG_V1);
    write_draft_read(&draft, "{\"sid\":\"IS" DIGITS "\",\"friendly_name\":\"old\"}");
    write_draft_set(&draft, "friendly_name", "'new'");
    draft.row.told = false;
    write_draft_earlier(&draft, (const char *const[]){"Other=1"}, 1);
    write_draft_expect(&draft, CATALOG_V1, false, 1, "FriendlyName=new");
    write_draft_begin(&draft, "services", CATALOG_V1);
    write_draft_read(&draft, "{\"sid\":\"IS" DIGITS "\",\"friendly_name\":\"old\"}");
    write_draft_set(&draft, "friendly_name", "'new'");
    draft.row.told = false;
    write_draft_earlier(&draft, (const char *const[]){"WebhookFilters=a"}, 1);
    write_draft_expect_failure(&draft, CATALOG_V1, false, "services.webhook_filters" IN_DOUBT);
    write_draft_asks = false;
}

/* A value that may be made of the one before would undo what an earlier statement has done. */
static void test_made_of_old(void **state) {
    (void)state;
    write_draft_asks = true;
    read_message("body", "'again'");
    write_draft_earlier(&draft, (const char *const[]){"Body=new"}, 1);
    write_draft_expect_failure(&draft, CATALOG_V2, false, "messages.body" MADE_OF_OLD);
    write_draft_read_service(&draft);
    write_draft_set(&draft, "limits", "'{\"user_channels\":250,\"channel_members\":9}'");
    write_draft_earlier(&draft, (const char *const[]){"Limits.UserChannels=17"}, 1);
    write_draft_expect_failure(&draft, CATALOG_V1, false, "services.limits" MADE_OF_OLD);
    /* ... even if it comes to what the earlier one gives: of two times n + 1 the second would be lost */
    read_message("body", "'again'");
    write_draft_earlier(&draft, (const char *const[]){"Body=again"}, 1);
    write_draft_expect_failure(&draft, CATALOG_V2, false, "messages.body" MADE_OF_OLD);
    read_role("'[\"a\"]'");
    write_draft_earlier(&draft, (const char *const[]){"Permission=a"}, 1);
    write_draft_expect_failure(&draft, CATALOG_V1, false, "roles.permissions" MADE_OF_OLD);
    write_draft_read_service(&draft);
    write_draft_set(&draft, "limits", "'{\"user_channels\":251,\"channel_members\":100}'");
    write_draft_earlier(&draft, (const char *const[]){"Limits.UserChannels=251"}, 1);
    write_draft_expect_failure(&draft, CATALOG_V1, false, "services.limits" MADE_OF_OLD);
    /* ... a leaf to another value than both, too */
    write_draft_read_service(&draft);
    write_draft_set(&draft, "limits", "'{\"user_channels\":252,\"channel_members\":100}'");
    write_draft_earlier(&draft, (const char *const[]){"Limits.UserChannels=251"}, 1);
    write_draft_expect_failure(&draft, CATALOG_V1, false, "services.limits" MADE_OF_OLD);
    /* ... a leaf that no earlier statement has given is free */
    write_draft_read_service(&draft);
    write_draft_set(&draft, "limits", "'{\"channel_members\":99,\"actions_per_second\":30}'");
    write_draft_earlier(&draft, (const char *const[]){"Limits.UserChannels=251"}, 1);
    write_draft_expect_refusal(&draft, CATALOG_V1, false,
                               "services.limits: \"user_channels\" cannot be removed: give its new value");
    /* ... and where SQLite does not tell what is set, what differs has been set */
    read_message("body", "'again'");
    draft.row.told = false;
    write_draft_earlier(&draft, (const char *const[]){"Body=once"}, 1);
    write_draft_expect_failure(&draft, CATALOG_V2, false, "messages.body" MADE_OF_OLD);
    write_draft_asks = false;
}

/* What the statement has never asked for, it can only give because it sets it. */
static void test_not_told_and_not_asked(void **state) {
    (void)state;
    read_message("body", "'new'");
    draft.row.told = false;
    for (size_t i = 4; i + 4 < draft.shown.length; i++) { /* the mark of date_updated: see shown.c */
        bool head = draft.shown.data[i] == catalog_column_index(draft.row.resource, "date_updated") &&
                    draft.shown.data[i + 1] == CELL_TEXT && draft.shown.data[i + 2] == 1 &&
                    draft.shown.data[i + 3] == 20;
        if (head) {
            draft.shown.data[i + 2] = 0;
        }
    }
    write_draft_expect(&draft, CATALOG_V2, false, 2, "Body=new&DateUpdated=2018-12-14T14%3A21%3A20Z");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_array),
        cmocka_unit_test(test_same_value),
        cmocka_unit_test(test_json_null),
        cmocka_unit_test(test_json_not_taken_apart),
        cmocka_unit_test(test_earlier),
        cmocka_unit_test(test_earlier_ignorable),
        cmocka_unit_test(test_earlier_leaves),
        cmocka_unit_test(test_earlier_secret),
        cmocka_unit_test(test_earlier_touched),
        cmocka_unit_test(test_not_told),
        cmocka_unit_test(test_not_told_json),
        cmocka_unit_test(test_made_of_old),
        cmocka_unit_test(test_not_told_and_not_asked),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, write_draft_setup, write_draft_teardown);
}
