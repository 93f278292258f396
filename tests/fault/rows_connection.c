/* Rows: connections that cannot be had, or that break, stall or trickle. */
#include "fault/row.h"

/* A name that no resolver asks about: a label has at most 63 letters. */
#define LONG_LABEL "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define NOBODY "http://127.0.0.1:1"

/* clang-format off */
static const row list[] = {
    /* what goes wrong, where, how often, the action with its text and number, what the statement gives, requests made */
    ROW("connection refused",        FIRST,     EVER,  act_reset,    "", 0,    "Failed to connect",              3, .url = NOBODY),
    ROW("connection refused",        PARENT,    EVER,  act_reset,    "", 0,    "Failed to connect",              3, .url = NOBODY),
    ROW("connection refused",        POINT,     EVER,  act_reset,    "", 0,    "Failed to connect",              3, .url = NOBODY),
    ROW("connection refused",        POST,      EVER,  act_reset,    "", 0,    "Failed to connect",              3, .url = NOBODY, .state = "rolled back"),
    ROW("no such host",              FIRST,     EVER,  act_reset,    "", 0,    "Could not resolve host",         3, .url = "https://" LONG_LABEL ".invalid"),
    ROW("no such host",              POST,      EVER,  act_reset,    "", 0,    "Could not resolve host",         3, .url = "https://" LONG_LABEL ".invalid", .state = "rolled back"),
    ROW("a host in .invalid",        FIRST,     EVER,  act_reset,    "", 0,    "resolv",                         3, .url = "https://x.invalid", .only_long = true),

    ROW("silence past the deadline", FIRST,     ONCE,  act_silence,  "", 0,    WHOLE,                            2, .timeout_ms = 2500),
    ROW("silence past the deadline", FIRST,     EVER,  act_silence,  "", 0,    "timed out",                      3, .timeout_ms = 600),
    ROW("silence past the deadline", SECOND,    EVER,  act_silence,  "", 0,    "timed out",                      3, .timeout_ms = 2500),
    ROW("silence past the deadline", CHILD,     EVER,  act_silence,  "", 0,    "timed out",                      3, .timeout_ms = 2500),
    ROW("silence past the deadline", POST,      EVER,  act_silence,  "", 0,    "timed out",                      1, .timeout_ms = 600, .state = "unknown"),
    ROW("silence past the deadline", DELETE,    EVER,  act_silence,  "", 0,    "timed out",                      3, .timeout_ms = 2500, .state = "unknown"),
    ROW("stall in the body",         FIRST,     ONCE,  act_stall,    "", 0,    WHOLE,                            2, .timeout_ms = 2500),
    ROW("stall in the body",         SECOND,    EVER,  act_stall,    "", 0,    "timed out",                      3, .timeout_ms = 2500),
    ROW("stall in the body",         ATTRIBUTE, EVER,  act_stall,    "", 0,    "timed out",                      3, .timeout_ms = 2500),
    ROW("stall in the body",         POST,      EVER,  act_stall,    "", 0,    "timed out",                      1, .timeout_ms = 600, .state = "unknown"),
    ROW("a byte every 20 ms",        FIRST,     EVER,  act_trickle,  "", 20,   "timed out",                      3, .timeout_ms = 600),
    ROW("a byte every 20 ms",        POINT,     EVER,  act_trickle,  "", 20,   "timed out",                      3, .timeout_ms = 600),
    ROW("a byte every 20 ms, once",  LAST,      ONCE,  act_trickle,  "", 20,   WHOLE,                            2, .timeout_ms = 2500),
    ROW("slow, but within the time", FIRST,     ONCE,  act_trickle,  "", 1,    WHOLE,                            1),

    ROW("closed without an answer",  FIRST,     ONCE,  act_close,    "", 0,    WHOLE,                            2),
    ROW("closed without an answer",  FIRST,     EVER,  act_close,    "", 0,    "without an answer",                    3),
    ROW("closed without an answer",  POST,      ONCE,  act_close,    "", 0,    "without an answer",                    1, .state = "unknown"),
};
/* clang-format on */

const rows rows_connection = {"connections", list, sizeof list / sizeof *list};
