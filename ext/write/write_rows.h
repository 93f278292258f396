/*
** Which row each UPDATE in the queue is about: finds the calls about a row by its address, the latest first. What a row
** will be is what has been shown of it and these calls on top.
**
** A place in a table of hashes is all it keeps for a row, 16 bytes, so that it may hold as many rows as the queue; the
** queue's own entries say whether a place is still true.
*/
#ifndef CHAT_WRITE_ROWS_H
#define CHAT_WRITE_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "write/write_queue.h"

typedef struct write_rows_place {
    uint64_t hash;
    int64_t seq; /* of a call about a row of that hash; 0: the place is free */
} write_rows_place;

typedef struct write_rows {
    write_rows_place *places; /* owned */
    size_t allocated, count;
    int64_t first; /* seq of the first call of the transaction that it is about */
} write_rows;

/*
** The latest UPDATE of the queue's transaction, of those numbered below `before`, about the row of an account
** with that address ("/Services/IS..."); NULL: there is none, or a problem. Calls that were rolled back or refused are passed over. Its texts
** are in memory: write_queue_put_away when they are no longer used.
*/
write_entry *write_rows_latest(write_rows *rows, write_queue *queue, const connection *account, const char *address,
                               int64_t before, error *problem);

/* Takes up an UPDATE of the row at that address, which has just been queued. Problem: SQLITE_NOMEM. */
void write_rows_add(write_rows *rows, const write_queue *queue, const write_entry *entry, const char *address,
                    error *problem);

void write_rows_clear(write_rows *rows);

#endif
