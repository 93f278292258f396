/*
** Counted steps: for tests that say how the work grows, without a clock. A test that is compiled with -fsanitize-coverage=trace-pc
** (tests/unit/build.mk) counts the basic blocks that it and the sources which it includes go through.
*/
#ifndef CHAT_TEST_STEPS_H
#define CHAT_TEST_STEPS_H

#include <stddef.h>

extern size_t steps_counted;

/* Counts what the C library does for a call over so many bytes: sixteen of them are a step. */
#define STEPS(length, call) (steps_counted += (size_t)(length) / 16, call)

#endif
