/* From a value to a cell; see page_value.h. */
#include "rest/page_value.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "rest/date.h"
#include "rest/page_string.h"

enum { VALUE_NUMBER_MAX = 400 };

static bool value_put_integer(page_cell *cell, int64_t integer) {
    cell->type = CELL_INTEGER;
    cell->value.integer = integer;
    return true;
}

/*
** 5.0 is the integer 5. Beyond 64 bits every real is whole, and remains one: an infinite one, where it is beyond all reals. 5.5
** is none.
*/
static bool value_put_real(page_cell *cell, double real) {
    static const double end = 9223372036854775808.0; /* 2^63 */
    bool in_range = real >= -end && real < end;
    int64_t whole = in_range ? (int64_t)real : 0;
    bool same = in_range && !((double)whole < real) && !((double)whole > real);
    if (!in_range) {
        cell->type = CELL_REAL;
        cell->value.real = real;
    }
    return in_range ? same && value_put_integer(cell, whole) : true;
}

/* The C library reads the point of the host's language. Of more digits than anybody writes, the first ones tell. */
static double value_read_real(const char *text, size_t length) {
    char copy[VALUE_NUMBER_MAX + 8];
    const char *point = localeconv()->decimal_point;
    const char *dot = memchr(text, '.', length);
    size_t size = strlen(point), at = dot ? (size_t)(dot - text) : 0;
    if (!dot || strcmp(point, ".") == 0 || length > VALUE_NUMBER_MAX || size > 7) {
        return strtod(text, NULL); /* what follows a number in JSON ends it */
    }
    memcpy(copy, text, at);
    memcpy(copy + at, point, size);
    memcpy(copy + at + size, dot + 1, length - at - 1);
    copy[length + size - 1] = 0;
    return strtod(copy, NULL);
}

/* A whole number of few digits, without a sign: most are. */
static bool value_put_small(page_cell *cell, const char *text, size_t length) {
    enum { VALUE_DIGITS_FEW = 18 };
    int64_t integer = 0;
    size_t at = 0;
    while (at < length && length <= VALUE_DIGITS_FEW && text[at] >= '0' && text[at] <= '9') {
        integer = integer * 10 + (text[at++] - '0');
    }
    return at == length && value_put_integer(cell, integer);
}

static bool value_put_numeral(page_cell *cell, const char *text, size_t length) {
    if (value_put_small(cell, text, length)) {
        return true;
    }
    errno = 0;
    long long integer = strtoll(text, NULL, 10);
    size_t digits = strspn(text + (*text == '-'), "0123456789") + (*text == '-');
    if (digits < length) {
        return value_put_real(cell, value_read_real(text, length));
    }
    if (errno == 0) {
        return value_put_integer(cell, integer);
    }
    cell->type = CELL_REAL; /* beyond 64 bits, even where the nearest real is not */
    cell->value.real = value_read_real(text, length);
    return true;
}

/* "10", "-1" and "5.0", as INTEGER affinity takes them. */
static bool value_put_digits(page_cell *cell, const char *text, size_t length) {
    size_t sign = text[0] == '-' || text[0] == '+';
    size_t digits = strspn(text + sign, "0123456789"), end = sign + digits;
    errno = 0;
    long long integer = strtoll(text, NULL, 10);
    if (text[end] == '.') {
        end += 1 + strspn(text + end + 1, "0");
    }
    return digits > 0 && end == length && errno == 0 && value_put_integer(cell, integer);
}

/* Texts of digits are short, unless they are none: escapes are undone in a copy. */
static bool value_put_number(page_cell *cell, const char *bytes, const page_token *value) {
    char copy[VALUE_NUMBER_MAX];
    const char *text = bytes + value->offset;
    switch (value->kind) {
    case 't':
    case 'f':
        return value_put_integer(cell, value->kind == 't');
    case '0':
        return value_put_numeral(cell, text, value->length);
    case '"':
        if (!value->escaped) {
            return value_put_digits(cell, text, value->length); /* its quote ends it */
        }
        if (value->length < sizeof copy) {
            memcpy(copy, text, value->length);
            size_t length = page_string_unescape(copy, value->length);
            copy[length] = 0;
            return value_put_digits(cell, copy, length);
        }
        return false;
    default:
        return false;
    }
}

static bool value_put_boolean(page_cell *cell, const char *bytes, const page_token *value) {
    bool text = value->kind == '"', yes = text && page_string_is(bytes, value, "true");
    if (yes || (text && page_string_is(bytes, value, "false"))) {
        return value_put_integer(cell, yes);
    }
    return value_put_number(cell, bytes, value) && cell->type == CELL_INTEGER &&
           (cell->value.integer == 0 || cell->value.integer == 1);
}

static void value_put_text(page_cell *cell, page_cell_type type, const page_token *value, unsigned raw) {
    cell->type = type;
    cell->length = (uint32_t)value->length;
    cell->raw = raw & 0xff;
}

/* A number or a word is told as the server wrote it. */
static const char *value_put_json(page_cell *cell, catalog_kind kind, const page_token *value) {
    bool document = kind != VALUE_TEXT || value->kind == '{' || value->kind == '[';
    value_put_text(cell, document ? CELL_JSON : CELL_TEXT, value, PAGE_RAW_END);
    return NULL;
}

static const char *value_put_string(page_cell *cell, catalog_kind kind, const page_token *value) {
    unsigned raw = PAGE_RAW_END | (value->escaped ? PAGE_RAW_ESCAPES : 0) | (kind == VALUE_TIME ? PAGE_RAW_TIME : 0);
    value_put_text(cell, kind == VALUE_JSON_TEXT ? CELL_JSON : CELL_TEXT, value, raw);
    return NULL;
}

const char *page_value_put(page_cell *cell, catalog_kind kind, const char *bytes, const page_token *value) {
    bool number = kind == VALUE_INTEGER || kind == VALUE_BOOLEAN;
    cell->type = CELL_NULL;
    cell->raw = 0;
    if (value->kind == 'n') {
        return NULL;
    }
    if (value->kind == '"' && (!number || value->length == 0)) {
        return value_put_string(cell, kind, value);
    }
    const char *wanted = NULL;
    switch (kind) {
    case VALUE_INTEGER:
        wanted = value_put_number(cell, bytes, value) ? NULL : "a whole number";
        break;
    case VALUE_BOOLEAN:
        wanted = value_put_boolean(cell, bytes, value) ? NULL : "true or false";
        break;
    case VALUE_TIME:
        return "a time";
    case VALUE_DURATION:
        return "a duration";
    case VALUE_BYTES: /* their address is a text: it stays NULL */
        return NULL;
    case VALUE_TEXT:
    case VALUE_JSON:
    case VALUE_JSON_TEXT:
        return value_put_json(cell, kind, value);
    }
    cell->type = wanted ? CELL_NULL : cell->type;
    return wanted;
}

void page_value_undo(page_cell *cell, char *text) {
    size_t room = cell->length, length = room;
    char iso[CLOCK_TEXT_SIZE];
    if (cell->raw & PAGE_RAW_ESCAPES) {
        length = page_string_unescape(text, length);
    }
    if ((cell->raw & PAGE_RAW_TIME) && date_to_iso(text, length, iso) && strlen(iso) <= room) {
        length = strlen(iso);
        memcpy(text, iso, length);
    }
    text[length] = 0; /* where the closing quote stood, or what ended a value: all that stands there has been read */
    cell->length = (uint32_t)length;
    cell->raw = 0;
}

bool page_value_is_tight(const page_cell *cell, const char *text, char *iso) {
    enum { VALUE_ISO_LENGTH = 20 };
    return (cell->raw & PAGE_RAW_TIME) && !(cell->raw & PAGE_RAW_ESCAPES) && cell->length < VALUE_ISO_LENGTH &&
           date_to_iso(text, cell->length, iso) && strlen(iso) > cell->length;
}
