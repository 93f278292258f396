/* Durations; see write_duration.h. */
#include "write/write_duration.h"

#include <string.h>

enum { WRITE_DIGITS_MAX = 9 };

/* The parts in their order; those behind T are of a day. */
static const struct write_unit {
    char letter;
    bool of_time;
    int64_t seconds;
} write_units[] = {{'D', false, 86400}, {'H', true, 3600}, {'M', true, 60}, {'S', true, 1}};

enum { WRITE_UNITS = sizeof write_units / sizeof *write_units };

/* Takes a number and its letter off; false: there is none, or none that may follow. */
static bool write_take_part(const char **text, size_t *length, bool of_time, size_t *unit, int64_t *seconds) {
    int64_t number = 0;
    size_t digits = 0;
    while (digits < *length && (*text)[digits] >= '0' && (*text)[digits] <= '9') {
        number = digits < WRITE_DIGITS_MAX ? 10 * number + (*text)[digits] - '0' : number;
        digits++;
    }
    if (digits == 0 || digits > WRITE_DIGITS_MAX || digits == *length) {
        return false;
    }
    while (*unit < WRITE_UNITS &&
           (write_units[*unit].letter != (*text)[digits] || write_units[*unit].of_time != of_time)) {
        ++*unit;
    }
    if (*unit == WRITE_UNITS) {
        return false;
    }
    *seconds += number * write_units[(*unit)++].seconds;
    *text += digits + 1;
    *length -= digits + 1;
    return true;
}

bool write_duration_read(const char *text, size_t length, int64_t *seconds) {
    size_t unit = 0;
    bool of_time = false;
    *seconds = 0;
    if (length < 2 || text[0] != 'P') {
        return false;
    }
    text++;
    length--;
    while (length > 0) {
        if (*text == 'T' && !of_time) {
            of_time = true;
            text++;
            length--;
        }
        if (!write_take_part(&text, &length, of_time, &unit, seconds)) {
            return false;
        }
    }
    return true;
}
