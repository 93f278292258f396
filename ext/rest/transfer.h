/*
** One transfer of transport.h as libcurl is told of it: the options that make it what transport.h promises, and the
** functions that take in what comes. transport.c alone uses it; what happens to a transfer before and after is told there.
*/
#ifndef CHAT_TRANSFER_H
#define CHAT_TRANSFER_H

#include <stdbool.h>
#include <stddef.h>

#include "rest/exchange.h"
#include "rest/libcurl.h"
#include "rest/sockets.h"
#include "rest/tls.h"

/* What the transfers of one transport know of the connections that are kept. All zeros: nothing. */
typedef struct transfer_kept {
    sockets sockets;
    bool multiplexed; /* the server speaks HTTP/2 */
} transfer_kept;

#define TRANSFER_NO_ANSWER "the server ended the connection without an answer"

struct transfer {
    transport *loop;
    transfer *next, *previous; /* among the running ones */
    CURL *easy;                /* NULL once ended */
    struct curl_slist *headers;
    transport_done *done;
    void *context;
    transport_result result;
    transfer_kept *kept;
    char detail[CURL_ERROR_SIZE];
    bool too_large;
    bool discreet;
    size_t body_max;
    transport_take *take; /* or NULL */
    size_t taken;         /* bytes */
    size_t passed_over;   /* bytes of a refusal */
    bool watched;         /* libcurl tells before it sends the request: from 7.80 on */
    bool begun;           /* it has told so */
    bool again;           /* libcurl was about to send it once more by itself, and was kept from that */
    sockets_state found;  /* on the kept connection, before anything was sent */
    bool connected;       /* over a connection of its own, not one that was kept */
    bool whole_head;      /* the response's headers have come to their end */
    char *body;           /* of a POST; owned */
    size_t body_length, body_sent;
};

/*
** Tells the transfer's handle what to do. All else of the transfer is zero but loop, kept and result.body. authorities:
** as transport_new has them. False when memory ran out: the handle must not be used then.
*/
bool transfer_set_up(transfer *planned, const transport_call *call, const tls_authorities *authorities);

#endif
