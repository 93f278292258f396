/*
** The rows that a writing statement has read, under their addresses, so that an UPDATE can tell what it changes: until
** the next statement that reads such rows, or the end of the transaction. Not just while a cursor is open: an UPDATE of
** one row closes its cursor before it writes.
*/
#ifndef CHAT_REMEMBER_H
#define CHAT_REMEMBER_H

#include "base/error.h"
#include "base/map.h"
#include "base/sqlite.h"
#include "rest/page.h"

typedef struct remembered_rows {
    map rows;       /* by address */
    const void *by; /* the statement that has read them: its name's values, which xUpdate is given too */
} remembered_rows;

/*
** Keeps a row that a statement has read in mind, under its address (copied); what another has read is forgotten. A
** statement that is not known keeps nothing. Problem: SQLITE_NOMEM.
*/
void remember_row(remembered_rows *kept, const void *by, const char *address, page *content, size_t row,
                  error *problem);

/* The page of a row that this statement has read, and the row in it; NULL if it is not remembered. */
const page *remember_recall(const remembered_rows *kept, const void *by, const char *address, size_t *row);

void remember_forget(remembered_rows *kept);

#endif
