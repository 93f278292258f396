/* Things to do later: see timers.h. */
#include "timers.h"

#include "buffer.h"
#include "clock.h"

#include <stdlib.h>
#include <string.h>

static void timers_swap(timers *self, size_t one, size_t other) {
    struct timer kept = self->list[one];
    self->list[one] = self->list[other];
    self->list[other] = kept;
}

void timers_add(timers *self, void *what, int64_t milliseconds) {
    if (self->count == self->capacity) {
        size_t capacity = self->capacity ? self->capacity * 2 : 64;
        struct timer *list = buffer_allocate(capacity * sizeof *list);
        if (self->count) {
            memcpy(list, self->list, self->count * sizeof *list);
        }
        free(self->list);
        self->list = list;
        self->capacity = capacity;
    }
    size_t at = self->count++;
    self->list[at] = (struct timer){clock_microseconds() + milliseconds * 1000, what};
    while (at && self->list[(at - 1) / 2].due > self->list[at].due) {
        timers_swap(self, at, (at - 1) / 2);
        at = (at - 1) / 2;
    }
}

static void timers_sink(timers *self) {
    for (size_t at = 0;;) {
        size_t least = at, left = 2 * at + 1;
        if (left < self->count && self->list[left].due < self->list[least].due) {
            least = left;
        }
        if (left + 1 < self->count && self->list[left + 1].due < self->list[least].due) {
            least = left + 1;
        }
        if (least == at) {
            return;
        }
        timers_swap(self, at, least);
        at = least;
    }
}

void *timers_take(timers *self, int any) {
    if (!self->count || (!any && self->list[0].due > clock_microseconds())) {
        return NULL;
    }
    void *what = self->list[0].what;
    self->list[0] = self->list[--self->count];
    timers_sink(self);
    return what;
}

int64_t timers_wait(const timers *self, int64_t most) {
    if (!self->count) {
        return most;
    }
    int64_t left = (self->list[0].due - clock_microseconds() + 999) / 1000;
    return left < 0 ? 0 : left < most ? left : most;
}

void timers_free(timers *self) {
    free(self->list);
    *self = (timers){0};
}
