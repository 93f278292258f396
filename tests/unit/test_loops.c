/* How tables were planned in statements: which of their loops have one plan whatever comes before them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "catalog/resources.h"
#include "plan/plan.h"
#include "read/loops.h"

static const char tables[2 * LOOPS_MAX];

static loops *loops_new(void) {
    loops *all = calloc(1, sizeof *all);
    assert_non_null(all);
    return all;
}

static void note(loops *all, int64_t statement, size_t table, unsigned number, bool other) {
    loops_table of = {.statement = statement, .table = &tables[table]};
    loops_plan made = {.number = number, .other = other};
    loops_note(all, &of, &made);
}

static void expect(const loops_table *found, size_t table, int64_t whole, int64_t service, int64_t other) {
    assert_non_null(found);
    assert_ptr_equal(found->table, &tables[table]);
    assert_int_equal(found->whole, whole);
    assert_int_equal(found->service, service);
    assert_int_equal(found->other, other);
}

enum {
    OF_SERVICE = 1u << SLOT_PARENT0,
    BY_KEY = 1u << SLOT_KEY,
    ANY_IN = 1u << 20,
    IN_ORDER = 1u << 27,
    EXACT = 1u << 29
};

/* Each table of a statement, in the order in which they were planned first. */
static void test_kinds(void **state) {
    (void)state;
    loops *all = loops_new();
    size_t place = 0;
    note(all, 1, 0, 0, false);
    note(all, 1, 0, EXACT, false);
    note(all, 2, 0, 0, false);
    note(all, 1, 1, OF_SERVICE, false);
    note(all, 1, 1, OF_SERVICE | BY_KEY, false);
    note(all, 1, 1, IN_ORDER, false);
    note(all, 1, 1, 0, true);
    note(all, 1, 1, 1u << SLOT_LIMIT, false);
    expect(loops_next(all, 1, &place), 0, 2, 0, 0);
    expect(loops_next(all, 1, &place), 1, 0, 1, 4);
    assert_null(loops_next(all, 1, &place));
    place = 0;
    expect(loops_next(all, 2, &place), 0, 1, 0, 0);
    place = 0;
    assert_null(loops_next(all, 3, &place));
    free(all);
}

/* A list of services, or one that may be NULL, is not one service. */
static void test_services(void **state) {
    (void)state;
    loops *all = loops_new();
    size_t place = 0;
    note(all, 1, 0, OF_SERVICE | ANY_IN, false);
    note(all, 1, 0, ANY_IN, false);
    assert_true(plan_is_list(OF_SERVICE | ANY_IN, SLOT_PARENT0) && plan_is_by_is(ANY_IN, SLOT_PARENT0));
    expect(loops_next(all, 1, &place), 0, 0, 0, 2);
    free(all);
}

/* A statement that is not known has none; the latest ones are kept. */
static void test_many(void **state) {
    (void)state;
    loops *all = loops_new();
    size_t place = 0;
    note(all, 0, 0, 0, false);
    assert_null(loops_next(all, 0, &place));
    for (size_t i = 0; i < LOOPS_MAX + 3; i++) {
        note(all, i < 3 ? 1 : 2, i, 0, false);
    }
    place = 0;
    assert_null(loops_next(all, 1, &place));
    place = 0;
    for (size_t i = 3; i < LOOPS_MAX + 3; i++) {
        expect(loops_next(all, 2, &place), i, 1, 0, 0);
    }
    assert_null(loops_next(all, 2, &place));
    free(all);
}

/* By which plan, of those made for a table, are the lists that its own are under not listed, or its own not looked into? */
static void test_elsewhere(void **state) {
    (void)state;
    static const loops_plan plans[] = {
        {.number = 0, .lists_parents = true, .looks_up = true},
        {.number = OF_SERVICE, .lists_parents = true},
        {.number = BY_KEY, .looks_up = true},
        {.number = BY_KEY, .looks_up = true},
    };
    loops *all = loops_new();
    loops_table of = {.statement = 1, .table = &tables[0]};
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
        loops_note(all, &of, &plans[i]);
    }
    size_t place = 0;
    const loops_table *found = loops_next(all, 1, &place);
    assert_non_null(found);
    assert_int_equal(found->elsewhere, 2);
    assert_int_equal(found->apart, 1);
    free(all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_elsewhere),
        cmocka_unit_test(test_services),
        cmocka_unit_test(test_many),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
