/* One HTTP exchange of a transport: what is asked, and how it ended. */
#ifndef CHAT_EXCHANGE_H
#define CHAT_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "rest/retry.h"

typedef struct transport transport;
typedef struct transfer transfer;

enum { TRANSPORT_BODY_MAX = 256 * 1024 * 1024 }; /* bytes of one response, decompressed */

/*
** Takes the bytes of a body as they come (borrowed). Only of an answer with status 200: what else is said stays together. false: no
** more of them, the transfer is to end. From within transport_drive: no transfer may be begun or released there.
*/
typedef bool transport_take(void *context, const char *bytes, size_t length);

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
    bool discreet;   /* the URL is a secret, and whoever answers a stranger: no word of either gets into the result */
    size_t body_max; /* bytes of the answer, decompressed; 0: TRANSPORT_BODY_MAX */
    transport_take *take; /* in place of the result's body; its context is that of transport_done; or NULL */
} transport_call;

/* How it ended, or how far it has come. Owned by the transfer until transport_release. */
typedef struct transport_result {
    retry_outcome outcome;
    bool sent;            /* bytes of the request have left: unless a response says otherwise, it may have acted */
    bool no_memory;       /* it ended because memory ran out */
    bool no_host;         /* the name of the host is not known */
    int status;           /* for RETRY_RESPONSE */
    int head_status;      /* of an answer whose headers have come, whether or not the rest did; 0: none has */
    buffer body;          /* may be taken over with buffer_take; empty if it was taken as it came */
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

#endif
