/* Which columns a statement names; see write_named.h. */
#include "write/write_named.h"

#include <string.h>

#include "base/sql_token.h"

enum { NAMED_MAX = 1024 * 1024 };

/* ---- words ---- */

static bool named_is_sign(sql_token token, char sign) {
    return token.length == 1 && *token.text == sign;
}

/* How many parentheses more are open behind it? */
static int named_opens(sql_token token) {
    return named_is_sign(token, '(') - named_is_sign(token, ')');
}

/* The next one; a parameter, such as @from, as its sign alone: its name is no word. */
static sql_token named_next(const char **sql) {
    sql_token token = sql_token_next(sql);
    bool parameter = token.length == 1 && strchr("@:#?", *token.text);
    const char *name = *sql;
    if (parameter && sql_token_next(&name).text == *sql) {
        *sql = name;
    }
    return token;
}

/* ---- a statement ---- */

static bool named_is_verb(sql_token token) {
    static const char *const verbs[] = {"update", "insert", "replace", "delete", "select", "values"};
    bool is = false;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs && !is; i++) {
        is = sql_token_is(token, verbs[i]);
    }
    return is;
}

/* Behind SET, if what stands behind the WITH that there may be is an UPDATE; or NULL. */
static const char *named_find_set(const char *sql) {
    bool update = false;
    int depth = 0;
    for (sql_token token = named_next(&sql); token.length > 0; token = named_next(&sql)) {
        depth += named_opens(token);
        if (depth == 0 && !update && named_is_verb(token)) {
            update = sql_token_is(token, "update");
            if (!update) {
                return NULL;
            }
        } else if (depth == 0 && update && sql_token_is(token, "set")) {
            return sql;
        }
    }
    return NULL;
}

/* Is it a name? In quotes of any kind, or a word. */
static bool named_is_name(sql_token token) {
    return token.length > 1 || !strchr("()=,.;@:#?+-*/%<>!|&~", *token.text);
}

static void named_add(buffer *names, sql_token token) {
    size_t quote = strchr("'\"`[", *token.text) && token.length > 1;
    buffer_append(names, "", 1);
    buffer_append(names, token.text + quote, token.length - 2 * quote);
}

bool write_named_read(const char *sql, buffer *names) {
    const char *at = named_find_set(sql);
    bool left = true, distinct = false; /* left: of the = */
    int depth = 0;
    while (at) {
        sql_token token = named_next(&at);
        depth += named_opens(token);
        if (token.length == 0) {
            return false;
        }
        if (depth == 0 && sql_token_is(token, "from") && !distinct) { /* no IS DISTINCT FROM */
            buffer_append(names, "", 1);
            return true;
        }
        if (left && named_is_name(token)) {
            named_add(names, token);
        } else if (depth == 0 && (named_is_sign(token, '=') || named_is_sign(token, ','))) {
            left = named_is_sign(token, ',');
        }
        distinct = sql_token_is(token, "distinct");
    }
    return false;
}

/* ---- the one that runs ---- */

static bool named_may_run(sqlite3_stmt *each) {
    return sqlite3_sql(each) && sqlite3_stmt_busy(each) && !sqlite3_stmt_readonly(each);
}

bool write_named_find(write_named *self, sqlite3 *db, int64_t reads, error *problem) {
    if (self->looked && self->reads == reads) {
        return self->names.length > 0;
    }
    int found = 0;
    write_named_clear(self);
    buffer_init(&self->names, NAMED_MAX);
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each; each = sqlite3_next_stmt(db, each)) {
        found += named_may_run(each) && write_named_read(sqlite3_sql(each), &self->names);
    }
    if (self->names.rc == SQLITE_NOMEM) {
        error_no_memory(problem);
    }
    if (found != 1 || self->names.rc != SQLITE_OK) {
        write_named_clear(self);
    }
    self->reads = reads;
    self->looked = !error_is_set(problem);
    return self->names.length > 0;
}

void write_named_clear(write_named *self) {
    buffer_clear(&self->names);
    self->looked = false;
}

bool write_named_has(const write_named *self, const char *column) {
    bool has = false;
    for (size_t at = 0; self && !has && at + 1 < self->names.length; at++) {
        const char *name = self->names.data + at + 1;
        has = !self->names.data[at] && sqlite3_stricmp(name, column) == 0;
    }
    return has;
}
