/* A hash map from texts to pointers; see map.h. */
#include "base/map.h"

#include <stdint.h>
#include <string.h>

#include "base/sqlite.h"
#include "base/text_hash.h"

struct map_item {
    map_item *next;
    void *value;
    uint64_t hash;
    char key[]; /* NUL-terminated */
};

/* Keys here are SIDs and URLs: collisions by an attacker cost time within one statement only. */
static uint64_t map_hash(const char *key) {
    return text_hash(key, strlen(key));
}

/* The link that points to the key's item, or to where it would be appended. The table must not be empty. */
static map_item **map_link(const map *source, const char *key, uint64_t hash) {
    map_item **link = &source->buckets[hash & (source->bucket_count - 1)];
    while (*link && ((*link)->hash != hash || strcmp((*link)->key, key) != 0)) {
        link = &(*link)->next;
    }
    return link;
}

static map_item *map_find(const map *source, const char *key) {
    return source->bucket_count ? *map_link(source, key, map_hash(key)) : NULL;
}

void *map_get(const map *source, const char *key) {
    map_item *item = map_find(source, key);
    return item ? item->value : NULL;
}

bool map_has(const map *source, const char *key) {
    return map_find(source, key) != NULL;
}

static int map_grow(map *target) {
    size_t count = target->bucket_count ? target->bucket_count * 2 : 16;
    map_item **buckets = sqlite3_malloc64(count * sizeof *buckets);
    if (!buckets) {
        return SQLITE_NOMEM;
    }
    memset(buckets, 0, count * sizeof *buckets);
    for (size_t i = 0; i < target->bucket_count; i++) {
        for (map_item *item = target->buckets[i], *next; item; item = next) {
            next = item->next;
            item->next = buckets[item->hash & (count - 1)];
            buckets[item->hash & (count - 1)] = item;
        }
    }
    sqlite3_free(target->buckets);
    target->buckets = buckets;
    target->bucket_count = count;
    return SQLITE_OK;
}

int map_set(map *target, const char *key, void *value) {
    if (target->count >= target->bucket_count) {
        int rc = map_grow(target);
        if (rc != SQLITE_OK) {
            return rc;
        }
    }
    uint64_t hash = map_hash(key);
    map_item **link = map_link(target, key, hash);
    if (!*link) {
        size_t length = strlen(key) + 1;
        map_item *item = sqlite3_malloc64(sizeof *item + length);
        if (!item) {
            return SQLITE_NOMEM;
        }
        item->next = NULL;
        item->hash = hash;
        memcpy(item->key, key, length);
        *link = item;
        target->count++;
    }
    (*link)->value = value;
    return SQLITE_OK;
}

void map_remove(map *target, const char *key) {
    if (target->bucket_count == 0) {
        return;
    }
    map_item **link = map_link(target, key, map_hash(key));
    map_item *item = *link;
    if (item) {
        *link = item->next;
        sqlite3_free(item);
        target->count--;
    }
}

void map_clear(map *target, void (*drop)(void *value)) {
    for (size_t i = 0; i < target->bucket_count; i++) {
        for (map_item *item = target->buckets[i], *next; item; item = next) {
            next = item->next;
            if (drop) {
                drop(item->value);
            }
            sqlite3_free(item);
        }
    }
    sqlite3_free(target->buckets);
    memset(target, 0, sizeof *target);
}
