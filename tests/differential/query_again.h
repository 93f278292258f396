/* Queries that come back to a list for each of some values: what has been read of it is told again. */
#ifndef DIFFERENTIAL_QUERY_AGAIN_H
#define DIFFERENTIAL_QUERY_AGAIN_H

#include "query.h"

/* Writes one. */
void query_again_write(generator *g, query *q);

#endif
