/*
** The ports an emulator listens on: one for each host of the vendor, all over the same data and the same control path.
**
** A new host is a row of port_table (ports.c), a PORT_ number, two options and a function that answers its requests;
** server.c listens on all rows, main.c announces them, and GET /__control/ports lists them.
*/
#ifndef EMULATOR_PORTS_H
#define EMULATOR_PORTS_H

#include "emulator.h"

/* PORT_CONTENT: the bytes of media, at addresses that are good for some minutes. */
enum { PORT_CHAT, PORT_CONVERSATIONS, PORT_MEDIA, PORT_CONTENT, PORT_COUNT };

typedef struct port {
    const char *name;
    const char *variable;              /* of the environment: where the extension looks for this host's URL; or NULL */
    size_t number, public_url;         /* offsets of their options */
    bool is_open;                      /* nobody signs in there */
    void (*answer)(exchange *request); /* of a request that may sign in and whose form is read */
} port;

extern const port port_table[PORT_COUNT];

/* The options of a port: the number asked for (0: any), and the origin written into answers or NULL. */
int64_t port_number(const emulator *self, int which);
const char *port_public_url(const emulator *self, int which);

#endif
