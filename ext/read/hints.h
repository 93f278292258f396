/*
** Hints: which rows of a list SQLite is going to pass over, as far as terms of the query tell that compare a column of the
** list with a value. They only help to guess whose hidden values will be wanted (hydrate.h): SQLite checks every term
** itself, and where it is not sure how a comparison ends, a row counts as wanted.
*/
#ifndef CHAT_HINTS_H
#define CHAT_HINTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "rest/page.h"

enum { HINT_MAX = 8 };

/* A term: the column (index in resource->columns) and SQLite's number of the comparison. */
typedef struct hint_term {
    unsigned char column, comparison;
} hint_term;

/* The terms of a loop, and the values of one scan of it. All zeros at first. */
typedef struct hints {
    hint_term terms[HINT_MAX];
    sqlite3_value *values[HINT_MAX]; /* copies, owned */
    size_t count;
} hints;

/* Can a comparison of that column help? comparison: SQLITE_INDEX_CONSTRAINT_... */
bool hints_can_use(const catalog_resource *resource, int column, int comparison);

/* Takes copies of the values. Problem: SQLITE_NOMEM. */
void hints_take(hints *taken, const hint_term *terms, size_t count, sqlite3_value **values, error *problem);

/* One more, as far as there is room. */
void hints_add(hints *taken, hint_term term, sqlite3_value *value, error *problem);

void hints_clear(hints *taken);

/* May SQLite want the row? */
bool hints_allow(const hints *taken, const page *content, size_t row);

#endif
