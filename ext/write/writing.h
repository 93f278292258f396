/* What writing keeps for the connection: the queue of its transaction, the pace of its calls, the journal. */
#ifndef CHAT_WRITING_H
#define CHAT_WRITING_H

#include "session/connection.h"
#include "write/row.h"
#include "write/write_aborted.h"
#include "write/write_assigned.h"
#include "write/write_failed.h"
#include "write/write_journal.h"
#include "write/write_queue.h"
#include "write/write_rate.h"
#include "write/write_rows.h"

/* What the calls of the queue are found by. */
typedef enum writing_kind {
    WRITING_ROWS,       /* UPDATEs, by their row */
    WRITING_THINGS,     /* ... whatever tables they are in, see write_alias.h */
    WRITING_PERSONS,    /* ... those of members, by what they are in */
    WRITING_NAMELESS,   /* ... those of a user's, by the same, where it is not known which members they are */
    WRITING_SHOWN,      /* ... and of a user's row by the member that it shows */
    WRITING_COME,       /* ... and in what a new row of a person is */
    WRITING_RENAMED,    /* which UPDATE makes a person another one, see write_alias.h */
    WRITING_RENAMED_IN, /* ... and in what that is */
    WRITING_UNASKED,    /* which DELETE takes back an invite, by what that is in */
    WRITING_GONE,       /* which DELETE is about which thing, see write_alias.h */
    WRITING_WOKEN,      /* ... and in which a new row is, of those that wake it */
    WRITING_REPLACED,   /* calls of OR REPLACE, by what they may replace, see write_replaced.h */
    WRITING_REPLACING,  /* ... and by where that is */
    WRITING_KINDS
} writing_kind;

typedef struct writing {
    write_queue queue;
    write_rate pace;
    write_journal journal;
    write_failed failed;
    write_aborted aborted;
    write_assigned assigned;
    write_rows calls[WRITING_KINDS];
    int tables;    /* that are in the transaction */
    int64_t reads; /* scans of any of the tables so far: between the writes of one UPDATE there is none */
} writing;

/* Hangs it on the connection, once; to be called before any of its tables is used. SQLITE_OK or SQLITE_NOMEM. */
int writing_attach(connection *shared);

/* The root's, which writing_attach has been called for: a transaction is one of all accounts. */
writing *writing_of(const connection *shared);

/*
** Queues a call, as write_queue_add. Its number may have been another call's, which was taken back: nothing is found by that any
** more. NULL: out of memory.
*/
write_entry *writing_queue(const write_row *row, write_operation operation);

/* Lets go of all calls, and of what they are found by. */
void writing_clear_calls(writing *self);

/* Is a call made as who the row is read as, whichever profiles say so? By two hosts it is only if that is so at both. */
bool writing_is_own(const write_row *row, const write_entry *entry);

/*
** Is it a pending call of the statement that the row is of? Then the row is a later match of UPDATE ... FROM. A statement that a
** function of the host runs inside of another has the same count of scans, and is not it.
*/
bool writing_is_again(const write_row *row, const write_entry *entry);

#endif
