/* Pages in a temporary file: whole, by stretches, without room for them, without memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/sqlite.h"
#include "catalog/generations.h"
#include "read/spill.h"
#include "unit/faulty_memory.h"
#include "unit/named.h"
#include "unit/parsed.h"

static spill file;

static int end(void **state) {
    (void)state;
    spill_close(&file);
    return 0;
}

/* A page of messages, numbered from `first` on, with bodies of so many bytes. */
static page *make_page(int first, int rows, int length) {
    error problem = {0};
    sqlite3_str *body = sqlite3_str_new(NULL);
    sqlite3_str_appendall(body, "{\"messages\":[");
    for (int row = first; row < first + rows; row++) {
        sqlite3_str_appendf(body, "%s{\"sid\":\"IM%032d\",\"index\":%d,\"body\":\"%0*d\"}", row > first ? "," : "", row,
                            row, length, row);
    }
    sqlite3_str_appendf(body, "],\"meta\":{\"next_page_url\":\"https://chat.twilio.com/v1/x?Page=%d\"}}", first);
    char *text = sqlite3_str_finish(body);
    assert_non_null(text);
    page *made = page_parse_list(named_resource("messages"), CATALOG_V1, text, strlen(text), &problem);
    sqlite3_free(text);
    assert_non_null(made);
    return made;
}

static spill_place put(int first, int rows, int length) {
    error problem = {0};
    spill_place place = {0};
    page *content = make_page(first, rows, length);
    assert_true(spill_put(&file, content, &place, &problem));
    page_release(content);
    return place;
}

static int number_of(const page *content, size_t row) {
    int column = catalog_column_index(named_resource("messages"), "index");
    return (int)page_at(content, row, (size_t)column)->value.integer;
}

static void check_whole(const spill_place *place, int first, int rows) {
    error problem = {0};
    page *content = spill_get(&file, place, &problem);
    assert_non_null(content);
    assert_int_equal(content->row_count, rows);
    for (int row = 0; row < rows; row++) {
        assert_int_equal(number_of(content, (size_t)row), first + row);
    }
    page_release(content);
}

/* Several pages, some with long rows: each whole, and each row of each, with few around it. */
static void test_pages(void **state) {
    enum { PAGES = 40, ROWS = 100 };
    spill_place places[PAGES];
    (void)state;
    for (int i = 0; i < PAGES; i++) {
        places[i] = put(i * 1000, ROWS, i % 4 == 3 ? 20000 : 10);
    }
    for (int i = PAGES; i-- > 0;) {
        check_whole(&places[i], i * 1000, ROWS);
        for (size_t row = 0; row < ROWS; row++) {
            error problem = {0};
            size_t first;
            page *around = spill_get_around(&file, &places[i], row, &first, &problem);
            assert_non_null(around);
            assert_true(first <= row && row < first + around->row_count);
            assert_true(around->row_count < ROWS / 2);
            assert_int_equal(number_of(around, row - first), i * 1000 + (int)row);
            page_release(around);
        }
    }
}

static void test_small_pages(void **state) {
    (void)state;
    spill_place none = put(0, 0, 10), one = put(7, 1, 10), large = put(8, 1, 3 * 1024 * 1024);
    check_whole(&none, 0, 0);
    check_whole(&one, 7, 1);
    check_whole(&large, 8, 1);
}

/* Open files that have no name, what watches this process has some; -1: cannot be told here. */
static int nameless(void) {
    DIR *folder = opendir("/proc/self/fd");
    int count = folder ? 0 : -1;
    for (struct dirent *each; folder && (each = readdir(folder)) != NULL;) {
        char path[300], target[300];
        snprintf(path, sizeof path, "/proc/self/fd/%.200s", each->d_name);
        ssize_t length = readlink(path, target, sizeof target - 1);
        target[length > 0 ? length : 0] = 0;
        count += strstr(target, "(deleted)") != NULL;
    }
    if (folder) {
        closedir(folder);
    }
    return count;
}

/* Nothing of it has a name, so that nothing is left behind, however this ends. */
static void test_no_name(void **state) {
    (void)state;
    int before = nameless();
    if (before < 0) {
        skip();
    }
    spill_place place = put(0, 100, 30000);
    check_whole(&place, 0, 100);
    assert_int_equal(nameless(), before + 1);
}

/* No byte more can be written to a file, or all can again. */
static void limit_files(struct rlimit *before, rlim_t bytes) {
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, before);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){.rlim_cur = bytes, .rlim_max = before->rlim_max});
}

/*
** The disk is filled by somebody else after all was written: SQLite has some of it in memory yet. Each page is as it was, or there
** is an error, the same one from then on, also when there is room again.
*/
static void test_filled_later(void **state) {
    enum { PAGES = 20, ROWS = 100 };
    struct rlimit before;
    spill_place places[PAGES];
    error first = {0};
    (void)state;
    for (int i = 0; i < PAGES; i++) {
        places[i] = put(i * 1000, ROWS, 3000);
    }
    limit_files(&before, 0);
    for (int i = 0; i < 2 * PAGES; i++) {
        error problem = {0};
        page *content = spill_get(&file, &places[i % PAGES], &problem);
        assert_true((content != NULL) != error_is_set(&problem));
        assert_true(!content || !error_is_set(&first));
        for (int row = 0; content && row < ROWS; row++) {
            assert_int_equal(number_of(content, (size_t)row), i % PAGES * 1000 + row);
        }
        page_release(content);
        if (error_is_set(&problem)) {
            assert_non_null(strstr(problem.message, "SQLITE_TMPDIR"));
            error_set(&first, problem.rc, "%s", problem.message);
            assert_string_equal(problem.message, first.message);
            assert_int_equal(problem.rc, SQLITE_ERROR);
        }
        error_clear(&problem);
        if (i == PAGES) {
            setrlimit(RLIMIT_FSIZE, &before);
        }
    }
    assert_true(error_is_set(&first));
    error_clear(&first);
}

/* A file that cannot grow: an error that says so, and from then on for all that is there, too. */
static void test_no_room(void **state) {
    struct rlimit before;
    error problem = {0};
    spill_place place = {0};
    (void)state;
    spill_place first = put(0, 100, 10);
    page *large = make_page(1000, 100, 30000);
    limit_files(&before, 4096);
    bool written = spill_put(&file, large, &place, &problem);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_false(written);
    assert_true(place.page == 0);
    assert_int_equal(problem.rc, SQLITE_ERROR);
    assert_non_null(strstr(problem.message, "memory_limit_mb"));
    assert_non_null(strstr(problem.message, "SQLITE_TMPDIR"));
    assert_null(strchr(problem.message, '\n'));
    char *message = sqlite3_mprintf("%s", problem.message);
    error_clear(&problem);
    assert_null(spill_get(&file, &first, &problem));
    assert_string_equal(problem.message, message);
    error_clear(&problem);
    assert_false(spill_put(&file, large, &place, &problem));
    assert_string_equal(problem.message, message);
    error_clear(&problem);
    sqlite3_free(message);
    page_release(large);
}

static void without_memory(void *context) {
    error problem = {0};
    spill_place places[2] = {{0}, {0}};
    for (int i = 0; i < 2 && spill_put(&file, context, &places[i], &problem); i++) {
        size_t first;
        page *content = spill_get(&file, &places[i], &problem);
        page *around = error_is_set(&problem) ? NULL : spill_get_around(&file, &places[i], 7, &first, &problem);
        if (!error_is_set(&problem)) {
            assert_int_equal(number_of(content, 7), 7);
            assert_int_equal(number_of(around, 7 - first), 7);
        }
        page_release(content);
        page_release(around);
    }
    if (error_is_set(&problem)) {
        assert_true(faulty_memory_failed());
        assert_int_equal(problem.rc, SQLITE_NOMEM);
        error_clear(&problem);
    }
    spill_close(&file);
}

static void test_memory(void **state) {
    (void)state;
    page *content = make_page(0, 20, 1000);
    faulty_memory_sweep(without_memory, content);
    page_release(content);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_pages, end),        cmocka_unit_test_teardown(test_small_pages, end),
        cmocka_unit_test_teardown(test_no_name, end),      cmocka_unit_test_teardown(test_no_room, end),
        cmocka_unit_test_teardown(test_filled_later, end), cmocka_unit_test_teardown(test_memory, end),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
