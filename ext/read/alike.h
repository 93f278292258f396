/*
** Which values may be equal, as SQLite compares: every value has a mark, and what equals it, whatever the affinity of the
** comparison turns both into, has the same mark or one of two that stand for "may equal much". SQLite checks each row that is
** found so: a row too many is slow, a row too few would be wrong.
**
**     a whole number, also as text ('12', '+12', ' 012 ') or as real (12.0)   its number
**     another text that may be read as a number ('12.0', '1e3'), another real  odd: may equal any number
**     any other text                                                           its letters, in small, without blanks behind
**     NULL, what stands elsewhere than in the list, and what is none of these   always: may equal anything
**
** Why odd: which affinity a comparison has is not seen from here. As texts '12' and '12.0' differ, and are 12 and 12.0 of the
** other side; as numbers they are the same.
*/
#ifndef CHAT_ALIKE_H
#define CHAT_ALIKE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/sqlite.h"
#include "rest/page.h"

typedef uint32_t alike_mark;

/* No number and no text has these. */
enum { ALIKE_ALWAYS, ALIKE_ODD, ALIKE_FIRST };

/* The mark of what a row has in a column. */
alike_mark alike_of_cell(const page *content, const page_cell *cell);

/* What to look for. */
typedef struct alike_wanted {
    bool everything; /* any row may equal the value; else those marked ALIKE_ALWAYS, ... */
    bool odd;        /* ... those marked ALIKE_ODD, ... */
    bool marked;     /* ... and those with this mark */
    alike_mark mark;
} alike_wanted;

/* Which rows may have what equals the value, compared by = under the collation BINARY? */
alike_wanted alike_to_value(sqlite3_value *value);

#endif
