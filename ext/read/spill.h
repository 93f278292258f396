/*
** Where pages are that a statement has read and for which there is no room in memory: a temporary database of the statement's own,
** which SQLite makes in the folder for temporary files (SQLITE_TMPDIR), for this process alone. It is made when it is first
** needed, and gone with the statement, however that ends; nothing of it is in the user's file.
**
** When it cannot be written or read once (the disk is full), it fails from then on: what has been written so far may be lost, for
** SQLite has it in memory as long as it can, and does not take back what it has done to it in vain.
**
** A page stands there in stretches of rows (page_pack.h), a few kilobytes each: whoever goes through it again has it whole, whoever
** looks one row up reads that row's stretch.
**
**     slices(place INTEGER PRIMARY KEY, bytes)      place: the page's number, and the stretch's in it
*/
#ifndef CHAT_SPILL_H
#define CHAT_SPILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sqlite.h"
#include "rest/page.h"

/* All zeros at first. */
typedef struct spill {
    sqlite3 *db;       /* NULL: not made yet */
    sqlite3_stmt *put; /* owned */
    sqlite3_stmt *get; /* owned */
    bool is_memory;    /* this SQLite keeps temporary files in memory: nothing is gained */
    error failure;     /* what has gone wrong with it */
    int64_t pages;     /* so many are there */
    int64_t bytes;
} spill;

/* A page that is there. All zeros: none. */
typedef struct spill_place {
    int64_t page;       /* counted from 1 */
    size_t rows, slice; /* it has so many rows, and so many are in a stretch */
} spill_place;

/*
** Writes a list's page down. False, and nothing is there of it: temporary files are in memory, or a problem, which is
** SQLITE_NOMEM or says what to do.
*/
bool spill_put(spill *file, const page *content, spill_place *place, error *problem);

/* The page once more. NULL: a problem. */
page *spill_get(spill *file, const spill_place *place, error *problem);

/* A page of the rows around that one, *first being its first one's number. NULL: a problem. */
page *spill_get_around(spill *file, const spill_place *place, size_t row, size_t *first, error *problem);

void spill_close(spill *file);

#endif
