/*
** Whether the host wants the statement to stop that is running while it waits for an answer: by sqlite3_interrupt, or by a
** progress handler that says so.
*/
#ifndef CHAT_PROBE_H
#define CHAT_PROBE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/sqlite.h"

/* When what was last asked, by the monotonic clock. All zeros at first. */
typedef struct probe {
    int64_t asked_ms;  /* anything */
    int64_t often_ms;  /* a progress handler for some operations */
    int64_t seldom_ms; /* one for many */
    int64_t rarely_ms; /* one for very many */
} probe;

/*
** To be called again and again within a statement. Handlers have their say from some time of waiting on, and then in time
** for a statement to end within a second; those for more than 20000 operations, since SQLite 3.41, within some three.
*/
bool probe_is_stopped(probe *self, sqlite3 *db);

#endif
