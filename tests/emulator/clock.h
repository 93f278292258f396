/*
** Time: the clock that stamps writes, and dates as text. Dates are kept as whole seconds since 1970 (the API's ISO
** dates have whole seconds). Civil dates are computed here, since gmtime and strftime are too slow for a million rows.
*/
#ifndef EMULATOR_CLOCK_H
#define EMULATOR_CLOCK_H

#include "buffer.h"

#include <stdbool.h>
#include <stdint.h>

/* Milliseconds of a clock that never goes back, for timers and limits. */
int64_t clock_milliseconds(void);

/* Microseconds of the same clock. */
int64_t clock_microseconds(void);

/* Seconds since 1970 now, and milliseconds. */
int64_t clock_now(void);
int64_t clock_now_milliseconds(void);

/* Appends the date: "2016-03-24T20:37:57Z", or "Thu, 24 Mar 2016 20:37:57 +0000" where rfc2822 is true. No quotes. */
void clock_append(buffer *out, int64_t seconds, bool rfc2822);

/* Reads ISO 8601 in UTC ("2016-03-24T20:37:57Z", a fraction is allowed and dropped) or RFC 2822. Returns false where
** text is neither. */
bool clock_parse(const char *text, int64_t *seconds);

#endif
