/*
** The writing methods of the resource module. xUpdate only queues calls; xSync, which SQLite calls first when it
** commits, sends them, since a failure there still rolls everything local back. xCommit does nothing that can fail.
*/
#ifndef CHAT_RESOURCE_WRITE_H
#define CHAT_RESOURCE_WRITE_H

#include "table/resource_vtab.h"

/*
** May the table be dropped? Not with calls pending: of a ROLLBACK TO, which brings the table back, SQLite would not tell
** it, and if it was the only one in the transaction, not even of COMMIT.
*/
bool resource_write_may_drop(const resource_table *table);

/*
** A table goes away (with its connection, say) while it may be in a transaction, of which SQLite will not tell it the end: what
** it has queued is rolled back.
*/
void resource_write_abandon(resource_table *table);

int resource_write_update(sqlite3_vtab *vtab, int argc, sqlite3_value **argv, sqlite3_int64 *rowid);
int resource_write_begin(sqlite3_vtab *vtab);
int resource_write_sync(sqlite3_vtab *vtab);
int resource_write_commit(sqlite3_vtab *vtab);
int resource_write_rollback(sqlite3_vtab *vtab);
int resource_write_savepoint(sqlite3_vtab *vtab, int savepoint);
int resource_write_release(sqlite3_vtab *vtab, int savepoint);
int resource_write_rollback_to(sqlite3_vtab *vtab, int savepoint);

#endif
