/* The write limits: see limits.h. Each key has a ring of the times of its last writes. */
#include "limits.h"

#include "buffer.h"

#include <stdlib.h>

enum { LIMITS_WINDOW = 5, LIMITS_BUCKETS = 256 };

typedef struct limit {
    struct limit *next;
    int64_t key, size, position;
    int64_t *times; /* milliseconds; size of them, oldest at position; 0: unused */
} limit;

struct limits {
    limit *buckets[LIMITS_BUCKETS];
};

limits *limits_new(void) {
    return buffer_allocate(sizeof(limits));
}

void limits_reset(limits *self) {
    for (int bucket = 0; bucket < LIMITS_BUCKETS; bucket++) {
        while (self->buckets[bucket]) {
            limit *first = self->buckets[bucket];
            self->buckets[bucket] = first->next;
            free(first->times);
            free(first);
        }
    }
}

void limits_free(limits *self) {
    limits_reset(self);
    free(self);
}

static limit *limits_find(limits *self, int64_t key, int64_t size) {
    limit **bucket = &self->buckets[(uint64_t)key % LIMITS_BUCKETS];
    for (limit *at = *bucket; at; at = at->next) {
        if (at->key == key && at->size == size) {
            return at;
        }
    }
    limit *made = buffer_allocate(sizeof *made);
    *made = (limit){.next = *bucket, .key = key, .size = size};
    made->times = buffer_allocate((size_t)size * sizeof *made->times);
    *bucket = made;
    return made;
}

bool limits_take(limits *self, int64_t key, int64_t per_second, int64_t now_milliseconds) {
    if (per_second <= 0) {
        return true;
    }
    limit *found = limits_find(self, key, per_second * LIMITS_WINDOW);
    int64_t oldest = found->times[found->position];
    if (oldest && now_milliseconds - oldest < (int64_t)LIMITS_WINDOW * 1000) {
        return false;
    }
    found->times[found->position] = now_milliseconds;
    found->position = (found->position + 1) % found->size;
    return true;
}
