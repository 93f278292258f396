/* The growing byte string: see buffer.h. */
#include "buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* No answer comes near this; reaching it means a loop that does not end. */
static const size_t buffer_maximum = (size_t)1 << 30;

static void buffer_stop(const char *why) {
    fprintf(stderr, "emulator: %s\n", why);
    abort();
}

void *buffer_allocate(size_t size) {
    void *memory = calloc(1, size ? size : 1);
    if (!memory) {
        buffer_stop("out of memory");
    }
    return memory;
}

char *buffer_duplicate(const char *text, size_t length) {
    char *copy = buffer_allocate(length + 1);
    if (length) {
        memcpy(copy, text, length);
    }
    return copy;
}

void buffer_free(buffer *self) {
    free(self->data);
    *self = (buffer){0};
}

char *buffer_reserve(buffer *self, size_t more) {
    size_t needed = self->length + more;
    if (needed > self->capacity) {
        if (needed > buffer_maximum) {
            buffer_stop("an answer passed the maximum size");
        }
        size_t capacity = self->capacity ? self->capacity * 2 : 256;
        while (capacity < needed) {
            capacity *= 2;
        }
        char *data = realloc(self->data, capacity);
        if (!data) {
            buffer_stop("out of memory");
        }
        self->data = data;
        self->capacity = capacity;
    }
    return self->data + self->length;
}

void buffer_append(buffer *self, const void *bytes, size_t length) {
    if (length) {
        memcpy(buffer_reserve(self, length), bytes, length);
        self->length += length;
    }
}

void buffer_text(buffer *self, const char *text) {
    buffer_append(self, text, strlen(text));
}

void buffer_byte(buffer *self, char byte) {
    *buffer_reserve(self, 1) = byte;
    self->length++;
}

void buffer_integer(buffer *self, int64_t value) {
    char digits[24];
    char *end = digits + sizeof digits;
    char *start = end;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        *--start = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0) {
        *--start = '-';
    }
    buffer_append(self, start, (size_t)(end - start));
}

/* Writes into the room there is, and once more after growing where that was too little. */
static size_t buffer_print(buffer *self, size_t room, const char *format, va_list arguments) {
    int length = vsnprintf(buffer_reserve(self, room), room, format, arguments);
    return length > 0 ? (size_t)length : 0;
}

void buffer_format(buffer *self, const char *format, ...) {
    size_t room = 128, length = 0;
    for (int attempt = 0; attempt < 2; attempt++) {
        va_list arguments;
        va_start(arguments, format);
        length = buffer_print(self, room, format, arguments);
        va_end(arguments);
        if (length < room) {
            break;
        }
        room = length + 1;
    }
    self->length += length;
}

/* One character that JSON does not take as it is. */
static void buffer_escape(buffer *self, unsigned char character) {
    static const char hex[] = "0123456789abcdef";
    static const char shorts[] = "\b\f\n\r\t\"\\";
    static const char letters[] = "bfnrt\"\\";
    const char *found = character ? strchr(shorts, character) : NULL;
    if (found) {
        char two[2] = {'\\', letters[found - shorts]};
        buffer_append(self, two, 2);
    } else {
        char six[6] = {'\\', 'u', '0', '0', hex[character >> 4], hex[character & 15]};
        buffer_append(self, six, 6);
    }
}

void buffer_json_inside(buffer *self, const char *text, size_t length) {
    size_t start = 0;
    for (size_t at = 0; at < length; at++) {
        unsigned char character = (unsigned char)text[at];
        if (character < 0x20 || character == '"' || character == '\\') {
            buffer_append(self, text + start, at - start);
            buffer_escape(self, character);
            start = at + 1;
        }
    }
    if (length > start) {
        buffer_append(self, text + start, length - start);
    }
}

void buffer_json(buffer *self, const char *text, size_t length) {
    buffer_byte(self, '"');
    buffer_json_inside(self, text, length);
    buffer_byte(self, '"');
}

void buffer_percent(buffer *self, const char *text, size_t length) {
    static const char hex[] = "0123456789ABCDEF";
    for (size_t at = 0; at < length; at++) {
        unsigned char character = (unsigned char)text[at];
        if ((character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
            (character >= '0' && character <= '9') || (character && strchr("-._~", character))) {
            buffer_byte(self, (char)character);
        } else {
            char three[3] = {'%', hex[character >> 4], hex[character & 15]};
            buffer_append(self, three, 3);
        }
    }
}

const char *buffer_terminated(buffer *self) {
    *buffer_reserve(self, 1) = '\0';
    return self->data;
}
