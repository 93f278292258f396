/*
** Where the requests of one of the catalogue's origins go, and with what credentials: what the client is configured with,
** and its own copy.
*/
#ifndef CHAT_ENDPOINT_H
#define CHAT_ENDPOINT_H

#include <stdbool.h>

#include "base/error.h"
#include "rest/redact.h"

/* Borrowed texts. */
typedef struct endpoint_config {
    const char *origin; /* normal form, as url_origin gives it */
    const char *user;   /* NULL: no credentials */
    const char *password;
    const char *account;          /* its SID, where it is known; or NULL */
    const char *credential_names; /* what the user set, for messages: "TWILIO_API_KEY and TWILIO_API_KEY_SECRET" */
    const char *withheld;         /* without credentials: those named are there, but for this origin only; or NULL */
    const char *half; /* without credentials: which half of a pair is missing, in so many words (static); or NULL */
} endpoint_config;

/* Owned texts; and what of them no message may show. All zeros: there is none. */
typedef struct endpoint {
    char *origin, *user, *password, *account, *credential_names, *withheld;
    const char *half; /* static */
    redact hidden;
} endpoint;

/* A copy (made: all zeros). SQLITE_OK, or SQLITE_NOMEM: the part that there is is to be cleared. */
int endpoint_copy(endpoint *made, const endpoint_config *from);

void endpoint_clear(endpoint *target);

/*
** Do both sign in to the same server for the same account: with the same key, or where the account's SID is known of both? False
** where that is not known: a key does not tell whose it is.
*/
bool endpoint_is_same_account(const endpoint *one, const endpoint *other);

/* Can requests be sent there? Else a problem that says what to set. */
bool endpoint_is_ready(const endpoint *target, error *problem);

#endif
