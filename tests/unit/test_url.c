/* Origins that may be configured, regional hosts, and escaping. Following a next page: test_url_follow.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "rest/url.h"

/* Faults that the running test has found. */
static int faults;

static void fault(const char *input, const char *complaint, const char *detail) {
    print_message("# \"%s\": %s%s\n", input, complaint, detail != NULL ? detail : "");
    faults++;
}

/* One line that a terminal can be shown: no control characters. */
static bool is_one_line(const char *text) {
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < ' ' || *text == 0x7f) {
            return false;
        }
    }
    return true;
}

static void expect_refused(const char *input, const char *result, const error *problem) {
    if (result != NULL) {
        fault(input, "accepted as ", result);
    } else if (problem->rc != SQLITE_ERROR || problem->message == NULL) {
        fault(input, "refused without a reason", NULL);
    } else if (!is_one_line(problem->message)) {
        fault(input, "the message is not one line", NULL);
    }
}

/* --- origins ------------------------------------------------------------------------------------------------------ */

static void expect_origin(const char *text, const char *expected) {
    error problem = {0};
    char *origin = url_origin(text, &problem);
    if (expected == NULL) {
        expect_refused(text, origin, &problem);
    } else if (origin == NULL) {
        fault(text, "refused: ", problem.message);
    } else if (strcmp(origin, expected) != 0) {
        fault(text, "became ", origin);
    }
    sqlite3_free(origin);
    error_clear(&problem);
}

static void expect_origins(const char *const (*cases)[2], size_t count) {
    faults = 0;
    for (size_t i = 0; i < count; i++) {
        expect_origin(cases[i][0], cases[i][1]);
    }
    assert_int_equal(faults, 0);
}

#define EXPECT_ORIGINS(cases) expect_origins(cases, sizeof(cases) / sizeof(cases)[0])

static void test_normal_form(void **state) {
    static const char *const cases[][2] = {
        {"https://chat.twilio.com", "https://chat.twilio.com"},
        {"https://chat.twilio.com/", "https://chat.twilio.com"},
        {"https://chat.twilio.com:443", "https://chat.twilio.com"},
        {"https://chat.twilio.com:0443/", "https://chat.twilio.com"},
        {"https://chat.twilio.com:", "https://chat.twilio.com"},
        {"https://chat.twilio.com:80", "https://chat.twilio.com:80"},
        {"https://chat.twilio.com:8443/", "https://chat.twilio.com:8443"},
        {"HTTPS://chat.twilio.com", "https://chat.twilio.com"},
        {"https://127.0.0.1:65535", "https://127.0.0.1:65535"},
        {"https://[::1]:8443", "https://[::1]:8443"},
        {"https://[2001:db8::1]", "https://[2001:db8::1]"},
        {"https://10.0.0.1", "https://10.0.0.1"},
        {"https://127.0.0.1.evil.com", "https://127.0.0.1.evil.com"},
        {"https://localhost.evil.com", "https://localhost.evil.com"},
    };
    (void)state;
    EXPECT_ORIGINS(cases);
}

static void test_http_to_loopback(void **state) {
    static const char *const cases[][2] = {
        {"http://127.0.0.1", "http://127.0.0.1"},
        {"http://127.0.0.1:80", "http://127.0.0.1"},
        {"http://127.0.0.1:8080/", "http://127.0.0.1:8080"},
        {"http://127.255.255.254:1", "http://127.255.255.254:1"},
        {"http://localhost:8080", "http://localhost:8080"},
        {"http://[::1]:8080", "http://[::1]:8080"},
        {"Http://localhost", "http://localhost"},
    };
    (void)state;
    EXPECT_ORIGINS(cases);
}

static void test_http_elsewhere(void **state) {
    static const char *const cases[][2] = {
        {"http://chat.twilio.com", NULL},
        {"http://127.0.0.1.evil.com", NULL},
        {"http://127.0.0.1%2eevil.com", NULL},
        {"http://127.0.0.1%00.evil.com", NULL},
        {"http://localhost.evil.com", NULL},
        {"http://localhostevil.com", NULL},
        {"http://evil.com:127", NULL},
        {"http://evil.com/127.0.0.1", NULL},
        {"http://127.0.0.1@evil.com", NULL},
        {"http://127.0.0.1:80@evil.com", NULL},
        {"http://127.0.0.1\\@evil.com", NULL},
        {"http://evil.com#@127.0.0.1", NULL},
        {"http://evil.com?@127.0.0.1", NULL},
        {"http://evil.com\\@127.0.0.1", NULL},
        {"http://[::ffff:127.0.0.1]", NULL},
        {"https://127.0.0.1%252eexample.org", NULL},
        {"https://chat.%2541.example.org", NULL},
        {"https://chat%25.example.org", NULL},
        {"http://[::]", NULL},
        {"http://[::2]", NULL},
        {"http://[fe80::1]", NULL},
        {"http://0.0.0.0", NULL},
        {"http://0", NULL},
        {"http://126.255.255.255", NULL},
        {"http://128.0.0.1", NULL},
        {"http://10.0.0.1", NULL},
        {"http://1.127.0.0.1", NULL},
        {"http://127.0.0.256", NULL},
        {"http://169.254.169.254", NULL},
    };
    (void)state;
    EXPECT_ORIGINS(cases);
}

/* Other ways to write a host: refused or rewritten, which is for libcurl to say; but never passed on as they are. */
static void test_odd_hosts(void **state) {
    static const char *const cases[][2] = {
        {"http://0x7f.1", "http://127.0.0.1"},
        {"http://127.1", "http://127.0.0.1"},
        {"http://2130706433", "http://127.0.0.1"},
        {"http://0177.0.0.1", "http://127.0.0.1"},
        {"http://127.0.0.1.", "http://127.0.0.1"},
        {"http://0x7f000001", "http://127.0.0.1"},
        {"http://127.0.1", "http://127.0.0.1"},
        {"http://[0:0:0:0:0:0:0:1]", "http://[::1]"},
        {"http://[::1%25lo]", "http://[::1]"},
        {"http://loc%61lhost", "http://localhost"},
        {"https://%63hat.twilio.com", "https://chat.twilio.com"},
    };
    (void)state;
    faults = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        error problem = {0};
        char *origin = url_origin(cases[i][0], &problem);
        if (origin == NULL) {
            expect_refused(cases[i][0], origin, &problem);
        } else if (strcmp(origin, cases[i][1]) != 0) {
            fault(cases[i][0], "became ", origin);
        }
        sqlite3_free(origin);
        error_clear(&problem);
    }
    assert_int_equal(faults, 0);
}

static void test_more_than_an_origin(void **state) {
    static const char *const cases[][2] = {
        {"https://user@chat.twilio.com", NULL},
        {"https://user:password@chat.twilio.com", NULL},
        {"https://:password@chat.twilio.com", NULL},
        {"https://@chat.twilio.com", NULL},
        {"https://user;auth=x@chat.twilio.com", NULL},
        {"https://chat.twilio.com/v1", NULL},
        {"https://chat.twilio.com//", NULL},
        {"https://chat.twilio.com/.", "https://chat.twilio.com"},
        {"https://chat.twilio.com/?x=1", NULL},
        {"https://chat.twilio.com?x=1", NULL},
        {"https://chat.twilio.com#x", NULL},
        {"https://chat.twilio.com/#x", NULL},
        {"http://127.0.0.1:8080/v1", NULL},
        {"http://user@127.0.0.1", NULL},
    };
    (void)state;
    EXPECT_ORIGINS(cases);
}

static void test_other_schemes(void **state) {
    static const char *const cases[][2] = {
        {"ftp://127.0.0.1", NULL},    {"ftp://chat.twilio.com", NULL},    {"file:///etc/passwd", NULL},
        {"file://localhost/", NULL},  {"javascript:alert(1)", NULL},      {"ws://127.0.0.1", NULL},
        {"gopher://127.0.0.1", NULL}, {"httpss://chat.twilio.com", NULL}, {"data:text/plain,x", NULL},
        {"unix:///tmp/socket", NULL}, {"https:chat.twilio.com", NULL},    {"://chat.twilio.com", NULL},
        {"//chat.twilio.com", NULL},
    };
    (void)state;
    EXPECT_ORIGINS(cases);
}

static void test_no_urls(void **state) {
    static const char *const cases[][2] = {
        {"", NULL},
        {" ", NULL},
        {"https", NULL},
        {"https:", NULL},
        {"https://", NULL},
        {"https:///", NULL},
        {"http://", NULL},
        {"https://:443", NULL},
        {"chat.twilio.com", NULL},
        {"127.0.0.1:8080", NULL},
        {"localhost", NULL},
        {"https://chat.twilio.com:x", NULL},
        {"https://chat.twilio.com:-1", NULL},
        {"https://chat.twilio.com:65536", NULL},
        {"https://chat.twilio.com:99999999999999999999", NULL},
        {"https://chat twilio com", NULL},
        {"https://chat.twilio.com ", NULL},
        {" https://chat.twilio.com", NULL},
        {"https://chat.twilio.com\\evil", NULL},
        {"https://[::1", NULL},
        {"https://[::1]evil.com", NULL},
        {"https://[g::1]", NULL},
        {"https://chat.twilio.com;x", NULL},
        {"https://<chat.twilio.com>", NULL},
    };
    (void)state;
    EXPECT_ORIGINS(cases);
}

static void test_control_characters(void **state) {
    static const char *const cases[][2] = {
        {"https://chat.twilio.com\n", NULL},   {"https://chat.twilio.com\r\nHost: evil.com", NULL},
        {"https://chat.twilio.com/\t", NULL},  {"\x1b[31mhttps://chat.twilio.com", NULL},
        {"https://chat\x7f.twilio.com", NULL},
    };
    (void)state;
    EXPECT_ORIGINS(cases);
}

/* What stands before the @ is likely a secret: the message is for logs and terminals. */
static void test_password_is_not_repeated(void **state) {
    static const char *const texts[] = {
        "https://ACcount:hunter2@chat.twilio.com",
        "http://ACcount:hunter2@chat.twilio.com",
        "ftp://ACcount:hunter2@chat.twilio.com",
        "https://ACcount:hunter2@chat.twilio.com:99999",
        "https://ACcount:hunter2@",
        "a-scheme-of-a-length-that-nobody-has://ACcount:hunter2@chat.twilio.com",
    };
    (void)state;
    faults = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        error problem = {0};
        assert_null(url_origin(texts[i], &problem));
        assert_non_null(problem.message);
        if (strstr(problem.message, "hunter2") != NULL) {
            fault(texts[i], "the password is in: ", problem.message);
        }
        error_clear(&problem);
    }
    assert_int_equal(faults, 0);
}

static void test_huge_origin(void **state) {
    (void)state;
    enum { HUGE_LENGTH = 9000000 };
    char *text = malloc(HUGE_LENGTH + 1);
    assert_non_null(text);
    memset(text, 'a', HUGE_LENGTH);
    memcpy(text, "https://", 8);
    text[HUGE_LENGTH] = 0;
    error problem = {0};
    assert_null(url_origin(text, &problem));
    assert_true(error_is_set(&problem));
    error_clear(&problem);
    free(text);
}

/* --- regions ------------------------------------------------------------------------------------------------------ */

static void expect_regional(const char *region, const char *edge, const char *expected) {
    error problem = {0};
    char *origin = url_regional_origin("chat", region, edge, &problem);
    if (expected == NULL) {
        expect_refused(region != NULL ? region : edge, origin, &problem);
    } else if (origin == NULL || strcmp(origin, expected) != 0) {
        fault(expected, "became ", origin != NULL ? origin : problem.message);
    }
    sqlite3_free(origin);
    error_clear(&problem);
}

static void test_regions(void **state) {
    (void)state;
    faults = 0;
    expect_regional(NULL, NULL, "https://chat.twilio.com");
    expect_regional("", "", "https://chat.twilio.com");
    expect_regional("ie1", NULL, "https://chat.ie1.twilio.com");
    expect_regional("ie1", "", "https://chat.ie1.twilio.com");
    expect_regional("ie1", "dublin", "https://chat.dublin.ie1.twilio.com");
    expect_regional(NULL, "dublin", "https://chat.dublin.us1.twilio.com");
    expect_regional("", "dublin", "https://chat.dublin.us1.twilio.com");
    assert_int_equal(faults, 0);
}

/* Whatever a region says, the host stays Twilio's. */
static void test_hostile_regions(void **state) {
    static const char *const texts[] = {"evil.com/",  "evil.com?",   "evil.com#",  "evil.com:80/",
                                        "@evil.com/", "x@evil.com#", "evil.com\\", "a b",
                                        "\n",         "evil.com:1",  "%2f"};
    (void)state;
    faults = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        expect_regional(texts[i], NULL, NULL);
        expect_regional("ie1", texts[i], NULL);
    }
    assert_int_equal(faults, 0);
}

/* --- escaping ----------------------------------------------------------------------------------------------------- */

static void assert_escaped(const char *text, size_t length, const char *expected) {
    error problem = {0};
    char *escaped = url_escape(text, length, &problem);
    assert_false(error_is_set(&problem));
    assert_non_null(escaped);
    assert_string_equal(escaped, expected);
    sqlite3_free(escaped);
}

static void test_escape(void **state) {
    (void)state;
    assert_escaped("", 0, "");
    assert_escaped("ignored", 0, "");
    assert_escaped("plain-._~09azAZ", 15, "plain-._~09azAZ");
    assert_escaped("a b+c", 5, "a%20b%2Bc");
    assert_escaped("me@example.com", 14, "me%40example.com");
    assert_escaped("../?#&=%", 8, "..%2F%3F%23%26%3D%25");
    assert_escaped("a\0b", 3, "a%00b");
    assert_escaped("\xc3\xa9\xf0\x9f\x98\x80", 6, "%C3%A9%F0%9F%98%80");
    assert_escaped("\xff\xfe\x80", 3, "%FF%FE%80");
}

/* Every byte: itself if unreserved (RFC 3986, 2.3), else its two digits. */
static void test_escape_every_byte(void **state) {
    (void)state;
    for (int c = 0; c < 256; c++) {
        char byte = (char)c, expected[4];
        bool plain = c != 0 && strchr("0123456789-._~abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", c) != NULL;
        snprintf(expected, sizeof expected, plain ? "%c" : "%%%02X", (unsigned)c);
        assert_escaped(&byte, 1, expected);
    }
}

static void test_escape_much(void **state) {
    (void)state;
    enum { MUCH = 0x1000001 };
    char *text = malloc(MUCH);
    assert_non_null(text);
    memset(text, '/', MUCH);
    error problem = {0};
    char *escaped = url_escape(text, 1000000, &problem);
    assert_non_null(escaped);
    assert_int_equal(strlen(escaped), 3000000);
    sqlite3_free(escaped);
    assert_null(url_escape(text, MUCH, &problem));
    assert_true(error_is_set(&problem));
    error_clear(&problem);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_normal_form),
        cmocka_unit_test(test_http_to_loopback),
        cmocka_unit_test(test_http_elsewhere),
        cmocka_unit_test(test_odd_hosts),
        cmocka_unit_test(test_more_than_an_origin),
        cmocka_unit_test(test_other_schemes),
        cmocka_unit_test(test_no_urls),
        cmocka_unit_test(test_control_characters),
        cmocka_unit_test(test_password_is_not_repeated),
        cmocka_unit_test(test_huge_origin),
        cmocka_unit_test(test_regions),
        cmocka_unit_test(test_hostile_regions),
        cmocka_unit_test(test_escape),
        cmocka_unit_test(test_escape_every_byte),
        cmocka_unit_test(test_escape_much),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
