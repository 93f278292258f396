/*
** Lists of loops to come. A query inside, and each part of a compound, begins when SQLite comes to it, one after another. Where its
** loop is known to read a whole list, whatever comes before (loops.h), that is begun while others are waited for; and where another
** part reads the list of one service, so is the same one of the other service, if there are two.
**
** Nobody knows whether SQLite will come to them. So no more is asked for than the statement has asked for beside, and
** SCAN_LATER_FREE; and nothing for one in which a word such as LIMIT, CASE or EXISTS says that it may not be wanted.
*/
#ifndef CHAT_SCAN_LATER_H
#define CHAT_SCAN_LATER_H

#include "read/scan_inside.h"
#include "read/walk.h"

enum { SCAN_LATER_FREE = 16, SCAN_LATER_MAX = 8 };

/* A scan has found its way to its rows: what the statement will read beside is known from the first one on. */
void scan_later_note(const scan *target, const walk_plan *way);

/* The walk that the plan leads to, if it has been begun; the caller's from now on. NULL: it has not. */
walk *scan_later_take(look *view, const walk_plan *way);

/* Asks for more of them without waiting, as far as may be. */
void scan_later_pump(look *view);

#endif
