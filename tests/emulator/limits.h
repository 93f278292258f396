/*
** The write limits: so many writes per second to one channel or one service, counted over a sliding window of five
** seconds. Reads are free.
*/
#ifndef EMULATOR_LIMITS_H
#define EMULATOR_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct limits limits;

limits *limits_new(void);
void limits_free(limits *self);

/* Forgets what was counted. */
void limits_reset(limits *self);

/* Counts a write against a key (sign and number of a channel or service) and returns true, or returns false where the
** window is full; a refused write is not counted. per_second 0: no limit. */
bool limits_take(limits *self, int64_t key, int64_t per_second, int64_t now_milliseconds);

#endif
