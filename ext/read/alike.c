/* Which values may be equal; see alike.h. */
#include "read/alike.h"

#include <string.h>

/* A whole number, perhaps; an odd one; or no number at all. */
typedef enum { ALIKE_IS_TEXT, ALIKE_IS_ODD, ALIKE_IS_WHOLE } alike_shape;

static alike_mark alike_fold(uint64_t hash) {
    alike_mark mark = (alike_mark)(hash ^ hash >> 32);
    return mark < ALIKE_FIRST ? mark + ALIKE_FIRST : mark;
}

static alike_mark alike_of_integer(int64_t value) {
    uint64_t mixed = (uint64_t)value * UINT64_C(0x9e3779b97f4a7c15);
    return alike_fold(mixed ^ mixed >> 29);
}

static bool alike_is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool alike_is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* FNV-1a of the text as NOCASE and RTRIM see it: SQLite before 3.53 forgets a collation at times (plan.c). */
static alike_mark alike_of_text(const char *text, size_t length) {
    uint64_t hash = 14695981039346656037u;
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        hash = (hash ^ (c >= 'A' && c <= 'Z' ? (unsigned char)(c + 'a' - 'A') : c)) * 1099511628211u;
    }
    return alike_fold(hash);
}

/*
** More generous than SQLite, which has other ideas of numbers in some version perhaps: whatever is made of a number's letters
** only, a digit among them, is one.
*/
static bool alike_may_be_number(const char *text, size_t length) {
    bool digit = false;
    for (size_t i = 0; i < length; i++) {
        if (!alike_is_digit(text[i]) && !alike_is_blank(text[i]) && (text[i] == 0 || !strchr("+-.eE_", text[i]))) {
            return false;
        }
        digit = digit || alike_is_digit(text[i]);
    }
    return digit;
}

/* Digits with a sign before them, and blanks around: a whole number, unless beyond 64 bits. */
static bool alike_read_whole(const char *text, size_t length, int64_t *value) {
    size_t at = 0, end = length;
    while (at < end && alike_is_blank(text[at])) {
        at++;
    }
    while (end > at && alike_is_blank(text[end - 1])) {
        end--;
    }
    bool negative = at < end && text[at] == '-';
    at += at < end && (text[at] == '-' || text[at] == '+');
    uint64_t most = (uint64_t)INT64_MAX + negative, number = 0;
    bool whole = at < end;
    for (; at < end && whole; at++) {
        uint64_t digit = (uint64_t)(text[at] - '0');
        whole = alike_is_digit(text[at]) && number <= (most - digit) / 10;
        number = whole ? number * 10 + digit : 0;
    }
    *value = negative ? (int64_t)(0 - number) : (int64_t)number;
    return whole;
}

static alike_shape alike_shape_of(const char *text, size_t length, int64_t *value) {
    if (!alike_may_be_number(text, length)) {
        return ALIKE_IS_TEXT;
    }
    return alike_read_whole(text, length, value) ? ALIKE_IS_WHOLE : ALIKE_IS_ODD;
}

/* A real that is a whole number of 64 bits. */
static bool alike_is_whole(double real, int64_t *value) {
    const double most = 9223372036854775808.0; /* 2^63: the first that is none */
    bool within = real >= -most && real < most;
    *value = within ? (int64_t)real : 0;
    return within && (double)*value == real;
}

/* Beyond all numbers: as text SQLite writes it 'Inf'. */
static bool alike_is_infinite(double real) {
    return real != 0 && real == real / 2;
}

static alike_mark alike_of_real(double real) {
    int64_t whole;
    return alike_is_whole(real, &whole) ? alike_of_integer(whole)
           : alike_is_infinite(real)    ? (alike_mark)ALIKE_ALWAYS
                                        : (alike_mark)ALIKE_ODD;
}

/* One with a NUL in it ends there for some of SQLite's functions, and for others not. */
static alike_mark alike_of_text_cell(const char *text, size_t length) {
    int64_t whole;
    if (memchr(text, 0, length)) {
        return ALIKE_ALWAYS;
    }
    switch (alike_shape_of(text, length, &whole)) {
    case ALIKE_IS_WHOLE:
        return alike_of_integer(whole);
    case ALIKE_IS_ODD:
        return ALIKE_ODD;
    case ALIKE_IS_TEXT:
        break;
    }
    return alike_of_text(text, length);
}

alike_mark alike_of_cell(const page *content, const page_cell *cell) {
    switch (cell->type) {
    case CELL_INTEGER:
        return alike_of_integer(cell->value.integer);
    case CELL_REAL:
        return alike_of_real(cell->value.real);
    case CELL_TEXT:
    case CELL_JSON:
        return alike_of_text_cell(page_text(content, cell), cell->length);
    case CELL_NULL:
        break;
    }
    return ALIKE_ALWAYS;
}

static alike_wanted alike_to_text(sqlite3_value *value) {
    const char *text = (const char *)sqlite3_value_text(value);
    size_t length = (size_t)sqlite3_value_bytes(value);
    int64_t whole = 0;
    alike_shape shape = text ? alike_shape_of(text, length, &whole) : ALIKE_IS_ODD;
    if (shape == ALIKE_IS_ODD || memchr(text, 0, length)) {
        return (alike_wanted){.everything = true};
    }
    bool number = shape == ALIKE_IS_WHOLE;
    return (alike_wanted){
        .odd = number, .marked = true, .mark = number ? alike_of_integer(whole) : alike_of_text(text, length)};
}

alike_wanted alike_to_value(sqlite3_value *value) {
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        return (alike_wanted){.odd = true, .marked = true, .mark = alike_of_integer(sqlite3_value_int64(value))};
    case SQLITE_FLOAT: {
        double real = sqlite3_value_double(value);
        int64_t whole;
        bool marked = alike_is_whole(real, &whole);
        return (alike_wanted){.everything = alike_is_infinite(real),
                              .odd = true,
                              .marked = marked,
                              .mark = marked ? alike_of_integer(whole) : 0};
    }
    case SQLITE_TEXT:
        return alike_to_text(value);
    case SQLITE_NULL:
        return (alike_wanted){0}; /* nothing equals NULL */
    default:
        return (alike_wanted){.everything = true};
    }
}
