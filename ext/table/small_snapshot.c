/* What a statement sees of the own tables; see small_snapshot.h. */
#include "table/small_snapshot.h"

#include <string.h>

enum { SNAPSHOT_TABLES = 4, SNAPSHOT_STATEMENTS = 512, SNAPSHOT_ALL = (1 << SMALL_COLUMNS_MAX) - 1 };

/* What a statement uses of each table: columns, and one bit more if it uses it at all. */
typedef struct snapshot_use {
    int64_t prepared;
    unsigned columns[SNAPSHOT_TABLES];
} snapshot_use;

enum { SNAPSHOT_USED = 1 << SMALL_COLUMNS_MAX };

typedef struct snapshot_part {
    const small_table *tables[SNAPSHOT_TABLES];
    int count;
    snapshot_use uses[SNAPSHOT_STATEMENTS]; /* the latest statements that use any, in a ring */
    size_t next;
    int64_t forgotten; /* those up to that number may have been in the ring */
} snapshot_part;

/* A copy, as a companion of the look. */
typedef struct snapshot_copy {
    small_rows *rows; /* owned; NULL: there is none, for the reason in problem if it says one */
    error problem;
} snapshot_copy;

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
    error_clear(&copy->problem);
}

static snapshot_copy *snapshot_copy_of(look *view, const small_table *table, error *problem) {
    return look_companion(view, table->name, sizeof(snapshot_copy), snapshot_drop, problem);
}

/* A statement begins. What fails is told by the scan that needs it. */
static void snapshot_begin(look *view, int64_t prepared) {
    connection *shared = look_connection(view);
    snapshot_part *part = snapshot_of(shared);
    connection_settle(shared);
    for (int i = 0; i < part->count; i++) {
        unsigned columns = part->tables[i]->copy ? snapshot_columns(part, i, prepared) : 0;
        error ignored = {0};
        snapshot_copy *copy = columns ? snapshot_copy_of(view, part->tables[i], &ignored) : NULL;
        if (copy) {
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

static void snapshot_ignore(void *content) {
    (void)content;
}

int small_snapshot_register(connection *shared, const small_table *table) {
    const connection_part made = {.settings_changed = snapshot_ignore, .release = sqlite3_free};
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
