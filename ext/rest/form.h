/* Form bodies: application/x-www-form-urlencoded, as every write of the API takes. */
#ifndef CHAT_FORM_H
#define CHAT_FORM_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

/* Appends name=value to a body, both escaped. value: any bytes, may be NULL when length is 0. */
void form_append(buffer *body, const char *name, const char *value, size_t length, error *problem);

#endif
