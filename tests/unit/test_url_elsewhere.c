/*
** What of a server's addresses may be asked for elsewhere, without credentials: https at any host; plain http at a loopback
** address, and only where the server itself is plain http. No message repeats such an address: it is a secret.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "rest/url.h"
#include "unit/faulty_memory.h"

#define SECRET "Signature-nobody-may-see"

static const char service[] = "https://mcs.us1.twilio.com", tested[] = "http://127.0.0.1:8080";

static int faults;

static void expect(const char *origin, const char *text, bool allowed) {
    error problem = {0};
    bool found = url_may_ask_elsewhere(origin, text, &problem);
    bool told = error_is_set(&problem);
    if (found != allowed || told == allowed) {
        print_message("# at %s \"%.100s\": %s\n", origin, text, found ? "may be asked for" : "refused");
        faults++;
    }
    if (told && (problem.rc != SQLITE_ERROR || !problem.message || strstr(problem.message, SECRET) ||
                 strchr(problem.message, '\n'))) {
        print_message("# \"%.100s\": %s\n", text, problem.message ? problem.message : "no message");
        faults++;
    }
    error_clear(&problem);
}

static void test_allowed(void **state) {
    (void)state;
    faults = 0;
    expect(service, "https://media.us1.twilio.com/ME1?Expires=1&Signature=" SECRET "~__&Key-Pair-Id=K", true);
    expect(service, "https://files.example:8443/a/b?" SECRET, true);
    expect(service, "HTTPS://files.example/?" SECRET, true);
    expect(service, "https://[2001:db8::1]/x", true);
    expect(service, "https://127.0.0.1/x", true);
    expect(tested, "http://127.0.0.1:1/x?" SECRET, true);
    expect(tested, "http://localhost:1/x", true);
    expect(tested, "http://[::1]:1/x", true);
    expect(tested, "https://files.example/x", true);
    assert_int_equal(faults, 0);
}

static void test_plain(void **state) {
    (void)state;
    faults = 0;
    expect(service, "http://127.0.0.1:1/x?" SECRET, false);
    expect(service, "http://localhost/" SECRET, false);
    expect(service, "http://files.example/" SECRET, false);
    expect(tested, "http://files.example/" SECRET, false);
    expect(tested, "http://10.0.0.1/" SECRET, false);
    expect(tested, "http://169.254.169.254/" SECRET, false);
    expect(tested, "http://127.0.0.1.files.example/" SECRET, false);
    assert_int_equal(faults, 0);
}

static void test_refused(void **state) {
    static const char *const texts[] = {"",
                                        "/" SECRET,
                                        "//files.example/" SECRET,
                                        "files.example/" SECRET,
                                        "https:files.example/" SECRET,
                                        "https:///" SECRET,
                                        "https://",
                                        "https://files.example",
                                        "https://files.example?" SECRET "/x",
                                        "https://files.example#" SECRET "/x",
                                        "https://files.example/" SECRET "#x",
                                        "https://user@files.example/" SECRET,
                                        "https://user:" SECRET "@files.example/",
                                        "https://files.example:0/" SECRET,
                                        "https://files.example:65536/" SECRET,
                                        "https://files.example:-1/" SECRET,
                                        "https://files.example:x/" SECRET,
                                        "https://files.example\\@other.example/" SECRET,
                                        "https://files.example/\\" SECRET,
                                        "https://files example/" SECRET,
                                        "https://files.example/a b" SECRET,
                                        "https://files.example/\r\nX-Evil: " SECRET,
                                        "https://files.example/\x01" SECRET,
                                        "https://files%252eexample/" SECRET,
                                        "ftp://files.example/" SECRET,
                                        "file:///" SECRET,
                                        "gopher://files.example/" SECRET,
                                        "ws://files.example/" SECRET,
                                        "javascript:" SECRET};
    (void)state;
    faults = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        expect(service, texts[i], false);
        expect(tested, texts[i], false);
    }
    assert_int_equal(faults, 0);
}

static void test_long(void **state) {
    enum { LENGTH = 100000 };
    char *text = malloc(LENGTH + 1);
    (void)state;
    faults = 0;
    memset(text, 'a', LENGTH);
    memcpy(text, "https://files.example/", 22);
    text[LENGTH] = 0;
    expect(service, text, false);
    text[10000] = 0;
    expect(service, text, true);
    free(text);
    assert_int_equal(faults, 0);
}

static void test_memory(void **state) {
    (void)state;
    long before = faulty_memory_live();
    bool failed = true;
    for (long k = 1; failed; k++) {
        error problem = {0};
        faulty_memory_fail_at(k, false);
        bool allowed = url_may_ask_elsewhere(tested, "http://127.0.0.1:1/x", &problem);
        failed = faulty_memory_failed();
        faulty_memory_fail_at(0, false);
        assert_true(allowed ? !error_is_set(&problem) : problem.rc == SQLITE_NOMEM);
        assert_true(allowed || failed);
        error_clear(&problem);
        assert_int_equal(faulty_memory_live(), before);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_allowed), cmocka_unit_test(test_plain),  cmocka_unit_test(test_refused),
        cmocka_unit_test(test_long),    cmocka_unit_test(test_memory),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
