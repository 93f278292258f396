/* What EXPLAIN QUERY PLAN shows: the requests of a plan, in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/sqlite.h"
#include "catalog/generations.h"
#include "plan/plan_text.h"
#include "unit/plan_draft.h"

enum { WORDS = 4, ONE_SERVICE = 1, HIDDEN = 2 };

typedef struct text_case {
    const char *table;
    unsigned version;
    unsigned flags;
    const char *terms[WORDS]; /* in the words of plan_draft.h */
    const char *expected;
} text_case;

static char *describe(const plan_draft *draft) {
    plan made;
    buffer text;
    buffer_init(&text, 10000);
    plan_make(&draft->question, &made);
    plan_text_describe(&draft->question, &made, &text);
    return buffer_take(&text);
}

static int check(const text_case *wanted) {
    plan_draft draft;
    plan_draft_begin(&draft, wanted->table, wanted->version);
    draft.question.one_service = (wanted->flags & ONE_SERVICE) != 0;
    draft.question.needs_hidden = (wanted->flags & HIDDEN) != 0;
    for (int i = 0; i < WORDS && wanted->terms[i] != NULL; i++) {
        plan_draft_add(&draft, wanted->terms[i]);
    }
    char *text = describe(&draft);
    bool same = text != NULL && strcmp(text, wanted->expected) == 0;
    if (!same) {
        print_message("# expected: %s\n#    found: %s\n", wanted->expected, text != NULL ? text : "nothing");
    }
    sqlite3_free(text);
    return !same;
}

static void check_all(const text_case *cases, size_t count) {
    int faults = 0;
    for (size_t i = 0; i < count; i++) {
        faults += check(&cases[i]);
    }
    assert_int_equal(faults, 0);
}

#define CHECK_ALL(cases) check_all(cases, sizeof(cases) / sizeof(cases)[0])
#define V1 CATALOG_V1
#define V2 CATALOG_V2

static void test_lists(void **state) {
    static const text_case cases[] = {
        {"services", V1, 0, {NULL}, "GET Services"},
        {"services", V1, ONE_SERVICE, {NULL}, "GET Services/{configured service}"},
        {"credentials", V1, 0, {NULL}, "GET Credentials"},
        {"credentials", V2, ONE_SERVICE, {NULL}, "GET Credentials"},
        {"roles", V1, 0, {NULL}, "GET Services/{each}/Roles"},
        {"roles", V1, ONE_SERVICE, {NULL}, "GET Services/{configured service}/Roles"},
        {"roles", V1, 0, {"service_sid"}, "GET Services/{service_sid}/Roles"},
        {"roles", V1, ONE_SERVICE, {"service_sid IN"}, "GET Services/{service_sid IN}/Roles"},
        {"messages", V1, 0, {NULL}, "GET Services/{each}/Channels/{each}/Messages"},
        {"messages",
         V1,
         ONE_SERVICE,
         {"channel_sid IN"},
         "GET Services/{configured service}/Channels/{channel_sid IN}/Messages"},
        {"user_channels", V1, 0, {"user_sid"}, "GET Services/{each}/Users/{user_sid}/Channels"},
        {"channel_webhooks",
         V2,
         0,
         {"service_sid", "channel_sid"},
         "GET Services/{service_sid}/Channels/{channel_sid}/Webhooks"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_lookups(void **state) {
    static const text_case cases[] = {
        {"services", V1, 0, {"sid"}, "GET Services/{sid}"},
        {"services", V1, ONE_SERVICE, {"sid IN"}, "GET Services/{sid IN}"},
        {"messages",
         V1,
         0,
         {"sid", "channel_sid", "service_sid"},
         "GET Services/{service_sid}/Channels/{channel_sid}/Messages/{sid}"},
        {"messages", V1, 0, {"sid"}, "GET Services/{each}/Channels/{each}/Messages/{sid}"},
        {"messages", V2, HIDDEN, {"path"}, "GET {path}"},
        {"messages", V1, 0, {"path IN", "channel_sid"}, "GET {path IN}"},
        {"user_channels",
         V2,
         0,
         {"channel_sid", "user_sid"},
         "GET Services/{each}/Users/{user_sid}/Channels/{channel_sid}"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_names(void **state) {
    static const text_case cases[] = {
        {"channels", V1, 0, {"unique_name", "service_sid"}, "GET Services/{service_sid}/Channels/{unique_name}"},
        {"channels", V2, HIDDEN, {"unique_name IN"}, "GET Services/{each}/Channels/{unique_name IN}"},
        {"channels", V1, 0, {"unique_name", "sid"}, "GET Services/{each}/Channels/{sid}"},
        {"channels", V1, 0, {"unique_name", "type"}, "GET Services/{each}/Channels/{unique_name}"},
        {"users", V2, ONE_SERVICE, {"identity"}, "GET Services/{configured service}/Users/{identity}"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_filters(void **state) {
    static const text_case cases[] = {
        {"channels", V1, 0, {NULL}, "GET Services/{each}/Channels Type=public&Type=private"},
        {"channels", V1, 0, {"type"}, "GET Services/{each}/Channels Type={type}"},
        {"channels", V2, 0, {"service_sid", "type IN"}, "GET Services/{service_sid}/Channels Type={type IN}"},
        {"members",
         V1,
         0,
         {"channel_sid", "identity"},
         "GET Services/{each}/Channels/{channel_sid}/Members Identity={identity}"},
        {"invites", V2, 0, {"identity IN"}, "GET Services/{each}/Channels/{each}/Invites Identity={identity IN}"},
        {"bindings",
         V2,
         0,
         {"identity IN", "binding_type"},
         "GET Services/{each}/Bindings BindingType={binding_type} Identity={identity IN}"},
        {"user_bindings",
         V2,
         0,
         {"binding_type", "user_sid"},
         "GET Services/{each}/Users/{user_sid}/Bindings BindingType={binding_type}"},
        /* A version that cannot send it does not claim to. */
        {"bindings", V1, 0, {"identity"}, "GET Services/{each}/Bindings; checked here: identity"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_hidden(void **state) {
    static const text_case cases[] = {
        {"channels",
         V1,
         HIDDEN,
         {"service_sid"},
         "GET Services/{service_sid}/Channels Type=public&Type=private, then GET each row for what the list hides"},
        {"users", V1, HIDDEN, {NULL}, "GET Services/{each}/Users, then GET each row for what the list hides"},
        {"users", V1, HIDDEN, {"sid"}, "GET Services/{each}/Users/{sid}"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_order(void **state) {
    (void)state;
    for (int descending = 0; descending < 2; descending++) {
        plan_draft draft;
        plan_draft_begin(&draft, "messages", CATALOG_V1);
        plan_draft_add(&draft, "channel_sid");
        plan_draft_add(&draft, "service_sid");
        plan_draft_order(&draft, descending ? "index DESC" : "index");
        char *text = describe(&draft);
        assert_string_equal(text, descending ? "GET Services/{service_sid}/Channels/{channel_sid}/Messages Order=desc"
                                             : "GET Services/{service_sid}/Channels/{channel_sid}/Messages Order=asc");
        sqlite3_free(text);
    }
}

static void test_bounds(void **state) {
    static const text_case cases[] = {
        {"messages",
         V1,
         0,
         {"channel_sid", "index >"},
         "GET Services/{each}/Channels/{channel_sid}/Messages until past index > ?"},
        {"messages",
         V1,
         0,
         {"channel_sid", "index <=", "index >="},
         "GET Services/{each}/Channels/{channel_sid}/Messages until past index >= ? and index <= ?"},
        {"messages",
         V1,
         ONE_SERVICE,
         {"index"},
         "GET Services/{configured service}/Channels/{each}/Messages until past index = ?"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_limit(void **state) {
    static const text_case cases[] = {
        {"messages", V1, 0, {"LIMIT"}, "GET Services/{each}/Channels/{each}/Messages PageSize={LIMIT}"},
        {"channels", V1, 0, {"type", "LIMIT", "OFFSET"}, "GET Services/{each}/Channels Type={type} PageSize={LIMIT}"},
        {"channels",
         V1,
         0,
         {"friendly_name", "LIMIT"},
         "GET Services/{each}/Channels Type=public&Type=private; checked here: friendly_name"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_checked_here(void **state) {
    static const text_case cases[] = {
        {"roles",
         V1,
         0,
         {"type", "friendly_name LIKE"},
         "GET Services/{each}/Roles; checked here: type, friendly_name"},
        {"roles", V1, 0, {"sid >"}, "GET Services/{each}/Roles; checked here: sid"},
        {"roles", V1, 0, {"path LIKE", "service_sid"}, "GET Services/{service_sid}/Roles; checked here: path"},
        {"messages", V1, 0, {"index IN"}, "GET Services/{each}/Channels/{each}/Messages; checked here: index"},
    };
    (void)state;
    CHECK_ALL(cases);
}

/* A term that the version in force cannot send is checked here too, and LIMIT then does not set the page's size. */
static void test_checked_here_in_one_version(void **state) {
    static const text_case cases[] = {
        {"users", V1, 0, {"identity"}, "GET Services/{each}/Users; checked here: identity"},
        {"users", V1, 0, {"identity", "LIMIT"}, "GET Services/{each}/Users; checked here: identity"},
        {"user_channels",
         V1,
         0,
         {"channel_sid", "user_sid"},
         "GET Services/{each}/Users/{user_sid}/Channels; checked here: channel_sid"},
    };
    (void)state;
    CHECK_ALL(cases);
}

/* BETWEEN is two terms of one column. */
static void test_checked_here_once(void **state) {
    static const text_case cases[] = {
        {"roles",
         V1,
         0,
         {"date_created >=", "date_created <="},
         "GET Services/{each}/Roles; checked here: date_created"},
    };
    (void)state;
    CHECK_ALL(cases);
}

/* A term about no column, as SQLite has them for a rowid: nothing to name. */
static void test_term_without_a_column(void **state) {
    plan_draft draft;
    (void)state;
    plan_draft_begin(&draft, "roles", V1);
    plan_draft_add(&draft, "date_created >=");
    draft.terms[0].column = -1;
    char *text = describe(&draft);
    assert_string_equal(text, "GET Services/{each}/Roles");
    sqlite3_free(text);
}

/* A text that does not fit ends as a failed buffer, not as half a text. */
static void test_too_long(void **state) {
    (void)state;
    for (size_t maximum = 0; maximum < 40; maximum++) {
        plan_draft draft;
        plan made;
        buffer text;
        plan_draft_begin(&draft, "messages", CATALOG_V1);
        plan_make(&draft.question, &made);
        buffer_init(&text, maximum);
        plan_text_describe(&draft.question, &made, &text);
        assert_int_equal(text.rc, SQLITE_TOOBIG);
        assert_null(buffer_take(&text));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_lookups),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_filters),
        cmocka_unit_test(test_hidden),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_checked_here),
        cmocka_unit_test(test_checked_here_in_one_version),
        cmocka_unit_test(test_checked_here_once),
        cmocka_unit_test(test_term_without_a_column),
        cmocka_unit_test(test_too_long),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
