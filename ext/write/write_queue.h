/*
** The write queue: the calls that a transaction will make, or has made. Virtual tables put calls in while statements
** run; they are sent at commit (write_send.h). What was sent is never sent twice, whatever SQLite calls again.
**
**     pending      will be sent at COMMIT
**     sent         the server has confirmed it
**     failed       the server has refused it, or it was not sent because an earlier one failed at the network
**     unknown      it was sent, and whether the server acted is not known
**     rolled back  dropped before it was sent
**
** The outcome of the last transaction stays, for chat_writes, until the next one queues its first call.
*/
#ifndef CHAT_WRITE_QUEUE_H
#define CHAT_WRITE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sqlite.h"
#include "catalog/catalog.h"

typedef enum { WRITE_PENDING, WRITE_SENT, WRITE_FAILED, WRITE_UNKNOWN, WRITE_ROLLED_BACK } write_state;
typedef enum { WRITE_INSERT, WRITE_UPDATE, WRITE_DELETE } write_operation;

typedef struct write_entry {
    int64_t seq; /* 1, 2, 3 ... over the connection's life */
    write_state state;
    write_operation operation;
    const void *owner; /* the virtual table that queued it, for savepoints */
    const catalog_resource *resource;
    unsigned version; /* of the API that it goes to, one bit */
    int conflict;     /* SQLITE_ABORT, SQLITE_IGNORE, SQLITE_REPLACE ...: what to do on 409 */
    char *lane;       /* address of the parent: calls of one lane are sent in order; owned */
    char *path;       /* request path, with version; owned. "*7" in it stands for the SID that call 7 will get */
    char *body;       /* form body, or NULL; owned */
    size_t body_length;
    char *shown_body;                  /* the same without secrets, if it has any; owned */
    char *replace_path, *replace_body; /* for OR REPLACE: the update to send on 409; owned, or NULL */
    const char
        *not_replaced; /* for OR REPLACE: a column given that an update cannot set; the catalogue's text, or NULL */
    int64_t after;     /* seq of the call that makes its parent; 0: none */
    char *unique_name; /* that it creates a channel with; owned, or NULL */
    char *sid;         /* of the row it is about; from the server for an INSERT; owned, or NULL */
    bool sid_unread;   /* memory ran out as the server's answer was to be read */
    int status;        /* HTTP status; 0: none */
    char *error;       /* owned, or NULL */
    bool webhooks;     /* takes the X-Twilio-Webhook-Enabled header */
    bool running;
    int64_t journal_id; /* of its row in the write journal; 0: none */
} write_entry;

typedef struct write_queue {
    write_entry **entries; /* owned */
    size_t count, allocated;
    int64_t next_seq; /* 1 at the start */
    size_t bytes;     /* of bodies and paths that are pending */
    bool finished;    /* the transaction is over: the next call begins a new list */
} write_queue;

/* Adds a call and returns it for filling in; state pending. NULL when memory ran out. */
write_entry *write_queue_add(write_queue *queue, write_operation operation, const void *owner,
                             const catalog_resource *resource);

/* Takes back the call added last, which could not be completed. */
void write_queue_drop_last(write_queue *queue);

/* Counts a completed call's memory. */
void write_queue_account(write_queue *queue, const write_entry *entry);

/* The seq that the next call will get: a place to roll back to. */
int64_t write_queue_mark(const write_queue *queue);

/* Drops the pending calls of one owner (NULL: of all) from a place on. */
void write_queue_roll_back(write_queue *queue, const void *owner, int64_t mark);

/* Takes back the calls from a place on, as if they had never been: of a statement that fails while it queues them. */
void write_queue_take_back(write_queue *queue, int64_t mark);

/* The transaction is over. */
void write_queue_finish(write_queue *queue);

/* The call of a seq, or NULL. */
write_entry *write_queue_find(const write_queue *queue, int64_t seq);

/* Has an owner pending calls? */
bool write_queue_holds(const write_queue *queue, const void *owner);

/* How many calls are in a state. */
size_t write_queue_count(const write_queue *queue, write_state state);

/* Frees the bodies of calls that are over, to make room: chat_writes shows NULL for them. */
void write_queue_shed(write_queue *queue);

/* "pending", "sent", ... */
const char *write_queue_state_text(write_state state);

void write_queue_clear(write_queue *queue);

#endif
