/* Tables of a database file that read ours with SQL of their own; see foreign.h. */
#include "table/foreign.h"

#include <stdbool.h>
#include <string.h>

#include "session/statement.h"

/* Temporary tables are the user's own. */
static bool foreign_is_temporary(const char *text, const char *at) {
    static const char schema[] = "'temp'";
    size_t length = sizeof schema - 1;
    return (size_t)(at - text) >= length && sqlite3_strnicmp(at - length, schema, (int)length) == 0;
}

/* Where the name in quotes begins that ends before `end`. NULL: none does. */
static const char *foreign_quoted(const char *text, const char *end) {
    const char *at = end > text && end[-1] == '\'' ? end - 1 : text;
    while (at > text) {
        at--;
        if (*at == '\'' && (at == text || at[-1] != '\'')) {
            return at;
        }
        at -= *at == '\'' ? 1 : 0;
    }
    return NULL;
}

/*
** Is what stands there, 'main'.'messages' up to `end`, a table or view of the file's own? A name of ours that the file has
** means the file's, and a full-text table over that reads nothing of ours. It is seen by preparing a statement that may use
** no virtual table: an authorizer hears what it has heard, and allowed, when the full-text table's statement was prepared.
*/
static bool foreign_is_its_own(sqlite3 *db, const char *text, const char *at, const char *end, error *problem) {
    const char *start = foreign_quoted(text, at);
    if (!start) {
        return false;
    }
    char *query = sqlite3_mprintf("SELECT 1 FROM %.*s", (int)(end - start), start);
    sqlite3_stmt *statement = NULL;
    int rc = query ? sqlite3_prepare_v3(db, query, -1, SQLITE_PREPARE_NO_VTAB, &statement, NULL) : SQLITE_NOMEM;
    sqlite3_finalize(statement);
    sqlite3_free(query);
    if (rc == SQLITE_NOMEM) {
        error_no_memory(problem);
    }
    return rc == SQLITE_OK;
}

/* Does a statement name the table as full-text tables do, and mean ours? name: with a quote and a dot before it, and in quotes. */
static bool foreign_names(sqlite3 *db, const char *text, const char *name, error *problem) {
    int length = (int)strlen(name);
    for (const char *at = strstr(text, "'."); at; at = strstr(at + 1, "'.")) {
        if (sqlite3_strnicmp(at, name, length) == 0 && !foreign_is_temporary(text, at + 1) &&
            !foreign_is_its_own(db, text, at + 1, at + length, problem)) {
            return true;
        }
    }
    return false;
}

/* Is one of them running? */
static bool foreign_is_running(sqlite3 *db, const char *table_name, error *problem) {
    char *name = sqlite3_mprintf("'.%Q", table_name);
    bool found = false;
    if (!name) {
        error_no_memory(problem);
        return true;
    }
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each && !found; each = sqlite3_next_stmt(db, each)) {
        const char *text = sqlite3_stmt_busy(each) ? sqlite3_sql(each) : NULL;
        found = text && foreign_names(db, text, name, problem);
    }
    sqlite3_free(name);
    return found;
}

void foreign_refuse(sqlite3 *db, const char *table_name, error *problem) {
    /* Alone it is the user's, however he quotes; a full-text table's runs within that. */
    if (statement_busy_count(db) > 1 && foreign_is_running(db, table_name, problem) && !error_is_set(problem)) {
        error_set(problem, SQLITE_ERROR,
                  "%s: unsafe use of virtual table: a full-text table of a database file reads it as its content",
                  table_name);
    }
}
