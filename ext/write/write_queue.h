/*
** The write queue: the calls that a transaction will make, or has made. Virtual tables put calls in while statements
** run; they are sent at commit (write_send.h). What was sent is never sent twice, whatever SQLite calls again.
**
**     pending      will be sent at COMMIT
**     sent         the server has confirmed it
**     failed       the server has refused it
**     unknown      it was sent, and whether the server acted is not known
**     rolled back  dropped before it was sent. Or it was to be sent and never left: the call before it failed, there was no
**                  connection, the setting max_requests left no request for it, it was interrupted before; then, and only
**                  then, it has an error, which says so
**
** The outcome of the last transaction stays, for chat_writes, until the next one queues its first call. If its sending has
** failed, so that it has left something unsent (maybe all: readonly, max_requests), it stays longer, lest whoever tries to
** send that again lose it: it is seen before the calls of the transaction that is open, and is back if of that nothing goes out
** (a statement is refused, ROLLBACK, readonly). Of two lists one stays, never both: a copy of the first, made to send it
** again, would be sent beside it. So it is gone as soon as the other's sending begins, not only with the end of that
** transaction, which a COMMIT that finds the database locked leaves open.
**
** The texts of a call (path, body) are in memory, until they are too many: then those that there are go to a file (write_spill.h)
** and come back one at a time, to be sent or looked at. What becomes of a call stays in memory: sending writes no file.
*/
#ifndef CHAT_WRITE_QUEUE_H
#define CHAT_WRITE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/map.h"
#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "write/write_entry.h"
#include "write/write_spill.h"

typedef struct write_queue {
    write_entry **entries; /* owned */
    size_t count, allocated;
    int64_t next_seq;            /* 1 at the start */
    size_t bytes;                /* of the calls' texts that are in memory */
    bool finished;               /* the transaction is over: the next call begins a new list */
    map lanes;                   /* the texts that entries have as lane */
    write_spill spill;           /* the texts of calls for which there was no room in memory */
    size_t spilled;              /* so many calls at the beginning have been looked at for that */
    write_entry *shown;          /* whose texts are in memory only to be looked at; borrowed, or NULL */
    int64_t process;             /* that has begun the list */
    bool stopped;                /* its sending has failed */
    bool tried;                  /* ... and has begun: a call may have left */
    char *refused;               /* why a statement of autocommit has stopped at a row; owned, or NULL */
    struct write_queue *earlier; /* the list before, if its sending has failed; owned, or NULL */
} write_queue;

/* Adds a call and returns it for filling in; state pending. NULL when memory ran out. */
write_entry *write_queue_add(write_queue *queue, write_operation operation, const void *owner,
                             const catalog_resource *resource);

/*
** The address of the row that a call changes or deletes is by the catalogue's words, whatever the call's path says: its
** lane, the resource's segment and the row's SID.
*/
typedef enum { WRITE_ELSEWHERE, WRITE_THERE, WRITE_BELOW } write_position;

/* Where an address is, seen from the row that a call changes or deletes. */
write_position write_queue_position(const write_entry *entry, const char *address);

/* The address of that row. sqlite3_malloc'ed; NULL: out of memory. */
char *write_queue_address(const write_entry *entry);

/* The queue's own copy of a parent's address, or of a profile's name, for an entry. NULL when memory ran out. */
const char *write_queue_lane(write_queue *queue, const char *address);

/* Takes back the call added last, which could not be completed. */
void write_queue_drop_last(write_queue *queue);

/* Gives a pending call another form body (both texts taken over; shown: NULL if it is the same). */
void write_queue_replace(write_queue *queue, write_entry *entry, char *body, size_t length, char *shown);

/* Drops a pending call that is not to be made after all. */
void write_queue_drop(write_queue *queue, write_entry *entry);

/* Counts a completed call's memory, once its texts are there. */
void write_queue_account(write_queue *queue, write_entry *entry);

/* The seq that the next call will get: a place to roll back to. */
int64_t write_queue_mark(const write_queue *queue);

/* Drops the pending calls of one owner (NULL: of all) from a place on. */
void write_queue_roll_back(write_queue *queue, const void *owner, int64_t mark);

/* Takes back the calls from a place on, as if they had never been: of a statement that fails while it queues them. */
void write_queue_take_back(write_queue *queue, int64_t mark);

/*
** Drops the pending UPDATEs that the running statement (reads, beside: as in row.h) has queued, which are the last ones: it
** fails. What a function of the host has queued meanwhile, by a statement inside, stays.
*/
void write_queue_undo(write_queue *queue, int64_t reads, int beside);

/* The transaction is over. The list before it is back if nothing of it was sent, and no more otherwise. */
void write_queue_finish(write_queue *queue);

/* The call of a seq, or NULL. */
write_entry *write_queue_find(const write_queue *queue, int64_t seq);

/* Has an owner pending calls? */
bool write_queue_holds(const write_queue *queue, const void *owner);

/* How many calls are in a state. */
size_t write_queue_count(const write_queue *queue, write_state state);

/* Makes room if the texts in memory take more than limit bytes: they go to the file. Problem: it cannot be written. */
void write_queue_bound(write_queue *queue, size_t limit, error *problem);

/* To be called before a call's texts are used: brings them back if they are away. */
void write_queue_fetch(write_queue *queue, write_entry *entry, error *problem);

/*
** When they are no longer used. Those of a call that has been away go there again, as they are now; on a problem with the
** file they stay in memory. Once sending has begun (tried) the file is not written: those that have changed stay.
*/
void write_queue_put_away(write_queue *queue, write_entry *entry);

/* The number of the call after that one (0: of the first) among those to be seen, which include the earlier list's; 0: none. */
int64_t write_queue_next(const write_queue *queue, int64_t after);

/* The call of such a number, or NULL. Its texts may be away. */
const write_entry *write_queue_seen(const write_queue *queue, int64_t seq);

/* The same with its texts, which are there until the next one is shown. */
const write_entry *write_queue_show(write_queue *queue, int64_t seq, error *problem);

/* The request path of the row of that name, escaped, in the list to which an INSERT adds. NULL: out of memory. */
char *write_queue_list_path(const write_entry *entry, const char *name);

/* A call is about to leave: this is the list that stays, and the one before it is gone. */
void write_queue_try(write_queue *queue);

/* Sending has failed: notes which calls that leaves unsent, so that they differ from those that the user has rolled back. */
void write_queue_stop(write_queue *queue);

/*
** A statement of autocommit has stopped at a row that was refused, and OR FAIL keeps what is before it. If the sending of that
** fails, SQLite gives the latter's message in place of the statement's own, which must then tell of both. False: no memory.
*/
bool write_queue_refuse(write_queue *queue, const char *why);

/* What a failed sending says (taken over, or NULL), and that. sqlite3_malloc'ed; NULL: out of memory. */
char *write_queue_tell_refused(const write_queue *queue, char *message);

/* Why a call is not sent, or what was wrong with it; NULL: nothing was, or it was rolled back before. Borrowed. */
const char *write_queue_why(const write_entry *entry);

/* "pending", "sent", ... */
const char *write_queue_state_text(write_state state);

void write_queue_clear(write_queue *queue);

#endif
