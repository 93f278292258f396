/* Time. Everything that waits or measures takes it from here, so that tests can put their own clock in its place. */
#ifndef CHAT_CLOCK_H
#define CHAT_CLOCK_H

#include <stdint.h>

/* Milliseconds of a clock that never jumps; its zero means nothing. */
int64_t clock_monotonic_ms(void);

/* Milliseconds since 1970-01-01 UTC. */
int64_t clock_wall_ms(void);

enum { CLOCK_TEXT_SIZE = 32 };

/*
** Writes "2026-01-31T08:09:10.123Z" for such a time, or without ".123" when fraction is 0; an empty text for a year
** that has not four digits. text: CLOCK_TEXT_SIZE bytes.
*/
void clock_format(int64_t wall_ms, int fraction, char *text);

#endif
