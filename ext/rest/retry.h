/*
** May a failed attempt be repeated, and when? Pure policy, in one place: the clock, the random number and the server's
** wish come in as arguments.
**
**     GET, DELETE   repeated after a broken connection, a time-out, 429, 500, 502, 503, 504
**     POST          repeated only when the server cannot have acted: it never got the request, or said 429
**                   (vendor: a 429 was never processed)
**
** The wait before attempt n+1 is random between 0 and min(RETRY_CAP_MS, RETRY_BASE_MS * 2^(n-1)) ("full jitter"), and
** at least what Retry-After asks, up to RETRY_AFTER_MAX_MS; a server that asks for more is not waited for.
*/
#ifndef CHAT_RETRY_H
#define CHAT_RETRY_H

#include <stdbool.h>
#include <stdint.h>

enum { RETRY_BASE_MS = 200, RETRY_CAP_MS = 20000, RETRY_AFTER_MAX_MS = 120000, RETRY_GIVE_UP = -1 };

/* How an attempt ended. */
typedef enum {
    RETRY_RESPONSE, /* an HTTP status came back */
    RETRY_NOT_SENT, /* no connection: the server has not seen the request */
    RETRY_LOST,     /* broken or timed out after sending: the server may have acted */
    RETRY_HOPELESS  /* would fail again: certificate refused, answer too large */
} retry_outcome;

typedef struct retry_attempt {
    bool repeatable; /* the method is GET or DELETE */
    int attempt;     /* 1 for the first */
    int max_retries; /* so many after the first */
    retry_outcome outcome;
    int status;             /* HTTP status for RETRY_RESPONSE */
    int64_t retry_after_ms; /* the server's wish, or -1 */
    uint64_t random;        /* any 64 random bits */
} retry_attempt;

/* Milliseconds to wait before the next attempt, or RETRY_GIVE_UP. */
int64_t retry_wait_ms(const retry_attempt *attempt);

/*
** Reads a Retry-After header: seconds, or an HTTP date (RFC 9110, 10.2.3). text may be NULL. now_ms: wall clock, ms
** since 1970. Milliseconds from now (0 for the past), or -1 for none or nonsense.
*/
int64_t retry_after_ms(const char *text, int64_t now_ms);

#endif
