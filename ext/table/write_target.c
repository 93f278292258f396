/* What a statement writes to, by its text; see write_target.h. */
#include "table/write_target.h"

#include <string.h>

#include "base/sql_token.h"
#include "base/sqlite.h"

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

/* The word that the writing begins with: the first at the top level, after the parentheses of a WITH. */
static sql_token target_verb(const char **sql) {
    int depth = 0;
    for (;;) {
        sql_token token = sql_token_next(sql);
        depth += sql_token_is(token, "(") - sql_token_is(token, ")");
        const char *after = *sql;
        if (token.length == 0 ||
            (depth == 0 &&
             (sql_token_is(token, "INSERT") || sql_token_is(token, "UPDATE") || sql_token_is(token, "DELETE") ||
              (sql_token_is(token, "REPLACE") && sql_token_is(sql_token_next(&after), "INTO"))))) {
            return token;
        }
    }
}

bool write_target_is(const char *sql, const char *table_name) {
    if (!sql || target_verb(&sql).length == 0) {
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
