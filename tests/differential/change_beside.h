/*
** What is open beside the statements of a transaction (beside.h), and besides a SELECT of a table that they change, at its first
** row or in its middle, and an EXPLAIN of the statement itself. None of it changes what is sent; but beside an EXPLAIN SQLite
** neither commits nor ends a statement of its own, so that one that writes is refused in autocommit (sql/writing.md).
*/
#ifndef DIFFERENTIAL_CHANGE_BESIDE_H
#define DIFFERENTIAL_CHANGE_BESIDE_H

#include "change_play.h"

enum { CHANGE_EXPLAIN_CHANCE = 14 };

/* Closes what is open and, as chance has it, opens something else. */
void change_beside_open(change_play *p);

/* Opens an EXPLAIN of that statement in so many of 100 cases, and closes it. */
void change_beside_explain(change_play *p, const char *sql, int percent);
void change_beside_explained(change_play *p);

/* Closes everything. */
void change_beside_close(change_play *p);

#endif
