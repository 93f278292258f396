/* The ports: see ports.h. */
#include "ports.h"

#include "media.h"
#include "route.h"

#include <stddef.h>
#include <string.h>

const port port_table[PORT_COUNT] = {
    [PORT_CHAT] = {"chat", "TWILIO_CHAT_URL", offsetof(options, port), offsetof(options, public_url), false,
                   route_answer},
    [PORT_CONVERSATIONS] = {"conversations", "TWILIO_CONVERSATIONS_URL", offsetof(options, conversations_port),
                            offsetof(options, conversations_public_url), false, route_answer},
    [PORT_MEDIA] = {"media", "TWILIO_MEDIA_URL", offsetof(options, media_port), offsetof(options, media_public_url),
                    false, media_answer},
    [PORT_CONTENT] = {"content", NULL, offsetof(options, content_port), offsetof(options, content_public_url), true,
                      media_give_content},
};

static const char *port_option(const emulator *self, size_t offset) {
    return (const char *)&self->options + offset;
}

int64_t port_number(const emulator *self, int which) {
    int64_t number;
    memcpy(&number, port_option(self, port_table[which].number), sizeof number);
    return number;
}

const char *port_public_url(const emulator *self, int which) {
    const char *url;
    memcpy(&url, port_option(self, port_table[which].public_url), sizeof url);
    return url;
}
