/*
** A hostile HTTP server on raw sockets, on a port of 127.0.0.1 that the kernel chooses: libraries for servers cannot
** misbehave enough. One thread for each connection. It answers truly (world.h) but for the requests that a fault takes.
*/
#ifndef FAULT_SERVER_H
#define FAULT_SERVER_H

#include <stdbool.h>
#include <stddef.h>

#include "fault/world.h"

typedef struct server server;

/* A request that the fault has taken, and what the true answer would be. */
typedef struct exchange {
    server *owner;
    int socket;
    const char *method;
    const char *target; /* path and query */
    int hit;            /* 1 for the first request that the fault takes */
    int status;         /* of the true answer */
    text body;
    bool keep; /* an action sets it: the connection goes on afterwards */
} exchange;

/* What a fault does: how is said by a text and a number. */
typedef void server_action(exchange *request, const char *how, long number);

typedef struct server_fault {
    const char *requests; /* which: a glob for "METHOD target" */
    int times;            /* so many of them, and then no more */
    server_action *action;
    const char *how;
    long number;
} server_fault;

/* Starts one that serves the world (copied; its origin is filled in). Ends the program if it cannot. */
server *server_start(const world *data);

/* Ends all connections and threads. */
void server_stop(server *target);

/* Sets a fault (borrowed), or none with NULL. */
void server_set_fault(server *target, const server_fault *fault);

const char *server_origin(const server *target);

/* Requests that have come, or that match a glob; and connections. */
int server_requests(server *target, const char *glob);
int server_connections(server *target);

/* What no request may show: cookies, or other credentials than the test's; NULL if all is well. */
const char *server_objection(server *target);

/* Forgets the requests. */
void server_forget(server *target);

/* Inserts (or deletes) rows at the head of every list from now on, and makes the true answer of this request anew. */
void server_shift(exchange *request, int rows);

/* ---- for actions ---- */

/* Sends bytes; false once the client has gone. */
bool server_send(exchange *request, const void *bytes, size_t length);

/* Waits, at most that long, until the client goes; true: it has. */
bool server_wait_gone(exchange *request, int milliseconds);

/* Breaks the connection with RST. */
void server_reset(exchange *request);

/* The same, and from then on the server refuses connections. */
void server_vanish(exchange *request);

#endif
