/* Test Anything Protocol: one line for each result, the plan at the end. */
#ifndef DIFFERENTIAL_TAP_H
#define DIFFERENTIAL_TAP_H

#include <stdbool.h>

/* Prints "ok N - name" or "not ok N - name"; the name is formatted as by printf. Gives `passed` back. */
bool tap_result(bool passed, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints the plan; the program's exit status: 0 if all passed. */
int tap_end(void);

#endif
