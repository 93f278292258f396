/* A file without a name; see temp_file.h. */
#include "base/temp_file.h"

#include <string.h>

enum {
    TEMP_FILE_PIECE = 1 << 16
}; /* read or written at once, as SQLite itself does: its unix VFS takes lengths modulo 128 KiB */

static sqlite3_vfs *temp_file_vfs(sqlite3 *db) {
    sqlite3_vfs *vfs = NULL;
    if (!db || sqlite3_file_control(db, "main", SQLITE_FCNTL_VFS_POINTER, &vfs) != SQLITE_OK || !vfs) {
        vfs = sqlite3_vfs_find(NULL);
    }
    return vfs;
}

int temp_file_open(sqlite3 *db, sqlite3_file **file) {
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE | SQLITE_OPEN_DELETEONCLOSE |
                SQLITE_OPEN_TEMP_DB;
    sqlite3_vfs *vfs = temp_file_vfs(db);
    sqlite3_file *made = vfs ? sqlite3_malloc64((sqlite3_uint64)vfs->szOsFile) : NULL;
    *file = NULL;
    if (!made) {
        return SQLITE_NOMEM;
    }
    memset(made, 0, (size_t)vfs->szOsFile);
    int rc = vfs->xOpen(vfs, NULL, made, flags, &flags);
    if (rc == SQLITE_OK) {
        *file = made;
    } else {
        temp_file_close(made);
    }
    return rc;
}

int temp_file_write(sqlite3_file *file, const void *bytes, size_t length, sqlite3_int64 at) {
    int rc = SQLITE_OK;
    for (size_t done = 0; rc == SQLITE_OK && done < length;) {
        int piece = length - done < TEMP_FILE_PIECE ? (int)(length - done) : TEMP_FILE_PIECE;
        rc = file->pMethods->xWrite(file, (const char *)bytes + done, piece, at + (sqlite3_int64)done);
        done += (size_t)piece;
    }
    return rc;
}

int temp_file_read(sqlite3_file *file, void *bytes, size_t length, sqlite3_int64 at) {
    int rc = SQLITE_OK;
    for (size_t done = 0; rc == SQLITE_OK && done < length;) {
        int piece = length - done < TEMP_FILE_PIECE ? (int)(length - done) : TEMP_FILE_PIECE;
        rc = file->pMethods->xRead(file, (char *)bytes + done, piece, at + (sqlite3_int64)done);
        done += (size_t)piece;
    }
    return rc;
}

void temp_file_close(sqlite3_file *file) {
    if (file && file->pMethods) { /* else it was never open */
        file->pMethods->xClose(file);
    }
    sqlite3_free(file);
}
