/*
** A hash map from texts to pointers, and so also a set of texts. Keys are copied; values are the caller's.
** Chains in a table that doubles; not ordered.
*/
#ifndef CHAT_MAP_H
#define CHAT_MAP_H

#include <stdbool.h>
#include <stddef.h>

typedef struct map_item map_item;
typedef struct map {
    map_item **buckets; /* owned */
    size_t bucket_count;
    size_t count; /* of keys */
} map;

/* An empty map is all zeros: map m = {0}. */

/* The value kept under a key (NUL-terminated), or NULL. */
void *map_get(const map *source, const char *key);

/* Is the key there, whatever its value? */
bool map_has(const map *source, const char *key);

/* Sets a key's value (borrowed). Returns SQLITE_OK, or SQLITE_NOMEM with the map unchanged. */
int map_set(map *target, const char *key, void *value);

/* Removes a key, if there. */
void map_remove(map *target, const char *key);

/* Frees everything, first calling drop (may be NULL) on each value. The map is empty afterwards. */
void map_clear(map *target, void (*drop)(void *value));

#endif
