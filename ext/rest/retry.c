/* May a failed attempt be repeated, and when; see retry.h. */
#include "rest/retry.h"

#include <ctype.h>
#include <stddef.h>

#include "rest/date.h"

static bool retry_status(const retry_attempt *attempt) {
    switch (attempt->status) {
    case 429:
        return true;
    case 500:
    case 502:
    case 503:
    case 504:
        return attempt->repeatable;
    default:
        return false;
    }
}

static bool retry_makes_sense(const retry_attempt *attempt) {
    switch (attempt->outcome) {
    case RETRY_RESPONSE:
        return retry_status(attempt);
    case RETRY_NOT_SENT:
        return true;
    case RETRY_LOST:
    case RETRY_CLOSED:
        return attempt->repeatable;
    case RETRY_HOPELESS:
        break;
    }
    return false;
}

static int64_t retry_jitter(const retry_attempt *attempt) {
    int doublings = attempt->attempt - 1 < 16 ? attempt->attempt - 1 : 16;
    int64_t bound = (int64_t)RETRY_BASE_MS << doublings;
    if (bound > RETRY_CAP_MS) {
        bound = RETRY_CAP_MS;
    }
    return (int64_t)(attempt->random % (uint64_t)(bound + 1));
}

bool retry_is_idle_end(const retry_attempt *attempt) {
    return attempt->outcome == RETRY_CLOSED && attempt->attempt == 1;
}

int64_t retry_wait_ms(const retry_attempt *attempt) {
    if (attempt->attempt > attempt->max_retries || !retry_makes_sense(attempt) ||
        attempt->retry_after_ms > RETRY_AFTER_MAX_MS) {
        return RETRY_GIVE_UP;
    }
    if (retry_is_idle_end(attempt)) {
        return 0;
    }
    int64_t jitter = retry_jitter(attempt);
    return attempt->retry_after_ms > 0 ? attempt->retry_after_ms + jitter : jitter;
}

void retry_budget_earn(retry_budget *budget) {
    if (budget) {
        budget->successes++;
    }
}

bool retry_budget_take(retry_budget *budget, const retry_attempt *attempt) {
    bool free = retry_is_idle_end(attempt) || (attempt->outcome == RETRY_RESPONSE && attempt->status == 429);
    if (!budget || free) {
        return true;
    }
    int64_t allowed = (int64_t)RETRY_BUDGET_REQUESTS * attempt->max_retries + budget->successes / RETRY_BUDGET_EARNED;
    if (budget->spent >= allowed) {
        budget->exhausted = true;
        return false;
    }
    budget->spent++;
    return true;
}

/*
** An HTTP date in milliseconds since 1970. A year of nine digits is a date as well: it becomes one that can be multiplied, and
** differs from the earliest that libcurl reads (1583) by what can be told.
*/
static bool retry_read_date(const char *text, int64_t *milliseconds) {
    const int64_t bound = INT64_MAX / 2000;
    int64_t seconds = 0;
    if (!text || !date_parse(text, &seconds)) {
        return false;
    }
    *milliseconds = (seconds < bound ? seconds : bound) * 1000;
    return true;
}

int64_t retry_after_ms(const char *text, const char *date, int64_t now_ms) {
    if (!text || !*text) {
        return -1;
    }
    int64_t seconds = 0, until = 0, from = now_ms;
    const char *digit = text;
    while (isdigit((unsigned char)*digit) && digit - text < 10) {
        seconds = seconds * 10 + (*digit++ - '0');
    }
    if (digit > text) {
        return *digit ? -1 : seconds * 1000;
    }
    if (!retry_read_date(text, &until)) {
        return -1;
    }
    if (!retry_read_date(date, &from)) {
        from = now_ms;
    }
    return until > from ? until - from : 0;
}
