/* Texts of others on a terminal: one line, and no commands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/utf8.h"

static void assert_blanked(const char *given, const char *expected) {
    char text[100];
    assert_true(strlen(given) < sizeof text);
    strcpy(text, given);
    utf8_blank_controls(text);
    assert_string_equal(text, expected);
    assert_true(utf8_is_valid(text, strlen(text)));
}

static void test_plain(void **state) {
    (void)state;
    assert_blanked("", "");
    assert_blanked("abc ~", "abc ~");
    assert_blanked("\xc3\xa9 \xe2\x82\xac \xf0\x9f\x8e\x82 \xc2\xa0",
                   "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x8e\x82 \xc2\xa0");
    assert_blanked("\xe2\x80\xa7\xe2\x80\xaf\xe2\x81\xa5\xe2\x81\xaa",
                   "\xe2\x80\xa7\xe2\x80\xaf\xe2\x81\xa5\xe2\x81\xaa");
}

static void test_controls(void **state) {
    (void)state;
    assert_blanked("a\r\nb\tc\x1b[31m\x7f", "a  b c [31m ");
    assert_blanked("\xc2\x80|\xc2\x9b|\xc2\x9f", "  |  |  ");
}

static void test_lines_and_directions(void **state) {
    (void)state;
    assert_blanked("\xe2\x80\xa8|\xe2\x80\xa9|\xe2\x80\xaa|\xe2\x80\xae", "   |   |   |   ");
    assert_blanked("\xe2\x81\xa6|\xe2\x81\xa9", "   |   ");
}

static void test_no_utf8(void **state) {
    (void)state;
    assert_blanked("\x9b"
                   "31m",
                   "?31m");
    assert_blanked("a\xff\xfe", "a??");
    assert_blanked("\xc3", "?");
    assert_blanked("\xe2\x80", "??");
    assert_blanked("\xf0\x9f\x8e", "???");
    assert_blanked("\xc0\x9b|\xe0\x80\x9b", "??|???");
    assert_blanked("\xed\xa0\x80", "???");
    assert_blanked("\xc3(", "?(");
}

/* joined: NULL where the text is refused at the byte bad. */
static void assert_joined(const char *text, const char *joined, size_t bad) {
    buffer made;
    size_t found = 99;
    buffer_init(&made, 1000);
    assert_int_equal(utf8_append_joined(&made, text, strlen(text), &found), joined != NULL);
    if (joined) {
        assert_string_equal(made.data, joined);
    } else {
        assert_int_equal(found, bad);
    }
    buffer_clear(&made);
}

/* Halves of a pair, each encoded by itself, are put together: the first, the last, and some pair between. */
static void test_joined(void **state) {
    (void)state;
    assert_joined("", "", 0);
    assert_joined("a\xc3\xa9\xf0\x9f\x98\x80", "a\xc3\xa9\xf0\x9f\x98\x80", 0);
    assert_joined("a\xed\xa0\xbd\xed\xb8\x80z", "a\xf0\x9f\x98\x80z", 0);
    assert_joined("\xed\xa0\x80\xed\xb0\x80\xed\xaf\xbf\xed\xbf\xbf", "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", 0);
    assert_joined("ab\xed\xa0\xbd", NULL, 2);
    assert_joined("\xed\xa0\xbd\xed\xa0\xbd\xed\xb8\x80", NULL, 0);
    assert_joined("\xed\xb8\x80\xed\xa0\xbd", NULL, 0);
    assert_joined("\xed\xa0\xbd\xed\xb8\x80\xed\xb8\x80", NULL, 6);
    assert_joined("\xed\xa0\xbd\xed\xb8", NULL, 0);
    assert_joined("\xed\xa0\xbdx\xed\xb8\x80", NULL, 0);
    assert_joined("Part\xffy", NULL, 4);
    assert_joined("\xed\xa0", NULL, 0);
}

int main(void) {
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_plain), cmocka_unit_test(test_controls),
                                       cmocka_unit_test(test_lines_and_directions), cmocka_unit_test(test_no_utf8),
                                       cmocka_unit_test(test_joined)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
