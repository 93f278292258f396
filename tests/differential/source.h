/*
** FROM clauses: which tables, each as itself, through a view, a subquery or a common table expression, and how they
** are joined.
*/
#ifndef DIFFERENTIAL_SOURCE_H
#define DIFFERENTIAL_SOURCE_H

#include "generator.h"

/* Adds `count` tables to the empty scope and writes "FROM a JOIN b ON ..." for them (an outer join among them where
** chance has it). Common table expressions are collected in g->with. */
void source_from(generator *g, scope *s, int count);

/* The same for the one table given. */
void source_from_table(generator *g, scope *s, const sample_table *t);

/* Position of the column that tells the alias's rows apart: `path`, or `id` of a local table. */
int source_key(const alias *a);

/* Creates the TEMP views that FROM clauses may name: for each chat table of the sample v_X (all of it) and w_X (with a
** condition made from seed). Equal on every connection given the same arguments. False, with the reason printed, on an
** error. */
bool source_create_views(sqlite3 *db, const sample *s, uint64_t seed);

#endif
