/*
** A file for what memory has no room for. SQLite's VFS makes it, in the folder for temporary files (SQLITE_TMPDIR), without a name,
** for this process alone; it is gone when it is closed.
**
** What has been written is in the file, and in no cache that wants to be written first: reading needs no room on the disk, so that
** it goes on when that is full.
*/
#ifndef CHAT_TEMP_FILE_H
#define CHAT_TEMP_FILE_H

#include <stddef.h>

#include "base/sqlite.h"

/* db: by the same VFS as its own file; NULL: by the default one. Returns SQLITE_OK, or SQLite's error code and no file. */
int temp_file_open(sqlite3 *db, sqlite3_file **file);

/* Of any length. Return SQLITE_OK or SQLite's error code; SQLITE_IOERR_SHORT_READ: so much has not been written there. */
int temp_file_write(sqlite3_file *file, const void *bytes, size_t length, sqlite3_int64 at);
int temp_file_read(sqlite3_file *file, void *bytes, size_t length, sqlite3_int64 at);

/* Accepts NULL. */
void temp_file_close(sqlite3_file *file);

#endif
