/*
** What is going to be looked up: how many different values a column has in the rows to come of the scan that they are
** taken from, and how far that is believed. The first value may be the only one that is ever looked up; a second makes
** sixteen likely, and each further one four times as many. Pure.
*/
#ifndef CHAT_SOUGHT_H
#define CHAT_SOUGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "read/alike.h"

enum { SOUGHT_MOST = 512, SOUGHT_SECOND = 16 }; /* values that are told apart; believed in once there is a second one */

/* Different values. All zeros: none. */
typedef struct sought_values {
    alike_mark marks[2 * SOUGHT_MOST]; /* 0: free */
    size_t count;
} sought_values;

/* Notes a value by its mark; what may equal anything is none. False: there are so many that further ones do not count. */
bool sought_add(sought_values *values, alike_mark mark);

/* How many values are believed in, of so many in sight, after so many different ones have been looked up before. At least 1. */
int64_t sought_believed(int64_t in_sight, int64_t before);

#endif
