/* When a plan may say that rows come in the order that the query wants: only where the server's own list has it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "catalog/generations.h"
#include "session/settings.h"
#include "unit/plan_draft.h"

enum { WORDS = 4 };

/* A question about messages: its terms and its ORDER BY, in the words of plan_draft.h. */
typedef struct order_case {
    const char *terms[WORDS];
    const char *order_by[WORDS];
    const char *expected; /* "asc", "desc" or NULL: SQLite must sort */
    bool one_service;
} order_case;

static void draft_of(const order_case *wanted, plan_draft *draft) {
    plan_draft_begin(draft, "messages", CATALOG_V1);
    draft->question.one_service = wanted->one_service;
    for (int i = 0; i < WORDS && wanted->terms[i] != NULL; i++) {
        plan_draft_add(draft, wanted->terms[i]);
    }
    for (int i = 0; i < WORDS && wanted->order_by[i] != NULL; i++) {
        plan_draft_order(draft, wanted->order_by[i]);
    }
}

/* Checks one question; says which if the answer is another. */
static int check(const order_case *wanted) {
    plan_draft draft;
    plan made;
    draft_of(wanted, &draft);
    plan_make(&draft.question, &made);
    const char *found = !made.ordered ? NULL : made.descending ? "desc" : "asc";
    bool bits = plan_is_ordered(made.number) == made.ordered && plan_is_descending(made.number) == made.descending &&
                (made.ordered || !made.descending);
    bool same =
        found == NULL || wanted->expected == NULL ? found == wanted->expected : !strcmp(found, wanted->expected);
    if (!same || !bits) {
        print_message("# WHERE %s %s ORDER BY %s %s: %s\n", wanted->terms[0] ? wanted->terms[0] : "",
                      wanted->terms[1] ? wanted->terms[1] : "", wanted->order_by[0] ? wanted->order_by[0] : "",
                      wanted->order_by[1] ? wanted->order_by[1] : "", found ? found : "not ordered");
    }
    return !same || !bits;
}

static void check_all(const order_case *cases, size_t count) {
    int faults = 0;
    for (size_t i = 0; i < count; i++) {
        faults += check(&cases[i]);
    }
    assert_int_equal(faults, 0);
}

#define CHECK_ALL(cases) check_all(cases, sizeof(cases) / sizeof(cases)[0])

static void test_in_one_channel(void **state) {
    static const order_case cases[] = {
        {{"channel_sid"}, {"index"}, "asc", false},
        {{"channel_sid"}, {"index DESC"}, "desc", false},
        {{"service_sid", "channel_sid"}, {"index"}, "asc", false},
        {{"service_sid", "channel_sid"}, {"index DESC"}, "desc", false},
        {{"channel_sid"}, {"index"}, "asc", true},
        {{"channel_sid"}, {NULL}, NULL, false},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_in_several_channels(void **state) {
    static const order_case cases[] = {
        {{NULL}, {"index"}, NULL, false},
        {{NULL}, {"index"}, NULL, true},
        {{"service_sid"}, {"index"}, NULL, false},
        {{"channel_sid IN"}, {"index"}, NULL, false},
        {{"channel_sid IN"}, {"channel_sid", "index"}, NULL, false},
        {{"service_sid", "channel_sid IN"}, {"index DESC"}, NULL, false},
    };
    (void)state;
    CHECK_ALL(cases);
}

/* Rows that are fetched one by one come as the values stand. */
static void test_single_fetches(void **state) {
    static const order_case cases[] = {
        {{"channel_sid", "sid IN"}, {"index"}, NULL, false},
        {{"channel_sid", "path IN"}, {"index"}, NULL, false},
        {{"sid IN"}, {"index"}, NULL, false},
        {{"path IN"}, {"index DESC"}, NULL, false},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_constants_order_nothing(void **state) {
    static const order_case cases[] = {
        {{"channel_sid"}, {"channel_sid", "index"}, "asc", false},
        {{"channel_sid"}, {"channel_sid DESC", "index"}, "asc", false},
        {{"channel_sid"}, {"channel_sid", "index DESC"}, "desc", false},
        {{"service_sid", "channel_sid"}, {"service_sid", "channel_sid", "index"}, "asc", false},
        {{"channel_sid"}, {"service_sid", "index"}, NULL, false},
        {{"channel_sid"}, {"service_sid", "index"}, NULL, true},
        {{"service_sid IN", "channel_sid"}, {"service_sid", "index"}, NULL, false},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_further_columns(void **state) {
    static const order_case cases[] = {
        {{"channel_sid"}, {"index", "body"}, "asc", false},
        {{"channel_sid"}, {"index DESC", "date_created", "sid"}, "desc", false},
        {{"channel_sid"}, {"body", "index"}, NULL, false},
        {{"channel_sid"}, {"date_created"}, NULL, false},
        {{"channel_sid"}, {"path"}, NULL, false},
        {{"channel_sid"}, {"sid", "index"}, NULL, false},
    };
    (void)state;
    CHECK_ALL(cases);
}

/* A channel that is not handed to us as one value is not one channel. */
static void test_terms_that_cannot_be_used(void **state) {
    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        static const order_case wanted = {{"channel_sid"}, {"index"}, NULL, false};
        plan_draft draft;
        plan made;
        draft_of(&wanted, &draft);
        draft.terms[0].comparison = kind == 0 ? TERM_OTHER : TERM_EQUAL;
        draft.terms[0].usable = kind != 1;
        draft.terms[0].binary = kind != 2;
        plan_make(&draft.question, &made);
        assert_false(made.ordered);
    }
}

/* No other resource's order is documented. */
static void test_other_resources(void **state) {
    (void)state;
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    for (size_t i = 0; i < count; i++) {
        for (size_t column = 0; column < resources[i]->column_count; column++) {
            const char *name = resources[i]->columns[column].name;
            plan_draft draft;
            plan made;
            plan_draft_begin(&draft, resources[i]->name, CATALOG_V2);
            for (int depth = 0; depth < catalog_depth(resources[i]); depth++) {
                plan_draft_add_slot(&draft, (plan_slot)(SLOT_PARENT0 + depth), false);
            }
            plan_draft_order(&draft, name);
            plan_make(&draft.question, &made);
            assert_int_equal(made.ordered, resources[i]->order_column && strcmp(name, resources[i]->order_column) == 0);
        }
    }
}

/*
** With a bound at the end where the order begins, a walk from the other end that stops at the bound is better, and
** SQLite sorts what it finds.
*/
static void test_bounds(void **state) {
    static const order_case cases[] = {
        {{"channel_sid", "index <"}, {"index"}, "asc", false},
        {{"channel_sid", "index <="}, {"index"}, "asc", false},
        {{"channel_sid", "index >"}, {"index DESC"}, "desc", false},
        {{"channel_sid", "index >="}, {"index DESC"}, "desc", false},
        {{"channel_sid", "index >"}, {"index"}, NULL, false},
        {{"channel_sid", "index >="}, {"index"}, NULL, false},
        {{"channel_sid", "index <"}, {"index DESC"}, NULL, false},
        {{"channel_sid", "index <="}, {"index DESC"}, NULL, false},
        {{"channel_sid", "index >", "index <"}, {"index"}, NULL, false},
        {{"channel_sid", "index >", "index <"}, {"index DESC"}, NULL, false},
        {{"channel_sid", "index"}, {"index"}, NULL, false},
        {{"channel_sid", "index"}, {"body"}, NULL, false},
        {{"channel_sid", "index LIKE"}, {"index"}, "asc", false},
        {{"channel_sid", "index IN"}, {"index"}, "asc", false},
        {{"index <"}, {"index"}, NULL, false},
    };
    (void)state;
    CHECK_ALL(cases);
}

/* LIMIT counts the rows that SQLite sees: it can be handed over only where nothing is left for SQLite to do. */
static void test_limit(void **state) {
    static const struct {
        const char *terms[WORDS], *order_by;
        bool taken, exact;
    } cases[] = {
        {{"LIMIT", "OFFSET"}, NULL, true, true},
        {{"LIMIT", "OFFSET", "channel_sid"}, NULL, true, true},
        {{"LIMIT", "OFFSET", "channel_sid"}, "index", true, true},
        {{"LIMIT", "OFFSET", "channel_sid"}, "index DESC", true, true},
        {{"LIMIT", "OFFSET", "channel_sid", "index <"}, "index", true, true},
        {{"LIMIT", "OFFSET", "channel_sid", "index >"}, "index", true, true},
        {{"LIMIT", "OFFSET", "channel_sid"}, "body", false, false},
        {{"LIMIT", "OFFSET", "channel_sid IN"}, "index", false, false},
        {{"LIMIT", "OFFSET"}, "index", false, false},
        {{"LIMIT", "OFFSET", "body"}, NULL, true, false},
        {{"LIMIT", "OFFSET", "body LIKE"}, NULL, true, false},
        {{"LIMIT", "OFFSET", "channel_sid", "channel_sid"}, NULL, true, false},
        {{"LIMIT", "OFFSET", "index IN"}, NULL, true, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        plan_draft draft;
        plan made;
        order_case wanted = {.order_by = {cases[i].order_by}};
        memcpy(wanted.terms, cases[i].terms, sizeof wanted.terms);
        draft_of(&wanted, &draft);
        plan_make(&draft.question, &made);
        assert_int_equal(made.argument[SLOT_LIMIT], cases[i].taken ? 0 : -1);
        assert_int_equal(made.argument[SLOT_OFFSET], cases[i].taken ? 1 : -1);
        assert_int_equal(plan_has(made.number, SLOT_LIMIT), cases[i].taken);
        assert_int_equal(plan_has(made.number, SLOT_OFFSET), cases[i].taken);
        assert_int_equal(made.exact, cases[i].exact);
        assert_int_equal(plan_is_exact(made.number), cases[i].exact);
    }
}

static void test_order_switched_off(void **state) {
    static const order_case wanted = {{"channel_sid"}, {"index"}, NULL, false};
    plan_draft draft;
    plan made;
    (void)state;
    draft_of(&wanted, &draft);
    draft.question.without = WITHOUT_ORDER;
    plan_make(&draft.question, &made);
    assert_false(made.ordered || plan_is_ordered(made.number));
}

/* SQLite names columns that a plan does not know, such as the rowid's -1, only to be refused. */
static void test_unknown_columns(void **state) {
    static const int columns[] = {-1, 1000, INT32_MAX, INT32_MIN};
    (void)state;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        static const order_case wanted = {{"channel_sid"}, {"index"}, NULL, false};
        plan_draft draft;
        plan made;
        draft_of(&wanted, &draft);
        draft.order_by[0].column = columns[i];
        plan_make(&draft.question, &made);
        assert_false(made.ordered);
    }
}

/* Where SQLite loses rows if another table is read first, another order is to be had whatever it costs. */
static void test_collations_that_are_lost(void **state) {
    plan_draft draft;
    plan all, inner;
    (void)state;
    plan_draft_begin(&draft, "messages", CATALOG_V1);
    plan_make(&draft.question, &all);
    plan_draft_add(&draft, "channel_sid");
    plan_draft_add(&draft, "channel_sid");
    for (int equal = 0; equal < 2; equal++) {
        draft.terms[1].comparison = equal ? TERM_EQUAL : TERM_IS;
        draft.terms[1].binary = false;
        draft.question.loses_collation = false;
        plan_make(&draft.question, &inner);
        assert_true(inner.cost < all.cost);
        draft.question.loses_collation = true;
        plan_make(&draft.question, &inner);
        assert_true(inner.cost > 1000 * all.cost);
        draft.terms[0].usable = false;
        plan_make(&draft.question, &inner);
        assert_true(inner.cost <= all.cost);
        draft.terms[0].usable = draft.terms[1].binary = true;
        plan_make(&draft.question, &inner);
        assert_true(inner.cost < all.cost);
    }
    draft.terms[1].comparison = TERM_OTHER;
    draft.terms[1].binary = false;
    plan_make(&draft.question, &inner);
    assert_true(inner.cost < all.cost);
    draft.terms[1].comparison = TERM_EQUAL;
    draft.terms[1].column++;
    plan_make(&draft.question, &inner);
    assert_true(inner.cost < all.cost);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_collations_that_are_lost),
        cmocka_unit_test(test_in_one_channel),
        cmocka_unit_test(test_in_several_channels),
        cmocka_unit_test(test_single_fetches),
        cmocka_unit_test(test_constants_order_nothing),
        cmocka_unit_test(test_further_columns),
        cmocka_unit_test(test_terms_that_cannot_be_used),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_order_switched_off),
        cmocka_unit_test(test_other_resources),
        cmocka_unit_test(test_unknown_columns),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
