/* Time; see clock.h. */
#include "base/clock.h"

#include <time.h>

#include "base/sqlite.h"

/* Years with four digits: 0000-01-01 to 9999-12-31, in seconds since 1970. */
static const int64_t CLOCK_FIRST = -62167219200, CLOCK_LAST = 253402300799;

static int64_t clock_read(clockid_t id) {
    struct timespec now;
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_monotonic_ms(void) {
    return clock_read(CLOCK_MONOTONIC);
}

int64_t clock_wall_ms(void) {
    return clock_read(CLOCK_REALTIME);
}

void clock_format(int64_t wall_ms, int fraction, char *text) {
    int milliseconds = (int)(wall_ms % 1000);
    int64_t seconds = wall_ms / 1000;
    if (milliseconds < 0) {
        milliseconds += 1000;
        seconds--;
    }
    time_t when = (time_t)seconds;
    struct tm parts;
    *text = 0;
    if (seconds < CLOCK_FIRST || seconds > CLOCK_LAST || !gmtime_r(&when, &parts)) {
        return;
    }
    sqlite3_snprintf(CLOCK_TEXT_SIZE, text, "%04d-%02d-%02dT%02d:%02d:%02d", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
    if (fraction) {
        sqlite3_snprintf(6, text + 19, ".%03dZ", milliseconds);
    } else {
        sqlite3_snprintf(2, text + 19, "Z");
    }
}
