/* Dates as the API and HTTP write them; see date.h. The parsing is libcurl's. */
#include "rest/date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/sqlite.h"
#include "rest/libcurl.h"

bool date_parse(const char *text, int64_t *seconds) {
    time_t when = curl_getdate(text, NULL);
    if (when == (time_t)-1) {
        return false;
    }
    *seconds = (int64_t)when;
    return true;
}

/* A date as RFC 2822 writes it, read word by word. */
typedef struct date_words {
    int day, year, hour, minute, second;
    char month[4], zone[8];
} date_words;

/*
** "Thu, 24 Mar 2016 20:37:57 +0000", the weekday and the seconds optional, and after the zone at most a comment in
** parentheses. libcurl's reader is more generous: it takes 31 Feb for 2 Mar and overlooks what follows.
*/
static bool date_read_words(const char *text, date_words *words) {
    int used = 0, year_at = 0, year_end = 0;
    char weekday[4];
    if (sscanf(text, "%3[A-Za-z], %n", weekday, &used) == 1 && used > 0 && strlen(weekday) == 3) {
        text += used;
    }
    used = 0;
    words->second = 0;
    int count =
        sscanf(text, "%2d%*[ ]%3[A-Za-z]%*[ ]%n%4d%n%*[ ]%2d:%2d:%2d%*[ ]%7s%n", &words->day, words->month, &year_at,
               &words->year, &year_end, &words->hour, &words->minute, &words->second, words->zone, &used);
    if (count != 7) {
        used = 0;
        count = 1 + sscanf(text, "%2d%*[ ]%3[A-Za-z]%*[ ]%4d%*[ ]%2d:%2d%*[ ]%7s%n", &words->day, words->month,
                           &words->year, &words->hour, &words->minute, words->zone, &used);
    }
    /* Numbers have no sign (sscanf takes one): the first in the text, if any, is the zone's, or within a comment. */
    bool sign = text + strcspn(text, "+-") < text + used - strlen(words->zone);
    bool comment = text[used] == ' ' && text[used + 1] == '(' && text[strlen(text) - 1] == ')';
    if (year_end - year_at == 2) {                     /* 0049 is the year 49 */
        words->year += words->year < 50 ? 2000 : 1900; /* RFC 2822, 4.3 */
    }
    return count == 7 && used > 0 && !sign && (text[used] == 0 || comment) && text[0] >= '0' && text[0] <= '9';
}

/* An offset, or a name: libcurl knows which names there are. */
static bool date_is_zone(const char *zone) {
    if (zone[0] == '+' || zone[0] == '-') {
        return strlen(zone) == 5 && strspn(zone + 1, "0123456789") == 4;
    }
    return strspn(zone, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(zone);
}

/* Is there such a day? The date without clock and zone must come back from the calendar as it went in. */
static bool date_exists(const date_words *words) {
    char midnight[64], iso[CLOCK_TEXT_SIZE], day[16];
    int64_t seconds;
    sqlite3_snprintf((int)sizeof midnight, midnight, "%d %s %04d 00:00:00 +0000", words->day, words->month,
                     words->year);
    if (!date_parse(midnight, &seconds)) {
        return false;
    }
    clock_format(seconds * 1000, 0, iso);
    sqlite3_snprintf((int)sizeof day, day, "%02d", words->day);
    return strncmp(iso + 8, day, 2) == 0 && atoi(iso) == words->year;
}

/* Seconds since 1970 of a date of the Gregorian calendar, as far as there is one: see date_is_real. */
static int64_t date_seconds(int year, int month, int day, int hour, int minute, int second) {
    int from_march = (month + 9) % 12, years = year - (month < 3);
    int64_t days = (int64_t)365 * years + years / 4 - years / 100 + years / 400 + (153 * from_march + 2) / 5 + day - 1;
    return ((days - 719468) * 24 + hour) * 3600 + minute * 60 + second;
}

/* "9": a digit; anything else stands for itself. */
static bool date_matches(const char *text, const char *pattern) {
    for (; *pattern; pattern++, text++) {
        if (*pattern == '9' ? *text < '0' || *text > '9' : *text != *pattern) {
            return false;
        }
    }
    return true;
}

/*
** "2022-03-14T13:10:38.897143-07:00", as the media of messages have it, in UTC and with its fraction. iso as in date_to_iso.
*/
static bool date_shift(const char *text, size_t length, char *iso) {
    enum { DATE_SECONDS = 19, DATE_ZONE = 6, DATE_FRACTION = 10 };
    char there[CLOCK_TEXT_SIZE], utc[CLOCK_TEXT_SIZE];
    const char *fraction = text + DATE_SECONDS, *zone = text + length - DATE_ZONE;
    size_t digits = strcspn(fraction, "+-");
    bool whole = digits == 0 || (fraction[0] == '.' && digits > 1 && digits <= DATE_FRACTION &&
                                 strspn(fraction + 1, "0123456789") == digits - 1);
    if (!date_matches(text, "9999-99-99T99:99:99") || fraction + digits != zone || !whole ||
        !date_matches(zone + 1, "99:99")) {
        return false;
    }
    int64_t seconds =
        date_seconds(atoi(text), atoi(text + 5), atoi(text + 8), atoi(text + 11), atoi(text + 14), atoi(text + 17));
    int hours = atoi(zone + 1), minutes = atoi(zone + 4);
    int64_t offset = (int64_t)(hours * 60 + minutes) * 60;
    clock_format(seconds * 1000, 0, there);
    clock_format((zone[0] == '-' ? seconds + offset : seconds - offset) * 1000, 0, utc);
    if (strncmp(there, text, DATE_SECONDS) != 0 || !*utc || hours > 23 || minutes > 59) {
        return false; /* there is no such date, or no such zone */
    }
    sqlite3_snprintf(CLOCK_TEXT_SIZE, iso, "%.*s%.*sZ", DATE_SECONDS, utc, (int)digits, fraction);
    return true;
}

bool date_to_iso(const char *text, size_t length, char *iso) {
    char copy[64], result[CLOCK_TEXT_SIZE];
    date_words words;
    int64_t seconds;
    memset(&words, 0, sizeof words);
    /* Nearly all dates are ISO 8601 in UTC already, "2016-...Z": those are told apart at once. */
    if (length < 16 || length >= sizeof copy || (text[4] == '-' && text[length - 1] == 'Z') ||
        memchr(text, 0, length)) {
        return false;
    }
    memcpy(copy, text, length);
    copy[length] = 0;
    if (text[4] == '-') {
        return length >= 25 && date_shift(copy, length, iso);
    }
    if (!date_read_words(copy, &words) || words.year < 1000 || !date_is_zone(words.zone) || !date_exists(&words) ||
        words.hour > 23 || words.minute > 59 || words.second > 60) {
        return false;
    }
    sqlite3_snprintf((int)sizeof copy, copy, "%d %s %04d %02d:%02d:%02d %s", words.day, words.month, words.year,
                     words.hour, words.minute, words.second, words.zone);
    if (!date_parse(copy, &seconds)) {
        return false;
    }
    clock_format(seconds * 1000, 0, result);
    if (!*result) {
        return false;
    }
    memcpy(iso, result, sizeof result);
    return true;
}
