/* The copy that a scan of an own table walks over: in memory, in a file, with memory or the file failing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "table/small_rows.h"
#include "unit/faulty_memory.h"

#define ALL (~0u)

enum { ROWS = 30, MANY = 1000, MIB = 1024 * 1024 };

static sqlite3 *db;
static small_rows *current; /* that the SQL function cell() reads */

/* ---- a VFS whose files can fail ---- */

typedef struct watched_file {
    sqlite3_file base;
    sqlite3_file *real;
} watched_file;

static sqlite3_vfs watched_vfs;
static sqlite3_io_methods watched_methods;
static int files_open;                       /* temporary ones, now */
static int files_opened;                     /* and ever */
static int open_code, write_code, read_code; /* that they fail with; SQLITE_OK: they do not */
static int largest;                          /* piece read or written at once, in bytes */
static int reads;                            /* how often was read */

static int watched_close(sqlite3_file *file) {
    watched_file *self = (watched_file *)file;
    int rc = self->real->pMethods->xClose(self->real);
    sqlite3_free(self->real);
    files_open--;
    return rc;
}

/* As SQLite's unix VFS, which takes lengths modulo 128 KiB where it has pread and pwrite. */
static int watched_length(int length) {
    largest = length > largest ? length : largest;
    return length & 0x1ffff;
}

static int watched_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 at) {
    sqlite3_file *real = ((watched_file *)file)->real;
    reads++;
    return read_code != SQLITE_OK ? read_code : real->pMethods->xRead(real, bytes, watched_length(length), at);
}

static int watched_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 at) {
    sqlite3_file *real = ((watched_file *)file)->real;
    return write_code != SQLITE_OK ? write_code : real->pMethods->xWrite(real, bytes, watched_length(length), at);
}

static int watched_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *given) {
    sqlite3_vfs *under = vfs->pAppData;
    watched_file *self = (watched_file *)file;
    assert_null(name); /* the database is in memory: nothing but temporary files is opened */
    file->pMethods = NULL;
    if (open_code != SQLITE_OK) {
        return open_code;
    }
    self->real = sqlite3_malloc(under->szOsFile);
    if (!self->real) {
        return SQLITE_NOMEM;
    }
    int rc = under->xOpen(under, name, self->real, flags, given);
    if (rc != SQLITE_OK) {
        sqlite3_free(self->real);
        return rc;
    }
    file->pMethods = &watched_methods;
    files_open++;
    files_opened++;
    return SQLITE_OK;
}

static void watch_files(void) {
    sqlite3_vfs *under = sqlite3_vfs_find(NULL);
    watched_vfs = *under;
    watched_vfs.zName = "watched";
    watched_vfs.szOsFile = sizeof(watched_file);
    watched_vfs.pAppData = under;
    watched_vfs.xOpen = watched_open;
    watched_methods =
        (sqlite3_io_methods){.iVersion = 1, .xClose = watched_close, .xRead = watched_read, .xWrite = watched_write};
    sqlite3_vfs_register(&watched_vfs, 0);
}

/* ---- what a row holds ---- */

/* cell(n): column n of the row that the copy stands on. */
static void cell(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    small_rows_give(current, sqlite3_value_int(argv[0]), context);
}

static void text_of(int row, char *text, size_t size) {
    memset(text, 'a' + row % 26, size - 1);
    text[size - 1] = 0;
    text[(size_t)(row * 37) % size] = 0; /* lengths from 0 on */
}

/* Columns: the number, a text, NULL, a negative number, an empty text. */
static void add(small_rows *rows, int row) {
    char text[300];
    text_of(row, text, sizeof text);
    small_rows_begin(rows, row * 10);
    small_rows_integer(rows, row);
    small_rows_text(rows, text);
    small_rows_text(rows, NULL);
    small_rows_integer(rows, INT64_MIN + row);
    small_rows_text(rows, "");
}

static small_rows *made(unsigned columns, size_t limit, int count) {
    small_rows *rows = small_rows_new(db, columns, limit);
    for (int i = 1; rows && i <= count; i++) {
        add(rows, i);
    }
    return rows;
}

/* Text of a query of one value, such as "quote(cell(1))". */
static void assert_query(const char *expression, const char *expected) {
    sqlite3_stmt *statement = NULL;
    char sql[200];
    snprintf(sql, sizeof sql, "SELECT %s", expression);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(statement, 0), expected);
    sqlite3_finalize(statement);
}

static void assert_row(int row) {
    char text[300], expected[800];
    text_of(row, text, sizeof text);
    snprintf(expected, sizeof expected, "%d|'%s'|NULL|%lld|''", row, text, (long long)INT64_MIN + row);
    assert_int_equal(small_rows_rowid(current), row * 10);
    assert_query("cell(0) || '|' || quote(cell(1)) || '|' || quote(cell(2)) || '|' || cell(3) || '|' || quote(cell(4))",
                 expected);
}

static void assert_all_rows(size_t limit, int count) {
    current = made(ALL, limit, count);
    assert_non_null(current);
    int rc = small_rows_finish(current);
    for (int row = 1; row <= count; row++) {
        assert_int_equal(rc, SQLITE_OK);
        assert_false(small_rows_at_end(current));
        assert_row(row);
        rc = small_rows_next(current);
    }
    assert_int_equal(rc, SQLITE_OK);
    assert_true(small_rows_at_end(current));
    assert_int_equal(small_rows_next(current), SQLITE_OK); /* and stays there */
    assert_true(small_rows_at_end(current));
    small_rows_free(current);
}

/* ---- tests ---- */

static int begin(void **state) {
    (void)state;
    files_open = files_opened = 0;
    open_code = write_code = read_code = SQLITE_OK;
    largest = reads = 0;
    return 0;
}

static int end(void **state) {
    (void)state;
    return files_open;
}

static void test_in_memory(void **state) {
    (void)state;
    assert_all_rows(MIB, 0);
    assert_all_rows(MIB, 1);
    assert_all_rows(MIB, ROWS);
    assert_int_equal(files_opened, 0);
    small_rows_free(NULL);
}

/* Whatever the limit, also none at all, and a row that is larger than it. */
static void test_in_a_file(void **state) {
    (void)state;
    for (size_t limit = 0; limit < 3000; limit += 150) {
        assert_all_rows(limit, ROWS);
    }
    assert_int_equal(files_opened, 20);
    assert_all_rows(0, 1); /* one row has nobody to be put out for */
    assert_int_equal(files_opened, 20);
}

/* What was added stays as it was, whatever becomes of the text that was given. */
static void test_is_a_copy(void **state) {
    char text[] = "before";
    (void)state;
    current = small_rows_new(db, ALL, MIB);
    small_rows_begin(current, 1);
    small_rows_text(current, text);
    strcpy(text, "after");
    assert_int_equal(small_rows_finish(current), SQLITE_OK);
    assert_query("cell(0)", "before");
    small_rows_free(current);
}

/* Columns that were not asked for take no room, and are an error rather than a NULL. */
static void test_columns(void **state) {
    sqlite3_stmt *statement = NULL;
    (void)state;
    current = made(1u << 0 | 1u << 4, 600, ROWS);
    assert_int_equal(small_rows_finish(current), SQLITE_OK);
    assert_int_equal(files_opened, 1);
    assert_query("cell(0) || quote(cell(4))", "1''");
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT cell(1)", -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ERROR);
    sqlite3_finalize(statement);
    small_rows_free(current);

    current = made(1u << 0 | 1u << 4, ROWS * 44, ROWS);
    assert_int_equal(small_rows_finish(current), SQLITE_OK);
    assert_int_equal(files_opened, 1); /* 16 of a head, 9, 1, 1, 1 and 9 for each row */
    small_rows_free(current);
}

/* Walks over the same rows do not disturb each other, and the rows are there as long as one of them. */
static void test_walks(void **state) {
    static const size_t limits[] = {0, MIB};
    (void)state;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        small_rows *first = made(ALL, limits[i], ROWS);
        assert_int_equal(small_rows_finish(first), SQLITE_OK);
        small_rows *second = small_rows_again(first);
        current = second;
        assert_row(1);
        assert_int_equal(small_rows_next(second), SQLITE_OK);
        assert_row(2);
        current = first;
        assert_row(1);
        small_rows_free(first);
        current = small_rows_again(second);
        assert_row(1);
        small_rows_free(current);
        current = second;
        assert_row(2);
        assert_int_equal(small_rows_rewind(second), SQLITE_OK);
        assert_row(1);
        small_rows_free(second);
        assert_int_equal(files_open, 0);
    }
}

/* Rows and blocks of 128 KiB and more come out of the file as they went in: they go there in pieces. */
static void test_large_pieces(void **state) {
    enum { LARGEST = 300 * 1024, PIECE_MAX = 64 * 1024 };
    static const int lengths[] = {LARGEST, 128 * 1024, 128 * 1024 - 30, 1, 64 * 1024, LARGEST - 1};
    enum { COUNT = sizeof lengths / sizeof *lengths };
    char *text = malloc(LARGEST + 1), expected[100];
    (void)state;
    for (size_t limit = 0; limit <= 400 * 1024; limit += 200 * 1024) {
        current = small_rows_new(db, ALL, limit);
        for (int i = 0; i < COUNT; i++) {
            memset(text, 'a' + i, (size_t)lengths[i]);
            text[lengths[i]] = 0;
            small_rows_begin(current, i);
            small_rows_text(current, text);
        }
        assert_int_equal(small_rows_finish(current), SQLITE_OK);
        assert_int_equal(files_open, 1);
        for (int i = 0; i < COUNT; i++) {
            snprintf(expected, sizeof expected, "%d|%c|%c|0", lengths[i], 'a' + i, 'a' + i);
            assert_query("length(cell(0)) || '|' || substr(cell(0), 1, 1) || '|' || substr(cell(0), -1) || '|' || "
                         "length(trim(cell(0), substr(cell(0), 1, 1)))",
                         expected);
            assert_int_equal(small_rows_next(current), SQLITE_OK);
        }
        small_rows_free(current);
    }
    assert_int_equal(largest, PIECE_MAX);
    free(text);
}

/* An inner loop walks over the rows again and again: they come out of the file many at once. */
static void test_reads_many_at_once(void **state) {
    enum { WALKS = 3, PIECES = MANY * 350 / (64 * 1024) + 1 };
    (void)state;
    current = made(ALL, 100, MANY);
    int rc = small_rows_finish(current);
    for (int walk = 0; walk < WALKS; walk++) {
        int count = 0;
        for (; rc == SQLITE_OK && !small_rows_at_end(current); rc = small_rows_next(current)) {
            count += small_rows_rowid(current) == (count + 1) * 10;
        }
        assert_int_equal(count, MANY);
        rc = small_rows_rewind(current);
    }
    assert_row(1);
    assert_in_range(reads, 1, (WALKS + 1) * PIECES);
    small_rows_free(current);
}

static void fail_with(int *code) {
    *code = SQLITE_FULL;
    current = made(ALL, 100, ROWS);
    assert_int_equal(small_rows_finish(current), SQLITE_FULL);
    assert_true(small_rows_at_end(current));
    assert_int_equal(small_rows_next(current), SQLITE_FULL);
    assert_true(small_rows_at_end(current));
    small_rows_free(current);
    *code = SQLITE_OK;
}

/* All rows are there, be they in the file as far as it went. */
static void stay_with(int *code, int before) {
    current = small_rows_new(db, ALL, 1000);
    small_rows_stay(current);
    for (int i = 1; i <= ROWS; i++) {
        *code = i > before ? SQLITE_FULL : SQLITE_OK;
        add(current, i);
    }
    assert_int_equal(small_rows_finish(current), SQLITE_OK);
    *code = SQLITE_OK;
    for (int walk = 0; walk < 2; walk++) {
        for (int i = 1; i <= ROWS; i++) {
            assert_row(i);
            assert_int_equal(small_rows_next(current), SQLITE_OK);
        }
        assert_true(small_rows_at_end(current));
        assert_int_equal(small_rows_rewind(current), SQLITE_OK);
    }
    small_rows_free(current);
    assert_int_equal(files_open, 0);
}

/* What may stay in memory does where the file takes no more. */
static void test_file_that_is_full(void **state) {
    (void)state;
    stay_with(&open_code, 0);
    stay_with(&write_code, 0);
    stay_with(&write_code, ROWS / 2);
    stay_with(&write_code, ROWS);
    open_code = SQLITE_NOMEM;
    current = small_rows_new(db, ALL, 100);
    small_rows_stay(current);
    add(current, 1);
    add(current, 2);
    assert_int_equal(small_rows_finish(current), SQLITE_NOMEM);
    small_rows_free(current);
    open_code = SQLITE_OK;
}

static void test_file_that_fails(void **state) {
    (void)state;
    fail_with(&open_code);
    fail_with(&write_code);
    fail_with(&read_code);
    current = made(ALL, 100, MANY);
    assert_int_equal(small_rows_finish(current), SQLITE_OK);
    read_code = SQLITE_IOERR_READ;
    int rc = SQLITE_OK;
    for (int i = 0; rc == SQLITE_OK && i < MANY; i++) {
        rc = small_rows_next(current);
    }
    assert_int_equal(rc, SQLITE_IOERR_READ);
    assert_true(small_rows_at_end(current));
    assert_int_equal(small_rows_rewind(current), SQLITE_IOERR_READ);
    small_rows_free(current);
}

/* Every row, or SQLITE_NOMEM. */
static void step(void *context) {
    int count = 0;
    small_rows *rows = made(ALL, *(const size_t *)context, ROWS);
    int rc = rows ? small_rows_finish(rows) : SQLITE_NOMEM;
    while (rc == SQLITE_OK && !small_rows_at_end(rows)) {
        count++;
        rc = small_rows_next(rows);
    }
    small_rows_free(rows);
    assert_int_equal(rc, rc == SQLITE_OK ? SQLITE_OK : SQLITE_NOMEM);
    assert_true(rc == SQLITE_OK ? count == ROWS : faulty_memory_failed());
}

static void test_no_memory(void **state) {
    static const size_t limits[] = {0, 1000, MIB};
    (void)state;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        assert_true(faulty_memory_sweep(step, (void *)&limits[i]) >= 4);
        assert_int_equal(files_open, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_in_memory, begin, end),
        cmocka_unit_test_setup_teardown(test_in_a_file, begin, end),
        cmocka_unit_test_setup_teardown(test_is_a_copy, begin, end),
        cmocka_unit_test_setup_teardown(test_columns, begin, end),
        cmocka_unit_test_setup_teardown(test_walks, begin, end),
        cmocka_unit_test_setup_teardown(test_large_pieces, begin, end),
        cmocka_unit_test_setup_teardown(test_reads_many_at_once, begin, end),
        cmocka_unit_test_setup_teardown(test_file_that_is_full, begin, end),
        cmocka_unit_test_setup_teardown(test_file_that_fails, begin, end),
        cmocka_unit_test_setup_teardown(test_no_memory, begin, end),
    };
    faulty_memory_install();
    watch_files();
    if (sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE, "watched") != SQLITE_OK) {
        return 1;
    }
    sqlite3_create_function(db, "cell", 1, SQLITE_UTF8, NULL, cell, NULL, NULL);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    sqlite3_close(db);
    return failed;
}
