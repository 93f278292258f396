/*
** Form-encoded text (application/x-www-form-urlencoded): a request's query and body, and percent-decoding. Keys may
** repeat and their order is kept; values may hold NUL, so they have a length.
*/
#ifndef EMULATOR_FORM_H
#define EMULATOR_FORM_H

#include <stdbool.h>
#include <stddef.h>

typedef struct form_field {
    char *name;  /* owned, terminated */
    char *value; /* owned, terminated, and may hold NUL before its end */
    size_t length;
} form_field;

typedef struct form {
    form_field *fields;
    size_t count;
} form;

/* Adds the fields of an encoded text to the form. */
void form_parse(form *self, const char *text, size_t length);
void form_free(form *self);

/* The first field of that name, or NULL. */
const form_field *form_find(const form *self, const char *name);

/* The first field's value as terminated text, or the fallback. */
const char *form_text(const form *self, const char *name, const char *fallback);

/* Decodes %XX, and + as a space where plus is true, in place. Returns the new length; the end is terminated, so
** text must have room for one more byte. */
size_t form_decode(char *text, size_t length, bool plus);

#endif
