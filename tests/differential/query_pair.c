/*
** Queries over every pair of tables: see query_pair.h. The two are compared by columns of one domain, or by any two, as
** they are or with another affinity or collation. Chat's tables have duplicates and NULLs, the local ones beside them
** have all types (local.c).
*/
#include "query_pair.h"

#include "condition.h"
#include "query_again.h"
#include "source.h"

#include <string.h>

enum {
    PAIR_STRIDE =
        29, /* between the numbers of two pairs that come up one after another; prime, greater than their kinds */
    PAIR_MUCH = 40000,  /* pairs of rows, from which on the outer table is thinned: both sides are to stay affordable */
    PAIR_MORE = 500000, /* ... and even more */
    PAIR_LIST_MOST = 7
};

typedef struct pair {
    scope outer, inner;
    const alias *a, *b;
    int x, y; /* the columns that are compared */
} pair;

/* A column of one that has a partner of its domain in the other; false: there is none among a few tries. */
static bool pair_choose_alike(generator *g, pair *p) {
    for (int attempt = 0; attempt < 12; attempt++) {
        p->x = generator_any_column(g, p->a->table->table);
        const char *domain = p->a->table->table->columns[p->x].domain;
        bool telling = domain[0] != '\0' && strcmp(domain, "account") != 0;
        p->y = telling ? generator_column_of_domain(g, p->b->table->table, domain) : -1;
        if (p->y >= 0) {
            return true;
        }
    }
    return false;
}

static void pair_choose_columns(generator *g, pair *p) {
    if (generator_chance(g, 25) || !pair_choose_alike(g, p)) {
        p->x = generator_any_column(g, p->a->table->table);
        p->y = generator_any_column(g, p->b->table->table);
    }
}

static void pair_begin(generator *g, pair *p) {
    int count = g->sample->count;
    uint64_t place = (g->place + g->number / QUERY_PAIR_EVERY) * PAIR_STRIDE % ((uint64_t)count * (uint64_t)count);
    *p = (pair){0};
    p->inner.outer = &p->outer;
    p->a = generator_alias(g, &p->outer, &g->sample->tables[place / (uint64_t)count]);
    p->b = generator_alias(g, &p->inner, &g->sample->tables[place % (uint64_t)count]);
    pair_choose_columns(g, p);
}

/* One side of a comparison, as it is or in one of the forms that query_again.c has. */
static void pair_side(generator *g, const alias *a, int column) {
    sqlite3_str *saved = generator_piece_begin(g);
    generator_column(g, a, column);
    char *text = generator_piece_end(g, saved);
    query_again_side(g, text);
    sqlite3_free(text);
}

/* What a row of the one has to be for a row of the other to be its partner. */
static void pair_condition(generator *g, const pair *p) {
    static const char *const comparisons[] = {" = ", " = ", " = ", " = ", " = ", " = ", " == ", " IS "};
    const alias *sides[] = {p->b, p->a};
    int columns[] = {p->y, p->x};
    bool swapped = generator_chance(g, 40);
    pair_side(g, sides[swapped], columns[swapped]);
    generator_add(g, "%s", RANDOM_OF(&g->random, comparisons));
    pair_side(g, sides[!swapped], columns[!swapped]);
    int service = table_service_column(p->a->table->table), other = table_service_column(p->b->table->table);
    if (service >= 0 && other >= 0 && generator_chance(g, 30)) {
        generator_add(g, " AND ");
        generator_column(g, p->b, other);
        generator_add(g, " = ");
        generator_column(g, p->a, service);
    }
    if (generator_chance(g, 12)) {
        int column = generator_any_column(g, p->b->table->table);
        generator_add(g, " AND ");
        generator_column(g, p->b, column);
        generator_add(g, " %s ", generator_chance(g, 50) ? "=" : "<>");
        generator_value(g, condition_sampled(g, p->b, column));
    }
}

/* A list of values of all types, NULL among them more often than not. */
static void pair_list(generator *g, const alias *a, int column) {
    int count = 2 + random_below(&g->random, PAIR_LIST_MOST);
    generator_add(g, "(");
    for (int i = 0; i < count; i++) {
        value v =
            generator_chance(g, 20) ? sample_number(a->table, &g->random, column) : condition_sampled(g, a, column);
        generator_add(g, i == 0 ? "" : ", ");
        generator_value(g, generator_chance(g, 25) ? sample_mutate(&g->random, v) : v);
    }
    generator_add(g, generator_chance(g, 60) ? ", NULL)" : ")");
}

/* Which of the outer rows: fewer, where there are many pairs; or by a list; or by what becomes a request. */
static void pair_outer_where(generator *g, const pair *p, const char *before) {
    uint64_t pairs = (uint64_t)p->a->table->rows.row_count * (uint64_t)p->b->table->rows.row_count;
    if (pairs > PAIR_MUCH) {
        generator_add(g, "%ssubstr(", before);
        generator_column(g, p->a, source_key(p->a));
        generator_add(g, ", -1) IN ('%c', '%c')", "0123456789"[random_below(&g->random, 10)],
                      pairs > PAIR_MORE ? 'x' : "abcdef"[random_below(&g->random, 6)]);
        before = " AND ";
    }
    if (generator_chance(g, 15)) {
        int column = generator_any_column(g, p->a->table->table);
        generator_add(g, "%s", before);
        generator_column(g, p->a, column);
        generator_add(g, generator_chance(g, 30) ? " NOT IN " : " IN ");
        pair_list(g, p->a, column);
    } else if (p->a->table->table->segment != NULL && generator_chance(g, 15)) {
        generator_add(g, "%s(", before);
        condition_restriction(g, p->a);
        generator_add(g, ")");
    }
}

static void pair_table(generator *g, const char *before, const alias *a) {
    generator_add(g, "%s\"%w\" AS %s", before, a->table->table->name, a->name);
}

/* Rows, or, where each has many partners, what they come to. */
static void pair_join(generator *g, const pair *p, const char *join, bool lacking) {
    bool grouped = generator_chance(g, 50);
    generator_add(g, "SELECT ");
    generator_column(g, p->a, source_key(p->a));
    generator_add(g, grouped ? " AS c1, count(*) AS c2, max(" : " AS c1, (");
    generator_column(g, p->b, generator_chance(g, 50) ? p->y : source_key(p->b));
    generator_add(g, ") AS c3");
    pair_table(g, " FROM ", p->a);
    pair_table(g, join, p->b);
    generator_add(g, " ON ");
    pair_condition(g, p);
    if (lacking) {
        generator_add(g, " WHERE ");
        generator_column(g, p->b, generator_chance(g, 70) ? source_key(p->b) : p->y);
        generator_add(g, " IS NULL");
    }
    pair_outer_where(g, p, lacking ? " AND " : " WHERE ");
    generator_add(g, grouped ? " GROUP BY 1" : "");
}

static void pair_inner_join(generator *g, const pair *p) {
    static const char *const joins[] = {" JOIN ", " JOIN ", " CROSS JOIN ", " INNER JOIN "};
    pair_join(g, p, RANDOM_OF(&g->random, joins), false);
}

static void pair_left_join(generator *g, const pair *p) {
    pair_join(g, p, " LEFT JOIN ", false);
}

static void pair_anti_join(generator *g, const pair *p) {
    pair_join(g, p, " LEFT JOIN ", true);
}

static void pair_outer(generator *g, const pair *p) {
    generator_add(g, "SELECT ");
    generator_column(g, p->a, source_key(p->a));
    generator_add(g, " AS c1");
}

static void pair_exists(generator *g, const pair *p) {
    pair_outer(g, p);
    pair_table(g, " FROM ", p->a);
    generator_add(g, " WHERE %sEXISTS (SELECT 1", generator_chance(g, 60) ? "NOT " : "");
    pair_table(g, " FROM ", p->b);
    generator_add(g, " WHERE ");
    pair_condition(g, p);
    generator_add(g, ")");
    pair_outer_where(g, p, " AND ");
}

/* x IN (SELECT y ...): with NULLs on either side, NOT IN is a trap that must stay one. */
static void pair_in(generator *g, const pair *p) {
    bool correlated = generator_chance(g, 25);
    pair_outer(g, p);
    pair_table(g, " FROM ", p->a);
    generator_add(g, " WHERE ");
    pair_side(g, p->a, p->x);
    generator_add(g, "%s IN (SELECT ", generator_chance(g, 45) ? " NOT" : "");
    pair_side(g, p->b, p->y);
    pair_table(g, " FROM ", p->b);
    if (correlated) {
        generator_add(g, " WHERE ");
        pair_condition(g, p);
    } else if (generator_chance(g, 50)) {
        generator_add(g, " WHERE ");
        generator_column(g, p->b, p->y);
        generator_add(g, " IS NOT NULL");
    }
    generator_add(g, ")");
    pair_outer_where(g, p, " AND ");
}

/*
** The right side of such an IN, of any type. No COLLATE: SQLite compares by it, but tells neither a virtual table nor an
** index of its own.
*/
static void pair_typed_side(generator *g, const alias *a, int column) {
    static const char *const types[] = {"TEXT", "INTEGER", "NUMERIC", "REAL", "BLOB"};
    bool cast = generator_chance(g, 30);
    generator_add(g, cast ? "CAST(" : generator_chance(g, 15) ? "+" : "");
    generator_column(g, a, column);
    if (cast) {
        generator_add(g, " AS %s)", RANDOM_OF(&g->random, types));
    }
}

/* (x, z) IN (SELECT y, w ...): two columns at once, of the same types or not. */
static void pair_in_rows(generator *g, pair *p) {
    int x = p->x, y = p->y;
    bool constant = generator_chance(g, 15), swapped = generator_chance(g, 50);
    pair_outer(g, p);
    pair_choose_columns(g, p);
    pair_table(g, " FROM ", p->a);
    generator_add(g, " WHERE (");
    pair_side(g, p->a, swapped ? p->x : x);
    generator_add(g, ", ");
    if (constant) {
        generator_add(g, "1");
    } else {
        generator_column(g, p->a, swapped ? x : p->x);
    }
    generator_add(g, ")%s IN (SELECT ", generator_chance(g, 20) ? " NOT" : "");
    pair_typed_side(g, p->b, swapped ? p->y : y);
    generator_add(g, ", ");
    if (constant) {
        generator_add(g, "1");
    } else {
        pair_typed_side(g, p->b, swapped ? y : p->y);
    }
    pair_table(g, " FROM ", p->b);
    generator_add(g, ")");
    pair_outer_where(g, p, " AND ");
}

static void pair_scalar(generator *g, const pair *p) {
    static const char *const aggregates[] = {"max(\"%w\")", "min(\"%w\")",         "count(\"%w\")",
                                             "count(*)",    "max(length(\"%w\"))", "count(DISTINCT \"%w\")"};
    const table *t = p->b->table->table;
    int index = table_column_index(t, "index");
    int column = index >= 0 && generator_chance(g, 50) ? index : generator_any_column(g, t);
    const char *aggregate = RANDOM_OF(&g->random, aggregates);
    pair_outer(g, p);
    generator_add(g, ", (SELECT ");
    generator_add(g, aggregate, t->columns[column].name);
    pair_table(g, " FROM ", p->b);
    generator_add(g, " WHERE ");
    pair_condition(g, p);
    generator_add(g, ") AS c2");
    pair_table(g, " FROM ", p->a);
    pair_outer_where(g, p, " WHERE ");
}

/* The first or last partner by any order; that of messages in their channel decides alone, others with the key. */
static void pair_first(generator *g, pair *p) {
    const table *t = p->b->table->table;
    int index = table_column_index(t, "index");
    int channel = generator_column_of_domain(g, p->a->table->table, "channel");
    int other = generator_column_of_domain(g, t, "channel");
    bool latest = index >= 0 && channel >= 0 && other >= 0 && generator_chance(g, 60);
    if (latest) {
        p->x = channel;
        p->y = other;
    }
    int order = latest ? index : generator_any_column(g, t);
    pair_outer(g, p);
    generator_add(g, ", (SELECT ");
    generator_column(g, p->b, generator_any_column(g, t));
    pair_table(g, " FROM ", p->b);
    generator_add(g, " WHERE ");
    pair_condition(g, p);
    generator_add(g, " ORDER BY ");
    generator_column(g, p->b, order);
    generator_add(g, generator_chance(g, 60) ? " DESC" : "");
    if (!latest) {
        generator_add(g, ", ");
        generator_column(g, p->b, source_key(p->b));
    }
    generator_add(g, " LIMIT 1) AS c2");
    pair_table(g, " FROM ", p->a);
    pair_outer_where(g, p, " WHERE ");
}

void query_pair_write(generator *g, query *q) {
    static const int weights[] = {18, 9, 11, 16, 15, 10, 9, 12};
    pair p;
    (void)q;
    pair_begin(g, &p);
    switch (random_weighted(&g->random, weights, 8)) {
    case 0:
        pair_inner_join(g, &p);
        break;
    case 1:
        pair_left_join(g, &p);
        break;
    case 2:
        pair_anti_join(g, &p);
        break;
    case 3:
        pair_exists(g, &p);
        break;
    case 4:
        pair_in(g, &p);
        break;
    case 5:
        pair_scalar(g, &p);
        break;
    case 6:
        pair_first(g, &p);
        break;
    default:
        pair_in_rows(g, &p);
    }
}
