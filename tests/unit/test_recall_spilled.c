/*
** Lists that a statement comes back to and for which there is no room in memory: each page is asked for once, the same rows come in
** the same order, a row stays while a scan stands on it, and nothing is left when the statement ends. The HTTP client is a fake.
*/
#include "unit/recalled.h"

#include <signal.h>
#include <sys/resource.h>

static const char statement;
static look_cursor cursor;
static look *view;

/* A statement that others can share, with memory for 1 MiB of pages; a page has 100 kB. */
static int begin_small(void **state) {
    error problem = {0};
    if (begin(state) != 0) {
        return 1;
    }
    body_length = 20000;
    settings_set(&shared->settings, SETTING_MEMORY_LIMIT_MB, "1", &problem);
    memset(&cursor, 0, sizeof cursor);
    look_cursor_open(shared, &cursor);
    if (look_cursor_begin(shared, &cursor, (statement_name){&statement, 1}) != SQLITE_OK) {
        return 1;
    }
    view = cursor.view;
    return error_is_set(&problem);
}

static int end_small(void **state) {
    reading *all = reading_of(shared);
    look_cursor_close(shared, &cursor);
    assert_int_equal(all->held_bytes, 0);
    assert_int_equal(all->kept_bytes, 0);
    assert_int_equal(all->page_bytes, 0);
    assert_int_equal(all->filed_bytes, 0);
    assert_null(all->looks);
    return end(state);
}

/* Is the text of the row that a scan stands on the row's? */
static void check_row(const reading_one *one, int row) {
    char expected[20];
    const feed *at = one->recalled.list ? recall_feed(&one->recalled) : walk_feed(one->rows);
    size_t column = (size_t)catalog_column_index(named_resource("messages"), "body");
    const page_cell *cell = page_at(feed_page(at), feed_row(at), column);
    snprintf(expected, sizeof expected, "%010d", row);
    assert_int_equal(cell->length, body_length);
    assert_string_equal(page_text(feed_page(at), cell) + cell->length - 10, expected);
}

static void expect_row(reading_one *one, int row) {
    error problem = {0};
    int found = next_row(view, one, &problem);
    if (problem.message) {
        print_message("# %s\n", problem.message);
    }
    assert_false(error_is_set(&problem));
    assert_int_equal(found, row);
    check_row(one, row);
}

static void expect_end(reading_one *one) {
    error problem = {0};
    assert_int_equal(next_row(view, one, &problem), -1);
    assert_false(error_is_set(&problem));
    close_one(one);
}

static reading_one opened(void) {
    error problem = {0};
    reading_one one;
    open_one(view, &one, query, NULL, &problem);
    assert_false(error_is_set(&problem));
    return one;
}

static void scan_all(void) {
    reading_one one = opened();
    for (int row = 0; row < row_count; row++) {
        expect_row(&one, row);
    }
    expect_end(&one);
}

/* Most pages are in the file, whoever has read them, and in memory no more than it may have. */
static void test_once(void **state) {
    (void)state;
    row_count = 60;
    for (int i = 0; i < 5; i++) {
        scan_all();
        assert_int_equal(look_asked(view), 12);
        assert_in_range(reading_of(shared)->held_bytes, 0, 1024 * 1024 / 4);
        assert_in_range(reading_of(shared)->kept_bytes, 0, 1024 * 1024 / 8);
        assert_in_range(reading_of(shared)->page_bytes, 1, 1024 * 1024 / 2);
        assert_true(reading_of(shared)->filed_bytes > 0);
    }
}

/* A statement that is not known to be one shares nothing; but what is recalled is held, in the file. */
static void test_unknown(void **state) {
    error problem = {0};
    (void)state;
    look *alone = look_open(shared);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(read_all(alone, query, &problem), 23);
    }
    int64_t asked = look_asked(alone);
    assert_in_range(asked, 5, 10);
    assert_int_equal(read_all(alone, query, &problem), 23);
    assert_int_equal(look_asked(alone), asked);
    look_close(alone);
}

/* A row stays as it is while others go over the list, noted or not. */
static void test_side_by_side(void **state) {
    (void)state;
    scan_all();
    for (int i = 0; i < 2; i++) {
        reading_one outer = opened();
        for (int row = 0; row < row_count; row++) {
            expect_row(&outer, row);
            scan_all();
            check_row(&outer, row);
        }
        expect_end(&outer);
    }
    assert_int_equal(look_asked(view), 5);
}

static void test_zipped(void **state) {
    (void)state;
    scan_all();
    scan_all();
    reading_one early = opened(), late = opened();
    for (int row = 0; row < 11; row++) {
        expect_row(&early, row);
    }
    for (int row = 11; row < row_count; row++) {
        expect_row(&early, row);
        expect_row(&late, row - 11);
        check_row(&early, row);
    }
    close_one(&late);
    expect_end(&early);
}

/* An equality has an index, as far as there is room for that. */
static void test_equal(void **state) {
    (void)state;
    scan_all();
    scan_all();
    assert_true(rows_for(view, "'u3'", check_row) == (every_seventh(3) | every_seventh(6)));
    assert_true(rows_for(view, "5", check_row) == (every_seventh(5) | every_seventh(6)));
    assert_true(rows_for(view, "'nobody'", check_row) == every_seventh(6));
    assert_int_equal(look_asked(view), 5);
}

/* How many rows come for a value that no row has in the column. */
static int rows_without(const char *column) {
    error problem = {0};
    sqlite3_value *value = evaluate(db, "'nobody'");
    recall_equal equal = {(size_t)catalog_column_index(named_resource("messages"), column), value};
    reading_one one;
    int rows = 0;
    open_one(view, &one, query, &equal, &problem);
    while (next_row(view, &one, &problem) >= 0) {
        rows++;
    }
    assert_false(error_is_set(&problem));
    close_one(&one);
    sqlite3_value_free(value);
    return rows;
}

/* Indexes have a bound, too: without one the list is gone through. */
static void test_many_indexes(void **state) {
    error problem = {0};
    (void)state;
    row_count = 14000; /* marks of 8 bytes: a quarter of a MiB has room for those of two columns */
    body_length = 20;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(read_all(view, query, &problem), row_count);
    }
    assert_int_equal(rows_without("body"), 0);
    assert_int_equal(rows_without("from"), row_count / 7);
    assert_int_equal(rows_without("sid"), row_count);
    assert_int_equal(rows_without("body"), 0);
}

/*
** A scan that ends early leaves the walk where it stands, and gives back what has been asked for ahead where that is in the way; it
** comes from the file when it is wanted after all.
*/
static void test_early(void **state) {
    (void)state;
    row_count = 60;
    for (int last = 3; last < row_count; last += 4) {
        reading_one one = opened();
        for (int row = 0; row < last; row++) {
            expect_row(&one, row);
        }
        close_one(&one);
        assert_true(reading_has_much_room(shared));
    }
    scan_all();
    scan_all();
    assert_int_equal(look_asked(view), 12);
}

/* Others use all the memory: the walk is ended, and begun anew by who needs it. */
static void test_early_without_memory(void **state) {
    error problem = {0};
    const reading *all = reading_of(shared);
    enum { TAKEN = 4 };
    look_entry *taken[TAKEN];
    (void)state;
    row_count = 60;
    for (int i = 0; i < TAKEN; i++) {
        char *path =
            sqlite3_mprintf("/v1/Services/" SERVICE_SID "/Channels/" CHANNEL_SID "/Messages?Order=asc&Page=%d", i);
        look_wish wish = {.resource = named_resource("messages"), .version = CATALOG_V1, .path = path};
        taken[i] = look_get(view, &wish, &problem);
        sqlite3_free(path);
        while (look_poll(taken[i], &problem) == LOOK_PENDING) {
            look_wait(view, &problem);
        }
        look_use(taken[i]);
    }
    size_t in_use = all->page_bytes;
    for (int last = 3; last < row_count; last += 4) {
        reading_one one = opened();
        for (int row = 0; row < last; row++) {
            expect_row(&one, row);
        }
        assert_true(last < 8 || one.recalled.list != NULL);
        close_one(&one);
        assert_int_equal(all->page_bytes - all->kept_bytes - all->held_bytes, in_use);
    }
    scan_all();
    assert_int_equal(look_asked(view), 12 + TAKEN);
    for (int i = 0; i < TAKEN; i++) {
        look_put(taken[i]);
    }
}

/* What may never be wanted again takes no more than 32 MiB of the disk. */
static void test_bound_of_what_is_offered(void **state) {
    error problem = {0};
    (void)state;
    row_count = 2000;
    assert_int_equal(read_all(view, query, &problem), row_count);
    assert_int_equal(look_asked(view), 400);
    assert_int_equal(read_all(view, query, &problem), row_count);
    assert_in_range(look_asked(view), 400 + 40, 400 + 80);
    int64_t asked = look_asked(view);
    assert_int_equal(read_all(view, query, &problem), row_count);
    assert_int_equal(look_asked(view), asked);
}

/* What is left in memory of a page that is in the file has its bound, too: of more pages the rest is asked for again. */
static void test_many_pages(void **state) {
    error problem = {0};
    enum { PAGES = 4000 };
    (void)state;
    row_count = PAGES * PAGE_ROWS;
    body_length = 10;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(read_all(view, query, &problem), row_count);
        assert_in_range(reading_of(shared)->filed_bytes, 1024 * 1024 / 2, 1024 * 1024);
    }
    assert_in_range(look_asked(view), PAGES + PAGES / 8, 2 * PAGES);
    assert_false(error_is_set(&problem));
}

/* ---- what goes wrong ---- */

static void limit_files(struct rlimit *before, bool small) {
    struct rlimit none;
    if (small) {
        signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, before);
        none = (struct rlimit){.rlim_cur = 4096, .rlim_max = before->rlim_max};
    } else {
        none = *before;
    }
    setrlimit(RLIMIT_FSIZE, &none);
}

/*
** A file that cannot grow. Nobody is told of it while the list may never be wanted again; whoever comes back to it is. What has
** been written before is not gone by, even when there is room again.
*/
static void test_no_room_in_the_file(void **state) {
    struct rlimit before;
    error problem = {0};
    (void)state;
    row_count = 100;
    limit_files(&before, true);
    int first = read_all(view, query, &problem);
    bool fine = !error_is_set(&problem);
    read_all(view, query, &problem);
    limit_files(&before, false);
    assert_int_equal(first, 100);
    assert_true(fine);
    assert_int_equal(problem.rc, SQLITE_ERROR);
    assert_true(strncmp(problem.message, "messages: ", 10) == 0);
    assert_non_null(strstr(problem.message, "memory_limit_mb"));
    assert_non_null(strstr(problem.message, "SQLITE_TMPDIR"));
    assert_null(strchr(problem.message, '\n'));
    error_clear(&problem);
    assert_true(read_all(view, query, &problem) < 100);
    assert_non_null(strstr(problem.message, "SQLITE_TMPDIR"));
    error_clear(&problem);
}

static void test_interrupted(void **state) {
    error problem = {0};
    (void)state;
    scan_all();
    reading_one one = opened(), other;
    for (int row = 0; row < 14; row++) {
        expect_row(&one, row);
    }
    assert_true(reading_of(shared)->filed_bytes > 0);
    waits_left = 0;
    open_one(view, &other, "Order=asc&PageSize=5", NULL, &problem);
    read_from(view, &other, 0, &problem);
    assert_int_equal(problem.rc, SQLITE_INTERRUPT);
    error_clear(&problem);
    close_one(&other);
    close_one(&one);
}

static void read_without_memory(look *without, sqlite3_value *value) {
    error problem = {0};
    recall_equal equal = {(size_t)catalog_column_index(named_resource("messages"), "from"), value};
    for (int i = 0; i < 3 && !error_is_set(&problem); i++) {
        reading_one one;
        int row;
        open_one(without, &one, query, &equal, &problem);
        while (!error_is_set(&problem) && (row = next_row(without, &one, &problem)) >= 0) {
            check_row(&one, row);
        }
        close_one(&one);
    }
    if (error_is_set(&problem)) {
        assert_true(faulty_memory_failed());
        assert_int_equal(problem.rc, SQLITE_NOMEM);
    }
    error_clear(&problem);
}

static void without_memory(void *context) {
    static const char other;
    look_cursor mine = {NULL, NULL, NULL};
    look_cursor_open(shared, &mine);
    if (look_cursor_begin(shared, &mine, (statement_name){&other, 2}) == SQLITE_OK) {
        read_without_memory(mine.view, context);
    }
    look_cursor_close(shared, &mine);
    known_forget(&reading_of(shared)->known);
    assert_int_equal(reading_of(shared)->filed_bytes, 0);
    seen[0] = 0;
}

static void test_memory(void **state) {
    (void)state;
    row_count = 12;
    body_length = 60000;
    sqlite3_value *value = evaluate(db, "'u3'");
    faulty_memory_sweep(without_memory, value);
    sqlite3_value_free(value);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_once, begin_small, end_small),
        cmocka_unit_test_setup_teardown(test_unknown, begin_small, end_small),
        cmocka_unit_test_setup_teardown(test_side_by_side, begin_small, end_small),
        cmocka_unit_test_setup_teardown(test_zipped, begin_small, end_small),
        cmocka_unit_test_setup_teardown(test_equal, begin_small, end_small),
        cmocka_unit_test_setup_teardown(test_many_indexes, begin_small, end_small),
        cmocka_unit_test_setup_teardown(test_early, begin_small, end_small),
        cmocka_unit_test_setup_teardown(test_early_without_memory, begin_small, end_small),
        cmocka_unit_test_setup_teardown(test_bound_of_what_is_offered, begin_small, end_small),
        cmocka_unit_test_setup_teardown(test_many_pages, begin_small, end_small),
        cmocka_unit_test_setup_teardown(test_no_room_in_the_file, begin_small, end_small),
        cmocka_unit_test_setup_teardown(test_interrupted, begin_small, end_small),
        cmocka_unit_test_setup_teardown(test_memory, begin_small, end_small),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
