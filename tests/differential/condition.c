/*
** Trees of conditions, and the conditions that a subquery or a pushdown needs; the single conditions are in leaf.c.
** See condition.h.
*/
#include "condition.h"

#include "leaf.h"

#include <string.h>

value condition_sampled(generator *g, const alias *a, int column) {
    const table_column *description = &a->table->table->columns[column];
    int row = sample_row(a->table, &g->random);
    value v;
    if (strcmp(description->name, "path") == 0 && a->table->table->segment != NULL && generator_chance(g, 12)) {
        v = sample_odd_path(a->table, &g->random, row);
    } else if (description->domain[0] != '\0' && generator_chance(g, 12)) {
        v = sample_of_domain(g->sample, &g->random, description->domain);
    } else {
        v = sample_value(a->table, row, column);
    }
    return generator_chance(g, 20) ? sample_mutate(&g->random, v) : v;
}

void condition_leaf(generator *g, const scope *s) {
    leaf_write(g, s);
}

void condition_tree(generator *g, const scope *s, int depth) {
    if (depth <= 0 || generator_chance(g, 30)) {
        condition_leaf(g, s);
        return;
    }
    if (generator_chance(g, 12)) {
        generator_add(g, "NOT (");
        condition_tree(g, s, depth - 1);
        generator_add(g, ")");
        return;
    }
    bool both = generator_chance(g, 60);
    g->or_depth += !both;
    generator_add(g, "(");
    condition_tree(g, s, depth - 1);
    generator_add(g, both ? " AND " : " OR ");
    condition_tree(g, s, depth - 1);
    generator_add(g, ")");
    g->or_depth -= !both;
}

/* What the list can be asked for by a name that people choose: where collations and types matter most. */
static bool condition_is_name(const table_column *column) {
    return strcmp(column->name, "unique_name") == 0 || strcmp(column->domain, "identity") == 0;
}

/* A value for a pushed column: mostly the row's own, so that several conditions agree on one row. */
static value condition_pushed_value(generator *g, const alias *a, int column, int row) {
    int kind = random_below(&g->random, 100);
    if (condition_is_name(&a->table->table->columns[column]) && generator_chance(g, 10)) {
        return sample_number(a->table, &g->random, column);
    }
    if (kind < 82) {
        return sample_value(a->table, row, column);
    }
    if (kind < 87 && strcmp(a->table->table->columns[column].name, "path") == 0) {
        return sample_odd_path(a->table, &g->random, row);
    }
    if (kind < 92) {
        return sample_value(a->table, sample_row(a->table, &g->random), column);
    }
    return condition_sampled(g, a, column);
}

static void condition_pushed_in(generator *g, const alias *a, int column, int row) {
    int count = random_below(&g->random, 5);
    generator_column(g, a, column);
    generator_add(g, " IN (");
    generator_value(g, condition_pushed_value(g, a, column, row));
    for (int i = 0; i < count; i++) {
        int other = generator_chance(g, 20) ? row : sample_row(a->table, &g->random);
        generator_add(g, ", ");
        generator_value(g, condition_pushed_value(g, a, column, other));
    }
    generator_add(g, ")");
}

static void condition_pushed_compare(generator *g, const alias *a, int column, int row, const char *comparison) {
    bool reversed = generator_chance(g, 12) && strchr("<>", comparison[0]) == NULL;
    if (reversed) {
        generator_value(g, condition_pushed_value(g, a, column, row));
        generator_add(g, " %s ", comparison);
    }
    generator_column(g, a, column);
    if (!reversed) {
        generator_add(g, " %s ", comparison);
        generator_value(g, condition_pushed_value(g, a, column, row));
    }
}

static void condition_pushed_range(generator *g, const alias *a, int column, int row) {
    static const char *const operators[] = {">", ">=", "<", "<="};
    if (generator_chance(g, 30)) {
        generator_column(g, a, column);
        generator_add(g, " BETWEEN ");
        generator_value(g, condition_pushed_value(g, a, column, row));
        generator_add(g, " AND ");
        generator_value(g, condition_pushed_value(g, a, column, sample_row(a->table, &g->random)));
        return;
    }
    condition_pushed_compare(g, a, column, row, RANDOM_OF(&g->random, operators));
}

static void condition_pushed_or(generator *g, const alias *a, int column, int row) {
    generator_add(g, "(");
    condition_pushed_compare(g, a, column, row, "=");
    generator_add(g, " OR ");
    condition_pushed_compare(g, a, column, sample_row(a->table, &g->random), "=");
    generator_add(g, ")");
}

/* IN (SELECT ...) of values that name the same kind of thing, or = (SELECT ...) of one of them. */
static void condition_pushed_subquery(generator *g, const alias *a, int column, int row) {
    int other = 0;
    const sample_table *t = sample_domain(g->sample, &g->random, a->table->table->columns[column].domain, &other);
    if (t == NULL || g->nesting >= 2) {
        condition_pushed_in(g, a, column, row);
        return;
    }
    scope inner = {0};
    bool scalar = generator_chance(g, 25);
    generator_column(g, a, column);
    generator_add(g, scalar ? " = (SELECT min(\"%w\") " : " IN (SELECT \"%w\" ", t->table->columns[other].name);
    condition_subquery_from(g, &inner, t, 0);
    generator_add(g, ")");
}

/* IS with a NULL that the planner does not see, unlike IS NULL. */
static void condition_pushed_is(generator *g, const alias *a, int column, int row) {
    if (generator_chance(g, 60)) {
        condition_pushed_compare(g, a, column, row, "IS");
        return;
    }
    generator_column(g, a, column);
    generator_add(g, " IS nullif(1, 1)");
}

/* Equality under another collation than the column's: other names than the one asked for are equal, too. */
static void condition_pushed_collated(generator *g, const alias *a, int column, int row) {
    bool left = generator_chance(g, 50);
    const char *collation = generator_chance(g, 75) ? "NOCASE" : "RTRIM";
    value v = condition_pushed_value(g, a, column, row);
    v = generator_chance(g, 50) ? sample_mutate(&g->random, v) : v;
    generator_column(g, a, column);
    const char *comparison = g->or_depth > 0 ? "<>" : "=";
    if (left) {
        generator_add(g, " COLLATE %s", collation);
    }
    generator_add(g, " %s ", comparison);
    generator_value(g, v);
    generator_add(g, left ? "" : " COLLATE %s", collation);
}

static void condition_pushed_term(generator *g, const alias *a, int column, int row) {
    static const int weights[] = {46, 24, 5, 6, 10, 9, 3};
    static const int name_weights[] = {40, 22, 10, 6, 8, 4, 14};
    const table_column *description = &a->table->table->columns[column];
    bool ranged = description->kind == COLUMN_INTEGER;
    const int *chosen = condition_is_name(description) ? name_weights : weights;
    switch (ranged && generator_chance(g, 70) ? 5 : random_weighted(&g->random, chosen, 7)) {
    case 0:
        condition_pushed_compare(g, a, column, row, "=");
        break;
    case 1:
        condition_pushed_in(g, a, column, row);
        break;
    case 2:
        condition_pushed_is(g, a, column, row);
        break;
    case 3:
        condition_pushed_or(g, a, column, row);
        break;
    case 4:
        condition_pushed_subquery(g, a, column, row);
        break;
    case 5:
        condition_pushed_range(g, a, column, row);
        break;
    default:
        condition_pushed_collated(g, a, column, row);
        break;
    }
}

static int condition_pushed_column(generator *g, const table *t) {
    int chosen = 0;
    int seen = 0;
    for (int i = 0; i < table_column_count(t); i++) {
        int weight = (t->columns[i].flags & COLUMN_PUSHED) == 0 ? 0 : condition_is_name(&t->columns[i]) ? 2 : 1;
        for (int k = 0; k < weight; k++) {
            chosen = random_below(&g->random, ++seen) == 0 ? i : chosen;
        }
    }
    return chosen;
}

/* IN of two columns at once: mostly values that one row has, or one of them, which alone would find it. */
static void condition_pushed_row(generator *g, const alias *a, int row) {
    int columns[2] = {condition_pushed_column(g, a->table->table), condition_pushed_column(g, a->table->table)};
    int count = 1 + random_below(&g->random, 3);
    generator_add(g, "(");
    generator_column(g, a, columns[0]);
    generator_add(g, ", ");
    generator_column(g, a, columns[1]);
    generator_add(g, ") IN (VALUES ");
    for (int i = 0; i < count; i++) {
        int first = i == 0 ? row : sample_row(a->table, &g->random);
        int second = generator_chance(g, 60) ? first : sample_row(a->table, &g->random);
        generator_add(g, i == 0 ? "(" : ", (");
        generator_value(g, condition_pushed_value(g, a, columns[0], first));
        generator_add(g, ", ");
        generator_value(g, condition_pushed_value(g, a, columns[1], second));
        generator_add(g, ")");
    }
    generator_add(g, ")");
}

void condition_pushdown(generator *g, const alias *a) {
    int row = sample_row(a->table, &g->random);
    if (generator_chance(g, 10)) {
        condition_pushed_row(g, a, row);
        return;
    }
    int count = 1 + random_below(&g->random, generator_chance(g, 40) ? 4 : 2);
    for (int i = 0; i < count; i++) {
        generator_add(g, i == 0 ? "" : " AND ");
        condition_pushed_term(g, a, condition_pushed_column(g, a->table->table), row);
    }
}

/* Position of the nearest parent's column, or of the service's; the key's where there is no parent. */
static int condition_parent_column(const table *t, bool service) {
    int column = -1;
    if (!service && t->parent != NULL) {
        column = table_parent_column(t);
    }
    if (column < 0 || (t->columns[column].flags & COLUMN_PARENT) == 0) {
        column = table_service_column(t);
    }
    return column < 0 ? 0 : column;
}

void condition_restriction(generator *g, const alias *a) {
    static const int weights[] = {50, 12, 12, 14, 12};
    const table *t = a->table->table;
    int row = sample_row(a->table, &g->random);
    switch (random_weighted(&g->random, weights, 5)) {
    case 0:
        condition_pushed_term(g, a, condition_parent_column(t, false), row);
        break;
    case 1:
        condition_pushed_term(g, a, condition_parent_column(t, true), row);
        break;
    case 2:
        condition_pushed_term(g, a, table_column_count(t) - 1, row);
        break;
    case 3:
        condition_pushed_compare(g, a, condition_parent_column(t, true), row, "=");
        generator_add(g, " AND ");
        condition_pushed_term(g, a, condition_parent_column(t, false), row);
        break;
    default:
        condition_pushdown(g, a);
        break;
    }
}

/* inner.column = outer.column, for a pair of columns of one domain. False, nothing written, if there is none. */
static bool condition_correlate(generator *g, const alias *inner, const scope *outer) {
    const alias *from = generator_any_alias(g, outer);
    for (int attempt = 0; attempt < 8; attempt++) {
        int column = generator_any_column(g, from->table->table);
        const char *domain = from->table->table->columns[column].domain;
        int match = domain[0] == '\0' ? -1 : generator_column_of_domain(g, inner->table->table, domain);
        if (match >= 0 && strcmp(domain, "account") != 0 && strcmp(domain, "json") != 0) {
            generator_column(g, inner, match);
            generator_add(g, " = ");
            generator_column(g, from, column);
            return true;
        }
    }
    return false;
}

void condition_subquery_from(generator *g, scope *inner, const sample_table *t, int correlation) {
    g->nesting++;
    const alias *a = generator_alias(g, inner, t);
    generator_add(g, "FROM \"%w\" AS %s WHERE ", t->table->name, a->name);
    bool correlated =
        inner->outer != NULL && generator_chance(g, correlation) && condition_correlate(g, a, inner->outer);
    if (correlated) {
        generator_add(g, " AND ");
    }
    if (t->table->costly && generator_chance(g, correlated ? 40 : 85)) {
        condition_restriction(g, a);
    } else if (generator_chance(g, 50)) {
        scope alone = {.items = {*a}, .count = 1};
        condition_tree(g, g->nesting > 1 ? &alone : inner, 1);
    } else {
        generator_add(g, "1");
    }
    g->nesting--;
}
