/*
** Whether two answers to one query agree, as far as the query fixes its answer:
**   without ORDER BY             the same rows, in any order
**   ORDER BY that is not total   the same rows, and the same sequence of sort keys
**   total ORDER BY               the same list
** and with LIMIT or OFFSET, unless the order is total: as many rows, the same sequence of sort keys, and every row one
** of those that the query has without LIMIT.
*/
#ifndef DIFFERENTIAL_COMPARE_H
#define DIFFERENTIAL_COMPARE_H

#include "query.h"

/* NULL if they agree, else what differs first, for a person to read; to be freed with sqlite3_free.
** unlimited: the expected answer without LIMIT and OFFSET; needed only where compare_needs_unlimited says so. */
char *compare_answers(const query *q, const answer *expected, const answer *actual, const answer *unlimited);

/* Whether the comparison must know the answer without LIMIT. */
bool compare_needs_unlimited(const query *q);

#endif
