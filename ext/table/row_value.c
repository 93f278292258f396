/* Numbers that an IN of several columns compares texts with; see row_value.h. */
#include "table/row_value.h"

#include <string.h>

#include "base/sql_token.h"

/* Of so many terms sqlite3_vtab_in tells what is an IN of one column. */
enum { ROW_VALUE_TELLS_IN = 3038000, ROW_VALUE_IN_TERMS = 32 };

/* ---- what is in doubt ---- */

/* Only of = with a literal it is known that it is one. */
static bool row_value_is_literal(sqlite3_index_info *info, int term) {
#if SQLITE_VERSION_NUMBER >= 3038000
    sqlite3_value *value = NULL;
    return sqlite3_libversion_number() >= ROW_VALUE_TELLS_IN && sqlite3_vtab_rhs_value(info, term, &value) == SQLITE_OK;
#else
    (void)info, (void)term;
    return false;
#endif
}

/* A value that the list must be given: a number is refused in any case (read/route.c). */
static bool row_value_is_required(const catalog_resource *resource, const char *column) {
    bool required = false;
    for (int slot = SLOT_FILTER0; plan_is_filter((plan_slot)slot); slot++) {
        const catalog_filter *filter = plan_filter(resource, (plan_slot)slot);
        required = required || (filter->column && filter->required && strcmp(filter->column, column) == 0);
    }
    return required;
}

/* A text that may be a number; SIDs and what begins with them are none. */
static bool row_value_may_be_number(const catalog_resource *resource, int index) {
    if (index < 0 || (size_t)index >= resource->column_count) {
        return false;
    }
    const catalog_column *column = &resource->columns[index];
    bool sid = (column->flags & COLUMN_PARENT) ||
               (resource->key_prefix && resource->key_column && strcmp(resource->key_column, column->name) == 0);
    return !sid && !row_value_is_required(resource, column->name) && column->kind != VALUE_INTEGER &&
           column->kind != VALUE_BOOLEAN && column->kind != VALUE_BYTES;
}

static bool row_value_tells_in(int terms) {
#if SQLITE_VERSION_NUMBER >= 3038000
    return sqlite3_libversion_number() >= ROW_VALUE_TELLS_IN && terms <= ROW_VALUE_IN_TERMS;
#else
    (void)terms;
    return false;
#endif
}

row_value_doubts row_value_doubt(const plan_question *question, sqlite3_index_info *info) {
    row_value_doubts doubts;
    memset(&doubts, 0, sizeof doubts);
    doubts.of_one_column = !row_value_tells_in(info->nConstraint);
    for (int i = 0; i < info->nConstraint && doubts.count < ROW_VALUE_DOUBTS; i++) {
        int argument = info->aConstraintUsage[i].argvIndex, column = info->aConstraint[i].iColumn;
        bool equal = info->aConstraint[i].op == SQLITE_INDEX_CONSTRAINT_EQ && !question->terms[i].in;
        if (argument > 0 && equal && row_value_may_be_number(question->resource, column) &&
            !row_value_is_literal(info, i)) {
            doubts.arguments[doubts.count] = (unsigned char)(argument - 1);
            doubts.columns[doubts.count++] = (unsigned char)column;
        }
    }
    return doubts;
}

/* ---- whether there may be such an IN ---- */

/* Does a list of values follow? What it holds SQLite turns into what the column is, so no number is left. */
static bool row_value_is_list(const char *sql) {
    static const char *const others[] = {"SELECT", "VALUES", "WITH", "("};
    bool list = sql_token_is(sql_token_next(&sql), "(");
    sql_token first = sql_token_next(&sql);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        list = list && !sql_token_is(first, others[i]);
    }
    return list;
}

bool row_value_is_in(const char *sql, bool any) {
    bool several = false;
    while (sql) {
        sql_token token = sql_token_next(&sql);
        if (token.length == 0) {
            return false;
        }
        if (sql_token_is(token, "IN") && (any || several) && !row_value_is_list(sql)) {
            return true;
        }
        several = sql_token_is(token, ")");
    }
    return false;
}

/* Does the text name it? A name that cannot stand in a text as it is, or not alone, may stand there. */
static bool row_value_mentions(const char *text, const char *name) {
    int length = (int)strlen(name);
    bool found = strpbrk(name, "'\"`]") != NULL;
    for (; text && *text && !found; text++) {
        found = sqlite3_strnicmp(text, name, length) == 0;
    }
    return found;
}

/* Which of those that run is the one, SQLite does not say. view: does one name it? NULL: has one such an IN? */
static bool row_value_in_statements(sqlite3 *db, bool any, const char *view) {
    bool found = false;
    for (sqlite3_stmt *each = sqlite3_next_stmt(db, NULL); each && !found; each = sqlite3_next_stmt(db, each)) {
        const char *sql = sqlite3_stmt_busy(each) ? sqlite3_sql(each) : NULL;
        found = view ? row_value_mentions(sql, view) : row_value_is_in(sql, any);
    }
    return found;
}

/* The type, name and SQL of each. */
static int row_value_ask_views(sqlite3 *db, sqlite3_stmt **views) {
    static const char query[] =
        "SELECT type, name, sql FROM sqlite_temp_master WHERE type = 'view' OR type = 'trigger'";
    return sqlite3_prepare_v3(db, query, -1, SQLITE_PREPARE_NO_VTAB, views, NULL);
}

/* Goes on to the next of them. False: there is none, or *rc tells why not. */
static bool row_value_next_view(sqlite3_stmt *views, const char *texts[3], int *rc) {
    *rc = *rc == SQLITE_OK || *rc == SQLITE_ROW ? sqlite3_step(views) : *rc;
    for (int i = 0; i < 3 && *rc == SQLITE_ROW; i++) {
        texts[i] = (const char *)sqlite3_column_text(views, i);
        *rc = texts[i] ? SQLITE_ROW : SQLITE_NOMEM;
    }
    return *rc == SQLITE_ROW;
}

/* Is the view used by what runs, perhaps, or by another view or a trigger? */
static bool row_value_is_used(sqlite3 *db, const char *view, int *rc) {
    sqlite3_stmt *others = NULL;
    const char *texts[3];
    bool found = row_value_in_statements(db, false, view);
    int asked = found ? SQLITE_DONE : row_value_ask_views(db, &others);
    while (!found && row_value_next_view(others, texts, &asked)) {
        found = strcmp(texts[1], view) != 0 && row_value_mentions(texts[2], view);
    }
    sqlite3_finalize(others);
    *rc = found || asked == SQLITE_DONE ? *rc : asked;
    return found;
}

/* Of views and triggers only temporary ones can read our tables. One that cannot be read may have it. */
static bool row_value_is_in_views(sqlite3 *db, bool any, error *problem) {
    sqlite3_stmt *views = NULL;
    bool found = false;
    const char *texts[3];
    int rc = row_value_ask_views(db, &views);
    while (!found && row_value_next_view(views, texts, &rc)) {
        bool trigger = strcmp(texts[0], "trigger") == 0;
        found = row_value_is_in(texts[2], any) && (trigger || row_value_is_used(db, texts[1], &rc));
    }
    sqlite3_finalize(views);
    if (rc == SQLITE_NOMEM) {
        error_no_memory(problem);
    } else if (rc == SQLITE_INTERRUPT) {
        error_set(problem, rc, "interrupted");
    }
    return found || rc != SQLITE_DONE;
}

static bool row_value_may_be(sqlite3 *db, bool any, row_value_statement *statement, error *problem) {
    if (!statement->known) {
        statement->may = row_value_in_statements(db, any, NULL) || row_value_is_in_views(db, any, problem);
        statement->known = !error_is_set(problem);
    }
    return statement->may;
}

void row_value_refuse(sqlite3 *db, const catalog_resource *resource, const row_value_doubts *doubts,
                      sqlite3_value **values, row_value_statement *statement, error *problem) {
    for (size_t i = 0; i < doubts->count && !error_is_set(problem); i++) {
        const char *name = resource->columns[doubts->columns[i]].name;
        int type = sqlite3_value_type(values[doubts->arguments[i]]);
        bool number = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
        if (number && row_value_may_be(db, doubts->of_one_column, statement, problem) && !error_is_set(problem)) {
            error_set(problem, SQLITE_ERROR,
                      "%s: a number is compared with %s, and of %s SQLite does not say how: write +%s, or CAST(... AS "
                      "TEXT) for the number",
                      resource->name, name, doubts->of_one_column ? "IN (...)" : "(..., ...) IN (...)", name);
        }
    }
}
