/*
** Whom a name in place of a parent's SID means: what a call of this transaction makes, by whichever of its tables' names, as
** long as no later call takes that name away again. INSERT OR IGNORE and OR REPLACE may stand for a row that is there already,
** and such a row can be renamed or deleted before the name is used.
*/
#ifndef CHAT_WRITE_NAMES_H
#define CHAT_WRITE_NAMES_H

#include "base/error.h"
#include "write/row.h"
#include "write/write_entry.h"

/* The call that makes the parent of that name for a new row, in that service or, NULL, in whichever; NULL: none, or a problem. */
const write_entry *write_names_find(const write_row *row, const char *service, const char *name, error *problem);

/* Notes which name an UPDATE or a DELETE, whose body is as it will be sent, takes from its row. Problem: SQLITE_NOMEM. */
void write_names_note(const write_row *row, write_entry *entry, error *problem);

#endif
