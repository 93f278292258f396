/*
** The rows of the matrix: what goes wrong, where, what the statement must give, and how often it must have asked.
**
** Every row is a test in a process of its own (run.h): the statement of its place runs against the hostile server, with
** max_retries 2, and must give what the row says, after the number of requests that the row says, counted by
** chat_requests and by the server. Then the fault is taken away, and the same connection must give the whole
** right answer. At the end no memory may be left.
*/
#ifndef FAULT_ROW_H
#define FAULT_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "fault/action.h"

/* Which request of which statement is hit. See place.c. */
typedef enum {
    FIRST,     /* a list of three pages: its first ... */
    SECOND,    /* ... second ... */
    LAST,      /* ... last one */
    PARENT,    /* messages of all channels: the list of channels */
    CHILD,     /* ... one channel's messages */
    ATTRIBUTE, /* a column that lists hide: one of the requests for it */
    POINT,     /* a single resource */
    NUMBERS,   /* channels on pages that are counted plainly: the second of three */
    HALVES,    /* a page large enough to be asked for again at half its size */
    POST,      /* an INSERT */
    UPDATE,    /* an UPDATE: its POST */
    DELETE,    /* a DELETE: its DELETE */
    BROAD,     /* messages of 1000 channels: all of their lists */
    PLACES
} place_name;

typedef struct place {
    const char *name;
    const char *sql;
    const char *gives;    /* the whole right answer */
    const char *requests; /* which are hit: a glob of "METHOD target" */
    int page_size;
    int others;        /* requests of the statement beside those that are hit, when all goes well */
    int others_failed; /* ... and when what is hit fails for good */
    bool write;
    world data;
} place;

extern const place places[PLACES];

/* So many of the requests that match, and then no more. */
enum { ONCE = 1, TWICE = 2, EVER = 1000000 };

/* What the statement gives: WHOLE, the right answer; EITHER, that or an error; "=...", these rows; else part of an error. */
#define WHOLE ""
#define EITHER "?"

typedef struct row {
    const char *fault;
    place_name where;
    int times;
    server_action *action;
    const char *how;
    long number;
    const char *gives;
    int tries;               /* requests made for what is hit; -1: any number up to `most` */
    int most;                /* bound of all requests, where tries is -1 */
    const char *state;       /* of a write that fails; "sent" otherwise */
    int timeout_ms;          /* of one attempt; 10000 */
    int retries;             /* max_retries; 2. NO_RETRIES: 0 */
    int pause_ms;            /* before the connection is used again */
    int memory_mb;           /* the process may not become larger; 0: 64 */
    const char *url;         /* another origin than the server's; nobody is to be reached */
    const char *sql, *whole; /* another statement than the place's, and its right answer */
    const char *aimed;       /* another glob than the place's */
    const char *without;     /* the setting of that name: "ahead" asks for no page before it is needed */
    bool early; /* the answer is whole before the fault shows, and names a page that each attempt may ask for */
    int curl;   /* with a libcurl older than this it goes wrong, and is skipped; as LIBCURL_VERSION_NUM */
    bool over;  /* nobody listens afterwards */
    bool only_long;
} row;

enum { NO_RETRIES = -1 };

#define ROW(fault_, where_, times_, action_, how_, number_, gives_, tries_, ...)                                       \
    {                                                                                                                  \
        .fault = fault_, .where = where_, .times = times_, .action = action_, .how = how_, .number = number_,          \
        .gives = gives_, .tries = tries_, __VA_ARGS__                                                                  \
    }

/* A part of the matrix. */
typedef struct rows {
    const char *name;
    const row *list;
    size_t count;
} rows;

extern const rows rows_connection, rows_http, rows_status, rows_retry_after, rows_content, rows_paging, rows_write;

/* The rows of faults that may strike anywhere, made of a fault and a place each; the caller frees them. */
row *rows_anywhere(size_t *count);

/* The rows of rows_http at all other places: an error or the right answer, and a write that failed is unknown. */
row *rows_everywhere(size_t *count);

#endif
