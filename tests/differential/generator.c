/* Text, parameters and scopes of a query being generated: see generator.h. */
#include "generator.h"

#include "memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void generator_start(generator *g, const sample *s, uint64_t seed, const char *label, uint64_t number) {
    memset(g, 0, sizeof *g);
    random_start(&g->random, seed, label, number);
    g->sample = s;
    g->sql = sqlite3_str_new(NULL);
}

static char *generator_finish(sqlite3_str *text) {
    char *sql = sqlite3_str_finish(text);
    return sql == NULL ? sqlite3_mprintf("") : sql;
}

char *generator_take(generator *g) {
    char *sql = generator_finish(g->sql);
    g->sql = sqlite3_str_new(NULL);
    return sql;
}

void generator_end(generator *g) {
    sqlite3_free(sqlite3_str_finish(g->sql));
    sqlite3_free(g->with);
    for (int i = 0; i < g->parameter_count; i++) {
        value_clear(&g->parameters[i]);
    }
    free(g->parameters);
    memset(g, 0, sizeof *g);
}

void generator_add(generator *g, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    sqlite3_str_vappendf(g->sql, format, arguments);
    va_end(arguments);
}

sqlite3_str *generator_piece_begin(generator *g) {
    sqlite3_str *saved = g->sql;
    g->sql = sqlite3_str_new(NULL);
    return saved;
}

char *generator_piece_end(generator *g, sqlite3_str *saved) {
    char *piece = generator_finish(g->sql);
    g->sql = saved;
    return piece;
}

void generator_value(generator *g, value v) {
    if (!g->bind) {
        value_append_literal(g->sql, &v);
        value_clear(&v);
        return;
    }
    size_t count = (size_t)g->parameter_count + 1;
    g->parameters = memory_resize(g->parameters, count, sizeof(value));
    g->parameters[g->parameter_count++] = v;
    sqlite3_str_appendf(g->sql, "?%d", g->parameter_count);
}

void generator_column(generator *g, const alias *a, int column) {
    sqlite3_str_appendf(g->sql, "%s.\"%w\"", a->name, a->table->table->columns[column].name);
}

alias *generator_alias(generator *g, scope *s, const sample_table *t) {
    alias *added = &s->items[s->count++];
    added->table = t;
    snprintf(added->name, sizeof added->name, "%c%d", t->table->name[0], ++g->alias_count);
    return added;
}

const alias *generator_any_alias(generator *g, const scope *s) {
    while (s->outer != NULL && generator_chance(g, 25)) {
        s = s->outer;
    }
    return &s->items[random_below(&g->random, s->count)];
}

int generator_any_column(generator *g, const table *t) {
    return random_below(&g->random, table_column_count(t));
}

/* Picks evenly among the columns for which the test holds; -1 if there are none. */
static int generator_pick(generator *g, const table *t, bool (*test)(const table_column *, const void *),
                          const void *argument) {
    int chosen = -1;
    int seen = 0;
    for (int i = 0; i < table_column_count(t); i++) {
        if (test(&t->columns[i], argument) && random_below(&g->random, ++seen) == 0) {
            chosen = i;
        }
    }
    return chosen;
}

static bool generator_is_kind(const table_column *column, const void *text) {
    return column->kind != COLUMN_ANY && table_column_is_text(column) == *(const bool *)text;
}

int generator_column_of_kind(generator *g, const table *t, bool text) {
    return generator_pick(g, t, generator_is_kind, &text);
}

static bool generator_is_domain(const table_column *column, const void *domain) {
    return strcmp(column->domain, domain) == 0;
}

int generator_column_of_domain(generator *g, const table *t, const char *domain) {
    return generator_pick(g, t, generator_is_domain, domain);
}

const char *generator_form(const char *form, const char *without_arrows) {
    return sqlite3_libversion_number() < 3038000 && strstr(form, "->") != NULL ? without_arrows : form;
}

bool generator_chance(generator *g, int percent) {
    return random_chance(&g->random, percent);
}
