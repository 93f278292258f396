/*
** Pacing: the service allows 30 writes a second for each channel (updates of it, its members, messages and invites)
** and 30 for each service (channels made and deleted, users, roles), counted over 5 seconds (vendor: chat limits). The
** setting write_rate gives the number; 0 leaves it to the server to say 429.
*/
#ifndef CHAT_WRITE_RATE_H
#define CHAT_WRITE_RATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/map.h"

typedef struct write_rate {
    map scopes; /* address of a channel or service -> the times of its latest writes */
} write_rate;

/*
** May a write to that scope go out now? Milliseconds to wait, 0: yes, and it is counted as sent. rate: writes a
** second, 0: no limit. now_ms: monotonic clock. Problems: SQLITE_NOMEM.
*/
int64_t write_rate_wait(write_rate *pace, const char *scope, int rate, int64_t now_ms, error *problem);

void write_rate_clear(write_rate *pace);

#endif
