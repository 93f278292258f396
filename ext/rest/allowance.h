/*
** The allowance: how many HTTP attempts a statement may make, repetitions included (setting max_requests). Its requests share
** one; what would begin an attempt more fails, and nothing is sent beyond.
*/
#ifndef CHAT_ALLOWANCE_H
#define CHAT_ALLOWANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

typedef struct allowance {
    int64_t most;  /* 0: no bound */
    int64_t begun; /* attempts */
    int holders;
} allowance;

/* A new one, held once; most: 0 for no bound. NULL: out of memory. */
allowance *allowance_new(int64_t most);

/* One holder more. Accepts NULL. */
allowance *allowance_hold(allowance *shared);

/* One less; the last frees it. Accepts NULL. */
void allowance_drop(allowance *shared);

/* Is there a bound? NULL has none. */
bool allowance_is_bound(const allowance *shared);

/* Has it no attempt left? */
bool allowance_is_spent(const allowance *shared);

/* Says why a request was not sent (again), and how to go on. */
void allowance_tell(const allowance *shared, const char *method, bool again, buffer *text);

/* Counts an attempt that begins. Accepts NULL. */
void allowance_take(allowance *shared);

#endif
