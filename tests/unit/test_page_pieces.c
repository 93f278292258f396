/*
** An answer is read while it comes: in whatever pieces, it becomes the same cells, or is refused with the same
** words. And what it says of the next page is known with the byte that says it. test_page_portable.c runs all of it
** without vectors.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/sqlite.h"
#include "catalog/generations.h"
#include "rest/page.h"
#include "rest/page_bytes.h"
#include "unit/named.h"
#include "unit/parsed.h"

#define SID1 "IM00000000000000000000000000000001"
#define SID2 "IM00000000000000000000000000000002"
#define ROW1 "{\"sid\":\"" SID1 "\",\"body\":\"one\",\"index\":1}"
#define NEXT "\"meta\":{\"page\":0,\"next_page_url\":\"https://chat.twilio.com/v1/x?Page=1\",\"key\":\"messages\"}"
#define LAST "\"meta\":{\"next_page_url\":null}"

static const char *const bodies[] = {
    "{\"messages\":[" ROW1 ",{\"sid\":\"" SID2 "\",\"body\":\"two\",\"index\":2}]," NEXT "}",
    "{" NEXT ",\"messages\":[" ROW1 "]}",
    " { \"messages\" : [ { \"sid\" : \"" SID1 "\" ,\r\n\t\"index\" : 12 } ] , " LAST " } \n",
    "{\"messages\":[]," LAST "}",
    /* Escapes of all kinds, halves of pairs, characters of many bytes, in values and in keys. */
    "{\"messages\":[{\"s\\u0069d\":\"" SID1
    "\",\"bo\\u0064y\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\\ud83d!\"}]," LAST "}",
    "{\"messages\":[{\"sid\":\"" SID1
    "\",\"body\":\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xf0\x9f\x98\x80 and a tail\"}]," LAST "}",
    "{\"messages\":[{\"sid\":\"" SID1
    "\",\"body\":\"a\\u0000b\",\"date_created\":\"Thu, 4 Mar 2016 20:37:57 +0000\"}]," LAST "}",
    "{\"messages\":[{\"sid\":\"" SID1 "\",\"index\":-1.20e+1,\"was_edited\":true,\"body\":null,\"from\":1e400}]," LAST
    "}",
    "{\"messages\":[{\"sid\":\"" SID1 "\",\"index\":123456789012345678901234567890,\"to\":false}]," LAST "}",
    /* Documents, and keys that nobody knows; keys in another order, more of them, fewer, and twice. */
    "{\"x\":[[],{},[1,{\"a\":[]}]],\"messages\":[{\"sid\":\"" SID1
    "\",\"media\":{\"a\":[1, \"}]\",{}]},\"z\":{\"sid\":1}},"
    "{\"media\":null,\"sid\":\"" SID2 "\"},{\"body\":\"a\",\"sid\":\"" SID1 "\",\"body\":\"b\"}]," LAST "}",
    "{\"messages\":[1],\"messages\":[" ROW1 "]," NEXT "," LAST "}",
    /* Refused: rows, lists, and what is no JSON, at every place. */
    "{\"messages\":[{\"body\":\"no key\"}]," LAST "}",
    "{\"messages\":[" ROW1 ",7]," LAST "}",
    "{\"messages\":[{\"sid\":\"" SID1 "\",\"index\":\"x\"}]," LAST "}",
    "{\"messages\":{\"sid\":\"" SID1 "\"}," LAST "}",
    "{\"messages\":[" ROW1 "]}",
    "{\"messages\":[" ROW1 "],\"meta\":{\"next_page_url\":5}}",
    "{\"messages\":[" ROW1 "],\"meta\":{\"next_page_url\":\"a\\u0000b\"}}",
    "{\"messages\":[" ROW1 ",{\"sid\":\"\xff\"}]," LAST "}",
    "{\"messages\":[" ROW1 ",{\"sid\":\"a\x01\"}]," LAST "}",
    "{\"messages\":[" ROW1 ",{\"sid\":\"\\x\"}]," LAST "}",
    "{\"messages\":[" ROW1 ",{\"sid\":\"\\u12g4\"}]," LAST "}",
    "{\"messages\":[" ROW1 ",{\"index\":01}]," LAST "}",
    "{\"messages\":[" ROW1 ",{\"index\":1.}]," LAST "}",
    "{\"messages\":[" ROW1 ",{\"index\":nul}]," LAST "}",
    "{\"messages\":[" ROW1 ",]," LAST "}",
    "{\"messages\":[" ROW1 ",{\"sid\" \"x\"}]," LAST "}",
    "{\"messages\":[" ROW1 "]," LAST "}}",
    "{\"messages\":[" ROW1 "]," LAST "",
    /* Columns that are made of several fields, or of what is in them. */
    "{\"conversations\":[{\"chat_service_sid\":\"IS1\",\"sid\":\"CH1\",\"timers\":{\"date_inactive\":\"2020-01-01T00:00:00Z\"},"
    "\"state\":\"active\",\"bindings\":{\"email\":{\"a\":[1]}}},{\"sid\":\"CH2\",\"timers\":{},\"links\":{\"x\":\"y\"}}]," LAST
    "}",
    "{\"participants\":[{\"sid\":\"MB1\",\"messaging_binding\":{\"type\":\"sms\",\"address\":\"+1\"},\"identity\":\"a\"},"
    "{\"messaging_binding\":null,\"sid\":\"MB2\"}]," LAST "}",
    "{\"messages\":[{\"sid\":\"IM1\",\"author\":\"a\",\"media\":[{\"sid\":\"ME1\",\"size\":5,\"content_type\":\"x/y\"}],\"index\":1},"
    "{\"author\":\"b\",\"sid\":\"IM2\",\"media\":null,\"index\":2}]," LAST "}",
    "nonsense",
    "",
};

enum { BODY_COUNT = sizeof bodies / sizeof *bodies };

/* ---- what an answer becomes, in words ---- */

static void tell_cell(buffer *told, const page *source, const page_cell *cell) {
    switch (cell->type) {
    case CELL_NULL:
        buffer_text(told, "-");
        break;
    case CELL_INTEGER:
        buffer_format(told, "%lld", (long long)cell->value.integer);
        break;
    case CELL_REAL:
        buffer_format(told, "real %!.17g", cell->value.real);
        break;
    case CELL_TEXT:
    case CELL_JSON:
        buffer_format(told, "%s %u:", cell->type == CELL_JSON ? "json" : "text", cell->length);
        buffer_append(told, page_text(source, cell), cell->length + 1);
        break;
    }
    buffer_text(told, ",");
}

static void tell(buffer *told, page *source, error *problem) {
    buffer_init(told, 1 << 20);
    buffer_format(told, "%s %s|", problem->message ? problem->message : "", source && source->next ? source->next : "");
    for (size_t row = 0; source && row < source->row_count; row++) {
        for (size_t column = 0; column < source->column_count; column++) {
            tell_cell(told, source, page_at(source, row, column));
        }
    }
    page_release(source);
    error_clear(problem);
    assert_int_equal(told->rc, SQLITE_OK);
}

/* Which list a body is read as, and in which generation: Chat's messages; conversations; members that come as participants. */
static const struct reading {
    const char *table;
    unsigned version;
} readings[] = {{"messages", CATALOG_V1},
                {"channels", CATALOG_CONVERSATIONS},
                {"members", CATALOG_CONVERSATIONS},
                {"messages", CATALOG_CONVERSATIONS}};

static const struct reading *read_as = &readings[0];

/* In memory of their own length, so that reading past them is seen. */
static page *parse_exactly(const char *body, size_t length, size_t first, size_t each, error *problem) {
    page_reader *reader = page_read_begin(named_resource(read_as->table), read_as->version, true, PAGE_COLUMNS_ALL);
    assert_non_null(reader);
    size_t piece = first;
    for (size_t at = 0; at < length; at += piece, piece = each) {
        piece = piece < length - at ? piece : length - at;
        char *exact = malloc(piece);
        assert_non_null(exact);
        memcpy(exact, body + at, piece);
        page_read_take(reader, exact, piece);
        free(exact);
    }
    return page_read_end(reader, problem);
}

/* ---- tests ---- */

static void split_all(void) {
    for (size_t i = 0; i < BODY_COUNT; i++) {
        size_t length = strlen(bodies[i]);
        buffer whole, pieces;
        error problem = {0};
        page *read = parse_exactly(bodies[i], length, length, length, &problem);
        tell(&whole, read, &problem);
        for (size_t each = 1; each <= 3; each++) {
            /* Two pieces, split everywhere; and a first one of every length with pieces of one or two bytes behind. */
            for (size_t first = 1; first < length; first++) {
                read = parse_exactly(bodies[i], length, first, each == 3 ? length : each, &problem);
                tell(&pieces, read, &problem);
                if (pieces.length != whole.length || memcmp(pieces.data, whole.data, whole.length) != 0) {
                    fail_msg("%s\nsplit at %zu, then by %zu: %s\nand not: %s", bodies[i], first, each, pieces.data,
                             whole.data);
                }
                buffer_clear(&pieces);
            }
        }
        buffer_clear(&whole);
    }
}

static void test_split_anywhere(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        read_as = &readings[i];
        split_all();
    }
    read_as = &readings[0];
}

/* The first byte with which the next page is known. 0: none. */
static size_t known_with(const char *body, const char *next) {
    page_reader *reader = page_read_begin(named_resource("messages"), CATALOG_V1, true, PAGE_COLUMNS_ALL);
    size_t with = 0;
    for (size_t at = 0; body[at] && with == 0; at++) {
        page_read_take(reader, body + at, 1);
        with = page_read_next(reader) ? at + 1 : 0;
    }
    if (with > 0) {
        assert_string_equal(page_read_next(reader), next);
    }
    page_read_free(reader);
    return with;
}

static void test_next_is_known_at_once(void **state) {
    (void)state;
    static const char first[] = "{\"meta\":{\"page\":0,\"next_page_url\":\"/v1/x\\u003fPage=1\"";
    static const char last[] = "{\"messages\":[" ROW1 "],\"meta\":{\"next_page_url\":\"/v1/x?Page=1\"";
    char body[1000];
    snprintf(body, sizeof body, "%s,\"key\":\"messages\"},\"messages\":[" ROW1 "]}", first);
    assert_int_equal(known_with(body, "/v1/x?Page=1"), sizeof first - 1);
    snprintf(body, sizeof body, "%s}}", last);
    assert_int_equal(known_with(body, "/v1/x?Page=1"), sizeof last - 1);
    assert_int_equal(known_with("{\"meta\":{\"next_page_url\":null},\"messages\":[]}", ""), 0);
    assert_int_equal(known_with("{\"meta\":{\"next_page_url\":\"\"},\"messages\":[]}", ""), 0);
    /* Not what a row calls so, nor another object. */
    assert_int_equal(known_with("{\"messages\":[{\"next_page_url\":\"x\"}],\"links\":{\"next_page_url\":\"x\"}}", ""),
                     0);
}

/* What was known early may be taken back: the page has what was said last. */
static void test_next_taken_back(void **state) {
    (void)state;
    static const char body[] =
        "{\"meta\":{\"next_page_url\":\"/one\"},\"messages\":[],\"meta\":{\"next_page_url\":\"/two\"}}";
    error problem = {0};
    assert_int_equal(known_with(body, "/one"), strlen("{\"meta\":{\"next_page_url\":\"/one\""));
    page *read = page_parse_list(named_resource("messages"), CATALOG_V1, body, sizeof body - 1, &problem);
    assert_string_equal(read->next, "/two");
    page_release(read);
    static const char gone[] =
        "{\"meta\":{\"next_page_url\":\"/one\"},\"messages\":[],\"meta\":{\"next_page_url\":null}}";
    read = page_parse_list(named_resource("messages"), CATALOG_V1, gone, sizeof gone - 1, &problem);
    assert_null(read->next);
    page_release(read);
}

/* Of the answer itself no more is held than the row that is coming and what came last. */
static void test_memory_while_it_comes(void **state) {
    (void)state;
    enum { ROWS = 2000, PIECE = 1000 };
    buffer body;
    buffer_init(&body, 1 << 24);
    buffer_text(&body, "{\"messages\":[");
    for (int i = 0; i < ROWS; i++) {
        buffer_format(&body, "%s{\"unknown\":\"%0400d\",\"sid\":\"IM%032x\"}", i ? "," : "", i, i);
    }
    buffer_text(&body, "]," LAST "}");
    page_reader *reader = page_read_begin(named_resource("messages"), CATALOG_V1, true, PAGE_COLUMNS_ALL);
    size_t begin = page_read_bytes(reader), most = 0;
    for (size_t at = 0; at < body.length; at += PIECE) {
        page_read_take(reader, body.data + at, PIECE < body.length - at ? PIECE : body.length - at);
        most = page_read_bytes(reader) > most ? page_read_bytes(reader) : most;
    }
    assert_true(most < begin + ROWS * (sizeof SID1 + sizeof(page_cell) + sizeof(uint32_t)) + 64 * 1024);
    error problem = {0};
    page *read = page_read_end(reader, &problem);
    assert_int_equal(read->row_count, ROWS);
    assert_true(read->bytes < most);
    page_release(read);
    buffer_clear(&body);
}

/*
** Of columns that nobody wants nothing is kept, and what they hold is not looked at; but key, parents and order are
** always there.
*/
static void test_wanted_columns(void **state) {
    (void)state;
    static const char body[] =
        "{\"messages\":[{\"sid\":\"" SID1 "\",\"channel_sid\":\"CH1\",\"body\":\"one\",\"from\":\"somebody\","
        "\"index\":7,\"was_edited\":\"perhaps\",\"media\":{\"a\":1}}]," LAST "}";
    const catalog_resource *messages = named_resource("messages");
    size_t from = (size_t)catalog_column_index(messages, "from");
    static const char *const present[] = {"sid", "channel_sid", "from", "index"};
    error problem = {0};
    page *all = page_parse_list(messages, CATALOG_V1, body, sizeof body - 1, &problem);
    assert_null(all); /* was_edited */
    error_clear(&problem);
    page_reader *reader = page_read_begin(messages, CATALOG_V1, true, UINT64_C(1) << from);
    page_read_take(reader, body, sizeof body - 1);
    page *read = page_read_end(reader, &problem);
    assert_non_null(read);
    assert_true(read->columns == UINT64_C(1) << from);
    for (size_t column = 0; column < read->column_count; column++) {
        bool expected = false;
        for (size_t i = 0; i < sizeof present / sizeof *present; i++) {
            expected = expected || strcmp(messages->columns[column].name, present[i]) == 0;
        }
        assert_int_equal(page_at(read, 0, column)->type != CELL_NULL, expected);
    }
    assert_string_equal(page_text(read, page_at(read, 0, from)), "somebody");
    page_release(read);
}

/* Sixteen bytes at a time, eight, and one: where a string asks for a closer look. */
static void test_plain_bytes(void **state) {
    (void)state;
    static const unsigned char odd[] = {0,    1,   0x1f, 0x20, 0x21, '"',  '#',  '[',
                                        '\\', ']', 0x7e, 0x7f, 0x80, 0xa2, 0xdc, 0xff};
    char bytes[80];
    for (size_t length = 0; length <= 40; length++) {
        for (size_t at = 0; at <= length; at++) {
            for (size_t i = 0; i < sizeof odd; i++) {
                memset(bytes, 'x', sizeof bytes);
                bytes[at] = (char)odd[i];
                bytes[length] = '"'; /* behind the end, where nothing is to be found */
                size_t naive = 0;
                while (naive < length && page_bytes_is_plain((unsigned char)bytes[naive])) {
                    naive++;
                }
                assert_int_equal(page_bytes_plain(bytes, 0, length), naive);
                assert_int_equal(page_bytes_plain_eight(bytes, 0, length), naive);
#if PAGE_BYTES_VECTORS
                assert_int_equal(page_bytes_plain_sixteen(bytes, 0, length), naive);
#endif
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split_anywhere),  cmocka_unit_test(test_next_is_known_at_once),
        cmocka_unit_test(test_next_taken_back), cmocka_unit_test(test_memory_while_it_comes),
        cmocka_unit_test(test_wanted_columns),  cmocka_unit_test(test_plain_bytes),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
