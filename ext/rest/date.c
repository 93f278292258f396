/* Dates as the API and HTTP write them; see date.h. The parsing is libcurl's. */
#include "rest/date.h"

#include <ctype.h>
#include <string.h>

#include "base/clock.h"
#include "rest/libcurl.h"

bool date_parse(const char *text, int64_t *seconds) {
    time_t when = curl_getdate(text, NULL);
    if (when == (time_t)-1) {
        return false;
    }
    *seconds = (int64_t)when;
    return true;
}

/* RFC 2822 begins with "Thu, " or with the day of the month and the month's name: "24 Mar 2016 ...". */
static bool date_looks_like_rfc2822(const char *text, size_t length) {
    if (length >= 5 && text[3] == ',' && text[4] == ' ') {
        return isalpha((unsigned char)text[0]) != 0;
    }
    size_t digits = 0;
    while (digits < length && digits < 2 && isdigit((unsigned char)text[digits])) {
        digits++;
    }
    return digits > 0 && length > digits + 4 && text[digits] == ' ' && isalpha((unsigned char)text[digits + 1]);
}

bool date_to_iso(const char *text, size_t length, char *iso) {
    char copy[64];
    int64_t seconds;
    if (length >= sizeof copy || memchr(text, 0, length) || !date_looks_like_rfc2822(text, length)) {
        return false;
    }
    memcpy(copy, text, length);
    copy[length] = 0;
    if (!date_parse(copy, &seconds)) {
        return false;
    }
    clock_format(seconds * 1000, 0, iso);
    return true;
}
