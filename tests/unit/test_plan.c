/*
** The planner, swept: every resource, version and configuration with every choice of terms, and what must hold of all
** the plans. Orders are in test_plan_order.c, texts in test_plan_text.c.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "catalog/generations.h"
#include "session/settings.h"
#include "unit/named.h"
#include "unit/plan_draft.h"

/* How a slot is used in a question. */
typedef enum { ABSENT, EQUAL, LIST } slot_use;

/* One question of the sweep. */
typedef struct sweep_point {
    const catalog_resource *resource;
    unsigned version;
    bool one_service, needs_hidden;
    slot_use uses[SLOT_COUNT];
} sweep_point;

/* Faults that the running test has found. */
static int faults;

static const char *use_text(slot_use use) {
    static const char *const texts[] = {"", "", " IN"};
    return texts[use];
}

static void expect(bool holds, const sweep_point *point, const char *complaint) {
    if (holds || ++faults > 20) {
        return;
    }
    print_message("# %s %s%s%s:", point->resource->name,
                  catalog_versions_text(point->version, (char[CATALOG_VERSIONS_SIZE]){0}),
                  point->one_service ? " one service" : "", point->needs_hidden ? " hidden" : "");
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (point->uses[slot] != ABSENT) {
            print_message(" slot %d%s", slot, use_text(point->uses[slot]));
        }
    }
    print_message(": %s\n", complaint);
}

static void make(const sweep_point *point, plan_draft *draft, plan *made) {
    plan_draft_begin(draft, point->resource->name, point->version);
    draft->question.one_service = point->one_service;
    draft->question.needs_hidden = point->needs_hidden;
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (point->uses[slot] != ABSENT) {
            plan_draft_add_slot(draft, (plan_slot)slot, point->uses[slot] == LIST);
        }
    }
    plan_make(&draft->question, made);
}

static plan plan_of(const sweep_point *point) {
    plan_draft draft;
    plan made;
    make(point, &draft, &made);
    return made;
}

/* Does a filter see to the column in the versions of Chat? Then its term goes there (test_migrated.c). */
static bool is_filtered(const catalog_resource *resource, int slot) {
    for (int filter = SLOT_FILTER0; slot == SLOT_NAME && plan_is_filter((plan_slot)filter); filter++) {
        if (plan_slot_column(resource, (plan_slot)filter) == plan_slot_column(resource, SLOT_NAME)) {
            return true;
        }
    }
    return false;
}

/* Goes on to the next choice of uses, like a counter with a digit for each slot; false after the last. */
static bool next_uses(sweep_point *point, slot_use most) {
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (!plan_draft_has_slot(point->resource, (plan_slot)slot) || is_filtered(point->resource, slot)) {
            continue;
        }
        if (point->uses[slot] < (plan_draft_takes_list(point->resource, (plan_slot)slot) ? most : EQUAL)) {
            point->uses[slot]++;
            return true;
        }
        point->uses[slot] = ABSENT;
    }
    return false;
}

/* Runs a check on every question; most: EQUAL leaves out IN lists. */
static void sweep(slot_use most, void (*check)(const sweep_point *)) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    faults = 0;
    for (size_t i = 0; i < count; i++) {
        for (unsigned flags = 0; flags < 8; flags++) {
            sweep_point point = {.resource = resources[i],
                                 .version = resources[i]->always ? resources[i]->always
                                            : flags & 1          ? CATALOG_V2
                                                                 : CATALOG_V1,
                                 .one_service = (flags & 2) != 0,
                                 .needs_hidden = (flags & 4) != 0};
            do {
                check(&point);
            } while (next_uses(&point, most));
        }
    }
    assert_int_equal(faults, 0);
}

/* --- what the plan says of itself --------------------------------------------------------------------------------- */

static void check_bits(const sweep_point *point) {
    plan made = plan_of(point);
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        expect(plan_has(made.number, (plan_slot)slot) == (made.argument[slot] >= 0), point, "a bit without argument");
        expect(plan_is_list(made.number, (plan_slot)slot) == made.in[slot], point, "a list's bit");
        expect(!made.in[slot] || made.argument[slot] >= 0, point, "a list without argument");
        expect(slot < SLOT_EQUAL || !made.in[slot], point, "a list of bounds");
    }
    expect(plan_is_ordered(made.number) == made.ordered, point, "the bit of the order");
    expect(plan_is_descending(made.number) == made.descending, point, "the descending bit");
    expect(plan_is_exact(made.number) == made.exact, point, "the bit of exactness");
    expect(made.number < 1u << 30, point, "bits that mean nothing");
    expect(!made.ordered && !made.descending, point, "an order that nobody asked for");
}

static void test_bits_agree(void **state) {
    (void)state;
    sweep(LIST, check_bits);
}

/* Of filters of which exactly one must be given, has an earlier one been? */
static bool is_superseded(const sweep_point *point, int slot) {
    bool found = false;
    for (int other = SLOT_FILTER0; plan_is_filter((plan_slot)slot) && other < slot; other++) {
        found = found || (point->uses[other] != ABSENT && plan_filter(point->resource, (plan_slot)other)->required &&
                          plan_filter(point->resource, (plan_slot)slot)->required);
    }
    return found;
}

/* SQLite takes each argument position once: two slots may never want the same term. */
static void check_arguments(const sweep_point *point) {
    plan_draft draft;
    plan made;
    bool taken[DRAFT_TERMS] = {false};
    make(point, &draft, &made);
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        int term = made.argument[slot];
        bool superseded = is_superseded(point, slot);
        expect((term >= 0) == (point->uses[slot] != ABSENT && !superseded), point, "a term not used, or one made up");
        if (term < 0) {
            continue;
        }
        expect(term < (int)draft.question.term_count && !taken[term], point, "a term used twice");
        expect(draft.terms[term].column == plan_slot_column(point->resource, (plan_slot)slot), point, "another's term");
        expect(draft.terms[term].in == made.in[slot], point, "one value taken for a list, or a list for one");
        taken[term] = true;
    }
}

static void test_arguments_are_the_terms(void **state) {
    (void)state;
    sweep(LIST, check_arguments);
}

static void check_unique(const sweep_point *point) {
    const char *key = point->resource->key_column;
    bool own_sid = key && strcmp(key, "sid") == 0;
    bool by_path = point->uses[SLOT_PATH] != ABSENT; /* which is what is read then, whatever else is given */
    bool one = by_path ? point->uses[SLOT_PATH] == EQUAL : own_sid && point->uses[SLOT_KEY] == EQUAL;
    bool expected = one && !(point->resource->list & ~point->resource->fetch); /* in a list others come before it */
    plan made = plan_of(point);
    expect(made.unique == expected, point, "unique");
}

static void test_unique(void **state) {
    (void)state;
    sweep(LIST, check_unique);
}

/* --- costs -------------------------------------------------------------------------------------------------------- */

static void check_finite(const sweep_point *point) {
    plan made = plan_of(point);
    expect(isfinite(made.cost) && made.cost > 0, point, "no cost");
    expect(isfinite(made.rows) && made.rows >= 1, point, "no rows");
}

static void test_costs_are_numbers(void **state) {
    (void)state;
    sweep(LIST, check_finite);
}

/* A further "=" never makes a plan dearer: else SQLite would do better to hide it from us. */
static void check_further_term(const sweep_point *point) {
    plan without = plan_of(point);
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (point->uses[slot] == ABSENT && plan_draft_has_slot(point->resource, (plan_slot)slot)) {
            sweep_point more = *point;
            more.uses[slot] = EQUAL;
            plan with = plan_of(&more);
            expect(with.cost <= without.cost, &more, "dearer than without the last term");
            expect(with.rows <= without.rows, &more, "more rows than without the last term");
        }
    }
}

static void test_more_terms_never_cost_more(void **state) {
    (void)state;
    sweep(EQUAL, check_further_term);
}

/* One value is never dearer than a list of them. */
static void check_single_value(const sweep_point *point) {
    plan with_list = plan_of(point);
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (point->uses[slot] == LIST) {
            sweep_point single = *point;
            single.uses[slot] = EQUAL;
            plan with_one = plan_of(&single);
            expect(with_one.cost <= with_list.cost, &single, "dearer than with a list");
            expect(with_one.rows <= with_list.rows, &single, "more rows than with a list");
        }
    }
}

static void test_one_value_is_cheapest(void **state) {
    (void)state;
    sweep(LIST, check_single_value);
}

/* Naming some parents is never dearer than walking over all. */
static void check_parents_in(const sweep_point *point) {
    plan without = plan_of(point);
    for (int slot = SLOT_PARENT0; slot <= SLOT_PARENT2; slot++) {
        bool has = plan_slot_column(point->resource, (plan_slot)slot) >= 0;
        if (has && point->uses[slot] == ABSENT && !(slot == SLOT_PARENT0 && point->one_service)) {
            sweep_point more = *point;
            more.uses[slot] = LIST;
            plan with = plan_of(&more);
            expect(with.cost <= without.cost, &more, "dearer than without the list of parents");
        }
    }
}

static void test_parents_in_a_list_never_cost_more(void **state) {
    (void)state;
    sweep(EQUAL, check_parents_in);
}

static sweep_point point_of(const catalog_resource *resource, unsigned version, slot_use parents, slot_use key) {
    sweep_point point = {.resource = resource, .version = version};
    point.uses[SLOT_KEY] = key;
    for (int depth = 0; depth < catalog_depth(resource); depth++) {
        point.uses[SLOT_PARENT0 + depth] = parents;
    }
    return point;
}

static void for_each(void (*check)(const catalog_resource *resource, unsigned version)) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    faults = 0;
    for (size_t i = 0; i < count; i++) {
        check(resources[i], resources[i]->always ? resources[i]->always : CATALOG_V1);
        check(resources[i], resources[i]->always ? resources[i]->always : CATALOG_V2);
    }
    assert_int_equal(faults, 0);
}

static void check_point_lookup(const catalog_resource *resource, unsigned version) {
    sweep_point list = point_of(resource, version, EQUAL, ABSENT);
    sweep_point lookup = point_of(resource, version, EQUAL, EQUAL);
    sweep_point by_path = {.resource = resource, .version = version};
    by_path.uses[SLOT_PATH] = EQUAL;
    if (resource->single) {
        return; /* there is no list */
    }
    if (resource->fetch & version) {
        expect(plan_of(&lookup).cost < plan_of(&list).cost, &lookup, "not cheaper than the list");
        expect(plan_of(&by_path).cost <= plan_of(&lookup).cost, &by_path, "dearer than by SID");
    }
    if (resource->list & version) {
        expect(plan_of(&by_path).cost < plan_of(&list).cost, &by_path, "not cheaper than the list");
    }
}

static void test_a_lookup_is_cheaper_than_a_list(void **state) {
    (void)state;
    for_each(check_point_lookup);
}

static void check_one_parent(const catalog_resource *resource, unsigned version) {
    if (catalog_depth(resource) > 0) {
        sweep_point all = point_of(resource, version, ABSENT, ABSENT);
        sweep_point one = point_of(resource, version, EQUAL, ABSENT);
        sweep_point configured = all;
        configured.one_service = true;
        expect(plan_of(&one).cost < plan_of(&all).cost, &one, "not cheaper than all parents");
        expect(plan_of(&configured).cost < plan_of(&all).cost, &configured, "not cheaper than all services");
    }
}

static void test_one_parent_is_cheaper_than_all(void **state) {
    (void)state;
    for_each(check_one_parent);
}

static void check_hidden(const catalog_resource *resource, unsigned version) {
    sweep_point list = point_of(resource, version, EQUAL, ABSENT);
    sweep_point hidden = list;
    hidden.needs_hidden = true;
    expect(plan_of(&hidden).cost > plan_of(&list).cost, &hidden, "not dearer for a fetch of each row");
}

static void test_hidden_columns_cost(void **state) {
    (void)state;
    for_each(check_hidden);
}

/* --- terms that help nothing -------------------------------------------------------------------------------------- */

static void assert_same_plan(const plan *left, const plan *right) {
    assert_int_equal(left->number, right->number);
    assert_memory_equal(left->in, right->in, sizeof left->in);
    assert_true(left->cost == right->cost && left->rows == right->rows && left->unique == right->unique);
}

static void test_useless_terms_are_passed_over(void **state) {
    (void)state;
    for (int kind = 0; kind < 6; kind++) {
        plan_draft plain, more;
        plan expected, made;
        plan_draft_begin(&plain, "messages", CATALOG_V1);
        plan_draft_add(&plain, "body"); /* so that neither is exact */
        plan_make(&plain.question, &expected);
        plan_draft_begin(&more, "messages", CATALOG_V1);
        for (int slot = 0; slot < SLOT_EQUAL; slot++) {
            if (plan_draft_has_slot(more.question.resource, (plan_slot)slot)) {
                plan_draft_add_slot(&more, (plan_slot)slot, false);
            }
        }
        for (size_t i = 0; i < more.question.term_count; i++) {
            more.terms[i].comparison = kind == 0 ? TERM_OTHER : TERM_EQUAL;
            more.terms[i].usable = kind != 1;
            more.terms[i].binary = kind != 2;
            more.terms[i].column = kind == 3 ? -1 : kind == 4 ? 10000 : more.terms[i].column;
            more.terms[i].column =
                kind == 5 ? catalog_column_index(more.question.resource, "body") : more.terms[i].column;
        }
        plan_make(&more.question, &made);
        assert_same_plan(&made, &expected);
    }
}

/* Comparisons other than = are for the order column alone. */
static void test_bounds_of_other_columns(void **state) {
    static const char *const operators[] = {" >", " >=", " <", " <=", " LIKE"};
    static const char *const columns[] = {"path", "sid", "channel_sid", "service_sid", "body", "date_created"};
    (void)state;
    for (size_t i = 0; i < 6; i++) {
        for (size_t j = 0; j < 5; j++) {
            plan_draft draft;
            plan made;
            char term[40];
            snprintf(term, sizeof term, "%s%s", columns[i], operators[j]);
            plan_draft_begin(&draft, "messages", CATALOG_V1);
            plan_draft_add(&draft, term);
            plan_make(&draft.question, &made);
            assert_int_equal(made.number, 0);
        }
    }
}

/* IS fills the slots that = fills, and says so. */
static void test_is(void **state) {
    static const char *const tables[] = {"channels", "channels", "channels", "channels", "channels", "messages"};
    static const char *const columns[] = {"path", "sid", "unique_name", "service_sid", "type", "index"};
    static const plan_slot slots[] = {SLOT_PATH, SLOT_KEY, SLOT_NAME, SLOT_PARENT0, SLOT_FILTER0, SLOT_EQUAL};
    (void)state;
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        plan_draft equal, is;
        plan by_equal, by_is;
        char term[40];
        snprintf(term, sizeof term, "%s IS", columns[i]);
        plan_draft_begin(&equal, tables[i], CATALOG_V1);
        plan_draft_add(&equal, columns[i]);
        plan_make(&equal.question, &by_equal);
        plan_draft_begin(&is, tables[i], CATALOG_V1);
        plan_draft_add(&is, term);
        plan_make(&is.question, &by_is);
        assert_int_equal(by_is.argument[slots[i]], 0);
        assert_true(plan_has(by_is.number, slots[i]) && plan_is_by_is(by_is.number, slots[i]));
        assert_int_equal(plan_only(by_is.number, slots[i]), by_is.number);
        assert_false(plan_is_by_is(by_equal.number, slots[i]));
        assert_true(by_is.cost == by_equal.cost && by_is.unique == by_equal.unique);
        assert_true(plan_is_sound(is.question.resource, by_is.number, 1));
        assert_false(plan_is_sound(is.question.resource, by_is.number & ~(1u << slots[i]), 0));
    }
    plan_draft draft;
    plan made;
    plan_draft_begin(&draft, "messages", CATALOG_V1);
    plan_draft_add(&draft, "body IS");
    plan_make(&draft.question, &made);
    assert_int_equal(made.number, 0);
}

/* A walk over one list serves "index" IN (...) better than a walk for each value. */
static void test_bounds_take_no_lists(void **state) {
    plan_draft draft;
    plan made;
    (void)state;
    plan_draft_begin(&draft, "messages", CATALOG_V1);
    plan_draft_add(&draft, "index IN");
    plan_make(&draft.question, &made);
    assert_int_equal(made.argument[SLOT_EQUAL], -1);
    assert_false(made.exact);
}

static void test_one_value_is_picked_before_a_list(void **state) {
    (void)state;
    for (int first = 0; first < 2; first++) {
        plan_draft draft;
        plan made;
        plan_draft_begin(&draft, "messages", CATALOG_V1);
        plan_draft_add(&draft, first ? "channel_sid" : "channel_sid IN");
        plan_draft_add(&draft, first ? "channel_sid IN" : "channel_sid");
        plan_make(&draft.question, &made);
        assert_int_equal(made.argument[SLOT_PARENT1], first ? 0 : 1);
        assert_false(made.in[SLOT_PARENT1]);
    }
}

static void test_an_unusable_term_does_not_hide_a_usable_one(void **state) {
    (void)state;
    plan_draft draft;
    plan made;
    plan_draft_begin(&draft, "channels", CATALOG_V1);
    for (int i = 0; i < 4; i++) {
        plan_draft_add(&draft, "sid");
    }
    draft.terms[0].usable = false;
    draft.terms[1].binary = false;
    draft.terms[2].comparison = TERM_GREATER;
    plan_make(&draft.question, &made);
    assert_int_equal(made.argument[SLOT_KEY], 3);
}

static void test_terms_in_any_order(void **state) {
    static const char *const terms[] = {"LIMIT", "path", "sid IN", "unique_name", "service_sid IN", "type", "OFFSET"};
    enum { COUNT = sizeof terms / sizeof *terms };
    (void)state;
    for (size_t turn = 0; turn < COUNT; turn++) {
        plan_draft draft;
        plan made;
        plan_draft_begin(&draft, "channels", CATALOG_V2);
        for (size_t i = 0; i < COUNT; i++) {
            plan_draft_add(&draft, terms[(turn + i) % COUNT]);
        }
        plan_make(&draft.question, &made);
        for (int slot = 0; slot < SLOT_COUNT; slot++) {
            int column = plan_slot_column(draft.question.resource, (plan_slot)slot);
            int term = made.argument[slot];
            assert_int_equal(term >= 0, plan_draft_has_slot(draft.question.resource, (plan_slot)slot));
            assert_true(term < 0 || draft.terms[term].column == column);
        }
    }
}

/* --- what is switched off ----------------------------------------------------------------------------------------- */

/* The WITHOUT_ bit of a slot, as settings.h describes the bits. */
static unsigned switch_of(int slot) {
    static const unsigned switches[SLOT_COUNT] = {
        WITHOUT_LOOKUP, WITHOUT_LOOKUP, WITHOUT_LOOKUP, WITHOUT_PARENT, WITHOUT_PARENT, WITHOUT_PARENT,
        WITHOUT_FILTER, WITHOUT_FILTER, WITHOUT_FILTER, WITHOUT_FILTER, WITHOUT_BOUNDS, WITHOUT_BOUNDS,
        WITHOUT_BOUNDS, WITHOUT_BOUNDS, WITHOUT_BOUNDS, WITHOUT_LIMIT,  WITHOUT_LIMIT,
    };
    return switches[slot];
}

static void test_what_is_switched_off_is_not_used(void **state) {
    static const char *const tables[] = {"messages", "channels", "bindings", "user_channels"};
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        for (unsigned without = 0; without < 256; without++) {
            plan_draft draft;
            plan made;
            plan_draft_begin(&draft, tables[i], CATALOG_V2);
            draft.question.without = without;
            for (int slot = 0; slot < SLOT_COUNT; slot++) {
                if (plan_draft_has_slot(draft.question.resource, (plan_slot)slot)) {
                    plan_draft_add_slot(&draft, (plan_slot)slot, slot < SLOT_EQUAL && slot % 2);
                }
            }
            plan_make(&draft.question, &made);
            for (int slot = 0; slot < SLOT_COUNT; slot++) {
                bool off = (without & switch_of(slot)) != 0;
                bool has = plan_draft_has_slot(draft.question.resource, (plan_slot)slot);
                assert_int_equal(made.argument[slot] >= 0, has && !off);
                assert_int_equal(plan_has(made.number, (plan_slot)slot), has && !off);
            }
        }
    }
}

/* --- slots -------------------------------------------------------------------------------------------------------- */

static void assert_slot(const char *table, plan_slot slot, const char *column) {
    const catalog_resource *resource = named_resource(table);
    int expected = column == NULL ? -1 : catalog_column_index(resource, column);
    assert_int_equal(plan_slot_column(resource, slot), expected);
}

static void test_slots(void **state) {
    (void)state;
    assert_int_equal(plan_slot_column(named_resource("roles"), SLOT_PATH), (int)named_resource("roles")->column_count);
    assert_int_equal(plan_slot_column(named_resource("roles"), SLOT_COUNT), -1);
    assert_slot("messages", SLOT_KEY, "sid");
    assert_slot("user_channels", SLOT_KEY, "channel_sid");
    assert_slot("channels", SLOT_NAME, "unique_name");
    assert_slot("users", SLOT_NAME, "identity");
    assert_slot("messages", SLOT_NAME, NULL);
    assert_slot("services", SLOT_PARENT0, NULL);
    assert_slot("credentials", SLOT_PARENT0, NULL);
    assert_slot("channels", SLOT_PARENT0, "service_sid");
    assert_slot("channels", SLOT_PARENT1, NULL);
    assert_slot("messages", SLOT_PARENT0, "service_sid");
    assert_slot("messages", SLOT_PARENT1, "channel_sid");
    assert_slot("user_channels", SLOT_PARENT1, "user_sid");
    assert_slot("channels", SLOT_FILTER0, "type");
    assert_slot("channels", SLOT_FILTER1, NULL);
    assert_slot("bindings", SLOT_FILTER0, "binding_type");
    assert_slot("bindings", SLOT_FILTER1, "identity");
    for (int slot = SLOT_EQUAL; slot <= SLOT_UP_TO; slot++) {
        assert_slot("messages", (plan_slot)slot, "index");
        assert_slot("channels", (plan_slot)slot, NULL);
    }
    assert_slot("messages", SLOT_LIMIT, NULL);
    assert_slot("messages", SLOT_OFFSET, NULL);
}

static void test_ancestors(void **state) {
    (void)state;
    assert_ptr_equal(plan_ancestor(named_resource("messages"), 0), named_resource("services"));
    assert_ptr_equal(plan_ancestor(named_resource("messages"), 1), named_resource("channels"));
    assert_ptr_equal(plan_ancestor(named_resource("user_channels"), 1), named_resource("users"));
    assert_null(plan_ancestor(named_resource("messages"), 2));
    assert_null(plan_ancestor(named_resource("messages"), -1));
    assert_null(plan_ancestor(named_resource("channels"), 1));
    assert_null(plan_ancestor(named_resource("services"), 0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bits_agree),
        cmocka_unit_test(test_arguments_are_the_terms),
        cmocka_unit_test(test_unique),
        cmocka_unit_test(test_costs_are_numbers),
        cmocka_unit_test(test_more_terms_never_cost_more),
        cmocka_unit_test(test_one_value_is_cheapest),
        cmocka_unit_test(test_parents_in_a_list_never_cost_more),
        cmocka_unit_test(test_a_lookup_is_cheaper_than_a_list),
        cmocka_unit_test(test_one_parent_is_cheaper_than_all),
        cmocka_unit_test(test_hidden_columns_cost),
        cmocka_unit_test(test_useless_terms_are_passed_over),
        cmocka_unit_test(test_bounds_of_other_columns),
        cmocka_unit_test(test_bounds_take_no_lists),
        cmocka_unit_test(test_one_value_is_picked_before_a_list),
        cmocka_unit_test(test_is),
        cmocka_unit_test(test_an_unusable_term_does_not_hide_a_usable_one),
        cmocka_unit_test(test_terms_in_any_order),
        cmocka_unit_test(test_what_is_switched_off_is_not_used),
        cmocka_unit_test(test_slots),
        cmocka_unit_test(test_ancestors),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
