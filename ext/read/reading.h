/*
** What reading keeps for the connection: the looks of its running statements and the memory of their pages, and known
** addresses.
*/
#ifndef CHAT_READING_H
#define CHAT_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "read/growth.h"
#include "read/known.h"
#include "read/room.h"
#include "rest/allowance.h"
#include "session/connection.h"
#include "session/statement.h"

enum { READING_RESOURCES_MAX = 64, READING_PLANS_MAX = 8 };

typedef struct look look;
struct look_cursor;

/* What is known of the loops of the statement prepared last, of which it is not known yet which plans they take. */
typedef struct reading_plans {
    int64_t statement;
    size_t count;
    struct {
        const catalog_resource *resource;
        bool lists_parents; /* by each plan that has been made for it, what its lists are under is listed */
    } of[READING_PLANS_MAX];
} reading_plans;

typedef struct reading {
    look *looks;                /* of the statements that are running, see look.h */
    struct look_cursor *newest; /* opened last, if nothing has happened since */
    statement_counter prepared; /* of a root */
    /* a statement of that number begins, before anything is asked; or NULL */
    void (*begins)(look *view, int64_t prepared);
    size_t page_bytes;   /* of a root: memory of all pages that looks hold, those of profiles too ... */
    size_t kept_bytes;   /* ... and of those among them that no cursor uses any more */
    size_t held_bytes;   /* ... and of those that are held for scans that come back to them (look_hold), used or not */
    size_t filed_bytes;  /* what is in memory of pages that are in files of statements */
    size_t coming_bytes; /* expected of what has been asked for and has not come, see look.c */
    room ahead;          /* of a root: for pages asked for ahead */
    uint64_t needed[READING_RESOURCES_MAX]; /* of a root: see reading_need */
    known_addresses known;
    reading_plans plans;
    int64_t feeds; /* begun so far */
    allowance
        *allowed; /* of a root: what a statement that writes, and commits by itself, may ask for; owned; or NULL */
    int located;  /* services looked for in this transaction, see locate.h */
} reading;

/*
** A statement that is being prepared may ask for these columns of a resource (a bit for each). Of lists that are
** read from now on no others are kept than those that any statement of the connection, of whichever account, may
** ask for: a statement is prepared before it reads, and one that runs together with others may find what they have
** read.
*/
void reading_need(const connection *shared, const catalog_resource *resource, uint64_t columns);
uint64_t reading_needed(const connection *shared, const catalog_resource *resource);

/* A plan has been made for a loop over that resource, of the statement of that number, which is being prepared. */
void reading_note_plan(const connection *shared, int64_t statement, const catalog_resource *resource,
                       bool lists_parents);

/* Hangs it on the connection, once; to be called before any of its tables is used. SQLITE_OK or SQLITE_NOMEM. */
int reading_attach(connection *shared);

/* The connection's, which reading_attach has been called for. */
reading *reading_of(const connection *shared);

/*
** May another page of a list that is being read be asked for ahead of need? Not when pages in use, and what has been asked
** for, fill what there is for them (room.h).
*/
bool reading_has_room(const connection *shared);

/*
** May another list be begun ahead of need? Not when they fill three quarters of it: the lists that come first are to have all
** their pages before further ones take the room.
*/
bool reading_has_much_room(const connection *shared);

/* May a list go on that has been begun before its turn? Not when half of it is filled. */
bool reading_has_spare_room(const connection *shared);

/* A list that might grow does not, since others have the room. */
void reading_deny_room(const connection *shared);

/*
** Around a wait for the statement's next row: before it is seen to that all has been asked for that may be, right before the
** wait, with the time as its result, and after it.
*/
void reading_asks_anew(const connection *shared);
int64_t reading_waits(const connection *shared);
void reading_has_waited(const connection *shared, int64_t since_ms);

/* The wait, with both: until one more request has its answer. */
void reading_wait(const connection *shared, error *problem);

/* Of lists whose pages have so many bytes (0: not known) and are typically so many: how they may grow side by side. */
growth reading_growth(const connection *shared, size_t page_bytes, size_t typical);

/* May a content of so many bytes be asked for ahead of need? All that is in use then fills at most half of memory_limit_mb. */
bool reading_has_room_for(const connection *shared, size_t bytes);

/*
** A statement that is a transaction of its own begins to write: from here on what it reads and what it sends come out of one
** allowance, until reading_end_allowance. Root. SQLITE_OK or SQLITE_NOMEM.
*/
int reading_begin_allowance(const connection *root);
void reading_end_allowance(const connection *root);

/* The transaction is over: services may be looked for anew, one by one, in all accounts. */
void reading_forget_located(const connection *root);

/*
** Bytes that pages may occupy after use, for the statement's other cursors: an eighth of memory_limit_mb, and twice as much those
** that are held.
*/
size_t reading_retention(const connection *shared);

#endif
