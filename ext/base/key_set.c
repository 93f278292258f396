/* A set of short texts; see key_set.h. */
#include "base/key_set.h"

#include <string.h>

#include "base/sqlite.h"

enum { KEY_SET_SLOTS_MIN = 64, KEY_SET_BYTES_MIN = 2048 };

typedef struct key_place {
    uint32_t at, length; /* among the bytes */
} key_place;

/* Small, so that those of a page's keys stay in the processor's first cache. */
typedef struct key_slot {
    uint32_t hash;
    uint32_t number; /* of the key, counted from 1; 0: free */
} key_slot;

static bool key_set_is(const key_set *source, const key_slot *slot, const char *key, size_t length) {
    const key_place *place = &source->places[slot->number - 1];
    return place->length == length && (length == 0 || memcmp(source->bytes + place->at, key, length) == 0);
}

/* The key's slot, or the free one where it would be put. There is a free one. */
static key_slot *key_set_slot(const key_set *source, const char *key, size_t length, uint64_t hash) {
    size_t at = (uint32_t)hash & (source->slot_count - 1);
    for (;;) {
        key_slot *slot = &source->slots[at];
        if (slot->number == 0 || (slot->hash == (uint32_t)hash && key_set_is(source, slot, key, length))) {
            return slot;
        }
        at = (at + 1) & (source->slot_count - 1);
    }
}

bool key_set_has(const key_set *source, const char *key, size_t length, uint64_t hash) {
    return source->count > 0 && key_set_slot(source, key, length, hash)->number != 0;
}

/* Half of the slots stay free. */
static int key_set_grow_slots(key_set *target) {
    size_t count = target->slot_count ? 2 * target->slot_count : KEY_SET_SLOTS_MIN;
    key_slot *slots = sqlite3_malloc64(count * sizeof *slots);
    if (!slots) {
        return SQLITE_NOMEM;
    }
    memset(slots, 0, count * sizeof *slots);
    for (size_t i = 0; i < target->slot_count; i++) {
        size_t at = target->slots[i].hash & (count - 1);
        while (target->slots[i].number && slots[at].number) {
            at = (at + 1) & (count - 1);
        }
        if (target->slots[i].number) {
            slots[at] = target->slots[i];
        }
    }
    sqlite3_free(target->slots);
    target->slots = slots;
    target->slot_count = count;
    return SQLITE_OK;
}

static int key_set_grow_places(key_set *target) {
    size_t room = target->room ? 2 * target->room : KEY_SET_SLOTS_MIN / 2;
    key_place *places = sqlite3_realloc64(target->places, room * sizeof *places);
    if (!places) {
        return SQLITE_NOMEM;
    }
    target->places = places;
    target->room = room;
    return SQLITE_OK;
}

static int key_set_make_room(key_set *target, size_t length) {
    if (target->used + length > UINT32_MAX) {
        return SQLITE_NOMEM;
    }
    if (!target->bytes || target->used + length > target->space) {
        size_t space = 2 * target->space + length + KEY_SET_BYTES_MIN;
        char *bytes = sqlite3_realloc64(target->bytes, space);
        if (!bytes) {
            return SQLITE_NOMEM;
        }
        target->bytes = bytes;
        target->space = space;
    }
    int rc = target->count == target->room ? key_set_grow_places(target) : SQLITE_OK;
    return rc == SQLITE_OK && 2 * target->count >= target->slot_count ? key_set_grow_slots(target) : rc;
}

int key_set_add(key_set *target, const char *key, size_t length, uint64_t hash, bool *had) {
    key_slot *slot = target->slot_count > 0 ? key_set_slot(target, key, length, hash) : NULL;
    *had = slot && slot->number != 0;
    if (*had) {
        return SQLITE_OK;
    }
    size_t slots = target->slot_count;
    int rc = key_set_make_room(target, length);
    if (rc == SQLITE_OK) {
        slot = slots == target->slot_count ? slot : key_set_slot(target, key, length, hash);
        target->places[target->count] = (key_place){.at = (uint32_t)target->used, .length = (uint32_t)length};
        *slot = (key_slot){.hash = (uint32_t)hash, .number = (uint32_t)++target->count};
        if (length > 0) {
            memcpy(target->bytes + target->used, key, length);
        }
        target->used += length;
    }
    return rc;
}

void key_set_empty(key_set *target) {
    if (target->count > 0) {
        memset(target->slots, 0, target->slot_count * sizeof *target->slots);
    }
    target->count = target->used = 0;
}

void key_set_clear(key_set *target) {
    sqlite3_free(target->slots);
    sqlite3_free(target->places);
    sqlite3_free(target->bytes);
    memset(target, 0, sizeof *target);
}
