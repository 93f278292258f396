/* Known addresses; see known.h. */
#include "read/known.h"

#include <stdint.h>
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
    const catalog_resource *resource;
    unsigned char sid[KNOWN_BYTES], parent[KNOWN_BYTES], service[KNOWN_BYTES];
} known_row;

/* The marks side by side: a row that is not there is not looked for in what no cache of a processor holds. */
struct known_rows {
    uint32_t marks[KNOWN_SETS * KNOWN_WAYS]; /* 0: the place is free */
    known_row rows[KNOWN_SETS * KNOWN_WAYS];
};

/* Four bytes of the eight digits in front of each. */
static void known_pack_eight(const char *digits, unsigned char *bytes) {
#if defined __BYTE_ORDER__ && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t word;
    memcpy(&word, digits, sizeof word);
    /* Of a digit, or a letter from a to f; then two of them, four, and eight side by side. */
    word = (word & UINT64_C(0x0f0f0f0f0f0f0f0f)) + (word >> 6 & UINT64_C(0x0101010101010101)) * 9;
    word = (word << 4 | word >> 8) & UINT64_C(0x00ff00ff00ff00ff);
    word = (word | word >> 8) & UINT64_C(0x0000ffff0000ffff);
    uint32_t packed = (uint32_t)(word | word >> 16);
    memcpy(bytes, &packed, sizeof packed);
#else
    for (size_t i = 0; i < 8; i++) {
        unsigned digit = ((unsigned)digits[i] & 15) + ((unsigned)digits[i] >> 6) * 9;
        bytes[i / 2] = (unsigned char)(i % 2 ? (unsigned)bytes[i / 2] << 4 | digit : digit);
    }
#endif
}

/* Takes a SID that begins with those letters; false if it is none. */
static bool known_pack(address_part sid, const char *letters, unsigned char *bytes) {
    bool good = sid.text && sid_classify(letters, sid.text, sid.length) == SID_CANONICAL;
    for (size_t i = 0; i < KNOWN_BYTES && good; i += 4) {
        known_pack_eight(sid.text + 2 + 2 * i, bytes + i);
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

/* A place among all: the first of the SID's set; and a mark of the SID, by which most others are told from it. */
static size_t known_set(const unsigned char *sid, uint32_t *mark) {
    uint64_t hash = text_hash((const char *)sid, KNOWN_BYTES);
    *mark = (uint32_t)(hash >> 32) | 1;
    return (size_t)(hash % KNOWN_SETS * KNOWN_WAYS);
}

static known_row *known_find(const known_addresses *known, const catalog_resource *resource, const unsigned char *sid) {
    uint32_t mark;
    size_t set = known_set(sid, &mark);
    for (size_t at = set; at < set + KNOWN_WAYS; at++) {
        known_row *row = &known->rows->rows[at];
        if (known->rows->marks[at] == mark && row->resource == resource && memcmp(row->sid, sid, KNOWN_BYTES) == 0) {
            return row;
        }
    }
    return NULL;
}

static void known_put(known_addresses *known, const known_row *row) {
    uint32_t mark;
    size_t set = known_set(row->sid, &mark), at = set;
    while (at < set + KNOWN_WAYS && known->rows->marks[at]) {
        at++;
    }
    at = at < set + KNOWN_WAYS ? at : set + known->turn++ % KNOWN_WAYS;
    known->rows->marks[at] = mark;
    known->rows->rows[at] = *row;
}

static bool known_has_room(known_addresses *known) {
    if (!known->rows) {
        known->rows = sqlite3_malloc64(sizeof *known->rows);
        if (known->rows) {
            memset(known->rows->marks, 0, sizeof known->rows->marks);
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
            known_put(known, &row);
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
