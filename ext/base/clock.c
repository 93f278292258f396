/* Time; see clock.h. */
#include "base/clock.h"

#include <time.h>

#include "base/sqlite.h"

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
    int64_t seconds = wall_ms / 1000 - (wall_ms % 1000 < 0);
    int milliseconds = (int)(wall_ms - seconds * 1000);
    time_t when = (time_t)seconds;
    struct tm parts;
    if (!gmtime_r(&when, &parts)) {
        sqlite3_snprintf(CLOCK_TEXT_SIZE, text, "%s", "");
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
