/*
** Which rows the OR REPLACE calls in the queue may replace. Such a call knows its row by name only, and may make a new one:
** until it is sent nobody knows whether it is the row of that name that a later UPDATE of the transaction is about.
*/
#ifndef CHAT_WRITE_REPLACED_H
#define CHAT_WRITE_REPLACED_H

#include <stdbool.h>

#include "base/error.h"
#include "write/row.h"
#include "write/write_entry.h"

/* Takes up an INSERT of the row, which has just been queued, if it may replace one. Problem: SQLITE_NOMEM. */
void write_replaced_add(const write_row *row, const write_entry *entry, error *problem);

/*
** The seq of the latest call that may replace the row of an UPDATE: of any name if the transaction gives the row another one
** (renamed), or the name is not known. Of those numbered below `before`. 0: there is none.
*/
int64_t write_replaced_last(const write_row *row, bool renamed, int64_t before, error *problem);

#endif
