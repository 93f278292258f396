/* Known addresses; see known.h. */
#include "read/known.h"

#include <string.h>

#include "base/sid.h"
#include "base/sqlite.h"
#include "base/text_hash.h"

enum { KNOWN_MAX = 1000000 };

/* Copies a SID to a NUL-terminated text; false if it is of another length. */
static bool known_copy(address_part part, char *text) {
    if (part.length != SID_LENGTH) {
        return false;
    }
    memcpy(text, part.text, SID_LENGTH);
    text[SID_LENGTH] = 0;
    return true;
}

/* The one lasting copy of a service's SID. */
static char *known_intern(known_addresses *known, const char *service) {
    char *copy = map_get(&known->services, service);
    if (!copy) {
        copy = sqlite3_mprintf("%s", service);
        if (copy && map_set(&known->services, service, copy) != SQLITE_OK) {
            sqlite3_free(copy);
            copy = NULL;
        }
    }
    return copy;
}

void known_learn(known_addresses *known, address_part sid, address_part service) {
    char key[SID_LENGTH + 1], home[SID_LENGTH + 1];
    if (known->homes.count >= KNOWN_MAX || !known_copy(sid, key) || !known_copy(service, home) ||
        map_has(&known->homes, key)) {
        return;
    }
    char *lasting = known_intern(known, home);
    if (lasting) {
        map_set(&known->homes, key, lasting);
    }
}

const char *known_service(const known_addresses *known, const char *sid) {
    return map_get(&known->homes, sid);
}

/* ---- what is in channels ---- */

enum { KNOWN_SETS = 2048, KNOWN_WAYS = 4, KNOWN_BYTES = (SID_LENGTH - 2) / 2 };

/* The SIDs without their letters, which the resource tells. */
typedef struct known_row {
    const catalog_resource *resource; /* NULL: the place is free */
    unsigned char sid[KNOWN_BYTES], parent[KNOWN_BYTES], service[KNOWN_BYTES];
} known_row;

/* Of a digit, or a letter from a to f. */
static unsigned known_digit(char character) {
    return ((unsigned)character & 15) + ((unsigned)character >> 6) * 9;
}

/* Takes a SID that begins with those letters; false if it is none. */
static bool known_pack(address_part sid, const char *letters, unsigned char *bytes) {
    bool good = sid.text && sid_classify(letters, sid.text, sid.length) == SID_CANONICAL;
    for (int i = 0; i < KNOWN_BYTES && good; i++) {
        bytes[i] = (unsigned char)(known_digit(sid.text[2 + 2 * i]) << 4 | known_digit(sid.text[3 + 2 * i]));
    }
    return good;
}

static void known_unpack(const char *letters, const unsigned char *bytes, char *text) {
    sqlite3_snprintf(SID_LENGTH + 1, text, "%s", letters);
    for (int i = 0; i < KNOWN_BYTES; i++) {
        sqlite3_snprintf(3, text + 2 + 2 * i, "%02x", bytes[i]);
    }
}

/* Two levels down, and with SIDs of its own: a key that is another's SID may stand under several parents. */
static bool known_takes(const catalog_resource *resource) {
    return catalog_depth(resource) == 2 && resource->key_column && strcmp(resource->key_column, "sid") == 0;
}

static known_row *known_set(const known_addresses *known, const unsigned char *sid) {
    return &known->rows[text_hash((const char *)sid, KNOWN_BYTES) % KNOWN_SETS * KNOWN_WAYS];
}

static known_row *known_find(const known_addresses *known, const catalog_resource *resource, const unsigned char *sid) {
    known_row *set = known_set(known, sid);
    for (int way = 0; way < KNOWN_WAYS; way++) {
        if (set[way].resource == resource && memcmp(set[way].sid, sid, KNOWN_BYTES) == 0) {
            return &set[way];
        }
    }
    return NULL;
}

static known_row *known_place(known_addresses *known, const unsigned char *sid) {
    known_row *set = known_set(known, sid);
    for (int way = 0; way < KNOWN_WAYS; way++) {
        if (!set[way].resource) {
            return &set[way];
        }
    }
    return &set[known->turn++ % KNOWN_WAYS];
}

static bool known_has_room(known_addresses *known) {
    enum { SIZE = KNOWN_SETS * KNOWN_WAYS * sizeof(known_row) };
    if (!known->rows) {
        known->rows = sqlite3_malloc64(SIZE);
        if (known->rows) {
            memset(known->rows, 0, SIZE);
        }
    }
    return known->rows != NULL;
}

void known_learn_rows(known_addresses *known, const catalog_resource *resource, const char *address, known_key *key,
                      const void *context, size_t count) {
    known_row row = {.resource = resource};
    bool may = known_takes(resource) && known_pack(address_second(address), resource->parent->key_prefix, row.parent) &&
               known_pack(address_root(address), catalog_root(resource)->key_prefix, row.service);
    for (size_t i = 0; may && i < count; i++) {
        if (known_pack(key(context, i), resource->key_prefix, row.sid) && known_has_room(known) &&
            !known_find(known, resource, row.sid)) {
            *known_place(known, row.sid) = row;
        }
    }
}

static address_part known_only_key(const void *context, size_t row) {
    (void)row;
    return *(const address_part *)context;
}

void known_learn_row(known_addresses *known, const catalog_resource *resource, address_part sid, const char *address) {
    known_learn_rows(known, resource, address, known_only_key, &sid, 1);
}

char *known_row_address(const known_addresses *known, const catalog_resource *resource, const char *sid,
                        error *problem) {
    unsigned char bytes[KNOWN_BYTES];
    bool may = known->rows && known_takes(resource);
    bool packed = may && known_pack((address_part){sid, strlen(sid)}, resource->key_prefix, bytes);
    const known_row *row = packed ? known_find(known, resource, bytes) : NULL;
    if (!row) {
        return NULL;
    }
    char service[SID_LENGTH + 1], parent[SID_LENGTH + 1];
    known_unpack(catalog_root(resource)->key_prefix, row->service, service);
    known_unpack(resource->parent->key_prefix, row->parent, parent);
    char *address = sqlite3_mprintf("/%s/%s/%s/%s/%s/%s", catalog_root(resource)->segment, service,
                                    resource->parent->segment, parent, resource->segment, sid);
    if (!address) {
        error_no_memory(problem);
    }
    return address;
}

void known_forget(known_addresses *known) {
    map_clear(&known->homes, NULL);
    map_clear(&known->services, sqlite3_free);
    sqlite3_free(known->rows);
    known->rows = NULL;
}
