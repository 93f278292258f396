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
** The seq of the transaction's latest UPDATE of the row by another table's name; 0: there is none, or a problem. *anybody: it may
** be one of a person in the same thing, of whom it is not known whether it is this one.
*/
int64_t write_alias_last(const write_row *row, bool *anybody, error *problem);

/* The seq of the latest UPDATE of the row by any table's name, its own too, of those numbered below `before`; 0: likewise. */
int64_t write_alias_before(const write_row *row, int64_t before, error *problem);

/* Takes up an UPDATE or a DELETE of the row, which has just been queued. Problem: SQLITE_NOMEM. */
void write_alias_add(const write_row *row, const write_entry *entry, error *problem);

/* Would an UPDATE's call with that body be found by something else than the queued one? One alone says who a member is then. */
bool write_alias_is_other(const write_row *row, const write_entry *entry, const char *body);

/*
** Takes up an INSERT, which has just been queued, if it wakes what it is in (catalog.h). What that is need not be known. Problem:
** SQLITE_NOMEM.
*/
void write_alias_wake(const write_row *row, const write_entry *entry, error *problem);

/* The seq of the latest call of the transaction that wakes the row, or may; 0: there is none. *surely: it does. */
int64_t write_alias_woken(const write_row *row, bool *surely, error *problem);

/* Takes up an INSERT, which has just been queued, if with it a person comes into something. Problem: SQLITE_NOMEM. */
void write_alias_come(const write_row *row, const write_entry *entry, error *problem);

/* Does an earlier call of the transaction delete what has that address, or what it is in, by any table's name? */
bool write_alias_is_gone(const write_row *row, const char *address, error *problem);

/*
** The same of the row, for an UPDATE or a DELETE of it. Problem: a person's row has an address that another one may have since
** then: whether it is there is not known.
*/
bool write_alias_row_is_gone(const write_row *row, error *problem);

#endif
