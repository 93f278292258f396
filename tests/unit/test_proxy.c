/* What is said of proxies: never a URL, in which a password may stand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "rest/proxy.h"

static void test_unusable(void **state) {
    (void)state;
    assert_true(proxy_is_unusable("Unsupported proxy scheme for 'foo://ann:word@127.0.0.1:1'"));
    assert_true(proxy_is_unusable("Unsupported proxy syntax in 'http://ann:word@127.0.0.1:99999999'"));
    assert_true(proxy_is_unusable("Unsupported proxy 'https://ann:word@h', libcurl is built without the HTTPS-proxy"));
    assert_false(proxy_is_unusable("Could not resolve proxy: nonexistent.invalid"));
    assert_false(proxy_is_unusable("CONNECT tunnel failed, response 407"));
    assert_false(proxy_is_unusable(""));
    assert_non_null(strstr(proxy_unusable(), "https_proxy"));
}

/* Each says what to do, and that nothing was sent: a write is not in doubt. */
static void test_advice(void **state) {
    (void)state;
    for (int status = 300; status < 600; status++) {
        const char *advice = proxy_advice(status);
        bool credentials = status == 401 || status == 407;
        assert_non_null(strstr(advice, "https_proxy"));
        assert_non_null(strstr(advice, "nothing was sent"));
        assert_int_equal(strstr(advice, "password") != NULL, credentials);
        assert_int_equal(strstr(advice, "no_proxy") != NULL, status < 500 && !credentials);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unusable),
        cmocka_unit_test(test_advice),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
