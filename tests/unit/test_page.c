/*
** The shape of an answer: what is a list, what is a single resource, which next page there is, and what is refused.
** What becomes of the values: test_page_values.c.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/sqlite.h"
#include "catalog/generations.h"
#include "rest/page.h"
#include "unit/named.h"
#include "unit/parsed.h"

#define SID1 "CH00000000000000000000000000000001"
#define SID2 "CH00000000000000000000000000000002"
#define LAST "\"meta\":{\"next_page_url\":null}"

/* Faults that the running test has found. */
static int faults;

static const catalog_resource *channels(void) {
    return named_resource("channels");
}

static page *parse(const char *body, error *problem) {
    return page_parse_list(channels(), CATALOG_V1, body, strlen(body), problem);
}

/* Parses a list that must be fine. */
static page *parse_fine(const char *body) {
    error problem = {0};
    page *list = parse(body, &problem);
    if (list == NULL) {
        print_message("# %s\n# %s\n", body, problem.message);
    }
    assert_non_null(list);
    assert_false(error_is_set(&problem));
    return list;
}

static const char *text_at(const page *source, size_t row, const char *column) {
    int index = catalog_column_index(channels(), column);
    assert_true(index >= 0);
    return page_text(source, page_at(source, row, (size_t)index));
}

static bool has_control_character(const char *text) {
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < ' ' || *text == 0x7f) {
            return true;
        }
    }
    return false;
}

static void expect_refused(const char *body, size_t length, page *parsed, error *problem) {
    const char *complaint = NULL;
    if (parsed != NULL) {
        complaint = "accepted";
    } else if (problem->rc != SQLITE_ERROR || problem->message == NULL) {
        complaint = "refused without a reason";
    } else if (has_control_character(problem->message) || strlen(problem->message) > 1000) {
        complaint = "the message is not one short line";
    }
    if (complaint != NULL) {
        print_message("# %.*s: %s\n", length < 200 ? (int)length : 200, body, complaint);
        faults++;
    }
    page_release(parsed);
    error_clear(problem);
}

static void expect_list_refused(const char *body, size_t length) {
    error problem = {0};
    expect_refused(body, length, page_parse_list(channels(), CATALOG_V1, body, length, &problem), &problem);
}

static void expect_single_refused(const char *body, size_t length) {
    error problem = {0};
    expect_refused(body, length, page_parse_single(channels(), CATALOG_V1, body, length, &problem), &problem);
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

static void test_list(void **state) {
    (void)state;
    page *list =
        parse_fine("{\"channels\":[{\"sid\":\"" SID1 "\"},{\"sid\":\"" SID2 "\",\"friendly_name\":\"two\"}]," LAST "}");
    assert_int_equal(list->row_count, 2);
    assert_int_equal(list->column_count, channels()->column_count);
    assert_int_equal(list->references, 1);
    assert_null(list->next);
    assert_true(list->bytes > 0);
    assert_string_equal(text_at(list, 0, "sid"), SID1);
    assert_string_equal(text_at(list, 1, "sid"), SID2);
    assert_string_equal(text_at(list, 1, "friendly_name"), "two");
    page_release(list);
}

/* The envelope as the v1 pages show it, and as the specs of both versions have it. */
static void test_both_envelopes(void **state) {
    static const char *const bodies[] = {
        "{\"meta\":{\"page\":0,\"page_size\":50,\"first_page_url\":\"https://chat.twilio.com/v1/x?Page=0\","
        "\"previous_page_url\":null,\"url\":\"https://chat.twilio.com/v1/x?Page=0\",\"next_page_url\":"
        "\"https://chat.twilio.com/v1/x?Page=1\",\"key\":\"channels\"},\"channels\":[{\"sid\":\"" SID1 "\"}]}",
        "{\"channels\":[{\"sid\":\"" SID1 "\"}],\"meta\":{\"key\":\"channels\",\"page_size\":1,\"next_page_url\":"
        "\"https://chat.twilio.com/v1/x?Page=1\"},\"unknown\":{\"more\":[1,2,3]}}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        page *list = parse_fine(bodies[i]);
        assert_int_equal(list->row_count, 1);
        assert_string_equal(list->next, "https://chat.twilio.com/v1/x?Page=1");
        assert_string_equal(text_at(list, 0, "sid"), SID1);
        page_release(list);
    }
}

static void test_empty_list(void **state) {
    (void)state;
    page *list = parse_fine("{\"channels\":[]," LAST "}");
    assert_int_equal(list->row_count, 0);
    assert_null(list->next);
    page_release(list);
    list = parse_fine(" \r\n\t{ \"channels\" : [ ] , \"meta\" : { \"next_page_url\" : \"?Page=1\" } } \n");
    assert_int_equal(list->row_count, 0);
    assert_string_equal(list->next, "?Page=1");
    page_release(list);
}

/* Each resource's own list key, and no other. */
static void test_every_list_key(void **state) {
    (void)state;
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    for (size_t i = 0; i < count; i++) {
        char body[300];
        error problem = {0};
        if (resources[i]->single) {
            continue;
        }
        snprintf(body, sizeof body, "{\"%s\":[{\"%s\":\"x\"}]," LAST "}", resources[i]->list_key,
                 resources[i]->key_column);
        page *list = page_parse_list(resources[i], CATALOG_V1, body, strlen(body), &problem);
        assert_non_null(list);
        assert_int_equal(list->row_count, 1);
        assert_int_equal(list->column_count, resources[i]->column_count);
        page_release(list);
        snprintf(body, sizeof body, "{\"%s_\":[{\"%s\":\"x\"}]," LAST "}", resources[i]->list_key,
                 resources[i]->key_column);
        assert_null(page_parse_list(resources[i], CATALOG_V1, body, strlen(body), &problem));
        assert_true(error_is_set(&problem));
        error_clear(&problem);
    }
}

static void test_no_list(void **state) {
    static const char *const bodies[] = {
        "{}",
        "{" LAST "}",
        "{\"channels\":null," LAST "}",
        "{\"channels\":{}," LAST "}",
        "{\"channels\":\"[]\"," LAST "}",
        "{\"channels\":0," LAST "}",
        "{\"channels\":false," LAST "}",
        "{\"Channels\":[]," LAST "}",
        "{\"users\":[]," LAST "}",
        "{\"meta\":{\"channels\":[],\"next_page_url\":null}}",
        "[{\"sid\":\"" SID1 "\"}]",
        "[]",
        "null",
        "true",
        "0",
        "\"channels\"",
        "{\"code\":20404,\"message\":\"not found\",\"status\":404}",
    };
    (void)state;
    faults = 0;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        expect_list_refused(bodies[i], strlen(bodies[i]));
    }
    assert_int_equal(faults, 0);
}

/* Without a clear word on whether there is more, ending would lose rows. */
static void test_no_word_on_the_next_page(void **state) {
    static const char *const metas[] = {
        "",
        ",\"meta\":null",
        ",\"meta\":[]",
        ",\"meta\":\"\"",
        ",\"meta\":1",
        ",\"meta\":{}",
        ",\"meta\":{\"next_page_uri\":null}",
        ",\"meta\":{\"url\":\"?Page=0\"}",
        ",\"next_page_url\":null",
        ",\"meta\":{\"next_page_url\":1}",
        ",\"meta\":{\"next_page_url\":0}",
        ",\"meta\":{\"next_page_url\":false}",
        ",\"meta\":{\"next_page_url\":true}",
        ",\"meta\":{\"next_page_url\":{}}",
        ",\"meta\":{\"next_page_url\":[\"?Page=1\"]}",
        ",\"meta\":{\"next_page_url\":\"?Page=1\\u0000&x\"}",
        ",\"meta\":{\"next_page_url\":\"\\u0000\"}",
    };
    (void)state;
    faults = 0;
    for (size_t i = 0; i < sizeof metas / sizeof *metas; i++) {
        char body[300];
        snprintf(body, sizeof body, "{\"channels\":[]%s}", metas[i]);
        expect_list_refused(body, strlen(body));
    }
    assert_int_equal(faults, 0);
}

/* The SDKs end at an empty one as they end at null. */
static void test_empty_next_page(void **state) {
    (void)state;
    page *list = parse_fine("{\"channels\":[],\"meta\":{\"next_page_url\":\"\"}}");
    assert_null(list->next);
    page_release(list);
}

static void test_next_page_comes_as_it_is(void **state) {
    (void)state;
    page *list =
        parse_fine("{\"channels\":[],\"meta\":{\"next_page_url\":\" https:\\/\\/evil.com\\/\\u00e9 %41\\n\"}}");
    assert_string_equal(list->next, " https://evil.com/\xc3\xa9 %41\n");
    page_release(list);
}

static void test_bad_rows(void **state) {
    static const char *const rows[] = {
        "null",
        "1",
        "\"x\"",
        "[]",
        "[{\"sid\":\"" SID1 "\"}]",
        "true",
        "{}",
        "{\"SID\":\"" SID1 "\"}",
        "{\"sid\":null}",
        "{\"sid\":1}",
        "{\"sid\":true}",
        "{\"sid\":[]}",
        "{\"sid\":{\"sid\":\"" SID1 "\"}}",
    };
    (void)state;
    faults = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char body[400];
        snprintf(body, sizeof body, "{\"channels\":[%s]," LAST "}", rows[i]);
        expect_list_refused(body, strlen(body));
        snprintf(body, sizeof body, "{\"channels\":[{\"sid\":\"" SID1 "\"},%s,{\"sid\":\"" SID2 "\"}]," LAST "}",
                 rows[i]);
        expect_list_refused(body, strlen(body));
        expect_single_refused(rows[i], strlen(rows[i]));
    }
    assert_int_equal(faults, 0);
}

/* --- what is no JSON ---------------------------------------------------------------------------------------------- */

static void expect_both_refused(const char *body, size_t length) {
    expect_list_refused(body, length);
    expect_single_refused(body, length);
}

#define ROW(value) "{\"channels\":[{\"sid\":\"" SID1 "\",\"friendly_name\":" value "}]," LAST "}"

static void test_no_json(void **state) {
    static const char *const bodies[] = {
        "",
        " ",
        "<html><body>502 Bad Gateway</body></html>",
        "{",
        "}",
        "{\"channels\":[",
        "{\"channels\":[]," LAST "",
        "{\"channels\":[]," LAST "}x",
        "{\"channels\":[]," LAST "}{}",
        "{\"channels\":[],}",
        "{'channels':[]}",
        "\xef\xbb\xbf{}",
        "nul",
        "\x1b[2J\x1b[31mgotcha",
        "\x01\x02\x03",
        "{\"channels\":\x1b[31m}",
        "{\"a\nb\":x}",
        ROW("NaN"),
        ROW("Infinity"),
        ROW("01"),
        ROW("+1"),
        ROW(".5"),
        ROW("1."),
        ROW("0x10"),
        ROW("undefined"),
        ROW("\"\x01\""),
        ROW("\"\n\""),
        ROW("\"\\x41\""),
        ROW("\"\\u12\""),
    };
    (void)state;
    faults = 0;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        expect_both_refused(bodies[i], strlen(bodies[i]));
    }
    expect_both_refused(NULL, 0);
    expect_both_refused("\0\0\0", 3);
    assert_int_equal(faults, 0);
}

static void test_text_that_is_no_unicode(void **state) {
    static const char *const bodies[] = {
        ROW("\"\xff\""),     ROW("\"\xc3\""), ROW("\"\xc0\xaf\""), ROW("\"\xed\xa0\x80\""), ROW("\"\xf4\x90\x80\x80\""),
        ROW("\"\xe2\x82\""),
    };
    (void)state;
    faults = 0;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        expect_list_refused(bodies[i], strlen(bodies[i]));
    }
    assert_int_equal(faults, 0);
}

/* What is valid is read, wherever it stands: one odd value makes no list unreadable. */
static void test_odd_values(void **state) {
    static const char *const values[][2] = {
        {"\"Party \\ud83c\"", "Party \xef\xbf\xbd"},
        {"\"\\udc00x\"", "\xef\xbf\xbdx"},
        {"\"\\ud83d\\u0041\"", "\xef\xbf\xbd"
                               "A"},
        {"\"\\ude00\\ud83d\"", "\xef\xbf\xbd\xef\xbf\xbd"},
        {"\"\\ud83d\\ud83d\\ude00\"", "\xef\xbf\xbd\xf0\x9f\x98\x80"},
        {"9223372036854775808", "9223372036854775808"},
        {"-100000000000000000000", "-100000000000000000000"},
        {"1e999", "1e999"},
        {"{\"deep\":[-1e999,\"\\ud800\"]}", "{\"deep\":[-1e999,\"\\ud800\"]}"},
        {"{\"a\":1,\"\\u0061\":2}", "{\"a\":1,\"\\u0061\":2}"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char body[500];
        snprintf(body, sizeof body,
                 "{\"other\":%s,\"channels\":[{\"sid\":\"" SID1 "\",\"friendly_name\":%s,\"other\":%s}]," LAST "}",
                 values[i][0], values[i][0], values[i][0]);
        page *list = parse_fine(body);
        assert_string_equal(text_at(list, 0, "friendly_name"), values[i][1]);
        page_release(list);
    }
}

/* A whole number beyond 64 bits is the nearest real, as everywhere in SQL; one beyond all reals is infinite. */
static void test_numbers_out_of_range(void **state) {
    static const struct {
        const char *text;
        double value;
    } numbers[] = {
        {"9223372036854775808", 9223372036854775808.0},
        {"-9223372036854775809", -9223372036854775808.0},
        {"100000000000000000000", 1e20},
        {"1e300", 1e300},
        {"1e999", HUGE_VAL},
        {"-1e999", -HUGE_VAL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char body[300];
        snprintf(body, sizeof body, "{\"channels\":[{\"sid\":\"" SID1 "\",\"members_count\":%s}]," LAST "}",
                 numbers[i].text);
        page *list = parse_fine(body);
        const page_cell *cell = page_at(list, 0, (size_t)catalog_column_index(channels(), "members_count"));
        assert_int_equal(cell->type, CELL_REAL);
        assert_true(!(cell->value.real < numbers[i].value) && !(cell->value.real > numbers[i].value));
        page_release(list);
    }
}

/* Of a repeated key the last counts, as in JSON.parse. */
static void test_repeated_keys(void **state) {
    (void)state;
    page *list =
        parse_fine("{\"channels\":[1,{}],\"meta\":{\"next_page_url\":\"?Page=1\"},\"channels\":[{\"sid\":7,\"sid\":"
                   "\"" SID1 "\",\"friendly_name\":\"one\",\"members_count\":[],\"friendly_name\":\"two\","
                   "\"members_count\":5,\"unique_name\":\"u\",\"\\u0075nique_name\":null},{\"sid\":\"" SID2
                   "\"}],\"meta\":{\"next_page_url\":\"?Page=2\",\"next_page_url\":\"?Page=3\"}}");
    size_t count = (size_t)catalog_column_index(channels(), "members_count");
    size_t name = (size_t)catalog_column_index(channels(), "unique_name");
    assert_int_equal(list->row_count, 2);
    assert_string_equal(list->next, "?Page=3");
    assert_string_equal(text_at(list, 0, "sid"), SID1);
    assert_string_equal(text_at(list, 0, "friendly_name"), "two");
    assert_int_equal(page_at(list, 0, count)->value.integer, 5);
    assert_int_equal(page_at(list, 0, name)->type, CELL_NULL);
    assert_string_equal(text_at(list, 1, "sid"), SID2);
    page_release(list);
    faults = 0;
    static const char *const bodies[] = {
        "{\"channels\":[],\"channels\":{}," LAST "}",
        "{\"channels\":[],\"meta\":{\"next_page_url\":null},\"meta\":[]}",
        "{\"channels\":[],\"meta\":{\"next_page_url\":null},\"meta\":{}}",
        "{\"channels\":[{\"sid\":\"" SID1 "\",\"sid\":7}]," LAST "}",
        "{\"channels\":[{\"sid\":\"" SID1 "\",\"members_count\":7,\"members_count\":[]}]," LAST "}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        expect_list_refused(bodies[i], strlen(bodies[i]));
    }
    assert_int_equal(faults, 0);
}

/* An answer that was cut off anywhere is refused, never a shorter list. */
static void test_cut_off_anywhere(void **state) {
    (void)state;
    const char *body =
        "{\"channels\":[{\"sid\":\"" SID1 "\",\"links\":{\"a\":[1,2.5,null]}},{\"sid\":\"" SID2 "\"}]," LAST "}";
    faults = 0;
    for (size_t length = 0; length < strlen(body); length++) {
        /* In memory of its own length, so that reading past it is seen. */
        char *exact = malloc(length + 1);
        assert_non_null(exact);
        memcpy(exact, body, length);
        expect_list_refused(exact, length);
        free(exact);
    }
    assert_int_equal(faults, 0);
}

static void test_deep_nesting(void **state) {
    (void)state;
    enum { DEEP = 100000 };
    buffer body;
    buffer_init(&body, 10 * DEEP);
    buffer_text(&body, "{\"channels\":[{\"sid\":\"" SID1 "\",\"links\":");
    for (int i = 0; i < DEEP; i++) {
        buffer_text(&body, "[");
    }
    for (int i = 0; i < DEEP; i++) {
        buffer_text(&body, "]");
    }
    buffer_text(&body, "}]," LAST "}");
    faults = 0;
    expect_list_refused(body.data, body.length);
    expect_list_refused(body.data, DEEP);
    /* A thousand levels within a row are read. */
    for (size_t more = 0; more < 2; more++) {
        size_t inner = 1000 + more;
        buffer_clear(&body);
        buffer_text(&body, "{\"channels\":[{\"sid\":\"" SID1 "\",\"links\":");
        for (size_t i = 0; i < 2 * inner; i++) {
            buffer_text(&body, i < inner ? "[" : "]");
        }
        buffer_text(&body, "}]," LAST "}");
        error problem = {0};
        page *list = parse(body.data, &problem);
        assert_true(more ? list == NULL : list != NULL);
        page_release(list);
        error_clear(&problem);
    }
    buffer_clear(&body);
    assert_int_equal(faults, 0);
}

/* --- single resources --------------------------------------------------------------------------------------------- */

static void test_single(void **state) {
    (void)state;
    const char *body = "{\"sid\":\"" SID1 "\",\"unique_name\":\"u\",\"meta\":{\"next_page_url\":\"?Page=1\"}}";
    error problem = {0};
    page *single = page_parse_single(channels(), CATALOG_V1, body, strlen(body), &problem);
    assert_non_null(single);
    assert_int_equal(single->row_count, 1);
    assert_null(single->next);
    assert_string_equal(text_at(single, 0, "sid"), SID1);
    assert_string_equal(text_at(single, 0, "unique_name"), "u");
    page_release(single);
}

/* user_channels has no SID of its own: another column is its key. */
static void test_key_is_the_resources_own(void **state) {
    (void)state;
    const catalog_resource *resource = named_resource("user_channels");
    error problem = {0};
    const char *with = "{\"channel_sid\":\"" SID1 "\"}", *without = "{\"sid\":\"" SID1 "\"}";
    page *single = page_parse_single(resource, CATALOG_V1, with, strlen(with), &problem);
    assert_non_null(single);
    page_release(single);
    assert_null(page_parse_single(resource, CATALOG_V1, without, strlen(without), &problem));
    assert_non_null(strstr(problem.message, "channel_sid"));
    error_clear(&problem);
}

/* --- ownership and size ------------------------------------------------------------------------------------------- */

static void test_references(void **state) {
    (void)state;
    page *list = parse_fine("{\"channels\":[{\"sid\":\"" SID1 "\"}]," LAST "}");
    assert_ptr_equal(page_retain(list), list);
    page_release(list);
    assert_string_equal(text_at(list, 0, "sid"), SID1);
    page_release(list);
    page_release(NULL);
}

static void test_large_answer(void **state) {
    (void)state;
    enum { ROWS = 10000 };
    buffer body;
    buffer_init(&body, 100 * ROWS + 1000);
    buffer_text(&body, "{\"channels\":[");
    for (int i = 0; i < ROWS; i++) {
        buffer_format(&body, "%s{\"sid\":\"CH%032x\",\"friendly_name\":\"name %d\",\"messages_count\":%d}",
                      i ? "," : "", i, i, i);
    }
    buffer_text(&body, "]," LAST "}");
    assert_int_equal(body.rc, SQLITE_OK);
    page *list = parse_fine(body.data);
    assert_int_equal(list->row_count, ROWS);
    int count = catalog_column_index(channels(), "messages_count");
    for (int i = 0; i < ROWS; i += 99) {
        char name[40];
        snprintf(name, sizeof name, "name %d", i);
        assert_string_equal(text_at(list, (size_t)i, "friendly_name"), name);
        assert_int_equal(page_at(list, (size_t)i, (size_t)count)->value.integer, i);
    }
    /* A cell for each of the three values of a row, and the texts of two of them: of SID and name. */
    size_t texts = ROWS * (sizeof SID1 + sizeof "name 1234"), least = ROWS * 3 * sizeof(page_cell) + texts;
    assert_true(list->bytes > least - least / 10 && list->bytes < least + least / 10);
    page_release(list);
    buffer_clear(&body);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_both_envelopes),
        cmocka_unit_test(test_empty_list),
        cmocka_unit_test(test_every_list_key),
        cmocka_unit_test(test_no_list),
        cmocka_unit_test(test_no_word_on_the_next_page),
        cmocka_unit_test(test_empty_next_page),
        cmocka_unit_test(test_next_page_comes_as_it_is),
        cmocka_unit_test(test_bad_rows),
        cmocka_unit_test(test_no_json),
        cmocka_unit_test(test_text_that_is_no_unicode),
        cmocka_unit_test(test_odd_values),
        cmocka_unit_test(test_numbers_out_of_range),
        cmocka_unit_test(test_repeated_keys),
        cmocka_unit_test(test_cut_off_anywhere),
        cmocka_unit_test(test_deep_nesting),
        cmocka_unit_test(test_single),
        cmocka_unit_test(test_key_is_the_resources_own),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_large_answer),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
