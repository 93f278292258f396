/* Lists asked for ahead: those of a join's next rows come in their order, those in which something will be looked up in any. */
#include "unit/reading_world.h"

#include "catalog/generations.h"
#include "read/readahead.h"
#include "unit/named.h"

/* Which list an inner scan reads, and which it will read next. */
typedef struct outer_rows {
    int now, next;
} outer_rows;

static char *path_of(void *context, size_t ahead, readahead_manner *manner) {
    outer_rows *rows = context;
    (void)manner;
    return sqlite3_mprintf("/v1/Services/IS1/Channels/CH%032d/Messages?PageSize=2",
                           ahead == 0 ? rows->now : rows->next++);
}

/* The rows that lead to further lists have not come. */
static char *path_of_current(void *context, size_t ahead, readahead_manner *manner) {
    return ahead == 0 ? path_of(context, 0, manner) : NULL;
}

static void no_rows(const client_request *asked, client_answer *answer) {
    (void)asked;
    set_body(answer, "{\"messages\":[],\"meta\":{\"next_page_url\":null}}");
}

static int begin(void **state) {
    (void)state;
    return reading_world_begin(no_rows);
}

static bool has(const readahead_lists *state, int list) {
    outer_rows rows = {.now = list};
    readahead_manner any = {.alone = false};
    char *path = path_of(&rows, 0, &any);
    bool found = readahead_has(state, path);
    sqlite3_free(path);
    return found;
}

/* One that comes before its turn, or without having been asked for, does away with none of the others. */
static void test_any_order(void **state) {
    (void)state;
    look *view = look_open(shared);
    error problem = {0};
    readahead_lists *lists = readahead_of(view, sqlite3_mprintf("lists"), &problem);
    outer_rows rows = {.now = 1, .next = 2};
    lists->any_order = true;
    readahead_begin(lists, view, named_resource("messages"), CATALOG_V1, path_of, &rows, &problem);
    assert_true(lists->count > 8);
    size_t count = lists->count;
    rows = (outer_rows){.now = 5, .next = 100};
    readahead_begin(lists, view, named_resource("messages"), CATALOG_V1, path_of, &rows, &problem);
    assert_true(has(lists, 5) && has(lists, 2) && has(lists, 4) && has(lists, 6) && has(lists, 100));
    rows.now = 99;
    readahead_begin(lists, view, named_resource("messages"), CATALOG_V1, path_of, &rows, &problem);
    assert_true(has(lists, 99) && has(lists, 2) && !has(lists, 5));
    assert_int_equal(lists->wasted, 0);
    assert_int_equal(lists->count, count);
    assert_false(error_is_set(&problem));
    look_close(view);
}

/* Those of a join's rows have gone by then. */
static void test_in_order(void **state) {
    (void)state;
    look *view = look_open(shared);
    error problem = {0};
    readahead_lists *lists = readahead_of(view, sqlite3_mprintf("lists"), &problem);
    for (int row = 1; row < 4; row++) {
        outer_rows rows = {.now = row, .next = row + 1 + (int)lists->count - (lists->count > 0)};
        readahead_begin(lists, view, named_resource("messages"), CATALOG_V1, path_of, &rows, &problem);
    }
    assert_true(has(lists, 3) && has(lists, 4) && has(lists, 6) && lists->count > 3);
    outer_rows rows = {.now = 6, .next = 100};
    readahead_begin(lists, view, named_resource("messages"), CATALOG_V1, path_of, &rows, &problem);
    assert_true(has(lists, 6) && !has(lists, 4) && has(lists, 7));
    assert_int_equal(lists->wasted, 2);
    assert_false(error_is_set(&problem));
    look_close(view);
}

/* The same list once more: where no others were known they are looked for again, more and more seldom. */
static void test_again(void **state) {
    (void)state;
    look *view = look_open(shared);
    error problem = {0};
    readahead_lists *lists = readahead_of(view, sqlite3_mprintf("lists"), &problem);
    outer_rows rows = {.now = 1, .next = 2};
    for (int scan = 0; scan < 3; scan++) {
        readahead_begin(lists, view, named_resource("messages"), CATALOG_V1, path_of_current, &rows, &problem);
    }
    assert_int_equal(lists->count, 0);
    readahead_begin(lists, view, named_resource("messages"), CATALOG_V1, path_of, &rows, &problem); /* the third time */
    assert_int_equal(lists->count, 0);
    readahead_begin(lists, view, named_resource("messages"), CATALOG_V1, path_of, &rows, &problem); /* the fourth */
    assert_true(has(lists, 1) && has(lists, 2));
    assert_int_equal(lists->count, 1);
    readahead_begin(lists, view, named_resource("messages"), CATALOG_V1, path_of, &rows, &problem);
    assert_int_equal(lists->count, 1);
    assert_int_equal(lists->wasted, 0);
    assert_false(error_is_set(&problem));
    look_close(view);
}

static bool is_proven(readahead_lists *lists, const char *begun, const char *next) {
    return readahead_is_proven(lists, sqlite3_mprintf("%s", begun), next ? sqlite3_mprintf("%s", next) : NULL);
}

/* From one place to the next, and not over places. */
static void test_proven(void **state) {
    (void)state;
    look *view = look_open(shared);
    error problem = {0};
    readahead_lists *lists = readahead_of(view, sqlite3_mprintf("lists"), &problem);
    assert_false(is_proven(lists, "a", "b"));
    assert_false(is_proven(lists, "a", "b"));
    assert_false(is_proven(lists, "c", NULL));
    assert_false(is_proven(lists, "c", "d")); /* which has come by now */
    assert_false(is_proven(lists, "f", "g"));
    assert_true(is_proven(lists, "g", "h"));
    assert_true(is_proven(lists, "z", NULL));
    look_close(view);
}

/* Who begins with what was asked for as the next list goes from one to the next, too; not who begins with a later one. */
static void test_proven_by_guess(void **state) {
    (void)state;
    for (int right = 0; right < 2; right++) {
        look *view = look_open(shared);
        error problem = {0};
        readahead_lists *lists = readahead_of(view, sqlite3_mprintf("lists"), &problem);
        lists->wide = true;
        outer_rows rows = {.now = 1, .next = 2};
        readahead_begin(lists, view, named_resource("messages"), CATALOG_V1, path_of, &rows, &problem);
        assert_true(lists->count > 1);
        assert_int_equal(is_proven(lists, chain_path(lists->guesses[right ? 0 : 1]), NULL), right);
        assert_false(error_is_set(&problem));
        look_close(view);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_any_order, begin, end),
        cmocka_unit_test_setup_teardown(test_in_order, begin, end),
        cmocka_unit_test_setup_teardown(test_again, begin, end),
        cmocka_unit_test_setup_teardown(test_proven, begin, end),
        cmocka_unit_test_setup_teardown(test_proven_by_guess, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
