/* Filling the local tables: see local.h. */
#include "local.h"

#include <stdio.h>
#include <string.h>

enum { LOCAL_ROWS = 24 };

/* Mostly what its domain has; some NULLs, some mutations. Numbers are never both 7 and 7.0: those are equal to DISTINCT
** and GROUP BY, which then may show either. */
static value local_value(const sample *s, random_state *random, const table_column *column) {
    value v = sample_of_domain(s, random, column->domain);
    if (random_chance(random, 10)) {
        value_clear(&v);
    } else if (random_chance(random, 15)) {
        v = sample_mutate(random, v);
    }
    if (v.type == SQLITE_FLOAT || (v.type == SQLITE_TEXT && strcmp(column->domain, "number") == 0)) {
        value_clear(&v);
        v = value_real(3.5);
    }
    return v;
}

static bool local_insert(sqlite3 *db, const sample *s, random_state *random, const table *t, int row) {
    sqlite3_str *sql = sqlite3_str_new(db);
    sqlite3_str_appendf(sql, "INSERT INTO %s VALUES(%d", t->name, row);
    for (int i = 1; i < table_column_count(t); i++) {
        value v = local_value(s, random, &t->columns[i]);
        sqlite3_str_appendall(sql, ", ");
        value_append_literal(sql, &v);
        value_clear(&v);
    }
    sqlite3_str_appendall(sql, ")");
    char *text = sqlite3_str_finish(sql);
    bool inserted = sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK;
    if (!inserted) {
        printf("# %s: %s\n", text, sqlite3_errmsg(db));
    }
    sqlite3_free(text);
    return inserted;
}

bool local_create(sqlite3 *db, const sample *s, uint64_t seed) {
    int count;
    const table *tables = tables_local(&count);
    for (int i = 0; i < count; i++) {
        random_state random;
        random_start(&random, seed, tables[i].name, 0);
        if (table_create(db, &tables[i], false) != SQLITE_OK) {
            printf("# %s: %s\n", tables[i].name, sqlite3_errmsg(db));
            return false;
        }
        for (int row = 1; row <= LOCAL_ROWS; row++) {
            if (!local_insert(db, s, &random, &tables[i], row)) {
                return false;
            }
        }
    }
    return true;
}
