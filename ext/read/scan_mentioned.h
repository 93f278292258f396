/*
** Rows that an outer table's rows mention: SELECT ... FROM messages AS m, json_each(m.media) AS j JOIN media AS f ON f.sid =
** j.value ->> 'sid' ... looks for one row of media after another, each by its SID, which SQLite hands over only when it gets
** there. But the SIDs to come stand in the outer scan's rows, as far as those have come: they are asked for ahead, side by
** side, with the bounds of hydrate.h. That is a guess and no more: rows are given by what SQLite asks for.
*/
#ifndef CHAT_SCAN_MENTIONED_H
#define CHAT_SCAN_MENTIONED_H

#include "base/error.h"
#include "read/scan_inside.h"
#include "read/walk.h"

/*
** A scan begins to look for what `way` says. If that is a single row of a table that has no list, and an outer scan's row
** mentions it: asks for it, and for those mentioned after it.
*/
void scan_mentioned_begin(scan *target, const walk_plan *way, error *problem);

/* While it waits: asks for further ones. */
void scan_mentioned_pump(scan *target, error *problem);

#endif
