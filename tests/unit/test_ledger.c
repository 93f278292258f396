/* The ledger of a list: whatever is looked up, and however many pages the list has, no more than twice the pages and a few. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "read/ledger.h"

/* Looks up so many rows of a list of so many pages, each for so many requests; returns all requests. counted: pages, or 0. */
static int64_t requests_counted(ledger_free *all, int64_t pages, int64_t counted, int64_t rows, int64_t cost) {
    ledger list = {.pages = counted};
    int64_t asked = 0;
    for (int64_t row = 0; row < rows && list.read < pages; row++) {
        while (list.read < pages && !ledger_may_look_up(&list, all, cost)) {
            int64_t goal = ledger_read_first(&list, all, cost);
            assert_true(goal > list.read);
            asked += (goal < pages ? goal : pages) - list.read;
            list.read = goal < pages ? goal : pages;
        }
        if (list.read < pages) {
            ledger_look_up(&list, all, cost);
            asked += cost;
        }
    }
    return asked;
}

static int64_t requests(ledger_free *all, int64_t pages, int64_t rows, int64_t cost) {
    return requests_counted(all, pages, 0, rows, cost);
}

/* Knowing how long the list is costs no request more, and keeps the bound; a list that is longer than that keeps its own. */
static void test_counted(void **state) {
    (void)state;
    for (int64_t pages = 1; pages < 40; pages++) {
        for (int64_t cost = 1; cost <= pages; cost++) {
            for (int64_t rows = 1; rows < 100; rows++) {
                ledger_free known = {0}, unknown = {0}, wrong = {0};
                int64_t counted = requests_counted(&known, pages, pages, rows, cost);
                assert_true(counted <= requests(&unknown, pages, rows, cost));
                assert_true(counted <= 2 * pages + LEDGER_FREE_OF_LIST);
                assert_true(requests_counted(&wrong, pages, pages / 2, rows, cost) <= 2 * pages + LEDGER_FREE_OF_LIST);
            }
        }
    }
}

/* A short list is read instead of its second row; of a long one as many rows as it has pages are looked up at once. */
static void test_short_and_long(void **state) {
    ledger_free all = {0}, others = {.used = LEDGER_FREE};
    (void)state;
    assert_int_equal(requests_counted(&all, 1, 1, 1, 1), 1);
    assert_int_equal(all.used, 1);
    assert_int_equal(requests_counted(&all, 1, 1, 10, 1), 2);
    assert_int_equal(requests_counted(&all, 3, 3, 1, 3), 3);
    assert_int_equal(all.used, 2);
    assert_int_equal(requests_counted(&others, 30, 30, 1, 20), 20);
    assert_true(requests_counted(&others, 30, 0, 1, 20) > 20);
}

/* The same where the number of pages is asked for when that is worth it; *asked_for: whether it was. */
static int64_t requests_asking(int64_t used, int64_t pages, int64_t rows, int64_t cost, bool *asked_for) {
    ledger list = {0};
    ledger_free all = {.used = used};
    int64_t asked = 0;
    for (int64_t row = 0; row < rows && list.read < pages; row++) {
        bool turn = !ledger_may_look_up(&list, &all, cost);
        for (; list.read < pages && turn;
             turn = ledger_wants_count(&list, &all, cost) || !ledger_may_look_up(&list, &all, cost)) {
            if (ledger_wants_count(&list, &all, cost)) {
                assert_false(list.counted);
                list.counted = *asked_for = true;
                list.pages = pages;
                ledger_look_up(&list, &all, 1);
                asked++;
                continue;
            }
            int64_t goal = ledger_read_first(&list, &all, cost);
            assert_true(goal > list.read);
            asked += (goal < pages ? goal : pages) - list.read;
            list.read = goal < pages ? goal : pages;
        }
        if (list.read < pages) {
            ledger_look_up(&list, &all, cost);
            asked += cost;
        }
    }
    return asked;
}

/* That keeps the bound, and costs one request more than knowing it beforehand, or what has been read until it was worth it. */
static void test_asking(void **state) {
    (void)state;
    for (int64_t pages = 1; pages < 80; pages++) {
        for (int64_t cost = 1; cost < 100; cost += cost < 20 ? 1 : 7) {
            for (int64_t rows = 1; rows < 100; rows += rows < 20 ? 1 : 7) {
                bool asked = false;
                int64_t made = requests_asking(0, pages, rows, cost, &asked), most = 2 * pages + LEDGER_FREE_OF_LIST;
                assert_true(made <= (cost <= pages ? most : most + cost - pages));
            }
        }
    }
}

/* Many at once, of a list of many pages: one request more than they are; of a list of few, that list. */
static void test_many_at_once(void **state) {
    bool asked = false;
    (void)state;
    assert_int_equal(requests_asking(0, 1000, 1, LEDGER_FREE_OF_LIST, &asked), LEDGER_FREE_OF_LIST);
    assert_int_equal(requests_asking(0, 1000, 1, LEDGER_FREE_OF_LIST + 1, &asked), LEDGER_FREE_OF_LIST + 1);
    assert_int_equal(requests_asking(0, 1000, 1, LEDGER_FREE_OF_LIST + 2, &asked), LEDGER_FREE_OF_LIST + 3);
    assert_false(asked);
    for (int64_t cost = LEDGER_FREE_OF_LIST + 3; cost < 900; cost++) {
        assert_int_equal(requests_asking(0, 1000, 1, cost, &asked), cost + 1);
        assert_int_equal(requests_asking(LEDGER_FREE, 3, 1, cost, &asked), 3 + 1);
    }
    assert_true(asked);
    /* One after another, it is asked when some pages have been read. */
    assert_int_equal(requests_asking(0, 1000, 60, 1, &asked), 60 + LEDGER_COUNT_READ + 1);
}

/* In so many lists something is looked up once, and no list is read for it; what comes after that is another look-up. */
static void test_many_at_least(void **state) {
    ledger_free all = {.used = LEDGER_FREE};
    ledger list = {.least = 60};
    (void)state;
    assert_true(ledger_may_look_up(&list, &all, 60));
    assert_false(ledger_may_look_up(&list, &all, 61));
    ledger_look_up(&list, &all, 60);
    assert_false(ledger_may_look_up(&list, &all, 1));
}

/* The same one after another, where the page that the next one will wait for is asked for beside each, if it is. */
static int64_t requests_beside(int64_t pages, int64_t rows) {
    ledger list = {0};
    ledger_free all = {0};
    int64_t asked = 0;
    for (int64_t row = 0; row < rows && list.read < pages; row++) {
        while (list.read < pages && !ledger_may_look_up(&list, &all, 1)) {
            list.read++;
            asked++;
        }
        if (list.read < pages) {
            bool beside = ledger_read_beside(&list, &all, 1) > list.read;
            ledger_look_up(&list, &all, 1);
            list.read += beside;
            asked += 1 + beside;
        }
    }
    return asked;
}

/* That is asked for one look-up early, so that it may be one request in vain, and nothing for those who look up few rows. */
static void test_beside(void **state) {
    ledger_free used = {.used = LEDGER_FREE};
    (void)state;
    for (int64_t pages = 1; pages < 60; pages++) {
        for (int64_t rows = 1; rows < 150; rows++) {
            ledger_free all = {0};
            int64_t made = requests_beside(pages, rows), before = requests(&all, pages, rows, 1);
            assert_true(made <= before + 1 && made <= 2 * pages + LEDGER_FREE_OF_LIST);
            assert_true(made == before || rows >= LEDGER_FREE_OF_LIST + LEDGER_STEADY);
        }
    }
    assert_int_equal(ledger_read_beside(&(ledger){.spent = LEDGER_STEADY, .read = 2, .counted = true}, &used, 1), 3);
    assert_int_equal(ledger_read_beside(&(ledger){.spent = LEDGER_STEADY - 1, .counted = true}, &used, 1), 0);
    assert_int_equal(ledger_read_beside(&(ledger){.spent = 9, .read = 8, .counted = true}, &used, 2), 0);
    /* Not where more look-ups than pages are allowed yet, nor where the number of pages will be asked for. */
    assert_int_equal(ledger_read_beside(&(ledger){.spent = 5, .made = 5, .read = 4, .pages = 50}, &used, 1), 0);
    assert_int_equal(ledger_read_beside(&(ledger){.spent = 4, .read = 5}, &used, 1), 0);
}

/* What came of a statement that looks rows up one after another, and reads and asks beside that. */
typedef struct course {
    int64_t looked_up, read, turns; /* turns: as one waits for a look-up, or for a page */
    int64_t before;                 /* look-ups before the first page */
    int64_t counts, counted_at;     /* how often the number of pages was asked for, and beside which look-up */
} course;

/* Each page beside a look-up has come before the next one is made. known: the number of pages, 0: it can be asked for. */
static course run_beside(int64_t pages, int64_t known, int64_t rows) {
    ledger list = {.pages = known};
    ledger_free all = {0};
    course made = {0};
    for (int64_t row = 0; row < rows && list.read < pages; row++) {
        for (; list.read < pages && !ledger_may_look_up(&list, &all, 1); made.turns++) {
            assert_false(ledger_wants_count(&list, &all, 1));
            list.read++;
        }
        if (list.read == pages) {
            break;
        }
        bool counts = ledger_counts_beside(&list, &all, 1);
        int64_t goal = ledger_read_beside(&list, &all, 1);
        made.before += list.read == 0 && goal <= list.read;
        ledger_look_up(&list, &all, 1);
        made.looked_up++;
        made.turns++;
        list.read += goal > list.read;
        if (counts) {
            ledger_ask_count(&list, &all, 1);
            list.pages = pages;
            list.counted = true;
            made.counts++;
            made.counted_at = row + 1;
        }
    }
    made.read = list.read;
    return made;
}

/* Once a fifth of them has been looked up: a page for each further look-up. That keeps the bound, and the time near the list's. */
static void test_beside_known(void **state) {
    (void)state;
    for (int64_t pages = 1; pages < 130; pages++) {
        int64_t alone = pages / LEDGER_ALONE_OF > LEDGER_ALONE ? pages / LEDGER_ALONE_OF : LEDGER_ALONE;
        for (int64_t rows = 1; rows < 300; rows++) {
            course told = run_beside(pages, pages, rows), asked = run_beside(pages, 0, rows);
            assert_true(told.looked_up + told.read <= 2 * pages + LEDGER_FREE_OF_LIST);
            assert_true(asked.looked_up + asked.read + asked.counts <= 2 * pages + LEDGER_FREE_OF_LIST);
            assert_true(asked.turns <= pages + alone + 1);
            assert_true(pages == 1 || rows > alone || (told.read == 0 && asked.read == 0));
            assert_true(pages == 1 || rows <= alone || asked.before == alone);
            assert_int_equal(asked.counts, rows >= LEDGER_ALONE);
            assert_int_equal(asked.counted_at, asked.counts * LEDGER_ALONE);
        }
    }
}

/* Nobody is asked beside many at once, twice, of what is told, or where look-ups have to wait. */
static void test_counts_beside(void **state) {
    ledger_free fresh = {0}, used = {.used = LEDGER_FREE - 1};
    (void)state;
    assert_true(ledger_counts_beside(&(ledger){.made = LEDGER_ALONE - 1}, &fresh, 1));
    assert_true(ledger_counts_beside(&(ledger){.made = 6, .free = 6}, &fresh, 1));
    assert_false(ledger_counts_beside(&(ledger){.made = 7, .free = 7}, &fresh, 1));
    assert_false(ledger_counts_beside(&(ledger){.made = LEDGER_ALONE - 1}, &used, 1));
    assert_false(ledger_counts_beside(&(ledger){.made = LEDGER_ALONE - 2}, &fresh, 1));
    assert_false(ledger_counts_beside(&(ledger){.made = LEDGER_ALONE - 1}, &fresh, 2));
    assert_false(ledger_counts_beside(&(ledger){.made = LEDGER_ALONE - 1}, &fresh, 0));
    assert_false(ledger_counts_beside(&(ledger){.made = LEDGER_ALONE - 1, .counted = true}, &fresh, 1));
    assert_false(ledger_counts_beside(&(ledger){.made = LEDGER_ALONE - 1, .pages = 50}, &fresh, 1));
}

/* Of many at once nothing is bought; the last pages are waited for; a list that is longer than its count is one of which nothing
** is known. */
static void test_beside_ends(void **state) {
    ledger_free fresh = {0};
    ledger list = {.made = 40, .pages = 50, .read = 10};
    (void)state;
    assert_int_equal(ledger_read_beside(&list, &fresh, 1), 11);
    assert_int_equal(ledger_read_beside(&list, &fresh, 2), 0);
    assert_true(ledger_has_more(&list) && !ledger_has_no_more(&list));
    list.read = 50;
    assert_int_equal(ledger_read_beside(&list, &fresh, 1), 50);
    assert_true(ledger_has_no_more(&list) && !ledger_has_more(&list));
    list.read = 51;
    assert_int_equal(ledger_read_beside(&list, &fresh, 1), 0);
    assert_false(ledger_has_more(&list) || ledger_has_no_more(&list));
    assert_false(ledger_has_more(&(ledger){0}) || ledger_has_no_more(&(ledger){0}));
    /* Who has asked how long it is has not looked anything up by that. */
    list = (ledger){.made = LEDGER_ALONE, .asked = 1, .pages = 10};
    assert_int_equal(ledger_read_beside(&list, &fresh, 1), 0);
    list.asked = 0;
    assert_int_equal(ledger_read_beside(&list, &fresh, 1), 1);
}

/* What is free does not wait for what will follow it, unless the list is short; what is not, counts as all of that. */
static void test_foreseen(void **state) {
    ledger_free fresh = {0}, used = {.used = LEDGER_FREE};
    (void)state;
    assert_int_equal(ledger_foreseen(&(ledger){0}, &fresh, 1, 60, false), 1);
    assert_int_equal(ledger_foreseen(&(ledger){.pages = 5}, &fresh, 1, 60, false), 60);
    assert_int_equal(ledger_foreseen(&(ledger){.pages = 61}, &fresh, 1, 60, false), 1);
    assert_int_equal(ledger_foreseen(&(ledger){0}, &used, 1, 60, false), 60);
    assert_int_equal(ledger_foreseen(&(ledger){0}, &used, 3, 1, false), 3);
    assert_int_equal(ledger_foreseen(&(ledger){0}, &used, 0, 0, false), 0);
    /* Where it is sure that they come, more than are free wait for the list at once. */
    assert_int_equal(ledger_foreseen(&(ledger){0}, &fresh, 1, 60, true), 60);
    assert_int_equal(ledger_foreseen(&(ledger){0}, &fresh, 1, 8, true), 1);
    assert_int_equal(ledger_foreseen(&(ledger){.pages = 61}, &fresh, 1, 60, true), 60);
    assert_int_equal(ledger_foreseen(&(ledger){0}, &fresh, 0, 60, true), 0);
    assert_false(ledger_may_look_up(&(ledger){0}, &used, 60));
    assert_int_equal(ledger_read_first(&(ledger){0}, &used, 60), 59);
}

static void test_behind(void **state) {
    (void)state;
    assert_int_equal(ledger_behind(60, 100, -1), 60);
    assert_int_equal(ledger_behind(60, 100, 99), 60);
    assert_int_equal(ledger_behind(60, 100, 100), 59);
    assert_int_equal(ledger_behind(60, 100, 5999), 1);
    assert_int_equal(ledger_behind(60, 100, INT64_MAX), 1);
}

/* Nobody is asked twice, nor of what is told, nor for a page or two. */
static void test_not_worth_it(void **state) {
    ledger_free all = {.used = LEDGER_FREE};
    (void)state;
    assert_true(ledger_wants_count(&(ledger){0}, &all, 10));
    assert_false(ledger_wants_count(&(ledger){.counted = true}, &all, 10));
    assert_false(ledger_wants_count(&(ledger){.pages = 1000}, &all, 10));
    assert_false(ledger_wants_count(&(ledger){.spent = 1}, &all, 1));
    assert_false(ledger_wants_count(&(ledger){.read = LEDGER_COUNT_READ, .spent = LEDGER_COUNT_READ + 1}, &all, 1));
    assert_true(ledger_wants_count(&(ledger){.read = LEDGER_COUNT_READ, .spent = LEDGER_COUNT_READ}, &all, 1));
}

static void test_bound(void **state) {
    (void)state;
    for (int64_t pages = 1; pages < 60; pages++) {
        for (int64_t cost = 1; cost <= pages; cost++) {
            for (int64_t rows = 1; rows < 150; rows++) {
                ledger_free all = {0};
                assert_true(requests(&all, pages, rows, cost) <= 2 * pages + LEDGER_FREE_OF_LIST);
            }
        }
    }
}

/* A few rows are looked up, and nothing else is asked for. */
static void test_few(void **state) {
    ledger_free all = {0};
    (void)state;
    assert_int_equal(requests(&all, 1000, LEDGER_FREE_OF_LIST, 1), LEDGER_FREE_OF_LIST);
    assert_int_equal(requests(&all, 1000, 1, 1), 1);
    assert_int_equal(requests(&all, 1000, LEDGER_FREE - LEDGER_FREE_OF_LIST - 1, 1),
                     LEDGER_FREE - LEDGER_FREE_OF_LIST - 1);
    assert_int_equal(requests(&all, 1000, 2, 1), 3);
}

/* Not more of one list, and so of one that is short: the others' are not used up by it. */
static void test_few_of_a_list(void **state) {
    ledger_free all = {0};
    (void)state;
    assert_int_equal(requests(&all, 1000, LEDGER_FREE_OF_LIST + 2, 1), LEDGER_FREE_OF_LIST + 3);
    assert_int_equal(all.used, LEDGER_FREE_OF_LIST);
}

/* The free ones are shared by all lists. */
static void test_many_lists(void **state) {
    ledger_free all = {0};
    int64_t asked = 0;
    (void)state;
    for (int list = 0; list < 40; list++) {
        asked += requests(&all, 1, 100, 1);
    }
    assert_int_equal(asked, 2 * 40 + LEDGER_FREE);
}

/* What is there already is looked up, as long as it has not been asked for again and again. */
static void test_known(void **state) {
    ledger list = {0};
    ledger_free all = {0};
    (void)state;
    assert_true(ledger_may_look_up(&list, &all, 0));
    ledger_look_up(&list, &all, LEDGER_FREE_OF_LIST);
    ledger_look_up(&list, &all, 1);
    assert_true(ledger_may_look_up(&list, &all, 0));
    assert_false(ledger_may_look_up(&list, &all, 1));
    ledger_look_up(&list, &all, 1);
    assert_false(ledger_may_look_up(&list, &all, 0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bound),          cmocka_unit_test(test_counted),
        cmocka_unit_test(test_short_and_long), cmocka_unit_test(test_few),
        cmocka_unit_test(test_few_of_a_list),  cmocka_unit_test(test_many_lists),
        cmocka_unit_test(test_known),          cmocka_unit_test(test_many_at_least),
        cmocka_unit_test(test_asking),         cmocka_unit_test(test_many_at_once),
        cmocka_unit_test(test_beside),         cmocka_unit_test(test_foreseen),
        cmocka_unit_test(test_behind),         cmocka_unit_test(test_not_worth_it),
        cmocka_unit_test(test_beside_known),   cmocka_unit_test(test_counts_beside),
        cmocka_unit_test(test_beside_ends),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
