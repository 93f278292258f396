/* Checks of values: see validate.h. */
#include "validate.h"

#include <ctype.h>
#include <errno.h>
#include <jansson.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool validate_sid(const char *text, size_t length, const char *prefix) {
    if (length != 34 || strncmp(text, prefix, 2) != 0) {
        return false;
    }
    for (size_t at = 2; at < length; at++) {
        if (!isxdigit((unsigned char)text[at])) {
            return false;
        }
    }
    return true;
}

size_t validate_characters(const char *text, size_t length) {
    size_t count = 0;
    for (size_t at = 0; at < length; at++) {
        count += ((unsigned char)text[at] & 0xC0) != 0x80;
    }
    return count;
}

bool validate_utf8(const char *text, size_t length) {
    json_t *string = json_stringn(text, length);
    json_decref(string);
    return string != NULL;
}

/* What SQLite says. */
static bool validate_json_valid(const char *text, size_t length) {
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    bool valid = sqlite3_open(":memory:", &db) == SQLITE_OK &&
                 sqlite3_prepare_v2(db, "SELECT json_valid(?)", -1, &statement, NULL) == SQLITE_OK &&
                 sqlite3_bind_text(statement, 1, text, (int)length, SQLITE_STATIC) == SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_int(statement, 0) == 1;
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return valid;
}

bool validate_json(const char *text, size_t length) {
    /* jansson refuses reals beyond all bounds and halves of surrogate pairs, which are JSON all the same */
    json_t *parsed = json_loadb(text, length, JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, NULL);
    json_decref(parsed);
    return parsed || validate_json_valid(text, length);
}

bool validate_choice(const char *accepted, const char *text) {
    size_t length = strlen(text);
    for (const char *at = accepted; at && length; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
        if (strncmp(at, text, length) == 0 && (at[length] == ',' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}

const char *validate_choice_anyhow(const char *accepted, const char *text) {
    size_t length = strlen(text);
    for (const char *at = accepted; at && length; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
        if (strncasecmp(at, text, length) == 0 && (at[length] == ',' || at[length] == '\0')) {
            return at;
        }
    }
    return NULL;
}

bool validate_integer(const char *text, int64_t least, int64_t most, int64_t *value) {
    char *end = NULL;
    errno = 0;
    *value = strtoll(text, &end, 10);
    return !errno && end != text && !*end && *value >= least && *value <= most;
}
