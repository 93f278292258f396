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
    assert_true(said.checked && said.filtered);
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
    first_page_said other = plain;
    other.exists = true;
    assert_int_equal(first_page_rows(&none, &other, true), 1);
    assert_int_equal(first_page_rows(&none, &other, false), 0);
    other.checked = true;
    assert_int_equal(first_page_rows(&none, &other, true), 0);
    other = latest;
    other.checked = true;
    assert_int_equal(first_page_rows(&none, &other, true), 0);
    other = latest;
    other.limited = true;
    assert_int_equal(first_page_rows(&none, &other, true), 0);
}

static const first_page_said checked = {.bare = true, .checked = true};

/* So many lists, each scanned once and so far. */
static void note_said(first_page_past *past, const first_page_said *said, int lists, int64_t rows, bool to_end) {
    static uint64_t list;
    while (lists-- > 0) {
        first_page_begin(past, said, ++list, 1000);
        first_page_note(past, list, (first_page_end){.rows = rows, .to_end = to_end});
    }
    first_page_begin(past, said, ++list, 1000);
}

static void note(first_page_past *past, int lists, int64_t rows, bool to_end) {
    note_said(past, &plain, lists, rows, to_end);
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
    first_page_said limited = plain;
    limited.limited = true;
    assert_int_equal(first_page_rows(&past, &limited, true), 0);
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
    assert_int_equal(first_page_rows(&past, &earliest, true), 10);
    past = (first_page_past){0};
    note(&past, 5, 201, false);
    assert_int_equal(first_page_rows(&past, &earliest, true), 0);
}

/* Where SQLite checks a term itself: after two lists, and with room for further rows. */
static void test_checked(void **state) {
    first_page_past past = {0};
    (void)state;
    note_said(&past, &checked, 1, 1, false);
    assert_int_equal(first_page_rows(&past, &checked, true), 0);
    note_said(&past, &checked, 1, 1, false);
    assert_int_equal(first_page_rows(&past, &checked, true), 10);
    /* Another scan of such lists that SQLite does not check takes them as large, so that both share them. */
    assert_int_equal(first_page_rows(&past, &plain, true), 10);
    first_page_said newest = latest;
    newest.checked = true;
    past = (first_page_past){0};
    note_said(&past, &newest, 0, 1, false);
    assert_int_equal(first_page_rows(&past, &newest, true), 0);
}

/* The size that would have cost the least. */
static void test_sizes(void **state) {
    first_page_past past = {0};
    (void)state;
    note_said(&past, &checked, 100, 10, false);
    note_said(&past, &checked, 1, 11, false);
    assert_int_equal(first_page_rows(&past, &checked, true), 10);
    note_said(&past, &checked, 25, 40, false);
    assert_int_equal(first_page_rows(&past, &checked, true), 40);
    note_said(&past, &checked, 32, 160, false);
    assert_int_equal(first_page_rows(&past, &checked, true), 160);
    note_said(&past, &checked, 39, 161, false);
    assert_int_equal(first_page_rows(&past, &checked, true), 160);
    note_said(&past, &checked, 1, 1001, false);
    assert_int_equal(first_page_rows(&past, &checked, true), 0);
    /* Lists that are left early again are a reason again, those of few rows are none. */
    note_said(&past, &checked, 100, 10, true);
    assert_int_equal(first_page_rows(&past, &checked, true), 0);
    note_said(&past, &checked, 4, 10, false);
    assert_int_equal(first_page_rows(&past, &checked, true), 160);
    past = (first_page_past){0};
    note_said(&past, &checked, 4, 5, false);
    note_said(&past, &checked, 2, 11, true);
    assert_int_equal(first_page_rows(&past, &checked, true), 40);
    note_said(&past, &checked, 2, 161, true);
    assert_int_equal(first_page_rows(&past, &checked, true), 0);
}

/* What counts is how far a list has been read at the most, by whichever of the scans that come to it one after another. */
static void test_scans_of_one_list(void **state) {
    first_page_past past = {0};
    (void)state;
    for (uint64_t list = 1; list <= 20; list++) {
        for (int64_t scan = 1; scan <= 30; scan++) {
            first_page_begin(&past, &checked, list, 1000);
            first_page_note(&past, list, (first_page_end){.rows = scan == 15 ? 500 : scan % 9, .to_end = scan == 15});
        }
    }
    first_page_begin(&past, &checked, 21, 1000);
    assert_int_equal(first_page_rows(&past, &checked, true), 0);
    assert_int_equal(past.ended[FIRST_PAGE_SIZES], 20);
}

/* Where full pages hold few rows, there is little to be spared. */
static void test_held(void **state) {
    (void)state;
    for (int64_t held = 1; held <= 1000; held++) {
        first_page_past past = {0};
        for (uint64_t list = 1; list <= 30; list++) {
            first_page_begin(&past, &checked, list, 1000);
            int64_t rows = list % 6 == 0 ? 500 : 3;
            first_page_note(&past, list, (first_page_end){.rows = rows, .held = held});
        }
        first_page_begin(&past, &checked, 31, 1000);
        assert_int_equal(first_page_rows(&past, &checked, true),
                         5 * (held - 10) > 2 * (10 + FIRST_PAGE_REQUEST) ? 10 : 0);
        past = (first_page_past){0};
        note_said(&past, &checked, 2, 1, false);
        past.held = held;
        assert_int_equal(first_page_rows(&past, &checked, true), held >= 20 ? 10 : 0);
    }
}

/* For lists to come: all of them, or as many as it has been right for, times four. */
static void test_lists(void **state) {
    first_page_past past = {0};
    (void)state;
    note(&past, 2, 1, false);
    assert_true(first_page_lists(&past) == INT64_MAX);
    past = (first_page_past){0};
    note_said(&past, &checked, 2, 1, false);
    assert_int_equal(first_page_lists(&past), 8);
    note_said(&past, &checked, 1, 5, true);
    note_said(&past, &checked, 1, 5, false);
    assert_int_equal(first_page_lists(&past), 12);
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

/* However scans end, and whatever was said: small pages in vain are two, and one more for each four that were left early. */
static void test_bound(void **state) {
    uint64_t random = 1;
    (void)state;
    for (int run = 0; run < 2000; run++) {
        first_page_past past = {0};
        int64_t wrong = 0, early = 0;
        for (int scan = 0; scan < 200; scan++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            bool goes_on = (random >> 40) % 97 < (uint64_t)run % 97;
            const first_page_said *said = run % 3 == 0 ? &latest : run % 3 == 1 ? &plain : &checked;
            first_page_begin(&past, said, (uint64_t)scan + 1, 1000);
            int64_t small = first_page_rows(&past, said, true);
            int64_t rows = goes_on ? 1000 : (int64_t)(random >> 33) % (1 + run % 20) + 1;
            wrong += small > 0 && rows > small;
            early += !goes_on;
            first_page_note(&past, (uint64_t)scan + 1, (first_page_end){.rows = rows, .to_end = goes_on});
        }
        assert_true(wrong <= 2 + early / FIRST_PAGE_GOOD);
    }
}

static void test_patience(void **state) {
    first_page_past past = {.full = 1000};
    (void)state;
    assert_int_equal(first_page_patience(&past, &smallest), 1);
    assert_int_equal(first_page_patience(&past, &latest), 0);
    assert_int_equal(first_page_patience(&past, &plain), 0);
    first_page_said other = smallest;
    other.checked = true;
    assert_int_equal(first_page_patience(&past, &other), 0);
    other = smallest;
    other.limited = true;
    assert_int_equal(first_page_patience(&past, &other), 0);
    /* Lists that are mostly left within their first page; short ones say nothing. */
    note(&past, 9, 1000, true);
    assert_int_equal(first_page_patience(&past, &plain), 0);
    note(&past, 1, 1000, false);
    assert_int_equal(first_page_patience(&past, &plain), 500);
    note(&past, 1, 1001, true);
    assert_int_equal(first_page_patience(&past, &plain), 500);
    note(&past, 1, 1001, false);
    assert_int_equal(first_page_patience(&past, &plain), 0);
    note(&past, 1, 1, false);
    assert_int_equal(first_page_patience(&past, &plain), 500);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hear),
        cmocka_unit_test(test_first_scan),
        cmocka_unit_test(test_left_at_first_row),
        cmocka_unit_test(test_left_after_some),
        cmocka_unit_test(test_read_to_the_end),
        cmocka_unit_test(test_bound),
        cmocka_unit_test(test_checked),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_scans_of_one_list),
        cmocka_unit_test(test_held),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_patience),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
