/* What an ended attempt means, and how to say it. */
#ifndef CHAT_OUTCOME_H
#define CHAT_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>

#include "rest/allowance.h"
#include "rest/redact.h"
#include "rest/transport.h"

/* Does the status say that it is done? (catalog_done_statuses) */
bool outcome_is_status(const transport_result *result, int status);
bool outcome_is_success(const transport_result *result);

/*
** 200, but not with an object of JSON, as all of the API's: so answers also who asks for a login on the way. A write is then
** not known to be done.
*/
bool outcome_is_foreign(const transport_result *result);

/* Who has written an error's body: the API, whose errors have a code of its own; or something else on the way, or in its place. */
typedef enum { AUTHOR_API, AUTHOR_OTHER, AUTHOR_UNREAD /* memory ran out */ } outcome_author;

/*
** body: length bytes. status: that it came with, which the API's errors repeat (docs/errors: "status"); 0: that does not
** matter.
*/
outcome_author outcome_author_of(const char *body, size_t length, int status);

/* Is there no such service any more: no host of that name, 410, or a 404 of another author? For what has failed. */
bool outcome_is_gone(const transport_result *result, outcome_author author);

/* 429. */
bool outcome_is_limit(const transport_result *result);

/* 500, 502 or 504: a server for which it may have been too much, so that it pays to ask for less. */
bool outcome_is_overtaxed(int status);

/* May the server have acted on an attempt that did not succeed? */
bool outcome_is_uncertain(const transport_result *result);

/* SQLite's code for an attempt that failed for good. */
int outcome_code(const transport_result *result);

/*
** Why it failed: "HTTP 429, Twilio error 20429 "Too Many Requests"", or libcurl's reason where no response came. body
** (length bytes) may have been taken out of the result. hidden: what the server may not repeat. sqlite3_free it; NULL
** when memory ran out.
*/
char *outcome_describe(const transport_result *result, const char *body, size_t length, const redact *hidden);

/* What is known of a request that has failed for good, beside its last answer. */
typedef struct outcome_story {
    const char *method, *path;
    int attempts;
    const allowance *allowed;     /* what the statement may ask for; or NULL */
    bool exhausted;               /* it was not tried again, because the statement may ask for no more */
    const char *credential_names; /* where its credentials come from; or NULL */
    const char *ended;            /* what to say where its service is no more; or NULL */
} outcome_story;

/*
** "GET /v1/…: what, after 3 attempts (request RQ…)" and what to do about it. what: as outcome_describe gives it, or NULL when
** memory ran out. sqlite3_free it; NULL when memory ran out.
*/
char *outcome_tell(const outcome_story *story, const transport_result *result, outcome_author author, const char *what);

/* Hides the credentials in what messages and log are made of. Before anything is cut: half of one is not found. */
void outcome_hide(transport_result *result, const redact *hidden);

#endif
