/*
** One request of a client: its place among those that are not done, and what an attempt that has ended means for it. For
** client.c alone, as is what a client is made of.
*/
#ifndef CHAT_CLIENT_REQUEST_H
#define CHAT_CLIENT_REQUEST_H

#include "base/buffer.h"
#include "base/sqlite.h"
#include "rest/account.h"
#include "rest/allowance.h"
#include "rest/client_answer.h"
#include "rest/outcome.h"
#include "rest/request_log.h"
#include "rest/retry.h"
#include "rest/transport.h"

typedef enum { REQUEST_QUEUED, REQUEST_RUNNING, REQUEST_DONE } request_state;

struct client_request {
    client *owner;
    client_request *next, *previous; /* among the client's unfinished ones, in the order in which they are to leave */
    request_state state;
    int64_t due_ms; /* monotonic clock: not to be sent before */
    bool limited;   /* put off by a 429 */
    int attempt, also_done;
    transfer *ongoing;
    int64_t began_ms, began_number;
    account *by; /* whose it is */
    int origin;  /* index in catalog_origins, or ACCOUNT_ELSEWHERE */
    size_t body_max;
    const char *method; /* static */
    char *path, *table_name, *url, *user, *password, *header, *body;
    size_t body_length;
    int timeout_ms, max_retries, retries_spent;
    retry_budget *budget;
    allowance *allowed;
    bool has_smaller;
    int precedence;
    request_purpose purpose;
    client_taker taker;
    redact hidden; /* its credentials, and the secrets that it sends */
    client_answer answer;
};

struct client {
    bool (*interrupted)(void *context);
    void *context;
    transport *loop; /* made by the first request: loading the extension costs no TLS set-up */
    client_request *first, *last;
    int running;
    int64_t begun_count;    /* attempts */
    char last_failure[200]; /* why an attempt failed last */
    int64_t news_count;     /* requests that are done, and what is worth going on with before */
    size_t buffered;
    size_t unasked;     /* bytes taken since the interrupt was looked for */
    bool stopped;       /* an interrupt was seen while bytes were taken */
    account **accounts; /* owned */
    int account_count;
    int timeout_ms, max_retries, max_concurrency; /* of the configuration */
    tls_authorities authorities;                  /* as they were when the extension was loaded */
    request_log log;
};

bearing *client_request_bearing(const client_request *request);
const endpoint *client_request_endpoint(const client_request *request);

/* One request more, or fewer (-1), under way. */
void client_request_count(const client_request *request, int more);

/* Takes it out of the unfinished ones. */
void client_request_unlink(client_request *request);

/* Its answer is complete: to be called once. */
void client_request_finish(client_request *request, client_outcome outcome);

/* Notes how far an attempt has come that is over. */
void client_request_log_end(client_request *request, transport_result *result);

/* For transport_start; context: the request. It is done, or queued for another attempt. */
void client_request_on_done(void *context, transfer *ended);

#endif
