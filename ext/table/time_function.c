/*
** chat_time(...); see time_function.h.
**
** The arguments are those of datetime(): its own code reads them, whatever this version of SQLite knows, and what it gives
** is written as the API writes it. A function cannot call another one but through a statement, and that runs on a private
** connection, opened when first needed: so it meets no authorizer, trace or progress handler of the host, does not
** count as one of the host's open statements, and does not keep its connection from closing.
**
** "now" is the matter. SQLite stops its clock for a statement, where no other function can see it; one that datetime()
** reads on another connection has gone on. So that connection has a clock of ours, a VFS that does nothing else: it shows
** the time of the run of the calling statement, read once from the clock that SQLite reads there (the VFS's of the host).
** What the caller wrote goes to datetime() as it is, "now" too: a text with the time in place of it would be another thing
** to 'utc', 'localtime', 'auto' and 'unixepoch', and not the same one in each version.
** Within a run chat_time('now') is one and the same, from the first row to the last. The one of datetime('now') is read
** apart, a moment before or after, and may be of another second; chat_time(datetime('now')) is that one exactly.
** The run's time is kept as auxiliary data with a negative number, which belongs to the run and not to a place in it. That is
** what SQLite's JSON functions have their cache in; it is not documented. Should it go away, the time is read for each
** call, as other functions do. A trigger's program has auxiliary data of its own: there each firing has its time.
**
** Not deterministic, though datetime() is. What makes SQLite call that so is a check, when it runs, that "now" and time zones
** do not come into an index or a generated column; no other function can tell that it stands there. Called deterministic,
** chat_time('now') would make an index that is wrong from the next second on. Where it is refused strftime() does as
** well: strftime('%Y-%m-%dT%H:%M:%SZ', x).
** What has only constant arguments is therefore asked for again with each row: the answer is kept with the arguments.
**
** Fractions of seconds are left out, also with 'subsec': the API has none, and "10.5Z" would come before "10Z".
*/
#include "table/time_function.h"

#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "table/time_clock.h"

enum {
    TIME_OF_RUN = -1667785076, /* the number of the auxiliary data: any that nobody else has */
    TIME_KEPT_STATEMENTS = 5,  /* datetime() of less arguments than this */
    TIME_TEXT_SIZE = 64,       /* a year may have a sign */
    TIME_SQL_MAX = 100000      /* SQLite takes a thousand arguments at most */
};

static const int64_t TIME_JULIAN_1970 = 210866760000000; /* milliseconds from SQLite's zero to 1970 */

typedef struct time_function {
    time_clock clock;
    sqlite3 *db; /* private; NULL until needed */
    sqlite3_stmt *kept[TIME_KEPT_STATEMENTS];
    sqlite3_context *calling; /* the call that datetime() is run for; NULL: none */
    bool no_memory;           /* for the time of its run */
} time_function;

static void time_function_free(void *context) {
    time_function *self = context;
    for (int i = 0; i < TIME_KEPT_STATEMENTS; i++) {
        sqlite3_finalize(self->kept[i]);
    }
    sqlite3_close(self->db);
    sqlite3_free(self);
}

/* --- now ---------------------------------------------------------------------------------------------------------- */

/* By the clock that the host's connection reads: as SQLite asks its VFS for it. */
static int time_read_clock(sqlite3 *host, sqlite3_int64 *julian_ms) {
    sqlite3_vfs *vfs = NULL;
    if (host && sqlite3_file_control(host, "main", SQLITE_FCNTL_VFS_POINTER, &vfs) == SQLITE_OK && vfs) {
        return time_clock_ask(vfs, julian_ms);
    }
    *julian_ms = clock_wall_ms() + TIME_JULIAN_1970;
    return SQLITE_OK;
}

/* What the private connection's clock shows: the time of this run of the calling statement. */
static int time_of_run(void *function, sqlite3_int64 *julian_ms) {
    time_function *self = function;
    if (!self->calling) {
        return time_read_clock(NULL, julian_ms);
    }
    const sqlite3_int64 *kept = sqlite3_get_auxdata(self->calling, TIME_OF_RUN);
    if (kept) {
        *julian_ms = *kept;
        return SQLITE_OK;
    }
    int rc = time_read_clock(sqlite3_context_db_handle(self->calling), julian_ms);
    sqlite3_int64 *copy = rc == SQLITE_OK ? sqlite3_malloc(sizeof *copy) : NULL;
    self->no_memory = rc == SQLITE_OK && !copy;
    if (copy) {
        *copy = *julian_ms;
        sqlite3_set_auxdata(self->calling, TIME_OF_RUN, copy, sqlite3_free); /* frees it if memory runs out */
    }
    return self->no_memory ? SQLITE_NOMEM : rc;
}

/* --- what datetime() says ----------------------------------------------------------------------------------------- */

/* Prepares "SELECT datetime(?,?,...)". */
static int time_prepare(time_function *self, int argc, sqlite3_stmt **statement) {
    buffer sql;
    buffer_init(&sql, TIME_SQL_MAX);
    buffer_text(&sql, "SELECT datetime(");
    for (int i = 0; i < argc; i++) {
        buffer_text(&sql, i ? ",?" : "?");
    }
    buffer_text(&sql, ")");
    char *text = buffer_take(&sql);
    int rc = text ? sqlite3_prepare_v2(self->db, text, -1, statement, NULL) : SQLITE_NOMEM;
    sqlite3_free(text);
    return rc;
}

/* The statement for so many arguments; those of many are not kept. */
static int time_statement(time_function *self, int argc, sqlite3_stmt **statement) {
    int rc = self->db ? SQLITE_OK : time_clock_open(&self->clock, &self->db);
    *statement = argc < TIME_KEPT_STATEMENTS ? self->kept[argc] : NULL;
    if (rc == SQLITE_OK && !*statement) {
        rc = time_prepare(self, argc, statement);
        if (rc == SQLITE_OK && argc < TIME_KEPT_STATEMENTS) {
            self->kept[argc] = *statement;
        }
    }
    return rc;
}

static void time_release_statement(int argc, sqlite3_stmt *statement) {
    if (!statement) {
        return;
    }
    if (argc < TIME_KEPT_STATEMENTS) {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
    } else {
        sqlite3_finalize(statement);
    }
}

/* Copies "2026-01-31 08:09:10.5" as "2026-01-31T08:09:10Z". */
static void time_write(const char *from, char *text) {
    const char *blank = strchr(from, ' ');
    int day = blank ? (int)(blank - from) : 0;
    *text = 0;
    if (blank) {
        sqlite3_snprintf(TIME_TEXT_SIZE, text, "%.*sT%.8sZ", day, from, blank + 1);
    }
}

/* One step of it, for a call. text: empty if it says NULL. */
static int time_step(time_function *self, sqlite3_context *context, sqlite3_stmt *statement, char *text) {
    self->calling = context;
    self->no_memory = false;
    int rc = sqlite3_step(statement);
    self->calling = NULL;
    if (rc != SQLITE_ROW || self->no_memory) {
        return self->no_memory ? SQLITE_NOMEM : rc;
    }
    const char *found = (const char *)sqlite3_column_text(statement, 0);
    if (found) {
        time_write(found, text);
    }
    return !found && sqlite3_column_type(statement, 0) != SQLITE_NULL ? SQLITE_NOMEM : SQLITE_OK;
}

/* Runs datetime() over the arguments, or datetime('now') without any. text: empty if it says NULL. */
static int time_run(time_function *self, sqlite3_context *context, int argc, sqlite3_value **argv, char *text) {
    sqlite3_stmt *statement;
    int count = argc > 0 ? argc : 1;
    int rc = time_statement(self, count, &statement);
    if (rc == SQLITE_OK && argc == 0) {
        rc = sqlite3_bind_text(statement, 1, "now", -1, SQLITE_STATIC);
    }
    for (int i = 0; i < argc && rc == SQLITE_OK; i++) {
        rc = sqlite3_bind_value(statement, i + 1, argv[i]);
    }
    *text = 0;
    if (rc == SQLITE_OK) {
        rc = time_step(self, context, statement, text);
    }
    time_release_statement(count, statement);
    return rc;
}

static void time_fail(sqlite3_context *context, time_function *self, int rc) {
    if (rc == SQLITE_NOMEM) {
        sqlite3_result_error_nomem(context);
        return;
    }
    char *message = sqlite3_mprintf("chat_time: %s", self->db ? sqlite3_errmsg(self->db) : sqlite3_errstr(rc));
    if (message) {
        sqlite3_result_error(context, message, -1);
        sqlite3_result_error_code(context, rc);
    } else {
        sqlite3_result_error_nomem(context);
    }
    sqlite3_free(message);
}

/* --- the function ------------------------------------------------------------------------------------------------- */

/*
** What this place in the statement gave before, if all its arguments are constant: of the others SQLite drops the auxiliary
** data at once. NULL: nothing is kept.
*/
static const char *time_kept_answer(sqlite3_context *context, int argc) {
    const char *answer = NULL;
    for (int i = argc - 1; i >= 0; i--) {
        answer = sqlite3_get_auxdata(context, i);
        if (!answer) {
            return NULL;
        }
    }
    return answer; /* the first argument's */
}

static void time_keep_answer(sqlite3_context *context, int argc, const char *text) {
    static char marker[] = "constant";
    char *copy = argc > 0 ? sqlite3_malloc(TIME_TEXT_SIZE) : NULL;
    if (!copy) {
        return; /* it is only asked for again */
    }
    strcpy(copy, text);
    sqlite3_set_auxdata(context, 0, copy, sqlite3_free);
    for (int i = 1; i < argc; i++) {
        sqlite3_set_auxdata(context, i, marker, NULL);
    }
}

static void time_answer(sqlite3_context *context, const char *text) {
    if (*text) {
        sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
    } else {
        sqlite3_result_null(context);
    }
}

static void time_function_call(sqlite3_context *context, int argc, sqlite3_value **argv) {
    time_function *self = sqlite3_user_data(context);
    char text[TIME_TEXT_SIZE];
    const char *kept = time_kept_answer(context, argc);
    if (kept) {
        time_answer(context, kept);
        return;
    }
    int rc = time_run(self, context, argc, argv, text);
    if (rc != SQLITE_OK) {
        time_fail(context, self, rc);
        return;
    }
    time_keep_answer(context, argc, text);
    time_answer(context, text);
}

int time_function_register(sqlite3 *db) {
    time_function *self = sqlite3_malloc(sizeof *self);
    if (!self) {
        return SQLITE_NOMEM;
    }
    memset(self, 0, sizeof *self);
    self->clock.read = time_of_run;
    self->clock.context = self;
    /* SQLite frees self, also when this fails. */
    return sqlite3_create_function_v2(db, "chat_time", -1, SQLITE_UTF8 | SQLITE_INNOCUOUS, self, time_function_call,
                                      NULL, NULL, time_function_free);
}
