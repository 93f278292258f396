/* SIDs that stand in a row's JSON: each is found once, in order, and nothing that only looks like one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "read/mention.h"

#define DIGITS "0123456789abcdef0123456789abcde"
#define ONE "ME" DIGITS "1"
#define TWO "ME" DIGITS "2"
#define THREE "ME" DIGITS "3"

/* A row with a text, two JSON objects and a JSON text of the application's own. */
static const catalog_column columns[] = {
    {"body", VALUE_TEXT, 1, 0, ""},
    {"media", VALUE_JSON, 1, 0, ""},
    {"links", VALUE_JSON, 1, 0, ""},
    {"attributes", VALUE_JSON_TEXT, 1, 0, ""},
};
static const catalog_resource resource = {.name = "rows", .columns = columns, .column_count = 4};

static char arena[4000];
static page_cell cells[4];
static page content = {.references = 1, .row_count = 1, .column_count = 4, .absent = cells};

static void set(size_t column, page_cell_type type, const char *text) {
    size_t offset = column * 1000;
    snprintf(arena + offset, 1000, "%s", text);
    cells[column] = (page_cell){.type = type, .length = (uint32_t)strlen(text), .value.text = arena + offset};
}

/* All that are found, one after another. */
static const char *all(void) {
    static char found[1000];
    char sid[SID_LENGTH + 1];
    mention place = {0, 0};
    found[0] = 0;
    while (mention_next(&resource, &content, 0, "ME", &place, sid)) {
        assert_int_equal(strlen(sid), SID_LENGTH);
        strcat(found, sid + SID_LENGTH - 1);
    }
    assert_false(mention_next(&resource, &content, 0, "ME", &place, sid));
    return found;
}

static int begin(void **state) {
    (void)state;
    set(0, CELL_TEXT, "\"" ONE "\"");
    set(1, CELL_NULL, "");
    set(2, CELL_NULL, "");
    set(3, CELL_JSON, "{\"media\":\"" ONE "\"}");
    return 0;
}

static void test_order(void **state) {
    (void)state;
    assert_string_equal(all(), "");
    set(1, CELL_JSON, "[{\"sid\":\"" ONE "\",\"size\":1},{\"sid\":\"" TWO "\"}]");
    set(2, CELL_JSON, "{\"a\":\"" THREE "\"}");
    assert_string_equal(all(), "123");
    set(1, CELL_JSON, "\"" ONE "\"");
    assert_string_equal(all(), "13");
}

static void test_lookalikes(void **state) {
    static const char *const texts[] = {"\"" ONE,
                                        "\"x" ONE "\"",
                                        "\"" ONE "0\"",
                                        "\"me" DIGITS "1\"",
                                        "\"ME0123456789ABCDEF0123456789ABCDEF\"",
                                        "\"MEz" DIGITS "\"",
                                        "\"CH" DIGITS "1\"",
                                        "\"\"",
                                        "\"",
                                        "",
                                        "{\"a\":\"https://x/" ONE "\"}"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        set(1, CELL_JSON, texts[i]);
        assert_string_equal(all(), "");
    }
    set(1, CELL_JSON, "\"\"" ONE "\"");
    assert_string_equal(all(), "1");
    set(1, CELL_TEXT, "\"" ONE "\"");
    assert_string_equal(all(), "");
}

static void test_find(void **state) {
    char sid[SID_LENGTH + 1];
    mention place;
    (void)state;
    set(1, CELL_JSON, "[\"" ONE "\",\"" TWO "\"]");
    set(2, CELL_JSON, "[\"" THREE "\"]");
    assert_true(mention_find(&resource, &content, 0, TWO, &place));
    assert_true(mention_next(&resource, &content, 0, "ME", &place, sid));
    assert_string_equal(sid, THREE);
    assert_false(mention_find(&resource, &content, 0, "ME" DIGITS "4", &place));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_order, begin),
        cmocka_unit_test_setup(test_lookalikes, begin),
        cmocka_unit_test_setup(test_find, begin),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
