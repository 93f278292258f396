/* What a statement sees of the own tables; see small_snapshot.h. */
#include "table/small_snapshot.h"

#include <string.h>

#include "base/sql_token.h"

enum { SNAPSHOT_TABLES = 4, SNAPSHOT_STATEMENTS = 512, SNAPSHOT_ALL = (1 << SMALL_COLUMNS_MAX) - 1 };

/* What a statement uses of each table: columns, and one bit more if it uses it at all. */
typedef struct snapshot_use {
    int64_t prepared;
    sqlite3_stmt *statement; /* that was prepared then; it may be gone */
    int looks;               /* that it has now: what it sees has been copied */
    unsigned columns[SNAPSHOT_TABLES];
} snapshot_use;

enum { SNAPSHOT_USED = 1 << SMALL_COLUMNS_MAX };

/* A copy, as a companion of the look, or before there is one. */
typedef struct snapshot_copy {
    small_rows *rows; /* owned; NULL: there is none, for the reason in problem if it says one */
    error problem;
} snapshot_copy;

/* What a statement that writes will see, if it writes its first row before it reads any of ours. */
typedef struct snapshot_ahead {
    sqlite3_stmt *statement; /* the latest that was about to write; NULL: none */
    int run;                 /* which of its executions */
    int beside;              /* so many ran then (statement_busy_count) */
    int64_t planned;         /* so many had been prepared then: with another one the address may be another's */
    int64_t prepared;        /* its number; 0: it uses no own table; ... */
    bool taken;              /* there are copies: it had no look */
    snapshot_copy copies[SNAPSHOT_TABLES];
} snapshot_ahead;

enum { SNAPSHOT_PREPARED_AGAIN = -1 /* ... or this: not known, since SQLite has prepared it again, as another */ };

typedef struct snapshot_part {
    const small_table *tables[SNAPSHOT_TABLES];
    int count;
    snapshot_ahead ahead;
    snapshot_use uses[SNAPSHOT_STATEMENTS]; /* the latest statements that use any, in a ring */
    size_t next;
    int64_t forgotten; /* those up to that number may have been in the ring */
} snapshot_part;

static snapshot_part *snapshot_of(const connection *shared) {
    return shared->parts[CONNECTION_OWN_TABLES].content;
}

/* ---- who uses what ---- */

static snapshot_use *snapshot_find(snapshot_part *part, int64_t prepared) {
    for (size_t i = 0; i < SNAPSHOT_STATEMENTS; i++) {
        if (part->uses[i].prepared == prepared) {
            return &part->uses[i];
        }
    }
    return NULL;
}

int64_t small_snapshot_plan(connection *shared, int table, unsigned columns) {
    snapshot_part *part = snapshot_of(shared);
    int64_t prepared = statement_being_prepared(&reading_of(shared)->prepared, shared->db);
    snapshot_use *use = prepared ? snapshot_find(part, prepared) : NULL;
    if (prepared && !use) {
        use = &part->uses[part->next++ % SNAPSHOT_STATEMENTS];
        part->forgotten = use->prepared > part->forgotten ? use->prepared : part->forgotten;
        memset(use, 0, sizeof *use);
        use->prepared = prepared;
        use->statement = reading_of(shared)->prepared.latest;
    }
    if (use) {
        use->columns[table] |= SNAPSHOT_USED | columns;
    }
    return prepared;
}

/* Of a statement that has been forgotten everything, to be sure. */
static unsigned snapshot_columns(snapshot_part *part, int table, int64_t prepared) {
    const snapshot_use *use = prepared ? snapshot_find(part, prepared) : NULL;
    if (use) {
        return use->columns[table];
    }
    return prepared <= part->forgotten ? SNAPSHOT_USED | SNAPSHOT_ALL : 0;
}

/* ---- copies ---- */

/*
** Part of the memory limit: pages are held besides, and there may be several tables. What a full disk does not take stays in
** memory, where there is as much of it already: what became of the calls is to be told on the worst of days.
*/
static small_rows *snapshot_take(connection *shared, const small_table *table, unsigned columns, error *problem) {
    enum { PART = 8 };
    small_rows *rows = small_rows_new(shared->db, columns, connection_memory_limit(shared) / PART);
    if (!rows) {
        error_no_memory(problem);
        return NULL;
    }
    if ((columns & table->away) == 0) {
        small_rows_stay(rows);
    }
    for (sqlite3_int64 row = 0; !error_is_set(problem) && (row = table->next(shared, row)) != 0;) {
        table->copy(shared, row, rows, problem);
    }
    if (!error_is_set(problem)) {
        small_rows_explain(table->name, small_rows_finish(rows), problem);
    }
    if (error_is_set(problem)) {
        small_rows_free(rows);
        rows = NULL;
    }
    return rows;
}

static void snapshot_drop(void *companion) {
    snapshot_copy *copy = companion;
    small_rows_free(copy->rows);
    copy->rows = NULL;
    error_clear(&copy->problem);
}

/* ---- copies for a statement that writes first ---- */

static void snapshot_leave(snapshot_ahead *ahead) {
    for (int i = 0; i < SNAPSHOT_TABLES; i++) {
        snapshot_drop(&ahead->copies[i]);
    }
    memset(ahead, 0, sizeof *ahead);
}

/* Is it one of the connection's statements? Its address may be another's by now. */
static bool snapshot_is_there(sqlite3 *db, const sqlite3_stmt *statement) {
    sqlite3_stmt *each = sqlite3_next_stmt(db, NULL);
    while (each && each != statement) {
        each = sqlite3_next_stmt(db, each);
    }
    return each != NULL;
}

static bool snapshot_is_running(sqlite3 *db, const snapshot_ahead *ahead) {
    return ahead->statement && snapshot_is_there(db, ahead->statement) && sqlite3_stmt_busy(ahead->statement) &&
           statement_run(ahead->statement) == ahead->run;
}

/* Does the look of the statement of that number belong to the execution that they were made for? */
static bool snapshot_is_ahead(sqlite3 *db, snapshot_part *part, int64_t prepared) {
    const snapshot_ahead *ahead = &part->ahead;
    bool same = ahead->prepared == prepared;
    if (ahead->prepared == SNAPSHOT_PREPARED_AGAIN) {
        const snapshot_use *use = snapshot_find(part, prepared);
        same = !use || !snapshot_is_there(db, use->statement);
    }
    return ahead->taken && same && snapshot_is_running(db, ahead);
}

/* Can a query be in it? NULL: a statement without text, which SQLite or an extension has made. */
static bool snapshot_may_read(const char *sql) {
    sql_token token = sql_token_first(sql);
    sql = token.length > 0 ? token.text + token.length : NULL;
    while (token.length > 0 && !sql_token_is(token, "SELECT") && !sql_token_is(token, "IN")) {
        token = sql_token_next(&sql);
    }
    return token.length > 0;
}

/* Of the statements that use own tables the latest at that address, which may be another's by now: that costs needless copies. */
static const snapshot_use *snapshot_use_of(const snapshot_part *part, const sqlite3_stmt *statement) {
    const snapshot_use *found = NULL;
    for (size_t i = 0; i < SNAPSHOT_STATEMENTS; i++) {
        const snapshot_use *use = &part->uses[i];
        found = use->statement == statement && (!found || use->prepared > found->prepared) ? use : found;
    }
    return found;
}

/* The number of a statement that may read own tables. */
static int64_t snapshot_number(const snapshot_part *part, sqlite3_stmt *statement) {
    const snapshot_use *use = snapshot_use_of(part, statement);
    bool again = sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_REPREPARE, 0) > 0;
    int64_t number = again ? SNAPSHOT_PREPARED_AGAIN : use ? use->prepared : 0;
    return number != 0 && snapshot_may_read(sqlite3_sql(statement)) ? number : 0;
}

/* Has it a look, and so copies, already? */
static bool snapshot_has_look(snapshot_part *part, int64_t number) {
    const snapshot_use *use = number > 0 ? snapshot_find(part, number) : NULL;
    return use && use->looks > 0;
}

static void snapshot_take_ahead(connection *shared, snapshot_part *part) {
    int64_t number = part->ahead.prepared;
    connection_settle(shared);
    for (int i = 0; i < part->count; i++) {
        unsigned all = number < 0 ? SNAPSHOT_USED | SNAPSHOT_ALL : 0;
        unsigned columns = part->tables[i]->copy ? all | snapshot_columns(part, i, number) : 0;
        if (columns) {
            snapshot_copy *copy = &part->ahead.copies[i];
            copy->rows = snapshot_take(shared, part->tables[i], columns & SNAPSHOT_ALL, &copy->problem);
        }
    }
}

/* Is it known what is to be done for the statement that is about to insert a row? */
static bool snapshot_is_known(connection *shared, snapshot_part *part, int beside) {
    snapshot_ahead *ahead = &part->ahead;
    if (!snapshot_is_running(shared->db, ahead)) {
        return false;
    }
    if (ahead->planned != reading_of(shared)->prepared.number) {
        ahead->planned = reading_of(shared)->prepared.number;
        return ahead->prepared != 0 && snapshot_number(part, ahead->statement) == ahead->prepared;
    }
    return ahead->prepared != 0 || ahead->beside == beside;
}

void small_snapshot_insert(connection *shared, int beside) {
    snapshot_part *part = snapshot_of(shared);
    if (!part || part->next == 0 || snapshot_is_known(shared, part, beside)) {
        return;
    }
    snapshot_leave(&part->ahead);
    part->ahead.beside = beside;
    part->ahead.planned = reading_of(shared)->prepared.number;
    sqlite3_stmt *each = sqlite3_next_stmt(shared->db, NULL);
    for (; each && part->ahead.prepared == 0; each = sqlite3_next_stmt(shared->db, each)) {
        if (statement_is_writing(each) && sqlite3_sql(each)) {
            part->ahead.statement = each;
            part->ahead.run = statement_run(each);
            part->ahead.prepared = snapshot_number(part, each);
        }
    }
    if (part->ahead.prepared != 0 && !snapshot_has_look(part, part->ahead.prepared)) {
        snapshot_take_ahead(shared, part);
        part->ahead.taken = true;
    }
}

void small_snapshot_end(connection *shared) {
    snapshot_part *part = snapshot_of(shared);
    if (part) {
        snapshot_leave(&part->ahead);
    }
}

/* ---- the copies of a look ---- */

static snapshot_copy *snapshot_copy_of(look *view, const small_table *table, error *problem) {
    return look_companion(view, table->name, sizeof(snapshot_copy), snapshot_drop, problem);
}

/* The execution may have several looks, one after another: each sees the same. */
static void snapshot_share(snapshot_copy *copy, const snapshot_copy *ahead) {
    copy->rows = ahead->rows ? small_rows_again(ahead->rows) : NULL;
    if (ahead->problem.message) {
        error_set(&copy->problem, ahead->problem.rc, "%s", ahead->problem.message);
    }
}

/* In a look, for as long as it is there. */
typedef struct snapshot_mark {
    snapshot_part *part;
    int64_t prepared;
} snapshot_mark;

static void snapshot_unmark(void *companion) {
    const snapshot_mark *mark = companion;
    snapshot_use *use = mark->part ? snapshot_find(mark->part, mark->prepared) : NULL;
    if (use && use->looks > 0) {
        use->looks--;
    }
}

static void snapshot_note_look(snapshot_part *part, look *view, int64_t prepared) {
    error ignored = {0};
    snapshot_use *use = prepared ? snapshot_find(part, prepared) : NULL;
    snapshot_mark *mark = use ? look_companion(view, "own tables", sizeof *mark, snapshot_unmark, &ignored) : NULL;
    if (mark) {
        *mark = (snapshot_mark){part, prepared};
        use->looks++;
    }
    error_clear(&ignored);
}

/* A statement begins. What fails is told by the scan that needs it. */
static void snapshot_begin(look *view, int64_t prepared) {
    connection *shared = look_connection(view);
    snapshot_part *part = snapshot_of(shared);
    bool ahead = snapshot_is_ahead(shared->db, part, prepared);
    snapshot_note_look(part, view, prepared);
    connection_settle(shared);
    for (int i = 0; i < part->count; i++) {
        unsigned columns = part->tables[i]->copy ? snapshot_columns(part, i, prepared) : 0;
        error ignored = {0};
        snapshot_copy *copy = columns ? snapshot_copy_of(view, part->tables[i], &ignored) : NULL;
        if (copy && ahead) {
            snapshot_share(copy, &part->ahead.copies[i]);
        } else if (copy) {
            copy->rows = snapshot_take(shared, part->tables[i], columns & SNAPSHOT_ALL, &copy->problem);
        }
        error_clear(&ignored);
    }
}

small_rows *small_snapshot_open(look *view, int table, int64_t prepared, error *problem) {
    connection *shared = look_connection(view);
    const small_table *wanted = snapshot_of(shared)->tables[table];
    snapshot_copy *copy = snapshot_copy_of(view, wanted, problem);
    if (copy && !copy->rows && !error_is_set(&copy->problem) && prepared == 0) {
        copy->rows = snapshot_take(shared, wanted, SNAPSHOT_ALL, &copy->problem);
    }
    if (!copy || !copy->rows) {
        /* Without a copy it had no memory for it when the statement began: one made now could show something else. */
        error_set(problem, copy && copy->problem.rc ? copy->problem.rc : SQLITE_NOMEM, "%s",
                  copy && copy->problem.message ? copy->problem.message : "out of memory");
        return NULL;
    }
    small_rows *walk = small_rows_again(copy->rows);
    if (!walk) {
        error_no_memory(problem);
    }
    return walk;
}

static void snapshot_release(void *content) {
    snapshot_leave(&((snapshot_part *)content)->ahead);
    sqlite3_free(content);
}

static void snapshot_ignore(void *content) {
    (void)content;
}

int small_snapshot_register(connection *shared, const small_table *table) {
    const connection_part made = {.settings_changed = snapshot_ignore, .release = snapshot_release};
    if (connection_add_part(shared, CONNECTION_OWN_TABLES, sizeof(snapshot_part), made) != SQLITE_OK) {
        return -1;
    }
    snapshot_part *part = snapshot_of(shared);
    reading_of(shared)->begins = snapshot_begin;
    /* A second load_extension goes on where the first one ran out of memory. */
    int place = 0;
    while (place < part->count && part->tables[place] != table) {
        place++;
    }
    part->tables[place] = table;
    part->count += place == part->count;
    return place;
}
