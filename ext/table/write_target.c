/* What a statement writes to, by its text; see write_target.h. */
#include "table/write_target.h"

#include <string.h>

#include "base/sql_token.h"
#include "session/statement.h"

/* Is it the name of that table, with or without quotes? */
static bool target_names(sql_token token, const char *name) {
    char quote = token.length > 0 ? *token.text : 0;
    if (!quote || !strchr("'\"`[", quote)) {
        return sql_token_is(token, name);
    }
    const char *at = token.text + 1, *end = token.text + token.length - 1;
    for (; at < end && *name; at++, name++) {
        if (sqlite3_strnicmp(at, name, 1) != 0) {
            return false;
        }
        at += quote != '[' && *at == quote; /* the first of two */
    }
    return at == end && !*name;
}

bool write_target_is(const char *sql, const char *table_name) {
    if (!sql || sql_token_verb(&sql).length == 0) {
        return false;
    }
    sql_token name = sql_token_next(&sql);
    if (sql_token_is(name, "OR")) { /* OR IGNORE, OR REPLACE ... */
        sql_token_next(&sql);
        name = sql_token_next(&sql);
    }
    if (sql_token_is(name, "INTO") || sql_token_is(name, "FROM")) {
        name = sql_token_next(&sql);
    }
    const char *after = sql;
    if (sql_token_is(sql_token_next(&after), ".")) {
        name = sql_token_next(&after);
    }
    return target_names(name, table_name);
}

bool write_target_of_any(sqlite3 *db, const char *table_name, bool (*is)(sqlite3_stmt *each)) {
    bool found = false;
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each && !found; each = sqlite3_next_stmt(db, each)) {
        found = statement_is_writing(each) && is(each) && write_target_is(sqlite3_sql(each), table_name);
    }
    return found;
}
