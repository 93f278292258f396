/* Times as users write them; see write_time.h. */
#include "write/write_time.h"

#include <stdint.h>
#include <string.h>

#include "base/clock.h"
#include "base/sqlite.h"
#include "rest/date.h"

static const char time_pattern[] = "0000-00-00T00:00:00";

enum { TIME_WHOLE = sizeof time_pattern - 1, TIME_OFFSET = 6 };

/* A time in its parts. */
typedef struct time_parts {
    char whole[CLOCK_TEXT_SIZE]; /* to the second, in UTC, without the Z */
    const char *fraction;        /* its point and digits, in the text that was read */
    size_t fraction_length;
} time_parts;

/* Digits where the pattern has 0, the same character elsewhere; "T" also matches a blank. */
static bool time_matches(const char *text, const char *pattern, size_t length) {
    for (size_t i = 0; i < length; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        bool same = text[i] == pattern[i] || (pattern[i] == 'T' && text[i] == ' ');
        if (pattern[i] == '0' ? !digit : !same) {
            return false;
        }
    }
    return true;
}

static int time_number(const char *text, int digits) {
    int number = 0;
    for (int i = 0; i < digits; i++) {
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

/* Days from 1970-01-01 to a day of a year from 0 on, the year beginning in March so that the leap day is its last. */
static int64_t time_days(int year, int month, int day) {
    int64_t from_march = (month + 9) % 12,
            years = year - (month < 3) + 400; /* none below 0, where division rounds up */
    return years * 365 + years / 4 - years / 100 + years / 400 + (from_march * 153 + 2) / 5 + day - 1 - 719468 - 146097;
}

/* A time of the pattern in seconds since 1970. False: there is no such day, or no such time of it. */
static bool time_seconds(const char *whole, int64_t *seconds) {
    int year = time_number(whole, 4), month = time_number(whole + 5, 2), day = time_number(whole + 8, 2);
    int hour = time_number(whole + 11, 2), minute = time_number(whole + 14, 2), second = time_number(whole + 17, 2);
    if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) {
        return false;
    }
    int next_year = year + (month == 12), next_month = month % 12 + 1;
    int64_t days = time_days(year, month, day);
    *seconds = days * 86400 + hour * 3600 + minute * 60 + second;
    return days < time_days(next_year, next_month, 1);
}

/* Takes an offset such as +01:00 off the time. False: there is no such time or offset. */
static bool time_to_utc(char *whole, const char *offset) {
    int hours = time_number(offset + 1, 2), minutes = time_number(offset + 4, 2);
    char utc[CLOCK_TEXT_SIZE];
    int64_t seconds;
    if (!time_seconds(whole, &seconds) || hours > 23 || minutes > 59) {
        return false;
    }
    int64_t east = (hours * 60 + minutes) * (*offset == '-' ? -60 : 60);
    clock_format((seconds - east) * 1000, 0, utc);
    bool exists = *utc != 0;
    if (exists) {
        memcpy(whole, utc, TIME_WHOLE);
    }
    return exists;
}

/* What follows the seconds: a fraction or not, then nothing, "Z" or an offset. */
static bool time_read_tail(const char *tail, time_parts *parts) {
    size_t digits = *tail == '.' ? strspn(tail + 1, "0123456789") : 0;
    parts->fraction = tail;
    parts->fraction_length = digits ? digits + 1 : 0;
    tail += parts->fraction_length;
    if (*tail == '+' || *tail == '-') {
        static const char pattern[] = "+00:00";
        bool is = strlen(tail) == TIME_OFFSET && time_matches(tail + 1, pattern + 1, TIME_OFFSET - 1);
        return is && time_to_utc(parts->whole, tail);
    }
    int64_t seconds;
    return (*tail == 0 || strcmp(tail, "Z") == 0) && time_seconds(parts->whole, &seconds);
}

/* text: NUL-terminated behind its length. One that goes on behind a NUL is none. */
static bool time_read(const char *text, size_t length, time_parts *parts) {
    char iso[CLOCK_TEXT_SIZE];
    memset(parts, 0, sizeof *parts);
    if (memchr(text, 0, length)) {
        return false;
    }
    if (length >= TIME_WHOLE && time_matches(text, time_pattern, TIME_WHOLE)) {
        memcpy(parts->whole, text, TIME_WHOLE);
        parts->whole[10] = 'T';
        return time_read_tail(text + TIME_WHOLE, parts);
    }
    bool is = date_to_iso(text, length, iso);
    if (is) {
        memcpy(parts->whole, iso, TIME_WHOLE);
    }
    return is;
}

bool write_time_append(const char *text, size_t length, buffer *time) {
    time_parts parts;
    bool is = time_read(text, length, &parts);
    if (is) {
        buffer_text(time, parts.whole);
        buffer_append(time, parts.fraction, parts.fraction_length);
        buffer_text(time, "Z");
    }
    return is;
}

/* How long the fraction is without zeros at its end, and without a point that nothing follows. */
static size_t time_significant(const time_parts *parts) {
    size_t length = parts->fraction_length;
    while (length > 0 && (parts->fraction[length - 1] == '0' || parts->fraction[length - 1] == '.')) {
        length--;
    }
    return length;
}

bool write_time_is_same(const char *one, size_t one_length, const char *other, size_t other_length) {
    time_parts a, b;
    if (!time_read(one, one_length, &a) || !time_read(other, other_length, &b) || strcmp(a.whole, b.whole) != 0) {
        return false;
    }
    size_t length = time_significant(&a);
    return length == time_significant(&b) && (length == 0 || memcmp(a.fraction, b.fraction, length) == 0);
}
