/*
** From a row that SQLite wants to write to calls in the queue: which parameters, where to, checked. Nothing is sent
** here; at most the service of a parent that is given by its SID alone is looked for (GET).
*/
#ifndef CHAT_WRITE_ROW_H
#define CHAT_WRITE_ROW_H

#include "base/error.h"
#include "write/row.h"

/*
** An UPDATE statement fails at this row: what it has queued for rows before is dropped, unless it goes on or keeps them
** (OR IGNORE, OR FAIL). SQLite would see to that with a savepoint; but for UPDATE ... FROM it opens none.
*/
void write_row_undo(const write_row *row, const error *problem);

/* Each queues its call, or none if there is nothing to do. On a problem nothing has been queued. */
void write_row_insert(const write_row *row, error *problem);
void write_row_update(const write_row *row, error *problem);
void write_row_delete(const write_row *row, error *problem);

#endif
