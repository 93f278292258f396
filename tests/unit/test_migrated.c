/*
** The tables of Chat's names where Conversations is spoken: what its answers become, what is asked for, what is sent, and
** what is refused. test_migrated_spec.c compares names with the vendor's spec; tests/sql/migrated_*.sql see it whole.
*/
#include "catalog/generations.h"
#include "unit/fake_client.h"

#include "plan/address.h"
#include "plan/plan_text.h"
#include "plan/sendable.h"
#include "read/route.h"
#include "unit/environment.h"
#include "unit/faulty_memory.h"
#include "unit/named.h"
#include "unit/parsed.h"
#include "unit/plan_draft.h"
#include "unit/write_draft.h"

#define DIGITS "0123456789abcdef0123456789abcdef"
#define IS "IS" DIGITS
#define CH "CH" DIGITS

/* ---- what comes ---- */

/* The cell of a column in the only row of a list's answer, as text. */
static const char *shown_as(const catalog_resource *resource, const char *row, const char *column) {
    static char text[2000];
    char body[3000];
    error problem = {0};
    const char *key = resource->single ? "" : catalog_json_name(resource, resource->list_key, CATALOG_CONVERSATIONS);
    snprintf(body, sizeof body, resource->single ? "%s%s" : "{\"%s\":[%s],\"meta\":{\"next_page_url\":null}}", key,
             row);
    page *content = resource->single ? page_parse_single(resource, CATALOG_CONVERSATIONS, body, strlen(body), &problem)
                                     : page_parse_list(resource, CATALOG_CONVERSATIONS, body, strlen(body), &problem);
    if (!content) {
        fail_msg("%s", problem.message);
    }
    const page_cell *cell = page_at(content, 0, (size_t)catalog_column_index(resource, column));
    if (cell->type == CELL_TEXT || cell->type == CELL_JSON) {
        snprintf(text, sizeof text, "%s", page_text(content, cell));
    } else if (cell->type == CELL_INTEGER) {
        snprintf(text, sizeof text, "%d", (int)cell->value.integer);
    } else {
        snprintf(text, sizeof text, "%s", cell->type == CELL_NULL ? "NULL" : "?");
    }
    page_release(content);
    return text;
}

static void expect_shown(const char *table, const char *row, const char *column, const char *expected) {
    assert_string_equal(shown_as(named_resource(table), row, column), expected);
}

static void test_channels(void **state) {
    static const char row[] = "{\"sid\":\"" CH "\",\"chat_service_sid\":\"" IS "\",\"unique_name\":\"u\",\"state\":"
                              "\"active\",\"messaging_service_sid\":\"MG1\",\"attributes\":\"{}\"}";
    (void)state;
    expect_shown("channels", row, "sid", CH);
    expect_shown("channels", row, "service_sid", IS);
    expect_shown("channels", row, "unique_name", "u");
    expect_shown("channels", row, "type", "private");
    expect_shown("channels", row, "messaging_service_sid", "MG1");
    expect_shown("channels", row, "members_count", "NULL");
    expect_shown("channels", "{\"sid\":\"" CH "\",\"type\":\"public\"}", "type", "private");
}

static void test_members(void **state) {
    static const char row[] =
        "{\"sid\":\"MB1\",\"conversation_sid\":\"" CH "\",\"identity\":\"ann\",\"role_sid\":\"RL1\","
        "\"last_read_message_index\":7,\"last_read_timestamp\":\"2026-01-02T03:04:05Z\"}";
    (void)state;
    expect_shown("members", row, "channel_sid", CH);
    expect_shown("members", row, "identity", "ann");
    expect_shown("members", row, "last_consumed_message_index", "7");
    expect_shown("members", row, "last_consumption_timestamp", "2026-01-02T03:04:05Z");
}

static void test_messages(void **state) {
    (void)state;
    expect_shown("messages", "{\"sid\":\"IM1\",\"author\":\"ann\",\"index\":3}", "from", "ann");
    expect_shown("messages", "{\"sid\":\"IM1\",\"from\":\"x\"}", "from", "NULL");
    expect_shown("messages",
                 "{\"sid\":\"IM1\",\"media\":[{\"size\":5,\"sid\":\"ME1\",\"category\":\"media\"},{\"sid\":\"ME2\"}]}",
                 "media", "{\"sid\":\"ME1\",\"size\":5}");
    expect_shown("messages", "{\"sid\":\"IM1\",\"media\":[]}", "media", "NULL");
    expect_shown("messages", "{\"sid\":\"IM1\",\"media\":null}", "media", "NULL");
    expect_shown("messages", "{\"sid\":\"IM1\",\"media\":{\"sid\":\"ME1\"}}", "media", "{\"sid\":\"ME1\"}");
    expect_shown("messages", "{\"sid\":\"IM1\"}", "was_edited", "NULL");
}

static void test_roles(void **state) {
    (void)state;
    expect_shown("roles", "{\"sid\":\"RL1\",\"type\":\"service\"}", "type", "deployment");
    expect_shown("roles", "{\"sid\":\"RL1\",\"type\":\"conversation\"}", "type", "channel");
    expect_shown("roles", "{\"sid\":\"RL1\",\"type\":\"new\"}", "type", "new");
    expect_shown("roles",
                 "{\"sid\":\"RL1\",\"permissions\":[\"addParticipant\",\"sendMessage\",\"leaveConversation\","
                 "\"deleteConversation\",5,\"readChannelMetadata\"]}",
                 "permissions",
                 "[\"addMember\",\"sendMessage\",\"leaveChannel\",\"destroyChannel\",5,\"readChannelMetadata\"]");
    expect_shown("roles", "{\"sid\":\"RL1\",\"permissions\":null}", "permissions", "NULL");
}

/* A trigger has keywords where others have events. */
static void test_webhooks(void **state) {
    (void)state;
    expect_shown("channel_webhooks", "{\"sid\":\"WH1\",\"target\":\"studio\",\"configuration\":{\"flow_sid\":\"FW1\"}}",
                 "type", "studio");
    expect_shown("channel_webhooks",
                 "{\"sid\":\"WH1\",\"target\":\"webhook\",\"configuration\":{\"url\":\"get\",\"method\":\"get\","
                 "\"filters\":[\"onMessageAdded\",\"onParticipantAdd\",\"onConversationDestroyed\"]}}",
                 "configuration",
                 "{\"url\":\"get\",\"method\":\"GET\",\"filters\":[\"onMessageSent\",\"onMemberAdd\","
                 "\"onChannelDestroyed\"]}");
    expect_shown("channel_webhooks",
                 "{\"sid\":\"WH1\",\"target\":\"trigger\",\"configuration\":{\"method\":\"post\","
                 "\"filters\":[\"onMessageAdded\"]}}",
                 "configuration", "{\"method\":\"POST\",\"filters\":[\"onMessageAdded\"]}");
    expect_shown("channel_webhooks", "{\"sid\":\"WH1\",\"configuration\":null}", "configuration", "NULL");
    expect_shown("bindings", "{\"sid\":\"BS1\",\"message_types\":[\"new_message\",\"added_to_conversation\"]}",
                 "message_types", "[\"new_message\",\"added_to_channel\"]");
}

static void test_user_channels(void **state) {
    static const char row[] =
        "{\"conversation_sid\":\"" CH "\",\"participant_sid\":\"MB1\","
        "\"last_read_message_index\":4,\"unread_messages_count\":2,\"conversation_state\":\"active\"}";
    (void)state;
    expect_shown("user_channels", row, "channel_sid", CH);
    expect_shown("user_channels", row, "member_sid", "MB1");
    expect_shown("user_channels", row, "last_consumed_message_index", "4");
    expect_shown("user_channels", row, "unread_messages_count", "2");
    expect_shown("user_channels", row, "status", "joined");
}

static void test_parts(void **state) {
    const catalog_resource *services = named_resource("services");
    const catalog_resource *part = catalog_part(services, "notifications", CATALOG_CONVERSATIONS);
    (void)state;
    assert_null(catalog_part(services, "notifications", CATALOG_V2));
    assert_null(catalog_part(services, "sid", CATALOG_CONVERSATIONS));
    assert_string_equal(shown_as(part,
                                 "{\"account_sid\":\"AC1\",\"log_enabled\":true,\"new_message\":{\"enabled\":false},"
                                 "\"removed_from_conversation\":{\"enabled\":true}}",
                                 "notifications"),
                        "{\"log_enabled\":true,\"new_message\":{\"enabled\":false},"
                        "\"removed_from_channel\":{\"enabled\":true}}");
    part = catalog_part(services, "webhook_filters", CATALOG_CONVERSATIONS);
    assert_string_equal(shown_as(part, "{\"method\":\"POST\",\"filters\":[\"onConversationAdd\"]}", "webhook_filters"),
                        "[\"onChannelAdd\"]");
    assert_string_equal(shown_as(part, "{\"method\":\"POST\",\"filters\":null}", "webhook_filters"), "NULL");
    assert_string_equal(shown_as(part, "{\"method\":\"POST\"}", "webhook_method"), "POST");
    part = catalog_part(services, "default_channel_role_sid", CATALOG_CONVERSATIONS);
    assert_string_equal(shown_as(part, "{\"default_conversation_role_sid\":\"RL1\"}", "default_channel_role_sid"),
                        "RL1");
}

/* Who tells a user's reachability is the service's part. */
static void test_teller(void **state) {
    const catalog_resource *users = named_resource("users");
    (void)state;
    assert_ptr_equal(catalog_teller(users, "reachability_enabled", CATALOG_V2), named_resource("services"));
    const catalog_resource *teller = catalog_teller(users, "reachability_enabled", CATALOG_CONVERSATIONS);
    assert_string_equal(teller->segment, "Configuration");
    assert_ptr_equal(catalog_root(teller), named_resource("services"));
}

static void parse_all(void *context) {
    static const char body[] =
        "{\"roles\":[{\"sid\":\"RL1\",\"type\":\"service\",\"permissions\":[\"addParticipant\",\"sendMessage\"]}],"
        "\"meta\":{\"next_page_url\":null}}";
    static const char single[] = "{\"log_enabled\":true,\"added_to_conversation\":{\"enabled\":false}}";
    error problem = {0};
    const catalog_resource *part = catalog_part(named_resource("services"), "notifications", CATALOG_CONVERSATIONS);
    page *content = page_parse_list(named_resource("roles"), CATALOG_CONVERSATIONS, body, sizeof body - 1, &problem);
    page_release(content);
    content = error_is_set(&problem)
                  ? NULL
                  : page_parse_single(part, CATALOG_CONVERSATIONS, single, sizeof single - 1, &problem);
    page_release(content);
    assert_true(content || problem.rc == SQLITE_NOMEM);
    assert_true(!error_is_set(&problem) || faulty_memory_failed());
    error_clear(&problem);
    (void)context;
}

static void test_making_without_memory(void **state) {
    (void)state;
    assert_in_range(faulty_memory_sweep(parse_all, NULL), 11, 10000);
}

/* ---- what is asked for ---- */

static const char *plan_text_of(const char *table, unsigned version, const char *one, const char *other) {
    static char text[400];
    plan_draft draft;
    plan made;
    buffer description;
    plan_draft_begin(&draft, table, version);
    for (const char *term = one; term; term = term == one ? other : NULL) {
        plan_draft_add(&draft, term);
    }
    plan_make(&draft.question, &made);
    /* Each term goes to one slot: SQLite hands its value over once. */
    assert_true(plan_is_sound(draft.question.resource, made.number, (int)draft.question.term_count));
    buffer_init(&description, 1000);
    plan_text_describe(&draft.question, &made, &description);
    snprintf(text, sizeof text, "%s", description.data);
    buffer_clear(&description);
    return text;
}

/* Conversations' list takes no identity, but its path does; in Chat the list is filtered, as it was. */
static void test_plan_of_an_identity(void **state) {
    (void)state;
    assert_string_equal(plan_text_of("members", CATALOG_CONVERSATIONS, "channel_sid", "identity"),
                        "GET Services/{each}/Conversations/{channel_sid}/Participants/{identity}");
    assert_string_equal(plan_text_of("members", CATALOG_V2, "channel_sid", "identity"),
                        "GET Services/{each}/Channels/{channel_sid}/Members Identity={identity}");
    assert_string_equal(plan_text_of("members", CATALOG_V1, "channel_sid", "identity IN"),
                        "GET Services/{each}/Channels/{channel_sid}/Members Identity={identity IN}");
}

static void test_plan_of_a_type(void **state) {
    (void)state;
    assert_string_equal(plan_text_of("channels", CATALOG_CONVERSATIONS, "service_sid", "type"),
                        "GET Services/{service_sid}/Conversations EndDate=9999-12-31T23:59:59Z");
    assert_string_equal(plan_text_of("channels", CATALOG_V2, "service_sid", "type"),
                        "GET Services/{service_sid}/Channels Type={type}");
    assert_string_equal(plan_text_of("channels", CATALOG_V2, "service_sid", NULL),
                        "GET Services/{service_sid}/Channels Type=public&Type=private");
}

static sendable type_verdict(unsigned version, const char *expression) {
    sqlite3_value *value = write_draft_value(expression);
    sendable verdict = sendable_check(named_resource("channels"), SLOT_FILTER0, version, value);
    sqlite3_value_free(value);
    return verdict;
}

static void test_type_needs_no_server(void **state) {
    (void)state;
    assert_int_equal(type_verdict(CATALOG_CONVERSATIONS, "'private'"), SENDABLE_YES);
    assert_int_equal(type_verdict(CATALOG_CONVERSATIONS, "'public'"), SENDABLE_NEVER);
    assert_int_equal(type_verdict(CATALOG_CONVERSATIONS, "'Private'"), SENDABLE_NEVER);
    assert_int_equal(type_verdict(CATALOG_CONVERSATIONS, "NULL"), SENDABLE_NEVER);
    assert_int_equal(type_verdict(CATALOG_V2, "'Private'"), SENDABLE_NO);
}

static char *query_of(const char *table, unsigned version, unsigned number, const char *value) {
    error problem = {0};
    walk_plan way;
    route_lead lead;
    route_source source = {.resource = named_resource(table), .version = version};
    sqlite3_value *given = value ? write_draft_value(value) : NULL;
    memset(&way, 0, sizeof way);
    bool any = route_make(&source, number, given ? 1 : 0, &given, &way, &lead, &problem);
    char *query = sqlite3_mprintf("%s", any ? way.query : "none");
    assert_false(error_is_set(&problem));
    walk_plan_clear(&way);
    sqlite3_value_free(given);
    return query;
}

static void expect_query(const char *table, unsigned version, unsigned number, const char *value,
                         const char *expected) {
    char *query = query_of(table, version, number, value);
    assert_string_equal(query, expected);
    sqlite3_free(query);
}

static void test_queries(void **state) {
    (void)state;
    expect_query("channels", CATALOG_CONVERSATIONS, 0, NULL, "EndDate=9999-12-31T23:59:59Z&PageSize=100");
    expect_query("channels", CATALOG_CONVERSATIONS, 1u << SLOT_FILTER0, "'private'",
                 "EndDate=9999-12-31T23:59:59Z&PageSize=100");
    expect_query("channels", CATALOG_CONVERSATIONS, 1u << SLOT_FILTER0, "'public'", "none");
    expect_query("channels", CATALOG_V2, 1u << SLOT_FILTER0, "'public'", "Type=public&PageSize=100");
    expect_query("users", CATALOG_CONVERSATIONS, 0, NULL, "PageSize=50");
    /* A plan made for Chat, carried out where the setting has changed meanwhile. */
    expect_query("members", CATALOG_CONVERSATIONS, 1u << SLOT_FILTER0, "'ann'", "PageSize=100");
    expect_query("members", CATALOG_V2, 1u << SLOT_NAME, "'ann'", "PageSize=100");
}

static void test_addresses(void **state) {
    static const char address[] = "/Services/" IS "/Channels/" CH "/Members/MB1";
    (void)state;
    char *path = address_request(CATALOG_CONVERSATIONS, address, "?x");
    assert_string_equal(path, "/v1/Services/" IS "/Conversations/" CH "/Participants/MB1?x");
    sqlite3_free(path);
    path = address_request(CATALOG_CONVERSATIONS, "/Services/" IS "/Users/US1/Channels", "");
    assert_string_equal(path, "/v1/Services/" IS "/Users/US1/Conversations");
    sqlite3_free(path);
}

/* ---- what is sent ---- */

static void expect_body(const char *table, bool create, const char *column, const char *value, const char *expected) {
    write_draft draft;
    write_draft_begin(&draft, table, CATALOG_CONVERSATIONS);
    if (!create) {
        write_draft_read(&draft, "{\"sid\":\"XX" DIGITS "\",\"conversation_sid\":\"" CH "\",\"identity\":\"ann\"}");
        write_draft_set(&draft, draft.row.resource->key_column,
                        strcmp(draft.row.resource->key_column, "sid") == 0 ? "'XX" DIGITS "'" : "'" CH "'");
    }
    write_draft_set(&draft, column, value);
    write_draft_expect(&draft, CATALOG_CONVERSATIONS, create, *expected ? 1 : 0, expected);
}

static void test_bodies(void **state) {
    (void)state;
    expect_body("members", true, "identity", "'ann'", "Identity=ann");
    expect_body("messages", true, "from", "'ann'", "Author=ann");
    expect_body("messages", true, "media", "'{\"sid\":\"ME" DIGITS "\"}'", "MediaSid=ME" DIGITS);
    expect_body("roles", true, "type", "'deployment'", "Type=service");
    expect_body("roles", true, "type", "'channel'", "Type=conversation");
    expect_body("credentials", true, "type", "'apn'", "Type=apn");
    expect_body("channel_webhooks", true, "type", "'studio'", "Target=studio");
    expect_body("channels", true, "type", "'private'", "");
    expect_body("user_channels", false, "last_consumed_message_index", "9", "LastReadMessageIndex=9");
    expect_body("user_channels", false, "last_consumption_timestamp", "'2026-01-02T03:04:05Z'",
                "LastReadTimestamp=2026-01-02T03%3A04%3A05Z");
}

static void test_several_words(void **state) {
    write_draft draft;
    (void)state;
    write_draft_begin(&draft, "roles", CATALOG_CONVERSATIONS);
    write_draft_set(&draft, "permissions",
                    "'[\"inviteMember\",\"sendMessage\",\"addMember\",\"own\",\"leaveChannel\"]'");
    write_draft_expect(&draft, CATALOG_CONVERSATIONS, true, 4,
                       "Permission=addParticipant&Permission=sendMessage&Permission=own&Permission=leaveConversation");
    /* What is told as it is is not held back, however often it comes. */
    write_draft_begin(&draft, "roles", CATALOG_CONVERSATIONS);
    write_draft_set(&draft, "permissions", "'[\"own\",\"own\",\"addParticipant\",\"addMember\"]'");
    write_draft_expect(&draft, CATALOG_CONVERSATIONS, true, 3,
                       "Permission=own&Permission=own&Permission=addParticipant");
    write_draft_begin(&draft, "channel_webhooks", CATALOG_CONVERSATIONS);
    write_draft_set(&draft, "configuration",
                    "'{\"url\":\"u\",\"method\":\"GET\",\"filters\":[\"onMessageSent\",\"onMemberUpdate\"]}'");
    write_draft_expect(&draft, CATALOG_CONVERSATIONS, true, 4,
                       "Configuration.Url=u&Configuration.Method=get&Configuration.Filters=onMessageAdded&"
                       "Configuration.Filters=onParticipantUpdate");
    write_draft_begin(&draft, "roles", CATALOG_V2);
    write_draft_set(&draft, "permissions", "'[\"inviteMember\",\"addMember\"]'");
    write_draft_expect(&draft, CATALOG_V2, true, 2, "Permission=inviteMember&Permission=addMember");
}

/* ---- whole rows ---- */

static sqlite3 *db;
static connection *shared;

static int begin(void **state) {
    error problem = {0};
    (void)state;
    environment_clear();
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    shared = connection_open(db, &problem);
    return shared == NULL || reading_attach(shared) != SQLITE_OK || writing_attach(shared) != SQLITE_OK;
}

static int end(void **state) {
    (void)state;
    connection_release(shared);
    return sqlite3_close(db);
}

static void expect_refusal(const char *table, bool insert, const char *column, const char *value, const char *message) {
    write_draft draft;
    error problem = {0};
    write_draft_begin(&draft, table, CATALOG_CONVERSATIONS);
    draft.row.shared = shared;
    draft.row.owner = shared;
    draft.row.told = true;
    if (!insert) {
        draft.row.path = strcmp(table, "services") == 0 ? "/Services/" IS : "/Services/" IS "/Channels/" CH;
        write_draft_read(&draft, "{\"sid\":\"XX" DIGITS "\"}");
        write_draft_set(&draft, "sid", "'XX" DIGITS "'");
        write_draft_set(&draft, "path",
                        strcmp(table, "services") == 0 ? "'/Services/" IS "'" : "'/Services/" IS "/Channels/" CH "'");
    }
    write_draft_set(&draft, column, value);
    if (strcmp(table, "channels") == 0 && !insert && strcmp(column, "type") != 0) {
        write_draft_set(&draft, "type", "'private'");
    }
    if (insert) {
        write_row_insert(&draft.row, &problem);
    } else {
        write_row_update(&draft.row, &problem);
    }
    /* A key of a JSON value is a matter of the row, a column of the statement. */
    assert_int_equal(problem.rc, strstr(message, ": \"") ? SQLITE_CONSTRAINT : SQLITE_ERROR);
    assert_string_equal(problem.message, message);
    assert_int_equal(writing_of(shared)->queue.count, 0);
    error_clear(&problem);
    write_draft_end(&draft);
}

static void test_refusals(void **state) {
    (void)state;
    expect_refusal("members", true, "last_consumed_message_index", "3",
                   "members.last_consumed_message_index cannot be set by INSERT in conversations of the API: "
                   "Conversations takes it of an UPDATE, after the INSERT");
    expect_refusal(
        "channels", true, "created_by", "'ann'",
        "channels.created_by cannot be set by INSERT in conversations of the API: Conversations does not take "
        "it: leave it out");
    expect_refusal("channels", true, "type", "'public'",
                   "channels.type cannot be set by INSERT in conversations of the API: every conversation is private");
    expect_refusal("channels", false, "type", "'public'",
                   "channels.type cannot be set by UPDATE in conversations of the API: every conversation is private");
    expect_refusal("services", false, "friendly_name", "'x'",
                   "services.friendly_name cannot be set by UPDATE in conversations of the API: Conversations names a "
                   "service when it is made, and never again");
    expect_refusal("services", false, "limits", "'{}'",
                   "services.limits cannot be set by UPDATE in conversations of the API: Conversations has no such "
                   "setting: leave it out");
    expect_refusal("services", false, "notifications", "'{\"invited_to_channel\":{\"enabled\":true}}'",
                   "services.notifications: \"invited_to_channel.enabled\" cannot be set in conversations of the API: "
                   "Conversations has no invites: leave it out");
}

/* An UPDATE of a service that concerns three parts of it. */
static void change_service(write_draft *draft) {
    write_draft_begin(draft, "services", CATALOG_CONVERSATIONS);
    draft->row.shared = shared;
    draft->row.owner = shared;
    draft->row.told = true;
    draft->row.path = "/Services/" IS;
    write_draft_read(draft, "{\"sid\":\"" IS "\"}");
    write_draft_set(draft, "sid", "'" IS "'");
    write_draft_set(draft, "path", "'/Services/" IS "'");
    write_draft_set(draft, "reachability_enabled", "1");
    write_draft_set(draft, "notifications", "'{\"added_to_channel\":{\"enabled\":true},\"log_enabled\":false}'");
    write_draft_set(draft, "webhook_filters", "'[\"onMemberAdded\"]'");
}

/* Three calls in order, each with what has changed; then one of them once more. */
static void test_update_of_parts(void **state) {
    write_draft draft;
    error problem = {0};
    (void)state;
    change_service(&draft);
    write_row_update(&draft.row, &problem);
    assert_false(error_is_set(&problem));
    write_entry **entries = writing_of(shared)->queue.entries;
    assert_int_equal(writing_of(shared)->queue.count, 3);
    assert_string_equal(entries[0]->path, "/v1/Services/" IS "/Configuration");
    assert_string_equal(entries[0]->body, "ReachabilityEnabled=true");
    assert_string_equal(entries[1]->path, "/v1/Services/" IS "/Configuration/Notifications");
    assert_string_equal(entries[1]->body, "AddedToConversation.Enabled=true&LogEnabled=false");
    assert_string_equal(entries[2]->path, "/v1/Services/" IS "/Configuration/Webhooks");
    assert_string_equal(entries[2]->body, "Filters=onParticipantAdded");
    assert_string_equal(entries[2]->lane, "");
    assert_false(entries[2]->webhooks);
    /* The same statement gives the row again: its calls take the places of the first ones. */
    write_draft_set(&draft, "reachability_enabled", "0");
    write_row_update(&draft.row, &problem);
    assert_int_equal(writing_of(shared)->queue.count, 3);
    assert_string_equal(writing_of(shared)->queue.entries[0]->body, "ReachabilityEnabled=false");
    /* A later one with the same values sends nothing more. */
    draft.row.reads++;
    write_row_update(&draft.row, &problem);
    assert_false(error_is_set(&problem));
    assert_int_equal(writing_of(shared)->queue.count, 3);
    write_draft_end(&draft);
}

static void update_service(void *context) {
    write_draft *draft = context;
    error problem = {0};
    write_row_update(&draft->row, &problem);
    /* All of it is queued, or nothing. */
    assert_int_equal(writing_of(shared)->queue.count, error_is_set(&problem) ? 0 : 3);
    assert_true(problem.rc == SQLITE_OK || (problem.rc == SQLITE_NOMEM && faulty_memory_failed()));
    error_clear(&problem);
    writing_clear_calls(writing_of(shared));
}

static void test_update_of_parts_without_memory(void **state) {
    write_draft draft;
    (void)state;
    change_service(&draft);
    assert_in_range(faulty_memory_sweep(update_service, &draft), 30, 10000);
    write_draft_end(&draft);
}

/* Where an address is seen from the row that a call is about, whatever the path that is sent. */
static void test_positions(void **state) {
    write_queue queue;
    (void)state;
    memset(&queue, 0, sizeof queue);
    write_entry *entry = write_queue_add(&queue, WRITE_UPDATE, NULL, named_resource("channels"));
    entry->lane = "/Services/IS1";
    entry->path = sqlite3_mprintf("/v1/Services/IS1/Conversations/CH1");
    entry->sid = sqlite3_mprintf("CH1");
    assert_int_equal(write_queue_position(entry, "/Services/IS1/Channels/CH1"), WRITE_THERE);
    assert_int_equal(write_queue_position(entry, "/Services/IS1/Channels/CH1/Messages/IM1"), WRITE_BELOW);
    assert_int_equal(write_queue_position(entry, "/Services/IS1/Channels/CH11"), WRITE_ELSEWHERE);
    assert_int_equal(write_queue_position(entry, "/Services/IS1/Channels"), WRITE_ELSEWHERE);
    assert_int_equal(write_queue_position(entry, "/Services/IS1/Conversations/CH1"), WRITE_ELSEWHERE);
    char *address = write_queue_address(entry);
    assert_string_equal(address, "/Services/IS1/Channels/CH1");
    sqlite3_free(address);
    write_queue_clear(&queue);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_channels),
        cmocka_unit_test(test_members),
        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_roles),
        cmocka_unit_test(test_webhooks),
        cmocka_unit_test(test_user_channels),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_teller),
        cmocka_unit_test(test_making_without_memory),
        cmocka_unit_test(test_plan_of_an_identity),
        cmocka_unit_test(test_plan_of_a_type),
        cmocka_unit_test(test_type_needs_no_server),
        cmocka_unit_test(test_queries),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_bodies),
        cmocka_unit_test(test_several_words),
        cmocka_unit_test_setup_teardown(test_refusals, begin, end),
        cmocka_unit_test_setup_teardown(test_update_of_parts, begin, end),
        cmocka_unit_test_setup_teardown(test_update_of_parts_without_memory, begin, end),
        cmocka_unit_test(test_positions),
    };
    faulty_memory_install();
    write_draft_open_database();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    write_draft_close_database();
    return failed;
}
