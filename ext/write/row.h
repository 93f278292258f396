/* A row that SQLite wants to write: what the steps from there to a call work on. */
#ifndef CHAT_ROW_H
#define CHAT_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "session/connection.h"

/* A call about a row that an earlier statement of the transaction has queued. */
typedef struct write_earlier_call {
    const char *body; /* NULL: what the row will have of it is not known */
    const catalog_resource
        *resource; /* whose parameters it has: the row's, or that of another table that holds it; NULL: the row's */
    int64_t seq;
    bool ignorable; /* OR IGNORE may leave it out at COMMIT: known is only what it does not give */
    bool elsewhere; /* to another host, which may make something else of an empty text */
} write_earlier_call;

typedef struct write_row {
    connection *shared;
    const catalog_resource *resource;
    unsigned version;        /* the bit of a generation */
    const char *service_sid; /* the configured service, or NULL */
    const void *owner;       /* the virtual table */
    int conflict;            /* as sqlite3_vtab_on_conflict gives it */
    sqlite3_value **values;  /* one for each column, then path; not for a DELETE */
    const char *path;        /* address of the row, for UPDATE and DELETE */
    const void *shown;       /* for UPDATE: what the statement has shown of the row (shown.h); NULL: not known */
    size_t shown_length;
    bool told; /* for UPDATE: it is known which columns it leaves alone: SQLite says so, but of FROM only since 3.44 */
    const struct write_assigned
        *assigned; /* ... by what the statement's text names, where SQLite does not say; or NULL */
    int beside;    /* statements that run meanwhile: one inside this one is another, with the same count of scans */
    int64_t reads; /* scans so far, as in writing.h: two writes with the same count are of one statement */
    const write_earlier_call *earlier; /* for UPDATE: the latest first */
    size_t earlier_count;
    const unsigned char *earlier_unsure; /* for each parameter, what calls of unknown effect have made of it
                                            (write_unsure.h); NULL: anything */
    int64_t woken;     /* for UPDATE: seq of the latest call that may have set its COLUMN_WOKEN anew; 0: none has */
    bool woken_surely; /* ... and it is known to be in this row */
} write_row;

/* The value of a column; NULL if the resource has no such column. */
sqlite3_value *row_value(const write_row *row, const char *column);

/* A column's text, up to a NUL if it has one; NULL for NULL. */
const char *row_text(const write_row *row, const char *column);

#endif
