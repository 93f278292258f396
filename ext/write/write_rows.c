/* Which row each UPDATE in the queue is about; see write_rows.h. */
#include "write/write_rows.h"

#include <string.h>

#include "base/text_hash.h"

enum { ROWS_LEAST = 16 };

void write_rows_clear(write_rows *rows) {
    sqlite3_free(rows->places);
    sqlite3_free(rows->chains);
    memset(rows, 0, sizeof *rows);
}

static uint64_t rows_hash(const char *address) {
    return text_hash(address, strlen(address));
}

/*
** Is it not to come any more? What was sent, by a COMMIT that then found the database locked, is in what is shown since, and
** others may have been there after it.
*/
static bool rows_is_off(const write_entry *entry) {
    return entry->state == WRITE_ROLLED_BACK || entry->state == WRITE_FAILED || entry->state == WRITE_SENT;
}

/* Does a place stand for nothing any more, for good? A number that comes again gets a place of its own. */
static bool rows_is_dead(const write_entry *entry) {
    return !entry || entry->operation != WRITE_UPDATE || rows_is_off(entry);
}

/* Is the call about that row? Then its texts are in memory. */
static bool rows_is_about(write_queue *queue, write_entry *entry, const char *address, error *problem) {
    bool is = write_queue_position(entry, address) == WRITE_THERE;
    if (is) {
        write_queue_fetch(queue, entry, problem);
    }
    return is && !error_is_set(problem);
}

static size_t *rows_chain(const write_rows *rows, uint64_t hash) {
    return &rows->chains[hash & (rows->allocated - 1)];
}

static void rows_hang(write_rows *rows, size_t position) {
    size_t *chain = rows_chain(rows, rows->places[position].hash);
    rows->places[position].older = *chain;
    *chain = position + 1;
}

static bool rows_grow(write_rows *rows) {
    if (rows->count < rows->allocated) {
        return true;
    }
    size_t allocated = rows->allocated ? rows->allocated * 2 : ROWS_LEAST;
    write_rows_place *places = sqlite3_realloc64(rows->places, allocated * sizeof *places);
    rows->places = places ? places : rows->places;
    size_t *chains = places ? sqlite3_malloc64(allocated * sizeof *chains) : NULL;
    if (!chains) {
        return false;
    }
    sqlite3_free(rows->chains);
    memset(chains, 0, allocated * sizeof *chains);
    rows->chains = chains;
    rows->allocated = allocated;
    for (size_t i = 0; i < rows->count; i++) {
        rows_hang(rows, i);
    }
    return true;
}

/* Has the queue begun a new list? */
static bool rows_is_outdated(const write_rows *rows, const write_queue *queue) {
    return queue->finished || queue->count == 0 || queue->entries[0]->seq != rows->first;
}

write_entry *write_rows_latest(write_rows *rows, write_queue *queue, const char *address, int64_t before,
                               error *problem) {
    if (rows_is_outdated(rows, queue)) {
        write_rows_clear(rows);
        return NULL;
    }
    uint64_t hash = rows_hash(address);
    for (size_t *at = rows_chain(rows, hash); *at > 0 && !error_is_set(problem);) {
        write_rows_place *place = &rows->places[*at - 1];
        write_entry *entry = write_queue_find(queue, place->seq);
        rows->looked++;
        if (rows_is_dead(entry)) {
            *at = place->older;
            continue;
        }
        if (place->hash == hash && place->seq < before && rows_is_about(queue, entry, address, problem)) {
            return entry;
        }
        at = &place->older;
    }
    return NULL;
}

bool write_rows_is_mixed(const write_rows *rows, const catalog_resource *resource) {
    return rows->count > 0 && (rows->mixed || rows->resource != resource);
}

int64_t write_rows_alias(write_rows *rows, const write_queue *queue, const char *address,
                         const catalog_resource *resource,
                         bool (*is_other)(const catalog_resource *, const catalog_resource *)) {
    if (rows_is_outdated(rows, queue)) {
        write_rows_clear(rows);
        return 0;
    }
    uint64_t hash = rows_hash(address);
    for (size_t at = *rows_chain(rows, hash); at > 0; at = rows->places[at - 1].older) {
        const write_rows_place *place = &rows->places[at - 1];
        const write_entry *entry = write_queue_find(queue, place->seq);
        if (!rows_is_dead(entry) && place->hash == hash && is_other(resource, entry->resource)) {
            return place->seq;
        }
    }
    return 0;
}

/* May the call still replace a row, if it has not yet? */
static bool rows_is_replacing(const write_entry *entry) {
    return entry && entry->operation == WRITE_INSERT && entry->conflict == SQLITE_REPLACE && !rows_is_off(entry);
}

static bool rows_is_deleting(const write_entry *entry) {
    return entry && entry->operation == WRITE_DELETE && !rows_is_off(entry);
}

/* The seq of the latest call with that address below `before`, by the hash alone, of which that is true; 0: there is none. */
static int64_t rows_latest_of(const write_rows *rows, const write_queue *queue, const char *address, int64_t before,
                              bool (*is_one)(const write_entry *)) {
    uint64_t hash = rows_hash(address);
    for (size_t at = rows_is_outdated(rows, queue) ? 0 : *rows_chain(rows, hash); at > 0;) {
        const write_rows_place *place = &rows->places[at - 1];
        if (place->hash == hash && place->seq < before && is_one(write_queue_find(queue, place->seq))) {
            return place->seq;
        }
        at = place->older;
    }
    return 0;
}

static bool rows_is_live(const write_entry *entry) {
    return !rows_is_dead(entry);
}

int64_t write_rows_before(const write_rows *rows, const write_queue *queue, const char *address, int64_t before) {
    return rows_latest_of(rows, queue, address, before, rows_is_live);
}

int64_t write_rows_replacing(const write_rows *rows, const write_queue *queue, const char *address, int64_t before) {
    return rows_latest_of(rows, queue, address, before, rows_is_replacing);
}

int64_t write_rows_deleting(const write_rows *rows, const write_queue *queue, const char *address, int64_t before) {
    return rows_latest_of(rows, queue, address, before, rows_is_deleting);
}

static bool rows_is_coming(const write_entry *entry) {
    return entry && entry->operation != WRITE_DELETE && !rows_is_off(entry);
}

int64_t write_rows_coming(const write_rows *rows, const write_queue *queue, const char *address) {
    return rows_latest_of(rows, queue, address, INT64_MAX, rows_is_coming);
}

void write_rows_take_back(write_rows *rows, int64_t seq) {
    while (rows->count > 0 && rows->places[rows->count - 1].seq >= seq) {
        size_t *chain = rows_chain(rows, rows->places[rows->count - 1].hash);
        if (*chain == rows->count) { /* else it is not in it any more: it has been found dead */
            *chain = rows->places[rows->count - 1].older;
        }
        rows->count--;
    }
}

void write_rows_add(write_rows *rows, const write_queue *queue, const write_entry *entry, const char *address,
                    error *problem) {
    if (rows_is_outdated(rows, queue)) {
        write_rows_clear(rows);
    }
    if (rows_grow(rows)) {
        rows->mixed = rows->mixed || (rows->count > 0 && rows->resource != entry->resource);
        rows->resource = rows->count > 0 ? rows->resource : entry->resource;
        rows->first = queue->entries[0]->seq;
        rows->places[rows->count] = (write_rows_place){rows_hash(address), entry->seq, 0};
        rows_hang(rows, rows->count++);
    } else {
        error_no_memory(problem);
    }
}
