/*
** Times: Retry-After, dates as the API and HTTP write them, the waits between attempts. First byte: what to try.
** The oracle for dates is the C library's calendar (gmtime, timegm).
*/
#define _GNU_SOURCE /* strptime */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/clock.h"
#include "fuzz/fuzz.h"
#include "rest/date.h"
#include "rest/retry.h"

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/*
** Seconds are asked for as they are; a date at most as long as the calendar has years, counted from the server's Date, which
** stands after a '|', or else from now.
*/
static void try_retry_after(char *text, int64_t now_ms) {
    char *date = strchr(text, '|');
    if (date) {
        *date++ = 0;
    }
    now_ms = now_ms & 0x3fffffffffff; /* the wall clock: up to the year 4199 */
    int64_t wait = retry_after_ms(text, date, now_ms);
    fuzz_check(wait >= -1, "Retry-After \"%s\": %lld ms", text, (long long)wait);
    bool digits = *text && strspn(text, "0123456789") == strlen(text) && strlen(text) < 10;
    fuzz_check(!digits || wait == atoll(text) * 1000, "Retry-After \"%s\": %lld ms", text, (long long)wait);
    int64_t seconds = 0, from = 0;
    if (wait >= 0 && (*text < '0' || *text > '9')) {
        fuzz_check(date_parse(text, &seconds), "Retry-After \"%s\" is no date", text);
        from = date && date_parse(date, &from) ? from : now_ms / 1000;
        bool far = from > 1000000000000000; /* both in years of nine digits: they may be taken for the same */
        fuzz_check(far || (wait > 0) == (seconds > from), "Retry-After \"%s\", Date \"%s\": %lld ms", text,
                   date ? date : "", (long long)wait);
    }
}

static void try_wait(fuzz_input *input) {
    retry_attempt attempt = {.repeatable = fuzz_below(input, 2),
                             .attempt = 1 + (int)fuzz_below(input, 101),
                             .max_retries = (int)fuzz_below(input, 101),
                             .outcome = (retry_outcome)fuzz_below(input, RETRY_HOPELESS + 1),
                             .status = 100 + (int)fuzz_below(input, 250) * 2,
                             .random = (uint64_t)fuzz_number(input)};
    attempt.status = fuzz_below(input, 2) ? 429 : attempt.status;
    attempt.retry_after_ms = fuzz_number(input) >> fuzz_below(input, 64);
    if (attempt.outcome == RETRY_CLOSED) {
        attempt.retry_after_ms = -1; /* nothing came, so nothing was asked for */
    }
    int64_t wait = retry_wait_ms(&attempt);
    bool given_up = wait == RETRY_GIVE_UP;
    fuzz_check(given_up || (wait >= 0 && wait <= RETRY_AFTER_MAX_MS + RETRY_CAP_MS), "a wait of %lld ms",
               (long long)wait);
    fuzz_check(given_up || wait >= attempt.retry_after_ms, "less than the server asks for: %lld ms", (long long)wait);
    fuzz_check(given_up || attempt.attempt <= attempt.max_retries, "an attempt too many");
    fuzz_check(given_up || attempt.outcome != RETRY_HOPELESS, "repeated without hope");
    fuzz_check(given_up || attempt.repeatable || attempt.outcome == RETRY_NOT_SENT ||
                   (attempt.outcome == RETRY_RESPONSE && attempt.status == 429),
               "a POST is repeated that may have been carried out");
}

/* A date written from the calendar must come back as it went in. */
static void try_written(fuzz_input *input) {
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    const int64_t first = -30610224000, last = 253402300799; /* the years 1000 to 9999 */
    int64_t when = first + (int64_t)((uint64_t)fuzz_number(input) % (uint64_t)(last - first + 1));
    int zone = (int)fuzz_below(input, 24 * 4 + 1) * 15 - 12 * 60;
    time_t local = (time_t)(when + zone * 60), utc = (time_t)when;
    char text[100], iso[CLOCK_TEXT_SIZE] = "", expected[CLOCK_TEXT_SIZE];
    struct tm parts;
    gmtime_r(&local, &parts);
    if (parts.tm_year + 1900 < 1583 || parts.tm_year + 1900 > 9999) {
        return; /* libcurl knows the Gregorian calendar only */
    }
    snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d %c%02d%02d", days[parts.tm_wday], parts.tm_mday,
             months[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec,
             zone < 0 ? '-' : '+', abs(zone) / 60, abs(zone) % 60);
    gmtime_r(&utc, &parts);
    strftime(expected, sizeof expected, "%Y-%m-%dT%H:%M:%SZ", &parts);
    fuzz_check(date_to_iso(text, strlen(text), iso), "not read: %s", text);
    fuzz_check(strcmp(iso, expected) == 0, "%s is %s, not %s", text, iso, expected);
    int64_t seconds = 0;
    fuzz_check(date_parse(text, &seconds) && seconds == when, "%s is not %lld", text, (long long)seconds);
}

/* Reads up to `most` digits; -1: there is none. */
static int digits(const char **at, int least, int most) {
    int number = 0, count = 0;
    for (; count < most && **at >= '0' && **at <= '9'; count++) {
        number = number * 10 + *(*at)++ - '0';
    }
    return count >= least ? number : -1;
}

/* Passes over white space; false: the first of it is no blank. */
static bool skip(const char **at) {
    bool blank = **at == ' ';
    *at += strspn(*at, " \t\n\v\f\r");
    return blank;
}

/* RFC 2822's date-time, as far as date.h takes it, read strictly: is there such a date, and when is it? */
static bool read_strictly(const char *text, struct tm *parts) {
    const char *at = text;
    memset(parts, 0, sizeof *parts);
    if (strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") == 3) {
        at += 3;
        if (*at++ != ',') {
            return false;
        }
        skip(&at);
    }
    parts->tm_mday = digits(&at, 1, 2);
    if (!skip(&at)) {
        return false;
    }
    for (parts->tm_mon = 0; parts->tm_mon < 12 && strncasecmp(at, months[parts->tm_mon], 3) != 0; parts->tm_mon++) {
    }
    if (parts->tm_mday < 1 || parts->tm_mon == 12) {
        return false;
    }
    at += 3;
    if (!skip(&at)) {
        return false;
    }
    int year = digits(&at, 1, 4), most = 31;
    parts->tm_year = (year >= 100 ? year : year < 50 ? year + 2000 : year + 1900) - 1900;
    if (year < 0 || !skip(&at)) {
        return false;
    }
    parts->tm_hour = digits(&at, 1, 2);
    if (parts->tm_hour < 0 || parts->tm_hour > 23 || *at++ != ':') {
        return false;
    }
    skip(&at);
    parts->tm_min = digits(&at, 1, 2);
    if (parts->tm_mon == 1) {
        int full = parts->tm_year + 1900;
        most = (full % 4 == 0 && full % 100 != 0) || full % 400 == 0 ? 29 : 28;
    } else if (parts->tm_mon == 3 || parts->tm_mon == 5 || parts->tm_mon == 8 || parts->tm_mon == 10) {
        most = 30;
    }
    return parts->tm_mday <= most && parts->tm_min >= 0 && parts->tm_min <= 59;
}

/* As clock_format writes it, up to the second: glibc's strftime has no zeros before a year. */
static void write_time(time_t when, char text[CLOCK_TEXT_SIZE]) {
    struct tm parts;
    gmtime_r(&when, &parts);
    size_t year = (size_t)snprintf(text, CLOCK_TEXT_SIZE, "%04d", parts.tm_year + 1900);
    strftime(text + year, CLOCK_TEXT_SIZE - year, "-%m-%dT%H:%M:%S", &parts);
}

/* "2022-03-14T13:10:38.897143-07:00" and nothing else is rewritten of what begins with a year: to the same time in UTC. */
static void check_shifted(const char *text, size_t length, const char *iso) {
    struct tm parts = {0};
    char written[CLOCK_TEXT_SIZE], fraction[16] = "";
    int hours = 99, minutes = 99, used = 0;
    const char *at = strptime(text, "%Y-%m-%dT%H:%M:%S", &parts);
    if (at && *at == '.') {
        snprintf(fraction, sizeof fraction, ".%.*s", (int)strspn(at + 1, "0123456789"), at + 1);
    }
    bool fine = at && at - text == 19 &&
                sscanf(at + strlen(fraction), "%1[+-]%2d:%2d%n", (char[2]){0}, &hours, &minutes, &used) == 3 &&
                used == 6 && at + strlen(fraction) + used == text + length && hours <= 23 && minutes <= 59;
    fuzz_check(fine, "\"%.*s\" is no time, and became %s", (int)length, text, iso);
    time_t there = timegm(&parts), offset = (hours * 60 + minutes) * 60;
    write_time(there, written);
    fuzz_check(strncmp(written, text, 19) == 0, "there is no \"%.*s\", which became %s", (int)length, text, iso);
    write_time(at[strlen(fraction)] == '-' ? there + offset : there - offset, written);
    fuzz_check(strncmp(written, iso, 19) == 0 && strncmp(iso + 19, fraction, strlen(fraction)) == 0 &&
                   strcmp(iso + 19 + strlen(fraction), "Z") == 0,
               "\"%.*s\" became %s", (int)length, text, iso);
}

/* Any text: what is taken for a date must be one; what comes out is no date to be rewritten again. */
static void try_any(const char *text, size_t length) {
    char iso[CLOCK_TEXT_SIZE], again[CLOCK_TEXT_SIZE];
    memset(iso, '?', sizeof iso);
    if (!date_to_iso(text, length, iso)) {
        fuzz_check(iso[0] == '?' && iso[CLOCK_TEXT_SIZE - 1] == '?', "no date, and yet written: %.*s", (int)length,
                   text);
        return;
    }
    if (text[4] == '-') {
        check_shifted(text, length, iso);
        return;
    }
    struct tm parts;
    fuzz_check(read_strictly(text, &parts), "\"%.*s\" is no date, and became %s", (int)length, text, iso);
    fuzz_check(strlen(iso) == 20 && iso[4] == '-' && iso[19] == 'Z', "\"%.*s\" became %s", (int)length, text, iso);
    fuzz_check(!date_to_iso(iso, strlen(iso), again), "%s was rewritten once more, to %s", iso, again);
    /* No zone is further off than a day. */
    struct tm shown;
    fuzz_check(strptime(iso, "%Y-%m-%dT%H:%M:%SZ", &shown) != NULL, "not a time: %s", iso);
    int64_t apart = (int64_t)timegm(&shown) - (int64_t)timegm(&parts);
    fuzz_check(apart >= -360000 && apart <= 360060, "\"%.*s\" became %s", (int)length, text, iso);
}

static void try_clock(int64_t wall_ms) {
    char text[CLOCK_TEXT_SIZE];
    for (int fraction = 0; fraction < 2; fraction++) {
        clock_format(wall_ms, fraction, text);
        size_t length = strlen(text);
        fuzz_check(length == 0 || length == (fraction ? 24u : 20u), "%lld is %s", (long long)wall_ms, text);
        bool four_digits = wall_ms >= -62167219200000 && wall_ms < 253402300800000;
        fuzz_check((length > 0) == four_digits, "%lld is %s", (long long)wall_ms, text);
        struct tm parts;
        if (length > 0) {
            fuzz_check(strptime(text, fraction ? "%Y-%m-%dT%H:%M:%S." : "%Y-%m-%dT%H:%M:%SZ", &parts) != NULL, "%s",
                       text);
            int64_t back = (int64_t)timegm(&parts) * 1000 + (fraction ? atoi(text + 20) : 0);
            fuzz_check(back <= wall_ms && wall_ms - back < (fraction ? 1 : 1000), "%lld is %s", (long long)wall_ms,
                       text);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input input = {data, size};
    switch (fuzz_below(&input, 5)) {
    case 0: {
        int64_t now_ms = fuzz_number(&input);
        char *text = fuzz_text(&input);
        if (strlen(text) < 64) { /* transport.h keeps no more */
            try_retry_after(text, now_ms);
        }
        free(text);
        break;
    }
    case 1:
        try_wait(&input);
        break;
    case 2:
        try_written(&input);
        break;
    case 3: {
        char *text = fuzz_text(&input);
        try_any(text, strlen(text));
        free(text);
        break;
    }
    default:
        try_clock(fuzz_number(&input));
    }
    return 0;
}
