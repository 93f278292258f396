/*
** What a statement sees of the own tables: how they were when it began, whichever of its scans comes first, which is the
** planner's choice, and whatever the statement, or another one, does meanwhile.
**
** A statement begins for us with the first scan of any table of ours, that of a resource as well, or with the first row that
** it inserts. Whether it will come to
** an own table, and which columns it uses, is known from its preparation, when each own table is planned; so then, and
** only then, they are copied (small_rows.h) before anything is asked of the server. The copies hang on the statement's look
** (read/look.h). A statement that cannot be told from others copies for each scan.
*/
#ifndef CHAT_SMALL_SNAPSHOT_H
#define CHAT_SMALL_SNAPSHOT_H

#include <stdint.h>

#include "base/error.h"
#include "read/look.h"
#include "table/small_kind.h"

/* Takes up an own table; its number, or -1: no memory. To be called after reading_attach. */
int small_snapshot_register(connection *shared, const small_table *table);

/*
** To be called before an INSERT queues a row: what its statement will see of the own tables is copied before the first one, since
** what it reads may come after that (VALUES (1), ((SELECT ... FROM chat_writes))). beside: statement_busy_count.
*/
void small_snapshot_insert(connection *shared, int beside);

/* The transaction is over: no such copies are needed. */
void small_snapshot_end(connection *shared);

/* The statement being prepared, whose number is returned, uses those columns (bits) of a table. */
int64_t small_snapshot_plan(connection *shared, int table, unsigned columns);

/* The rows of a table as the statement of that look sees them, to be walked over once. NULL with a problem. */
small_rows *small_snapshot_open(look *view, int table, int64_t prepared, error *problem);

#endif
