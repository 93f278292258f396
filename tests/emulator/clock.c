/* Time: see clock.h. The civil-calendar arithmetic counts days from 1 March of year 0, so that leap days come last. */
#include "clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const char clock_months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
static const char clock_days[] = "ThuFriSatSunMonTueWed"; /* 1 January 1970 was a Thursday */

int64_t clock_microseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_milliseconds(void) {
    return clock_microseconds() / 1000;
}

int64_t clock_now(void) {
    return (int64_t)time(NULL);
}

int64_t clock_now_milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

typedef struct clock_civil {
    int year, month, day; /* month from 1 */
} clock_civil;

static clock_civil clock_from_days(int64_t days) {
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int day_of_era = (int)(shifted - era * 146097);
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted_month = (5 * day_of_year + 2) / 153;
    clock_civil civil;
    civil.day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    civil.month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    civil.year = (int)(year_of_era + era * 400) + (civil.month <= 2 ? 1 : 0);
    return civil;
}

static int64_t clock_to_days(int year, int month, int day) {
    int64_t shifted = month <= 2 ? year - 1 : year;
    int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    int64_t year_of_era = shifted - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

static char *clock_two(char *at, int value) {
    at[0] = (char)('0' + value / 10);
    at[1] = (char)('0' + value % 10);
    return at + 2;
}

static void clock_append_iso(buffer *out, clock_civil civil, int second) {
    char *at = buffer_reserve(out, 20);
    clock_two(clock_two(at, civil.year / 100), civil.year % 100);
    at[4] = at[7] = '-';
    clock_two(at + 5, civil.month);
    clock_two(at + 8, civil.day);
    at[10] = 'T';
    clock_two(at + 11, second / 3600);
    at[13] = at[16] = ':';
    clock_two(at + 14, second / 60 % 60);
    clock_two(at + 17, second % 60);
    at[19] = 'Z';
    out->length += 20;
}

void clock_append(buffer *out, int64_t seconds, bool rfc2822) {
    int64_t days = seconds / 86400 - (seconds % 86400 < 0 ? 1 : 0);
    int second = (int)(seconds - days * 86400);
    clock_civil civil = clock_from_days(days);
    if (!rfc2822) {
        clock_append_iso(out, civil, second);
        return;
    }
    int weekday = (int)(((days % 7) + 7) % 7);
    buffer_format(out, "%.3s, %02d %.3s %04d %02d:%02d:%02d +0000", clock_days + 3 * weekday, civil.day,
                  clock_months + (civil.month - 1) * 3, civil.year, second / 3600, second / 60 % 60, second % 60);
}

static bool clock_compose(const int part[6], int64_t *seconds) {
    if (part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > 31 || part[3] > 23 || part[4] > 59 || part[5] > 60) {
        return false;
    }
    *seconds = clock_to_days(part[0], part[1], part[2]) * 86400 + part[3] * 3600 + part[4] * 60 + part[5];
    return true;
}

bool clock_parse(const char *text, int64_t *seconds) {
    int part[6];
    int end = 0;
    char month[4];
    if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d%n", &part[0], &part[1], &part[2], &part[3], &part[4], &part[5], &end) ==
        6) {
        const char *rest = text + end;
        if (*rest == '.') {
            rest += 1 + strspn(rest + 1, "0123456789");
        }
        bool utc = strcmp(rest, "Z") == 0 || strcmp(rest, "+00:00") == 0 || *rest == '\0';
        return utc && clock_compose(part, seconds);
    }
    if (sscanf(text, "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d +0000", &part[2], month, &part[0], &part[3], &part[4],
               &part[5]) == 6) {
        const char *found = strstr(clock_months, month);
        part[1] = found ? (int)(found - clock_months) / 3 + 1 : 0;
        return clock_compose(part, seconds);
    }
    return false;
}
