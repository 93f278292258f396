/* Is it the value that has been shown? See write_same.h. */
#include "write/write_same.h"

#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "write/write_check.h"
#include "write/write_parameter.h"
#include "write/write_time.h"

static bool write_same_bytes(const shown_value *shown, const char *text, size_t length) {
    return length == shown->length && memcmp(text, shown->text, length) == 0;
}

/* The same for a text with halves of pairs, which are put together before it is sent. */
static bool write_same_joined(const shown_value *shown, const char *text, size_t length) {
    buffer joined;
    size_t bad;
    buffer_init(&joined, length); /* joined, it is no longer than before */
    bool same = !utf8_is_valid(text, length) && utf8_append_joined(&joined, text, length, &bad) && joined.data &&
                write_same_bytes(shown, joined.data, joined.length);
    buffer_clear(&joined);
    return same;
}

static bool write_same_text(const catalog_resource *resource, const catalog_column *column, const shown_value *shown,
                            sqlite3_value *value) {
    /* Its text must not be asked for if it is a blob: from then on it would be one. */
    const char *text = sqlite3_value_type(value) == SQLITE_BLOB ? NULL : (const char *)sqlite3_value_text(value);
    if (!text) {
        return false;
    }
    size_t length = (size_t)sqlite3_value_bytes(value);
    return write_same_bytes(shown, text, length) || write_same_joined(shown, text, length) ||
           (column->kind == VALUE_TIME && write_time_is_same(text, length, shown->text, shown->length)) ||
           (length == shown->length && sqlite3_strnicmp(text, shown->text, (int)length) == 0 &&
            write_parameter_any_case(resource, column->name));
}

/* 1 and 0 as they are shown, or what else means them. */
static bool write_same_boolean(const shown_value *shown, sqlite3_value *value) {
    const char *text = sqlite3_value_type(value) == SQLITE_TEXT ? (const char *)sqlite3_value_text(value) : NULL;
    const char *word = shown->integer ? "true" : "false";
    return text && strlen(text) == (size_t)sqlite3_value_bytes(value) && sqlite3_stricmp(text, word) == 0;
}

static bool write_same_number(const catalog_column *column, const shown_value *shown, sqlite3_value *value) {
    sqlite3_int64 whole;
    if (shown->type == CELL_REAL) {
        return sqlite3_value_type(value) == SQLITE_FLOAT &&
               !(sqlite3_value_double(value) < shown->real || sqlite3_value_double(value) > shown->real);
    }
    return (write_check_whole(value, &whole) && whole == shown->integer) ||
           (column->kind == VALUE_BOOLEAN && write_same_boolean(shown, value));
}

bool write_same_value(const catalog_resource *resource, const catalog_column *column, const shown_value *shown,
                      sqlite3_value *value) {
    if (shown->type == CELL_NULL || sqlite3_value_type(value) == SQLITE_NULL) {
        return shown->type == CELL_NULL && sqlite3_value_type(value) == SQLITE_NULL;
    }
    return shown->type == CELL_TEXT || shown->type == CELL_JSON ? write_same_text(resource, column, shown, value)
                                                                : write_same_number(column, shown, value);
}
