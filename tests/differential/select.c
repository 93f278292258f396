/* Parts of a SELECT: see select.h. */
#include "select.h"

#include "condition.h"
#include "source.h"

#include <string.h>

void select_add_item(generator *g, select_parts *p, sqlite3_str *saved, bool is_text) {
    char *item = generator_piece_end(g, saved);
    if (p->item_count == SELECT_MAX_ITEMS) {
        sqlite3_free(item);
        return;
    }
    p->is_text[p->item_count] = is_text;
    p->items[p->item_count++] = item;
}

/* (SELECT count(*) FROM other WHERE other.x = this.y): one value for each row, whatever the plan. */
static void select_item_subquery(generator *g, const scope *s) {
    static const char *const aggregates[] = {"count(*) ", "max(\"%w\") ", "min(\"%w\") ", "count(DISTINCT \"%w\") "};
    scope inner = {.outer = s};
    const sample_table *t = sample_choose(g->sample, &g->random, false);
    const char *aggregate = RANDOM_OF(&g->random, aggregates);
    generator_add(g, "(SELECT ");
    generator_add(g, aggregate, t->table->columns[generator_any_column(g, t->table)].name);
    condition_subquery_from(g, &inner, t, 85);
    generator_add(g, ")");
}

static void select_item_expression(generator *g, const scope *s, const alias *a, int column) {
    static const char *const forms[] = {"upper(%s)",
                                        "length(%s)",
                                        "coalesce(%s, 'none')",
                                        "typeof(%s)",
                                        "%s || '-x'",
                                        "substr(%s, 1, 20)",
                                        "%s IS NULL",
                                        "quote(%s)",
                                        "hex(substr(%s, 1, 8))",
                                        "CAST(%s AS INTEGER)",
                                        "+%s",
                                        "lower(%s) = %s",
                                        "CAST(%s AS BLOB)",
                                        "iif(%s > 'm', 1, 2)"};
    static const char *const paths[] = {"%s ->> '$'", "%s -> '$.a'", "json_extract(%s, '$[0]')", "json_type(%s)",
                                        "(SELECT count(*) FROM json_each(%s))"};
    int json = generator_column_of_domain(g, a->table->table, "json");
    int kind = random_below(&g->random, 100);
    if (kind < 18 && g->nesting < 2) {
        select_item_subquery(g, s);
        return;
    }
    if (kind < 28) {
        condition_leaf(g, s);
        return;
    }
    bool extract = kind < 50 && json >= 0;
    sqlite3_str *saved = generator_piece_begin(g);
    generator_column(g, a, extract ? json : column);
    char *text = generator_piece_end(g, saved);
    const char *form = extract ? RANDOM_OF(&g->random, paths) : RANDOM_OF(&g->random, forms);
    generator_add(g, generator_form(form, "json_extract(%s, '$.a')"), text, text);
    sqlite3_free(text);
}

void select_add_items(generator *g, select_parts *p, bool plain) {
    int count = 1 + random_below(&g->random, 6);
    for (int i = 0; i < count; i++) {
        const alias *a = &p->tables.items[random_below(&g->random, p->tables.count)];
        int column = generator_any_column(g, a->table->table);
        sqlite3_str *saved = generator_piece_begin(g);
        bool expression = !plain && generator_chance(g, 22);
        if (expression) {
            select_item_expression(g, &p->tables, a, column);
        } else {
            generator_column(g, a, column);
        }
        select_add_item(g, p, saved, !expression && table_column_is_text(&a->table->table->columns[column]));
    }
}

/* How likely a table gets a restriction. Of joined tables mostly one has it: conditions on rows chosen for each table
** alone would hardly ever meet. */
static int select_restriction_chance(const select_parts *p, int i, int chosen) {
    bool costly = p->tables.items[i].table->table->costly;
    if (p->tables.count == 1) {
        return costly ? 80 : 25;
    }
    return i == chosen ? 80 : costly ? 25 : 8;
}

void select_add_where(generator *g, select_parts *p) {
    sqlite3_str *saved = generator_piece_begin(g);
    int terms = 0;
    int chosen = random_below(&g->random, p->tables.count);
    for (int i = 0; i < p->tables.count; i++) {
        const alias *a = &p->tables.items[i];
        if (a->table->table->segment != NULL && generator_chance(g, select_restriction_chance(p, i, chosen))) {
            generator_add(g, terms++ == 0 ? "" : " AND ");
            condition_restriction(g, a);
        }
    }
    if (terms == 0 || generator_chance(g, 45)) {
        generator_add(g, terms++ == 0 ? "" : " AND ");
        condition_tree(g, &p->tables, 2);
    }
    p->where = generator_piece_end(g, saved);
}

void select_write(generator *g, const select_parts *p) {
    generator_add(g, p->distinct ? "SELECT DISTINCT " : "SELECT ");
    for (int i = 0; i < p->item_count; i++) {
        generator_add(g, "%s%s AS c%d", i == 0 ? "" : ", ", p->items[i], i + 1);
    }
    generator_add(g, " %s", p->from);
    if (p->where != NULL) {
        generator_add(g, " WHERE %s", p->where);
    }
    if (p->group != NULL) {
        generator_add(g, " %s", p->group);
    }
}

void select_write_direction(generator *g) {
    static const char *const directions[] = {
        "", "", "", " ASC", " DESC", " DESC", " NULLS FIRST", " NULLS LAST", " DESC NULLS LAST", " DESC NULLS FIRST"};
    generator_add(g, "%s", RANDOM_OF(&g->random, directions));
}

/* One key that is a result: by number, by name or by repeating its expression. An expression without any column is
** not repeated, since a bare number there would mean a result's position. */
static void select_order_item(generator *g, const select_parts *p, int item, query *q) {
    bool folded = p->is_text[item] && !p->keys_only && generator_chance(g, 10);
    int form = p->keys_only ? 0 : random_below(&g->random, 3);
    if (form == 2 && strchr(p->items[item], '"') == NULL) {
        form = 0;
    }
    if (form == 0 && !folded) {
        generator_add(g, "%d", item + 1);
    } else if (form == 1) {
        generator_add(g, "c%d", item + 1);
    } else {
        generator_add(g, "%s", p->items[item]);
    }
    generator_add(g, folded ? " COLLATE NOCASE" : "");
    select_write_direction(g);
    q->folded[q->key_count] = folded;
    q->keys[q->key_count++] = item;
}

/* Keys after which no two different rows are left in either order. */
static void select_order_rest(generator *g, const select_parts *p, query *q) {
    const char *comma = q->key_count == 0 ? "" : ", ";
    if (p->keys_only) {
        for (int i = 0; i < p->item_count; i++) {
            generator_add(g, "%s%d", comma, i + 1);
            comma = ", ";
        }
    } else {
        for (int i = 0; i < p->tables.count; i++) {
            generator_add(g, "%s", comma);
            generator_column(g, &p->tables.items[i], source_key(&p->tables.items[i]));
            select_write_direction(g);
            comma = ", ";
        }
    }
    q->total = true;
}

static void select_write_limit(generator *g, query *q) {
    static const int limits[] = {0, 1, 1, 2, 3, 5, 10, 10, 50, 1000, -1};
    static const int offsets[] = {0, 1, 1, 2, 5, 20, 100, 5000};
    q->unlimited = (size_t)sqlite3_str_length(g->sql);
    generator_add(g, " LIMIT ");
    generator_value(g, value_integer(limits[random_below(&g->random, 11)]));
    if (generator_chance(g, 40)) {
        generator_add(g, " OFFSET ");
        generator_value(g, value_integer(offsets[random_below(&g->random, 8)]));
    }
}

void select_write_order(generator *g, const select_parts *p, query *q) {
    bool limited = generator_chance(g, 32);
    if (generator_chance(g, limited ? 80 : 55)) {
        int keys = random_below(&g->random, 3);
        bool rest = keys == 0 || generator_chance(g, 55);
        generator_add(g, " ORDER BY ");
        for (int i = 0; i < keys; i++) {
            generator_add(g, i == 0 ? "" : ", ");
            select_order_item(g, p, random_below(&g->random, p->item_count), q);
        }
        if (rest) {
            select_order_rest(g, p, q);
        }
    }
    if (limited) {
        select_write_limit(g, q);
    }
}

void select_clear(select_parts *p) {
    for (int i = 0; i < p->item_count; i++) {
        sqlite3_free(p->items[i]);
    }
    sqlite3_free(p->from);
    sqlite3_free(p->where);
    sqlite3_free(p->group);
    memset(p, 0, sizeof *p);
}
