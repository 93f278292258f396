/* Which SQL statement a virtual table is being read by; see statement.h. */
#include "session/statement.h"

#include <limits.h>
#include <stddef.h>

#include "base/sql_token.h"

bool statement_is_same(statement_name one, statement_name other) {
    return one.values && one.prepared && one.values == other.values && one.prepared == other.prepared;
}

/*
** The oldest without text: a trigger is prepared as a statement of its own, inside the one that fires it, and is a part
** of that.
*/
static sqlite3_stmt *statement_find_unfinished(sqlite3 *db) {
    sqlite3_stmt *found = NULL;
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each; each = sqlite3_next_stmt(db, each)) {
        if (!sqlite3_sql(each) && !sqlite3_stmt_busy(each)) {
            found = each;
        }
    }
    return found;
}

int64_t statement_being_prepared(statement_counter *counter, sqlite3 *db) {
    sqlite3_stmt *unfinished = statement_find_unfinished(db);
    if (!unfinished) {
        return 0;
    }
    if (counter->over || unfinished != counter->latest) {
        counter->number++;
        counter->latest = unfinished;
        counter->over = false;
    }
    return counter->number;
}

void statement_runs(statement_counter *counter) {
    counter->over = true;
}

int statement_run(sqlite3_stmt *each) {
    return sqlite3_stmt_status(each, SQLITE_STMTSTATUS_RUN, 0);
}

uint64_t statement_begun(sqlite3 *db) {
    uint64_t mixed = 0;
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each; each = sqlite3_next_stmt(db, each)) {
        uint64_t runs = (uint64_t)statement_run(each);
        mixed = (mixed ^ (uintptr_t)each) * 1099511628211u;
        mixed = (mixed ^ runs) * 1099511628211u;
    }
    return mixed;
}

/* BEGIN, COMMIT and the like: nobody is stopped in the middle of one, except one that was busy and may be repeated. */
static bool statement_is_control(sqlite3_stmt *each) {
    return sqlite3_column_count(each) == 0 && sqlite3_stmt_readonly(each);
}

int statement_busy_count(sqlite3 *db) {
    int count = 0;
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each; each = sqlite3_next_stmt(db, each)) {
        count += sqlite3_stmt_busy(each) && sqlite3_sql(each) && !statement_is_control(each);
    }
    return count;
}

bool statement_is_writing(sqlite3_stmt *each) {
    return sqlite3_stmt_busy(each) && !sqlite3_stmt_readonly(each) && sqlite3_stmt_isexplain(each) == 0;
}

/* The text of the one statement that is running; NULL: several are, or none, or it has none. */
static const char *statement_alone(sqlite3 *db) {
    int count = 0;
    const char *sql = NULL;
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each && count < 2; each = sqlite3_next_stmt(db, each)) {
        if (sqlite3_stmt_busy(each)) {
            sql = sqlite3_sql(each);
            count++;
        }
    }
    return count == 1 ? sql : NULL;
}

/* Has it no LIMIT, nor more queries than that? */
static bool statement_is_plain(const char *sql, int queries) {
    sql_token token = sql ? sql_token_next(&sql) : (sql_token){NULL, 0};
    bool plain = token.length > 0;
    for (; token.length > 0 && plain; token = sql_token_next(&sql)) {
        queries -= sql_token_is(token, "SELECT");
        plain = queries >= 0 && !sql_token_is(token, "LIMIT");
    }
    return plain;
}

bool statement_wants_all(sqlite3 *db) {
    return statement_is_plain(statement_alone(db), 1);
}

bool statement_wants_rows(sqlite3 *db) {
    return statement_is_plain(statement_alone(db), INT_MAX);
}

/* Words by which SQLite may leave a query inside out for some rows, or end it at its first row. */
static const char *const statement_doubts[] = {"CASE", "COALESCE", "IFNULL", "IIF", "OR", "EXISTS"};

static bool statement_is_doubt(sql_token token) {
    bool doubt = false;
    for (size_t i = 0; i < sizeof statement_doubts / sizeof statement_doubts[0] && !doubt; i++) {
        doubt = sql_token_is(token, statement_doubts[i]);
    }
    return doubt;
}

/* Is there a LIMIT behind that place of its text, of the query that it is in or of one around that? */
static bool statement_is_limited(const char *sql) {
    int level = 0, outermost = 0;
    bool limited = false;
    for (sql_token token = sql_token_next(&sql); token.length > 0 && !limited; token = sql_token_next(&sql)) {
        level += sql_token_is(token, "(") - sql_token_is(token, ")");
        outermost = level < outermost ? level : outermost;
        limited = level == outermost && sql_token_is(token, "LIMIT");
    }
    return limited;
}

bool statement_wants_each(sqlite3 *db, const char *table) {
    const char *sql = statement_alone(db);
    sql_token token = sql ? sql_token_next(&sql) : (sql_token){NULL, 0};
    bool named = false, each = true;
    for (; token.length > 0 && each; token = sql_token_next(&sql)) {
        bool name = sql_token_is(token, table);
        named = named || name;
        each = !statement_is_doubt(token) && !(name && statement_is_limited(sql));
    }
    return named && each;
}

bool statement_says(sqlite3 *db, const char *word) {
    bool found = false;
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each && !found; each = sqlite3_next_stmt(db, each)) {
        const char *sql = sqlite3_stmt_busy(each) ? sqlite3_sql(each) : NULL;
        sql_token token = sql ? sql_token_next(&sql) : (sql_token){NULL, 0};
        while (token.length > 0 && !sql_token_is(token, word)) {
            token = sql_token_next(&sql);
        }
        found = token.length > 0;
    }
    return found;
}
