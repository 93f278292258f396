/* A growing byte buffer; see buffer.h. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "base/sqlite.h"

void buffer_init(buffer *target, size_t maximum) {
    memset(target, 0, sizeof *target);
    target->maximum = maximum;
}

static bool buffer_fail(buffer *target, int rc) {
    sqlite3_free(target->data);
    target->data = NULL;
    target->length = target->capacity = 0;
    target->rc = rc;
    return false;
}

/* Makes room for extra bytes and the final NUL, growing by half so that appending stays linear. */
static bool buffer_grow(buffer *target, size_t extra) {
    if (target->rc != SQLITE_OK) {
        return false;
    }
    if (extra > target->maximum - target->length || extra >= SIZE_MAX - target->length) {
        return buffer_fail(target, SQLITE_TOOBIG);
    }
    size_t needed = target->length + extra + 1;
    if (needed <= target->capacity) {
        return true;
    }
    size_t capacity = target->capacity + target->capacity / 2;
    if (capacity < needed) {
        capacity = needed < 64 ? 64 : needed;
    }
    char *data = sqlite3_realloc64(target->data, capacity);
    if (!data) {
        return buffer_fail(target, SQLITE_NOMEM);
    }
    target->data = data;
    target->capacity = capacity;
    return true;
}

bool buffer_append(buffer *target, const void *bytes, size_t length) {
    if (!buffer_grow(target, length)) {
        return false;
    }
    if (length > 0) {
        memcpy(target->data + target->length, bytes, length);
    }
    target->length += length;
    target->data[target->length] = 0;
    return true;
}

char *buffer_extend(buffer *target, size_t length) {
    if (!buffer_grow(target, length)) {
        return NULL;
    }
    char *begin = target->data + target->length;
    target->length += length;
    target->data[target->length] = 0;
    return begin;
}

bool buffer_text(buffer *target, const char *text) {
    return buffer_append(target, text, strlen(text));
}

bool buffer_format(buffer *target, const char *format, ...) {
    if (target->rc != SQLITE_OK) {
        return false;
    }
    va_list arguments;
    va_start(arguments, format);
    char *text = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    if (!text) {
        return buffer_fail(target, SQLITE_NOMEM);
    }
    bool fine = buffer_text(target, text);
    sqlite3_free(text);
    return fine;
}

char *buffer_take(buffer *target) {
    if (target->rc == SQLITE_OK && !target->data) {
        buffer_append(target, "", 0);
    }
    char *data = target->data;
    target->data = NULL;
    target->length = target->capacity = 0;
    return data;
}

void buffer_clear(buffer *target) {
    sqlite3_free(target->data);
    buffer_init(target, target->maximum);
}
