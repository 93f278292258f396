/* Checks a value before anything is sent; see write_check.h. */
#include "write/write_check.h"

#include <string.h>

#include "base/json_text.h"
#include "base/sid.h"
#include "base/utf8.h"
#include "rest/page_document.h"
#include "write/write_duration.h"
#include "write/write_time.h"

static void write_refuse(const catalog_resource *resource, const catalog_parameter *parameter, error *problem,
                         const char *reason) {
    const char *leaf = parameter->leaf ? parameter->leaf : "";
    error_set(problem, SQLITE_CONSTRAINT, "%s.%s%s%s %s", resource->name, parameter->column, *leaf ? ": " : "", leaf,
              reason);
}

/* ---- UTF-8 ---- */

void write_check_joined(const catalog_resource *resource, const char *column, sqlite3_value *value, buffer *text,
                        error *problem) {
    const char *given = (const char *)sqlite3_value_text(value);
    size_t bad = 0;
    if (error_is_set(problem)) {
        return;
    }
    if (!given || !utf8_append_joined(text, given, (size_t)sqlite3_value_bytes(value), &bad)) {
        if (given && text->rc == SQLITE_OK) {
            error_set(problem, SQLITE_CONSTRAINT, "%s.%s is not valid UTF-8 (at byte %lld)", resource->name, column,
                      (sqlite3_int64)bad + 1);
        }
        error_no_memory(problem);
    } else if (text->rc == SQLITE_NOMEM) {
        error_no_memory(problem);
    } else if (text->rc != SQLITE_OK) {
        error_set(problem, text->rc, "%s.%s is too large", resource->name, column);
    }
}

/* ---- lengths, lists, names ---- */

/* Characters of a UTF-8 text: its bytes that do not continue one. */
static size_t write_characters(const char *text, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    }
    return count;
}

/* The limit of a body is in bytes (32 KiB), those of names in characters. */
static void write_check_length(const catalog_resource *resource, const catalog_parameter *parameter, const char *text,
                               size_t length, error *problem) {
    bool bytes = strcmp(parameter->name, "Body") == 0;
    size_t used = bytes ? length : write_characters(text, length);
    if (parameter->max_length > 0 && used > parameter->max_length) {
        char reason[100];
        sqlite3_snprintf((int)sizeof reason, reason, "is too long: %lld %s, at most %u are allowed",
                         (sqlite3_int64)used, bytes ? "bytes" : "characters", parameter->max_length);
        write_refuse(resource, parameter, problem, reason);
    }
}

static bool write_is_accepted(const catalog_parameter *parameter, const char *text, size_t length) {
    for (size_t i = 0; parameter->accepted[i]; i++) {
        const char *value = parameter->accepted[i];
        bool same = strlen(value) == length && (parameter->any_case ? sqlite3_strnicmp(value, text, (int)length) == 0
                                                                    : memcmp(value, text, length) == 0);
        if (same) {
            return true;
        }
    }
    return false;
}

static void write_check_accepted(const catalog_resource *resource, const catalog_parameter *parameter, const char *text,
                                 size_t length, error *problem) {
    buffer list;
    if (write_is_accepted(parameter, text, length)) {
        return;
    }
    buffer_init(&list, 1000);
    for (size_t i = 0; parameter->accepted[i]; i++) {
        buffer_format(&list, "%s%s", i ? ", " : "is not accepted: use one of ", parameter->accepted[i]);
    }
    if (list.data) {
        write_refuse(resource, parameter, problem, list.data);
    } else {
        error_no_memory(problem);
    }
    buffer_clear(&list);
}

static bool write_ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static void write_check_sid(const catalog_resource *resource, const catalog_parameter *parameter, const char *text,
                            size_t length, error *problem) {
    if (length > 0 && (length != SID_LENGTH || sid_classify(text, text, length) == SID_NO)) {
        write_refuse(resource, parameter, problem, "is not a SID (two letters and 32 hexadecimal digits)");
    }
}

/* Names that can stand in a path may not look like the SID they stand for (errors 50306, 50206). */
static void write_check_name(const catalog_resource *resource, const catalog_parameter *parameter, const char *text,
                             size_t length, error *problem) {
    bool identity = strcmp(parameter->column, "identity") == 0;
    static const char *const reserved[] = {"system", "private", "unique"}; /* error 50203 */
    if (length > 0 && memchr(text, 0, length)) {
        write_refuse(resource, parameter, problem, "may not contain a NUL character");
    }
    if (sid_classify(identity ? "US" : "CH", text, length) != SID_NO) {
        write_refuse(resource, parameter, problem, "may not look like a SID");
    }
    for (size_t i = 0; identity && i < sizeof reserved / sizeof *reserved; i++) {
        if (strlen(reserved[i]) == length && memcmp(reserved[i], text, length) == 0) {
            write_refuse(resource, parameter, problem, "is a reserved identity");
        }
    }
}

/* "PT0S", no time at all, switches what it is for off. */
static void write_check_duration(const catalog_resource *resource, const catalog_parameter *parameter, const char *text,
                                 size_t length, error *problem) {
    int64_t seconds = 0;
    char reason[200];
    if (!write_duration_read(text, length, &seconds)) {
        write_refuse(resource, parameter, problem,
                     "must be an ISO 8601 duration of days and smaller, such as P1D, PT2H or PT90S (PT0S switches it "
                     "off)");
    } else if (seconds > 0 && seconds < (int64_t)parameter->minimum_seconds) {
        sqlite3_snprintf((int)sizeof reason, reason, "is too short: at least PT%uM is taken, or PT0S to switch it off",
                         parameter->minimum_seconds / 60);
        write_refuse(resource, parameter, problem, reason);
    }
}

/* A leaf of a JSON column comes as text, whatever it was. */
static void write_check_kind(const catalog_resource *resource, const catalog_parameter *parameter, const char *text,
                             size_t length, error *problem) {
    size_t sign = length > 0 && text[0] == '-';
    bool number = length > sign && strspn(text + sign, "0123456789") == length - sign;
    bool flag = (length == 4 && memcmp(text, "true", 4) == 0) || (length == 5 && memcmp(text, "false", 5) == 0);
    if (length > 0 && parameter->kind == VALUE_INTEGER && !number) {
        write_refuse(resource, parameter, problem, "must be a whole number");
    } else if (length > 0 && parameter->kind == VALUE_BOOLEAN && !flag) {
        write_refuse(resource, parameter, problem, "must be true or false");
    }
}

void write_check_text(const catalog_resource *resource, const catalog_parameter *parameter, const char *text,
                      size_t length, error *problem) {
    write_check_kind(resource, parameter, text, length, problem);
    write_check_length(resource, parameter, text, length, problem);
    if (parameter->kind == VALUE_DURATION) {
        write_check_duration(resource, parameter, text, length, problem);
    }
    if (parameter->accepted) {
        write_check_accepted(resource, parameter, text, length, problem);
    }
    if (write_ends_with(parameter->name, "Sid")) {
        write_check_sid(resource, parameter, text, length, problem);
    }
    if (strcmp(parameter->column, "identity") == 0 || strcmp(parameter->column, "unique_name") == 0) {
        write_check_name(resource, parameter, text, length, problem);
    }
}

/* ---- kinds ---- */

bool write_check_whole(sqlite3_value *value, sqlite3_int64 *whole) {
    const double bound = 9223372036854775808.0; /* 2^63 */
    int type = sqlite3_value_numeric_type(value);
    double real = type == SQLITE_FLOAT ? sqlite3_value_double(value) : 0;
    if (type == SQLITE_INTEGER) {
        *whole = sqlite3_value_int64(value);
        return true;
    }
    bool fits = type == SQLITE_FLOAT && real > -bound && real < bound;
    *whole = fits ? (sqlite3_int64)real : 0;
    return fits && !((double)*whole < real) && !((double)*whole > real);
}

static void write_take_integer(const catalog_resource *resource, const catalog_parameter *parameter,
                               sqlite3_value *value, buffer *text, error *problem) {
    sqlite3_int64 whole;
    if (!write_check_whole(value, &whole)) {
        write_refuse(resource, parameter, problem, "must be a whole number");
        return;
    }
    buffer_format(text, "%lld", whole);
}

/* The text of a value; NULL if it has none, or goes on behind a NUL, which comparisons would not see. */
static const char *write_plain_text(sqlite3_value *value) {
    const char *given = (const char *)sqlite3_value_text(value);
    return given && strlen(given) == (size_t)sqlite3_value_bytes(value) ? given : NULL;
}

static void write_take_boolean(const catalog_resource *resource, const catalog_parameter *parameter,
                               sqlite3_value *value, buffer *text, error *problem) {
    const char *given = write_plain_text(value);
    sqlite3_int64 whole = -1;
    bool number = given && write_check_whole(value, &whole);
    if (given && (number ? whole == 1 : sqlite3_stricmp(given, "true") == 0)) {
        buffer_text(text, "true");
    } else if (given && (number ? whole == 0 : sqlite3_stricmp(given, "false") == 0)) {
        buffer_text(text, "false");
    } else {
        write_refuse(resource, parameter, problem, "must be 0 or 1");
    }
}

static void write_take_time(const catalog_resource *resource, const catalog_parameter *parameter, sqlite3_value *value,
                            buffer *text, error *problem) {
    const char *given = write_plain_text(value);
    if (!given || !write_time_append(given, strlen(given), text)) {
        write_refuse(resource, parameter, problem, "must be a time such as 2026-01-31T08:09:10Z (in UTC)");
    }
}

/* Says what is wrong with a text that is not JSON. The parser may refuse a text that is, but not take one that is not. */
static void write_refuse_json(const catalog_resource *resource, const catalog_parameter *parameter, const char *text,
                              size_t length, error *problem) {
    error refusal = {0};
    page_document *document = page_document_parse(text, length, &refusal);
    if (refusal.message || document) {
        write_refuse(resource, parameter, problem, refusal.message ? refusal.message : "is not valid JSON");
    } else {
        error_no_memory(problem);
    }
    page_document_free(document);
    error_clear(&refusal);
}

/* Sent as it is written: what only the reader of the attributes has to understand need not be understood here. */
static void write_take_json(const catalog_resource *resource, const catalog_parameter *parameter, const char *given,
                            size_t length, buffer *text, error *problem) {
    if (json_text_is_valid(given, length, problem)) {
        buffer_append(text, given, length);
        if (parameter->is_object && given[strspn(given, " \t\r\n")] != '{') {
            write_refuse(resource, parameter, problem, "must be a JSON object");
        }
    } else if (!error_is_set(problem)) {
        write_refuse_json(resource, parameter, given, length, problem);
    }
}

/* The text of a value as UTF-8, taken as the parameter's kind says. */
static void write_take_text(const catalog_resource *resource, const catalog_parameter *parameter, sqlite3_value *value,
                            buffer *text, error *problem) {
    buffer joined;
    buffer_init(&joined, text->maximum);
    write_check_joined(resource, parameter->column, value, &joined, problem);
    const char *given = joined.data ? joined.data : "";
    if (!error_is_set(problem) && parameter->kind == VALUE_JSON_TEXT) {
        write_take_json(resource, parameter, given, joined.length, text, problem);
    } else if (!error_is_set(problem)) {
        buffer_append(text, given, joined.length);
    }
    buffer_clear(&joined);
}

void write_check_value(const catalog_resource *resource, const catalog_parameter *parameter, sqlite3_value *value,
                       buffer *text, error *problem) {
    size_t before = text->length;
    int type = sqlite3_value_type(value);
    if (type == SQLITE_NULL || error_is_set(problem)) {
        return;
    }
    if (type == SQLITE_BLOB) {
        write_refuse(resource, parameter, problem, "is a blob: give text");
        return;
    }
    switch (parameter->kind) {
    case VALUE_INTEGER:
        write_take_integer(resource, parameter, value, text, problem);
        break;
    case VALUE_BOOLEAN:
        write_take_boolean(resource, parameter, value, text, problem);
        break;
    case VALUE_TIME:
        write_take_time(resource, parameter, value, text, problem);
        break;
    default:
        write_take_text(resource, parameter, value, text, problem);
    }
    if (text->rc == SQLITE_OK && text->data) {
        write_check_text(resource, parameter, text->data + before, text->length - before, problem);
    } else if (text->rc != SQLITE_OK) {
        error_set(problem, text->rc, "%s.%s is too large", resource->name, parameter->column);
    }
}

/* ---- what depends on earlier statements ---- */

void write_check_unclear(const catalog_resource *resource, const catalog_parameter *parameter, error *problem) {
    error_set(
        problem, SQLITE_ERROR,
        "%s.%s: an earlier statement of this transaction has changed it, and SQLite before 3.44 does not say whether "
        "this UPDATE ... FROM sets it back: COMMIT between the two",
        resource->name, parameter->column);
}

void write_check_made_of_old(const catalog_resource *resource, const catalog_parameter *parameter, error *problem) {
    error_set(
        problem, SQLITE_ERROR,
        "%s.%s: an earlier statement of this transaction has changed it, and this one reads what the service still "
        "has: COMMIT between the two",
        resource->name, parameter->column);
}

void write_check_gone(const catalog_resource *resource, error *problem) {
    error_set(problem, SQLITE_ERROR, "%s.%s: an earlier statement of this transaction deletes what the row is to be in",
              resource->name, resource->parent_column);
}
