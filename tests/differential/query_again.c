/* Queries that come back to a list: see query_again.h. */
#include "query_again.h"

#include "condition.h"

void query_again_side(generator *g, const char *text) {
    static const char *const forms[] = {"%s",
                                        "%s",
                                        "%s",
                                        "%s",
                                        "+%s",
                                        "CAST(%s AS INTEGER)",
                                        "CAST(%s AS REAL)",
                                        "CAST(%s AS NUMERIC)",
                                        "CAST(%s AS TEXT)",
                                        "CAST(%s AS BLOB)",
                                        "%s COLLATE NOCASE",
                                        "%s COLLATE RTRIM"};
    generator_add(g, RANDOM_OF(&g->random, forms), text);
}

static void query_again_condition(generator *g, const alias *a, int column) {
    bool swapped = generator_chance(g, 30);
    if (swapped) {
        query_again_side(g, "g.x");
        generator_add(g, " = ");
    }
    generator_column(g, a, column);
    if (!swapped) {
        generator_add(g, " = ");
        query_again_side(g, "g.x");
    }
    int other = generator_any_column(g, a->table->table);
    if (generator_chance(g, 20)) {
        generator_add(g, " AND ");
        generator_column(g, a, other);
        generator_add(g, " = ");
        generator_value(g, condition_sampled(g, a, other));
    }
}

/* Values of all types, most of them such as the column has, some of them twice. */
static void query_again_values(generator *g, const alias *a, int column) {
    int count = 4 + random_below(&g->random, 9);
    generator_add(g, "(WITH given(n, x) AS (VALUES (0, NULL)");
    for (int n = 1; n <= count; n++) {
        value v =
            generator_chance(g, 25) ? sample_number(a->table, &g->random, column) : condition_sampled(g, a, column);
        bool twice = generator_chance(g, 15);
        generator_add(g, ", (%d, ", n);
        generator_value(g, generator_chance(g, 20) ? sample_mutate(&g->random, v) : v);
        generator_add(g, twice ? "), (%d, (SELECT \"%w\" FROM \"%w\" ORDER BY 1 DESC LIMIT 1))" : ")", 100 + n,
                      a->table->table->columns[column].name, a->table->table->name);
    }
    generator_add(g, ") SELECT n, x FROM given) AS g");
}

/*
** A list of a chat table that is come back to for each of some values: in a join, for what has no partner, in a subquery, in IN.
*/
void query_again_write(generator *g, query *q) {
    static const char *const joins[] = {" CROSS JOIN ", " LEFT JOIN ", " JOIN "};
    scope inner = {.count = 0};
    const alias *a = generator_alias(g, &inner, sample_choose(g->sample, &g->random, true));
    int column = generator_any_column(g, a->table->table), form = random_below(&g->random, 4);
    (void)q;
    generator_add(g,
                  form == 0   ? "SELECT g.n AS c1, %s.path AS c2 FROM "
                  : form == 1 ? "SELECT g.n AS c1 FROM "
                              : "SELECT g.n AS c1, ",
                  a->name);
    if (form == 2) {
        generator_add(g, "(SELECT count(*) || coalesce(max(%s.path), '') FROM \"%w\" AS %s WHERE ", a->name,
                      a->table->table->name, a->name);
        query_again_condition(g, a, column);
        generator_add(g, ") AS c2 FROM ");
    } else if (form == 3) {
        generator_add(g, "g.x %sIN (SELECT ", generator_chance(g, 30) ? "NOT " : "");
        generator_column(g, a, column);
        generator_add(g, " FROM \"%w\" AS %s WHERE ", a->table->table->name, a->name);
        query_again_condition(g, a, column);
        generator_add(g, ") AS c2 FROM ");
    }
    query_again_values(g, a, column);
    if (form == 0) {
        generator_add(g, "%s\"%w\" AS %s ON ", RANDOM_OF(&g->random, joins), a->table->table->name, a->name);
        query_again_condition(g, a, column);
    } else if (form == 1) {
        generator_add(g, " WHERE %sEXISTS (SELECT 1 FROM \"%w\" AS %s WHERE ", generator_chance(g, 60) ? "NOT " : "",
                      a->table->table->name, a->name);
        query_again_condition(g, a, column);
        generator_add(g, ")");
    }
}
