/*
** The request log: one entry for each HTTP attempt, the newest `capacity` of them. It is what chat_requests shows.
** It never holds a header, a body or a credential.
*/
#ifndef CHAT_REQUEST_LOG_H
#define CHAT_REQUEST_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a read is made for, beside the rows of its list. */
typedef enum {
    PURPOSE_NONE,
    PURPOSE_LOOK_UP, /* it looks something up in a list, which may come to be read in place of such requests */
    PURPOSE_INSTEAD  /* it is of a list that is read in their place */
} request_purpose;

typedef enum {
    ENTRY_KEPT,
    ENTRY_DELETING, /* by a statement that may fail still: not shown, but there */
    ENTRY_DELETED   /* it is as if it were not there, and goes when its place is needed */
} request_entry_state;

typedef struct request_entry {
    int64_t id;             /* 1, 2, 3 ... over the connection's life */
    int64_t started_ms;     /* wall clock, ms since 1970 */
    const char *method;     /* static */
    char *table_name;       /* owned */
    char *profile;          /* whose account it is; owned, or NULL */
    char *origin;           /* that it went to; owned; NULL: elsewhere, where nobody is to know */
    char *path;             /* with query; owned */
    int attempt;            /* 1 for the first */
    int status;             /* HTTP status; 0: none came (yet) */
    int64_t duration_ms;    /* -1 while it runs */
    int64_t response_bytes; /* -1 while it runs */
    int64_t rows;           /* that the answer held; -1: not known or none */
    char request_id[48];    /* Twilio-Request-Id, or "" */
    char *error;            /* owned, or NULL */
    request_purpose purpose;
    int64_t replaced; /* requests of look-ups that the list which begins with this page has been told in place of */
    request_entry_state state;
} request_entry;

typedef struct request_log {
    request_entry *entries; /* ring of `capacity`; owned */
    size_t capacity;        /* most entries kept; 0 keeps none */
    size_t allocated;       /* length of `entries` */
    size_t first, count;    /* where the oldest stands, and how many there are */
    size_t deleted;         /* of `count` */
    size_t deleting;        /* of `count`, not of `deleted` */
    int64_t next_id;        /* 1 at the start */
} request_log;

/* An empty log that keeps `capacity` entries. Allocates nothing. */
void request_log_init(request_log *log, size_t capacity);

/* Changes how many are kept; the oldest go. */
void request_log_resize(request_log *log, size_t capacity);

/* Frees all entries; ids go on. */
void request_log_clear(request_log *log);

/*
** Adds an attempt that begins now. Texts are copied; profile may be NULL. Returns its id; a log out of memory leaves the
** entry out.
*/
int64_t request_log_begin(request_log *log, const char *table_name, const char *profile, const char *origin,
                          const char *method, const char *path, int attempt, request_purpose purpose);

/* So many requests have been replaced by the list that begins with the page of that id. */
void request_log_replace(request_log *log, int64_t id, int64_t requests);

/* The entry of that id, or NULL if it is no longer kept. Valid until the log changes. */
request_entry *request_log_find(const request_log *log, int64_t id);

/* The position of the first entry with a greater id; count if there is none. */
size_t request_log_after(const request_log *log, int64_t id);

/* Begins to delete the entry of that id, if it is kept. One of the two that follow ends that for all. */
void request_log_delete(request_log *log, int64_t id);

/* They are deleted: their places are others'. */
void request_log_settle(request_log *log);

/* They stay. */
void request_log_put_back(request_log *log);

/* The position-th entry from the oldest; position < count. */
request_entry *request_log_at(const request_log *log, size_t position);

/*
** An attempt has ended: with that HTTP status (0: none came), so many bytes of a body, that Twilio-Request-Id ("": none; shorter
** than request_entry's). began_ms: by clock_monotonic_ms.
*/
void request_log_end(request_log *log, int64_t id, int status, int64_t began_ms, int64_t bytes, const char *request_id);

/* Sets an entry's error text (copied). */
void request_log_fail(request_log *log, int64_t id, const char *text);

/* The same for a remark on an attempt that did not fail: nothing is changed if there is a text already. */
void request_log_note(request_log *log, int64_t id, const char *text);

#endif
