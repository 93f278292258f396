/*
** Equalities of a plan that are confirmed here, row by row. SQLite before 3.38 hands over `(a, b) IN (...)` as if it were
** a = ? AND b = ?, and where the plan takes them all, it takes on trust that the rows meet them; but a way that is found by a
** may have nothing to do with b. What is such an IN does not show, so every equality counts as one.
**
** SQLite has turned the values of an IN into what the comparison makes of them, but not those of =, which it checks itself:
** where it is not sure how a comparison ends, a row is given.
*/
#ifndef CHAT_SCAN_CONFIRM_H
#define CHAT_SCAN_CONFIRM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "plan/plan.h"
#include "read/feed.h"
#include "rest/page.h"

/* What is to be confirmed: columns (as in plan_term) and their values. All zeros: nothing. */
typedef struct scan_confirm {
    const catalog_resource *resource;
    size_t count;
    size_t columns[SLOT_EQUAL + 1];
    sqlite3_value *values[SLOT_EQUAL + 1]; /* copies, owned */
} scan_confirm;

/* May the cell of such a column equal the value, which is no NULL? Sure of a value that an IN hands over. */
bool scan_confirm_cell(const page *content, const page_cell *cell, sqlite3_value *value);

/* Takes copies of the values of the plan's equalities. Problem: SQLITE_NOMEM. */
void scan_confirm_take(scan_confirm *taken, const catalog_resource *resource, unsigned number, sqlite3_value **values,
                       error *problem);

void scan_confirm_clear(scan_confirm *taken);

/* May the row that the feed stands on be given? False also on a problem. */
bool scan_confirm_row(const scan_confirm *taken, unsigned version, const feed *source, error *problem);

#endif
