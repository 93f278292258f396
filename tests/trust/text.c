/* A growing text; see text.h. */
#define _GNU_SOURCE /* vasprintf */
#include "trust/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "differential/memory.h"

void text_add(text *target, const void *bytes, size_t length) {
    target->bytes = memory_resize(target->bytes, target->length + length + 1, 1);
    if (length > 0) {
        memcpy(target->bytes + target->length, bytes, length);
    }
    target->length += length;
    target->bytes[target->length] = 0;
}

void text_format(text *target, const char *format, ...) {
    char *made = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&made, format, arguments);
    va_end(arguments);
    if (length >= 0) {
        text_add(target, made, (size_t)length);
    }
    free(made);
}

bool text_add_file(text *target, const char *file) {
    char part[4096];
    FILE *stream = fopen(file, "rb");
    if (!stream) {
        return false;
    }
    for (size_t got; (got = fread(part, 1, sizeof part, stream)) > 0;) {
        text_add(target, part, got);
    }
    fclose(stream);
    return true;
}

int text_count(const text *source, const char *string) {
    size_t length = strlen(string);
    int count = 0;
    for (size_t at = 0; at + length <= source->length; at++) {
        if (memcmp(source->bytes + at, string, length) == 0) {
            count++;
            at += length - 1;
        }
    }
    return count;
}

bool text_has(const text *source, const char *string) {
    return text_count(source, string) > 0;
}

const char *text_shown(const char *string) {
    static char shown[300];
    size_t length = 0;
    for (; *string && length < sizeof shown - 1; string++) {
        shown[length++] = (char)(*string < ' ' || *string > '~' || *string == '#' ? '?' : *string);
    }
    shown[length] = 0;
    return shown;
}

void text_clear(text *target) {
    free(target->bytes);
    target->bytes = NULL;
    target->length = 0;
}
