/* The write journal; see write_journal.h. */
#include "write/write_journal.h"

#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "rest/url.h"

enum {
    JOURNAL_BUSY_MS = 5000,
    JOURNAL_NAP_MS = 20,
    JOURNAL_GRACE_MS = 300 /* for all outcomes together that are yet to be written down when an interrupt has come */
};

static void journal_problem(const write_journal *journal, error *problem) {
    if (journal->stopped) {
        error_set(problem, SQLITE_INTERRUPT, "interrupted");
    }
    error_set(problem, SQLITE_ERROR, "the write journal: %s: nothing is sent without it (setting write_journal)",
              journal->db ? sqlite3_errmsg(journal->db) : "out of memory");
}

static void journal_run(write_journal *journal, const char *format, const char *table, error *problem) {
    char *sql = error_is_set(problem) ? NULL : sqlite3_mprintf(format, table);
    if (sql && sqlite3_exec(journal->db, sql, NULL, NULL, NULL) != SQLITE_OK) {
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

/*
** Another connection has the journal locked. An interrupt ends the wait for what is to be written before a call is sent; an
** outcome gets its little while, or the journal would go on calling unknown what is known.
*/
static int journal_wait(void *context, int times) {
    write_journal *journal = context;
    int64_t now = clock_monotonic_ms();
    if (times == 0) {
        journal->waits_since_ms = now;
    }
    if (!journal->stopped && probe_is_stopped(&journal->asking, journal->main_db)) {
        journal->stopped = true;
        journal->stopped_ms = now;
    }
    bool enough = journal->stopped ? !journal->ends || now - journal->stopped_ms >= JOURNAL_GRACE_MS
                                   : now - journal->waits_since_ms >= JOURNAL_BUSY_MS;
    if (!enough) {
        sqlite3_sleep(JOURNAL_NAP_MS);
    }
    return !enough;
}

static void journal_connect(write_journal *journal, const char *file, error *problem) {
    /* SQLite cannot open anything after a file that is not there, and leaks memory over that. */
    if (access(file, F_OK) != 0) {
        error_set(problem, SQLITE_ERROR, "the write journal: the main database's file is gone: nothing is sent");
        return;
    }
    char *name = journal_name(file, problem);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI;
    if (name && sqlite3_open_v2(name, &journal->db, flags, NULL) != SQLITE_OK) {
        journal_problem(journal, problem);
    } else if (name) {
        sqlite3_busy_handler(journal->db, journal_wait, journal);
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

void write_journal_open(write_journal *journal, sqlite3 *main_db, const char *table, error *problem) {
    const char *file = sqlite3_db_filename(main_db, "main");
    journal->main_db = main_db;
    journal->stopped = journal->ends = false;
    if (!table || journal->db || error_is_set(problem)) {
        return;
    }
    if (!file || !*file) {
        error_set(problem, SQLITE_ERROR, "write_journal: the main database has no file to keep a journal beside");
        return;
    }
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
                                   "VALUES (strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ'), 'sending', ?, ?, ?, ?, ?, ?)",
                                   table, problem);
    journal->mark = journal_prepare(journal, "UPDATE \"%w\" SET state = ?, sid = ?, status = ?, error = ? WHERE id = ?",
                                    table, problem);
    if (error_is_set(problem)) {
        write_journal_close(journal);
    }
}

static void journal_text(sqlite3_stmt *statement, int position, const char *text) {
    sqlite3_bind_text(statement, position, text, -1, SQLITE_TRANSIENT);
}

/* Each step is a transaction of its own, so durable when it returns. */
static void journal_step(write_journal *journal, sqlite3_stmt *statement, error *problem) {
    sqlite3_step(statement);
    if (sqlite3_reset(statement) != SQLITE_OK || journal->stopped) {
        journal_problem(journal, problem);
    }
    sqlite3_clear_bindings(statement);
}

void write_journal_before(write_journal *journal, write_entry *entry, error *problem) {
    if (!journal->db || error_is_set(problem)) {
        return;
    }
    journal_text(journal->put, 1, entry->resource->name);
    journal_text(journal->put, 2, entry->operation == WRITE_DELETE ? "DELETE" : "POST");
    journal_text(journal->put, 3, entry->path);
    journal_text(journal->put, 4, entry->shown_body ? entry->shown_body : entry->body);
    journal_text(journal->put, 5, entry->sid);
    journal_text(journal->put, 6, entry->profile);
    journal_step(journal, journal->put, problem);
    if (!error_is_set(problem)) {
        entry->journal_id = sqlite3_last_insert_rowid(journal->db);
    }
}

void write_journal_after(write_journal *journal, const write_entry *entry, error *problem) {
    if (!journal->db || entry->journal_id == 0) {
        return;
    }
    /* What is taken back before it was sent makes the transaction fail. */
    write_state state = entry->state == WRITE_PENDING ? WRITE_ROLLED_BACK : entry->state;
    journal_text(journal->mark, 1, write_queue_state_text(state));
    journal_text(journal->mark, 2, entry->sid);
    if (entry->status > 0) {
        sqlite3_bind_int(journal->mark, 3, entry->status);
    }
    journal_text(journal->mark, 4, entry->error);
    sqlite3_bind_int64(journal->mark, 5, entry->journal_id);
    journal->ends = true;
    journal_step(journal, journal->mark, problem);
    journal->ends = false;
}

void write_journal_close(write_journal *journal) {
    sqlite3_finalize(journal->put);
    sqlite3_finalize(journal->mark);
    sqlite3_close_v2(journal->db);
    memset(journal, 0, sizeof *journal);
}
