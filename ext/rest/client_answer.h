/* What the client's requests bring: to whom the bytes go, and what the answer is in the end. See client.h. */
#ifndef CHAT_CLIENT_ANSWER_H
#define CHAT_CLIENT_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct client client;
typedef struct client_request client_request;

/*
** Whoever takes the body of an answer with status 200 as it comes; the answer has none then. begin: an attempt begins, and what was
** taken of those before does not count. take: bytes that have come; true: there is something new to go on with, so that client_wait
** shall return. Neither may start, release or wait for anything.
*/
typedef struct client_taker {
    void (*begin)(void *context);
    bool (*take)(void *context, const char *bytes, size_t length);
    void *context; /* as long as the request */
} client_taker;

typedef enum {
    CLIENT_OK,        /* catalog_done_statuses or also_done, and of a write the service's own answer */
    CLIENT_NOT_FOUND, /* 404, said by the API: anything on the way may say it, too */
    CLIENT_FAILED     /* anything else, after all retries */
} client_outcome;

/* Owned by the request. */
typedef struct client_answer {
    client_outcome outcome;
    int status;      /* HTTP status, 0 if none came */
    int head_status; /* the same of the last attempt's whose headers have come, and maybe not the rest */
    char *body;      /* NUL-terminated; may be taken (set it to NULL, then sqlite3_free); NULL if none */
    size_t length;   /* of body, bytes */
    int64_t log_id;  /* of the last attempt */
    bool uncertain;  /* not OK, and the server may have acted: an attempt was lost, or its answer does not tell */
    bool unsent;     /* not a byte of it has left in any attempt */
    bool rejected;   /* 409 or 400, and the API says so; what is against it its code tells */
    bool exhausted;  /* FAILED, and it was not repeated, or not even sent, because budget or allowance is used up */
    int rc;          /* for NOT_FOUND and FAILED: SQLite's code for it ... */
    char *message;   /* ... and one line: "GET /v1/...: HTTP 500, ... after 6 attempts (request RQ...)" */
} client_answer;

#endif
