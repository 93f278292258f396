/* Durations as the API takes them: ISO 8601, of days and smaller, in whole numbers. */
#ifndef CHAT_WRITE_DURATION_H
#define CHAT_WRITE_DURATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads "P1DT2H3M4S", any part of which may be missing but not all. False: it is none. */
bool write_duration_read(const char *text, size_t length, int64_t *seconds);

#endif
