/*
** A growing byte buffer with a hard maximum. Failure is sticky: after one failed append the content is freed, further
** appends do nothing, and buffer_take returns NULL. What buffer_take returns is from sqlite3_malloc and NUL-terminated.
*/
#ifndef CHAT_BUFFER_H
#define CHAT_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

typedef struct buffer {
    char *data;      /* owned; NULL while empty or after a failure */
    size_t length;   /* bytes in use, without the final NUL */
    size_t capacity; /* bytes allocated */
    size_t maximum;  /* largest length allowed */
    int rc;          /* SQLITE_OK, SQLITE_NOMEM or SQLITE_TOOBIG */
} buffer;

/* Makes an empty buffer that may grow to maximum bytes. Allocates nothing. */
void buffer_init(buffer *target, size_t maximum);

/* Appends bytes (borrowed; any bytes, NUL included). Returns whether all is well so far. */
bool buffer_append(buffer *target, const void *bytes, size_t length);

/* Makes it longer by so many bytes, which are the caller's to write; NULL: not all is well. */
char *buffer_extend(buffer *target, size_t length);

/* Appends a NUL-terminated text. */
bool buffer_text(buffer *target, const char *text);

/* Appends formatted text, as sqlite3_mprintf formats. */
bool buffer_format(buffer *target, const char *format, ...);

/* Hands over the content, NUL-terminated (sqlite3_free it); NULL after a failure. The buffer is empty afterwards. */
char *buffer_take(buffer *target);

/* Frees the content and forgets a failure; the maximum stays. */
void buffer_clear(buffer *target);

#endif
