/* How much memory pages ahead may take; see room.h. */
#include "read/room.h"

size_t room_share(room *self, size_t limit) {
    if (self->limit != limit) {
        *self = (room){.limit = limit, .share = limit / 16 * 3};
    }
    return self->share;
}

void room_waited(room *self, int64_t since_ms, int64_t now_ms) {
    size_t most = self->limit / 2;
    if (now_ms - self->since_ms > ROOM_WINDOW_MS) {
        self->since_ms = since_ms;
        self->waited_ms = 0;
    }
    self->waited_ms += now_ms - since_ms;
    if (self->waited_ms >= ROOM_WAITED_MS) {
        self->share = 2 * self->share < most ? 2 * self->share : most;
        self->since_ms = now_ms;
        self->waited_ms = 0;
    }
}
