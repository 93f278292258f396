/* A private connection with a clock of ours; see time_clock.h. */
#include "table/time_clock.h"

#include <string.h>

static const double TIME_CLOCK_DAY_MS = 86400000.0;

int time_clock_ask(sqlite3_vfs *vfs, sqlite3_int64 *julian_ms) {
    double days = 0;
    if (vfs->iVersion >= 2 && vfs->xCurrentTimeInt64) {
        return vfs->xCurrentTimeInt64(vfs, julian_ms);
    }
    int rc = vfs->xCurrentTime(vfs, &days);
    *julian_ms = (sqlite3_int64)(days * TIME_CLOCK_DAY_MS);
    return rc;
}

/* ---- ours ---- */

static int time_clock_time(sqlite3_vfs *vfs, sqlite3_int64 *julian_ms) {
    const time_clock *clock = (const time_clock *)vfs;
    return clock->read(clock->context, julian_ms);
}

static int time_clock_days(sqlite3_vfs *vfs, double *days) {
    sqlite3_int64 julian_ms = 0;
    int rc = time_clock_time(vfs, &julian_ms);
    *days = (double)julian_ms / TIME_CLOCK_DAY_MS;
    return rc;
}

/* ---- the default one's: a connection in memory asks for next to nothing of it, but an automatic extension may ---- */

static sqlite3_vfs *time_clock_default(const sqlite3_vfs *vfs) {
    return vfs->pAppData;
}

static int time_clock_open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *given) {
    return time_clock_default(vfs)->xOpen(time_clock_default(vfs), name, file, flags, given);
}

static int time_clock_delete(sqlite3_vfs *vfs, const char *name, int synchronize) {
    return time_clock_default(vfs)->xDelete(time_clock_default(vfs), name, synchronize);
}

static int time_clock_access(sqlite3_vfs *vfs, const char *name, int flags, int *result) {
    return time_clock_default(vfs)->xAccess(time_clock_default(vfs), name, flags, result);
}

static int time_clock_full_path(sqlite3_vfs *vfs, const char *name, int size, char *path) {
    return time_clock_default(vfs)->xFullPathname(time_clock_default(vfs), name, size, path);
}

static void *time_clock_library_open(sqlite3_vfs *vfs, const char *name) {
    return time_clock_default(vfs)->xDlOpen(time_clock_default(vfs), name);
}

static void time_clock_library_error(sqlite3_vfs *vfs, int size, char *message) {
    time_clock_default(vfs)->xDlError(time_clock_default(vfs), size, message);
}

static void (*time_clock_library_symbol(sqlite3_vfs *vfs, void *library, const char *name))(void) {
    return time_clock_default(vfs)->xDlSym(time_clock_default(vfs), library, name);
}

static void time_clock_library_close(sqlite3_vfs *vfs, void *library) {
    time_clock_default(vfs)->xDlClose(time_clock_default(vfs), library);
}

static int time_clock_randomness(sqlite3_vfs *vfs, int size, char *bytes) {
    return time_clock_default(vfs)->xRandomness(time_clock_default(vfs), size, bytes);
}

static int time_clock_sleep(sqlite3_vfs *vfs, int microseconds) {
    return time_clock_default(vfs)->xSleep(time_clock_default(vfs), microseconds);
}

static int time_clock_last_error(sqlite3_vfs *vfs, int size, char *message) {
    return time_clock_default(vfs)->xGetLastError
               ? time_clock_default(vfs)->xGetLastError(time_clock_default(vfs), size, message)
               : 0;
}

static const sqlite3_vfs time_clock_methods = {.iVersion = 2,
                                               .xOpen = time_clock_open_file,
                                               .xDelete = time_clock_delete,
                                               .xAccess = time_clock_access,
                                               .xFullPathname = time_clock_full_path,
                                               .xDlOpen = time_clock_library_open,
                                               .xDlError = time_clock_library_error,
                                               .xDlSym = time_clock_library_symbol,
                                               .xDlClose = time_clock_library_close,
                                               .xRandomness = time_clock_randomness,
                                               .xSleep = time_clock_sleep,
                                               .xCurrentTime = time_clock_days,
                                               .xGetLastError = time_clock_last_error,
                                               .xCurrentTimeInt64 = time_clock_time};

int time_clock_open(time_clock *clock, sqlite3 **db) {
    enum {
        FLAGS = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX |
                SQLITE_OPEN_PRIVATECACHE
    };
    sqlite3_vfs *other = sqlite3_vfs_find(NULL);
    *db = NULL;
    if (!other) {
        return SQLITE_ERROR;
    }
    sqlite3_snprintf(TIME_CLOCK_NAME_SIZE, clock->name, "chat-time-%p", (void *)clock);
    clock->vfs = time_clock_methods;
    clock->vfs.zName = clock->name;
    clock->vfs.szOsFile = other->szOsFile;
    clock->vfs.mxPathname = other->mxPathname;
    clock->vfs.pAppData = other;
    int rc = sqlite3_vfs_register(&clock->vfs, 0);
    if (rc == SQLITE_OK) {
        rc = sqlite3_open_v2(":memory:", db, FLAGS, clock->name);
        sqlite3_vfs_unregister(&clock->vfs);
    }
    if (rc != SQLITE_OK) {
        sqlite3_close(*db);
        *db = NULL;
    }
    return rc;
}
