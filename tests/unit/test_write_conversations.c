/*
** What writes to Conversations' tables make of values: durations, what cannot be emptied, parameters that depend on another
** column, arrays of objects, calls that go to another place.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "catalog/generations.h"
#include "unit/environment.h"
#include "unit/write_draft.h"
#include "write/write_duration.h"

#define DIGITS "0123456789abcdef0123456789abcdef"
#define V CATALOG_CONVERSATIONS
#define DURATION " must be an ISO 8601 duration of days and smaller, such as P1D, PT2H or PT90S (PT0S switches it off)"

static write_draft draft;

/* ---- durations ---- */

static void test_durations(void **state) {
    static const struct {
        const char *text;
        int64_t seconds; /* -1: it is none */
    } cases[] = {
        {"PT0S", 0},
        {"PT1S", 1},
        {"PT1M", 60},
        {"PT2H", 7200},
        {"P1D", 86400},
        {"P0D", 0},
        {"P2DT3H4M5S", 183845},
        {"PT61M", 3660},
        {"P180D", 15552000},
        {"PT999999999S", 999999999},
        {"P1DT0S", 86400},
        {"", -1},
        {"P", -1},
        {"PT", -1},
        {"P1", -1},
        {"P1DT", -1},
        {"1D", -1},
        {"P1W", -1},
        {"P6M", -1},
        {"P1Y", -1},
        {"PT1D", -1},
        {"P1H", -1},
        {"PT1S1M", -1},
        {"PT1M1M", -1},
        {"PTT1S", -1},
        {"PT1.5S", -1},
        {"PT-1S", -1},
        {"-PT1S", -1},
        {"pt1s", -1},
        {"PT1Sx", -1},
        {" PT1S", -1},
        {"PT1S ", -1},
        {"PT1234567890S", -1},
        {"P1D1H", -1},
        {"PTS", -1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t seconds = -7;
        bool read = write_duration_read(cases[i].text, strlen(cases[i].text), &seconds);
        if (read != (cases[i].seconds >= 0) || (read && seconds != cases[i].seconds)) {
            fail_msg("\"%s\": %d, %lld seconds", cases[i].text, read, (long long)seconds);
        }
    }
}

#define KEY "\"sid\":\"CH" DIGITS "\""

/* A row that shows the conversation's names, and leaves every column alone. */
static void read_conversation(const char *json) {
    write_draft_begin(&draft, "conversations", V);
    write_draft_read(&draft, json);
    draft.row.told = false; /* the NULLs of the draft are not told from what an UPDATE leaves alone */
}

static void test_timers(void **state) {
    (void)state;
    write_draft_begin(&draft, "conversations", V);
    write_draft_set(&draft, "inactive_timer", "'PT1M'");
    write_draft_set(&draft, "closed_timer", "'PT10M'");
    write_draft_expect(&draft, V, true, 2, "Timers.Inactive=PT1M&Timers.Closed=PT10M");
    write_draft_begin(&draft, "conversations", V);
    write_draft_set(&draft, "inactive_timer", "'PT59S'");
    write_draft_expect_refusal(
        &draft, V, true,
        "conversations.inactive_timer is too short: at least PT1M is taken, or PT0S to switch it "
        "off");
    write_draft_begin(&draft, "conversations", V);
    write_draft_set(&draft, "closed_timer", "'PT9M59S'");
    write_draft_expect_refusal(&draft, V, true,
                               "conversations.closed_timer is too short: at least PT10M is taken, or PT0S to switch it "
                               "off");
    write_draft_begin(&draft, "conversations", V);
    write_draft_set(&draft, "closed_timer", "'P1M'");
    write_draft_expect_refusal(&draft, V, true, "conversations.closed_timer" DURATION);
    write_draft_begin(&draft, "conversations", V);
    write_draft_set(&draft, "closed_timer", "600");
    write_draft_expect_refusal(&draft, V, true, "conversations.closed_timer" DURATION);
}

/* NULL is what the column reads: an UPDATE to it would quietly be none. */
static void test_timers_cannot_be_null(void **state) {
    (void)state;
    read_conversation("{" KEY "}");
    draft.row.told = true;
    write_draft_set(&draft, "inactive_timer", "NULL");
    write_draft_expect_refusal(&draft, V, false,
                               "conversations.inactive_timer cannot be NULL: give 'PT0S' to switch it off");
    read_conversation("{" KEY "}");
    write_draft_set(&draft, "inactive_timer", "'PT0S'");
    write_draft_expect(&draft, V, false, 1, "Timers.Inactive=PT0S");
    write_draft_begin(&draft, "account_configuration", V);
    write_draft_read(&draft, "{\"default_closed_timer\":\"PT1H\"}");
    draft.row.told = false;
    write_draft_set(&draft, "default_closed_timer", "NULL");
    write_draft_expect_refusal(
        &draft, V, false, "account_configuration.default_closed_timer cannot be NULL: give 'PT0S' to switch it off");
}

/* ---- what cannot be emptied ---- */

static void test_names_that_are_kept(void **state) {
    static const char kept[] = "the service keeps the old name where it is given an empty one";
    char message[200];
    (void)state;
    read_conversation("{" KEY ",\"friendly_name\":\"x\"}");
    write_draft_set(&draft, "friendly_name", "NULL");
    sqlite3_snprintf((int)sizeof message, message, "conversations.friendly_name cannot become NULL: %s", kept);
    write_draft_expect_refusal(&draft, V, false, message);
    read_conversation("{" KEY ",\"friendly_name\":\"x\"}");
    write_draft_set(&draft, "friendly_name", "''");
    sqlite3_snprintf((int)sizeof message, message, "conversations.friendly_name cannot become empty: %s", kept);
    write_draft_expect_refusal(&draft, V, false, message);
    read_conversation("{" KEY ",\"messaging_service_sid\":\"MG" DIGITS "\"}");
    write_draft_set(&draft, "messaging_service_sid", "NULL");
    write_draft_expect_refusal(&draft, V, false,
                               "conversations.messaging_service_sid cannot become NULL: the service can replace it by "
                               "another one, but not take it away");
    read_conversation("{" KEY ",\"unique_name\":\"u\"}");
    write_draft_set(&draft, "unique_name", "NULL");
    write_draft_expect(&draft, V, false, 1, "UniqueName=");
    /* Nothing to be kept, and a user's name, which goes. */
    read_conversation("{" KEY ",\"friendly_name\":null}");
    write_draft_set(&draft, "friendly_name", "NULL");
    write_draft_expect(&draft, V, false, 0, "");
    write_draft_begin(&draft, "conversation_users", V);
    write_draft_read(&draft, "{\"sid\":\"US" DIGITS "\",\"friendly_name\":\"x\"}");
    write_draft_set(&draft, "friendly_name", "NULL");
    write_draft_expect(&draft, V, false, 1, "FriendlyName=");
}

/* ---- the case of enumerations ---- */

static void test_case_of_enumerations(void **state) {
    (void)state;
    write_draft_begin(&draft, "conversations", V);
    write_draft_set(&draft, "state", "'Closed'");
    write_draft_expect(&draft, V, true, 1, "State=Closed");
    write_draft_begin(&draft, "conversations", V);
    write_draft_set(&draft, "state", "'close'");
    write_draft_expect_refusal(
        &draft, V, true, "conversations.state is not accepted: use one of initializing, active, inactive, closed");
}

/* ---- webhooks ---- */

static void test_keywords_of_a_trigger(void **state) {
    static const char trigger[] = "{\"sid\":\"WH" DIGITS "\",\"target\":\"trigger\",\"configuration\":{\"url\":\"u\","
                                  "\"filters\":[\"a\"]}}";
    static const char webhook[] = "{\"sid\":\"WH" DIGITS "\",\"target\":\"webhook\",\"configuration\":{\"url\":\"u\","
                                  "\"filters\":[\"a\"]}}";
    (void)state;
    write_draft_begin(&draft, "conversation_webhooks", V);
    write_draft_set(&draft, "target", "'TRIGGER'");
    write_draft_set(&draft, "configuration", "'{\"filters\":[\"help\",\"stop\"]}'");
    write_draft_expect(&draft, V, true, 3, "Target=TRIGGER&Configuration.Triggers=help&Configuration.Triggers=stop");
    write_draft_begin(&draft, "conversation_webhooks", V);
    write_draft_set(&draft, "target", "'webhook'");
    write_draft_set(&draft, "configuration", "'{\"filters\":[\"onMessageAdded\"]}'");
    write_draft_set(&draft, "replay_after", "5");
    write_draft_expect(&draft, V, true, 3,
                       "Target=webhook&Configuration.Filters=onMessageAdded&Configuration.ReplayAfter=5");
    /* Of an UPDATE that leaves the target alone, see sql/conversations_writes. */
    write_draft_begin(&draft, "conversation_webhooks", V);
    write_draft_read(&draft, trigger);
    write_draft_set(&draft, "target", "'trigger'");
    write_draft_set(&draft, "configuration", "'{\"url\":\"u\",\"filters\":[\"b\"]}'");
    write_draft_expect(&draft, V, false, 1, "Configuration.Triggers=b");
    write_draft_begin(&draft, "conversation_webhooks", V);
    write_draft_read(&draft, webhook);
    write_draft_set(&draft, "target", "'webhook'");
    write_draft_set(&draft, "configuration", "'{\"url\":\"u\",\"filters\":[\"b\"]}'");
    write_draft_expect(&draft, V, false, 1, "Configuration.Filters=b");
}

/* ---- objects and arrays ---- */

static void test_a_medium(void **state) {
    (void)state;
    write_draft_begin(&draft, "conversation_messages", V);
    write_draft_set(&draft, "media", "'[{\"sid\":\"ME" DIGITS "\"}]'");
    write_draft_expect(&draft, V, true, 1, "MediaSid=ME" DIGITS);
    write_draft_begin(&draft, "conversation_messages", V);
    write_draft_set(&draft, "media", "'{\"sid\":\"ME" DIGITS "\"}'");
    write_draft_expect_refusal(&draft, V, true, "conversation_messages.media must be a JSON array of objects");
    write_draft_begin(&draft, "conversation_messages", V);
    write_draft_set(&draft, "media", "'[{\"sid\":\"ME" DIGITS "\"},{\"sid\":\"ME" DIGITS "\"}]'");
    write_draft_expect_refusal(&draft, V, true,
                               "conversation_messages.media: \"1.sid\" cannot be set: the API has no parameter for it");
    write_draft_begin(&draft, "conversation_messages", V);
    write_draft_set(&draft, "media", "'[{\"sid\":\"ME1\"}]'");
    write_draft_expect_refusal(
        &draft, V, true, "conversation_messages.media: 0.sid is not a SID (two letters and 32 hexadecimal digits)");
}

static void test_participants_together(void **state) {
    (void)state;
    write_draft_begin(&draft, "conversations", V);
    write_draft_set(&draft, "participants",
                    "'[ {\"identity\": \"a\"}, {\"messaging_binding\":{\"address\":\"+1\"}} ]'");
    write_draft_expect(&draft, V, true, 2,
                       "Participant=%7B%22identity%22%3A%22a%22%7D&"
                       "Participant=%7B%22messaging_binding%22%3A%7B%22address%22%3A%22%2B1%22%7D%7D");
    static const struct {
        const char *value, *message;
    } cases[] = {{"'[]'", "conversations.participants must have 1 to 10 elements, or be left out"},
                 {"'[{},{},{},{},{},{},{},{},{},{},{}]'",
                  "conversations.participants must have 1 to 10 elements, or be left out"},
                 {"'{}'", "conversations.participants must be a JSON array"},
                 {"'[\"a\"]'", "conversations.participants must be a JSON array of objects"},
                 {"'[1,{}]'", "conversations.participants must be a JSON array of objects"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        write_draft_begin(&draft, "conversations", V);
        write_draft_set(&draft, "participants", cases[i].value);
        write_draft_expect_refusal(&draft, V, true, cases[i].message);
    }
}

/* A null that takes an address away is a word; elsewhere it is the empty value. */
static void test_nulls_in_objects(void **state) {
    static const char shown[] = "{\"sid\":\"MB" DIGITS "\",\"messaging_binding\":{\"type\":\"sms\",\"address\":\"+1\","
                                "\"proxy_address\":\"+2\"}}";
    (void)state;
    write_draft_begin(&draft, "participants", V);
    write_draft_read(&draft, shown);
    write_draft_set(&draft, "messaging_binding", "'{\"type\":\"sms\",\"address\":\"+1\",\"proxy_address\":null}'");
    write_draft_expect(&draft, V, false, 1, "MessagingBinding.ProxyAddress=null");
    write_draft_begin(&draft, "participants", V);
    write_draft_read(&draft, shown);
    write_draft_set(&draft, "messaging_binding", "'{\"type\":\"mms\",\"address\":\"+1\",\"proxy_address\":\"+2\"}'");
    write_draft_expect_refusal(
        &draft, V, false, "participants.messaging_binding: \"type\" cannot be set: the API has no parameter for it");
    /* What no parameter takes may be left out: it stays. */
    write_draft_begin(&draft, "participants", V);
    write_draft_read(&draft, shown);
    write_draft_set(&draft, "messaging_binding", "'{\"address\":\"+1\",\"proxy_address\":\"+3\"}'");
    write_draft_expect(&draft, V, false, 1, "MessagingBinding.ProxyAddress=%2B3");
    write_draft_begin(&draft, "address_configurations", V);
    write_draft_read(&draft, "{\"sid\":\"IG" DIGITS "\",\"auto_creation\":{\"enabled\":true,\"webhook_url\":\"u\"}}");
    write_draft_set(&draft, "auto_creation", "'{\"enabled\":true,\"webhook_url\":null}'");
    write_draft_expect(&draft, V, false, 1, "AutoCreation.WebhookUrl=");
}

/* In an INSERT a null is no value at all: a row that is copied has one wherever it has nothing. */
static void test_nulls_in_inserts(void **state) {
    static const struct {
        const char *table, *column, *value, *text;
    } cases[] = {
        {"address_configurations", "auto_creation",
         "'{\"enabled\":true,\"type\":null,\"conversation_service_sid\":null,\"webhook_url\":null,"
         "\"webhook_filters\":null,\"studio_retry_count\":null}'",
         "AutoCreation.Enabled=true"},
        {"participants", "messaging_binding", "'{\"address\":null,\"proxy_address\":\"+2\"}'",
         "MessagingBinding.ProxyAddress=%2B2"},
        {"participants", "messaging_binding", "'{\"address\":\"+1\",\"proxy_address\":null}'",
         "MessagingBinding.Address=%2B1"},
        {"conversation_webhooks", "configuration", "'{\"url\":null,\"method\":\"get\",\"filters\":null}'",
         "Configuration.Method=get"},
        {"conversations", "bindings", "'{\"email\":{\"projected_address\":\"a\",\"name\":null}}'",
         "Bindings.Email.Address=a"},
        {"conversation_messages", "media", "'[{\"sid\":null}]'", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        write_draft_begin(&draft, cases[i].table, V);
        write_draft_set(&draft, cases[i].column, cases[i].value);
        write_draft_expect(&draft, V, true, *cases[i].text ? 1 : 0, cases[i].text);
    }
}

/* What the service makes of the address is no parameter; a binding that is copied as it was read has it all the same. */
static void test_derived_leaves(void **state) {
    static const struct {
        const char *value, *text; /* "": it is refused */
    } cases[] = {
        {"{\"type\":\"sms\",\"address\":\"+1\",\"proxy_address\":\"+2\"}",
         "MessagingBinding.Address=%2B1&MessagingBinding.ProxyAddress=%2B2"},
        {"{\"type\":\"whatsapp\",\"address\":\"whatsapp:+1\"}", "MessagingBinding.Address=whatsapp%3A%2B1"},
        {"{\"type\":\"sms\",\"level\":null,\"name\":null,\"address\":\"+1\",\"projected_address\":null}",
         "MessagingBinding.Address=%2B1"},
        {"{\"type\":\"sms\",\"projected_address\":\"+2\"}", "MessagingBinding.ProjectedAddress=%2B2"},
        {"{\"type\":\"sms\",\"address\":\"rcs:x\"}", "MessagingBinding.Address=rcs%3Ax"},
        {"{\"type\":\"rcs\",\"address\":\"rcs:x\"}", "MessagingBinding.Address=rcs%3Ax"},
        {"{\"type\":null,\"address\":\"+1\"}", "MessagingBinding.Address=%2B1"},
        {"{\"type\":\"whatsapp\",\"address\":\"+1\"}", ""},
        {"{\"type\":\"sms\",\"address\":\"whatsapp:+1\"}", ""},
        {"{\"type\":\"whats\",\"address\":\"whatsapp:+1\"}", ""},
        {"{\"type\":\"email\",\"address\":\"a@example.com\"}", ""},
        {"{\"type\":\"\",\"address\":\"+1\"}", ""},
        {"{\"type\":[],\"address\":\"+1\"}", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char value[200];
        snprintf(value, sizeof value, "'%s'", cases[i].value);
        write_draft_begin(&draft, "participants", V);
        write_draft_set(&draft, "messaging_binding", value);
        if (*cases[i].text) {
            write_draft_expect(&draft, V, true, strchr(cases[i].text, '&') ? 2 : 1, cases[i].text);
        } else {
            write_draft_expect_refusal(&draft, V, true,
                                       "participants.messaging_binding: \"type\" cannot be set to that: it is told by "
                                       "the address (\"whatsapp:+...\"), and sms without");
        }
    }
    /* A participant without a binding gets one as another row shows it. */
    write_draft_begin(&draft, "participants", V);
    write_draft_read(&draft, "{\"sid\":\"MB" DIGITS "\",\"messaging_binding\":null}");
    write_draft_set(&draft, "messaging_binding", "'{\"type\":\"sms\",\"projected_address\":\"+2\"}'");
    write_draft_expect(&draft, V, false, 1, "MessagingBinding.ProjectedAddress=%2B2");
}

/* ---- where calls go ---- */

static connection *shared;

static int connect_first(void **state) {
    (void)state;
    shared = write_draft_connect();
    return shared == NULL;
}

static int disconnect_last(void **state) {
    (void)state;
    write_draft_disconnect(shared);
    return 0;
}

static const write_entry *queued(error *problem) {
    draft.row.shared = shared;
    draft.row.owner = shared;
    write_row_insert(&draft.row, problem);
    const write_queue *queue = &writing_of(shared)->queue;
    return queue->count > 0 && !error_is_set(problem) ? queue->entries[queue->count - 1] : NULL;
}

static void test_place_of_a_conversation(void **state) {
    error problem = {0};
    (void)state;
    write_draft_begin(&draft, "conversations", V);
    write_draft_set(&draft, "chat_service_sid", "'IS" DIGITS "'");
    write_draft_set(&draft, "unique_name", "'n'");
    const write_entry *entry = queued(&problem);
    assert_non_null(entry);
    assert_string_equal(entry->path, "/v1/Services/IS" DIGITS "/Conversations");
    assert_int_equal(entry->also_done, 0);
    assert_true(entry->webhooks);
    char *by_name = write_queue_list_path(entry, "n");
    assert_string_equal(by_name, "/v1/Services/IS" DIGITS "/Conversations/n");
    sqlite3_free(by_name);
    write_draft_set(&draft, "participants", "'[{\"identity\":\"a\"}]'");
    entry = queued(&problem);
    assert_non_null(entry);
    assert_string_equal(entry->path, "/v1/Services/IS" DIGITS "/ConversationWithParticipants");
    assert_string_equal(entry->lane, "/Services/IS" DIGITS);
    assert_int_equal(entry->also_done, 202);
    by_name = write_queue_list_path(entry, "n");
    assert_string_equal(by_name, "/v1/Services/IS" DIGITS "/Conversations/n");
    sqlite3_free(by_name);
    write_draft_end(&draft);
}

/* What writes make of a participant's identity in a path is not known: OR REPLACE does not go there. */
static void test_names_in_paths_of_writes(void **state) {
    error problem = {0};
    (void)state;
    write_draft_begin(&draft, "participants", V);
    write_draft_set(&draft, "chat_service_sid", "'IS" DIGITS "'");
    write_draft_set(&draft, "conversation_sid", "'CH" DIGITS "'");
    write_draft_set(&draft, "identity", "'ann'");
    draft.row.conflict = SQLITE_REPLACE;
    const write_entry *entry = queued(&problem);
    assert_non_null(entry);
    assert_null(entry->replace_path);
    write_draft_end(&draft);
    write_draft_begin(&draft, "conversations", V);
    write_draft_set(&draft, "chat_service_sid", "'IS" DIGITS "'");
    write_draft_set(&draft, "unique_name", "'a b'");
    draft.row.conflict = SQLITE_REPLACE;
    entry = queued(&problem);
    assert_non_null(entry);
    assert_string_equal(entry->replace_path, "/v1/Services/IS" DIGITS "/Conversations/a%20b");
    write_draft_end(&draft);
}

static void test_singles_are_only_updated(void **state) {
    static const struct {
        const char *table, *message;
    } cases[] = {
        {"service_webhooks",
         "service_webhooks: rows cannot be inserted: there is always exactly one of each service, to be updated"},
        {"account_webhooks",
         "account_webhooks: rows cannot be inserted: there is always exactly one of the account, to be updated"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        error problem = {0};
        write_draft_begin(&draft, cases[i].table, V);
        assert_null(queued(&problem));
        assert_int_equal(problem.rc, SQLITE_READONLY);
        assert_string_equal(problem.message, cases[i].message);
        error_clear(&problem);
        write_draft_end(&draft);
    }
}

#define with_database(test) cmocka_unit_test_setup_teardown(test, write_draft_setup, write_draft_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        with_database(test_durations),
        with_database(test_timers),
        with_database(test_timers_cannot_be_null),
        with_database(test_names_that_are_kept),
        with_database(test_case_of_enumerations),
        with_database(test_keywords_of_a_trigger),
        with_database(test_a_medium),
        with_database(test_participants_together),
        with_database(test_nulls_in_objects),
        with_database(test_nulls_in_inserts),
        with_database(test_derived_leaves),
        cmocka_unit_test_setup_teardown(test_place_of_a_conversation, connect_first, disconnect_last),
        cmocka_unit_test_setup_teardown(test_names_in_paths_of_writes, connect_first, disconnect_last),
        cmocka_unit_test_setup_teardown(test_singles_are_only_updated, connect_first, disconnect_last),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
