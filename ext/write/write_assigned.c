/* Which columns a statement names; see write_assigned.h. */
#include "write/write_assigned.h"

#include <string.h>

#include "base/sql_token.h"
#include "session/statement.h"

enum { NAMED_MAX = 1024 * 1024 };

/* ---- words ---- */

static bool assigned_is_sign(sql_token token, char sign) {
    return token.length == 1 && *token.text == sign;
}

/* How many parentheses more are open behind it? */
static int assigned_opens(sql_token token) {
    return assigned_is_sign(token, '(') - assigned_is_sign(token, ')');
}

/* ---- a statement ---- */

/* Behind SET, if it is an UPDATE; or NULL. */
static const char *assigned_find_set(const char *sql) {
    sql_token token = sql_token_verb(&sql);
    bool update = sql_token_is(token, "update");
    while (update && token.length > 0 && !sql_token_is(token, "set")) {
        token = sql_token_next(&sql);
    }
    return update && token.length > 0 ? sql : NULL;
}

/* Left of its = there are names, in quotes of any kind or not, and what they are put together with. */
static void assigned_add(buffer *names, sql_token token) {
    if (!strchr("(,)=", *token.text)) {
        size_t quote = strchr("'\"`[", *token.text) && token.length > 1;
        buffer_append(names, "", 1);
        buffer_append(names, token.text + quote, token.length - 2 * quote);
    }
}

/* Behind the FROM of an UPDATE ... FROM; or NULL. Appends the names to `names`, which may be NULL; without FROM too. */
static const char *assigned_find_from(const char *sql, buffer *names) {
    const char *at = assigned_find_set(sql);
    bool left = true, distinct = false; /* left: of the = */
    int depth = 0;
    while (at) {
        sql_token token = sql_token_next(&at);
        depth += assigned_opens(token);
        if (token.length == 0) {
            return NULL;
        }
        if (depth == 0 && sql_token_is(token, "from") && !distinct) { /* no IS DISTINCT FROM */
            return at;
        }
        if (depth == 0 && (assigned_is_sign(token, '=') || assigned_is_sign(token, ','))) {
            left = assigned_is_sign(token, ',');
        } else if (left && names) {
            assigned_add(names, token);
        }
        distinct = sql_token_is(token, "distinct");
    }
    return NULL;
}

bool write_assigned_read(const char *sql, buffer *names) {
    size_t length = names->length;
    bool is = assigned_find_from(sql, names) != NULL;
    if (is) {
        buffer_append(names, "", 1);
    } else if (names->data) {
        names->length = length; /* or they would count as another statement's */
    }
    return is;
}

bool write_assigned_is_limited(const char *sql) {
    const char *at = assigned_find_from(sql, NULL);
    bool limited = false;
    int depth = 0;
    while (at && !limited) {
        sql_token token = sql_token_next(&at);
        depth += assigned_opens(token);
        limited = depth == 0 && (sql_token_is(token, "limit") || sql_token_is(token, "order"));
        at = token.length > 0 ? at : NULL;
    }
    return limited;
}

/* ---- the one that runs ---- */

bool write_assigned_find(write_assigned *self, sqlite3 *db, int64_t reads, int beside, error *problem) {
    if (self->looked && self->reads == reads && self->beside == beside) {
        return self->names.length > 0;
    }
    int found = 0;
    write_assigned_clear(self);
    buffer_init(&self->names, NAMED_MAX);
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each; each = sqlite3_next_stmt(db, each)) {
        found +=
            statement_is_writing(each) && sqlite3_sql(each) && write_assigned_read(sqlite3_sql(each), &self->names);
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
