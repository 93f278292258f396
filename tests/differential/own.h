/*
** The extension's own tables as sources. On the reference they are ordinary tables, which get a copy of the rows before each
** statement that reads one: what a statement sees of them is what was there when it began, whatever it adds itself (a call to
** chat_writes with each row that it writes, a request to chat_requests with each page).
*/
#ifndef DIFFERENTIAL_OWN_H
#define DIFFERENTIAL_OWN_H

#include "sample.h"

/* The tables on the reference, and on both sides the view own_columns: chat_columns with a key, `id`. False, with the reason
** printed, on an error. */
bool own_create(sqlite3 *subject, sqlite3 *reference);

/* Makes them and adds them to the sample, so that any query may read them; but chat_requests, which queries lengthen: those over
** it are of their own (query_own). Likewise false. */
bool own_open(sqlite3 *subject, sqlite3 *reference, sample *s);

/* Copies those that the statement names and that change. Of chat_requests the newest few rows are left. */
void own_copy(sqlite3 *subject, sqlite3 *reference, const char *sql);

/* Does the statement name one of the tables, or that one? */
bool own_is_read(const char *sql);
bool own_is_named(const char *sql, const char *name);

/* Begins a transaction on the subject and queues calls in it, of rows that the reference has: to be rolled back. */
void own_queue(sqlite3 *subject, sqlite3 *reference, unsigned version);

#endif
