/*
** Things to do later, in the one thread: who is due after how long.
*/
#ifndef EMULATOR_TIMERS_H
#define EMULATOR_TIMERS_H

#include <stddef.h>
#include <stdint.h>

typedef struct timers {
    struct timer {
        int64_t due; /* clock_microseconds() */
        void *what;
    } * list; /* a binary heap, the next one due first */
    size_t count, capacity;
} timers;

/* Notes that `what` is due in so many milliseconds. */
void timers_add(timers *self, void *what, int64_t milliseconds);

/* Removes and returns what is due by now, one at a time; NULL: nothing. any != 0 takes it although not due yet. */
void *timers_take(timers *self, int any);

/* Milliseconds until the next is due, rounded up; at most `most`. */
int64_t timers_wait(const timers *self, int64_t most);

void timers_free(timers *self);

#endif
