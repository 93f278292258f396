/* Conditions with a subquery: see leaf_query.h. */
#include "leaf_query.h"

#include "condition.h"

#include <string.h>

/* A table with a column of the domain; any column of any table where the domain is empty or unknown. */
static const sample_table *leaf_query_table(generator *g, const char *domain, int *column) {
    const sample_table *t = domain[0] == '\0' ? NULL : sample_domain(g->sample, &g->random, domain, column);
    if (t == NULL) {
        t = sample_choose(g->sample, &g->random, false);
        *column = generator_any_column(g, t->table);
    }
    return t;
}

void leaf_query_in(generator *g, const scope *s) {
    const alias *a = generator_any_alias(g, s);
    int column = generator_any_column(g, a->table->table);
    int match = 0;
    const sample_table *t = leaf_query_table(g, a->table->table->columns[column].domain, &match);
    int second = generator_column_of_domain(g, t->table, "service");
    int service = generator_column_of_domain(g, a->table->table, "service");
    bool pair = second >= 0 && service >= 0 && !g->right_join && generator_chance(g, 25);
    scope inner = {.outer = s};
    generator_add(g, pair ? "(" : "");
    generator_column(g, a, column);
    if (pair) {
        generator_add(g, ", ");
        generator_column(g, a, service);
        generator_add(g, ")");
    }
    generator_add(g, "%s IN (SELECT \"%w\"", generator_chance(g, 20) ? " NOT" : "", t->table->columns[match].name);
    generator_add(g, pair ? ", \"%w\" " : " ", pair ? t->table->columns[second].name : "");
    condition_subquery_from(g, &inner, t, 20);
    generator_add(g, ")");
}

void leaf_query_exists(generator *g, const scope *s) {
    scope inner = {.outer = s};
    const sample_table *t = sample_choose(g->sample, &g->random, false);
    generator_add(g, "%sEXISTS (SELECT 1 ", generator_chance(g, 25) ? "NOT " : "");
    condition_subquery_from(g, &inner, t, 85);
    generator_add(g, ")");
}

void leaf_query_scalar(generator *g, const scope *s) {
    static const char *const operators[] = {"=", "=", "<>", "<", ">=", "IS"};
    static const char *const aggregates[] = {"max(\"%w\") ", "min(\"%w\") ", "count(\"%w\") ", "max(+\"%w\") "};
    const alias *a = generator_any_alias(g, s);
    int column = generator_any_column(g, a->table->table);
    int match = 0;
    const sample_table *t = leaf_query_table(g, a->table->table->columns[column].domain, &match);
    scope inner = {.outer = s};
    bool first = t->table->segment != NULL && generator_chance(g, 30);
    generator_column(g, a, column);
    generator_add(g, " %s (SELECT ", RANDOM_OF(&g->random, operators));
    generator_add(g, first ? "\"%w\" " : RANDOM_OF(&g->random, aggregates), t->table->columns[match].name);
    condition_subquery_from(g, &inner, t, 50);
    if (first) {
        generator_add(g, " ORDER BY %s.path LIMIT 1", inner.items[0].name);
    }
    generator_add(g, ")");
}
