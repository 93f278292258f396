/*
** What all chat tables of one database connection share: settings, HTTP client, what running statements have looked at.
** It lives as long as any module registered for it.
*/
#ifndef CHAT_CONNECTION_H
#define CHAT_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/sqlite.h"
#include "read/known.h"
#include "rest/client.h"
#include "session/progress.h"
#include "session/settings.h"
#include "session/statement.h"
#include "write/write_journal.h"
#include "write/write_queue.h"
#include "write/write_rate.h"

typedef struct look look;

typedef struct connection {
    sqlite3 *db; /* borrowed */
    int references;
    settings settings;
    client *client;
    bool outdated;     /* the client has not got the latest settings, for lack of memory */
    look *looks;       /* of the statements that are running, see look.h */
    size_t page_bytes; /* memory of all pages that looks hold ... */
    size_t kept_bytes; /* ... and of those among them that no cursor uses any more */
    known_addresses known;
    map read_rows;         /* rows that a writing statement has read, see look_remember */
    statement_run read_by; /* ... and which statement it was */
    int located;           /* services looked for in this transaction, see locate.h */
    int writing_tables;    /* tables that are in the transaction */
    write_queue writes;
    write_rate pace;
    write_journal journal;
    progress progress;
    unsigned without;      /* the setting of that name, as a mask */
    int64_t long_probe_ms; /* monotonic clock: when a rare progress handler was last given a chance */
} connection;

/* Reads the settings from the environment. One reference is the caller's. NULL with the reason in problem. */
connection *connection_open(sqlite3 *db, error *problem);

connection *connection_retain(connection *shared);

/* Gives back a reference; the last one frees all. Fits as a destructor of sqlite3_create_module_v2. Accepts NULL. */
void connection_release(void *shared);

/* Hands changed settings to the HTTP client. SQLITE_OK or SQLITE_NOMEM. */
int connection_apply_settings(connection *shared);

/* To be called before requests are started: makes up for settings that memory did not suffice for. SQLITE_NOMEM. */
void connection_prepare(connection *shared, error *problem);

/* Writes the progress line if it is wanted and time to. */
void connection_show_progress(connection *shared);

/*
** May another page of a list that is being read be asked for ahead of need? Not when pages in use and answers unread fill
** five sixteenths of memory_limit_mb.
*/
bool connection_has_room(const connection *shared);

/*
** May another list be begun ahead of need? Not when they fill a quarter: the lists that come first are to have all their
** pages before further ones take the room.
*/
bool connection_has_much_room(const connection *shared);

/* Bytes that pages may occupy after use, for the statement's other cursors: an eighth of memory_limit_mb. */
size_t connection_retention(const connection *shared);

#endif
