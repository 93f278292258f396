/* The writing methods of the resource module; see resource_write.h. */
#include "table/resource_write.h"

#include <string.h>

#include "base/sql_token.h"
#include "read/reading.h"
#include "read/shown.h"
#include "session/statement.h"
#include "table/limits.h"
#include "table/small_snapshot.h"
#include "table/triggers.h"
#include "table/write_target.h"
#include "write/write_row.h"
#include "write/write_send.h"
#include "write/writing.h"

/* ---- transactions ---- */

/* The table is out of the transaction; with the last one the queue is history. */
static void resource_leave(resource_table *table) {
    connection *shared = table->shared;
    sqlite3_free(table->marks);
    table->marks = NULL;
    table->mark_count = 0;
    if (table->in_transaction) {
        table->in_transaction = false;
        writing_of(shared)->tables--;
    }
    if (writing_of(shared)->tables == 0) {
        reading_forget_located(shared->root);
        reading_end_allowance(shared->root);
        write_queue_finish(&writing_of(shared)->queue);
    }
}

int resource_write_begin(sqlite3_vtab *vtab) {
    resource_table *table = (resource_table *)vtab;
    if (!table->in_transaction) {
        bool alone = writing_of(table->shared)->tables == 0 && sqlite3_get_autocommit(table->shared->db);
        if (alone && reading_begin_allowance(table->shared->root) != SQLITE_OK) {
            return SQLITE_NOMEM;
        }
        table->in_transaction = true;
        writing_of(table->shared)->tables++;
    }
    return SQLITE_OK;
}

bool resource_write_may_drop(const resource_table *table) {
    return !table->in_transaction || !write_queue_holds(&writing_of(table->shared)->queue, table);
}

void resource_write_abandon(resource_table *table) {
    if (table->in_transaction) {
        write_queue_roll_back(&writing_of(table->shared)->queue, table, 0);
        resource_leave(table);
    }
}

/*
** Called by the first table of the transaction for all; again for the others, and for a COMMIT that was busy: nothing
** is left then.
*/
int resource_write_sync(sqlite3_vtab *vtab) {
    resource_table *table = (resource_table *)vtab;
    error problem = {0};
    if (!writing_of(table->shared)->queue.finished) {
        write_send_pending(table->shared, &problem);
    }
    return error_report(&problem, &vtab->zErrMsg);
}

int resource_write_commit(sqlite3_vtab *vtab) {
    write_failed_end(&writing_of(((resource_table *)vtab)->shared)->failed);
    small_snapshot_end(((resource_table *)vtab)->shared);
    resource_leave((resource_table *)vtab);
    return SQLITE_OK;
}

int resource_write_rollback(sqlite3_vtab *vtab) {
    resource_table *table = (resource_table *)vtab;
    write_aborted_note(&writing_of(table->shared)->aborted, table->shared->db);
    small_snapshot_end(table->shared);
    /* In a ROLLBACK it is not yet autocommit; in a RELEASE that fails it is, and will not be. */
    if (!sqlite3_get_autocommit(table->shared->db)) {
        write_failed_end(&writing_of(table->shared)->failed);
    } else {
        write_failed_note(&writing_of(table->shared)->failed, table->shared->db);
    }
    if (!writing_of(table->shared)->queue.finished) {
        write_queue_roll_back(&writing_of(table->shared)->queue, NULL, 0); /* it concerns all tables */
    }
    resource_leave(table);
    return SQLITE_OK;
}

/*
** Each table keeps its own marks and rolls back its own calls: tables join a transaction at different times. The
** savepoint that opened the transaction has the number -1.
*/
int resource_write_savepoint(sqlite3_vtab *vtab, int savepoint) {
    resource_table *table = (resource_table *)vtab;
    if (savepoint < 0) {
        return SQLITE_OK; /* everything of the transaction comes after it */
    }
    size_t needed = (size_t)savepoint + 1;
    int64_t *marks = sqlite3_realloc64(table->marks, needed * sizeof *marks);
    if (!marks) {
        return SQLITE_NOMEM;
    }
    table->marks = marks;
    int64_t mark = write_queue_mark(&writing_of(table->shared)->queue);
    /* Savepoints that were opened before this table joined: nothing of it lies before here. */
    for (size_t i = table->mark_count; i < needed; i++) {
        marks[i] = mark;
    }
    marks[savepoint] = mark;
    table->mark_count = needed;
    return SQLITE_OK;
}

static void resource_keep_marks(resource_table *table, int count) {
    size_t kept = count > 0 ? (size_t)count : 0;
    table->mark_count = kept < table->mark_count ? kept : table->mark_count;
}

int resource_write_release(sqlite3_vtab *vtab, int savepoint) {
    resource_keep_marks((resource_table *)vtab, savepoint);
    return SQLITE_OK;
}

int resource_write_rollback_to(sqlite3_vtab *vtab, int savepoint) {
    resource_table *table = (resource_table *)vtab;
    bool marked = savepoint >= 0 && (size_t)savepoint < table->mark_count;
    if (marked || savepoint < 0) {
        write_queue_roll_back(&writing_of(table->shared)->queue, table, marked ? table->marks[savepoint] : 0);
        resource_keep_marks(table, savepoint + 1);
    }
    return SQLITE_OK;
}

/* ---- xUpdate ---- */

/*
** A table that CREATE VIRTUAL TABLE has made in the transaction gets no xBegin, and so no xSavepoint and no xRollbackTo for
** savepoints that were open before it: what it would queue could outlive its rollback.
*/
static void resource_check_told(const resource_table *table, error *problem) {
    if (!table->in_transaction && !error_is_set(problem)) {
        error_set(
            problem, SQLITE_ERROR,
            "%s: not written, since the table was made in this transaction, and SQLite does not tell such a table "
            "what is rolled back: COMMIT first",
            table->name);
    }
}

/*
** Does a statement run that keeps the writes of autocommit from being sent at the end of their own statement, and whose end
** many programs do not look at? One that writes and gives rows back (RETURNING) commits when it is reset after them; so
** does a blob handle open for writing, a statement without text, when it is closed. PRAGMA incremental_vacuum gives rows that
** have no column. So does an EXPLAIN of one that writes: for SQLite it is one of those until it is reset.
*/
static bool resource_ends_late(sqlite3_stmt *each) {
    const char *sql = sqlite3_sql(each);
    return !sql || sqlite3_column_count(each) > 0 || sql_token_is(sql_token_first(sql), "PRAGMA");
}

static bool resource_hides_end(sqlite3 *db) {
    bool found = false;
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each && !found; each = sqlite3_next_stmt(db, each)) {
        found = sqlite3_stmt_busy(each) && !sqlite3_stmt_readonly(each) && resource_ends_late(each);
    }
    return found;
}

/*
** RETURNING outside a transaction is refused. SQLite gives the rows first and commits after, so a refusal would come as the
** result of a reset that drivers drop: the program sees a row, and nothing was sent. To send before the first row is no way
** out. SQLite says nothing between the last row written and the first given back, so each call would have to go out on its
** own, before the rows after it are checked; and what was sent would stay sent if RETURNING's own expressions fail.
** Inside BEGIN nothing is lost: the call is queued, and COMMIT tells. Which statement is ours need not be known: as long as
** any such statement runs, the end of ours sends nothing.
*/
static void resource_check_end(const resource_table *table, error *problem) {
    sqlite3 *db = table->shared->db;
    if (!error_is_set(problem) && sqlite3_get_autocommit(db) && resource_hides_end(db)) {
        error_set(
            problem, SQLITE_ERROR,
            "%s: not written: outside a transaction SQLite would tell a refusal only after the rows of RETURNING (or when a "
            "blob is closed, or a PRAGMA or EXPLAIN is read to its end), where programs do not look: use BEGIN and COMMIT, "
            "or leave RETURNING out, which knows no new sid: SELECT sid FROM chat_writes",
            table->name);
    }
}

static void resource_check_writable(const resource_table *table, unsigned version, error *problem) {
    write_aborted_refuse(&writing_of(table->shared)->aborted, table->shared->db, table->name, problem);
    resource_check_told(table, problem);
    resource_check_end(table, problem);
    if (!error_is_set(problem) && write_failed_is_open(&writing_of(table->shared)->failed, table->shared->db)) {
        error_set(problem, SQLITE_ERROR, "%s: not written: the RELEASE of this transaction has failed: ROLLBACK first",
                  table->name);
    }
    triggers_refuse(table->shared->db, table->name, problem);
    resource_vtab_check_version(table, version, problem);
    resource_vtab_prepare(table, problem);
    if (strcmp(settings_text(&table->shared->settings, SETTING_READONLY), "on") == 0) {
        error_set(problem, SQLITE_READONLY, "%s: not written, since the setting readonly is on", table->resource->name);
    }
}

/*
** A queue that outgrows its memory goes to a file: nothing is sent before every row of the statement has been checked, and in
** a transaction before COMMIT. If it cannot be written, the row is not queued: a statement of one row has no savepoint of its
** own to be rolled back to.
*/
static void resource_bound_queue(const resource_table *table, int64_t mark, error *problem) {
    write_queue *queue = &writing_of(table->shared)->queue;
    if (!error_is_set(problem)) {
        write_queue_bound(queue, connection_memory_limit(table->shared), problem);
        if (error_is_set(problem)) {
            write_queue_take_back(queue, mark);
        }
    }
}

/* Does the statement give this value, other than the row's own path? */
static bool resource_is_alias_set(sqlite3_value *value, sqlite3_value *row_path) {
    if (sqlite3_value_type(row_path) == SQLITE_NULL) {
        return sqlite3_value_type(value) != SQLITE_NULL;
    }
    const char *given = (const char *)sqlite3_value_text(value);
    const char *path = (const char *)sqlite3_value_text(row_path);
    return !sqlite3_value_nochange(value) && (!given || !path || strcmp(given, path) != 0);
}

/* The three columns after path are other names of it. */
static void resource_check_aliases(const resource_table *table, int argc, sqlite3_value **argv, error *problem) {
    int end = argc > 1 ? 2 + resource_vtab_shown_column(table->resource) : 0;
    for (int i = 2 + (int)table->resource->column_count + 1; i < end && !error_is_set(problem); i++) {
        if (resource_is_alias_set(argv[i], argv[0])) {
            error_set(problem, SQLITE_ERROR, "%s: rowid stands for path, which the server makes: leave it out",
                      table->resource->name);
        }
    }
}

/* Takes what was shown of the row from the last value. Nobody but scan_shown may have given it. */
static void resource_take_shown(const resource_table *table, bool insert, sqlite3_value **values, write_row *row,
                                error *problem) {
    int column = resource_vtab_shown_column(table->resource);
    if (sqlite3_value_type(values[column]) == SQLITE_BLOB && !insert) {
        row->shown = sqlite3_value_blob(values[column]);
        row->shown_length = (size_t)sqlite3_value_bytes(values[column]);
    }
    if (insert ? sqlite3_value_type(values[column]) != SQLITE_NULL : !shown_is_whole(row->shown, row->shown_length)) {
        error_set(problem, SQLITE_ERROR, "%s." SHOWN_COLUMN " cannot be set: leave it out", table->resource->name);
    }
    /* Where SQLite tells what an UPDATE leaves alone, it does so of a name of path, which nobody may set. */
    row->told = sqlite3_value_nochange(values[table->resource->column_count + 1]);
}

/* What SQLite does not tell stands in the statement, as far as that is known. */
static void resource_take_assigned(const resource_table *table, bool insert, write_row *row, error *problem) {
    writing *self = writing_of(table->shared);
    if (!insert && !row->told && !error_is_set(problem)) {
        row->told = write_assigned_find(&self->assigned, table->shared->db, row->reads, row->beside, problem);
        row->assigned = row->told ? &self->assigned : NULL;
    }
}

/* Does it give back the rows that it writes (RETURNING)? */
static bool resource_gives_rows(sqlite3_stmt *each) {
    return sqlite3_column_count(each) > 0;
}

/* Looked for once in a statement. */
static void resource_refuse_limit(resource_table *table, const write_row *row, error *problem) {
    if (table->whole_reads != row->reads || table->whole_beside != row->beside) {
        limits_refuse(table->shared->db, table->name, "path", problem);
    }
    if (!error_is_set(problem)) {
        table->whole_reads = row->reads;
        table->whole_beside = row->beside;
    }
}

static void resource_write_row(const resource_table *table, int argc, bool insert, const write_row *row,
                               sqlite3_int64 *rowid, error *problem) {
    if (argc == 1) {
        write_row_delete(row, problem);
    } else if (insert) {
        write_row_insert(row, problem);
        *rowid = sqlite3_last_insert_rowid(table->shared->db); /* it would be 0: there are no rowids */
    } else {
        write_row_update(row, problem);
    }
}

/* SQLite gives back every row of a virtual table, those too that OR IGNORE has left out: such a row fails the statement. */
static void resource_refuse_left_out(const resource_table *table, const write_row *row, error *problem) {
    if (problem->rc != SQLITE_CONSTRAINT || row->conflict != SQLITE_IGNORE ||
        !write_target_of_any(table->shared->db, table->name, resource_gives_rows)) {
        return;
    }
    error left_out = *problem;
    *problem = (error){0};
    error_set(problem, SQLITE_ERROR, "%s: OR IGNORE cannot leave out a row whose values RETURNING gives back: %s",
              table->name, left_out.message ? left_out.message : "out of memory");
    error_clear(&left_out);
}

/*
** OR FAIL takes back nothing of its statement: in autocommit what is before this row is sent all the same, and if that fails
** SQLite tells only why. Without memory to keep this for it nothing is sent.
*/
static void resource_tell_kept(const resource_table *table, const write_row *row, error *problem) {
    write_queue *queue = &writing_of(table->shared)->queue;
    bool kept =
        problem->rc == SQLITE_CONSTRAINT && row->conflict == SQLITE_FAIL && write_queue_count(queue, WRITE_PENDING) > 0;
    if (!kept || !problem->message) {
        return;
    }
    bool alone = sqlite3_get_autocommit(table->shared->db) != 0;
    char *message = sqlite3_mprintf("%s; OR FAIL keeps the rows before it (see chat_writes)", problem->message);
    if (!message || (alone && !write_queue_refuse(queue, problem->message))) {
        sqlite3_free(message);
        error_clear(problem);
        error_no_memory(problem);
        return;
    }
    sqlite3_free(problem->message);
    problem->message = message;
}

int resource_write_update(sqlite3_vtab *vtab, int argc, sqlite3_value **argv, sqlite3_int64 *rowid) {
    resource_table *table = (resource_table *)vtab;
    error problem = {0};
    write_row row = {.shared = table->shared,
                     .resource = table->resource,
                     .version = resource_vtab_version(table),
                     .service_sid = resource_vtab_service(table),
                     .owner = table,
                     .conflict = sqlite3_vtab_on_conflict(table->shared->db),
                     .values = argv + 2,
                     .path = (const char *)sqlite3_value_text(argv[0]),
                     .beside = statement_busy_count(table->shared->db),
                     .reads = writing_of(table->shared)->reads};
    bool insert = argc > 1 && sqlite3_value_type(argv[0]) == SQLITE_NULL;
    if (insert) {
        small_snapshot_insert(table->shared, row.beside);
    }
    resource_check_writable(table, row.version, &problem);
    resource_check_aliases(table, argc, argv, &problem);
    if (argc > 1) {
        resource_take_shown(table, insert, argv + 2, &row, &problem);
        resource_take_assigned(table, insert, &row, &problem);
        if (!insert) {
            resource_refuse_limit(table, &row, &problem);
        }
    }
    if (!insert && !row.path) {
        error_no_memory(&problem);
    }
    int64_t mark = write_queue_mark(&writing_of(table->shared)->queue);
    if (!error_is_set(&problem)) {
        resource_write_row(table, argc, insert, &row, rowid, &problem);
    }
    resource_bound_queue(table, mark, &problem);
    resource_refuse_left_out(table, &row, &problem);
    resource_tell_kept(table, &row, &problem);
    if (error_is_set(&problem) && argc > 1 && !insert) {
        write_row_undo(&row, &problem);
    }
    return error_report(&problem, &vtab->zErrMsg);
}
