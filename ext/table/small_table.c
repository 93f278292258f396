/*
** A module for the extension's own small tables; see small_table.h.
**
** What these tables hold is no part of the database: it stays when a transaction is rolled back, as a PRAGMA does. But a
** statement that fails must have changed nothing. SQLite calls xUpdate row by row and tells of the end of a statement as
** of the end of a savepoint or, where the statement is a transaction by itself, of that. So the table is kept as it was
** from the first row that a statement changes to its end, and put back if that is a failure:
**
**     in a transaction     xSavepoint(n), xUpdate ..., xRelease(n), or xRollbackTo(n) and xRelease(n)
**     or there             xSavepoint(n), xUpdate ..., xRollback, when the failure ends the whole transaction
**     by itself            xBegin, xUpdate ..., xCommit or xRollback
**     UPDATE FROM          xUpdate ..., or xUpdate ... and xRollback: in a transaction it has no savepoint
**
** The last tells nothing of its success, and of its failure only what is not ours: memory, files and interrupts end the
** whole transaction. So what an xUpdate of ours refuses is put back there; and what is heard later, such as the user's own
** ROLLBACK, is told from the statement's end by SQLite's count of changed rows: it grows when a statement has ended, after all
** that is told of its end. All rows of a statement are read before its first xUpdate, so nothing runs in the middle.
*/
#include "table/small_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "table/foreign.h"
#include "table/limits.h"
#include "table/small_snapshot.h"
#include "table/triggers.h"

enum { SMALL_DECLARATION_MAX = 2000, SMALL_TELLS_LISTS = 3038000 };

/* The plan's number: what xFilter is given. */
enum { SMALL_NOTHING, SMALL_NAME, SMALL_NAMES };

typedef struct small_module {
    connection *shared;
    const small_table *table;
    int number; /* small_snapshot_register's */
} small_module;

typedef struct small_vtab {
    sqlite3_vtab base;
    connection *shared;
    const small_table *table;
    int number;          /* as the module's */
    char *name;          /* in SQL; owned */
    bool in_file;        /* of the user's, in whose schema it stands; else temp's, or in none */
    bool in_transaction; /* between xBegin and xCommit or xRollback */
    void *kept;          /* the table before the statement that is changing it, or has changed it last; owned */
    int kept_at;         /* SQLite's count of changed rows then */
} small_vtab;

typedef struct small_cursor {
    sqlite3_vtab_cursor base;
    look_cursor looking;
    small_rows *rows;  /* owned; NULL: the table never changes */
    sqlite3_int64 row; /* 0: at the end */
} small_cursor;

static int small_declare(sqlite3 *db, const small_table *table) {
    buffer text;
    buffer_init(&text, SMALL_DECLARATION_MAX);
    buffer_text(&text, "CREATE TABLE x(");
    for (const small_column *column = table->columns; column->name; column++) {
        buffer_format(&text, "%s\"%w\" %s", column == table->columns ? "" : ", ", column->name, column->type);
    }
    buffer_text(&text, ")");
    char *declaration = buffer_take(&text);
    int rc = declaration ? sqlite3_declare_vtab(db, declaration) : SQLITE_NOMEM;
    sqlite3_free(declaration);
    return rc;
}

/*
** argv: the module, the schema, the name, arguments. As it has no arguments, a table of another name in a file would be
** good for disguise only.
*/
static bool small_may_be(int argc, const char *const *argv) {
    return argc == 3 && (sqlite3_stricmp(argv[1], "temp") == 0 || sqlite3_stricmp(argv[2], argv[0]) == 0);
}

static int small_connect(sqlite3 *db, void *context, int argc, const char *const *argv, sqlite3_vtab **vtab,
                         char **message) {
    const small_module *module = context;
    if (!small_may_be(argc, argv)) {
        *message = sqlite3_mprintf("%s: it takes no arguments and, but in temp, no other name", argv[0]);
        return SQLITE_ERROR;
    }
    int rc = small_declare(db, module->table);
    if (rc == SQLITE_OK) {
        rc = sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    }
    if (rc != SQLITE_OK) {
        return rc;
    }
    small_vtab *opened = sqlite3_malloc64(sizeof *opened);
    char *name = sqlite3_mprintf("%s", argv[2]);
    if (!opened || !name) {
        sqlite3_free(opened);
        sqlite3_free(name);
        return SQLITE_NOMEM;
    }
    memset(opened, 0, sizeof *opened);
    opened->name = name;
    opened->in_file = sqlite3_stricmp(argv[1], "temp") != 0;
    opened->shared = connection_retain(module->shared);
    opened->table = module->table;
    opened->number = module->number;
    *vtab = &opened->base;
    return SQLITE_OK;
}

/* The statement has succeeded. */
static void small_take_effect(small_vtab *table) {
    if (table->kept) {
        table->table->take_effect(table->shared, table->kept);
        table->kept = NULL;
    }
}

/* DROP TABLE in the transaction comes before its end. */
static int small_disconnect(sqlite3_vtab *vtab) {
    small_vtab *closed = (small_vtab *)vtab;
    small_take_effect(closed);
    connection_release(closed->shared);
    sqlite3_free(closed->name);
    sqlite3_free(closed);
    return SQLITE_OK;
}

#if SQLITE_VERSION_NUMBER >= 3038000
/*
** The name that an UPDATE gives for its row, or the list of them, if the table wants to see it; SQLite compares nonetheless. For an
** UPDATE all columns are marked as used, also those that no table has. Before 3.38 a list, which would come name by name and change
** the order of the rows, cannot be told from one name.
*/
static void small_look_at_name(const small_table *table, sqlite3_index_info *info) {
    bool update = info->colUsed >> 63 && sqlite3_libversion_number() >= SMALL_TELLS_LISTS;
    for (int i = 0; update && table->sought && i < info->nConstraint; i++) {
        const struct sqlite3_index_constraint *term = &info->aConstraint[i];
        bool exact = sqlite3_stricmp(sqlite3_vtab_collation(info, i), "BINARY") == 0;
        bool equal = term->op == SQLITE_INDEX_CONSTRAINT_EQ || term->op == SQLITE_INDEX_CONSTRAINT_IS;
        if (term->usable && equal && term->iColumn == 0 && exact) {
            info->aConstraintUsage[i].argvIndex = 1;
            info->idxNum = sqlite3_vtab_in(info, i, 1) ? SMALL_NAMES : SMALL_NAME;
            return;
        }
    }
}

static void small_check_name(const small_table *table, sqlite3_value *value, error *problem) {
    const char *name = (const char *)sqlite3_value_text(value);
    if (name && !error_is_set(problem)) {
        table->sought(name, problem);
    }
}

static void small_check_names(const small_table *table, int number, sqlite3_value **argv, error *problem) {
    sqlite3_value *value = NULL;
    if (number == SMALL_NAME) {
        small_check_name(table, argv[0], problem);
        return;
    }
    int rc = number == SMALL_NAMES ? sqlite3_vtab_in_first(argv[0], &value) : SQLITE_DONE;
    for (; rc == SQLITE_OK && value; rc = sqlite3_vtab_in_next(argv[0], &value)) {
        small_check_name(table, value, problem);
    }
    if (rc == SQLITE_NOMEM) {
        error_no_memory(problem);
    }
}
#else
static void small_look_at_name(const small_table *table, sqlite3_index_info *info) {
    (void)table, (void)info;
}

static void small_check_names(const small_table *table, int number, sqlite3_value **argv, error *problem) {
    (void)table, (void)number, (void)argv, (void)problem;
}
#endif

/* The text of the plan: the number of the statement. */
static int small_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
    const small_vtab *table = (const small_vtab *)vtab;
    small_look_at_name(table->table, info);
    unsigned columns = (unsigned)(info->colUsed & ((1u << SMALL_COLUMNS_MAX) - 1));
    info->idxStr = sqlite3_mprintf("%lld", small_snapshot_plan(table->shared, table->number, columns));
    if (!info->idxStr) {
        return SQLITE_NOMEM;
    }
    info->needToFreeIdxStr = 1;
    info->estimatedCost = 1000;
    info->estimatedRows = 1000;
    return SQLITE_OK;
}

static int small_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **cursor) {
    const small_vtab *table = (const small_vtab *)vtab;
    error problem = {0};
    foreign_refuse(table->shared->db, table->name, &problem);
    if (error_is_set(&problem)) {
        return error_report(&problem, &vtab->zErrMsg);
    }
    small_cursor *opened = sqlite3_malloc64(sizeof *opened);
    if (!opened) {
        return SQLITE_NOMEM;
    }
    memset(opened, 0, sizeof *opened);
    look_cursor_open(table->shared, &opened->looking);
    statement_runs(&reading_of(table->shared)->prepared);
    *cursor = &opened->base;
    return SQLITE_OK;
}

static int small_close(sqlite3_vtab_cursor *cursor) {
    small_cursor *closed = (small_cursor *)cursor;
    small_rows_free(closed->rows);
    look_cursor_close(((const small_vtab *)cursor->pVtab)->shared, &closed->looking);
    sqlite3_free(closed);
    return SQLITE_OK;
}

/* Takes over from the copy what row it stands on. */
static int small_stand(small_cursor *reader, int rc) {
    error problem = {0};
    reader->row = small_rows_at_end(reader->rows) ? 0 : small_rows_rowid(reader->rows);
    small_rows_explain(((const small_vtab *)reader->base.pVtab)->table->name, rc, &problem);
    return error_report(&problem, &reader->base.pVtab->zErrMsg);
}

static int small_next(sqlite3_vtab_cursor *cursor) {
    const small_vtab *table = (const small_vtab *)cursor->pVtab;
    small_cursor *reader = (small_cursor *)cursor;
    if (reader->rows) {
        return small_stand(reader, small_rows_next(reader->rows));
    }
    reader->row = table->table->next(table->shared, reader->row);
    return SQLITE_OK;
}

static int small_filter(sqlite3_vtab_cursor *cursor, int number, const char *text, int argc, sqlite3_value **argv) {
    const small_vtab *table = (const small_vtab *)cursor->pVtab;
    small_cursor *reader = (small_cursor *)cursor;
    int64_t prepared = text ? strtoll(text, NULL, 10) : 0;
    error problem = {0};
    (void)argc;
    reader->row = 0;
    small_check_names(table->table, number, argv, &problem);
    if (error_is_set(&problem)) {
        return error_report(&problem, &cursor->pVtab->zErrMsg);
    }
    if (reader->rows) {
        /* An inner loop begins again, of the same execution. */
        return small_stand(reader, small_rows_rewind(reader->rows));
    }
    if (!table->table->copy) {
        return small_next(cursor);
    }
    if (look_cursor_begin(table->shared, &reader->looking, (statement_name){argv, prepared}) != SQLITE_OK) {
        return SQLITE_NOMEM;
    }
    reader->rows = small_snapshot_open(reader->looking.view, table->number, prepared, &problem);
    return reader->rows ? small_stand(reader, SQLITE_OK) : error_report(&problem, &cursor->pVtab->zErrMsg);
}

static int small_eof(sqlite3_vtab_cursor *cursor) {
    return ((const small_cursor *)cursor)->row == 0;
}

static int small_value(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column) {
    const small_vtab *table = (const small_vtab *)cursor->pVtab;
    const small_cursor *reader = (const small_cursor *)cursor;
    if (sqlite3_vtab_nochange(context)) {
        return SQLITE_OK; /* of an UPDATE, which does not set it: update is told so */
    }
    if (reader->rows) {
        small_rows_give(reader->rows, column, context);
    } else {
        table->table->column(table->shared, reader->row, column, context);
    }
    return SQLITE_OK;
}

static int small_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid) {
    *rowid = ((const small_cursor *)cursor)->row;
    return SQLITE_OK;
}

/* ---- writing ---- */

static int small_begin(sqlite3_vtab *vtab) {
    ((small_vtab *)vtab)->in_transaction = true;
    return SQLITE_OK;
}

/* Has the statement ended that the table was kept for? Then it has succeeded: failures are told before the count grows. */
static bool small_is_over(const small_vtab *table) {
    return table->kept && table->kept_at != sqlite3_total_changes(table->shared->db);
}

/* A statement that has not succeeded fails. */
static void small_put_back(small_vtab *table) {
    if (small_is_over(table)) {
        small_take_effect(table);
    } else if (table->kept) {
        table->table->put_back(table->shared, table->kept);
        table->kept = NULL;
    }
}

static int small_commit(sqlite3_vtab *vtab) {
    small_take_effect((small_vtab *)vtab);
    ((small_vtab *)vtab)->in_transaction = false;
    return SQLITE_OK;
}

static int small_rollback(sqlite3_vtab *vtab) {
    small_put_back((small_vtab *)vtab);
    ((small_vtab *)vtab)->in_transaction = false;
    return SQLITE_OK;
}

/* Only the end of savepoints matters. SQLite wants all three methods. */
static int small_savepoint(sqlite3_vtab *vtab, int savepoint) {
    (void)vtab, (void)savepoint;
    return SQLITE_OK;
}

static int small_release(sqlite3_vtab *vtab, int savepoint) {
    (void)savepoint;
    small_take_effect((small_vtab *)vtab);
    return SQLITE_OK;
}

static int small_rollback_to(sqlite3_vtab *vtab, int savepoint) {
    (void)savepoint;
    small_put_back((small_vtab *)vtab);
    return SQLITE_OK;
}

/* Before a row is changed: the first one of a statement. */
static void small_keep(small_vtab *table, error *problem) {
    if (small_is_over(table)) {
        small_take_effect(table);
    }
    if (!table->table->keep || table->kept || error_is_set(problem)) {
        return;
    }
    if (!table->in_transaction) {
        error_set(
            problem, SQLITE_ERROR,
            "%s: this table was created in the transaction that is open: COMMIT first, or use the name %s that is "
            "there without CREATE",
            table->table->name, table->table->name);
        return;
    }
    table->kept = table->table->keep(table->shared, problem);
    table->kept_at = sqlite3_total_changes(table->shared->db);
}

/* Sorts out what SQLite wants (see sqlite.org/vtab.html, xUpdate): argv[0] the row, argv[1] its new rowid, then the columns. */
static int small_update(sqlite3_vtab *vtab, int argc, sqlite3_value **argv, sqlite3_int64 *rowid) {
    small_vtab *table = (small_vtab *)vtab;
    error problem = {0};
    bool insert = argc > 1 && sqlite3_value_type(argv[0]) == SQLITE_NULL;
    (void)rowid;
    triggers_refuse(table->shared->db, table->name, &problem);
    if (insert || !table->table->update) {
        error_set(&problem, SQLITE_READONLY, "%s: rows cannot be inserted", table->table->name);
    } else if (argc > 1 && sqlite3_value_int64(argv[0]) != sqlite3_value_int64(argv[1])) {
        error_set(&problem, SQLITE_READONLY, "%s: the rowid cannot be changed", table->table->name);
    }
    if (argc > 1) {
        limits_refuse(table->shared->db, table->name, table->table->columns[0].name, &problem);
    }
    small_keep(table, &problem);
    if (!error_is_set(&problem)) {
        table->table->update(table->shared, table->kept, sqlite3_value_int64(argv[0]), argc == 1, argv + 2, &problem);
    }
    if (error_is_set(&problem)) {
        small_put_back(table);
    }
    return error_report(&problem, &vtab->zErrMsg);
}

/* Under another name a file's could not be opened again, not even to be dropped. */
static int small_rename(sqlite3_vtab *vtab, const char *name) {
    small_vtab *table = (small_vtab *)vtab;
    if (table->in_file && sqlite3_stricmp(name, table->table->name) != 0) {
        sqlite3_free(vtab->zErrMsg);
        vtab->zErrMsg = sqlite3_mprintf("%s: it can have another name in temp only", table->table->name);
        return SQLITE_ERROR;
    }
    return SQLITE_OK;
}

#define SMALL_READING                                                                                                  \
    .iVersion = 2, .xCreate = small_connect, .xConnect = small_connect, .xBestIndex = small_best_index,                \
    .xDisconnect = small_disconnect, .xDestroy = small_disconnect, .xOpen = small_open, .xClose = small_close,         \
    .xFilter = small_filter, .xNext = small_next, .xEof = small_eof, .xColumn = small_value, .xRowid = small_rowid,    \
    .xRename = small_rename

static const sqlite3_module read_only_methods = {SMALL_READING};
static const sqlite3_module writable_methods = {SMALL_READING, .xUpdate = small_update};
static const sqlite3_module undoing_methods = {SMALL_READING,
                                               .xUpdate = small_update,
                                               .xBegin = small_begin,
                                               .xCommit = small_commit,
                                               .xRollback = small_rollback,
                                               .xSavepoint = small_savepoint,
                                               .xRelease = small_release,
                                               .xRollbackTo = small_rollback_to};

static const sqlite3_module *small_methods(const small_table *table) {
    if (table->keep) {
        return &undoing_methods;
    }
    return table->update ? &writable_methods : &read_only_methods;
}

static void small_module_free(void *context) {
    connection_release(((small_module *)context)->shared);
    sqlite3_free(context);
}

int small_table_register(connection *shared, const small_table *table) {
    int number = small_snapshot_register(shared, table);
    small_module *module = number < 0 ? NULL : sqlite3_malloc64(sizeof *module);
    if (!module) {
        return SQLITE_NOMEM;
    }
    module->shared = connection_retain(shared);
    module->table = table;
    module->number = number;
    return sqlite3_create_module_v2(shared->db, table->name, small_methods(table), module, small_module_free);
}
