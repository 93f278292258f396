/* Whom TLS trusts, by the environment, and what is said about certificates that are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/sqlite.h"
#include "rest/libcurl.h"
#include "rest/tls.h"
#include "unit/environment.h"
#include "unit/faulty_memory.h"

static void set_environment(const char *bundle, const char *file, const char *directory) {
    environment_set("CURL_CA_BUNDLE", bundle);
    environment_set("SSL_CERT_FILE", file);
    environment_set("SSL_CERT_DIR", directory);
}

static void assert_same(const char *found, const char *expected) {
    assert_int_equal(found == NULL, expected == NULL);
    if (expected != NULL) {
        assert_string_equal(found, expected);
    }
}

static void assert_read(const char *file, const char *directory) {
    tls_authorities authorities;
    assert_int_equal(tls_read_environment(&authorities), SQLITE_OK);
    assert_same(authorities.file, file);
    assert_same(authorities.directory, directory);
    tls_forget(&authorities);
}

static void test_environment(void **state) {
    (void)state;
    set_environment(NULL, NULL, NULL);
    assert_read(NULL, NULL);
    set_environment("bundle", NULL, NULL);
    assert_read("bundle", NULL);
    set_environment("bundle", "file", "directory");
    assert_read("bundle", NULL);
    set_environment(NULL, "file", NULL);
    assert_read("file", NULL);
    set_environment(NULL, NULL, "directory");
    assert_read(NULL, "directory");
    set_environment("", "file", "directory");
    assert_read("file", "directory");
    set_environment("", "", "");
    assert_read(NULL, NULL);
}

/* A copy was taken: what a host does to its environment later is another matter. */
static void test_environment_changes(void **state) {
    (void)state;
    tls_authorities authorities;
    set_environment("one", NULL, NULL);
    assert_int_equal(tls_read_environment(&authorities), SQLITE_OK);
    set_environment("two", NULL, NULL);
    assert_string_equal(authorities.file, "one");
    tls_forget(&authorities);
    assert_null(authorities.file);
}

static void read_or_no_memory(void *context) {
    (void)context;
    tls_authorities authorities;
    int rc = tls_read_environment(&authorities);
    assert_int_equal(rc, faulty_memory_failed() ? SQLITE_NOMEM : SQLITE_OK);
    if (rc == SQLITE_OK) {
        assert_string_equal(authorities.file, "file");
        assert_string_equal(authorities.directory, "directory");
    }
    tls_forget(&authorities);
}

/* To trust the system's authorities because there was no memory for the user's would be the wrong answer. */
static void test_no_memory(void **state) {
    (void)state;
    set_environment(NULL, "file", "directory");
    assert_true(faulty_memory_sweep(read_or_no_memory, NULL) >= 2);
}

static void assert_advised(int code, const char *detail, const char *part) {
    const char *advice = tls_advice(code, detail);
    assert_int_equal(advice == NULL, part == NULL);
    if (part != NULL) {
        assert_non_null(strstr(advice, part));
        assert_non_null(strstr(advice, "no credential was sent"));
    }
}

/* As libcurl has worded it, with OpenSSL and with GnuTLS. */
static void test_certificates(void **state) {
    (void)state;
    int refused = CURLE_PEER_FAILED_VERIFICATION;
    assert_advised(refused, "SSL certificate problem: unable to get local issuer certificate", "CURL_CA_BUNDLE");
    assert_advised(refused, "SSL certificate problem: self-signed certificate in certificate chain", "CURL_CA_BUNDLE");
    assert_advised(refused, "server certificate verification failed. CAfile: none CRLfile: none", "CURL_CA_BUNDLE");
    assert_advised(refused, "", "CURL_CA_BUNDLE");
    assert_advised(refused, "SSL: no alternative certificate subject name matches target host name 'localhost'",
                   "another host");
    assert_advised(refused, "SSL: no alternative certificate subject name matches target hostname 'localhost'",
                   "another host"); /* 8.14 */
    assert_advised(refused, "SSL: no alternative certificate subject name matches target ipv4 address '127.0.0.1'",
                   "another host");
    assert_advised(refused, "SSL: certificate subject name (x) does not match target host name 'localhost'",
                   "another host");
    assert_advised(refused, "SSL certificate problem: certificate has expired", "clock");
    assert_advised(refused, "SSL certificate problem: certificate is not yet valid", "clock");
    assert_advised(CURLE_SSL_CACERT_BADFILE, "error setting certificate file: /nonexistent", "SSL_CERT_DIR");
}

/* A handshake that breaks may go well the next time; one without a common protocol never does. */
static void test_handshakes(void **state) {
    (void)state;
    int failed = CURLE_SSL_CONNECT_ERROR;
    assert_advised(failed, "error:0A00042E:SSL routines::tlsv1 alert protocol version", "TLS 1.2");
    assert_advised(failed, "OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number", "TLS 1.2");
    assert_advised(failed, "error:0A000102:SSL routines::unsupported protocol", "TLS 1.2");
    assert_advised(failed, "error:0A000410:SSL routines::sslv3 alert handshake failure", "TLS 1.2");
    assert_advised(failed, "OpenSSL SSL_connect: Connection reset by peer in connection to 127.0.0.1:1", NULL);
    assert_advised(failed, "OpenSSL/3.0.19: error:0A000126:SSL routines::unexpected eof while reading", NULL);
    assert_advised(failed, "", NULL);
    assert_advised(CURLE_COULDNT_CONNECT, "wrong version number", NULL);
    assert_advised(CURLE_OK, "certificate has expired", NULL);
}

int main(void) {
    faulty_memory_install();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_environment), cmocka_unit_test(test_environment_changes),
        cmocka_unit_test(test_no_memory),   cmocka_unit_test(test_certificates),
        cmocka_unit_test(test_handshakes),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
