/*
** HTTP: the only files that know libmicrohttpd are server.c (requests in) and reply.c (answers out).
**
** One daemon per port (ports.h). They run without threads of their own: server_run waits for all of them at once and
** calls those that have something to do, and resumes the connections whose delay is over. A
** request that must wait is suspended, so any number of delayed requests are in flight at a time.
*/
#ifndef EMULATOR_SERVER_H
#define EMULATOR_SERVER_H

#include "emulator.h"

typedef struct server server;

/* Starts listening on 127.0.0.1, on every port of port_table, and notes the numbers in self->ports. Returns NULL after
** saying why on stderr. self must outlive the server. */
server *server_start(emulator *self);

/* Serves for at most so many milliseconds. */
void server_run(server *self, int64_t milliseconds);

/* Breaks what is in flight and frees the server. */
void server_stop(server *self);

#endif
