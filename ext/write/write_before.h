/*
** What a transaction has queued for a row before: "changed" is measured against that. Of many calls only those count that
** were the last to give a parameter: the latest call keeps which those are, so that the next one need not look at all.
*/
#ifndef CHAT_WRITE_BEFORE_H
#define CHAT_WRITE_BEFORE_H

#include "base/error.h"
#include "write/row.h"
#include "write/write_entry.h"

/* An UPDATE's calls: of the row, of its parts, and the one beside them. */
enum { WRITE_CALLS_MAX = 6 };

typedef struct write_before {
    write_entry **entries;     /* of earlier statements, the latest first; owned, as an array */
    write_earlier_call *calls; /* the same, as in row.h; owned */
    unsigned char *unsure;     /* as in row.h, if a body is not known; owned */
    size_t count;
    write_entry *again[WRITE_CALLS_MAX]; /* of this statement, which gives the row once more; or NULL */
} write_before;

/* before: zeros. To be ended in any case. */
void write_before_find(write_before *before, const write_row *row, error *problem);

/* The call of this statement with that path that a new one about the row is to take the place of, or NULL. */
write_entry **write_before_again(write_before *before, const char *path);

/* What was brought back from the queue's file to be looked at goes there again. */
void write_before_end(write_before *before, const write_row *row);

#endif
