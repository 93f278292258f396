/*
** How many pages a list has, as the row tells that it is under: a channel's messages_count of its messages.
**
** Beside a row that is there anyway (scan_lead.h), it can be asked for, which is one request; whoever asks says when that is worth
** it (ledger.h).
*/
#ifndef CHAT_COUNTED_H
#define CHAT_COUNTED_H

#include <stdint.h>

#include "base/error.h"
#include "read/look.h"
#include "read/walk_plan.h"

/* The column that counts, of the resource which the list is under; -1: there is none. */
int counted_column(const walk_plan *list);

/* So many rows are so many pages; 0: the cell does not tell. */
int64_t counted_pages(const page_cell *count, const walk_plan *list);

/*
** Asks for the row that the list of that address is under, without waiting. NULL: it would tell nothing, or a problem. Give it back
** with look_put.
*/
look_entry *counted_ask(look *view, const walk_plan *list, const char *address, error *problem);

/* How many pages it says that the list has, once it has come; 0: it does not. */
int64_t counted_told(look_entry *row, const walk_plan *list);

#endif
