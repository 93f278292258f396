/*
** Companions: things of many kinds that somebody keeps under keys, side by side in one map, each with a way to let it go.
** look.h keeps them with a statement.
*/
#ifndef CHAT_COMPANION_H
#define CHAT_COMPANION_H

#include <stddef.h>

#include "base/error.h"
#include "base/map.h"

/*
** What is kept under a key (copied). The first call for a key makes size bytes of zeros, aligned as an int64_t is; release
** frees what they own and not them. NULL with SQLITE_NOMEM in problem.
*/
void *companion_get(map *companions, const char *key, size_t size, void (*release)(void *companion), error *problem);

/* Lets all of them go. */
void companion_clear(map *companions);

#endif
