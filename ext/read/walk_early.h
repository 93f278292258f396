/*
** Long lists before their turn. A walk reads list after list, many side by side; but pages of one list come one after another, so
** that a long one is waited for alone, with all others there or not begun. Where counts in the rows that the lists are under tell
** that one has several pages, it is begun as soon as that is known, and waits for its turn: rows come in the same order. (Of joins:
** scan_long.h.)
*/
#ifndef CHAT_WALK_EARLY_H
#define CHAT_WALK_EARLY_H

#include "read/walk_inside.h"

/* A list of so many pages is long; and one is begun early for so many that are read side by side. */
enum { WALK_EARLY_PAGES = 4, WALK_EARLY_PART = 4 };

/* Begins long ones among the lists to come, as far as the rows that they are under have come. Does not wait. */
void walk_early_begin(struct walk *source, error *problem);

/* Is the list long that is begun in its turn, under the row that its level stands on? */
bool walk_early_is_urgent(const struct walk *source);

/* The list at that base, if it has been begun early: from now on it is the caller's. */
feed *walk_early_take(level *target, const char *base);

/* Asks for pages of theirs ahead, as long as that leaves room to those that come before. */
void walk_early_pump(const struct walk *source, error *problem);

/* How many requests they have begun. */
int64_t walk_early_asked(const struct walk *source);

void walk_early_close(level *target);

#endif
