/* Which columns a statement names; see write_assigned.h. */
#include "write/write_assigned.h"

#include <string.h>

#include "base/sql_token.h"

enum { NAMED_MAX = 1024 * 1024 };

/* ---- words ---- */

static bool assigned_is_sign(sql_token token, char sign) {
    return token.length == 1 && *token.text == sign;
}

/* How many parentheses more are open behind it? */
static int assigned_opens(sql_token token) {
    return assigned_is_sign(token, '(') - assigned_is_sign(token, ')');
}

/* Is it a name? In quotes of any kind, or a word. */
static bool assigned_is_name(sql_token token) {
    return token.length > 1 || (token.length == 1 && !strchr("()=,.;@:#?+-*/%<>!|&~", *token.text));
}

/* The next one; a parameter, such as @from, as its sign alone: its name is no word. Behind ? there are digits, or it has none. */
static sql_token assigned_next(const char **sql) {
    sql_token token = sql_token_next(sql);
    const char *behind = *sql;
    if (assigned_is_sign(token, '?')) {
        *sql += strspn(*sql, "0123456789");
    } else if (token.length == 1 && strchr("@:#", *token.text)) {
        sql_token name = sql_token_next(&behind);
        *sql = name.text == *sql && assigned_is_name(name) ? behind : *sql;
    }
    return token;
}

/* ---- a statement ---- */

static bool assigned_is_verb(sql_token token) {
    static const char *const verbs[] = {"update", "insert", "replace", "delete", "select", "values"};
    bool is = false;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs && !is; i++) {
        is = sql_token_is(token, verbs[i]);
    }
    return is;
}

/* Behind SET, if what stands behind the WITH that there may be is an UPDATE; or NULL. */
static const char *assigned_find_set(const char *sql) {
    bool update = false;
    int depth = 0;
    for (sql_token token = assigned_next(&sql); token.length > 0; token = assigned_next(&sql)) {
        depth += assigned_opens(token);
        if (depth == 0 && !update && assigned_is_verb(token)) {
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

static void assigned_add(buffer *names, sql_token token) {
    size_t quote = strchr("'\"`[", *token.text) && token.length > 1;
    buffer_append(names, "", 1);
    buffer_append(names, token.text + quote, token.length - 2 * quote);
}

/* The same as write_assigned_read, but may leave names there where it is none. */
static bool assigned_read(const char *sql, buffer *names) {
    const char *at = assigned_find_set(sql);
    bool left = true, distinct = false; /* left: of the = */
    int depth = 0;
    while (at) {
        sql_token token = assigned_next(&at);
        depth += assigned_opens(token);
        if (token.length == 0) {
            return false;
        }
        if (depth == 0 && sql_token_is(token, "from") && !distinct) { /* no IS DISTINCT FROM */
            buffer_append(names, "", 1);
            return true;
        }
        if (left && assigned_is_name(token)) {
            assigned_add(names, token);
        } else if (depth == 0 && (assigned_is_sign(token, '=') || assigned_is_sign(token, ','))) {
            left = assigned_is_sign(token, ',');
        }
        distinct = sql_token_is(token, "distinct");
    }
    return false;
}

bool write_assigned_read(const char *sql, buffer *names) {
    size_t length = names->length;
    bool is = assigned_read(sql, names);
    if (!is && names->data) {
        names->length = length; /* or they would count as another statement's */
    }
    return is;
}

bool write_assigned_is_limited(const char *sql) {
    const char *at = assigned_find_set(sql);
    bool from = false, distinct = false, limited = false;
    int depth = 0;
    while (at && !limited) {
        sql_token token = assigned_next(&at);
        depth += assigned_opens(token);
        limited = depth == 0 && from && (sql_token_is(token, "limit") || sql_token_is(token, "order"));
        from = from || (depth == 0 && sql_token_is(token, "from") && !distinct);
        distinct = sql_token_is(token, "distinct");
        at = token.length > 0 ? at : NULL;
    }
    return limited;
}

/* ---- the one that runs ---- */

static bool assigned_may_run(sqlite3_stmt *each) {
    return sqlite3_sql(each) && sqlite3_stmt_busy(each) && !sqlite3_stmt_readonly(each);
}

bool write_assigned_find(write_assigned *self, sqlite3 *db, int64_t reads, int beside, error *problem) {
    if (self->looked && self->reads == reads && self->beside == beside) {
        return self->names.length > 0;
    }
    int found = 0;
    write_assigned_clear(self);
    buffer_init(&self->names, NAMED_MAX);
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each; each = sqlite3_next_stmt(db, each)) {
        found += assigned_may_run(each) && write_assigned_read(sqlite3_sql(each), &self->names);
    }
    if (self->names.rc == SQLITE_NOMEM) {
        error_no_memory(problem);
    }
    if (found != 1 || self->names.rc != SQLITE_OK) {
        write_assigned_clear(self);
    }
    self->reads = reads;
    self->beside = beside;
    self->looked = !error_is_set(problem);
    return self->names.length > 0;
}

void write_assigned_clear(write_assigned *self) {
    buffer_clear(&self->names);
    self->looked = false;
}

bool write_assigned_has(const write_assigned *self, const char *column) {
    bool has = false;
    for (size_t at = 0; self && !has && at + 1 < self->names.length; at++) {
        const char *name = self->names.data + at + 1;
        has = !self->names.data[at] && sqlite3_stricmp(name, column) == 0;
    }
    return has;
}
