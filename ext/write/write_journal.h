/*
** The write journal: what a crash in the middle of a commit cannot take away. With the setting write_journal = 'name',
** every call is written down, durably, before it is sent and again when its outcome is known: in the table of that
** name in a database file of its own beside the main one, "<main file>-writes".
**
** It is a file of its own because SQLite has one writer: while our own transaction commits, nobody can write to the
** main file, and what our transaction itself wrote there would vanish with it in the crash.
**
**     ATTACH 'chat.db-writes' AS journal;
**     SELECT * FROM journal.name WHERE state = 'sending';   -- after a crash: outcome not known
**
** It is in WAL mode: whoever reads it keeps nobody from writing. But a -wal is easily left behind, when files are moved or
** tidied up after a crash. So a note is in the file itself before its call goes out, unless a reader is just in the way; an
** outcome gets there with the next call, or when the journal is closed.
**
** Nobody sees what is noted in a file that has no name any more: each COMMIT looks whether the files are still there.
*/
#ifndef CHAT_WRITE_JOURNAL_H
#define CHAT_WRITE_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sqlite.h"
#include "session/probe.h"
#include "write/write_queue.h"

/* An outcome that could not be written down when it was known. */
typedef struct write_journal_late {
    int64_t id, at;                  /* of its row */
    char *columns[4];                /* state, sid, status, error; owned, or NULL */
    struct write_journal_late *next; /* owned */
} write_journal_late;

enum { WRITE_JOURNAL_FILES = 3 /* itself, -wal, -shm */ };

/* Which file a name leads to. */
typedef struct write_journal_file {
    bool there, empty;
    uint64_t device, inode;
} write_journal_file;

typedef struct write_journal {
    sqlite3 *db;                                   /* of the journal's file; NULL: not open */
    write_journal_file files[WRITE_JOURNAL_FILES]; /* as they were when it was opened */
    sqlite3_stmt *put;                             /* owned */
    sqlite3_stmt *mark;                            /* owned */
    sqlite3 *main_db;                              /* whose interrupt ends a wait for a lock of others, ... */
    probe asking;                                  /* ... which is looked for by this */
    bool stopped;                                  /* there was one, while the transaction is sent, ... */
    int64_t stopped_ms;                            /* ... then */
    int64_t waited_from_ms;                        /* the wait for a lock of others has begun, ... */
    bool gave_up;                                  /* ... and was as long as it may be */
    bool tired;                                    /* ... in this sending: no other is waited for */
    bool begun;                                    /* in this sending a call was noted */
    bool ends;                                     /* an outcome is being written down */
    write_journal_late *late;                      /* owned */
} write_journal;

/*
** Opens the journal of a main database, making file and table if they are not there. Does nothing if it is open, or if
** table is NULL. Problems: the main database has no file; the journal cannot be opened; its file is gone, and its -wal or -shm
** is not; SQLITE_INTERRUPT, here and below, while it is locked by others. And once, if it was open and its files are gone, or
** are others: it is closed then, and the next call opens what is there.
*/
void write_journal_open(write_journal *journal, sqlite3 *main_db, const char *table, error *problem);

/*
** Writes down that a call is about to be sent. A problem, or trouble, means that it must not be. No-op while not open. trouble,
** here and below: the journal's own, after which no call is begun, but the answers of those under way are waited for.
*/
void write_journal_before(write_journal *journal, write_entry *entry, error *trouble, error *problem);

/*
** Writes down its outcome. No-op while not open. Trouble: it cannot be written now (another program has the file locked). Then
** it is tried again whenever something is written, and at the end, so that the row says "sending" no longer than it must.
*/
void write_journal_after(write_journal *journal, const write_entry *entry, error *trouble, error *problem);

void write_journal_close(write_journal *journal);

#endif
