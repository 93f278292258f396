/*
** A transaction that has failed and that SQLite leaves open all the same: when the RELEASE of the savepoint that opened it
** fails, everything in it is rolled back, but the connection stays inside. That is so where the sending has failed, and where
** all was sent and the disk is full, or a commit hook says no. A program that takes itself to be in autocommit then, or opens
** another savepoint inside, would queue calls that are never sent. So there further writes are refused until the transaction
** is over. (A RELEASE that finds the database locked, or a foreign key that is not met, rolls nothing back, and is not that.)
**
** SQLite tells the end of a transaction only to tables that have been written in it, and in this one none has any more. So
** the end is noticed late: in autocommit, or when the savepoint is gone. A savepoint of the same name that is opened after a
** ROLLBACK and written in at once looks exactly like the old one; its first write is refused too, and from then on SQLite
** tells. Any look at a chat table between the two, outside of a transaction, avoids that.
*/
#ifndef CHAT_WRITE_FAILED_H
#define CHAT_WRITE_FAILED_H

#include <stdbool.h>

#include "base/sqlite.h"

typedef struct write_failed {
    bool noted;
    char *release; /* the text of the RELEASE that failed; owned; NULL while noted: there was no memory for it */
} write_failed;

/* All is rolled back, not by a ROLLBACK; to be called from xRollback. Notes it if it is a RELEASE: after others SQLite is out. */
void write_failed_note(write_failed *self, sqlite3 *db);

/* The transaction is over for certain. */
void write_failed_end(write_failed *self);

/* To be called now and then: notices the end if the connection is in autocommit. */
void write_failed_look(write_failed *self, sqlite3 *db);

/* Is the transaction that failed still open, as far as can be told? Only from within a statement that writes. */
bool write_failed_is_open(write_failed *self, sqlite3 *db);

/* Is it a statement about transactions that begins with that word, and is it running? */
bool write_failed_is_control(sqlite3_stmt *each, const char *word);

#endif
