/* Texts of calls in a temporary file; see write_spill.h. */
#include "write/write_spill.h"

#include <string.h>

/* What stands in the file, in the order of its columns. */
enum { SPILL_PATH, SPILL_BODY, SPILL_REPLACE_PATH, SPILL_REPLACE_BODY, SPILL_SID, SPILL_ERROR, SPILL_TEXTS };

/*
** Never SQLite's own code: SQLITE_FULL or SQLITE_IOERR out of a virtual table would make it roll back the whole transaction,
** where the statement is enough.
*/
static void write_spill_problem(const write_spill *spill, error *problem) {
    int rc = spill->db ? sqlite3_errcode(spill->db) : SQLITE_NOMEM;
    if (rc == SQLITE_NOMEM) {
        error_no_memory(problem);
        return;
    }
    error_set(
        problem, SQLITE_ERROR,
        "the writes of this transaction take more than memory_limit_mb, and the temporary file for the rest fails: "
        "%s: raise it, or make room (SQLITE_TMPDIR says where)",
        sqlite3_errmsg(spill->db));
}

static void write_spill_check(const write_spill *spill, int rc, error *problem) {
    if (rc != SQLITE_OK) {
        write_spill_problem(spill, problem);
    }
}

/* Its journal is in memory: a row at a time is small, and what is there outlives one that cannot be written. */
static void write_spill_open(write_spill *spill, error *problem) {
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int rc = sqlite3_open_v2("", &spill->db, flags, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_exec(
            spill->db,
            "PRAGMA journal_mode = memory; PRAGMA synchronous = off; PRAGMA cache_size = -500;"
            "CREATE TABLE texts(seq INTEGER PRIMARY KEY, path, body, replace_path, replace_body, sid, error)",
            NULL, NULL, NULL);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_prepare_v2(spill->db, "INSERT OR REPLACE INTO texts VALUES (?7, ?1, ?2, ?3, ?4, ?5, ?6)", -1,
                                &spill->put, NULL);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_prepare_v2(spill->db,
                                "SELECT path, body, replace_path, replace_body, sid, error FROM texts WHERE seq = ?1",
                                -1, &spill->get, NULL);
    }
    if (rc != SQLITE_OK) {
        write_spill_problem(spill, problem);
        write_spill_close(spill);
    }
}

void write_spill_put(write_spill *spill, const write_entry *entry, error *problem) {
    const char *const texts[SPILL_TEXTS] = {entry->path,         entry->body, entry->replace_path,
                                            entry->replace_body, entry->sid,  entry->error};
    if (!spill->db && !error_is_set(problem)) {
        write_spill_open(spill, problem);
    }
    if (error_is_set(problem)) {
        return;
    }
    for (int i = 0; i < SPILL_TEXTS; i++) {
        sqlite3_bind_text(spill->put, i + 1, texts[i], -1, SQLITE_STATIC); /* of our own memory: it cannot fail */
    }
    sqlite3_bind_int64(spill->put, SPILL_TEXTS + 1, entry->seq);
    sqlite3_step(spill->put);
    write_spill_check(spill, sqlite3_reset(spill->put), problem);
    sqlite3_clear_bindings(spill->put);
}

static void write_spill_take(sqlite3_stmt *row, int column, char **target, error *problem) {
    bool there = !*target && sqlite3_column_type(row, column) != SQLITE_NULL;
    const char *text = there ? (const char *)sqlite3_column_text(row, column) : NULL;
    if (there) {
        *target = text ? sqlite3_mprintf("%s", text) : NULL;
        if (!*target) {
            error_no_memory(problem);
        }
    }
}

void write_spill_get(write_spill *spill, write_entry *entry, error *problem) {
    char **const targets[SPILL_TEXTS] = {&entry->path,         &entry->body, &entry->replace_path,
                                         &entry->replace_body, &entry->sid,  &entry->error};
    if (error_is_set(problem)) {
        return;
    }
    sqlite3_bind_int64(spill->get, 1, entry->seq);
    bool found = sqlite3_step(spill->get) == SQLITE_ROW;
    for (int i = 0; i < SPILL_TEXTS && found; i++) {
        write_spill_take(spill->get, i, targets[i], problem);
    }
    int rc = sqlite3_reset(spill->get);
    if (!error_is_set(problem) && !found) {
        write_spill_check(spill, rc ? rc : SQLITE_CORRUPT, problem);
    }
}

void write_spill_close(write_spill *spill) {
    sqlite3_finalize(spill->put);
    sqlite3_finalize(spill->get);
    sqlite3_close_v2(spill->db);
    memset(spill, 0, sizeof *spill);
}
