/* The local tables: ordinary ones, equal on both sides, whose values come from the chat data and from near it. */
#ifndef DIFFERENTIAL_LOCAL_H
#define DIFFERENTIAL_LOCAL_H

#include "sample.h"

/* Creates and fills the local tables. The same sample and seed give the same rows. False, with the reason printed, on
** an error. */
bool local_create(sqlite3 *db, const sample *s, uint64_t seed);

#endif
