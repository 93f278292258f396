/* What look-ups cost, whatever resource, version and parents: no more than the lists that are read in their place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalog/generations.h"
#include "unit/plan_draft.h"

typedef enum { ABSENT, ONE, MANY } draft_use;

static plan plan_of(const catalog_resource *resource, unsigned version, draft_use parents, draft_use key, bool hidden) {
    plan_draft draft;
    plan made;
    plan_draft_begin(&draft, resource->name, version);
    for (int depth = 0; depth < catalog_depth(resource) && parents != ABSENT; depth++) {
        plan_draft_add_slot(&draft, (plan_slot)(SLOT_PARENT0 + depth), parents == MANY);
    }
    if (key != ABSENT) {
        plan_draft_add_slot(&draft, SLOT_KEY, key == MANY);
    }
    draft.question.needs_hidden = hidden;
    plan_make(&draft.question, &made);
    return made;
}

static void check(const catalog_resource *resource, unsigned version, draft_use parents) {
    plan list = plan_of(resource, version, parents, ABSENT, false);
    plan one = plan_of(resource, version, parents, ONE, false);
    plan many = plan_of(resource, version, parents, MANY, false);
    if (list.unanswerable) {
        return; /* there is no list, or none without a filter */
    }
    assert_true(many.cost <= list.cost);
    assert_true(many.rows <= list.rows);
    assert_true(one.cost < many.cost && one.rows < many.rows);
    /* What the list hides is not told from it. */
    plan one_hidden = plan_of(resource, version, parents, ONE, true);
    plan many_hidden = plan_of(resource, version, parents, MANY, true);
    assert_true(parents != ONE || many_hidden.cost > 2 * one_hidden.cost);
}

static void test_no_dearer_than_the_list(void **state) {
    size_t count = 0, checked = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        const unsigned versions[] = {CATALOG_V1, CATALOG_V2};
        for (int each = 0; each < 2; each++) {
            unsigned version = resources[i]->always ? resources[i]->always : versions[each];
            for (int parents = ABSENT; parents <= MANY; parents++) {
                bool fetched = !resources[i]->single && (resources[i]->fetch & version);
                checked += fetched;
                if (fetched) {
                    check(resources[i], version, (draft_use)parents);
                }
            }
        }
    }
    assert_true(checked > 50);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_no_dearer_than_the_list)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
