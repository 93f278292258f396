/* Tables of a database file that read ours with SQL of their own; see foreign.h. */
#include "table/foreign.h"

#include <ctype.h>
#include <string.h>

#include "base/buffer.h"
#include "catalog/catalog.h"
#include "session/statement.h"
#include "table/own_names.h"

enum { FOREIGN_NAME_MAX = 1000 };

static const char *foreign_skip_space(const char *text) {
    while (isspace((unsigned char)*text)) {
        text++;
    }
    return text;
}

/* The name that an option's value begins with, as FTS takes its quotes away. sqlite3_free it; NULL: no memory. */
static char *foreign_unquote(const char *text) {
    static const char opening[] = "'\"`[", closing[] = "'\"`]";
    const char *quote = *text ? strchr(opening, *text) : NULL;
    char end = quote ? closing[quote - opening] : 0;
    buffer name;
    buffer_init(&name, FOREIGN_NAME_MAX);
    for (text += end ? 1 : 0; *text; text++) {
        if (end ? *text == end : !isalnum((unsigned char)*text) && *text != '_' && (unsigned char)*text < 0x80) {
            if (!end || end == ']' || text[1] != end) {
                break;
            }
            text++;
        }
        buffer_append(&name, text, 1);
    }
    buffer_append(&name, "", 0);
    return buffer_take(&name);
}

static bool foreign_is_own_name(const char *name) {
    static const char *const own_names[] = {OWN_NAMES};
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    for (size_t i = 0; i < count; i++) {
        if (sqlite3_stricmp(name, resources[i]->name) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof own_names / sizeof own_names[0]; i++) {
        if (sqlite3_stricmp(name, own_names[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Is that the name of a virtual table of the schema? One of those could be ours under another name. */
static bool foreign_is_virtual(sqlite3 *db, const char *schema, const char *name) {
    sqlite3_stmt *row = NULL;
    char *text = sqlite3_mprintf("SELECT 1 FROM \"%w\".sqlite_master WHERE type = 'table' AND rootpage = 0 AND "
                                 "name = %Q COLLATE NOCASE",
                                 schema, name);
    int rc = text ? sqlite3_prepare_v2(db, text, -1, &row, NULL) : SQLITE_NOMEM;
    rc = rc == SQLITE_OK ? sqlite3_step(row) : rc;
    sqlite3_finalize(row);
    sqlite3_free(text);
    return rc != SQLITE_DONE;
}

/* Does a table's text say content=NAME, NAME being ours? When it cannot be told: yes. */
static bool foreign_reads_ours(sqlite3 *db, const char *schema, const char *sql) {
    static const char word[] = "content";
    for (const char *at = sql; *at; at++) {
        if (sqlite3_strnicmp(at, word, (int)sizeof word - 1) != 0) {
            continue;
        }
        const char *equals = foreign_skip_space(at + sizeof word - 1);
        if (*equals != '=') {
            continue;
        }
        char *name = foreign_unquote(foreign_skip_space(equals + 1));
        bool ours = !name || foreign_is_own_name(name) || (*name && foreign_is_virtual(db, schema, name));
        sqlite3_free(name);
        if (ours) {
            return true;
        }
    }
    return false;
}

static bool foreign_is_in_schema(sqlite3 *db, const char *schema) {
    sqlite3_stmt *rows = NULL;
    char *text = sqlite3_mprintf("SELECT sql FROM \"%w\".sqlite_master WHERE type = 'table' AND rootpage = 0", schema);
    int rc = text ? sqlite3_prepare_v2(db, text, -1, &rows, NULL) : SQLITE_NOMEM;
    bool found = false;
    while (rc == SQLITE_OK && !found && (rc = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *sql = (const char *)sqlite3_column_text(rows, 0);
        found = sql && foreign_reads_ours(db, schema, sql);
        rc = SQLITE_OK;
    }
    sqlite3_finalize(rows);
    sqlite3_free(text);
    return found || rc != SQLITE_DONE;
}

/* Temporary tables are the user's own. */
static bool foreign_is_in_a_file(sqlite3 *db) {
    sqlite3_stmt *schemas = NULL;
    bool found = sqlite3_prepare_v2(db, "PRAGMA database_list", -1, &schemas, NULL) != SQLITE_OK;
    while (!found && sqlite3_step(schemas) == SQLITE_ROW) {
        const char *schema = (const char *)sqlite3_column_text(schemas, 1);
        found = !schema || (sqlite3_stricmp(schema, "temp") != 0 && foreign_is_in_schema(db, schema));
    }
    sqlite3_finalize(schemas);
    return found;
}

void foreign_refuse(sqlite3 *db, const char *table_name, error *problem) {
    if (statement_busy_count(db) > 1 && foreign_is_in_a_file(db)) {
        error_set(problem, SQLITE_ERROR,
                  "%s: unsafe use: a database file holds a full-text table that would read it (its content is one of "
                  "ours), and several statements are running",
                  table_name);
    }
}
