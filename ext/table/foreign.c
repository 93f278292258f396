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

/* Does a statement name the table as full-text tables do? name: with a dot before it and in quotes. */
static bool foreign_names(const char *text, const char *name) {
    int length = (int)strlen(name);
    for (const char *at = strchr(text, '.'); at; at = strchr(at + 1, '.')) {
        if (sqlite3_strnicmp(at, name, length) == 0 && !foreign_is_temporary(text, at)) {
            return true;
        }
    }
    return false;
}

/* Is one of them running? When it cannot be told: yes. */
static bool foreign_is_running(sqlite3 *db, const char *table_name) {
    char *name = sqlite3_mprintf(".%Q", table_name);
    bool found = !name;
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each && !found; each = sqlite3_next_stmt(db, each)) {
        const char *text = sqlite3_stmt_busy(each) ? sqlite3_sql(each) : NULL;
        found = text && foreign_names(text, name);
    }
    sqlite3_free(name);
    return found;
}

void foreign_refuse(sqlite3 *db, const char *table_name, error *problem) {
    /* Alone it is the user's, however he quotes; a full-text table's runs within that. */
    if (statement_busy_count(db) > 1 && foreign_is_running(db, table_name)) {
        error_set(problem, SQLITE_ERROR,
                  "%s: unsafe use of virtual table: a full-text table of a database file reads it as its content",
                  table_name);
    }
}
