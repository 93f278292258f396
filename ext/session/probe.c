/*
** Whether the host wants a waiting statement to stop; see probe.h.
**
** The interrupt flag cannot be read before SQLite 3.41, but sqlite3_prepare looks at it, in all versions. What is only
** prepared and never run does not show in sqlite3_trace.
**
** A progress handler runs in SQLite's own loop, every so many operations. Since 3.41 sqlite3_prepare calls it too: most
** densely while it gives columns of one name other names, five calls' worth for each column. Before, a statement must be
** run for it, which sqlite3_trace sees: so it says in its text what it is, and does not come more often than needed.
**
** How many operations lie between two calls of the handler is the host's choice, usually some thousands. So a small probe
** comes often, one for 20000 seldom, and one that takes more than 100000 rarely: that is some 30 milliseconds of work since
** 3.41, in which no answer is taken in. Before, it is two.
** Neither calls a function nor is recursive: an authorizer may deny that.
*/
#include "session/probe.h"

#include "base/buffer.h"
#include "base/clock.h"

enum {
    PROBE_PREPARE_ASKS = 3041000, /* SQLite's version */
    PROBE_NOT_LOGGED = 3048000,   /* the version that has SQLITE_PREPARE_DONT_LOG */
    PROBE_EVERY_MS = 5,           /* answers come faster than that, and each has its look */
    PROBE_PAUSE_MS = 1000,        /* not asked for so long: another wait */
    PROBE_RUN_MS = 400,
    PROBE_OFTEN_MS = 200,
    PROBE_SELDOM_MS = 800,
    PROBE_RARELY_MS = 3000,
    PROBE_COLUMNS = 450,     /* of a list: some 2200 operations */
    PROBE_SELDOM_LISTS = 9,  /* tables of a join ... */
    PROBE_RARELY_LISTS = 48, /* ... of which SQLite takes 64 */
    PROBE_TEXT_MAX = 100000
};

#define PROBE_SIXTEEN "(VALUES (1),(1),(1),(1),(1),(1),(1),(1),(1),(1),(1),(1),(1),(1),(1),(1))"
static const char probe_run_text[] = /* 4 x 16 x 16 x 16 rows */
    "/* sqlite-chat: a progress handler's turn while a statement waits */ "
    "SELECT 1 FROM (VALUES (1),(1),(1),(1)) AS a, " PROBE_SIXTEEN " AS b, " PROBE_SIXTEEN " AS c, " PROBE_SIXTEEN
    " AS d WHERE a.column1 + b.column1 + c.column1 + d.column1 < 0";

static sqlite3_stmt *probe_prepare(sqlite3 *db, const char *text, bool *stopped) {
    enum { DONT_LOG = 0x10 };
    unsigned flags = sqlite3_libversion_number() >= PROBE_NOT_LOGGED ? DONT_LOG : 0;
    sqlite3_stmt *made = NULL;
    *stopped = sqlite3_prepare_v3(db, text, -1, flags, &made, NULL) == SQLITE_INTERRUPT;
    return made;
}

static bool probe_by_preparing(sqlite3 *db, const char *text) {
    bool stopped = false;
    sqlite3_finalize(probe_prepare(db, text, &stopped));
    return stopped;
}

/* "SELECT 1 FROM (SELECT 1,1,1, ...),(SELECT 1,1,1, ...), ..." */
static bool probe_by_names(sqlite3 *db, int lists) {
    buffer text;
    buffer_init(&text, PROBE_TEXT_MAX);
    buffer_text(&text, "SELECT 1 FROM ");
    for (int list = 0; list < lists; list++) {
        buffer_text(&text, list ? ",(SELECT 1" : "(SELECT 1");
        for (int column = 1; column < PROBE_COLUMNS; column++) {
            buffer_text(&text, ",1");
        }
        buffer_text(&text, ")");
    }
    /* A host may allow fewer columns or tables: no error of ours shall stand in its log. */
    bool allowed = text.data && sqlite3_limit(db, SQLITE_LIMIT_COLUMN, -1) >= PROBE_COLUMNS &&
                   sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, -1) > (int)text.length;
    bool stopped = allowed && probe_by_preparing(db, text.data);
    buffer_clear(&text);
    return stopped;
}

static bool probe_by_running(sqlite3 *db) {
    bool stopped = false;
    sqlite3_stmt *made = probe_prepare(db, probe_run_text, &stopped);
    stopped = stopped || (made && sqlite3_step(made) == SQLITE_INTERRUPT);
    sqlite3_finalize(made); /* not kept, since an open statement would keep sqlite3_close from closing */
    return stopped;
}

/* How much it is time for, by numbers of lists. */
static int probe_due(probe *self, int64_t now) {
    if (now - self->often_ms < PROBE_OFTEN_MS) {
        return 0;
    }
    self->often_ms = now;
    if (now - self->seldom_ms < PROBE_SELDOM_MS) {
        return 1;
    }
    self->seldom_ms = now;
    if (now - self->rarely_ms < PROBE_RARELY_MS) {
        return PROBE_SELDOM_LISTS;
    }
    self->rarely_ms = now;
    return PROBE_RARELY_LISTS;
}

static bool probe_is_time_to_run(probe *self, int64_t now) {
    bool due = now - self->often_ms >= PROBE_RUN_MS;
    self->often_ms = due ? now : self->often_ms;
    return due;
}

bool probe_is_stopped(probe *self, sqlite3 *db) {
    int64_t now = clock_monotonic_ms();
    if (now - self->asked_ms < PROBE_EVERY_MS) {
        return false;
    }
    if (now - self->asked_ms > PROBE_PAUSE_MS) {
        self->often_ms = self->seldom_ms = self->rarely_ms = now;
    }
    self->asked_ms = now;
    if (sqlite3_libversion_number() < PROBE_PREPARE_ASKS) {
        return probe_is_time_to_run(self, now) ? probe_by_running(db) : probe_by_preparing(db, "SELECT 1");
    }
    int lists = probe_due(self, now);
    return lists > 0 ? probe_by_names(db, lists) : probe_by_preparing(db, "SELECT 1");
}
