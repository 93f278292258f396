/*
** How much memory pages may take that are asked for ahead: no more than keeps the reader from waiting, for what has come just
** before it is read is still in the processor's caches, and the rest is only in the way. It begins with three sixteenths of
** memory_limit_mb, and is twice as much, up to a half, once the reader has waited for half of the time while something was
** not asked for because there was no room: where the answers take their time, more of them under way are worth it. Short waits
** are for a server that has no more to give, and more memory would not hurry it. Pure.
*/
#ifndef CHAT_ROOM_H
#define CHAT_ROOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ROOM_WINDOW_MS = 400, ROOM_WAITED_MS = ROOM_WINDOW_MS / 2 };

/* All zeros at first. */
typedef struct room {
    size_t limit;      /* memory_limit_mb that share is a part of */
    size_t share;      /* bytes */
    bool denied;       /* something has not been asked for, for lack of it */
    int64_t since_ms;  /* from when on ... */
    int64_t waited_ms; /* ... the reader has waited so long for lack of it */
} room;

/* Bytes that pages ahead may take, of such a limit. */
size_t room_share(room *self, size_t limit);

/* The reader has waited from then till now for what had been asked for, and something had not, for lack of room. */
void room_waited(room *self, int64_t since_ms, int64_t now_ms);

#endif
