/*
** What an answer costs, whoever wrote it: steps in proportion to its bytes, in however many pieces they come, and memory of at most
** three times as much and a MiB.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/sqlite.h"
#include "catalog/generations.h"
#include "unit/named.h"
#include "unit/steps.h"

#define memchr(bytes, byte, length) STEPS(length, memchr(bytes, byte, length))
#define memcmp(one, other, length) STEPS(length, memcmp(one, other, length))
#define memcpy(target, bytes, length) STEPS(length, memcpy(target, bytes, length))
#define memmove(target, bytes, length) STEPS(length, memmove(target, bytes, length))

#include "rest/page_cells.c"
#include "rest/page_fields.c"
#include "rest/page_make.c"
#include "rest/page_read.c"
#include "rest/page_scan.c"
#include "rest/page_string.c"
#include "rest/page_value.c"

/* An answer: `piece` over and over between a beginning and an end. */
typedef struct shape {
    const char *name, *table;
    const char *begin, *piece, *end;
} shape;

#define ROWS "{\"messages\":["
#define ROW ROWS "{\"sid\":\"IM1\","
#define CONVERSATION "{\"conversations\":[{\"sid\":\"CH1\","
#define END "],\"meta\":{\"next_page_url\":null}}"
#define EIGHT(text) text text text text text text text text

static const shape shapes[] = {
    {"rows that are none", "messages", ROWS "[]", ",[]", END},
    {"empty rows", "messages", ROWS "{}", ",{}", END},
    {"rows of a number", "messages", ROWS "{\"to\":0}", ",{\"to\":0}", END},
    {"rows without the parents of the first", "messages",
     ROWS "{\"sid\":\"\",\"service_sid\":\"\",\"channel_sid\":\"\"}", ",{\"sid\":\"\"}", END},
    {"rows of short texts", "messages", ROWS "{}", ",{\"to\":\"\",\"sid\":\"\",\"body\":\"\"}", END},
    {"rows of other keys than those before", "messages", ROWS "{}", ",{\"to\":1},{\"sid\":\"\",\"to\":1}", END},
    {"one row of one key", "messages", ROW "\"to\":\"\"", ",\"to\":\"\"", "}" END},
    {"one row of a key that nobody knows", "messages", ROW "\"a\":1", ",\"a\":1", "}" END},
    {"one row of a key in escapes", "messages", ROW "\"a\":1", ",\"\\u0061\":1", "}" END},
    {"keys with a long text in escapes", "messages", ROW "\"a\":1", ",\"" EIGHT(EIGHT("\\u0061")) "\":1", "}" END},
    {"lists of one key", "messages", "{\"messages\":[]", ",\"messages\":[{\"to\":1}]",
     ",\"meta\":{\"next_page_url\":null}}"},
    {"next pages", "messages", "{\"messages\":[],\"meta\":{\"next_page_url\":null", ",\"next_page_url\":\"x\"", "}}"},
    {"a text", "messages", ROW "\"body\":\"", "x", "\"}" END},
    {"a text of escapes", "messages", ROW "\"body\":\"", "\\u0061", "\"}" END},
    {"a text of quotes", "messages", ROW "\"body\":\"", "\\\"", "\"}" END},
    {"a text of many bytes each", "messages", ROW "\"body\":\"", "\xf0\x9f\x98\x80", "\"}" END},
    {"a key", "messages", ROW "\"", "x", "\":1}" END},
    {"digits", "messages", ROW "\"to\":1", "0", "}" END},
    {"white space", "messages", ROWS, " ", END},
    {"small objects", "messages", ROW "\"media\":[0", ",{}", "]}" END},
    {"small objects that nobody wants", "messages", ROW "\"a\":[0", ",{\"a\":[]}", "]}" END},
    {"deep, again and again", "messages", ROW "\"media\":[0", "," EIGHT(EIGHT("[[[[[[[[")) EIGHT(EIGHT("]]]]]]]]")),
     "]}" END},
    {"deep in objects", "messages", ROW "\"media\":[0", "," EIGHT(EIGHT("{\"a\":")) "1" EIGHT(EIGHT("}")), "]}" END},
    {"an object that columns are made of", "conversations", CONVERSATION "\"timers\":{\"a\":0", ",\"date_inactive\":1",
     "}}" END},
    {"long texts", "messages", ROWS "{}", ",{\"body\":\"" EIGHT(EIGHT(EIGHT("xxxxxxxxx"))) "\"}", END},
};

enum { SHAPES = sizeof shapes / sizeof *shapes, PIECES = 3 };

/* How many bytes come at a time. */
static const size_t pieces[PIECES] = {1, 1000, 16384};

/* The answer with at least so many bytes. malloc'ed. */
static char *write_answer(const shape *made, size_t size, size_t *length) {
    size_t piece = strlen(made->piece), count = size / piece + 1, begin = strlen(made->begin);
    char *body = malloc(begin + count * piece + strlen(made->end) + 1);
    assert_non_null(body);
    strcpy(body, made->begin);
    for (size_t i = 0; i < count; i++) {
        strcpy(body + begin + i * piece, made->piece);
    }
    strcpy(body + begin + count * piece, made->end);
    *length = begin + count * piece + strlen(made->end);
    return body;
}

/* Reads it, and lets it go. Whether it is a list in the end does not matter here. */
static void read_answer(const shape *made, const char *body, size_t length, size_t piece) {
    unsigned version = strcmp(made->table, "messages") == 0 ? CATALOG_V1 : CATALOG_CONVERSATIONS;
    error problem = {0};
    page_reader *reader = page_read_begin(named_resource(made->table), version, true, PAGE_COLUMNS_ALL);
    for (size_t at = 0; at < length; at += piece) {
        page_read_take(reader, body + at, piece < length - at ? piece : length - at);
    }
    page *read = page_read_end(reader, &problem);
    if (read != NULL) {
        page_cells_free(read);
    } else {
        assert_int_equal(problem.rc, SQLITE_ERROR);
        assert_null(strstr(problem.message, "JSON"));
    }
    error_clear(&problem);
}

static double steps_per_byte(const shape *made, size_t size, size_t piece) {
    size_t length;
    char *body = write_answer(made, size, &length);
    steps_counted = 0;
    read_answer(made, body, length, piece);
    free(body);
    assert_true(steps_counted > 0); /* they are counted at all */
    return (double)steps_counted / (double)length;
}

static void test_steps(void **state) {
    enum { SMALL = 50000, LARGE = 8 * SMALL, MOST = 150 };
    (void)state;
    for (size_t i = 0; i < SHAPES; i++) {
        for (size_t j = 0; j < PIECES; j++) {
            double small = steps_per_byte(&shapes[i], SMALL, pieces[j]);
            double large = steps_per_byte(&shapes[i], LARGE, pieces[j]);
            if (large > 1.2 * small + 1 || large > (double)MOST) {
                fail_msg("%s, by %zu: %.1f steps for a byte of %d, %.1f for one of %d", shapes[i].name, pieces[j],
                         small, SMALL, large, LARGE);
            }
        }
    }
}

static void test_memory(void **state) {
    enum { SIZE = 3000000, MIB = 1024 * 1024 };
    (void)state;
    for (size_t i = 0; i < SHAPES; i++) {
        size_t length;
        char *body = write_answer(&shapes[i], SIZE, &length);
        sqlite3_int64 before = sqlite3_memory_used();
        sqlite3_memory_highwater(1);
        read_answer(&shapes[i], body, length, pieces[PIECES - 1]);
        sqlite3_int64 most = sqlite3_memory_highwater(0) - before;
        assert_true(most > 0);
        assert_true(sqlite3_memory_used() == before);
        if (most > 3 * (sqlite3_int64)length + MIB) {
            fail_msg("%s: %lld bytes of memory for %zu", shapes[i].name, (long long)most, length);
        }
        free(body);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_steps), cmocka_unit_test(test_memory)};
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 1);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
