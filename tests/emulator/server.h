/*
** HTTP: the only files that know libmicrohttpd are server.c (requests in) and reply.c (answers out).
**
** The daemon runs without threads of its own: server_run calls it, and resumes the connections whose delay is over. A
** request that must wait is suspended, so any number of delayed requests are in flight at a time.
*/
#ifndef EMULATOR_SERVER_H
#define EMULATOR_SERVER_H

#include "emulator.h"

typedef struct server server;

/* Starts listening on 127.0.0.1. Returns NULL after saying why on stderr. self must outlive the server. */
server *server_start(emulator *self);

/* The port it listens on. */
int server_port(const server *self);

/* Serves for at most so many milliseconds. */
void server_run(server *self, int64_t milliseconds);

/* Breaks what is in flight and frees the server. */
void server_stop(server *self);

#endif
