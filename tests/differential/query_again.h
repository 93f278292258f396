/* Queries that come back to a list for each of some values: what has been read of it is told again. */
#ifndef DIFFERENTIAL_QUERY_AGAIN_H
#define DIFFERENTIAL_QUERY_AGAIN_H

#include "query.h"

/* Writes one. */
void query_again_write(generator *g, query *q);

/* Writes one side of an equality: the text as it is, or with another affinity or collation. */
void query_again_side(generator *g, const char *text);

#endif
