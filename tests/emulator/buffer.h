/*
** A growing byte string with the two ways of writing text that answers need: JSON strings and percent-encoding.
**
** Appending never fails visibly: when memory ends or a buffer passes its hard maximum the process stops with a
** message, which is the right end for a test server and keeps every caller free of error paths.
*/
#ifndef EMULATOR_BUFFER_H
#define EMULATOR_BUFFER_H

#include <stddef.h>
#include <stdint.h>

typedef struct buffer {
    char *data; /* not terminated; NULL while empty; owned */
    size_t length;
    size_t capacity;
} buffer;

/* Frees the bytes; the buffer is empty and usable again. */
void buffer_free(buffer *self);

/* Makes room for `more` bytes after the end and returns where they begin; the caller adds to length what it wrote. */
char *buffer_reserve(buffer *self, size_t more);

/* Appends bytes, a terminated text, one byte, a decimal number, printf-formatted text. */
void buffer_append(buffer *self, const void *bytes, size_t length);
void buffer_text(buffer *self, const char *text);
void buffer_byte(buffer *self, char byte);
void buffer_integer(buffer *self, int64_t value);
void buffer_format(buffer *self, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends UTF-8 text as a JSON string in quotes; control characters, NUL included, become escapes. text may be NULL
** only when length is 0. */
void buffer_json(buffer *self, const char *text, size_t length);

/* The same without the quotes around it. */
void buffer_json_inside(buffer *self, const char *text, size_t length);

/* Appends text percent-encoded: all but RFC 3986's unreserved characters. */
void buffer_percent(buffer *self, const char *text, size_t length);

/* Ends the bytes with a NUL that is not counted and returns them; valid until the next append. */
const char *buffer_terminated(buffer *self);

/* malloc, or strndup with a terminator, that stop the process when memory ends. The caller owns the result. */
void *buffer_allocate(size_t size);
char *buffer_duplicate(const char *text, size_t length);

#endif
