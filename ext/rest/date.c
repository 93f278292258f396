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

bool date_to_iso(const char *text, size_t length, char *iso) {
    char copy[64], result[CLOCK_TEXT_SIZE];
    date_words words;
    int64_t seconds;
    memset(&words, 0, sizeof words);
    /* Nearly all dates are ISO 8601 already, "2016-...": those are told apart at once. */
    if (length < 16 || length >= sizeof copy || text[4] == '-' || memchr(text, 0, length)) {
        return false;
    }
    memcpy(copy, text, length);
    copy[length] = 0;
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
