/*
** The HTTP client of one connection: authentication, deadlines, retries, the bound on concurrency, the request log. It
** knows paths and statuses, nothing of SQL tables.
**
** Requests are started and then waited for:
**
**     client_request *page = client_start(client, &call, &problem);   // queued, and sent as soon as a place is free
**     while (!client_is_done(page)) client_wait(client, &problem);    // drives all requests, this one and others
**     const client_answer *answer = client_answer_of(page);
**     client_release(client, page);                                   // also cuts off one still running
**
** A client serves several accounts side by side: number 0, which client_configure is about, and those of profiles. Each has
** max_concurrency requests at once, and each of its origins as many as it bears (bearing.h).
*/
#ifndef CHAT_CLIENT_H
#define CHAT_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "catalog/catalog.h"
#include "rest/allowance.h"
#include "rest/client_answer.h"
#include "rest/endpoint.h"
#include "rest/request_log.h"
#include "rest/retry.h"

/* Borrowed texts are copied by client_configure. */
typedef struct client_config {
    const char *profile;                             /* whose account it is, or NULL */
    endpoint_config endpoints[CATALOG_ORIGIN_COUNT]; /* in the order of catalog_origins */
    int timeout_ms;                                  /* one attempt */
    int max_retries;
    int max_concurrency; /* requests running at once */
    int request_log;     /* entries kept */
} client_config;

/* A request to be made. Texts are copied. */
typedef struct client_call {
    int account;            /* number */
    int origin;             /* index in catalog_origins */
    const char *method;     /* static: "GET", "POST" or "DELETE" */
    const char *path;       /* with version and query: "/v1/Services?PageSize=100" */
    const char *table_name; /* on whose behalf, for the log */
    request_purpose purpose;
    const char *body; /* form body, or NULL */
    size_t body_length;
    const char *const *secret_parameters; /* of the body, whose values no message may repeat; NULL ends them; or NULL */
    const char *header;                   /* one further header line, or NULL */
    retry_budget *budget;                 /* the statement's, which outlives the request; or NULL */
    allowance *allowed;                   /* the attempts that the statement may make; held as budget is; or NULL */
    int retries_spent;                    /* attempts that other requests have made for the same thing */
    const char
        *elsewhere;     /* the whole URL (url_may_ask_elsewhere has said yes), a secret: asked for without credentials,
                              and shown nowhere; path tells of it in the log and in messages. NULL: at the origin */
    size_t body_max;    /* bytes of the answer; 0: TRANSPORT_BODY_MAX */
    int also_done;      /* a status of success beside catalog_done_statuses; 0: none */
    client_taker taker; /* all zeros: nobody */
    int precedence;     /* it is to leave before others that wait and have less, but for the oldest of these */
    bool has_smaller;   /* after 500, 502 or 504 the caller would ask for less: do not repeat it */
} client_call;

/*
** A client without credentials or origin: configure it before use. interrupted(context) is asked at least every 50 ms
** while waiting; true ends the wait with SQLITE_INTERRUPT. NULL when memory ran out.
*/
client *client_new(bool (*interrupted)(void *context), void *context);

/* Frees everything. No request may be left. Accepts NULL. */
void client_free(client *target);

/*
** Takes over a configuration. Requests already started keep the old one. SQLITE_OK, or SQLITE_NOMEM: nothing is changed
** then.
*/
int client_configure(client *target, const client_config *config);

/* A further account, to be configured before use: its number, at least 1. -1: memory ran out. */
int client_add_account(client *target);

/* The same as client_configure for an account added, which has a profile and endpoints of its own and nothing else. */
int client_configure_account(client *target, int account, const client_config *config);

/* A problem if the account has no credentials for the origin, as client_start says it. */
void client_check_credentials(const client *target, int account, int origin, error *problem);

/* How many accounts there are. */
int client_accounts(const client *target);

/* The log, for reading and clearing. */
request_log *client_log(client *target);

/* The configured text of an account's origin (index in catalog_origins); valid until it is configured again. */
const char *client_origin(const client *target, int account, int origin);

/* Does a text of a server repeat the secret of any credentials? */
bool client_secret_is_in(const client *target, const char *text);

/* Are two numbers for one account at that origin (endpoint.h)? They are for a profile each. */
bool client_is_same_account(const client *target, int account, int other, int origin);

/* The setting: requests that may run at once for an account. After a 429 it may be fewer for a while. */
int client_concurrency(const client *target);

/*
** Queues a request, and starts it if a place is free and no other one waits for a place: those that do are started by
** client_wait and client_poll, in their order. NULL with the reason in problem: no credentials, no memory, or a path that
** repeats a secret (a server may have named a row so), which would stand in the log and in messages.
*/
client_request *client_start(client *target, const client_call *call, error *problem);

bool client_is_done(const client_request *request);

/* Has it been sent at least once? Until then giving it up costs nothing. */
bool client_was_sent(const client_request *request);

/* Could the server have acted on it so far? True once a byte of an attempt has left that is under way, or that does not tell. */
bool client_may_have_acted(const client_request *request);

/* The answer of a request that is done. */
client_answer *client_answer_of(client_request *request);

/* Frees a request, cutting it off if it still runs. Accepts NULL. */
void client_release(client *target, client_request *request);

/* Drives all requests until at least one more is done, or has something new. Problems: SQLITE_INTERRUPT, SQLITE_NOMEM. */
void client_wait(client *target, error *problem);

/* Drives all requests for at most that long, until one more is done, or has something new. Problems as client_wait. */
void client_pause(client *target, int64_t milliseconds, error *problem);

/* Drives all requests without waiting, so that transfers go on while rows are being consumed. Problems as client_wait. */
void client_poll(client *target, error *problem);

/* Requests under way. */
int client_running(const client *target);

/* Milliseconds until a request that the server's limit (429) has put off may be sent; 0 if there is none. */
int64_t client_put_off_ms(const client *target);

/* Bytes of answers that have come and whose requests are not released yet. */
size_t client_buffered(const client *target);

#endif
