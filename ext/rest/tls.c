/* What TLS needs to know; see tls.h. */
#include "rest/tls.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "rest/libcurl.h"

static char *tls_copy(const char *variable, int *rc) {
    const char *value = getenv(variable);
    char *copy = value && *value ? sqlite3_mprintf("%s", value) : NULL;
    if (value && *value && !copy) {
        *rc = SQLITE_NOMEM;
    }
    return copy;
}

int tls_read_environment(tls_authorities *authorities) {
    int rc = SQLITE_OK;
    authorities->directory = NULL;
    authorities->file = tls_copy("CURL_CA_BUNDLE", &rc);
    if (!authorities->file && rc == SQLITE_OK) {
        authorities->file = tls_copy("SSL_CERT_FILE", &rc);
        authorities->directory = tls_copy("SSL_CERT_DIR", &rc);
    }
    return rc;
}

void tls_forget(tls_authorities *authorities) {
    sqlite3_free(authorities->file);
    sqlite3_free(authorities->directory);
    authorities->file = authorities->directory = NULL;
}

bool tls_configure(void *easy, const tls_authorities *authorities) {
    /* libcurl's default leaves the oldest version to the TLS library, and that to a file of the system's. */
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    /* Both are libcurl's defaults, said here because everything rests on them. */
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    return (!authorities->file || curl_easy_setopt(easy, CURLOPT_CAINFO, authorities->file) == CURLE_OK) &&
           (!authorities->directory || curl_easy_setopt(easy, CURLOPT_CAPATH, authorities->directory) == CURLE_OK);
}

/* libcurl has one code for all that can be wrong with a certificate; the words tell them apart. */
static const char *tls_certificate_advice(const char *detail) {
    if (strstr(detail, "subject name")) {
        return "the certificate is for another host: the url must name a host that it is for; no credential was sent";
    }
    if (strstr(detail, "expired") || strstr(detail, "not yet valid")) {
        return "look at this machine's clock; if it is right, the server needs a new certificate; no credential was "
               "sent";
    }
    return "if the server's authority is your own, name its certificate file in CURL_CA_BUNDLE before loading the "
           "extension; no credential was sent";
}

/*
** One code for a handshake that failed, be it that the connection broke or that the two sides have no protocol in common. Only the
** latter comes again for certain; it is known by OpenSSL's words. Others' (GnuTLS, Secure Transport) are taken for breaks.
*/
static bool tls_is_incompatible(const char *detail) {
    static const char *const words[] = {"wrong version number", "unsupported protocol", "protocol version",
                                        "handshake failure", NULL};
    for (size_t i = 0; words[i]; i++) {
        if (strstr(detail, words[i])) {
            return true;
        }
    }
    return false;
}

const char *tls_advice(int code, const char *detail) {
    if (code == CURLE_PEER_FAILED_VERIFICATION) {
        return tls_certificate_advice(detail);
    }
    if (code == CURLE_SSL_CACERT_BADFILE) {
        return "CURL_CA_BUNDLE, SSL_CERT_FILE and SSL_CERT_DIR must name certificates that can be read; no credential "
               "was sent";
    }
    if (code == CURLE_SSL_CONNECT_ERROR && tls_is_incompatible(detail)) {
        return "the server must speak TLS 1.2 or newer at this port; no credential was sent";
    }
    return NULL;
}
