/*
** What all chat tables of one database connection share: settings, HTTP client, progress line; and, as parts that are
** known here by name only, what the rooms above keep for the connection (read/reading.h, write/writing.h). It lives as
** long as any module registered for it.
*/
#ifndef CHAT_CONNECTION_H
#define CHAT_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/sqlite.h"
#include "rest/client.h"
#include "session/probe.h"
#include "session/progress.h"
#include "session/settings.h"

/* A part: what a room above keeps for the connection. */
typedef struct connection_part {
    void *content;                           /* owned; NULL: there is none yet */
    void (*settings_changed)(void *content); /* the origin or the account may be another now */
    void (*release)(void *content);          /* after the HTTP client, whose requests it may no longer have */
    unsigned (*held_origins)(void *content); /* those, as bits, that it has something for as they are; NULL: none */
} connection_part;

typedef enum { CONNECTION_READING, CONNECTION_WRITING, CONNECTION_OWN_TABLES, CONNECTION_PARTS } connection_part_id;

/*
** There is one for the account that the settings are about, the root; and one for each profile that a table was created
** with, which hangs on the root and has the statements, the writes and the client in common with it, but settings, known
** addresses and pages for itself.
*/
typedef struct connection {
    sqlite3 *db;                 /* borrowed */
    struct connection *next;     /* of all roots in the process; of all that hang on one root */
    struct connection *root;     /* itself, or what it hangs on */
    struct connection *accounts; /* of a root: those that hang on it; owned, for as long as it lives */
    char *profile;               /* the name of such a one; owned; NULL: a root */
    int account;                 /* number in the client */
    bool loaded;                 /* its profile has been read */
    bool complete;               /* all tables are registered */
    int references;              /* of a root: those of all that hang on it are counted as well */
    settings settings;
    client *client; /* the root's */
    bool outdated;  /* the client has not got the latest settings, for lack of memory */
    bool unsettled; /* of a root: SQL has changed settings, and they are not yet in force: connection_settle */
    connection_part parts[CONNECTION_PARTS];
    progress progress; /* of a root */
    unsigned without;  /* the setting of that name, as a mask */
    probe probe;
} connection;

/* Reads the settings from the environment. One reference is the caller's. NULL with the reason in problem. */
connection *connection_open(sqlite3 *db, error *problem);

/*
** The one that the same library has opened for a database connection before, borrowed; NULL: none. To be called by who may
** use db, so that it cannot go away.
*/
connection *connection_find(const sqlite3 *db);

/*
** The one for a profile of that name, made when it is first asked for: a reference is the caller's. Nothing is read before
** connection_prepare. NULL with SQLITE_NOMEM in problem.
*/
connection *connection_for_profile(connection *root, const char *name, error *problem);

connection *connection_retain(connection *shared);

/*
** Makes a part, with a content of `size` zero bytes from sqlite3_malloc64, which part.release frees; nothing if there is one.
** SQLITE_OK or SQLITE_NOMEM.
*/
int connection_add_part(connection *shared, connection_part_id id, size_t size, connection_part part);

/*
** Gives back a reference; the last one frees all; the last one for a profile forgets the profile, which is read anew when it
** is next used. Fits as a destructor of sqlite3_create_module_v2. Accepts NULL. */
void connection_release(void *shared);

/* Refuses to change a setting that another origin or account comes from while a part holds on to those in force. */
void connection_check_change(const connection *shared, setting_id id, error *problem);

/* Hands a root's changed settings to the HTTP client, for all accounts. SQLITE_OK or SQLITE_NOMEM. */
int connection_apply_settings(connection *shared);

/*
** Puts the root's settings in force that SQL has changed (unsettled). To be called when the statement that has changed them is
** over, or where another statement begins to use anything of ours: not every end is told.
*/
void connection_settle(connection *shared);

/*
** To be called before requests are started: reads the profile, if there is one and it has not been read; makes up for
** settings that memory did not suffice for.
*/
void connection_prepare(connection *shared, error *problem);

/* Writes the progress line if it is wanted and time to. */
void connection_show_progress(connection *shared);

/* The setting memory_limit_mb in bytes. */
size_t connection_memory_limit(const connection *shared);

#endif
