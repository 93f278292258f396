/* The sockets of a transport's connections; see sockets.h. */
#include "rest/sockets.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "base/sqlite.h"

void sockets_note(sockets *list, int socket) {
    size_t at = 0;
    while (at < list->count && list->places[at].socket != socket) {
        at++;
    }
    if (at == list->allocated) {
        size_t allocated = list->allocated ? list->allocated * 2 : 16;
        struct socket_place *places = sqlite3_realloc64(list->places, allocated * sizeof *places);
        if (!places) {
            return;
        }
        list->places = places;
        list->allocated = allocated;
    }
    list->places[at] = (struct socket_place){.socket = socket};
    list->count = at == list->count ? at + 1 : list->count;
}

static int sockets_port(int socket) {
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    if (getsockname(socket, (struct sockaddr *)&address, &length) != 0) {
        return 0;
    }
    if (address.ss_family == AF_INET) {
        memcpy(&v4, &address, sizeof v4);
        return ntohs(v4.sin_port);
    }
    memcpy(&v6, &address, sizeof v6);
    return address.ss_family == AF_INET6 ? ntohs(v6.sin6_port) : 0;
}

/* Whoever has reset it may have sent something before, but that is gone. */
static sockets_state sockets_state_of(int socket) {
    struct pollfd watched = {.fd = socket, .events = POLLIN};
    char byte = 0;
    if (poll(&watched, 1, 0) <= 0) {
        return SOCKETS_QUIET;
    }
    bool ended = (watched.revents & (POLLERR | POLLHUP)) || recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0;
    return ended ? SOCKETS_ENDED : SOCKETS_UNREAD;
}

sockets_state sockets_look(sockets *list, int local_port) {
    for (size_t i = 0; i < list->count && local_port > 0; i++) {
        struct socket_place *place = &list->places[i];
        if (place->port == 0) {
            place->port = sockets_port(place->socket);
        }
        if (place->port == local_port && sockets_port(place->socket) == local_port) {
            return sockets_state_of(place->socket);
        }
    }
    return SOCKETS_QUIET;
}

const char *sockets_refusal(sockets_state state) {
    return state == SOCKETS_ENDED ? "the server has closed the kept connection"
                                  : "the kept connection held bytes that nobody asked for";
}

bool sockets_any_unread(const sockets *list) {
    bool any = false;
    for (size_t i = 0; i < list->count && !any; i++) {
        struct pollfd watched = {.fd = list->places[i].socket, .events = POLLIN};
        any = poll(&watched, 1, 0) > 0 && !(watched.revents & POLLNVAL);
    }
    return any;
}

void sockets_clear(sockets *list) {
    sqlite3_free(list->places);
    memset(list, 0, sizeof *list);
}
