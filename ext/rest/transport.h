/*
** HTTP transfers over libcurl's multi interface: one event loop, driven by whoever waits, no threads. A transfer is one
** attempt; whether to repeat it is the client's business (client.h).
**
** What every transfer keeps to: https only (http where the origin is http), redirects never followed, .netrc
** ignored, TLS verified, a deadline, a size cap, no signals. Credentials travel as Basic authentication and are
** handed to libcurl alone.
*/
#ifndef CHAT_TRANSPORT_H
#define CHAT_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "rest/retry.h"
#include "rest/tls.h"

typedef struct transport transport;
typedef struct transfer transfer;

enum { TRANSPORT_BODY_MAX = 256 * 1024 * 1024 }; /* bytes of one response, decompressed */

/* One attempt to be made. All texts are borrowed during the call of transport_start only. */
typedef struct transport_call {
    const char *method; /* "GET", "POST" or "DELETE" */
    const char *url;    /* whole */
    const char *user;   /* Basic authentication */
    const char *password;
    const char *body;   /* form body of a POST, or NULL */
    size_t body_length; /* bytes */
    const char *header; /* one further request header ("Name: value"), or NULL */
    int timeout_ms;     /* for the whole attempt */
} transport_call;

/* How it ended. Owned by the transfer until transport_release. */
typedef struct transport_result {
    retry_outcome outcome;
    bool sent;            /* bytes of the request have left: unless a response says otherwise, it may have acted */
    bool no_memory;       /* it ended because memory ran out */
    int status;           /* for RETRY_RESPONSE */
    buffer body;          /* may be taken over with buffer_take */
    int64_t bytes;        /* received over the wire, compressed as they came */
    char retry_after[64]; /* the header's text, or "" */
    char date[64];        /* the same of Date: the server's clock */
    char request_id[48];  /* Twilio-Request-Id, or "" */
    char problem[480];    /* why, in words, unless RETRY_RESPONSE */
} transport_result;

/*
** Called from within transport_drive when a transfer has ended; it may start others, not release this one's transport.
*/
typedef void transport_done(void *context, transfer *ended);

/* A new event loop without connections. authorities: borrowed until transport_free. NULL when memory ran out. */
transport *transport_new(const tls_authorities *authorities);

/* Ends every transfer, without calling back, and frees everything. Accepts NULL. */
void transport_free(transport *loop);

/* Largest number of connections to the server, and of transfers that the caller means to run at once. */
void transport_set_connections(transport *loop, int count);

/*
** Begins a transfer; done(context, ...) is called once when it has ended. Returns NULL with SQLITE_NOMEM or
** SQLITE_ERROR in problem. The transfer is the caller's until transport_release.
*/
transfer *transport_start(transport *loop, const transport_call *call, transport_done *done, void *context,
                          error *problem);

/* The result; meaningful once the transfer has ended. */
transport_result *transport_result_of(transfer *ended);

/* Frees a transfer; one still running is cut off. */
void transport_release(transfer *ended);

/*
** Moves transfers on, waiting for the network at most timeout_ms. Returns the number still running, or -1 on failure.
*/
int transport_drive(transport *loop, int timeout_ms);

#endif
