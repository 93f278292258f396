/*
** Credentials are taken out of what a server or libcurl says before it reaches an error message or the request log: a
** server may repeat the Authorization header of a request in its answer. Rows are data, and shown as they are.
**
** Looked for: user and password as they are, percent-encoded, and both as Basic authentication encodes them, each also
** with the slashes escaped as in JSON. Texts shorter than REDACT_LEAST are not looked for: they would be found in
** ordinary words.
*/
#ifndef CHAT_REDACT_H
#define CHAT_REDACT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum { REDACT_LEAST = 8, REDACT_FORMS = 10 };

/* All zeros: nothing to look for. */
typedef struct redact {
    char *forms[REDACT_FORMS]; /* owned; those of the password first */
    size_t count, secret_count;
} redact;

/* Sets what to look for; either may be NULL. Texts are copied. SQLITE_OK or SQLITE_NOMEM. */
int redact_set(redact *target, const char *user, const char *password);

/* Overwrites and frees what it holds. */
void redact_clear(redact *target);

/*
** Puts '*' over every occurrence in text (length bytes, any bytes), and over the beginning of one where the text ends.
** Needs no memory.
*/
void redact_apply(const redact *source, char *text, size_t length);

/* Is the password in text, in any form? The user alone is no secret: a page token may well hold an account's SID. */
bool redact_finds_secret(const redact *source, const char *text);

#endif
