/*
** A set of short texts that is filled, asked and emptied again and again, such as the keys of a page: no allocation for each,
** and what it has allocated stays. For anything else there is map.h.
*/
#ifndef CHAT_KEY_SET_H
#define CHAT_KEY_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zeros: empty. */
typedef struct key_set {
    char *bytes; /* of all keys, one behind the other; owned */
    size_t used, space;
    struct key_place *places; /* where each is among them, as they came; owned */
    size_t count, room;
    struct key_slot *slots; /* owned */
    size_t slot_count;
} key_set;

/* Is the key there? hash: its text_hash. */
bool key_set_has(const key_set *source, const char *key, size_t length, uint64_t hash);

/* Puts a key (any bytes, of 4 GiB in all at most) in. *had: it was there. SQLITE_OK, or SQLITE_NOMEM and nothing has changed. */
int key_set_add(key_set *target, const char *key, size_t length, uint64_t hash, bool *had);

/* Takes all keys out, and keeps the room. */
void key_set_empty(key_set *target);

void key_set_clear(key_set *target);

#endif
