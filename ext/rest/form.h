/* Form bodies: application/x-www-form-urlencoded, as every write of the API takes. */
#ifndef CHAT_FORM_H
#define CHAT_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

/* Appends name=value to a body, both escaped. value: any bytes, may be NULL when length is 0. */
void form_append(buffer *body, const char *name, const char *value, size_t length, error *problem);

/* The next name=value pair of that name in a body, or NULL. body: NULL, or at the beginning of a pair. *length: the pair's. */
const char *form_find(const char *body, const char *name, size_t *length);

/* Has a body (or NULL) a pair of that name? */
bool form_has(const char *body, const char *name);

/* Appends a value of a body as it was before it was escaped. */
void form_read(buffer *value, const char *escaped, size_t length);

#endif
