/*
** Terms that SQLite leaves to us (omit, of xBestIndex): it neither compares nor even asks for their columns, which is most of what
** an inner loop of a join costs. So each row of a scan, wherever it comes from, passes here before it is given (scan_next), and one
** that does not meet them is not.
**
** They are terms of the plan of which it is known how SQLite compares:
**
**     a parent's SID = ?     every row of a list has those of the list's address (belongs.h), and a SID is no number: a text
**                            equals it byte by byte, and nothing else does
**     "index" = ? > ? ...    a number, or the scan fails as it does when the column is read; numbers are compared as such, what a
**                            text says is one if SQLite reads it so, and every other text and every blob is above all numbers
**
** Not IS, which NULL meets; no IN; no other collation than BINARY. Not before 3.39: there SQLite hands over what WHERE says of the
** right side of a LEFT JOIN as if it were about the join.
*/
#ifndef CHAT_SCAN_OMITTED_H
#define CHAT_SCAN_OMITTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sid.h"
#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "plan/plan.h"
#include "read/feed.h"
#include "rest/page.h"

/* Terms that are left to us: of which slots, about which columns, and which of xFilter's arguments have their values. */
enum { SCAN_OMITTED_MAX = CATALOG_MAX_PARENTS + SLOT_LIMIT - SLOT_EQUAL };

typedef struct scan_omitted_terms {
    size_t count;
    struct {
        unsigned char slot, column, argument;
    } terms[SCAN_OMITTED_MAX];
} scan_omitted_terms;

/* May the slot's term be left to us? */
bool scan_omitted_can(const plan_question *question, const plan *made, int slot);

/* Leaves it to us. argument: from 0 on. */
void scan_omitted_add(scan_omitted_terms *omitted, const catalog_resource *resource, int slot, int argument);

/* A parent's SID that is wanted. */
typedef struct scan_omitted_parent {
    const char *column; /* its name; the catalogue's */
    char sid[SID_LENGTH];
} scan_omitted_parent;

/* What the number in the order column is compared with, and how it may stand to that. */
typedef struct scan_omitted_bound {
    int type; /* SQLITE_INTEGER, SQLITE_FLOAT; any other: it is above all numbers */
    int64_t whole;
    double real;
    bool below, equal, above;
} scan_omitted_bound;

/* The terms of a scan and their values. All zeros: none. */
typedef struct scan_omitted {
    const catalog_resource *resource;
    bool any;
    bool nothing; /* no row meets them */
    size_t parent_count, bound_count;
    scan_omitted_parent parents[CATALOG_MAX_PARENTS];
    scan_omitted_bound bounds[SLOT_LIMIT - SLOT_EQUAL];
    bool within; /* each row to come meets the bounds */
    size_t order_column;
    int64_t list; /* the one that a row was in last, by number, ... */
    bool under;   /* ... and whether it is under these parents */
} scan_omitted;

/* Takes them; values: xFilter's arguments. Problem: SQLITE_NOMEM. */
void scan_omitted_take(scan_omitted *taken, const catalog_resource *resource, unsigned version,
                       const scan_omitted_terms *terms, sqlite3_value **values, error *problem);

/* The rows to come are in order, from that place to that one: where both of these meet the bounds, so do all between them. */
void scan_omitted_note_stretch(scan_omitted *taken, int64_t first, int64_t last);

/* Does the row that the feed stands on meet them, if there are any? False also on a problem. */
bool scan_omitted_row(scan_omitted *taken, const feed *source, error *problem);

/* Is the cell so, which is a number? */
bool scan_omitted_cell(const scan_omitted_bound *bound, const page_cell *cell);

/* A bound of that slot. Problem: SQLITE_NOMEM. */
scan_omitted_bound scan_omitted_bound_of(plan_slot slot, sqlite3_value *value, error *problem);

/*
** Has the cell, which is of the order column, a number? If not, that is the problem: the table says of that column that it is never
** NULL, so SQLite does not look for rows where it is; and a walk in its order passes over what is no number. So nobody gets to see
** such a row.
*/
bool scan_omitted_place(const catalog_resource *resource, size_t column, const page_cell *cell, error *problem);

#endif
