/*
** Two tables may hold the same thing by two names (channels and conversations, a service and its webhooks). What a transaction
** has queued for it by one name, an UPDATE by the other must not overlook: it would measure what it changes by what the service
** still has.
*/
#ifndef CHAT_WRITE_ALIAS_H
#define CHAT_WRITE_ALIAS_H

#include "base/error.h"
#include "write/row.h"
#include "write/write_entry.h"

/*
** Refuses an UPDATE of a thing that an earlier call of the transaction changes by another table's name, unless all that it sets
** is new and is sent whole. row->earlier: the calls by its own name.
*/
void write_alias_check(const write_row *row, error *problem);

/* Takes up an UPDATE of the row, which has just been queued. Problem: SQLITE_NOMEM. */
void write_alias_add(const write_row *row, const write_entry *entry, error *problem);

#endif
