/* Tables and joins of a generated query: see source.h. */
#include "source.h"

#include "condition.h"

#include <stdio.h>
#include <string.h>

int source_key(const alias *a) {
    return a->table->table->segment == NULL ? 0 : table_column_count(a->table->table) - 1;
}

static void source_select_all(generator *g, const sample_table *t, const char *distinct) {
    scope s = {0};
    const alias *a = generator_alias(g, &s, t);
    generator_add(g, "SELECT %s", distinct);
    table_append_columns(g->sql, t->table, a->name);
    generator_add(g, " FROM \"%w\" AS %s WHERE ", t->table->name, a->name);
    if (t->table->costly && generator_chance(g, 60)) {
        condition_restriction(g, a);
    } else if (t->table->segment != NULL && generator_chance(g, 50)) {
        condition_pushdown(g, a);
    } else {
        condition_tree(g, &s, 1);
    }
}

/* A SELECT whose result has the table's columns under their own names. */
static void source_subquery(generator *g, const sample_table *t) {
    static const char *const compounds[] = {" UNION ALL ", " UNION ", " EXCEPT "};
    source_select_all(g, t, generator_chance(g, 12) ? "DISTINCT " : "");
    if (generator_chance(g, 15)) {
        generator_add(g, "%s", RANDOM_OF(&g->random, compounds));
        source_select_all(g, t, "");
    } else if (t->table->segment != NULL && generator_chance(g, 15)) {
        generator_add(g, " ORDER BY \"path\" LIMIT %d", 1 + random_below(&g->random, 20));
    }
}

static void source_with(generator *g, const alias *a) {
    static const char *const hints[] = {"", "", "MATERIALIZED ", "NOT MATERIALIZED "};
    sqlite3_str *saved = generator_piece_begin(g);
    generator_add(g, "%scte_%s AS %s(", g->with == NULL ? "WITH " : ", ", a->name, RANDOM_OF(&g->random, hints));
    source_subquery(g, a->table);
    generator_add(g, ")");
    char *added = generator_piece_end(g, saved);
    g->with = g->with == NULL ? added : sqlite3_mprintf("%z%z", g->with, added);
    generator_add(g, "cte_%s", a->name);
}

/* Writes what stands before "AS name" in a FROM clause. */
static void source_write(generator *g, const alias *a) {
    static const int weights[] = {72, 7, 5, 9, 7};
    const char *name = a->table->table->name;
    switch (random_weighted(&g->random, weights, a->table->table->segment == NULL ? 1 : 5)) {
    case 0:
        generator_add(g, "\"%w\"", name);
        break;
    case 1:
        generator_add(g, "v_%s", name);
        break;
    case 2:
        generator_add(g, "w_%s", name);
        break;
    case 3:
        generator_add(g, "(");
        source_subquery(g, a->table);
        generator_add(g, ")");
        break;
    default:
        source_with(g, a);
        break;
    }
    generator_add(g, " AS %s", a->name);
}

/* Finds a column of an earlier alias and a table that can be joined with it. */
static const sample_table *source_partner(generator *g, const scope *s, const alias **earlier, int *column,
                                          int *match) {
    static const char *const domains[] = {"channel",  "channel", "channel", "service", "user",       "identity",
                                          "identity", "role",    "member",  "message", "credential", "number"};
    for (;;) {
        const char *domain = RANDOM_OF(&g->random, domains);
        *earlier = &s->items[random_below(&g->random, s->count)];
        *column = generator_column_of_domain(g, (*earlier)->table->table, domain);
        bool rare = strcmp(domain, "number") == 0 || strcmp(domain, "service") == 0;
        if (*column >= 0 && !(rare && generator_chance(g, 60))) {
            return sample_domain(g->sample, &g->random, domain, match);
        }
        if (generator_chance(g, 5)) { /* a table without any of these domains */
            *column = 0;
            *match = 0;
            return sample_choose(g->sample, &g->random, false);
        }
    }
}

static void source_join_condition(generator *g, const alias *earlier, int column, const alias *added, int match) {
    bool swapped = generator_chance(g, 30);
    const char *comparison = generator_chance(g, 94) ? "=" : "IS";
    generator_column(g, swapped ? added : earlier, swapped ? match : column);
    generator_add(g, generator_chance(g, 4) ? " COLLATE NOCASE %s " : " %s ", comparison);
    generator_column(g, swapped ? earlier : added, swapped ? column : match);
    int service = table_service_column(earlier->table->table);
    int other = table_service_column(added->table->table);
    if (service >= 0 && other >= 0 && generator_chance(g, 25)) {
        generator_add(g, " AND ");
        generator_column(g, added, other);
        generator_add(g, " = ");
        generator_column(g, earlier, service);
    }
}

/* A bound of the order in which the added table's list comes, by a value of the earlier row, of whatever type. */
static void source_join_range(generator *g, const alias *earlier, const alias *added) {
    static const char *const operators[] = {"=", ">", ">=", "<", "<="};
    const table *t = added->table->table;
    int column = table_column_count(t) - 1;
    while (column >= 0 && !((t->columns[column].flags & COLUMN_PUSHED) && t->columns[column].kind == COLUMN_INTEGER)) {
        column--;
    }
    if (column >= 0) {
        generator_add(g, " AND ");
        generator_column(g, added, column);
        generator_add(g, " %s ", RANDOM_OF(&g->random, operators));
        generator_add(g, generator_chance(g, 20) ? "+" : "");
        generator_column(g, earlier, generator_any_column(g, earlier->table->table));
    }
}

static void source_join(generator *g, scope *s) {
    static const char *const kinds[] = {
        " JOIN ",      " JOIN ",       " JOIN ",       " JOIN ",       " LEFT JOIN ",
        " LEFT JOIN ", ", ",           " CROSS JOIN ", " INNER JOIN ", " LEFT OUTER JOIN ",
        " JOIN ",      " CROSS JOIN ", " RIGHT JOIN ", " LEFT JOIN "};
    const alias *earlier = NULL;
    int column = 0;
    int match = 0;
    const sample_table *t = source_partner(g, s, &earlier, &column, &match);
    const char *kind = RANDOM_OF(&g->random, kinds);
    /*
    ** SQLite 3.40.1 loses rows of RIGHT JOIN with a row value IN a list, also on ordinary tables with an index on the
    ** list's columns: the list is reused wrongly for the rows without a partner.
    */
    g->right_join = g->right_join || strcmp(kind, " RIGHT JOIN ") == 0;
    const alias *added = generator_alias(g, s, t);
    generator_add(g, "%s", kind);
    source_write(g, added);
    generator_add(g, " ON ");
    source_join_condition(g, earlier, column, added, match);
    if (generator_chance(g, 30)) {
        source_join_range(g, earlier, added);
    }
    if (generator_chance(g, 20)) {
        generator_add(g, " AND ");
        condition_leaf(g, s);
    }
}

void source_from_table(generator *g, scope *s, const sample_table *t) {
    generator_add(g, "FROM ");
    source_write(g, generator_alias(g, s, t));
}

void source_from(generator *g, scope *s, int count) {
    source_from_table(g, s, sample_choose(g->sample, &g->random, s->count == 0 && count == 1));
    while (s->count < count) {
        source_join(g, s);
    }
}

static bool source_create_view(sqlite3 *db, const sample *s, const sample_table *t, uint64_t seed) {
    generator g;
    generator_start(&g, s, seed, t->table->name, 0);
    generator_add(&g, "CREATE TEMP VIEW v_%s AS SELECT ", t->table->name);
    table_append_columns(g.sql, t->table, NULL);
    generator_add(&g, " FROM \"%w\"; CREATE TEMP VIEW w_%s AS ", t->table->name, t->table->name);
    source_select_all(&g, t, "");
    char *sql = generator_take(&g);
    bool created = sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
    if (!created) {
        printf("# %s: %s\n", sql, sqlite3_errmsg(db));
    }
    sqlite3_free(sql);
    generator_end(&g);
    return created;
}

bool source_create_views(sqlite3 *db, const sample *s, uint64_t seed) {
    for (int i = 0; i < s->count; i++) {
        if (s->tables[i].table->segment != NULL && !source_create_view(db, s, &s->tables[i], seed)) {
            return false;
        }
    }
    return true;
}
