/* Single conditions: comparisons, lists, patterns, casts, functions, row values, JSON, dates, subqueries. */
#ifndef DIFFERENTIAL_LEAF_H
#define DIFFERENTIAL_LEAF_H

#include "generator.h"

/* Writes one condition of a random kind on columns of the scope. */
void leaf_write(generator *g, const scope *s);

#endif
