/*
** Is the first page of a list to be small? By what SQLite says of the rows that it wants, and by how scans have ended; and what all
** guesses of a statement may cost.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalog/generations.h"
#include "plan/first_page.h"
#include "unit/plan_draft.h"

/* The bits of columns of messages by name, as SQLite gives them. */
static uint64_t used(const char *const *names) {
    uint64_t bits = 0;
    plan_draft draft;
    plan_draft_begin(&draft, "messages", CATALOG_V1);
    for (; *names; names++) {
        bits |= UINT64_C(1) << catalog_column_index(draft.question.resource, *names);
    }
    return bits;
}

#define USED(...) used((const char *const[]){__VA_ARGS__, NULL})

/* messages WHERE service_sid = ? AND channel_sid = ? AND more ORDER BY order; more, order: or NULL. */
static first_page_said hear(const char *more, const char *order, uint64_t columns) {
    plan_draft draft;
    plan made;
    plan_draft_begin(&draft, "messages", CATALOG_V1);
    plan_draft_add(&draft, "service_sid");
    plan_draft_add(&draft, "channel_sid");
    if (more) {
        plan_draft_add(&draft, more);
    }
    if (order) {
        plan_draft_order(&draft, order);
    }
    plan_make(&draft.question, &made);
    return first_page_hear(&draft.question, &made, columns | USED("service_sid", "channel_sid"));
}

static void test_hear(void **state) {
    (void)state;
    first_page_said said = hear(NULL, NULL, 0);
    assert_true(said.bare && said.only_order && !said.checked && !said.limited && !said.ordered && !said.descending);
    said = hear(NULL, "index DESC", USED("index"));
    assert_true(!said.bare && said.only_order && said.ordered && said.descending && !said.checked);
    said = hear(NULL, "index", USED("index", "body"));
    assert_true(!said.only_order && said.ordered && !said.descending);
    said = hear("LIMIT", "index DESC", USED("index"));
    assert_true(said.limited && said.ordered && !said.checked);
    said = hear("body LIKE", "index DESC", USED("index", "body"));
    assert_true(said.checked);
    /* An order that is not the list's is SQLite's business. */
    said = hear(NULL, "body DESC", USED("index", "body"));
    assert_true(!said.ordered && !said.descending);
    assert_false(hear(NULL, "index", USED("sid")).only_order);
    /* The address of a row, which SQLite has come to name unasked. */
    plan_draft draft;
    plan_draft_begin(&draft, "messages", CATALOG_V1);
    assert_true(hear(NULL, NULL, UINT64_C(1) << draft.question.resource->column_count).bare);
}

/* What a join, count(*) or a lone list says. */
static const first_page_said plain = {.bare = true, .only_order = true};
static const first_page_said latest = {.ordered = true, .descending = true};
static const first_page_said earliest = {.ordered = true};
static const first_page_said smallest = {.ordered = true, .only_order = true};

static void test_first_scan(void **state) {
    const first_page_past none = {0};
    (void)state;
    assert_int_equal(first_page_rows(&none, &latest, true), 1);
    assert_int_equal(first_page_rows(&none, &smallest, true), 1);
    assert_int_equal(first_page_rows(&none, &earliest, true), 0);
    assert_int_equal(first_page_rows(&none, &plain, true), 0);
    assert_int_equal(first_page_rows(&none, &latest, false), 0);
    first_page_said other = latest;
    other.checked = true;
    assert_int_equal(first_page_rows(&none, &other, true), 0);
    other = latest;
    other.limited = true;
    assert_int_equal(first_page_rows(&none, &other, true), 0);
}

/* So many scans that have ended so. */
static void note(first_page_past *past, int scans, int64_t rows, bool to_end) {
    while (scans-- > 0) {
        first_page_note(past, rows, to_end);
    }
}

static void test_left_at_first_row(void **state) {
    first_page_past past = {0};
    (void)state;
    note(&past, 1, 1, false);
    assert_int_equal(first_page_rows(&past, &plain, false), 1);
    assert_int_equal(first_page_rows(&past, &earliest, false), 1);
    /* Which column a term that does not show is about does not show either: twice may be chance less often than once. */
    const first_page_said some = {0};
    assert_int_equal(first_page_rows(&past, &some, true), 0);
    note(&past, 1, 1, false);
    assert_int_equal(first_page_rows(&past, &some, true), 1);
    first_page_said checked = plain;
    checked.checked = true;
    assert_int_equal(first_page_rows(&past, &checked, true), 0);
}

static void test_left_after_some(void **state) {
    first_page_past past = {0};
    (void)state;
    note(&past, 1, 3, false);
    assert_int_equal(first_page_rows(&past, &earliest, true), 0);
    note(&past, 1, 3, false);
    assert_int_equal(first_page_rows(&past, &earliest, true), 3);
    /* Shorter lists are read to their ends, as those of no rows are. */
    note(&past, 1, 2, true);
    note(&past, 1, 0, true);
    assert_int_equal(first_page_rows(&past, &earliest, true), 3);
    /* Now here, now there: a term that does not show. */
    note(&past, 1, 2, false);
    assert_int_equal(first_page_rows(&past, &earliest, true), 0);
    past = (first_page_past){0};
    note(&past, 5, FIRST_PAGE_MOST + 1, false);
    assert_int_equal(first_page_rows(&past, &earliest, true), 0);
}

static void test_read_to_the_end(void **state) {
    first_page_past past = {0};
    (void)state;
    note(&past, 1, 0, true);
    assert_int_equal(first_page_rows(&past, &latest, true), 1);
    note(&past, 1, 1, true);
    assert_int_equal(first_page_rows(&past, &latest, true), 0);
    assert_int_equal(first_page_rows(&past, &plain, true), 0);
    note(&past, FIRST_PAGE_AGAIN - 1, 1, false);
    assert_int_equal(first_page_rows(&past, &plain, true), 0);
    note(&past, 1, 1, false);
    assert_int_equal(first_page_rows(&past, &plain, true), 1);
    note(&past, 1, 50, true);
    note(&past, 2 * FIRST_PAGE_AGAIN - 1, 1, false);
    assert_int_equal(first_page_rows(&past, &plain, true), 0);
}

/* However scans end, and whatever was said: small pages in vain are one, and one more for each sixteen that were left early. */
static void test_bound(void **state) {
    uint64_t random = 1;
    (void)state;
    for (int run = 0; run < 2000; run++) {
        first_page_past past = {0};
        int64_t wrong = 0, early = 0;
        for (int scan = 0; scan < 200; scan++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            bool goes_on = (random >> 40) % 97 < (uint64_t)run % 97;
            int64_t small = first_page_rows(&past, run % 2 ? &latest : &plain, true);
            wrong += small > 0 && goes_on;
            early += !goes_on;
            first_page_note(&past, goes_on ? 30 : 1, goes_on);
        }
        assert_true(wrong <= 1 + early / FIRST_PAGE_AGAIN);
    }
}

static void test_may_be_enough(void **state) {
    (void)state;
    assert_true(first_page_may_be_enough(&smallest));
    assert_false(first_page_may_be_enough(&latest));
    assert_false(first_page_may_be_enough(&plain));
    first_page_said other = smallest;
    other.checked = true;
    assert_false(first_page_may_be_enough(&other));
    other = smallest;
    other.limited = true;
    assert_false(first_page_may_be_enough(&other));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hear),
        cmocka_unit_test(test_first_scan),
        cmocka_unit_test(test_left_at_first_row),
        cmocka_unit_test(test_left_after_some),
        cmocka_unit_test(test_read_to_the_end),
        cmocka_unit_test(test_bound),
        cmocka_unit_test(test_may_be_enough),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
