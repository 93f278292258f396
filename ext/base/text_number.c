/* Is a text a number? See text_number.h. The form is that of SQLite's sqlite3AtoF: "  -12.5e-3 ". */
#include "base/text_number.h"

#include <stdbool.h>

#include "base/sqlite.h"

typedef struct text_rest {
    const char *at, *end;
} text_rest;

static bool number_is(const text_rest *rest, const char *set) {
    for (; rest->at < rest->end && *set; set++) {
        if (*rest->at == *set) {
            return true;
        }
    }
    return false;
}

static bool number_skip(text_rest *rest, const char *set) {
    bool is = number_is(rest, set);
    rest->at += is;
    return is;
}

static void number_blanks(text_rest *rest) {
    while (number_skip(rest, " \t\n\v\f\r")) {
    }
}

/* How many digits there are. Adds them to a number below zero, which has more room; *fits: there was enough. */
static size_t number_digits(text_rest *rest, int64_t *number, bool *fits) {
    size_t count = 0;
    for (; number_is(rest, "0123456789"); rest->at++, count++) {
        int digit = *rest->at - '0';
        *fits = *fits && *number >= (INT64_MIN + digit) / 10;
        *number = *fits ? *number * 10 - digit : 0;
    }
    return count;
}

int text_number_type(const char *text, size_t length, int64_t *whole) {
    text_rest rest = {text, text + length};
    int64_t number = 0, ignored = 0;
    bool fits = true, no_matter = true;
    number_blanks(&rest);
    bool negative = number_is(&rest, "-");
    number_skip(&rest, "+-");
    size_t digits = number_digits(&rest, &number, &fits);
    bool point = number_skip(&rest, ".");
    digits += point ? number_digits(&rest, &ignored, &no_matter) : 0;
    bool exponent = digits > 0 && number_skip(&rest, "eE");
    if (exponent) {
        number_skip(&rest, "+-");
    }
    bool valid = digits > 0 && (!exponent || number_digits(&rest, &ignored, &no_matter) > 0);
    number_blanks(&rest);
    if (!valid || rest.at < rest.end) {
        return SQLITE_TEXT;
    }
    if (point || exponent || !fits || (!negative && number == INT64_MIN)) {
        return SQLITE_FLOAT;
    }
    *whole = negative ? number : -number;
    return SQLITE_INTEGER;
}
