/* Counting results: see tap.h. */
#include "tap.h"

#include <stdarg.h>
#include <stdio.h>

static int tap_count;
static int tap_failed;

bool tap_result(bool passed, const char *format, ...) {
    va_list arguments;
    tap_count++;
    tap_failed += !passed;
    printf("%s %d - ", passed ? "ok" : "not ok", tap_count);
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
    return passed;
}

int tap_end(void) {
    printf("1..%d\n", tap_count);
    return tap_failed == 0 ? 0 : 1;
}
