/* Queries over two tables, of which every pair comes up in turn: joins, what has no partner, subqueries, IN. */
#ifndef DIFFERENTIAL_QUERY_PAIR_H
#define DIFFERENTIAL_QUERY_PAIR_H

#include "query.h"

/* Writes one for the pair that the query's number names: with the numbers that are multiples of QUERY_PAIR_EVERY, all
** pairs come up one after another, in an order of the label's own. */
void query_pair_write(generator *g, query *q);

#endif
