/*
** What TLS needs to know: whom to trust, and what to say when the server's side of it is not in order.
**
** The authorities come from the environment, as the curl tool takes them (man curl, "Environment"): CURL_CA_BUNDLE (a
** file) alone, or else SSL_CERT_FILE and SSL_CERT_DIR, one or both (an older curl looks at the first only where the
** second is not set). libcurl as a library reads none of them. Where only one is named, the system's other is trusted too, as
** it is by curl. Nothing here or elsewhere can switch verification off.
*/
#ifndef CHAT_TLS_H
#define CHAT_TLS_H

#include <stdbool.h>

/* Paths, owned; NULL: the system's. */
typedef struct tls_authorities {
    char *file, *directory;
} tls_authorities;

/* Fills it from the environment. An empty variable is as none. SQLITE_OK, or SQLITE_NOMEM (tls_forget is due all the same). */
int tls_read_environment(tls_authorities *authorities);

void tls_forget(tls_authorities *authorities);

/*
** Sets up a libcurl handle (CURL *): TLS 1.2 at least, the certificate verified for this host, by these authorities.
** False: memory ran out.
*/
bool tls_configure(void *easy, const tls_authorities *authorities);

/*
** What to do about a transfer that failed with this CURLcode, libcurl having said detail: a text, or NULL where TLS is
** not the reason or the next attempt may well succeed. All that there is advice for would fail again, and before any
** request was sent.
*/
const char *tls_advice(int code, const char *detail);

#endif
