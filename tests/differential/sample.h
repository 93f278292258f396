/*
** Values that occur in the data, from which conditions are made: a condition on random values would nearly always
** select nothing. Also the mutations of a value (other case, padding, other type, a path that names the same thing in
** another way), which a wrong pushdown would treat as equal.
*/
#ifndef DIFFERENTIAL_SAMPLE_H
#define DIFFERENTIAL_SAMPLE_H

#include "random.h"
#include "tables.h"
#include "value.h"

enum { SAMPLE_MAX_TABLES = 24 };

typedef struct sample_table {
    const table *table;
    answer rows; /* all columns in the table's order */
} sample_table;

typedef struct sample {
    sample_table tables[SAMPLE_MAX_TABLES];
    int count;
    unsigned version;
    char *closed; /* SIDs of conversations that take no writes, with spaces between them; owned; NULL: not asked */
    bool words, boxes, nested; /* both sides have the FTS5 table, the rtree table, the function: see beside.h */
    bool own;                  /* the reference gets copies of the extension's own tables: own.h */
} sample;

/* Reads up to 2000 rows of every chat table of the version. False, with the reason printed, on an error. */
bool sample_load(sample *s, sqlite3 *db, unsigned version);

/* Adds the rows of one more table (a local one). False, with the reason printed, on an error. */
bool sample_add(sample *s, sqlite3 *db, const table *t);

/* Frees what it holds. */
void sample_clear(sample *s);

/* One of the sampled tables, with probability by `costly` and kind; chat tables only if chat_only. */
const sample_table *sample_choose(const sample *s, random_state *random, bool chat_only);

/* The sampled table of that name, which must be there. */
const sample_table *sample_find(const sample *s, const char *name);

/* A random row's number, or -1 if the table is empty. */
int sample_row(const sample_table *t, random_state *random);

/* The value of a column in that row; NULL's value if row is -1. A copy. */
value sample_value(const sample_table *t, int row, int column);

/* A random table with a column of the domain, and that column's position; NULL if there is none. */
const sample_table *sample_domain(const sample *s, random_state *random, const char *domain, int *column);

/* A value of a random column of the domain in any table; NULL's value if there is none. A copy. */
value sample_of_domain(const sample *s, random_state *random, const char *domain);

/* A text of the column that looks like a number, as that number: equal to it or not, which depends on affinities.
** NULL's value if the column has no such text. */
value sample_number(const sample_table *t, random_state *random, int column);

/* Something near the value but (mostly) not equal: v is consumed, the result is the caller's. */
value sample_mutate(random_state *random, value v);

/* Another spelling of a path, which the server may take for the same resource although the column never holds it:
** made from a row of t. */
value sample_odd_path(const sample_table *t, random_state *random, int row);

#endif
