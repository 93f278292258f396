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

#include "base/error.h"
#include "rest/exchange.h"
#include "rest/tls.h"

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

/* The same of one that still runs: sent, head_status, bytes and request_id, as far as it has come. */
transport_result *transport_result_so_far(transfer *running);

/* Frees a transfer; one still running is cut off. */
void transport_release(transfer *ended);

/*
** Moves transfers on, waiting for the network at most timeout_ms. Returns the number still running, or -1 on failure.
*/
int transport_drive(transport *loop, int timeout_ms);

#endif
