/* Form-encoded text: see form.h. */
#include "form.h"

#include "buffer.h"

#include <stdlib.h>
#include <string.h>

static int form_digit(char character) {
    const char *digits = "0123456789abcdef0123456789ABCDEF";
    const char *found = character ? strchr(digits, character) : NULL;
    return found ? (int)((found - digits) % 16) : -1;
}

size_t form_decode(char *text, size_t length, bool plus) {
    size_t out = 0;
    for (size_t in = 0; in < length; in++) {
        int high = text[in] == '%' && in + 2 < length ? form_digit(text[in + 1]) : -1;
        int low = high >= 0 ? form_digit(text[in + 2]) : -1;
        if (low >= 0) {
            text[out++] = (char)(high * 16 + low);
            in += 2;
        } else {
            text[out++] = plus && text[in] == '+' ? ' ' : text[in];
        }
    }
    text[out] = '\0';
    return out;
}

static void form_add(form *self, const char *text, size_t length) {
    const char *equals = memchr(text, '=', length);
    size_t name_length = equals ? (size_t)(equals - text) : length;
    const char *value = equals ? equals + 1 : text + length;
    if ((self->count & (self->count + 1)) == 0) {
        form_field *grown = buffer_allocate((self->count * 2 + 1) * sizeof *grown);
        if (self->count) {
            memcpy(grown, self->fields, self->count * sizeof *grown);
        }
        free(self->fields);
        self->fields = grown;
    }
    form_field *field = &self->fields[self->count++];
    field->name = buffer_duplicate(text, name_length);
    form_decode(field->name, name_length, true);
    field->length = length - name_length - (equals ? 1 : 0);
    field->value = buffer_duplicate(value, field->length);
    field->length = form_decode(field->value, field->length, true);
}

void form_parse(form *self, const char *text, size_t length) {
    size_t start = 0;
    while (start < length) {
        const char *end = memchr(text + start, '&', length - start);
        size_t part = end ? (size_t)(end - (text + start)) : length - start;
        if (part) {
            form_add(self, text + start, part);
        }
        start += part + 1;
    }
}

void form_free(form *self) {
    for (size_t position = 0; position < self->count; position++) {
        free(self->fields[position].name);
        free(self->fields[position].value);
    }
    free(self->fields);
    *self = (form){0};
}

const form_field *form_find(const form *self, const char *name) {
    for (size_t position = 0; position < self->count; position++) {
        if (strcmp(self->fields[position].name, name) == 0) {
            return &self->fields[position];
        }
    }
    return NULL;
}

const char *form_text(const form *self, const char *name, const char *fallback) {
    const form_field *field = form_find(self, name);
    return field ? field->value : fallback;
}
