/*
** Where the rows of a scan come from: a walk, or, when the statement comes back to a list, what it has read of it (recall.h).
*/
#ifndef CHAT_SCAN_ROWS_H
#define CHAT_SCAN_ROWS_H

#include "read/recall_instead.h"
#include "read/scan_inside.h"

/*
** What the plan looks up may be had from the whole list, which has been read (recall_instead_find). wide: the way to it; count: how
** long it is. The other arguments are as below. Waits, if the list is to be read on. False: look it up;
** the plan says then that it is a look-up.
*/
bool scan_rows_instead(scan *target, walk_plan *way, walk_plan *wide, const recall_count *count, unsigned number,
                       sqlite3_value **values, error *problem);

/* What the plan looks up tells, in lists that are read whole, which rows SQLite will pass over: adds it to the scan's hints. */
void scan_rows_hint(scan *target, unsigned number, sqlite3_value **values, error *problem);

/* Tells them from a list that the statement has read; key: of the only row that is wanted, or NULL. */
void scan_rows_recall(scan *target, recall *list, const char *key, unsigned number, sqlite3_value **values,
                      error *problem);

/*
** Opens them. way: taken over. number, values: the plan and xFilter's arguments for its slots; the hints are those that the
** scan has taken.
*/
void scan_rows_open(scan *target, walk_plan *way, unsigned number, sqlite3_value **values, error *problem);

void scan_rows_close(scan *target);

/* May there be a row? */
bool scan_rows_any(const scan *target);

/* As walk_step, walk_pump, walk_pump_beside and walk_feed. */
step_result scan_rows_step(scan *target, error *problem);
void scan_rows_pump(const scan *target, error *problem);
void scan_rows_pump_beside(const scan *target, error *problem);
feed *scan_rows_feed(const scan *target);

/* Tells the progress line how many requests are in sight. */
void scan_rows_tell(const scan *target);

/* A place among the rows to come. All zeros at first. */
typedef struct scan_ahead {
    walk_place walked;
    recall_place recalled;
} scan_ahead;

/* As walk_look_ahead. */
const feed *scan_rows_look_ahead(const scan *source, scan_ahead *place, bool singles, page **content, size_t *row);

#endif
