/*
** The shapes of queries, and the table that says how often each comes up. See query.h; the parts of a SELECT are in
** select.c, conditions in condition.c and leaf.c, tables and joins in source.c.
*/
#include "query.h"

#include "beside.h"
#include "condition.h"
#include "own.h"
#include "query_again.h"
#include "query_pair.h"
#include "select.h"
#include "source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void query_from(generator *g, select_parts *p, int count) {
    sqlite3_str *saved = generator_piece_begin(g);
    source_from(g, &p->tables, count);
    p->from = generator_piece_end(g, saved);
}

static void query_from_table(generator *g, select_parts *p, const sample_table *t) {
    sqlite3_str *saved = generator_piece_begin(g);
    source_from_table(g, &p->tables, t);
    p->from = generator_piece_end(g, saved);
}

static void query_plain(generator *g, query *q) {
    select_parts p = {0};
    query_from(g, &p, 1);
    select_add_items(g, &p, false);
    select_add_where(g, &p);
    select_write(g, &p);
    select_write_order(g, &p, q);
    select_clear(&p);
}

/* Only conditions that become requests, several at once. */
static void query_pushdown(generator *g, query *q) {
    select_parts p = {0};
    query_from_table(g, &p, sample_choose(g->sample, &g->random, true));
    select_add_items(g, &p, generator_chance(g, 70));
    sqlite3_str *saved = generator_piece_begin(g);
    condition_pushdown(g, &p.tables.items[0]);
    if (generator_chance(g, 15)) {
        generator_add(g, " AND ");
        condition_leaf(g, &p.tables);
    }
    p.where = generator_piece_end(g, saved);
    select_write(g, &p);
    select_write_order(g, &p, q);
    select_clear(&p);
}

/* The row's own channel (and service), or another restriction. */
static void query_index_channel(generator *g, const alias *a, int row) {
    const table *t = a->table->table;
    const int columns[] = {table_parent_column(t), table_service_column(t)};
    if (row < 0 || generator_chance(g, 35)) {
        condition_restriction(g, a);
        return;
    }
    for (int i = 0; i < 1 + generator_chance(g, 40); i++) {
        int column = columns[i];
        generator_add(g, i == 0 ? "" : " AND ");
        generator_column(g, a, column);
        generator_add(g, " = ");
        generator_value(g, sample_value(a->table, row, column));
    }
}

/* A value at or beside the row's index, where bounds go wrong; reals fall between two, texts compare as numbers. */
static value query_index_value(generator *g, const alias *a, int column, int row) {
    value v = sample_value(a->table, row, column);
    if (v.type != SQLITE_INTEGER || generator_chance(g, 25)) {
        value_clear(&v);
        return condition_sampled(g, a, column);
    }
    int offset = random_below(&g->random, 3) - 1;
    if (generator_chance(g, 10)) {
        char text[32];
        snprintf(text, sizeof text, "%lld", v.integer + offset);
        return value_word(text);
    }
    if (generator_chance(g, 25)) {
        return value_real((generator_chance(g, 45) ? 0.0 : (double)v.integer) + offset * 0.5);
    }
    return value_integer(v.integer + offset);
}

static void query_index_bounds(generator *g, const alias *a, int column, int row) {
    static const char *const operators[] = {">", ">", ">=", ">=", "<", "<", "<=", "<=", "=", "<>", "IS"};
    for (int i = random_below(&g->random, 3); i > 0; i--) {
        const char *comparison = RANDOM_OF(&g->random, operators);
        generator_add(g, " AND ");
        generator_column(g, a, column);
        generator_add(g, " %s ", comparison);
        generator_value(g, query_index_value(g, a, column, row));
    }
}

/* By index, one key and nothing more, and LIMIT: the newest or oldest messages. */
static void query_index_order(generator *g, const alias *a, int column, query *q) {
    static const int limits[] = {0, 1, 3, 10, 40};
    q->keys[q->key_count++] = 0;
    generator_add(g, " ORDER BY ");
    generator_column(g, a, column);
    generator_add(g, generator_chance(g, 60) ? " DESC" : "");
    q->unlimited = (size_t)sqlite3_str_length(g->sql);
    generator_add(g, " LIMIT ");
    generator_value(g, value_integer(limits[random_below(&g->random, 5)]));
    generator_add(g, generator_chance(g, 30) ? " OFFSET 2" : "");
}

/* Messages by their index: ranges and order within one channel (or a few), with LIMIT. */
static void query_index(generator *g, query *q) {
    select_parts p = {0};
    const sample_table *messages = sample_find(g->sample, tables_named(g->sample->version, "messages"));
    int column = table_column_index(messages->table, "index");
    int row = sample_row(messages, &g->random);
    query_from_table(g, &p, messages);
    const alias *a = &p.tables.items[0];
    sqlite3_str *saved = generator_piece_begin(g);
    generator_column(g, a, column);
    select_add_item(g, &p, saved, false);
    select_add_items(g, &p, true);
    saved = generator_piece_begin(g);
    query_index_channel(g, a, row);
    query_index_bounds(g, a, column, row);
    p.where = generator_piece_end(g, saved);
    select_write(g, &p);
    if (generator_chance(g, 60)) {
        query_index_order(g, a, column, q);
    } else {
        select_write_order(g, &p, q);
    }
    select_clear(&p);
}

static void query_join(generator *g, query *q) {
    select_parts p = {0};
    query_from(g, &p, generator_chance(g, 72) ? 2 : 3);
    select_add_items(g, &p, generator_chance(g, 60));
    select_add_where(g, &p);
    select_write(g, &p);
    select_write_order(g, &p, q);
    select_clear(&p);
}

static void query_distinct(generator *g, query *q) {
    select_parts p = {.distinct = true, .keys_only = true};
    query_from(g, &p, generator_chance(g, 75) ? 1 : 2);
    select_add_items(g, &p, true);
    select_add_where(g, &p);
    select_write(g, &p);
    select_write_order(g, &p, q);
    select_clear(&p);
}

static void query_aggregate_item(generator *g, select_parts *p) {
    static const char *const texts[] = {"count(%s)",       "count(DISTINCT %s)", "min(%s)",       "max(%s)",
                                        "sum(length(%s))", "max(length(%s))",    "max(lower(%s))"};
    static const char *const numbers[] = {"sum(%s)", "total(%s)", "avg(%s)", "min(%s)", "max(%s)", "count(%s)"};
    const alias *a = &p->tables.items[random_below(&g->random, p->tables.count)];
    int column = generator_any_column(g, a->table->table);
    const table_column *description = &a->table->table->columns[column];
    bool number = description->kind == COLUMN_INTEGER || description->kind == COLUMN_BOOLEAN;
    sqlite3_str *saved = generator_piece_begin(g);
    generator_column(g, a, column);
    char *text = generator_piece_end(g, saved);
    saved = generator_piece_begin(g);
    if (generator_chance(g, 20)) {
        generator_add(g, "count(*)");
    } else {
        generator_add(g, number ? RANDOM_OF(&g->random, numbers) : RANDOM_OF(&g->random, texts), text);
    }
    if (generator_chance(g, 12)) {
        generator_add(g, " FILTER (WHERE ");
        condition_leaf(g, &p->tables);
        generator_add(g, ")");
    }
    select_add_item(g, p, saved, false);
    sqlite3_free(text);
}

/* GROUP BY the first `keys` results, by number, and perhaps a HAVING. */
static void query_group(generator *g, select_parts *p, int keys) {
    sqlite3_str *saved = generator_piece_begin(g);
    for (int i = 0; i < keys; i++) {
        generator_add(g, "%s%d", i == 0 ? "GROUP BY " : ", ", i + 1);
    }
    if (generator_chance(g, 30)) {
        static const char *const conditions[] = {"count(*) > 1", "count(*) = 1", "max(%s) > 'b'", "min(%s) IS NOT NULL",
                                                 "count(DISTINCT %s) < 3"};
        const char *condition = RANDOM_OF(&g->random, conditions);
        generator_add(g, " HAVING ");
        generator_add(g, condition, p->items[0]);
    }
    p->group = generator_piece_end(g, saved);
}

static void query_aggregate(generator *g, query *q) {
    select_parts p = {.keys_only = true};
    query_from(g, &p, generator_chance(g, 65) ? 1 : 2);
    int keys = random_below(&g->random, 3);
    for (int i = 0; i < keys; i++) {
        const alias *a = &p.tables.items[random_below(&g->random, p.tables.count)];
        sqlite3_str *saved = generator_piece_begin(g);
        generator_column(g, a, generator_any_column(g, a->table->table));
        select_add_item(g, &p, saved, false);
    }
    select_add_where(g, &p);
    if (keys > 0) {
        query_group(g, &p, keys);
    }
    for (int i = 1 + random_below(&g->random, 3); i > 0; i--) {
        query_aggregate_item(g, &p);
    }
    select_write(g, &p);
    select_write_order(g, &p, q);
    select_clear(&p);
}

/* Window functions whose value does not depend on the order of equal rows: the last key tells all rows apart. */
static void query_window(generator *g, query *q) {
    static const char *const functions[] = {"row_number()", "rank()",          "dense_rank()",   "lag(%s)",
                                            "lead(%s, 2)",  "first_value(%s)", "last_value(%s)", "count(%s)",
                                            "max(%s)",      "ntile(3)",        "sum(length(%s))"};
    static const char *const frames[] = {"", "", "", " ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
                                         " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"};
    select_parts p = {0};
    query_from(g, &p, 1);
    select_add_items(g, &p, true);
    select_add_where(g, &p);
    const alias *a = &p.tables.items[0];
    sqlite3_str *saved = generator_piece_begin(g);
    const char *function = RANDOM_OF(&g->random, functions);
    generator_add(g, function, p.items[0]);
    generator_add(g, " OVER (");
    if (generator_chance(g, 50)) {
        generator_add(g, "PARTITION BY ");
        generator_column(g, a, generator_any_column(g, a->table->table));
    }
    generator_add(g, " ORDER BY ");
    if (generator_chance(g, 60)) {
        generator_column(g, a, generator_any_column(g, a->table->table));
        select_write_direction(g);
        generator_add(g, ", ");
    }
    generator_column(g, a, source_key(a));
    generator_add(g, "%s)", RANDOM_OF(&g->random, frames));
    select_add_item(g, &p, saved, false);
    select_write(g, &p);
    select_write_order(g, &p, q);
    select_clear(&p);
}

/* Columns of one kind at each place, so that no two values are equal and yet look different. */
static void query_compound(generator *g, query *q) {
    static const char *const operators[] = {" UNION ", " UNION ALL ", " UNION ALL ", " EXCEPT ", " INTERSECT "};
    int width = 1 + random_below(&g->random, 3);
    bool text[3];
    for (int i = 0; i < width; i++) {
        text[i] = generator_chance(g, 85);
    }
    int count = 2 + random_below(&g->random, 2);
    select_parts order = {.keys_only = true};
    for (int member = 0; member < count; member++) {
        select_parts p = {0};
        generator_add(g, "%s", member == 0 ? "" : RANDOM_OF(&g->random, operators));
        query_from(g, &p, 1);
        for (int i = 0; i < width; i++) {
            const alias *a = &p.tables.items[0];
            int column = generator_column_of_kind(g, a->table->table, text[i]);
            sqlite3_str *saved = generator_piece_begin(g);
            if (column < 0) {
                generator_add(g, "length(");
                generator_column(g, a, 0);
                generator_add(g, ")");
            } else {
                generator_column(g, a, column);
            }
            select_add_item(g, &p, saved, false);
        }
        select_add_where(g, &p);
        select_write(g, &p);
        select_clear(&p);
    }
    order.item_count = width;
    select_write_order(g, &order, q);
}

/* FROM a, json_each(a.json) */
static void query_json(generator *g, query *q) {
    select_parts p = {0};
    query_from(g, &p, 1);
    const alias *a = &p.tables.items[0];
    int column = generator_column_of_domain(g, a->table->table, "json");
    select_add_where(g, &p);
    if (column >= 0) {
        p.from = sqlite3_mprintf("%z JOIN json_each(%s.\"%w\") AS j", p.from, a->name,
                                 a->table->table->columns[column].name);
        sqlite3_str *saved = generator_piece_begin(g);
        generator_add(g, "j.key || ''");
        select_add_item(g, &p, saved, false);
        saved = generator_piece_begin(g);
        generator_add(g, generator_chance(g, 50) ? "j.atom" : "j.type");
        select_add_item(g, &p, saved, false);
    }
    select_add_items(g, &p, true);
    select_write(g, &p);
    select_clear(&p);
    (void)q;
}

/* A query inside a subquery or a common table expression, with a condition outside that may move in. */
static void query_wrapped(generator *g, query *q) {
    select_parts p = {0};
    query_from(g, &p, generator_chance(g, 60) ? 1 : 2);
    select_add_items(g, &p, true);
    select_add_where(g, &p);
    bool grouped = generator_chance(g, 25);
    p.distinct = !grouped && generator_chance(g, 20);
    if (grouped) {
        sqlite3_str *saved = generator_piece_begin(g);
        for (int i = 0; i < p.item_count; i++) {
            generator_add(g, "%s%d", i == 0 ? "GROUP BY " : ", ", i + 1);
        }
        p.group = generator_piece_end(g, saved);
    }
    generator_add(g, "SELECT ");
    for (int i = p.item_count; i > 0; i--) {
        generator_add(g, "o.c%d%s", i, i == 1 ? " FROM (" : ", ");
    }
    select_write(g, &p);
    const alias *a = &p.tables.items[0];
    generator_add(g, ") AS o WHERE o.c1 %s ", generator_chance(g, 60) ? "=" : ">=");
    generator_value(g, condition_sampled(g, a, table_column_count(a->table->table) - 1 - random_below(&g->random, 3)));
    if (generator_chance(g, 60)) {
        generator_add(g, " OR o.c%d IS NOT NULL", p.item_count);
    }
    select_parts order = {.keys_only = true, .item_count = p.item_count};
    select_write_order(g, &order, q);
    select_clear(&p);
}

/* A look into a chat table for each row of a local one, after the first row has come out: what an earlier statement has read must
** not come again. Names are what changes between two runs, see moved.h. */
static void query_lookups(generator *g, query *q) {
    static const char *const names[] = {"channels", "channels", "users", "roles", "services", "credentials"};
    scope outer = {.count = 0};
    const alias *note = generator_alias(g, &outer, sample_find(g->sample, "notes"));
    scope inner = {.outer = &outer};
    generator_add(g, "SELECT %s.id AS c1, (SELECT max(friendly_name) || count(*) ", note->name);
    condition_subquery_from(g, &inner,
                            sample_find(g->sample, tables_named(g->sample->version, RANDOM_OF(&g->random, names))), 60);
    generator_add(g, ") AS c2 FROM notes AS %s WHERE %s.id < 8", note->name, note->name);
    q->lookups = true;
}

/* With a chat table: in its subquery for each row, joined with it (which of the two is read first is the planner's choice, or
** the query's), or in a scalar of its own. */
static void query_own_forms(generator *g, const sample_table *t) {
    scope inner = {.count = 0};
    switch (random_below(&g->random, 4)) {
    case 0:
        generator_add(g, "SELECT r.id AS c1, r.method AS c2, (SELECT count(*) ");
        condition_subquery_from(g, &inner, t, 0);
        generator_add(g, " AND r.id %% 3 < 2) AS c3 FROM chat_requests AS r");
        break;
    case 1:
        generator_add(g, "SELECT r.id AS c1, r.method AS c2, q.path AS c3 FROM (SELECT path ");
        condition_subquery_from(g, &inner, t, 0);
        generator_add(g, ") AS q %s chat_requests AS r", generator_chance(g, 50) ? "CROSS JOIN" : "JOIN");
        break;
    case 2:
        generator_add(g, "SELECT r.id AS c1, r.method AS c2, q.path AS c3 FROM chat_requests AS r %s (SELECT path ",
                      generator_chance(g, 50) ? "CROSS JOIN" : "JOIN");
        condition_subquery_from(g, &inner, t, 0);
        generator_add(g, ") AS q");
        break;
    default:
        generator_add(g, "SELECT q.path AS c1, (SELECT count(*) FROM chat_requests) AS c2, "
                         "(SELECT max(id) FROM chat_requests AS r WHERE q.path IS NOT NULL) AS c3 FROM (SELECT path ");
        condition_subquery_from(g, &inner, t, 0);
        generator_add(g, ") AS q");
    }
}

/* chat_requests, which the query itself lengthens: it sees what was there when it began. */
static void query_own(generator *g, query *q) {
    select_parts p = {.keys_only = true};
    q->own = true;
    query_own_forms(g, sample_choose(g->sample, &g->random, true));
    p.item_count = 3;
    if (generator_chance(g, 50)) {
        generator_add(g, " ORDER BY 1");
        q->keys[q->key_count++] = 0;
    }
    select_clear(&p);
}

static const struct {
    int weight;
    const char *name;
    void (*write)(generator *, query *);
} query_shapes[] = {{20, "plain", query_plain},      {22, "pushdown", query_pushdown},
                    {12, "index", query_index},      {18, "join", query_join},
                    {6, "distinct", query_distinct}, {9, "aggregate", query_aggregate},
                    {4, "window", query_window},     {6, "compound", query_compound},
                    {3, "json", query_json},         {6, "wrapped", query_wrapped},
                    {3, "lookups", query_lookups},   {9, "again", query_again_write},
                    {0, "pair", query_pair_write},   {4, "own", query_own}};

/* Every so many-th query is over a pair of tables, the others as chance has it. own: may one be over chat_requests? */
static int query_choose_shape(generator *g, bool own) {
    enum { COUNT = sizeof query_shapes / sizeof query_shapes[0] };
    int weights[COUNT];
    for (int i = 0; i < COUNT; i++) {
        weights[i] = query_shapes[i].weight;
    }
    if (!own) {
        weights[COUNT - 1] = 0;
    }
    return g->number % QUERY_PAIR_EVERY == 0 ? COUNT - 2 : random_weighted(&g->random, weights, COUNT);
}

/* Bits of SQLITE_TESTCTRL_OPTIMIZATIONS that exist in every SQLite this project supports. */
static unsigned query_choose_optimizations(random_state *random) {
    if (!random_chance(random, 30)) {
        return 0;
    }
    return random_chance(random, 20) ? 0x1fffffu : (unsigned)(random_next(random) & random_next(random)) & 0x1fffffu;
}

/* Settings that may change how a query is answered, never what the answer is: pushdowns switched off, one request at a
** time, hardly any memory. */
static void query_choose_settings(query *q, random_state *random) {
    static const char *const pushdowns[] = {"lookup", "parent", "filter", "order", "bounds", "limit",
                                            "known",  "ahead",  "recall", "keep",  "keep",   "omit"};
    if (random_chance(random, 25)) {
        const char *first = RANDOM_OF(random, pushdowns);
        const char *second = RANDOM_OF(random, pushdowns);
        q->forgets = strcmp(first, "keep") == 0 || strcmp(second, "keep") == 0;
        q->asks_freely = q->forgets || strcmp(first, "recall") == 0 || strcmp(second, "recall") == 0;
        q->settings = sqlite3_mprintf("UPDATE chat_settings SET value = '%s,%s' WHERE name = 'without'", first, second);
    } else if (random_chance(random, 6)) {
        q->settings = sqlite3_mprintf("UPDATE chat_settings SET value = 1 WHERE name = 'max_concurrency'");
    } else if (random_chance(random, 6)) {
        q->settings = sqlite3_mprintf("UPDATE chat_settings SET value = 1 WHERE name = 'memory_limit_mb'");
        q->scarce = true;
    }
}

/* What stands open beside it, and whether it is asked again after the server has changed. */
static void query_choose_circumstances(query *q, const sample *s, random_state *random) {
    if (random_chance(random, q->lookups ? 80 : 14)) {
        q->beside = random_chance(random, 50) ? 0 : (unsigned)(random_next(random) & random_next(random)) & BESIDE_ALL;
        q->beside |= 1u << random_below(random, BESIDE_KINDS);
        q->beside |= random_chance(random, 40) ? (unsigned)BESIDE_LOOKUPS : 0;
    }
    if (q->lookups && random_chance(random, 50)) { /* the two that together make one statement look like another */
        static const unsigned handles[] = {BESIDE_BLOB, BESIDE_BLOB, BESIDE_WORDS, BESIDE_BOXES};
        q->beside = handles[random_below(random, 4)] | BESIDE_LOOKUPS;
    }
    if (q->own) {
        q->beside = 0; /* what stands open beside may ask for pages ahead, between the copy of the log and the query */
    }
    q->beside &= ~((s->words ? 0u : (unsigned)BESIDE_WORDS) | (s->boxes ? 0u : (unsigned)BESIDE_BOXES));
    if (!q->own && random_chance(random, q->lookups ? 80 : q->beside != 0 ? 40 : 3)) {
        static const int weights[] = {0, 35, 35, 30};
        q->moves = (unsigned)random_weighted(random, weights, 4);
    }
}

/* What it reads of the extension's own tables: calls are queued for it, most often, and settings are as they were copied. */
static void query_choose_own(query *q, const sample *s, random_state *random) {
    q->queued = s->own && random_chance(random, own_is_named(q->sql, "chat_writes") ? 70 : 3);
    if (s->own && own_is_named(q->sql, "chat_settings")) {
        sqlite3_free(q->settings);
        q->settings = NULL;
        q->asks_freely = q->forgets = q->scarce = false;
    }
}

/* SQLite (3.40.1) ignores RTRIM when it looks into a Bloom filter for an automatic index, and so loses rows: that is not
** what is tested here. */
static void query_avoid_known_faults(query *q) {
    if (strstr(q->sql, "RTRIM") != NULL) {
        q->optimizations |= QUERY_BLOOM_FILTERS;
    }
}

void query_generate(query *q, const sample *s, uint64_t seed, const char *label, uint64_t number) {
    generator g;
    random_state place;
    memset(q, 0, sizeof *q);
    generator_start(&g, s, seed, label, number);
    random_start(&place, seed, label, 0);
    g.number = number;
    g.place = random_next(&place) % 1000;
    g.bind = generator_chance(&g, 30);
    int shape = query_choose_shape(&g, s->own);
    q->shape = query_shapes[shape].name;
    query_shapes[shape].write(&g, q);
    q->automatic_index = !generator_chance(&g, 15);
    q->optimizations = query_choose_optimizations(&g.random);
    query_choose_settings(q, &g.random);
    query_choose_circumstances(q, s, &g.random);
    char *body = generator_take(&g);
    if (g.with != NULL) {
        q->unlimited += q->unlimited == 0 ? 0 : strlen(g.with) + 1;
        q->sql = sqlite3_mprintf("%s %s", g.with, body);
        sqlite3_free(body);
    } else {
        q->sql = body;
    }
    query_choose_own(q, s, &g.random);
    query_avoid_known_faults(q);
    q->parameters = g.parameters;
    q->parameter_count = g.parameter_count;
    g.parameters = NULL;
    g.parameter_count = 0;
    generator_end(&g);
}

void query_clear(query *q) {
    for (int i = 0; i < q->parameter_count; i++) {
        value_clear(&q->parameters[i]);
    }
    free(q->parameters);
    sqlite3_free(q->sql);
    sqlite3_free(q->settings);
    memset(q, 0, sizeof *q);
}
