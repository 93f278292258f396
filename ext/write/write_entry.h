/* A call of the write queue (write_queue.h). */
#ifndef CHAT_WRITE_ENTRY_H
#define CHAT_WRITE_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "catalog/catalog.h"
#include "session/connection.h"

typedef enum { WRITE_PENDING, WRITE_SENT, WRITE_FAILED, WRITE_UNKNOWN, WRITE_ROLLED_BACK } write_state;
typedef enum { WRITE_INSERT, WRITE_UPDATE, WRITE_DELETE } write_operation;

typedef struct write_entry {
    int64_t seq; /* 1, 2, 3 ... over the connection's life */
    write_state state;
    write_operation operation;
    const void *owner;   /* the virtual table that queued it, for savepoints */
    connection *account; /* as whom it is made */
    const char *profile; /* ... and that profile's name, or NULL; the queue's, see write_queue_lane */
    const catalog_resource *resource;
    unsigned version; /* of the API that it goes to, one bit */
    int conflict;     /* SQLITE_ABORT, SQLITE_IGNORE, SQLITE_REPLACE ...: what to do if it is taken (write_answer.h) */
    const char
        *lane;  /* address of the parent: calls of one lane are sent in order; the queue's, see write_queue_lane */
    char *path; /* request path, with version; owned. "*7" in it stands for the SID that call 7 will get */
    char *body; /* form body, or NULL; owned */
    size_t body_length;
    char *shown_body;                  /* the same without secrets, if it has any; owned */
    char *replace_path, *replace_body; /* for OR REPLACE: the update to send then; owned, or NULL */
    const char
        *not_replaced; /* for OR REPLACE: a column given that an update cannot set; the catalogue's text, or NULL */
    int64_t after;     /* seq of the call that makes its parent; 0: none */
    char *unique_name; /* that it creates a channel with; owned, or NULL */
    bool unnames;      /* an UPDATE that may give its row another name, or a DELETE of one that can have a name */
    char *was_named;   /* ... which was this, "" for none; owned; NULL: not known */
    char *sid;         /* of the row it is about; from the server for an INSERT; owned, or NULL */
    bool sid_unread;   /* memory ran out as the server's answer was to be read */
    int status;        /* HTTP status; 0: none */
    char *error;       /* owned, or NULL */
    bool left;         /* sending had failed before it was its turn; see write_queue_why */
    int also_done;     /* a status of success beside the usual ones; 0: none */
    bool webhooks;     /* takes the X-Twilio-Webhook-Enabled header */
    bool brings;       /* of an INSERT: persons come into the new row together with it */
    uint64_t takes;    /* of an UPDATE: stands for the exclusive values (catalog.h) that it gives; 0: none */
    bool lets_go;      /* with it persons may lose what nobody else may have, but by leaving or taking something else */
    uint64_t alone;    /* of an INSERT: stands for the values with which no other row may be, all together; 0: none */
    bool running;
    int beside;    /* of an UPDATE: statements that ran meanwhile, as in row.h */
    int64_t reads; /* of an UPDATE: the same for all rows of one statement, see row.h */
    int64_t
        *last; /* of an UPDATE: see write_before.h; one for each parameter of the resource, 0: none; owned, or NULL */
    int64_t journal_id; /* of its row in the write journal; 0: none */
    int64_t journal_at; /* when that was written, in milliseconds since 1970 */
    bool stored;        /* write_spill has its texts */
    bool away;          /* and they are not in memory: path, body and what OR REPLACE sends are NULL, but for ... */
    unsigned char kept; /* ... a bit for each, as write_spill counts them: it is another than in the file */
    bool changed;       /* those in memory may not be those of write_spill */
    int64_t spilled_at; /* where write_spill has them, and how many bytes */
    size_t spilled_length;
    size_t bytes; /* of memory that write_queue counts for it */
} write_entry;

#endif
