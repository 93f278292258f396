/*
** Lists that a statement comes back to: the same rows in the same order as a walk gives, from the pages that have come, and of
** those only the ones that may equal a value. The HTTP client is a fake.
*/
#include "unit/recalled.h"

#include "read/ledger.h"
#include "read/recall_instead.h"

static const char other_query[] = "Order=asc&PageSize=5";

/* ---- the same rows ---- */

static void test_again(void **state) {
    error problem = {0};
    (void)state;
    look *view = look_open(shared);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(read_all(view, query, &problem), 23);
    }
    assert_false(error_is_set(&problem));
    /* Whoever shares no look with others keeps no page after use; but what is recalled is held. */
    assert_in_range(requests(), 5, 10);
    int after = requests();
    assert_int_equal(read_all(view, query, &problem), 23);
    assert_int_equal(requests(), after);
    look_close(view);
    assert_int_equal(reading_of(shared)->held_bytes, 0);
    assert_int_equal(reading_of(shared)->page_bytes, 0);
}

/* A list of another query is another list. */
static void test_apart(void **state) {
    error problem = {0};
    (void)state;
    look *view = look_open(shared);
    assert_int_equal(read_all(view, query, &problem), 23);
    assert_int_equal(read_all(view, query, &problem), 23);
    int before = requests();
    assert_int_equal(read_all(view, other_query, &problem), 23);
    assert_true(requests() > before);
    look_close(view);
}

/* A scan that ends early leaves the walk where it stands; one inside another goes on with it. */
static void test_paused(void **state) {
    error problem = {0};
    reading_one outer, inner;
    (void)state;
    look *view = look_open(shared);
    assert_int_equal(read_all(view, query, &problem), 23);
    open_one(view, &outer, query, NULL, &problem);
    assert_non_null(outer.recalled.list);
    for (int row = 0; row < 7; row++) {
        assert_int_equal(next_row(view, &outer, &problem), row);
    }
    open_one(view, &inner, query, NULL, &problem);
    for (int row = 0; row < 12; row++) {
        assert_int_equal(next_row(view, &inner, &problem), row);
    }
    close_one(&inner);
    assert_int_equal(read_from(view, &outer, 7, &problem), 16);
    close_one(&outer);
    assert_int_equal(read_all(view, query, &problem), 23);
    look_close(view);
}

/* ---- rows that may equal a value ---- */

static void test_equal(void **state) {
    uint64_t all = (UINT64_C(1) << 23) - 1, always = every_seventh(6), odd = every_seventh(5);
    (void)state;
    look *view = look_open(shared);
    assert_true(rows_for(view, "'u3'", NULL) == all);
    assert_true(rows_for(view, "'u3'", NULL) == all); /* noted */
    assert_true(rows_for(view, "'u3'", NULL) == (every_seventh(3) | always));
    assert_true(rows_for(view, "'U4  '", NULL) == (every_seventh(4) | always));
    assert_true(rows_for(view, "'nobody'", NULL) == always);
    assert_true(rows_for(view, "5", NULL) == (odd | always));
    assert_true(rows_for(view, "NULL", NULL) == always);
    assert_true(rows_for(view, "'5.0'", NULL) == all);
    assert_true(rows_for(view, "x'7533'", NULL) == all);
    look_close(view);
}

/* As far as the list has been read; behind that it is gone through, and the index grows. */
static void test_equal_in_part(void **state) {
    error problem = {0};
    reading_one one;
    sqlite3_value *value = evaluate(db, "'u3'");
    recall_equal equal = {(size_t)catalog_column_index(named_resource("messages"), "from"), value};
    (void)state;
    row_count = 700;
    look *view = look_open(shared);
    for (int i = 0; i < 2; i++) {
        open_one(view, &one, query, &equal, &problem);
        for (int row = 0; row < 300; row++) {
            assert_int_equal(next_row(view, &one, &problem), row);
        }
        close_one(&one);
    }
    open_one(view, &one, query, &equal, &problem);
    int row = -1, rows = 0, wanted = 0;
    while (row < 310) { /* its index has 300 rows */
        row = next_row(view, &one, &problem);
        assert_true(row >= 300 || row % 7 == 3 || row % 7 == 6);
    }
    close_one(&one);
    open_one(view, &one, query, &equal, &problem);
    while ((row = next_row(view, &one, &problem)) >= 0) {
        assert_true(row >= 300 || row % 7 == 3 || row % 7 == 6);
        wanted += row % 7 == 3;
        rows++;
    }
    close_one(&one);
    assert_int_equal(wanted, 100);
    assert_int_equal(rows, 85 + 400);
    open_one(view, &one, query, &equal, &problem);
    for (rows = 0; next_row(view, &one, &problem) >= 0; rows++) {
    }
    close_one(&one);
    assert_int_equal(rows, 200);
    assert_false(error_is_set(&problem));
    sqlite3_value_free(value);
    look_close(view);
}

/* ---- in place of look-ups ---- */

/* Looks message number `row` up, as far as that is done without the list; whether it is to be had from the list. */
static bool is_there_instead(look *view, int row, recall **list, error *problem) {
    walk_plan way, wide;
    int64_t expected = 0;
    bool whole = false;
    char *sid = sqlite3_mprintf("IM%032d", row);
    make_way(&way, query, problem);
    make_way(&wide, query, problem);
    way.by_segment = true;
    if (sid) {
        text_list_add(&way.segments, sid, problem);
    } else {
        error_no_memory(problem);
    }
    wide.limited = true;
    *list = recall_instead_find(view, &way, &wide, &(recall_count){.pages = 0}, &expected, &whole, problem);
    if (*list && !whole) {
        recall_instead_made(*list, expected, expected);
    }
    walk_plan_clear(&way);
    walk_plan_clear(&wide);
    sqlite3_free(sid);
    return *list && whole;
}

/* Eight are free, then a page is read for each, and one more may have been looked up. The pages come one after another. */
static void test_instead(void **state) {
    error problem = {0};
    recall *list = NULL;
    int looked_up = 0;
    (void)state;
    look *view = look_open(shared);
    for (int row = 0; row < LEDGER_FREE_OF_LIST + 1; row++, looked_up++) {
        assert_false(is_there_instead(view, row, &list, &problem));
    }
    assert_int_equal(requests(), 0);
    assert_false(is_there_instead(view, LEDGER_FREE_OF_LIST + 1, &list, &problem));
    assert_int_equal(requests(), 1);
    while (!is_there_instead(view, ++looked_up, &list, &problem)) {
    }
    assert_true(looked_up <= LEDGER_FREE_OF_LIST + 5);
    assert_int_equal(requests(), 1 + 5); /* how many they are has been asked once, and was not told */
    assert_false(error_is_set(&problem));
    look_close(view);
}

/* The same again and again costs nothing, so the list is left alone. */
static void test_instead_of_the_same(void **state) {
    error problem = {0};
    recall *list = NULL;
    (void)state;
    look *view = look_open(shared);
    for (int i = 0; i < 100; i++) {
        assert_false(is_there_instead(view, i % 5, &list, &problem));
    }
    assert_int_equal(requests(), 0);
    look_close(view);
}

static void check_key(look *view, recall *list) {
    error problem = {0};
    reading_one one;
    memset(&one, 0, sizeof one);
    recall_begin(&one.recalled, list, NULL, 0, "IM00000000000000000000000000000017", &problem);
    assert_int_equal(next_row(view, &one, &problem), 17);
    assert_int_equal(next_row(view, &one, &problem), -1);
    assert_false(error_is_set(&problem));
    close_one(&one);
}

/* By its key one row comes and no other, also where no index is left for it: an UPDATE may look at the first one only. */
static void test_key(void **state) {
    static const char *const columns[] = {"from", "body", "type", "attributes"};
    error problem = {0};
    (void)state;
    for (int indexed = 0; indexed < 2; indexed++) {
        recall *list = NULL;
        look *view = look_open(shared);
        for (int row = 0; !is_there_instead(view, row, &list, &problem); row++) {
            assert_true(row < 30);
        }
        sqlite3_value *value = evaluate(db, "'x'");
        for (size_t i = 0; indexed && i < sizeof columns / sizeof columns[0]; i++) {
            reading_one one;
            recall_equal equal = {(size_t)catalog_column_index(named_resource("messages"), columns[i]), value};
            memset(&one, 0, sizeof one);
            recall_begin(&one.recalled, list, &equal, 1, NULL, &problem);
            close_one(&one);
        }
        sqlite3_value_free(value);
        check_key(view, list);
        look_close(view);
    }
    assert_false(error_is_set(&problem));
}

/* ---- without room ---- */

/* What fits nowhere is walked over as ever: all rows come, and whoever is inside another goes on by itself. */
static void test_no_room(void **state) {
    error problem = {0};
    reading_one outer, inner;
    (void)state;
    body_length = 20000;
    settings_set(&shared->settings, SETTING_MEMORY_LIMIT_MB, "1", &problem);
    shared->without |= WITHOUT_SPILL;
    look *view = look_open(shared);
    assert_int_equal(read_all(view, query, &problem), 23);
    open_one(view, &outer, query, NULL, &problem);
    for (int row = 0; row < 7; row++) {
        assert_int_equal(next_row(view, &outer, &problem), row);
    }
    open_one(view, &inner, query, NULL, &problem);
    assert_int_equal(read_from(view, &inner, 0, &problem), 23);
    assert_null(inner.recalled.list); /* it goes on alone */
    assert_in_range(reading_of(shared)->held_bytes, 1, 1024 * 1024 / 4);
    close_one(&inner);
    assert_int_equal(read_from(view, &outer, 7, &problem), 16);
    assert_null(outer.recalled.list);
    close_one(&outer);
    assert_int_equal(reading_of(shared)->held_bytes, 0);
    assert_int_equal(read_all(view, query, &problem), 23);
    assert_false(error_is_set(&problem));
    look_close(view);
}

/* ---- without memory ---- */

static void without_memory(void *context) {
    error problem = {0};
    sqlite3_value *value = context;
    recall_equal equal = {(size_t)catalog_column_index(named_resource("messages"), "from"), value};
    look *view = look_open(shared);
    if (!view) {
        return;
    }
    for (int i = 0; i < 3 && !error_is_set(&problem); i++) {
        reading_one one;
        open_one(view, &one, query, &equal, &problem);
        while (!error_is_set(&problem) && next_row(view, &one, &problem) >= 0) {
        }
        close_one(&one);
    }
    if (error_is_set(&problem)) {
        assert_true(faulty_memory_failed());
        assert_int_equal(problem.rc, SQLITE_NOMEM);
    }
    for (int row = 0; row < 16 && !error_is_set(&problem); row++) {
        recall *list;
        is_there_instead(view, row, &list, &problem);
    }
    if (error_is_set(&problem)) {
        assert_int_equal(problem.rc, SQLITE_NOMEM);
    }
    error_clear(&problem);
    look_close(view);
    known_forget(&reading_of(shared)->known);
    seen[0] = 0;
}

static void test_memory(void **state) {
    (void)state;
    sqlite3_value *value = evaluate(db, "'u3'");
    faulty_memory_sweep(without_memory, value);
    sqlite3_value_free(value);
}

/* Of a stretch of the order, its rows are told, and those that have no number there. */
static void test_bounds(void **state) {
    const feed_order stretch = {.relied = true, .has_lower = true, .lower = 7, .has_upper = true, .upper = 12};
    const feed_order from = {.relied = true, .has_lower = true, .lower = 20};
    const feed_order unsure = {.has_lower = true, .lower = 20};
    const feed_order *const bounds[] = {&stretch, &from, &unsure};
    const int first[] = {7, 20, 0}, count[] = {6, 3, 23};
    (void)state;
    look *view = look_open(shared);
    for (int i = 0; i < 2; i++) {
        error problem = {0};
        assert_int_equal(read_all(view, query, &problem), row_count);
    }
    for (int i = 0; i < 3; i++) {
        error problem = {0};
        reading_one one;
        open_one(view, &one, query, NULL, &problem);
        assert_non_null(one.recalled.list);
        recall_bound_by(&one.recalled, bounds[i], false, &problem);
        assert_int_equal(read_from(view, &one, first[i], &problem), count[i]);
        close_one(&one);
        assert_false(error_is_set(&problem));
    }
    look_close(view);
}

/* Reads a stretch of a list that has been read; returns how many rows are told, from that one on. */
static int read_stretch(look *view, const feed_order *bounds, bool checked, int first) {
    error problem = {0};
    reading_one one;
    open_one(view, &one, query, NULL, &problem);
    recall_bound_by(&one.recalled, bounds, checked, &problem);
    int64_t from = -1, to = -1;
    bool in_order = recall_bound_stretch(&one.recalled, &from, &to, &problem);
    assert_int_equal(in_order, !disordered && first >= 0);
    int count = read_from(view, &one, first, &problem);
    assert_true(!in_order || (from == first && to == first + count - 1));
    close_one(&one);
    assert_false(error_is_set(&problem));
    return count;
}

/* Where the rows are in order, none outside is gone through, also for somebody who looks at each. Where they are not, all are. */
static void test_bounds_in_order(void **state) {
    const feed_order stretch = {.relied = true, .has_lower = true, .lower = 4, .has_upper = true, .upper = 12};
    const feed_order before = {.relied = true, .has_upper = true, .upper = 1};
    const feed_order behind = {.relied = true, .has_lower = true, .lower = 23};
    const feed_order nothing = {.relied = true, .has_lower = true, .lower = 9, .has_upper = true, .upper = 8};
    const feed_order all = {
        .relied = true, .has_lower = true, .lower = INT64_MIN, .has_upper = true, .upper = INT64_MAX};
    (void)state;
    for (int i = 0; i < 2; i++) {
        look *view = look_open(shared);
        error problem = {0};
        disordered = i == 1;
        for (int j = 0; j < 2; j++) {
            reading_one one;
            open_one(view, &one, query, NULL, &problem);
            while (next_row(view, &one, &problem) >= 0) {
            }
            close_one(&one);
        }
        assert_false(error_is_set(&problem));
        assert_int_equal(read_stretch(view, &stretch, false, 4), 9);
        assert_int_equal(read_stretch(view, &before, false, 0), 2);
        assert_int_equal(read_stretch(view, &behind, false, -1), 0);
        assert_int_equal(read_stretch(view, &nothing, false, -1), 0);
        if (!disordered) {
            assert_int_equal(read_stretch(view, &stretch, true, 4), 9);
            assert_int_equal(read_stretch(view, &all, true, 0), row_count);
        }
        look_close(view);
    }
}

/* Whoever looks at each row for its bounds gets all of a list that is not in order, as does who may not rely on them. */
static void test_bounds_out_of_order(void **state) {
    const feed_order behind = {.relied = true, .has_lower = true, .lower = 22};
    const feed_order unsure = {.has_lower = true, .lower = 22};
    (void)state;
    look *view = look_open(shared);
    error problem = {0};
    reading_one one;
    disordered = true;
    for (int i = 0; i < 4; i++) {
        open_one(view, &one, query, NULL, &problem);
        if (i >= 2) {
            recall_bound_by(&one.recalled, i == 2 ? &behind : &unsure, i == 2, &problem);
        }
        int count = 0;
        while (next_row(view, &one, &problem) >= 0) {
            count++;
        }
        assert_int_equal(count, row_count);
        close_one(&one);
    }
    assert_false(error_is_set(&problem));
    look_close(view);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_bounds, begin, end),
        cmocka_unit_test_setup_teardown(test_bounds_in_order, begin, end),
        cmocka_unit_test_setup_teardown(test_bounds_out_of_order, begin, end),
        cmocka_unit_test_setup_teardown(test_again, begin, end),
        cmocka_unit_test_setup_teardown(test_apart, begin, end),
        cmocka_unit_test_setup_teardown(test_paused, begin, end),
        cmocka_unit_test_setup_teardown(test_equal, begin, end),
        cmocka_unit_test_setup_teardown(test_equal_in_part, begin, end),
        cmocka_unit_test_setup_teardown(test_instead, begin, end),
        cmocka_unit_test_setup_teardown(test_instead_of_the_same, begin, end),
        cmocka_unit_test_setup_teardown(test_key, begin, end),
        cmocka_unit_test_setup_teardown(test_no_room, begin, end),
        cmocka_unit_test_setup_teardown(test_memory, begin, end),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
