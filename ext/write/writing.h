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

typedef struct writing {
    write_queue queue;
    write_rate pace;
    write_journal journal;
    write_failed failed;
    write_aborted aborted;
    write_assigned assigned;
    write_rows rows;
    write_rows things;   /* ... whatever tables they are in, see write_alias.h */
    write_rows persons;  /* ... those of members, by what they are in */
    write_rows nameless; /* ... those of a user's, by the same, where it is not known which members they are */
    write_rows shown;   /* ... and of a user's row by the member that it shows: a call has one place in each of these */
    write_rows come;    /* ... and in what a new row of a person is */
    write_rows renamed; /* which UPDATE makes a person another one, see write_alias.h */
    write_rows renamed_in; /* ... and in what that is */
    write_rows unasked;    /* which DELETE takes back an invite, by what that is in */
    write_rows gone;       /* which DELETE is about which thing, see write_alias.h */
    write_rows woken;      /* ... and in which a new row is, of those that wake it */
    write_rows replaced;   /* calls of OR REPLACE, by what they may replace, see write_replaced.h */
    write_rows replacing;  /* ... and by where that is */
    int tables;            /* that are in the transaction */
    int64_t reads;         /* scans of any of the tables so far: between the writes of one UPDATE there is none */
} writing;

/* Hangs it on the connection, once; to be called before any of its tables is used. SQLITE_OK or SQLITE_NOMEM. */
int writing_attach(connection *shared);

/* The root's, which writing_attach has been called for: a transaction is one of all accounts. */
writing *writing_of(const connection *shared);

/* Is a call made as who the row is read as, whichever profiles say so? By two hosts it is only if that is so at both. */
bool writing_is_own(const write_row *row, const write_entry *entry);

#endif
