/* Rows: statuses that mean something of their own at some place, success that is none, and what is asked in halves. */
#include "fault/row.h"

/* clang-format off */
static const row list[] = {
    /* what goes wrong, where, how often, the action with its text and number, what the statement gives, requests made */
    ROW("404: no such channel",          FIRST,     EVER,  act_status,   "", 404,      "=",                              -1, .most = 1),
    ROW("404: it vanished in mid-list",  SECOND,    EVER,  act_status,   "", 404,      "HTTP 404 in the middle of the list", 1),
    ROW("404: it vanished in mid-list",  LAST,      EVER,  act_status,   "", 404,      "HTTP 404 in the middle of the list", 1),
    ROW("404: it vanished in mid-list",  NUMBERS,   EVER,  act_status,   "", 404,      "HTTP 404 in the middle of the list", 1),
    ROW("404: no such service",          PARENT,    EVER,  act_status,   "", 404,      "=",                               -1, .most = 1),
    ROW("404: it vanished in mid-scan",  CHILD,     EVER,  act_status,   "", 404,      "=1 m0,1 m1,2 m0,2 m1,4 m0,4 m1,5 m0,5 m1", 1),
    ROW("404: it vanished in mid-scan",  ATTRIBUTE, EVER,  act_status,   "", 404,      "HTTP 404, Twilio error 20404 \"Fault\": deleted while it was being read", 1),
    ROW("404: no such message",          POINT,     EVER,  act_status,   "", 404,      "=",                               1),
    ROW("404: it is gone",               UPDATE,    EVER,  act_status,   "", 404,      "HTTP 404",                        1, .state = "failed"),
    ROW("404: it is gone already",       DELETE,    EVER,  act_status,   "", 404,      WHOLE,                             1),
    ROW("404: no such channel",          POST,      EVER,  act_status,   "", 404,      "HTTP 404",                        1, .state = "failed"),

    ROW("204 on a list",                 FIRST,     EVER,  act_status,   "", 204,      "HTTP 204 is not the answer of a read", 1),
    ROW("204 on a list",                 SECOND,    EVER,  act_status,   "", 204,      "HTTP 204 is not the answer of a read", 1),
    ROW("204 on a list",                 PARENT,    EVER,  act_status,   "", 204,      "HTTP 204 is not the answer of a read", 1),
    ROW("204 on a resource",             POINT,     EVER,  act_status,   "", 204,      "HTTP 204 is not the answer of a read", 1),
    ROW("204 on a resource",             ATTRIBUTE, EVER,  act_status,   "", 204,      "HTTP 204 is not the answer of a read", 1),
    ROW("201 on a list",                 FIRST,     EVER,  act_status,   "", 201,      "HTTP 201 is not the answer of a read", 1),
    ROW("a login page, with 200",        FIRST,     EVER,  act_body,     "<html><body>Log in</body></html>", 0, "not valid JSON", 1),
    ROW("a login page, with 200",        SECOND,    EVER,  act_body,     "<html><body>Log in</body></html>", 0, "not valid JSON", 1),
    ROW("a login page, with 200",        CHILD,     EVER,  act_body,     "<html><body>Log in</body></html>", 0, "not valid JSON", 1),
    ROW("a login page, with 200",        ATTRIBUTE, EVER,  act_body,     "<html><body>Log in</body></html>", 0, "not valid JSON", 1),
    ROW("a login page, with 200",        POINT,     EVER,  act_body,     "<html><body>Log in</body></html>", 0, "not valid JSON", 1),

    /* Three of the halves: 50 rows each. The large page itself is not repeated. */
    ROW("500",                           HALVES,    EVER,  act_status,   "", 500,      WHOLE,                             1),
    ROW("502",                           HALVES,    EVER,  act_status,   "", 502,      WHOLE,                             1),
    ROW("504",                           HALVES,    EVER,  act_status,   "", 504,      WHOLE,                             1),
    ROW("503, which says nothing of size", HALVES,  EVER,  act_status,   "", 503,      "HTTP 503",                        -1, .most = 3),
    ROW("500 on halves too",             HALVES,    EVER,  act_status,   "", 500,      "HTTP 500",                        -1, .most = 3,
        .aimed = "GET *PageSize=*"),
};
/* clang-format on */

const rows rows_status = {"statuses", list, sizeof list / sizeof *list};

/*
** Everything fails for ever: a statement over 1000 lists must not ask 1000 times max_retries. BROAD_MOST is how many
** requests it may make at the most: the list, the first 16, the statement's budget of 3 * max_retries, and 16 more that
** may have begun meanwhile. A 429 is not of the budget: each has its own attempts, and while one
** waits another takes its place.
*/
enum { BROAD_MOST = 1 + 16 + 3 * 2 + 16, BROAD_LIMITED = 1 + 2 * 16 * 3 };

/* clang-format off */
static const row waits[] = {
    ROW("429, no Retry-After",           FIRST,     ONCE,  act_status,   "", 429,                                  WHOLE,      2),
    ROW("429, Retry-After: 0",           FIRST,     ONCE,  act_status,   "Retry-After: 0\r\n", 429,                WHOLE,      2),
    ROW("429, Retry-After: 1",           FIRST,     ONCE,  act_status,   "Retry-After: 1\r\n", 429,                WHOLE,      2),
    ROW("429, a date in the past",       SECOND,    ONCE,  act_status,   "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n", 429, WHOLE, 2),
    ROW("429, a date far away",          SECOND,    EVER,  act_status,   "Retry-After: Fri, 31 Dec 2199 23:59:59 GMT\r\n", 429, "HTTP 429", 1),
    ROW("429, a day by the server's clock, which is slow", SECOND, EVER, act_status, "Date: Tue, 20 Oct 2015 07:28:00 GMT\r\nRetry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n", 429, "HTTP 429", 1),
    ROW("429, a second by the server's clock, which is fast", SECOND, ONCE, act_status, "Retry-After: Fri, 31 Dec 2199 23:59:59 GMT\r\nDate: Fri, 31 Dec 2199 23:59:58 GMT\r\n", 429, WHOLE, 2),
    ROW("429, a day",                    FIRST,     EVER,  act_status,   "Retry-After: 86400\r\n", 429,            "HTTP 429", 1),
    ROW("429, 121 seconds",              CHILD,     EVER,  act_status,   "Retry-After: 121\r\n", 429,              "HTTP 429", 1),
    ROW("429, 300 years",                FIRST,     EVER,  act_status,   "Retry-After: 9999999999\r\n", 429,       "HTTP 429", 1),
    ROW("429, 10^30 seconds: nonsense",  FIRST,     EVER,  act_status,   "Retry-After: 1000000000000000000000000000000\r\n", 429, "HTTP 429", 3),
    ROW("429, junk",                     FIRST,     TWICE, act_status,   "Retry-After: soon\r\n", 429,             WHOLE,      3),
    ROW("429, a negative number",        FIRST,     TWICE, act_status,   "Retry-After: -5\r\n", 429,               WHOLE,      3),
    ROW("429, a fraction",               FIRST,     TWICE, act_status,   "Retry-After: 0.5\r\n", 429,              WHOLE,      3),
    ROW("429, nothing",                  FIRST,     TWICE, act_status,   "Retry-After:\r\n", 429,                  WHOLE,      3),
    ROW("429, two of them",              FIRST,     ONCE,  act_status,   "Retry-After: 0\r\nRetry-After: 1\r\n", 429, WHOLE,   2),
    ROW("429, a header of 10,000 bytes", FIRST,     TWICE, act_status,   "Retry-After: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", 429, WHOLE, 3),
    ROW("503, Retry-After: 1",           FIRST,     ONCE,  act_status,   "Retry-After: 1\r\n", 503,                WHOLE,      2),
    ROW("503, a day",                    ATTRIBUTE, EVER,  act_status,   "Retry-After: 86400\r\n", 503,            "HTTP 503", 1),
    ROW("429, Retry-After: 1",           POST,      ONCE,  act_status,   "Retry-After: 1\r\n", 429,                WHOLE,      2),
    ROW("429, a day",                    POST,      EVER,  act_status,   "Retry-After: 86400\r\n", 429,            "HTTP 429", 1, .state = "failed"),
    ROW("429, a day",                    DELETE,    EVER,  act_status,   "Retry-After: 86400\r\n", 429,            "HTTP 429", 1, .state = "failed"),

    ROW("503",                           BROAD,     EVER,  act_status,   "", 503,  "HTTP 503",  -1, .most = BROAD_MOST),
    ROW("500",                           BROAD,     EVER,  act_status,   "", 500,  "HTTP 500",  -1, .most = BROAD_MOST),
    ROW("reset before headers",          BROAD,     EVER,  act_reset,    "", 0,    "messages:", -1, .most = BROAD_MOST),
    ROW("one in 1000 fails twice",       BROAD,     TWICE, act_status,   "", 503,  WHOLE,       -1, .most = 1003),
    ROW("every tenth request fails",     BROAD,     EVER,  act_every,    "", 10,   WHOLE,       -1, .most = 1 + 1000 * 10 / 9 + 1, .retries = 8),
    ROW("every third request fails",     BROAD,     EVER,  act_every,    "", 3,    WHOLE,       -1, .most = 1 + 1000 * 3 / 2 + 1, .retries = 12, .only_long = true),
    ROW("all are limited",               BROAD,     EVER,  act_status,   "", 429,  "HTTP 429",  -1, .most = BROAD_LIMITED),
};
/* clang-format on */

const rows rows_retry_after = {"waiting", waits, sizeof waits / sizeof *waits};
