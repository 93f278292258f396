/* Which row each UPDATE in the queue is about; see write_rows.h. */
#include "write/write_rows.h"

#include <string.h>

enum { ROWS_LEAST = 16 };

void write_rows_clear(write_rows *rows) {
    sqlite3_free(rows->places);
    memset(rows, 0, sizeof *rows);
}

/* FNV-1a. */
static uint64_t rows_hash(const char *address) {
    uint64_t hash = 14695981039346656037u;
    for (; *address; address++) {
        hash = (hash ^ (unsigned char)*address) * 1099511628211u;
    }
    return hash;
}

/* The UPDATE of that row that a seq stands for, if it still does, and is to be made or has been. */
static write_entry *rows_entry(write_queue *queue, int64_t seq, const connection *account, const char *address,
                               error *problem) {
    write_entry *entry = write_queue_find(queue, seq);
    bool is = entry && entry->account == account && entry->operation == WRITE_UPDATE &&
              entry->state != WRITE_ROLLED_BACK && entry->state != WRITE_FAILED;
    if (!is) {
        return NULL;
    }
    write_queue_fetch(queue, entry, problem); /* before its SID is looked at: it may be away */
    if (!error_is_set(problem) && write_queue_position(entry, address) != WRITE_THERE) {
        write_queue_put_away(queue, entry);
        is = false;
    }
    return is && !error_is_set(problem) ? entry : NULL;
}

/* The place after one, round and round; those of one hash stand in a row of places without a free one between. */
static size_t rows_next(const write_rows *rows, size_t at) {
    return (at + 1) & (rows->allocated - 1);
}

static void rows_put(write_rows *rows, write_rows_place place) {
    size_t at = (size_t)place.hash & (rows->allocated - 1);
    while (rows->places[at].seq > 0) {
        at = rows_next(rows, at);
    }
    rows->places[at] = place;
    rows->count++;
}

static bool rows_grow(write_rows *rows) {
    if (rows->count < rows->allocated / 4 * 3) {
        return true;
    }
    write_rows grown = {.allocated = rows->allocated ? rows->allocated * 2 : ROWS_LEAST, .first = rows->first};
    grown.places = sqlite3_malloc64(grown.allocated * sizeof *grown.places);
    if (!grown.places) {
        return false;
    }
    memset(grown.places, 0, grown.allocated * sizeof *grown.places);
    for (size_t i = 0; i < rows->allocated; i++) {
        if (rows->places[i].seq > 0) {
            rows_put(&grown, rows->places[i]);
        }
    }
    sqlite3_free(rows->places);
    *rows = grown;
    return true;
}

/* Has the queue begun a new list? */
static bool rows_is_outdated(const write_rows *rows, const write_queue *queue) {
    return queue->finished || queue->count == 0 || queue->entries[0]->seq != rows->first;
}

write_entry *write_rows_latest(write_rows *rows, write_queue *queue, const connection *account, const char *address,
                               int64_t before, error *problem) {
    write_entry *latest = NULL;
    if (rows_is_outdated(rows, queue)) {
        write_rows_clear(rows);
        return NULL;
    }
    uint64_t hash = rows_hash(address);
    for (size_t at = (size_t)hash & (rows->allocated - 1); rows->places[at].seq > 0; at = rows_next(rows, at)) {
        const write_rows_place *place = &rows->places[at];
        if (place->hash == hash && place->seq < before && (!latest || place->seq > latest->seq)) {
            write_entry *entry = rows_entry(queue, place->seq, account, address, problem);
            if (entry && latest) {
                write_queue_put_away(queue, latest);
            }
            latest = entry ? entry : latest;
        }
    }
    return latest;
}

void write_rows_add(write_rows *rows, const write_queue *queue, const write_entry *entry, const char *address,
                    error *problem) {
    if (rows_is_outdated(rows, queue)) {
        write_rows_clear(rows);
    }
    if (rows_grow(rows)) {
        rows->first = queue->entries[0]->seq;
        rows_put(rows, (write_rows_place){rows_hash(address), entry->seq});
    } else {
        error_no_memory(problem);
    }
}
