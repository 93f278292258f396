/*
** Rows: faults that may strike anywhere, at every place. Passing ones are tried once, twice and for ever: a request
** is repeated twice (max_retries), a POST only where the server cannot have acted (429). Final ones are one
** clear error after one request.
*/
#include <stdlib.h>
#include <string.h>

#include "fault/row.h"

typedef struct fault {
    const char *name;
    server_action *action;
    const char *how;
    long number;
    const char *message;
    enum {
        ANSWERED,
        UNPROCESSED /* so that even a POST is repeated */
    } kind;
} fault;

/* clang-format off */
static const fault passing[] = {
    {"500",                     act_status, "", 500, "HTTP 500, Twilio error 20500 \"Fault\"", ANSWERED},
    {"502",                     act_status, "", 502, "HTTP 502, Twilio error 20502 \"Fault\"", ANSWERED},
    {"503",                     act_status, "", 503, "HTTP 503, Twilio error 20503 \"Fault\"", ANSWERED},
    {"504",                     act_status, "", 504, "HTTP 504, Twilio error 20504 \"Fault\"", ANSWERED},
    {"429",                     act_status, "", 429, "HTTP 429, Twilio error 20429 \"Fault\"", UNPROCESSED},
    {"reset before headers",    act_reset,  "", 0,   "", ANSWERED},
    {"closed before headers",   act_close,  "", 0,   "", ANSWERED},
    {"cut in the body",         act_cut,    "", 0,   "", ANSWERED},
};

static const fault final[] = {
    {"300",  act_status, "Location: {origin}/v1/elsewhere\r\n", 300, "HTTP 300: redirects are not followed", ANSWERED},
    {"301",  act_status, "Location: {origin}/v1/elsewhere\r\n", 301, "HTTP 301: redirects are not followed", ANSWERED},
    {"302",  act_status, "Location: {origin}/v1/elsewhere\r\n", 302, "HTTP 302: redirects are not followed", ANSWERED},
    {"303",  act_status, "Location: {origin}/v1/elsewhere\r\n", 303, "HTTP 303: redirects are not followed", ANSWERED},
    {"304",  act_status, "Location: {origin}/v1/elsewhere\r\n", 304, "HTTP 304: redirects are not followed", ANSWERED},
    {"305",  act_status, "Location: {origin}/v1/elsewhere\r\n", 305, "HTTP 305: redirects are not followed", ANSWERED},
    {"307",  act_status, "Location: {origin}/v1/elsewhere\r\n", 307, "HTTP 307: redirects are not followed", ANSWERED},
    {"308",  act_status, "Location: {origin}/v1/elsewhere\r\n", 308, "HTTP 308: redirects are not followed", ANSWERED},
    {"400",  act_status, "", 400, "HTTP 400, Twilio error 20400 \"Fault\"", ANSWERED},
    {"401",  act_status, "", 401, "the credentials from TWILIO_API_KEY", ANSWERED},
    {"403",  act_status, "", 403, "HTTP 403, Twilio error 20403 \"Fault\"", ANSWERED},
    {"405",  act_status, "", 405, "HTTP 405, Twilio error 20405 \"Fault\"", ANSWERED},
    {"408",  act_status, "", 408, "HTTP 408, Twilio error 20408 \"Fault\"", ANSWERED},
    {"409",  act_status, "", 409, "HTTP 409, Twilio error 20409 \"Fault\"", ANSWERED},
    {"410",  act_status, "", 410, "HTTP 410, Twilio error 20410 \"Fault\"", ANSWERED},
    {"418",  act_status, "", 418, "HTTP 418, Twilio error 20418 \"Fault\"", ANSWERED},
    {"202",  act_status, "", 202, "HTTP 202", ANSWERED},
    {"203",  act_status, "", 203, "HTTP 203", ANSWERED},
    {"206",  act_status, "", 206, "HTTP 206", ANSWERED},
    {"999",  act_status, "", 999, "HTTP 999", ANSWERED},
};
/* clang-format on */

/* UPDATE is a POST to the server. */
static bool anywhere_is_post(place_name where) {
    return where == POST || where == UPDATE;
}

/* Are other requests under way beside it? */
static bool anywhere_is_among_others(place_name where) {
    return where == CHILD || where == ATTRIBUTE || where == NUMBERS;
}

static row anywhere_passing(const fault *what, place_name where, int times) {
    bool repeated = !anywhere_is_post(where) || what->kind == UNPROCESSED;
    bool passes = times <= 2 && repeated;
    row made = {.fault = what->name, .where = where, .times = times, .action = what->action, .how = what->how};
    made.number = what->number;
    made.gives = passes ? WHOLE : what->message;
    made.tries = passes ? times + 1 : repeated ? 3 : 1;
    made.state = passes ? "sent" : what->kind == UNPROCESSED ? "failed" : "unknown";
    if (!passes && !*made.gives) {
        made.gives = "messages: ";
        made.gives = where == ATTRIBUTE || where == PARENT || where == NUMBERS ? "channels: " : made.gives;
    }
    if (!passes && anywhere_is_among_others(where)) {
        /* While it fails, the others may have to wait, and are not sent when it has failed for good. */
        made.most = places[where].others + made.tries;
        made.tries = -1;
    } else if (where == NUMBERS && (what->action == act_close || what->action == act_reset)) {
        /* The page guessed beside it may just be going over the connection that ends: it is repeated too. */
        made.most = places[where].others + made.tries + 1;
        made.tries = -1;
    }
    return made;
}

static row anywhere_final(const fault *what, place_name where) {
    row made = {.fault = what->name, .where = where, .times = EVER, .action = what->action, .how = what->how};
    made.number = what->number;
    made.gives = what->message;
    made.tries = 1;
    bool refused = what->number >= 400 && what->number < 500 && what->number != 408;
    made.state = refused ? "failed" : "unknown";
    return made;
}

row *rows_anywhere(size_t *count) {
    static const int often[] = {ONCE, TWICE, EVER};
    size_t passing_count = sizeof passing / sizeof *passing, final_count = sizeof final / sizeof *final, next = 0;
    row *list = calloc((passing_count * 3 + final_count) * PLACES, sizeof *list);
    if (!list) {
        abort();
    }
    for (place_name where = FIRST; where < PLACES; where++) {
        if (where == BROAD || where == HALVES) {
            continue;
        }
        for (size_t i = 0; i < passing_count * 3; i++) {
            if (where == DELETE && passing[i / 3].action == act_cut) {
                continue; /* its answer has no body */
            }
            list[next++] = anywhere_passing(&passing[i / 3], where, often[i % 3]);
        }
        for (size_t i = 0; i < final_count; i++) {
            list[next++] = anywhere_final(&final[i], where);
        }
    }
    *count = next;
    return list;
}

row *rows_everywhere(size_t *count) {
    size_t next = 0;
    row *list = calloc(rows_http.count * PLACES, sizeof *list);
    if (!list) {
        abort();
    }
    for (place_name where = SECOND; where < BROAD; where++) {
        for (size_t i = 0; i < rows_http.count; i++) {
            if (rows_http.list[i].where != FIRST) {
                continue;
            }
            row *made = &list[next++];
            *made = rows_http.list[i];
            made->where = where;
            made->gives = EITHER;
            made->tries = -1;
            made->most = places[where].others + 4;
            made->state = "unknown";
            made->only_long = true;
        }
    }
    *count = next;
    return list;
}
