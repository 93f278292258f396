/* A growing text of any bytes, for test programs: lack of memory ends them. */
#ifndef TRUST_TEXT_H
#define TRUST_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* All zeros: empty. */
typedef struct text {
    char *bytes; /* NUL-terminated once something was added; owned */
    size_t length;
} text;

void text_add(text *target, const void *bytes, size_t length);
void text_format(text *target, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a file's bytes; false if it cannot be read. */
bool text_add_file(text *target, const char *file);

/* Does it hold that string, at any place? */
bool text_has(const text *source, const char *string);

/* How often it holds it. */
int text_count(const text *source, const char *string);

/* A string on one line for a test's name: what is no printable ASCII shows as '?'. Valid until the next call. */
const char *text_shown(const char *string);

void text_clear(text *target);

#endif
