/* The write journal; see write_journal.h. */
#include "write/write_journal.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "rest/url.h"

enum {
    JOURNAL_NAP_MS = 20,
    JOURNAL_NAPS = 250, /* five seconds; where SQLite can only sleep for whole seconds, it would be minutes: ... */
    JOURNAL_WAIT_MS = 5000,
    JOURNAL_GRACE_MS = 300 /* for all outcomes together that are yet to be written down when an interrupt has come */
};

/* What stands in the column `at`, of milliseconds since 1970; for a format. */
#define JOURNAL_AT(milliseconds) "strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', " milliseconds " / 1000.0, 'unixepoch')"

static void journal_problem(const write_journal *journal, error *problem) {
    if (journal->stopped) {
        error_set(problem, SQLITE_INTERRUPT, "interrupted");
    }
    error_set(problem, SQLITE_ERROR, "the write journal: %s: %s (setting write_journal)",
              journal->db ? sqlite3_errmsg(journal->db) : "out of memory",
              journal->ends    ? "what became of a call is not noted yet, and no further one is sent"
              : journal->begun ? "no further call is sent without it"
                               : "nothing is sent without it");
}

/* Tells of a problem of writing it: an interrupt, or no memory, ends the statement; all else is the journal's own. */
static void journal_tell(error *own, error *trouble, error *problem) {
    error *to = own->rc == SQLITE_ERROR ? trouble : problem;
    if (own->message) {
        error_set(to, own->rc, "%s", own->message);
    } else if (error_is_set(own)) {
        error_no_memory(problem);
    }
    error_clear(own);
}

/*
** Another connection has the journal locked. An interrupt ends the wait for what is to be written before a call is sent; an
** outcome gets its little while, or the journal would go on calling unknown what is known. `times` counts the naps so far.
*/
static int journal_wait(void *context, int times) {
    write_journal *journal = context;
    int64_t now = clock_monotonic_ms();
    if (!journal->stopped && probe_is_stopped(&journal->asking, journal->main_db)) {
        journal->stopped = true;
        journal->stopped_ms = now;
    }
    journal->waited_from_ms = times == 0 ? now : journal->waited_from_ms;
    journal->tired = journal->tired || times >= JOURNAL_NAPS || now - journal->waited_from_ms >= JOURNAL_WAIT_MS;
    journal->gave_up =
        journal->stopped ? !journal->ends || now - journal->stopped_ms >= JOURNAL_GRACE_MS : journal->tired;
    if (!journal->gave_up) {
        sqlite3_sleep(JOURNAL_NAP_MS);
    }
    return !journal->gave_up;
}

/*
** SQLite asks no busy handler where two could wait for each other, as when one gives a new journal its mode while another
** makes its table in there. Neither holds anything once its statement has failed: waits all the same, and tries again.
*/
static int journal_exec(write_journal *journal, const char *sql) {
    int rc = SQLITE_OK, times = 0;
    journal->gave_up = false;
    do {
        rc = sqlite3_exec(journal->db, sql, NULL, NULL, NULL);
    } while (rc == SQLITE_BUSY && !journal->gave_up && journal_wait(journal, times++));
    return rc;
}

static void journal_run(write_journal *journal, const char *format, const char *table, error *problem) {
    char *sql = error_is_set(problem) ? NULL : sqlite3_mprintf(format, table);
    if (sql && journal_exec(journal, sql) != SQLITE_OK) {
        journal_problem(journal, problem);
    } else if (!sql) {
        error_no_memory(problem);
    }
    sqlite3_free(sql);
}

static sqlite3_stmt *journal_prepare(write_journal *journal, const char *format, const char *table, error *problem) {
    sqlite3_stmt *statement = NULL;
    char *sql = error_is_set(problem) ? NULL : sqlite3_mprintf(format, table);
    if (sql && sqlite3_prepare_v2(journal->db, sql, -1, &statement, NULL) != SQLITE_OK) {
        journal_problem(journal, problem);
    } else if (!sql) {
        error_no_memory(problem);
    }
    sqlite3_free(sql);
    return statement;
}

/* ---- its files ---- */

static const char *const journal_suffixes[WRITE_JOURNAL_FILES] = {"", "-wal", "-shm"};

/* Which file is there now, by a journal's name and one of the suffixes. */
static write_journal_file journal_look(const char *name, const char *suffix, error *problem) {
    struct stat found;
    char *path = sqlite3_mprintf("%s%s", name, suffix);
    bool there = path && stat(path, &found) == 0;
    if (!path) {
        error_no_memory(problem);
    }
    sqlite3_free(path);
    return there ? (write_journal_file){true, found.st_size == 0, (uint64_t)found.st_dev, (uint64_t)found.st_ino}
                 : (write_journal_file){0};
}

static void journal_remember(write_journal *journal, error *problem) {
    for (int i = 0; i < WRITE_JOURNAL_FILES && !error_is_set(problem); i++) {
        journal->files[i] = journal_look(sqlite3_db_filename(journal->db, "main"), journal_suffixes[i], problem);
    }
}

/* Is it the same file, which nobody has emptied? Of a -wal that is how SQLite itself ends it. */
static bool journal_is_same(const write_journal_file *was, const write_journal_file *is, bool main) {
    return is->there && is->device == was->device && is->inode == was->inode && (!main || was->empty || !is->empty);
}

static bool journal_is_there(const write_journal *journal, error *problem) {
    bool same = true;
    for (int i = 0; i < WRITE_JOURNAL_FILES && !error_is_set(problem); i++) {
        const write_journal_file *was = &journal->files[i];
        write_journal_file is = journal_look(sqlite3_db_filename(journal->db, "main"), journal_suffixes[i], problem);
        same = same && (!was->there || journal_is_same(was, &is, i == 0));
    }
    return same;
}

/* What is noted gets into the file itself. A reader in the way, or no room: it is in the -wal, as durable. */
static void journal_checkpoint(write_journal *journal) {
    sqlite3_wal_checkpoint_v2(journal->db, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

/* SQLite deletes the -wal of a file that it has to make, be it all that tells of a call; and others may still share the -shm. */
static void journal_check_rest(const char *file, error *problem) {
    write_journal_file files[WRITE_JOURNAL_FILES] = {{0}};
    char *name = sqlite3_mprintf("%s-writes", file);
    if (!name) {
        error_no_memory(problem);
    }
    /* The journal itself last: somebody may be making it, and that before the others. */
    for (int i = WRITE_JOURNAL_FILES - 1; i >= 0 && !error_is_set(problem); i--) {
        files[i] = journal_look(name, journal_suffixes[i], problem);
    }
    if (!error_is_set(problem) && !files[0].there && (files[1].there || files[2].there)) {
        error_set(problem, SQLITE_ERROR,
                  "the write journal: %s is gone, and its -wal or -shm is not: put it back, or take them away: nothing "
                  "is sent (setting write_journal)",
                  name);
    }
    sqlite3_free(name);
}

/* ---- opening it ---- */

/* "file:<main>-writes?modeof=<main>": whoever may not read the database shall not read what was written with it. */
static char *journal_name(const char *file, error *problem) {
    char *escaped = url_escape(file, strlen(file), problem);
    char *name = escaped ? sqlite3_mprintf("file:%s-writes?modeof=%s", escaped, escaped) : NULL;
    if (!name) {
        error_no_memory(problem);
    }
    sqlite3_free(escaped);
    return name;
}

static void journal_connect(write_journal *journal, const char *file, error *problem) {
    /* SQLite cannot open anything after a file that is not there, and leaks memory over that. */
    if (access(file, F_OK) != 0) {
        error_set(problem, SQLITE_ERROR, "the write journal: the main database's file is gone: nothing is sent");
        return;
    }
    journal_check_rest(file, problem);
    char *name = error_is_set(problem) ? NULL : journal_name(file, problem);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI;
    if (name && sqlite3_open_v2(name, &journal->db, flags, NULL) != SQLITE_OK) {
        journal_problem(journal, problem);
    } else if (name) {
        sqlite3_busy_handler(journal->db, journal_wait, journal);
        /* Nobody's trigger in there keeps a call from being noted. */
        sqlite3_db_config(journal->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    }
    sqlite3_free(name);
}

static bool journal_has(const write_journal *journal, const char *columns, const char *table, error *problem) {
    sqlite3_stmt *found = NULL;
    char *sql = error_is_set(problem) ? NULL : sqlite3_mprintf("SELECT %s FROM \"%w\"", columns, table);
    int rc = sql ? sqlite3_prepare_v2(journal->db, sql, -1, &found, NULL) : SQLITE_NOMEM;
    sqlite3_finalize(found);
    sqlite3_free(sql);
    if (rc == SQLITE_NOMEM) {
        error_no_memory(problem);
    }
    return rc == SQLITE_OK;
}

/* A journal begun before accounts had profiles lacks their column. A table that is none is left as it is. */
static void journal_add_profile(write_journal *journal, const char *table, error *problem) {
    if (journal_has(journal, "at, state, sid, error", table, problem) &&
        !journal_has(journal, "profile", table, problem)) {
        journal_run(journal, "ALTER TABLE \"%w\" ADD COLUMN profile TEXT", table, problem);
    }
}

/*
** An open journal whose files are gone is closed. Not opened anew by itself: who has taken it away, with all that it tells, while
** calls are made is to hear of that.
*/
static void journal_check(write_journal *journal, error *problem) {
    if (error_is_set(problem) || journal_is_there(journal, problem) || error_is_set(problem)) {
        return;
    }
    error_set(
        problem, SQLITE_ERROR,
        "the write journal: %s, or its -wal or -shm, was taken away, or emptied, while it was open: nothing is sent; the "
        "next COMMIT takes what is there then, or a new one (setting write_journal)",
        sqlite3_db_filename(journal->db, "main"));
    write_journal_close(journal);
}

static void journal_make(write_journal *journal, const char *file, const char *table, error *problem) {
    journal_connect(journal, file, problem);
    /* So that whoever reads the journal does not keep it from being written. Still durable: synchronous is FULL. */
    journal_run(journal, "PRAGMA journal_mode = wal%s", "", problem);
    journal_run(
        journal,
        "CREATE TABLE IF NOT EXISTS \"%w\"(id INTEGER PRIMARY KEY, at TEXT, state TEXT, table_name TEXT, method TEXT, "
        "path TEXT, body TEXT, sid TEXT, status INTEGER, error TEXT, profile TEXT)",
        table, problem);
    journal_add_profile(journal, table, problem);
    journal->put = journal_prepare(journal,
                                   "INSERT INTO \"%w\"(at, state, table_name, method, path, body, sid, profile) "
                                   "VALUES (" JOURNAL_AT("?7") ", 'sending', ?1, ?2, ?3, ?4, ?5, ?6)",
                                   table, problem);
    /* By its time, too: who empties the table meanwhile has others get the number. */
    journal->mark = journal_prepare(journal,
                                    "UPDATE \"%w\" SET state = ?, sid = ?, status = ?, error = ? WHERE id = ? AND "
                                    "at = " JOURNAL_AT("?6") " AND state = 'sending'",
                                    table, problem);
    if (!error_is_set(problem)) {
        journal_remember(journal, problem);
    }
    if (error_is_set(problem)) {
        write_journal_close(journal);
    }
}

void write_journal_open(write_journal *journal, sqlite3 *main_db, const char *table, error *problem) {
    const char *file = sqlite3_db_filename(main_db, "main");
    journal->main_db = main_db;
    journal->stopped = journal->ends = journal->tired = journal->begun = false;
    if (journal->db) {
        journal_check(journal, problem);
    } else if (table && !error_is_set(problem) && (!file || !*file)) {
        error_set(problem, SQLITE_ERROR, "write_journal: the main database has no file to keep a journal beside");
    } else if (table && !error_is_set(problem)) {
        journal_make(journal, file, table, problem);
    }
}

/* ---- writing it ---- */

static void journal_text(sqlite3_stmt *statement, int position, const char *text) {
    sqlite3_bind_text(statement, position, text, -1, SQLITE_TRANSIENT);
}

/* Each step is a transaction of its own, so durable when it returns; *done then. An interrupt is a problem all the same. */
static void journal_step(write_journal *journal, sqlite3_stmt *statement, bool *done, error *problem) {
    sqlite3_step(statement);
    *done = sqlite3_reset(statement) == SQLITE_OK;
    if (!*done || journal->stopped) {
        journal_problem(journal, problem);
    }
    sqlite3_clear_bindings(statement);
}

static void journal_drop_late(write_journal_late *late) {
    for (size_t i = 0; i < sizeof late->columns / sizeof late->columns[0]; i++) {
        sqlite3_free(late->columns[i]);
    }
    sqlite3_free(late);
}

/* Remembers what could not be written. Out of memory: the row stays "sending", which says that it is not known. */
static void journal_keep(write_journal *journal, const write_entry *entry, const char *const *columns) {
    write_journal_late *late = sqlite3_malloc64(sizeof *late);
    if (!late) {
        return;
    }
    *late = (write_journal_late){.id = entry->journal_id, .at = entry->journal_at, .next = journal->late};
    bool whole = true;
    for (size_t i = 0; i < sizeof late->columns / sizeof late->columns[0]; i++) {
        late->columns[i] = columns[i] ? sqlite3_mprintf("%s", columns[i]) : NULL;
        whole = whole && !late->columns[i] == !columns[i];
    }
    if (whole) {
        journal->late = late;
    } else {
        journal_drop_late(late);
    }
}

static void journal_bind_outcome(write_journal *journal, int64_t id, int64_t at, const char *const *columns) {
    for (int i = 0; i < 4; i++) {
        journal_text(journal->mark, i + 1, columns[i]);
    }
    sqlite3_bind_int64(journal->mark, 5, id);
    sqlite3_bind_int64(journal->mark, 6, at);
}

/* Writes what is late, as far as that can be done at once. */
static void journal_catch_up(write_journal *journal) {
    if (!journal->late) {
        return;
    }
    sqlite3_busy_handler(journal->db, NULL, NULL);
    while (journal->late) {
        write_journal_late *late = journal->late;
        journal_bind_outcome(journal, late->id, late->at, (const char *const *)late->columns);
        sqlite3_step(journal->mark);
        if (sqlite3_reset(journal->mark) != SQLITE_OK) {
            break;
        }
        journal->late = late->next;
        journal_drop_late(late);
    }
    sqlite3_clear_bindings(journal->mark);
    sqlite3_busy_handler(journal->db, journal_wait, journal);
}

void write_journal_before(write_journal *journal, write_entry *entry, error *trouble, error *problem) {
    if (!journal->db || error_is_set(problem)) {
        return;
    }
    error own = {0};
    journal_catch_up(journal);
    journal_text(journal->put, 1, entry->resource->name);
    journal_text(journal->put, 2, entry->operation == WRITE_DELETE ? "DELETE" : "POST");
    journal_text(journal->put, 3, entry->path);
    journal_text(journal->put, 4, entry->shown_body ? entry->shown_body : entry->body);
    journal_text(journal->put, 5, entry->sid);
    journal_text(journal->put, 6, entry->profile);
    entry->journal_at = clock_wall_ms();
    sqlite3_bind_int64(journal->put, 7, entry->journal_at);
    bool done = false;
    journal_step(journal, journal->put, &done, &own);
    if (!error_is_set(&own)) {
        entry->journal_id = sqlite3_last_insert_rowid(journal->db);
        journal->begun = true;
        journal_checkpoint(journal);
    }
    journal_tell(&own, trouble, problem);
}

void write_journal_after(write_journal *journal, const write_entry *entry, error *trouble, error *problem) {
    if (!journal->db || entry->journal_id == 0) {
        return;
    }
    error own = {0};
    /* What is taken back before it was sent makes the transaction fail. */
    write_state state = entry->state == WRITE_PENDING ? WRITE_ROLLED_BACK : entry->state;
    char status[16] = "";
    sqlite3_snprintf(sizeof status, status, "%d", entry->status);
    const char *columns[] = {write_queue_state_text(state), entry->sid, entry->status > 0 ? status : NULL,
                             entry->error};
    bool noted = false;
    journal_catch_up(journal);
    journal_bind_outcome(journal, entry->journal_id, entry->journal_at, columns);
    journal->ends = true;
    journal_step(journal, journal->mark, &noted, &own);
    journal->ends = false;
    journal_tell(&own, trouble, problem);
    if (!noted) {
        journal_keep(journal, entry, columns);
    }
}

void write_journal_close(write_journal *journal) {
    if (journal->mark) {
        journal_catch_up(journal);
        journal_checkpoint(journal); /* SQLite itself does not, where the file has another name by now */
    }
    while (journal->late) {
        write_journal_late *next = journal->late->next;
        journal_drop_late(journal->late);
        journal->late = next;
    }
    sqlite3_finalize(journal->put);
    sqlite3_finalize(journal->mark);
    sqlite3_close_v2(journal->db);
    memset(journal, 0, sizeof *journal);
}
