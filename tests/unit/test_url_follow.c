/*
** Where a server's next_page_url may lead: only to the same path at the configured origin. What is tried here is what a
** broken, a clever or a hostile server could send.
*/
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

#define PATH "/v1/Services/IS1/Channels"

static const char twilio[] = "https://chat.twilio.com";
static const char regional[] = "https://chat.dublin.ie1.twilio.com";
static const char loopback[] = "http://127.0.0.1:8080";
static const char current[] = PATH "?Type=public&PageSize=50&Page=0";

/* Faults that the running test has found. */
static int faults;

static void fault(const char *input, const char *complaint, const char *detail) {
    print_message("# \"%s\": %s%s\n", input, complaint, detail != NULL ? detail : "");
    faults++;
}

static bool has_control_character(const char *text) {
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < ' ' || *text == 0x7f) {
            return true;
        }
    }
    return false;
}

/* Follows next from origin and compares; expected NULL: must be refused, with a reason that names no other problem. */
static void expect(const char *origin, const char *next, const char *expected) {
    error problem = {0};
    char *path = url_follow(origin, current, next, &problem);
    if (expected == NULL && path != NULL) {
        fault(next, "followed to ", path);
    } else if (expected == NULL && (problem.rc != SQLITE_ERROR || problem.message == NULL)) {
        fault(next, "refused without a reason", NULL);
    } else if (expected == NULL && has_control_character(problem.message)) {
        fault(next, "the message is not one line", NULL);
    } else if (expected != NULL && path == NULL) {
        fault(next, "refused: ", problem.message);
    } else if (expected != NULL && strcmp(path, expected) != 0) {
        fault(next, "became ", path);
    }
    sqlite3_free(path);
    error_clear(&problem);
}

typedef struct follow_case {
    const char *next;
    const char *expected;
} follow_case;

static void expect_all(const char *origin, const follow_case *cases, size_t count) {
    faults = 0;
    for (size_t i = 0; i < count; i++) {
        expect(origin, cases[i].next, cases[i].expected);
    }
    assert_int_equal(faults, 0);
}

#define EXPECT_ALL(origin, cases) expect_all(origin, cases, sizeof(cases) / sizeof(cases)[0])

static void test_what_the_service_sends(void **state) {
    static const follow_case cases[] = {
        {"https://chat.twilio.com" PATH "?PageSize=50&Page=1&PageToken=PT50",
         PATH "?PageSize=50&Page=1&PageToken=PT50"},
        {"https://chat.twilio.com" PATH "?PageSize=50&PageToken=PTeyJhIjoiYi9jIn0%3D",
         PATH "?PageSize=50&PageToken=PTeyJhIjoiYi9jIn0%3D"},
        {"https://chat.twilio.com" PATH "?PageToken=PTclosed_2024-01-18T03:17:17.005Z_CH1",
         PATH "?PageToken=PTclosed_2024-01-18T03:17:17.005Z_CH1"},
        {"https://chat.twilio.com" PATH "?a=%2e%2e%2F&b=+&c=%20&d=?/@:", PATH "?a=%2e%2e%2F&b=+&c=%20&d=?/@:"},
        {"https://chat.twilio.com" PATH, PATH},
    };
    (void)state;
    EXPECT_ALL(twilio, cases);
}

static void test_relative(void **state) {
    static const follow_case cases[] = {
        {"?Page=1", PATH "?Page=1"},
        {PATH "?Page=1", PATH "?Page=1"},
        {"//chat.twilio.com" PATH "?Page=1", PATH "?Page=1"},
        {"Channels?Page=1", PATH "?Page=1"},
        {"./Channels?Page=1", PATH "?Page=1"},
        {"../IS1/Channels?Page=1", PATH "?Page=1"},
        {"?x=//evil.com/", PATH "?x=//evil.com/"},
        {"?x=https://evil.com/", PATH "?x=https://evil.com/"},
    };
    (void)state;
    EXPECT_ALL(twilio, cases);
}

static void test_same_origin_written_otherwise(void **state) {
    static const follow_case cases[] = {
        {"https://chat.twilio.com:443" PATH "?Page=1", PATH "?Page=1"},
        {"https://CHAT.Twilio.COM" PATH "?Page=1", PATH "?Page=1"},
        {"HTTPS://chat.twilio.com" PATH "?Page=1", PATH "?Page=1"},
        {"https://chat.twilio.com:" PATH "?Page=1", PATH "?Page=1"},
        {"https://chat.twilio.com:0443" PATH "?Page=1", PATH "?Page=1"},
    };
    (void)state;
    EXPECT_ALL(twilio, cases);
}

static void test_dot_segments(void **state) {
    static const follow_case cases[] = {
        {"https://chat.twilio.com/v1/x/../Services/IS1/./Channels?Page=1", PATH "?Page=1"},
        {"/v1/x/../Services/IS1/./Channels?Page=1", PATH "?Page=1"},
        {"/../../.." PATH "?Page=1", PATH "?Page=1"},
        {"..", NULL},
        {"../?Page=1", NULL},
        {"/v1/Services/IS1/Channels/../Users?Page=1", NULL},
        {"/v1/Services/IS1/Channels/..%2fUsers?Page=1", NULL},
        {"/v1/Services/IS1/Channels/%2e%2e/Users?Page=1", NULL},
    };
    (void)state;
    EXPECT_ALL(twilio, cases);
}

/* A fragment is never sent. */
static void test_fragments(void **state) {
    static const follow_case cases[] = {
        {"?Page=1#x", PATH "?Page=1"},
        {"https://chat.twilio.com" PATH "?Page=1#@evil.com/", PATH "?Page=1"},
        {"https://chat.twilio.com" PATH "#?Page=1", PATH},
    };
    (void)state;
    EXPECT_ALL(twilio, cases);
}

static void test_other_hosts(void **state) {
    static const follow_case cases[] = {
        {"https://evil.com" PATH "?Page=1", NULL},
        {"//evil.com" PATH "?Page=1", NULL},
        {"https://chat.twilio.com.evil.com" PATH "?Page=1", NULL},
        {"https://chat.twilio.com.:443" PATH "?Page=1", NULL},
        {"https://evil-chat.twilio.com" PATH "?Page=1", NULL},
        {"https://api.twilio.com" PATH "?Page=1", NULL},
        {"https://twilio.com" PATH "?Page=1", NULL},
        {"https://chat.ie1.twilio.com" PATH "?Page=1", NULL},
        {"https://evil.com#https://chat.twilio.com" PATH, NULL},
        {"https://evil.com?https://chat.twilio.com" PATH, NULL},
        {"https://evil.com/https://chat.twilio.com" PATH, NULL},
        {"https://evil.com\\chat.twilio.com" PATH, NULL},
        {"https://chat.twilio.com%2eevil.com" PATH, NULL},
        {"https://chat.twilio.com%00.evil.com" PATH, NULL},
        {"https://chat.twilio.com%2f@evil.com" PATH, NULL},
        {"https://127.0.0.1" PATH, NULL},
        {"https:/v1/Services/IS1/Channels?Page=1", NULL},
        {"https:///v1/Services/IS1/Channels?Page=1", NULL},
        {"///evil.com" PATH "?Page=1", NULL},
        {"////evil.com" PATH "?Page=1", NULL},
    };
    (void)state;
    EXPECT_ALL(twilio, cases);
}

static void test_users_in_the_address(void **state) {
    static const follow_case cases[] = {
        {"https://user@chat.twilio.com" PATH "?Page=1", NULL},
        {"https://user:password@chat.twilio.com" PATH "?Page=1", NULL},
        {"https://:password@chat.twilio.com" PATH "?Page=1", NULL},
        {"https://@chat.twilio.com" PATH "?Page=1", NULL},
        {"//user@chat.twilio.com" PATH "?Page=1", NULL},
        {"https://chat.twilio.com@evil.com" PATH "?Page=1", NULL},
        {"https://chat.twilio.com:443@evil.com" PATH "?Page=1", NULL},
        {"https://chat.twilio.com\\@evil.com" PATH "?Page=1", NULL},
        {"https://chat.twilio.com" PATH "?Page=1@evil.com", PATH "?Page=1@evil.com"},
    };
    (void)state;
    EXPECT_ALL(twilio, cases);
}

static void test_other_ports_and_schemes(void **state) {
    static const follow_case cases[] = {
        {"https://chat.twilio.com:444" PATH "?Page=1", NULL},
        {"https://chat.twilio.com:80" PATH "?Page=1", NULL},
        {"https://chat.twilio.com:0" PATH "?Page=1", NULL},
        {"https://chat.twilio.com:65979" PATH "?Page=1", NULL},
        {"https://chat.twilio.com:-443" PATH "?Page=1", NULL},
        {"http://chat.twilio.com" PATH "?Page=1", NULL},
        {"http://chat.twilio.com:443" PATH "?Page=1", NULL},
        {"ftp://chat.twilio.com" PATH "?Page=1", NULL},
        {"ftp://chat.twilio.com:443" PATH "?Page=1", NULL},
        {"wss://chat.twilio.com" PATH "?Page=1", NULL},
        {"unknown://chat.twilio.com:443" PATH "?Page=1", NULL},
        {"file://" PATH, NULL},
        {"file:///etc/passwd", NULL},
        {"javascript:alert(1)", NULL},
        {"data:,x", NULL},
        {"mailto:a@b", NULL},
        {"https:?Page=1", NULL},
        {"https:Channels?Page=1", NULL},
    };
    (void)state;
    EXPECT_ALL(twilio, cases);
}

static void test_other_paths(void **state) {
    static const follow_case cases[] = {
        {"https://chat.twilio.com/v1/Services/IS2/Channels?Page=1", NULL},
        {"https://chat.twilio.com/v2/Services/IS1/Channels?Page=1", NULL},
        {"https://chat.twilio.com" PATH "/?Page=1", NULL},
        {"https://chat.twilio.com" PATH "/CH1?Page=1", NULL},
        {"https://chat.twilio.com" PATH ";x?Page=1", NULL},
        {"https://chat.twilio.com/v1/services/is1/channels?Page=1", NULL},
        {"https://chat.twilio.com//v1/Services/IS1/Channels?Page=1", NULL},
        {"https://chat.twilio.com?Page=1", NULL},
        {"/", NULL},
        {"Page=1", NULL},
        {"&Page=1", NULL},
        {"/\\evil.com" PATH "?Page=1", NULL},
        {"\\\\evil.com" PATH "?Page=1", NULL},
        {"\\" PATH "?Page=1", NULL},
    };
    (void)state;
    EXPECT_ALL(twilio, cases);
}

static void test_loopback(void **state) {
    static const follow_case cases[] = {
        {"http://127.0.0.1:8080" PATH "?Page=1", PATH "?Page=1"},
        {"?Page=1", PATH "?Page=1"},
        {"http://127.0.0.1" PATH "?Page=1", NULL},
        {"http://127.0.0.1:8081" PATH "?Page=1", NULL},
        {"http://127.0.0.2:8080" PATH "?Page=1", NULL},
        {"https://127.0.0.1:8080" PATH "?Page=1", NULL},
        {"http://localhost:8080" PATH "?Page=1", NULL},
        {"http://[::1]:8080" PATH "?Page=1", NULL},
        {"https://chat.twilio.com" PATH "?Page=1", NULL},
        {"http://127.0.0.1.evil.com:8080" PATH "?Page=1", NULL},
        {"http://127.0.0.1:8080@evil.com" PATH "?Page=1", NULL},
    };
    (void)state;
    EXPECT_ALL(loopback, cases);
}

static void test_ipv6(void **state) {
    static const follow_case cases[] = {
        {"http://[::1]:8080" PATH "?Page=1", PATH "?Page=1"},
        {"http://[::2]:8080" PATH "?Page=1", NULL},
        {"http://[::ffff:127.0.0.1]:8080" PATH "?Page=1", NULL},
        {"http://127.0.0.1:8080" PATH "?Page=1", NULL},
        {"http://[::1]" PATH "?Page=1", NULL},
        {"http://[::1:8080" PATH "?Page=1", NULL},
        {"http://[::1]evil.com:8080" PATH "?Page=1", NULL},
    };
    (void)state;
    EXPECT_ALL("http://[::1]:8080", cases);
}

/* A regional host is known to name the global one. Only that one, and never the other way round. */
static void test_regional_alias(void **state) {
    static const follow_case cases[] = {
        {"https://chat.twilio.com" PATH "?Page=1", PATH "?Page=1"},
        {"https://Chat.Twilio.com:443" PATH "?Page=1", PATH "?Page=1"},
        {"https://chat.dublin.ie1.twilio.com" PATH "?Page=1", PATH "?Page=1"},
        {"https://chat.ie1.twilio.com" PATH "?Page=1", NULL},
        {"https://chat.sydney.au1.twilio.com" PATH "?Page=1", NULL},
        {"https://ip-messaging.twilio.com" PATH "?Page=1", NULL},
        {"http://chat.twilio.com" PATH "?Page=1", NULL},
        {"https://chat.twilio.com:8443" PATH "?Page=1", NULL},
        {"https://user@chat.twilio.com" PATH "?Page=1", NULL},
        {"https://chat.twilio.com/v1/Services/IS2/Channels?Page=1", NULL},
        {"https://chat.twilio.com.evil.com" PATH "?Page=1", NULL},
    };
    (void)state;
    EXPECT_ALL(regional, cases);
}

static void test_no_alias_for_others(void **state) {
    static const char *const origins[] = {"https://proxy.example.com", "https://chat.eviltwilio.com",
                                          "https://twilio.com.evil.com", "http://127.0.0.1:443", "https://a.io"};
    (void)state;
    faults = 0;
    for (size_t i = 0; i < sizeof origins / sizeof *origins; i++) {
        expect(origins[i], "https://chat.twilio.com" PATH "?Page=1", NULL);
    }
    assert_int_equal(faults, 0);
}

static void test_control_characters(void **state) {
    static const follow_case cases[] = {
        {"?Page=1\n", NULL},
        {"?Page=1\r\nHost: evil.com", NULL},
        {"\r\n?Page=1", NULL},
        {"?Page=\t1", NULL},
        {"?Page=\x01", NULL},
        {"?Page=\x7f", NULL},
        {"https://chat.twilio.com\n" PATH "?Page=1", NULL},
        {"https://evil.com/\x1b[2J\x1b[31mall is well", NULL},
    };
    (void)state;
    EXPECT_ALL(twilio, cases);
}

/* Whatever becomes of odd characters, what is sent has none that would end the request line. */
static void test_what_is_sent_is_clean(void **state) {
    static const char *const nexts[] = {"?Page=1 2",
                                        "?Page= ",
                                        "?q=\xc3\xa9",
                                        "?q=\xff\xfe",
                                        "?q=%zz%",
                                        "?q=%00%0d%0a",
                                        "?q=\"<>{}|^`",
                                        "?q=\\",
                                        "?",
                                        "??",
                                        "https://chat.twilio.com" PATH "?a b",
                                        " ?Page=1",
                                        "#",
                                        ""};
    (void)state;
    for (size_t i = 0; i < sizeof nexts / sizeof *nexts; i++) {
        error problem = {0};
        char *path = url_follow(twilio, current, nexts[i], &problem);
        assert_true((path == NULL) == error_is_set(&problem));
        if (path != NULL) {
            assert_int_equal(strncmp(path, PATH, strlen(PATH)), 0);
            assert_false(has_control_character(path));
            assert_null(strchr(path, ' '));
            assert_null(strchr(path, '#'));
        }
        sqlite3_free(path);
        error_clear(&problem);
    }
}

/* Every byte in every place of an address that may be followed: never another host, never an unclean path. */
static void test_every_byte_everywhere(void **state) {
    (void)state;
    char next[] = "https://chat.twilio.com" PATH "?Page=1";
    for (size_t place = 0; next[place] != '\0'; place++) {
        char kept = next[place];
        for (int c = 1; c < 256; c++) {
            error problem = {0};
            next[place] = (char)c;
            char *path = url_follow(twilio, current, next, &problem);
            assert_true((path == NULL) == error_is_set(&problem));
            if (path != NULL) {
                size_t length = strlen(PATH);
                assert_memory_equal(path, PATH, length);
                assert_true(path[length] == '\0' || path[length] == '?');
                assert_false(has_control_character(path));
            }
            sqlite3_free(path);
            error_clear(&problem);
        }
        next[place] = kept;
    }
}

/* The message shows the server's text, cut between whole characters. */
static void test_message_is_valid_text(void **state) {
    (void)state;
    for (size_t shift = 0; shift < 4; shift++) {
        char next[700] = "https://evil.com/";
        memset(next + strlen(next), 'x', shift);
        while (strlen(next) < 600) {
            strcat(next, "\xf0\x9f\x98\x80");
        }
        error problem = {0};
        assert_null(url_follow(twilio, current, next, &problem));
        const char *cut = strrchr(problem.message, '\xf0');
        assert_non_null(cut);
        assert_int_equal(strncmp(cut, "\xf0\x9f\x98\x80\"", 5), 0);
        error_clear(&problem);
    }
}

static void test_huge(void **state) {
    (void)state;
    enum { HUGE_LENGTH = 9000000, LONGEST_LENGTH = 16384 };
    char *next = malloc(HUGE_LENGTH + 1);
    assert_non_null(next);
    memset(next, 'a', HUGE_LENGTH);
    memcpy(next, "?Token=", 7);
    next[HUGE_LENGTH] = 0;
    error problem = {0};
    char *path = url_follow(twilio, current, next, &problem);
    assert_null(path);
    assert_true(error_is_set(&problem));
    assert_true(problem.message == NULL || strlen(problem.message) < 1000);
    error_clear(&problem);
    next[LONGEST_LENGTH + 1] = 0;
    assert_null(url_follow(twilio, current, next, &problem));
    assert_non_null(strstr(problem.message, "too long to be a URL"));
    assert_true(strlen(problem.message) < 1000);
    error_clear(&problem);
    next[LONGEST_LENGTH] = 0;
    path = url_follow(twilio, current, next, &problem);
    assert_non_null(path);
    assert_int_equal(strlen(path), strlen(PATH) + LONGEST_LENGTH);
    sqlite3_free(path);
    free(next);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_the_service_sends),
        cmocka_unit_test(test_relative),
        cmocka_unit_test(test_same_origin_written_otherwise),
        cmocka_unit_test(test_dot_segments),
        cmocka_unit_test(test_fragments),
        cmocka_unit_test(test_other_hosts),
        cmocka_unit_test(test_users_in_the_address),
        cmocka_unit_test(test_other_ports_and_schemes),
        cmocka_unit_test(test_other_paths),
        cmocka_unit_test(test_loopback),
        cmocka_unit_test(test_ipv6),
        cmocka_unit_test(test_regional_alias),
        cmocka_unit_test(test_no_alias_for_others),
        cmocka_unit_test(test_control_characters),
        cmocka_unit_test(test_what_is_sent_is_clean),
        cmocka_unit_test(test_every_byte_everywhere),
        cmocka_unit_test(test_message_is_valid_text),
        cmocka_unit_test(test_huge),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
