/*
** Which row each UPDATE in the queue is about: finds the calls about a row by its address, the latest first. What a row
** will be is what has been shown of it and these calls on top.
**
** A place in a table of hashes is all it keeps for a call, 32 bytes, so that it may hold as many as the queue; the queue's
** own entries say whether a place is still true. Those of one row hang together, the latest first.
*/
#ifndef CHAT_WRITE_ROWS_H
#define CHAT_WRITE_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "write/write_queue.h"

typedef struct write_rows_place {
    uint64_t hash;
    int64_t seq;  /* of a call about a row of that hash */
    size_t older; /* the place before in the same chain, counted from 1; 0: none */
} write_rows_place;

typedef struct write_rows {
    write_rows_place *places;         /* owned; in the order in which they were added */
    size_t *chains;                   /* owned; by hash, the place added last, counted from 1; 0: none */
    size_t allocated, count;          /* of both, a power of two; places in use */
    size_t looked;                    /* at so many places so far: tests see that it stays linear */
    const catalog_resource *resource; /* of the first call that it has taken up */
    bool mixed;                       /* it has also some of another resource */
    int64_t first;                    /* seq of the first call of the transaction that it is about */
} write_rows;

/*
** The latest UPDATE of the queue's transaction, of those numbered below `before`, about the row with that address
** ("/Services/IS..."), whichever profile has queued it: two may be of one account; NULL: there is none, or a problem.
** Calls that were rolled back or refused are passed over. Its texts are in memory: write_queue_put_away when they are no
** longer used.
*/
write_entry *write_rows_latest(write_rows *rows, write_queue *queue, const char *address, int64_t before,
                               error *problem);

/* Takes up a call about the row at that address, which has just been queued. Problem: SQLITE_NOMEM. */
void write_rows_add(write_rows *rows, const write_queue *queue, const write_entry *entry, const char *address,
                    error *problem);

/* Lets go of the places of calls from that number on, which have been taken back: the numbers come again, as other calls. */
void write_rows_take_back(write_rows *rows, int64_t seq);

/* Has it calls of another resource than that one? */
bool write_rows_is_mixed(const write_rows *rows, const catalog_resource *resource);

/*
** The seq of the latest UPDATE with that address of whose resource the function says that it is another than the given one;
** 0: there is none. By the hash alone: what is away need not be brought back.
*/
int64_t write_rows_alias(write_rows *rows, const write_queue *queue, const char *address,
                         const catalog_resource *resource,
                         bool (*is_other)(const catalog_resource *, const catalog_resource *));

/*
** The seq of the latest UPDATE with that address of those numbered below `before`, by the hash alone, whatever its resource;
** 0: there is none.
*/
int64_t write_rows_before(const write_rows *rows, const write_queue *queue, const char *address, int64_t before);

/* The seq of the latest DELETE with that address of those numbered below `before`, by the hash alone; 0: there is none. */
int64_t write_rows_deleting(const write_rows *rows, const write_queue *queue, const char *address, int64_t before);

/* The same of an INSERT, or of an UPDATE with which something comes as with one, of whatever number. */
int64_t write_rows_coming(const write_rows *rows, const write_queue *queue, const char *address);

/* The same of an INSERT OR REPLACE that may still replace a row. */
int64_t write_rows_replacing(const write_rows *rows, const write_queue *queue, const char *address, int64_t before);

void write_rows_clear(write_rows *rows);

#endif
