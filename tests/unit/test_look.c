/*
** Whose look a cursor gets: that of its statement's other cursors as long as one of them is open, and never one of another
** statement or of an earlier execution.
*/
#include "catalog/generations.h"
#include "unit/fake_client.h"

#include "read/look.h"
#include "session/connection.h"
#include "unit/environment.h"
#include "unit/named.h"

static sqlite3 *db;
static connection *shared;

/* Statements are known by an address and a number. */
static const char statements[2];
#define ONE ((statement_name){&statements[0], 1})
#define OTHER ((statement_name){&statements[1], 2})
#define UNKNOWN ((statement_name){NULL, 0})

static void keep(void *companion) {
    (void)companion;
}

static int begin(void **state) {
    error problem = {0};
    (void)state;
    environment_clear();
    waits_left = -1;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    shared = connection_open(db, &problem);
    assert_non_null(shared);
    assert_int_equal(reading_attach(shared), SQLITE_OK);
    return 0;
}

static int end(void **state) {
    (void)state;
    assert_null(reading_of(shared)->looks);
    connection_release(shared);
    sqlite3_close(db);
    return 0;
}

static look_cursor *opened(void) {
    look_cursor *cursor = sqlite3_malloc64(sizeof *cursor);
    assert_non_null(cursor);
    memset(cursor, 0, sizeof *cursor);
    look_cursor_open(shared, cursor);
    return cursor;
}

static void begun(look_cursor *cursor, statement_name by) {
    assert_int_equal(look_cursor_begin(shared, cursor, by), SQLITE_OK);
}

static void closed(look_cursor *cursor) {
    look_cursor_close(shared, cursor);
    sqlite3_free(cursor);
}

/* Which cursors have looked through the same look before: each adds its digit. */
static int marked(look_cursor *cursor, int digit) {
    error problem = {0};
    int *mark = look_companion(cursor->view, "mark", sizeof *mark, keep, &problem);
    assert_non_null(mark);
    *mark = *mark * 10 + digit;
    return *mark;
}

static void test_shared(void **state) {
    (void)state;
    look_cursor *first = opened(), *second = opened(), *third = opened();
    begun(first, ONE);
    begun(second, OTHER);
    begun(third, ONE);
    assert_int_equal(marked(first, 1), 1);
    assert_int_equal(marked(second, 2), 2);
    assert_int_equal(marked(third, 3), 13);
    closed(first);
    begun(third, ONE); /* a further xFilter */
    assert_int_equal(marked(third, 4), 134);
    closed(second);
    closed(third);
}

static void test_unknown(void **state) {
    (void)state;
    look_cursor *first = opened(), *second = opened();
    begun(first, UNKNOWN);
    begun(second, UNKNOWN);
    assert_int_equal(marked(first, 1), 1);
    assert_int_equal(marked(second, 2), 2);
    closed(first);
    closed(second);
}

/* All cursors are closed before a statement begins again. */
static void test_run_again(void **state) {
    (void)state;
    look_cursor *first = opened();
    begun(first, ONE);
    assert_int_equal(marked(first, 1), 1);
    closed(first);
    look_cursor *second = opened();
    begun(second, ONE);
    assert_int_equal(marked(second, 2), 2);
    closed(second);
}

/* A cursor in the place of another, as when a subquery is come to once more. */
static void test_inherited(void **state) {
    (void)state;
    look_cursor *first = opened();
    begun(first, ONE);
    marked(first, 1);
    look_cursor *second = opened();
    closed(first);
    begun(second, ONE);
    assert_int_equal(marked(second, 2), 12);
    look_cursor *third = opened();
    closed(second);
    begun(third, OTHER);
    assert_int_equal(marked(third, 3), 3);
    assert_null(third->inherited);
    closed(third);
}

/* While the heir waits, a subquery of the statement begins, or one of another: the first finds what there is. */
static void test_inherited_meanwhile(void **state) {
    (void)state;
    look_cursor *first = opened();
    begun(first, ONE);
    marked(first, 1);
    look_cursor *heir = opened();
    closed(first);
    look_cursor *other = opened(), *subquery = opened();
    begun(other, OTHER);
    assert_int_equal(marked(other, 2), 2);
    begun(subquery, ONE);
    assert_int_equal(marked(subquery, 3), 13);
    begun(heir, ONE);
    assert_int_equal(marked(heir, 4), 134);
    closed(other);
    closed(subquery);
    assert_int_equal(marked(heir, 5), 1345);
    closed(heir);
}

/* While the heir waits, the statement begins again: it looks anew. */
static void test_inherited_by_another(void **state) {
    sqlite3_stmt *runs = NULL;
    (void)state;
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT 1", -1, &runs, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(runs), SQLITE_ROW);
    look_cursor *first = opened();
    begun(first, ONE);
    marked(first, 1);
    look_cursor *heir = opened();
    closed(first);
    sqlite3_reset(runs);
    assert_int_equal(sqlite3_step(runs), SQLITE_ROW);
    look_cursor *again = opened();
    begun(again, ONE);
    assert_int_equal(marked(again, 2), 2);
    begun(heir, OTHER);
    assert_int_equal(marked(heir, 3), 3);
    closed(again);
    closed(heir);
    sqlite3_finalize(runs);
}

/* Only what is closed right after it has been opened; and it may end without ever having begun. */
static void test_no_heir(void **state) {
    (void)state;
    look_cursor *first = opened(), *second = opened(), *third = opened();
    begun(first, ONE);
    marked(first, 1);
    closed(first);
    begun(second, ONE);
    assert_int_equal(marked(second, 2), 2);
    look_cursor *heir = opened();
    closed(second);
    closed(heir);
    closed(third);
}

static void answer(const client_request *asked, client_answer *answer) {
    (void)asked;
    set_body(answer, "{\"sid\":\"IS1\"}");
}

/* Rows of two servers, or of two accounts, are never rows of one statement: what it still has to ask for is refused. */
static void test_another_server(void **state) {
    error problem = {0};
    look_wish asked = {
        .resource = named_resource("services"), .version = CATALOG_V1, .path = "/v1/Services/IS1", .single = true};
    look_wish later = asked;
    later.path = "/v1/Services/IS2";
    (void)state;
    answer_of = answer;
    look_cursor *cursor = opened();
    begun(cursor, ONE);
    look_entry *first = look_get(cursor->view, &asked, &problem);
    assert_non_null(first);
    settings_set(&shared->settings, SETTING_URL, "https://other.example", &problem);
    assert_false(error_is_set(&problem));
    look_entry *again = look_get(cursor->view, &asked, &problem);
    assert_ptr_equal(again, first);
    assert_null(look_get(cursor->view, &later, &problem));
    assert_string_equal(
        problem.message,
        "services: the server or the credentials were changed (in chat_settings) while this statement was "
        "running: run it again");
    error_clear(&problem);
    look_put(again);
    look_put(first);
    closed(cursor);
    cursor = opened();
    begun(cursor, ONE);
    first = look_get(cursor->view, &later, &problem);
    assert_non_null(first);
    look_put(first);
    closed(cursor);
}

#define SERVICE "IS00000000000000000000000000000001"
#define CHANNEL "CH00000000000000000000000000000001"
#define MEDIUM "ME00000000000000000000000000000001"

/* Of a service's lists there are few: their further pages leave before those of lists under channels. */
static void test_precedence(void **state) {
    static const struct {
        const char *table, *path;
        bool single, goes_on;
        int precedence;
    } cases[] = {{"users", "/v1/Services/" SERVICE "/Users?Page=1", false, true, 2},
                 {"users", "/v1/Services/" SERVICE "/Users?Page=0", false, false, 0},
                 {"roles", "/v1/Services/" SERVICE "/Roles/x", true, true, 1},
                 {"services", "/v1/Services?Page=1", false, true, 2},
                 {"messages", "/v1/Services/" SERVICE "/Channels/" CHANNEL "/Messages?Page=1", false, true, 1},
                 {"messages", "/v1/Services/" SERVICE "/Channels/" CHANNEL "/Messages?Page=0", false, false, 0}};
    error problem = {0};
    look_cursor *cursor = opened();
    (void)state;
    begun(cursor, ONE);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        look_wish wish = {.resource = named_resource(cases[i].table),
                          .version = CATALOG_V1,
                          .path = cases[i].path,
                          .single = cases[i].single,
                          .goes_on = cases[i].goes_on};
        look_entry *entry = look_get(cursor->view, &wish, &problem);
        assert_non_null(entry);
        assert_int_equal(last_precedence, cases[i].precedence);
        look_put(entry);
    }
    closed(cursor);
}

static void answer_service(const client_request *asked, client_answer *answer) {
    (void)asked;
    set_body(answer, "{\"sid\":\"" SERVICE "\"}");
}

static void answer_medium(const client_request *asked, client_answer *answer) {
    (void)asked;
    set_body(answer, "{\"sid\":\"" MEDIUM "\",\"service_sid\":\"" SERVICE
                     "\",\"links\":{\"content_direct_temporary\":\"https://content.example/secret\"}}");
}

static look_wish wish_for_medium(void) {
    return (look_wish){.resource = named_resource("media"),
                       .version = CATALOG_MEDIA,
                       .path = "/v1/Services/" SERVICE "/Media/" MEDIUM,
                       .single = true};
}

/* How many requests that makes, given back and asked for twice. */
static int64_t asked_twice(const look_wish *wish) {
    error problem = {0};
    look_cursor *cursor = opened();
    begun(cursor, ONE);
    for (int i = 0; i < 2; i++) {
        look_entry *entry = look_get(cursor->view, wish, &problem);
        assert_non_null(entry);
        while (look_poll(entry, &problem) == LOOK_PENDING) {
            look_wait(cursor->view, &problem);
        }
        assert_false(error_is_set(&problem));
        assert_non_null(look_page(entry));
        look_put(entry);
    }
    int64_t asked = look_asked(cursor->view);
    closed(cursor);
    return asked;
}

/* Single resources go to the temporary file as pages do; but what holds the address of a content, a secret, does not. */
static void test_single_in_file(void **state) {
    look_wish service = {
        .resource = named_resource("services"), .version = CATALOG_V1, .path = "/v1/Services/" SERVICE, .single = true};
    look_wish medium = wish_for_medium();
    (void)state;
    shared->without = WITHOUT_KEEP;
    answer_of = answer_service;
    assert_int_equal(asked_twice(&service), 1);
    answer_of = answer_medium;
    assert_int_equal(asked_twice(&medium), 2);
}

/* What memory has room for stays there, and needs no file: the address of a content, too. */
static void test_single_in_memory(void **state) {
    look_wish medium = wish_for_medium();
    (void)state;
    answer_of = answer_medium;
    assert_int_equal(asked_twice(&medium), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_shared, begin, end),
        cmocka_unit_test_setup_teardown(test_unknown, begin, end),
        cmocka_unit_test_setup_teardown(test_run_again, begin, end),
        cmocka_unit_test_setup_teardown(test_precedence, begin, end),
        cmocka_unit_test_setup_teardown(test_inherited, begin, end),
        cmocka_unit_test_setup_teardown(test_inherited_meanwhile, begin, end),
        cmocka_unit_test_setup_teardown(test_inherited_by_another, begin, end),
        cmocka_unit_test_setup_teardown(test_no_heir, begin, end),
        cmocka_unit_test_setup_teardown(test_another_server, begin, end),
        cmocka_unit_test_setup_teardown(test_single_in_file, begin, end),
        cmocka_unit_test_setup_teardown(test_single_in_memory, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
