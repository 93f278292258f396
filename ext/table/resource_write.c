/* The writing methods of the resource module; see resource_write.h. */
#include "table/resource_write.h"

#include <string.h>

#include "read/reading.h"
#include "table/triggers.h"
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
        remember_forget(&reading_of(shared)->rows);
        reading_of(shared)->located = 0;
        write_queue_finish(&writing_of(shared)->queue);
    }
}

int resource_write_begin(sqlite3_vtab *vtab) {
    resource_table *table = (resource_table *)vtab;
    if (!table->in_transaction) {
        table->in_transaction = true;
        writing_of(table->shared)->tables++;
    }
    return SQLITE_OK;
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
    resource_leave((resource_table *)vtab);
    return SQLITE_OK;
}

int resource_write_rollback(sqlite3_vtab *vtab) {
    resource_table *table = (resource_table *)vtab;
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

static void resource_check_writable(const resource_table *table, unsigned version, error *problem) {
    triggers_refuse(table->shared->db, table->name, problem);
    resource_vtab_check_version(table, version, problem);
    if (strcmp(settings_text(&table->shared->settings, SETTING_READONLY), "on") == 0) {
        error_set(problem, SQLITE_READONLY, "%s: not written, since the setting readonly is on", table->resource->name);
    }
}

/*
** A queue that outgrows its memory: in autocommit it is sent as it grows, since the statement is a transaction of its
** own and is going to be committed; inside BEGIN nothing may be sent yet.
*/
static void resource_bound_queue(const resource_table *table, int64_t mark, error *problem) {
    connection *shared = table->shared;
    int limit = settings_integer(&shared->settings, SETTING_MEMORY_LIMIT_MB);
    if (error_is_set(problem) || writing_of(shared)->queue.bytes <= (size_t)limit * 1024 * 1024) {
        return;
    }
    if (sqlite3_get_autocommit(shared->db)) {
        write_send_pending(shared, problem);
        write_queue_shed(&writing_of(shared)->queue);
    } else {
        /* A statement of one row has no savepoint of its own to be rolled back to. */
        write_queue_take_back(&writing_of(shared)->queue, mark);
        error_set(
            problem, SQLITE_TOOBIG, /* SQLITE_FULL would make SQLite roll back the whole transaction */
            "%s: the writes of this transaction take more than memory_limit_mb (%d MiB): commit in parts, or raise it",
            table->resource->name, limit);
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

/* The columns after path are other names of it. */
static void resource_check_aliases(const resource_table *table, int argc, sqlite3_value **argv, error *problem) {
    for (int i = 2 + (int)table->resource->column_count + 1; i < argc && !error_is_set(problem); i++) {
        if (resource_is_alias_set(argv[i], argv[0])) {
            error_set(problem, SQLITE_CONSTRAINT, "%s: rowid stands for path, which the server makes: leave it out",
                      table->resource->name);
        }
    }
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
                     .path = (const char *)sqlite3_value_text(argv[0])};
    (void)rowid;
    resource_write_begin(vtab); /* SQLite does not say so to a table that was created in the same transaction */
    resource_check_writable(table, row.version, &problem);
    resource_check_aliases(table, argc, argv, &problem);
    if (error_is_set(&problem)) {
        return error_report(&problem, &vtab->zErrMsg);
    }
    int64_t mark = write_queue_mark(&writing_of(table->shared)->queue);
    if (argc == 1) {
        write_row_delete(&row, &problem);
    } else if (sqlite3_value_type(argv[0]) == SQLITE_NULL) {
        write_row_insert(&row, &problem);
    } else {
        row.old = remember_recall(&reading_of(table->shared)->rows, argv, row.path, &row.old_row);
        write_row_update(&row, &problem);
    }
    resource_bound_queue(table, mark, &problem);
    return error_report(&problem, &vtab->zErrMsg);
}
