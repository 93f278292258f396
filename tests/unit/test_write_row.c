/* From a row to calls in the queue: addresses, what a call belongs to, values that look unchanged. Nothing is sent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "catalog/generations.h"
#include "unit/write_draft.h"
#include "write/write_queue.h"

#define DIGITS "0123456789abcdef0123456789abcdef"
#define SERVICE "IS" DIGITS
#define OTHER_SERVICE "ISffffffffffffffffffffffffffffffff"
#define CHANNEL "CH" DIGITS

static connection *shared;
static write_draft draft;

static int begin(void **state) {
    (void)state;
    shared = write_draft_connect();
    return shared == NULL;
}

static int end(void **state) {
    (void)state;
    write_draft_disconnect(shared);
    return 0;
}

static void begin_row(const char *table, const char *path) {
    write_draft_begin(&draft, table, CATALOG_V1);
    draft.row.shared = shared;
    draft.row.owner = shared;
    draft.row.path = path;
}

typedef void write_function(const write_row *row, error *problem);

/* Writes and checks the call queued last; ends the draft. */
static const write_entry *expect(write_function *write, const char *path, const char *body) {
    error problem = {0};
    write(&draft.row, &problem);
    if (error_is_set(&problem)) {
        fail_msg("%s", problem.message);
    }
    assert_true(writing_of(shared)->queue.count > 0);
    const write_entry *entry = writing_of(shared)->queue.entries[writing_of(shared)->queue.count - 1];
    assert_string_equal(entry->path, path);
    assert_string_equal(entry->body ? entry->body : "none", body);
    write_draft_end(&draft);
    return entry;
}

/* Must be refused with that reason, and queue nothing. */
static void refuse(write_function *write, const char *reason) {
    error problem = {0};
    size_t before = writing_of(shared)->queue.count;
    write(&draft.row, &problem);
    assert_int_equal(writing_of(shared)->queue.count, before);
    if (!problem.message || strcmp(problem.message, reason) != 0) {
        fail_msg("\"%s\" instead of \"%s\"", problem.message ? problem.message : "accepted", reason);
    }
    error_clear(&problem);
    write_draft_end(&draft);
}

static const write_entry *make_channel(const char *service, const char *name) {
    char value[60], path[100], body[100];
    begin_row("channels", NULL);
    sqlite3_snprintf(sizeof value, value, "'%s'", service);
    write_draft_set(&draft, "service_sid", value);
    sqlite3_snprintf(sizeof value, value, "'%s'", name);
    write_draft_set(&draft, "unique_name", value);
    sqlite3_snprintf(sizeof path, path, "/v1/Services/%s/Channels", service);
    sqlite3_snprintf(sizeof body, body, "UniqueName=%s", name);
    return expect(write_row_insert, path, body);
}

static void begin_message(const char *channel) {
    begin_row("messages", NULL);
    write_draft_set(&draft, "service_sid", "'" SERVICE "'");
    write_draft_set(&draft, "channel_sid", channel);
    write_draft_set(&draft, "body", "'hello'");
}

/* A name in place of a SID stands for the channel of that name made in this transaction, in that service, the latest. */
static void test_parent_by_name(void **state) {
    (void)state;
    make_channel(SERVICE, "general");
    make_channel(SERVICE, "general");
    make_channel(SERVICE, "other");
    make_channel(OTHER_SERVICE, "general");
    begin_message("'general'");
    const write_entry *message =
        expect(write_row_insert, "/v1/Services/" SERVICE "/Channels/*2/Messages", "Body=hello");
    assert_int_equal(message->after, 2);
    assert_string_equal(message->lane, "/Services/" SERVICE "/Channels/*2");
}

static void test_parent_by_an_unknown_name(void **state) {
    (void)state;
    make_channel(OTHER_SERVICE, "general");
    begin_message("'general'");
    refuse(write_row_insert,
           "messages.channel_sid \"general\" is neither a SID nor the unique_name of a channel made in this "
           "transaction: give the SID, such as (SELECT sid FROM channels WHERE unique_name = '...')");
}

/* What was rolled back was not made. */
static void test_parent_rolled_back(void **state) {
    (void)state;
    make_channel(SERVICE, "general");
    write_queue_roll_back(&writing_of(shared)->queue, NULL, 0);
    begin_message("'general'");
    refuse(write_row_insert,
           "messages.channel_sid \"general\" is neither a SID nor the unique_name of a channel made in this "
           "transaction: give the SID, such as (SELECT sid FROM channels WHERE unique_name = '...')");
}

/* What a COMMIT has made that found the database locked then is known by its SID: it alone loses its name. */
static void test_parent_sent_and_renamed(void **state) {
    (void)state;
    make_channel(SERVICE, "general");
    write_entry *made = write_queue_find(&writing_of(shared)->queue, 1);
    made->state = WRITE_SENT;
    made->sid = sqlite3_mprintf("%s", CHANNEL);
    begin_row("channels", "/Services/" SERVICE "/Channels/CHffffffffffffffffffffffffffffffff");
    expect(write_row_delete, "/v1/Services/" SERVICE "/Channels/CHffffffffffffffffffffffffffffffff", "none");
    begin_message("'general'");
    expect(write_row_insert, "/v1/Services/" SERVICE "/Channels/*1/Messages", "Body=hello");
    begin_row("channels", "/Services/" SERVICE "/Channels/" CHANNEL);
    write_draft_set(&draft, "path", "'/Services/" SERVICE "/Channels/" CHANNEL "'");
    write_draft_set(&draft, "sid", "'" CHANNEL "'");
    write_draft_set(&draft, "unique_name", "'away'");
    write_draft_set(&draft, "attributes", "'{}'");
    write_draft_read(&draft, "{\"sid\":\"" CHANNEL "\",\"unique_name\":\"general\",\"attributes\":\"{}\"}");
    expect(write_row_update, "/v1/Services/" SERVICE "/Channels/" CHANNEL, "UniqueName=away");
    begin_message("'general'");
    refuse(write_row_insert,
           "messages.channel_sid \"general\": whose name that will be is not known, since this transaction may take it "
           "away from what it has been given to: give the SID, or COMMIT before");
}

/* What follows a NUL would be lost, and the row would go to another parent than was named. */
static void test_nul_in_addresses(void **state) {
    (void)state;
    make_channel(SERVICE, "general");
    begin_message("'general' || char(0) || 'x'");
    refuse(write_row_insert, "messages.channel_sid may not contain a NUL character");
    begin_message("'" CHANNEL "' || char(0)");
    refuse(write_row_insert, "messages.channel_sid may not contain a NUL character");
    begin_row("channels", NULL);
    write_draft_set(&draft, "service_sid", "'" SERVICE "' || char(0)");
    refuse(write_row_insert, "channels.service_sid may not contain a NUL character");
}

/* A table of one service writes into that one only. */
static void test_configured_service(void **state) {
    (void)state;
    begin_row("channels", NULL);
    draft.row.service_sid = SERVICE;
    expect(write_row_insert, "/v1/Services/" SERVICE "/Channels", "");
    begin_row("channels", NULL);
    draft.row.service_sid = SERVICE;
    write_draft_set(&draft, "service_sid", "'" OTHER_SERVICE "'");
    refuse(write_row_insert,
           "channels.service_sid \"" OTHER_SERVICE "\" is not the service that this table holds (" SERVICE ")");
}

/*
** A list shows NULL in place of attributes that it hides: to set them to NULL is a change all the same, and one that the
** API would take for something else.
*/
static void test_null_over_a_hidden_value(void **state) {
    (void)state;
    begin_row("channels", "/Services/" SERVICE "/Channels/" CHANNEL);
    write_draft_read(&draft, "{\"sid\":\"" CHANNEL "\",\"friendly_name\":null,\"attributes\":null}");
    write_draft_set(&draft, "sid", "'" CHANNEL "'");
    write_draft_set(&draft, "path", "'/Services/" SERVICE "/Channels/" CHANNEL "'");
    refuse(write_row_update, "channels.attributes cannot be NULL: give JSON, {} for an empty object");
}

/* ---- several UPDATEs of a row ---- */

#define CHANNEL_PATH "/Services/" SERVICE "/Channels/" CHANNEL
#define USER "US" DIGITS
#define USER_PATH "/Services/" SERVICE "/Users/" USER

/* What the other columns of the statements below are. */
static const char *usual_name = "'old'", *usual_attributes = "'{}'";

/* Updates a column of a user whose friendly_name the statement has shown as 'old'; reads: one number for each statement. */
static void update_user(const char *column, const char *value, int64_t reads) {
    error problem = {0};
    begin_row("users", USER_PATH);
    write_draft_read(&draft,
                     "{\"sid\":\"" USER
                     "\",\"friendly_name\":\"old\",\"attributes\":\"{}\",\"is_online\":true,\"is_notifiable\":true}");
    write_draft_set(&draft, "sid", "'" USER "'");
    write_draft_set(&draft, "attributes", usual_attributes);
    write_draft_set(&draft, "is_online", "1");
    write_draft_set(&draft, "is_notifiable", "1");
    write_draft_set(&draft, "path", "'" USER_PATH "'");
    write_draft_set(&draft, "friendly_name", usual_name);
    write_draft_set(&draft, column, value);
    draft.row.reads = reads;
    write_row_update(&draft.row, &problem);
    if (error_is_set(&problem)) {
        fail_msg("%s", problem.message);
    }
    write_draft_end(&draft);
}

static void rename_user(const char *name, int64_t reads) {
    update_user("friendly_name", name, reads);
}

/* The bodies of the calls that are to be made, one after another. */
static void expect_bodies(const char *expected) {
    const write_queue *queue = &writing_of(shared)->queue;
    char text[500] = "";
    for (size_t i = 0; i < queue->count; i++) {
        if (queue->entries[i]->state == WRITE_PENDING) {
            sqlite3_snprintf(sizeof text, text, "%s%s%s", text, *text ? " " : "", queue->entries[i]->body);
        }
    }
    assert_string_equal(text, expected);
}

/* "Changed" is measured against what the row will be. */
static void test_updates_one_after_another(void **state) {
    (void)state;
    rename_user("'new'", 1);
    expect_bodies("FriendlyName=new");
    rename_user("'new'", 2);
    expect_bodies("FriendlyName=new");
    rename_user("'old'", 3);
    expect_bodies("FriendlyName=new FriendlyName=old");
    rename_user("'old'", 4);
    expect_bodies("FriendlyName=new FriendlyName=old");
    rename_user("'new'", 5);
    expect_bodies("FriendlyName=new FriendlyName=old FriendlyName=new");
}

/* What was rolled back is not what the row will be. */
static void test_update_rolled_back(void **state) {
    (void)state;
    rename_user("'new'", 1);
    int64_t mark = write_queue_mark(&writing_of(shared)->queue);
    rename_user("'newer'", 2);
    write_queue_roll_back(&writing_of(shared)->queue, NULL, mark);
    rename_user("'new'", 3);
    expect_bodies("FriendlyName=new");
    rename_user("'newer'", 4);
    expect_bodies("FriendlyName=new FriendlyName=newer");
}

/* Nor is it when a later call has taken note of it, and stays. */
static void test_earlier_update_rolled_back(void **state) {
    write_queue *queue = &writing_of(shared)->queue;
    (void)state;
    rename_user("'new'", 1);
    rename_user("'newer'", 2);
    rename_user("'newest'", 3);
    rename_user("'newest'", 4);
    expect_bodies("FriendlyName=new FriendlyName=newer FriendlyName=newest");
    queue->entries[2]->state = WRITE_ROLLED_BACK;
    rename_user("'newer'", 5);
    expect_bodies("FriendlyName=new FriendlyName=newer");
    queue->entries[1]->state = WRITE_ROLLED_BACK;
    rename_user("'new'", 6);
    expect_bodies("FriendlyName=new");
    update_user("role_sid", "'RL" DIGITS "'", 7); /* its friendly_name is as it was shown: set back */
    expect_bodies("FriendlyName=new FriendlyName=old&RoleSid=RL" DIGITS);
    update_user("friendly_name", "'old'", 8);
    expect_bodies("FriendlyName=new FriendlyName=old&RoleSid=RL" DIGITS " RoleSid=");
    queue->entries[3]->state = WRITE_ROLLED_BACK;
    rename_user("'new'", 9);
    expect_bodies("FriendlyName=new RoleSid=");
}

/* The same where the later call gives something else. */
static void test_other_update_rolled_back(void **state) {
    (void)state;
    rename_user("'new'", 1);
    usual_name = "'new'";
    usual_attributes = "'[1]'";
    update_user("attributes", "'[1]'", 2);
    rename_user("'new'", 3);
    expect_bodies("FriendlyName=new Attributes=%5B1%5D");
    writing_of(shared)->queue.entries[0]->state = WRITE_ROLLED_BACK;
    rename_user("'new'", 4);
    expect_bodies("Attributes=%5B1%5D FriendlyName=new");
    usual_name = "'old'";
    usual_attributes = "'{}'";
}

/* However many there are: each looks at a few. */
static void test_many_updates_of_a_row(void **state) {
    char name[20];
    (void)state;
    for (int i = 1; i <= 300; i++) {
        sqlite3_snprintf(sizeof name, name, "'n%d'", i);
        rename_user(name, i);
    }
    assert_int_equal(writing_of(shared)->queue.count, 300);
    assert_true(writing_of(shared)->calls[WRITING_ROWS].looked < 4 * 300);
}

/* What a call may or may not have made of what it gives is not known: then that is sent. */
static void test_update_after_an_unknown(void **state) {
    (void)state;
    rename_user("'new'", 1);
    writing_of(shared)->queue.entries[0]->state = WRITE_UNKNOWN;
    rename_user("'new'", 2);
    expect_bodies("FriendlyName=new"); /* what the row has is not sent where nobody has given it */
}

/* What the statement that runs has given the row before is not of an earlier one. */
static void test_again_after_an_unknown(void **state) {
    (void)state;
    rename_user("'new'", 1);
    writing_of(shared)->queue.entries[0]->state = WRITE_UNKNOWN;
    update_user("attributes", "'[1]'", 2);
    expect_bodies("FriendlyName=old&Attributes=%5B1%5D");
    update_user("attributes", "'{}'", 2);
    expect_bodies("FriendlyName=old");
}

/* A row that one statement updates several times is sent once, as it was last; and not, if it is again as it was. */
static void test_updates_of_one_statement(void **state) {
    (void)state;
    rename_user("'first'", 1);
    rename_user("'second'", 1);
    expect_bodies("FriendlyName=second");
    assert_int_equal(writing_of(shared)->queue.count, 1);
    begin_message("'" CHANNEL "'");
    expect(write_row_insert, "/v1/Services/" SERVICE "/Channels/" CHANNEL "/Messages", "Body=hello");
    rename_user("'third'", 1);
    expect_bodies("FriendlyName=third Body=hello");
    rename_user("'new'", 2);
    rename_user("'third'", 2);
    expect_bodies("FriendlyName=third Body=hello");
    assert_int_equal(writing_of(shared)->queue.count, 2);
    rename_user("'new'", 3);
    begin_message("'" CHANNEL "'");
    expect(write_row_insert, "/v1/Services/" SERVICE "/Channels/" CHANNEL "/Messages", "Body=hello");
    rename_user("'third'", 3);
    expect_bodies("FriendlyName=third Body=hello Body=hello");
}

/* What has gone out stays as it went, whatever has become of it and whichever statement it is of. */
static void test_update_already_sent(void **state) {
    (void)state;
    for (int i = 0; i < 2; i++) {
        rename_user("'first'", 1);
        writing_of(shared)->queue.entries[0]->state = i == 0 ? WRITE_SENT : WRITE_UNKNOWN;
        rename_user("'second'", 1);
        expect_bodies("FriendlyName=second");
        assert_string_equal(writing_of(shared)->queue.entries[0]->body, "FriendlyName=first");
        write_queue_clear(&writing_of(shared)->queue);
    }
}

/* The two calls that one UPDATE can make, each with what is its own. */
static void test_migration_again(void **state) {
    (void)state;
    for (int64_t reads = 1; reads <= 2; reads++) {
        begin_row("channels", CHANNEL_PATH);
        write_draft_read(&draft, "{\"sid\":\"" CHANNEL "\",\"friendly_name\":\"old\",\"type\":\"public\"}");
        write_draft_set(&draft, "sid", "'" CHANNEL "'");
        write_draft_set(&draft, "attributes", "'{}'");
        write_draft_set(&draft, "path", "'" CHANNEL_PATH "'");
        write_draft_set(&draft, "friendly_name", "'new'");
        write_draft_set(&draft, "type", "'private'");
        draft.row.reads = reads;
        expect(write_row_update, "/v3" CHANNEL_PATH, "Type=private");
        expect_bodies("FriendlyName=new&Attributes=%7B%7D Type=private");
    }
    /* Set again, it is no change, and what can only be set together with it comes too late. */
    begin_row("channels", CHANNEL_PATH);
    write_draft_read(&draft, "{\"sid\":\"" CHANNEL "\",\"friendly_name\":\"old\",\"type\":\"public\"}");
    write_draft_set(&draft, "sid", "'" CHANNEL "'");
    write_draft_set(&draft, "attributes", "'{}'");
    write_draft_set(&draft, "path", "'" CHANNEL_PATH "'");
    write_draft_set(&draft, "friendly_name", "'new'");
    write_draft_set(&draft, "type", "'private'");
    write_draft_set(&draft, "messaging_service_sid", "'MG" DIGITS "'");
    draft.row.reads = 4;
    refuse(write_row_update,
           "channels: the channel has that type already, and messaging_service_sid can be set only by "
           "the call that makes it private: leave such rows out (WHERE type = 'public')");
}

/* A name that stands in a path goes out whole, and a text that is not UTF-8 not at all. */
static void test_utf8_in_addresses(void **state) {
    (void)state;
    begin_row("channels", NULL);
    draft.row.conflict = SQLITE_REPLACE;
    write_draft_set(&draft, "service_sid", "'" SERVICE "'");
    write_draft_set(&draft, "unique_name", "char(55357, 56832)");
    const write_entry *entry = expect(write_row_insert, "/v1/Services/" SERVICE "/Channels", "UniqueName=%F0%9F%98%80");
    assert_string_equal(entry->unique_name, "\xf0\x9f\x98\x80");
    assert_string_equal(entry->replace_path, "/v1/Services/" SERVICE "/Channels/%F0%9F%98%80");
    begin_message("CAST(x'FF' AS TEXT)");
    refuse(write_row_insert, "messages.channel_sid is not valid UTF-8");
    begin_message("'" CHANNEL "'");
    write_draft_set(&draft, "service_sid", "CAST(x'FF' AS TEXT)");
    refuse(write_row_insert, "messages.service_sid is not valid UTF-8");
}

/* The address is a row's identity. */
static void test_path_cannot_change(void **state) {
    (void)state;
    begin_row("channels", "/Services/" SERVICE "/Channels/" CHANNEL);
    write_draft_read(&draft, "{\"sid\":\"" CHANNEL "\"}");
    write_draft_set(&draft, "sid", "'" CHANNEL "'");
    write_draft_set(&draft, "path", "'/Services/" OTHER_SERVICE "/Channels/" CHANNEL "'");
    refuse(write_row_update, "channels.path cannot be changed");
    begin_row("channels", "/Services/" SERVICE "/Channels/general");
    refuse(write_row_delete, "channels: \"/Services/" SERVICE "/Channels/general\" is not the address of a row");
    begin_row("channels", NULL);
    refuse(write_row_delete, "channels: \"\" is not the address of a row");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_parent_by_name, begin, end),
        cmocka_unit_test_setup_teardown(test_parent_by_an_unknown_name, begin, end),
        cmocka_unit_test_setup_teardown(test_parent_rolled_back, begin, end),
        cmocka_unit_test_setup_teardown(test_parent_sent_and_renamed, begin, end),
        cmocka_unit_test_setup_teardown(test_nul_in_addresses, begin, end),
        cmocka_unit_test_setup_teardown(test_configured_service, begin, end),
        cmocka_unit_test_setup_teardown(test_null_over_a_hidden_value, begin, end),
        cmocka_unit_test_setup_teardown(test_path_cannot_change, begin, end),
        cmocka_unit_test_setup_teardown(test_updates_one_after_another, begin, end),
        cmocka_unit_test_setup_teardown(test_update_rolled_back, begin, end),
        cmocka_unit_test_setup_teardown(test_earlier_update_rolled_back, begin, end),
        cmocka_unit_test_setup_teardown(test_other_update_rolled_back, begin, end),
        cmocka_unit_test_setup_teardown(test_many_updates_of_a_row, begin, end),
        cmocka_unit_test_setup_teardown(test_update_after_an_unknown, begin, end),
        cmocka_unit_test_setup_teardown(test_again_after_an_unknown, begin, end),
        cmocka_unit_test_setup_teardown(test_updates_of_one_statement, begin, end),
        cmocka_unit_test_setup_teardown(test_update_already_sent, begin, end),
        cmocka_unit_test_setup_teardown(test_migration_again, begin, end),
        cmocka_unit_test_setup_teardown(test_utf8_in_addresses, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
