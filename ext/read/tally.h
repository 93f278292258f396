/*
** How often something has been, by name: for bounds on guesses, where a count too low does no harm. A tally is a map, all
** zeros at first; map_clear(tally, sqlite3_free) ends it.
*/
#ifndef CHAT_TALLY_H
#define CHAT_TALLY_H

#include <stdint.h>

#include "base/map.h"

/* Once more. Without memory it is not counted. */
void tally_add(map *tally, const char *name);

/* So often until now. */
int64_t tally_of(const map *tally, const char *name);

#endif
