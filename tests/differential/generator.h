/*
** What the parts of the query generator share: the text being written, the values bound to it, and the tables that
** are in scope at a place in it.
*/
#ifndef DIFFERENTIAL_GENERATOR_H
#define DIFFERENTIAL_GENERATOR_H

#include "random.h"
#include "sample.h"

#include <stdbool.h>

enum { SCOPE_MAX = 4 };

/* A table in a FROM clause. */
typedef struct alias {
    char name[16];
    const sample_table *table;
} alias;

/* The FROM clause around an expression, and those around that. */
typedef struct scope {
    alias items[SCOPE_MAX];
    int count;
    const struct scope *outer;
} scope;

typedef struct generator {
    random_state random;
    const sample *sample;
    sqlite3_str *sql; /* the text so far */
    char *with;       /* the common table expressions so far, or NULL */
    bool bind;        /* values become parameters ?1, ?2, ... instead of literals */
    value *parameters;
    int parameter_count;
    int alias_count; /* names given so far: each is used once in a query */
    int nesting;     /* of subqueries, so that they end */
    bool right_join; /* there is one: no row value IN a list then, see source.c */
    uint64_t number; /* of the query, ... */
    uint64_t place;  /* ... and where its label begins: see query_pair.h */
    int or_depth;    /* of OR around the place being written: no equality under a collation there, see leaf.c */
} generator;

/* Starts an empty text for the query that random_start's arguments name. */
void generator_start(generator *g, const sample *s, uint64_t seed, const char *label, uint64_t number);

/* Takes the text (owned by the caller, sqlite3_free) and begins an empty one. Never NULL: out of memory ends the program. */
char *generator_take(generator *g);

/* Frees text and parameters. */
void generator_end(generator *g);

/* Writes formatted text (SQLite's printf). */
void generator_add(generator *g, const char *format, ...);

/* Redirects the text to a new piece; generator_piece_end gives that piece (sqlite3_free) and goes back to `saved`. */
sqlite3_str *generator_piece_begin(generator *g);
char *generator_piece_end(generator *g, sqlite3_str *saved);

/* Writes a value as a literal or a parameter; the value is consumed. */
void generator_value(generator *g, value v);

/* Writes alias."column". */
void generator_column(generator *g, const alias *a, int column);

/* Adds a table to the scope under a new name; the scope must have room. The entry is borrowed from the scope. */
alias *generator_alias(generator *g, scope *s, const sample_table *t);

/* A random table of the scope, sometimes of an outer one. */
const alias *generator_any_alias(generator *g, const scope *s);

/* A random column of the table; `name NULL`-free, so always valid. */
int generator_any_column(generator *g, const table *t);

/* A random column that is text (text true) or a plain integer (false), or -1 if the table has none. */
int generator_column_of_kind(generator *g, const table *t, bool text);

/* A random column of the domain in the table, or -1. */
int generator_column_of_domain(generator *g, const table *t, const char *domain);

/* The form, unless it has -> or ->> and this SQLite has not (before 3.38): a view with one cannot even be made there. */
const char *generator_form(const char *form, const char *without_arrows);

/* True in `percent` of 100 cases. */
bool generator_chance(generator *g, int percent);

#endif
