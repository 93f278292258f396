/* A walk whose lists go on coming while another one is waited for: however little memory there is then, no list is left out. */
#include "unit/reading_world.h"

#include "catalog/generations.h"
#include "read/walk_sight.h"
#include "unit/named.h"

enum { CHANNELS = 60, FEW_CHANNELS = 12 };

static int listed;     /* channels, so many */
static int counted;    /* messages of each, as the channels tell; there is one */
static unsigned tried; /* whose allocations may fail */

/* Channels, and a message of each. */
static void serve(const client_request *asked, client_answer *answer) {
    const char *messages = strstr(asked->path, "/Messages");
    faulty_memory_restrict(0); /* that the answer comes is not what is tried */
    sqlite3_str *body = sqlite3_str_new(NULL);
    sqlite3_str_appendf(body, "{\"%s\":[", messages ? "messages" : "channels");
    for (int i = 0; i < (messages ? 1 : listed); i++) {
        const char *prefix = messages ? "IM" : "CH";
        sqlite3_str_appendf(body, "%s{\"sid\":\"%s%032d\",\"messages_count\":%d}", i ? "," : "", prefix, i, counted);
    }
    sqlite3_str_appendall(body, "],\"meta\":{\"next_page_url\":null}}");
    char *text = sqlite3_str_finish(body);
    set_body(answer, text);
    sqlite3_free(text);
    faulty_memory_restrict(tried);
}

static int begin(void **state) {
    (void)state;
    listed = CHANNELS;
    counted = 1;
    if (reading_world_begin(serve) != 0) {
        return 1;
    }
    reading_need(shared, named_resource("channels"), UINT64_MAX);
    return 0;
}

/* Few lists, of which half are begun with the first: each allocation fails once, and every list is read each time. */
static int begin_few(void **state) {
    int failed = begin(state);
    listed = FEW_CHANNELS;
    shared->client->concurrency = FEW_CHANNELS / 4;
    return failed;
}

static walk *messages_of_all(look *view, bool limited, error *problem) {
    walk_plan way;
    memset(&way, 0, sizeof way);
    way.resource = named_resource("messages");
    way.version = CATALOG_V1;
    way.given[0] = true;
    way.limited = limited;
    text_list_add(&way.parents[0], "IS00000000000000000000000000000001", problem);
    way.parent_query[1] = sqlite3_mprintf("PageSize=100");
    way.query = sqlite3_mprintf("PageSize=5");
    way.wanted = -1;
    walk *opened = walk_open(view, &way, problem);
    walk_plan_clear(&way);
    return opened;
}

static bool next_row(look *view, walk *rows, error *problem) {
    step_result result = STEP_BUSY;
    while (!error_is_set(problem) && (result = walk_step(rows, problem)) == STEP_BUSY) {
        look_wait(view, problem);
    }
    return result == STEP_ROW;
}

/* Lists that have been begun at the first row, and with what is asked for beside until all of them have come. */
static void count_begun(bool limited, int64_t *first, int64_t *beside) {
    error problem = {0};
    look *view = look_open(shared);
    walk *rows = messages_of_all(view, limited, &problem);
    assert_true(next_row(view, rows, &problem));
    *first = walk_asked(rows);
    for (int i = 0; i < 2 * CHANNELS; i++) {
        walk_pump_beside(rows, &problem);
        if (client_running(shared->client) > 0) {
            look_wait(view, &problem);
        }
    }
    *beside = walk_asked(rows);
    assert_false(error_is_set(&problem));
    walk_close(rows);
    look_close(view);
}

/* Lists that are there are not in the way of others; but where a LIMIT may be content, they wait for their turn. */
static void test_further_lists(void **state) {
    int64_t first, beside;
    (void)state;
    count_begun(false, &first, &beside);
    assert_true(first <= 1 + 32);
    assert_int_equal(beside, 1 + CHANNELS);
    count_begun(true, &first, &beside);
    assert_int_equal(first, 2);
    assert_int_equal(beside, 2);
}

/* Goes over all rows; beside: as if others were waited for meanwhile. Returns the bytes of pages that it has at the end. */
static size_t held_at_the_end(bool beside) {
    error problem = {0};
    int count = 0;
    look *view = look_open(shared);
    walk *rows = messages_of_all(view, false, &problem);
    for (; next_row(view, rows, &problem); count++) {
        if (beside) {
            walk_pump_beside(rows, &problem);
        }
    }
    size_t held = reading_of(shared)->page_bytes;
    assert_int_equal(count, CHANNELS);
    walk_close(rows);
    look_close(view);
    assert_false(error_is_set(&problem));
    return held;
}

/* A long list that is begun before its turn is gone on with when that comes, and then given back as the others are. */
static void test_long_lists(void **state) {
    (void)state;
    counted = 100;
    assert_int_equal(held_at_the_end(true), held_at_the_end(false));
}

/* The row that a list is under is there as long as the list is, and tells how long that is. */
static void test_above(void **state) {
    error problem = {0};
    int count = 0;
    (void)state;
    look *view = look_open(shared);
    walk *rows = messages_of_all(view, false, &problem);
    while (next_row(view, rows, &problem)) {
        size_t row;
        const page *above = walk_above(rows, walk_feed(rows), &row);
        assert_int_equal(row, count++);
        const catalog_resource *channels = named_resource("channels");
        size_t column = (size_t)catalog_column_index(channels, "messages_count");
        assert_int_equal(page_at(above, row, column)->value.integer, 1);
    }
    assert_int_equal(count, CHANNELS);
    walk_close(rows);
    look_close(view);
    assert_false(error_is_set(&problem));
}

/* Before it is its turn no more is asked for than is told, and all lists come when it is. */
static void test_before_its_turn(void **state) {
    error problem = {0};
    int count = 0;
    (void)state;
    look *view = look_open(shared);
    walk *rows = messages_of_all(view, false, &problem);
    walk_begin_beside(rows, 0, &problem);
    assert_int_equal(walk_asked(rows), 0);
    walk_begin_beside(rows, 7, &problem);
    assert_int_equal(walk_asked(rows), 1); /* the channels: none of them is known */
    look_wait(view, &problem);
    walk_begin_beside(rows, 7, &problem);
    assert_int_equal(walk_asked_own(rows), 7);
    walk_begin_beside(rows, 0, &problem);
    assert_int_equal(walk_asked_own(rows), 7);
    walk_begin_beside(rows, INT16_MAX, &problem);
    assert_true(walk_asked_own(rows) > 7 && walk_asked_own(rows) <= 32);
    walk_begin_turn(rows);
    while (next_row(view, rows, &problem)) {
        count++;
    }
    assert_int_equal(count, CHANNELS);
    assert_int_equal(walk_asked(rows), 1 + CHANNELS);
    walk_close(rows);
    look_close(view);
    assert_false(error_is_set(&problem));
}

/* The lists of a walk are as many where another has asked for their pages, and after the channels nothing leads to others. */
static void test_lists_that_have_come(void **state) {
    error problem = {0};
    (void)state;
    look *view = look_open(shared);
    walk *rows = messages_of_all(view, false, &problem), *again = messages_of_all(view, false, &problem);
    assert_int_equal(walk_step(rows, &problem), STEP_BUSY);
    assert_true(walk_sight_goes_on(rows));
    assert_true(next_row(view, rows, &problem));
    assert_true(next_row(view, again, &problem));
    assert_int_equal(walk_asked(again), 0);
    assert_true(walk_sight_begun(again) > 1);
    assert_int_equal(walk_sight_begun(again) + walk_sight_lists(again), CHANNELS);
    assert_false(walk_sight_goes_on(again));
    walk_close(rows);
    walk_close(again);
    look_close(view);
    assert_false(error_is_set(&problem));
}

/* Begun with the row that it stands on, or before its turn. */
static void go_on_beside(look *view, walk *rows, bool begun, error *beside) {
    tried = FAULTY_ALL;
    faulty_memory_restrict(tried);
    for (int i = 0; i < 4 && begun; i++) {
        walk_pump_beside(rows, beside);
    }
    for (int i = 0; i < 2 && !begun; i++) {
        walk_begin_beside(rows, 4, beside);
        if (client_running(shared->client) > 0) {
            look_wait(view, beside);
        }
    }
}

static void without_memory(void *context) {
    error problem = {0}, beside = {0};
    int count = 0;
    const bool *begun = context;
    tried = 0;
    faulty_memory_restrict(tried);
    look *view = look_open(shared);
    walk *rows = messages_of_all(view, false, &problem);
    bool any = !*begun || next_row(view, rows, &problem);
    assert_true(any);
    go_on_beside(view, rows, *begun, &beside);
    walk_begin_turn(rows);
    any = *begun || next_row(view, rows, &problem);
    for (; any; any = next_row(view, rows, &problem)) {
        count++;
    }
    if (error_is_set(&problem)) {
        assert_true(faulty_memory_failed());
        assert_int_equal(problem.rc, SQLITE_NOMEM);
    } else {
        assert_int_equal(count, FEW_CHANNELS);
    }
    walk_close(rows);
    look_close(view);
    error_clear(&problem);
    error_clear(&beside);
}

static void test_without_memory(void **state) {
    bool begun = true;
    (void)state;
    faulty_memory_sweep(without_memory, &begun);
    begun = false;
    faulty_memory_sweep(without_memory, &begun);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_further_lists, begin, end),
        cmocka_unit_test_setup_teardown(test_long_lists, begin, end),
        cmocka_unit_test_setup_teardown(test_above, begin, end),
        cmocka_unit_test_setup_teardown(test_before_its_turn, begin, end),
        cmocka_unit_test_setup_teardown(test_lists_that_have_come, begin, end),
        cmocka_unit_test_setup_teardown(test_without_memory, begin_few, end),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
