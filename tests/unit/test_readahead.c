/* Lists asked for ahead: those of a join's next rows come in their order, those in which something will be looked up in any. */
#include "unit/reading_world.h"

#include "catalog/generations.h"
#include "read/readahead.h"
#include "unit/named.h"

/* Which list an inner scan reads, and which it will read next. */
typedef struct outer_rows {
    int now, next;
} outer_rows;

static char *path_of(void *context, size_t ahead, bool *alone) {
    outer_rows *rows = context;
    *alone = false;
    return sqlite3_mprintf("/v1/Services/IS1/Channels/CH%032d/Messages?PageSize=2",
                           ahead == 0 ? rows->now : rows->next++);
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
    bool alone;
    char *path = path_of(&rows, 0, &alone);
    bool found = readahead_has(state, path);
    sqlite3_free(path);
    return found;
}

/* One that comes before its turn, or without having been asked for, does away with none of the others. */
static void test_any_order(void **state) {
    (void)state;
    look *view = look_open(shared);
    error problem = {0};
    readahead_lists *lists = readahead_of(view, "lists", &problem);
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
    readahead_lists *lists = readahead_of(view, "lists", &problem);
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_any_order, begin, end),
        cmocka_unit_test_setup_teardown(test_in_order, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
