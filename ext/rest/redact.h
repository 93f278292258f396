/*
** Credentials, and what a call has sent as a secret, are taken out of what a server or libcurl says before it reaches an
** error message or the request log: a server may repeat the Authorization header of a request in its answer, or a value of
** its body. Rows are data, and shown as they are.
**
** Looked for: user and password, both as Basic authentication encodes them, and the values of secret parameters; each of
** them by itself in base64 too (in either alphabet, with padding or without). Each of their characters as it is or escaped,
** as in a URL (%65, %2565) or in JSON (\/, \n, \u0065), in any mix. Texts shorter than REDACT_LEAST are not looked for:
** they would be found in ordinary words.
*/
#ifndef CHAT_REDACT_H
#define CHAT_REDACT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum {
    REDACT_LEAST = 8,
    REDACT_PIECE = 16, /* so much of a secret's beginning is covered even where the rest does not follow */
    REDACT_FORMS = 16
};

/* A text to look for, not escaped. */
typedef struct redact_form {
    char *text; /* owned */
    size_t length;
    bool secret; /* not of the user */
    bool base64;
} redact_form;

/* All zeros: nothing to look for. */
typedef struct redact {
    redact_form forms[REDACT_FORMS];
    size_t count;
} redact;

/* Sets what to look for; either may be NULL. Texts are copied. SQLITE_OK or SQLITE_NOMEM. */
int redact_set(redact *target, const char *user, const char *password);

/*
** Looks also for the values that a form body gives to some parameters (names: NULL ends them; or NULL: none). SQLITE_OK or
** SQLITE_NOMEM.
*/
int redact_add_parameters(redact *target, const char *body, const char *const *names);

/* Overwrites and frees what it holds. */
void redact_clear(redact *target);

/*
** Puts '*' over every occurrence in text (length bytes, any bytes), and over the beginning of one where the text ends.
** Needs no memory.
*/
void redact_apply(const redact *source, char *text, size_t length);

/* Is a secret in text, in any form? The user alone is no secret: a page token may well hold an account's SID. */
bool redact_finds_secret(const redact *source, const char *text);

#endif
