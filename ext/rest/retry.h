/*
** May a failed attempt be repeated, and when? Pure policy, in one place: the clock, the random number and the server's
** wish come in as arguments.
**
**     GET, DELETE   repeated after a broken connection, a time-out, 429, 500, 502, 503, 504
**     POST          repeated only when the server cannot have acted: it never got the request, or said 429
**                   (vendor: a 429 was never processed)
**
** At once after a first attempt that went over a kept connection and found it closed. Else the wait before attempt n+1 is random between 0 and min(RETRY_CAP_MS, RETRY_BASE_MS * 2^(n-1)) ("full jitter"), and
** at least what Retry-After asks, up to RETRY_AFTER_MAX_MS; a server that asks for more is not waited for.
**
** All requests of a statement (or a commit) share a budget of repetitions besides, so that a statement that reads 1000
** lists from a server that is down fails after some 30 attempts, and not after 1000 times 6. A 429 costs nothing: the
** server is there, and says when to come back.
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
    RETRY_CLOSED, /* the same, on a kept connection that ended: it may be that the server does not keep them for longer */
    RETRY_HOPELESS /* would fail again: certificate refused, answer too large */
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

/* One statement's repetitions; all zeros for a new one. */
typedef struct retry_budget {
    int64_t successes; /* requests that were answered */
    int64_t spent;     /* repetitions granted */
    bool exhausted;    /* one was refused: the statement should fail, and send nothing new */
} retry_budget;

enum {
    RETRY_BUDGET_REQUESTS = 3, /* as many repetitions as that many requests may have (max_retries each) ... */
    RETRY_BUDGET_EARNED = 2    /* ... and one more for every so many successes */
};

/* A request of the statement was answered. budget may be NULL. */
void retry_budget_earn(retry_budget *budget);

/*
** May the statement repeat that attempt as well? Takes the repetition from the budget if so. budget may be NULL, for
** no bound. Asked after retry_wait_ms has said that the request itself may be repeated.
*/
bool retry_budget_take(retry_budget *budget, const retry_attempt *attempt);

/* Is it no fault of the server's, which only has not kept a connection? Then the repetition costs nothing. */
bool retry_is_idle_end(const retry_attempt *attempt);

/* Milliseconds to wait before the next attempt, or RETRY_GIVE_UP. */
int64_t retry_wait_ms(const retry_attempt *attempt);

/*
** Reads a Retry-After header: seconds, or an HTTP date (RFC 9110, 10.2.3). text may be NULL. date: the same answer's Date
** header, from which a date counts, since the two clocks may differ by any amount; where it is NULL or nonsense, now_ms
** takes its place: this machine's wall clock, ms since 1970. Milliseconds from now (0 for the past), or -1 for none or
** nonsense. No bound: see RETRY_AFTER_MAX_MS.
*/
int64_t retry_after_ms(const char *text, const char *date, int64_t now_ms);

#endif
