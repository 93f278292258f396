/* Conditions with a subquery: IN (SELECT ...), EXISTS, and comparison with a scalar one. */
#ifndef DIFFERENTIAL_LEAF_QUERY_H
#define DIFFERENTIAL_LEAF_QUERY_H

#include "generator.h"

/* column [NOT] IN (SELECT column of the same domain), also as row value of two columns. */
void leaf_query_in(generator *g, const scope *s);

/* [NOT] EXISTS (SELECT ...), mostly correlated. */
void leaf_query_exists(generator *g, const scope *s);

/* column compared with (SELECT aggregate or the first of an ordered list ...), also correlated. */
void leaf_query_scalar(generator *g, const scope *s);

#endif
