/* Which of the lists side by side may grow; see growth.h. */
#include "read/growth.h"

growth growth_of(size_t bytes, size_t page, size_t widest, size_t typical) {
    return (growth){.room = page > 0 ? bytes / page : 0, .widest = widest, .typical = typical};
}

bool growth_lacks_room(const growth *self) {
    return self->room > 0 && self->claimed >= self->room;
}

bool growth_allows(const growth *self) {
    return self->growing < self->widest && !growth_lacks_room(self);
}

void growth_count(growth *self, size_t held, size_t done, bool complete) {
    size_t left = self->typical > done ? self->typical - done : 0;
    self->claimed += complete || held > left ? held : left;
    self->growing += complete ? 0 : 1;
}

size_t growth_learn(size_t typical, size_t pages) {
    return typical == 0 ? pages : (typical * 3 + pages) / 4;
}
