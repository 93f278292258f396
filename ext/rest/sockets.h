/*
** The sockets of a transport's connections, so that one can be looked at before it is used again: bytes that have come on
** it although nothing was asked would be taken for the answer to the next request, and every answer after it would be
** another's. libcurl before 8 does not look by itself, and does not hand out the socket of a kept connection either, only
** its local port.
*/
#ifndef CHAT_SOCKETS_H
#define CHAT_SOCKETS_H

#include <stdbool.h>
#include <stddef.h>

/* All zeros: none. */
typedef struct sockets {
    struct socket_place {
        int socket;
        int port; /* local; 0: not looked up yet */
    } * places;   /* owned; one for each number that a socket has had */
    size_t count, allocated;
} sockets;

/* Notes a new socket. Without memory it is not noted, and not looked at later. */
void sockets_note(sockets *list, int socket);

typedef enum { SOCKETS_QUIET, SOCKETS_UNREAD, SOCKETS_ENDED } sockets_state;

/* Has something come, or the end, on the connection with that local port? SOCKETS_QUIET too if it is not known. */
sockets_state sockets_look(sockets *list, int local_port);

/* Why a kept connection in that state is not used. */
const char *sockets_refusal(sockets_state state);

/*
** The same on any of them. One of a number that is another's by now, or over which an answer is just coming, may be taken for
** such a connection: good for being careful only.
*/
bool sockets_any_unread(const sockets *list);

void sockets_clear(sockets *list);

#endif
