/*
** Conditions: what stands behind WHERE, ON, HAVING's neighbours and FILTER. All are deterministic: they give the same
** truth for the same row whatever the plan.
*/
#ifndef DIFFERENTIAL_CONDITION_H
#define DIFFERENTIAL_CONDITION_H

#include "generator.h"

/* Writes a tree of AND, OR and NOT, at most `depth` deep, over single conditions on the scope's columns. */
void condition_tree(generator *g, const scope *s, int depth);

/* Writes one condition on the scope's columns. */
void condition_leaf(generator *g, const scope *s);

/* Writes one to four conditions, joined by AND, on columns that the extension turns into requests: mostly values of
** one row, sometimes of different rows (so that they contradict each other) or no row. */
void condition_pushdown(generator *g, const alias *a);

/* Writes a condition that bounds how many requests reading the table takes: its parent, key or path. */
void condition_restriction(generator *g, const alias *a);

/* Writes "FROM table AS name WHERE ..." for a subquery whose one table is added to the (empty) scope `inner`, which
** must already name its outer scope. Where it can it refers to the outer scope, with chance `correlation` percent. */
void condition_subquery_from(generator *g, scope *inner, const sample_table *t, int correlation);

/* A value for comparison with the column: one of its own, of its domain, or a mutation. Caller's. */
value condition_sampled(generator *g, const alias *a, int column);

#endif
