/* The keys of a page's rows; see feed_keys.h. */
#include "read/feed_keys.h"

#include "base/sid.h"
#include "base/sqlite.h"
#include "base/text_hash.h"
#include "read/belongs.h"
#include "read/feed_inside.h"

enum { FEED_KEYS_MIN = 16 };

address_part feed_keys_part(const void *context, size_t row) {
    const struct feed *target = context;
    const page *content = chain_page(&target->pages);
    const page_cell *cell = page_at(content, row, target->key_column);
    return (address_part){page_text(content, cell), cell->length};
}

static void feed_keys_make_room(struct feed *target, size_t rows, error *problem) {
    if (rows > target->hash_room) {
        size_t count = rows > FEED_KEYS_MIN ? rows : FEED_KEYS_MIN;
        uint64_t *hashes = sqlite3_realloc64(target->hashes, count * sizeof *hashes);
        if (!hashes) {
            error_no_memory(problem);
            return;
        }
        target->hashes = hashes;
        target->hash_room = count;
    }
}

/* It will stand in paths: one that is no SID could lead elsewhere, and be found by no query. */
static bool feed_keys_is_sid(struct feed *target, size_t row) {
    if (target->resource->single) {
        target->hashes[row] = 0;
        return true;
    }
    address_part key = feed_keys_part(target, row);
    target->hashes[row] = text_hash(key.text, key.length);
    return sid_classify(target->resource->key_prefix, key.text, key.length) != SID_NO;
}

void feed_keys_take(struct feed *target, error *problem) {
    const page *content = chain_page(&target->pages);
    belongs_parents parents;
    belongs_expect(&parents, target->resource, target->base);
    feed_keys_make_room(target, content->row_count, problem);
    for (size_t row = 0; row < content->row_count && !error_is_set(problem); row++) {
        if (!feed_keys_is_sid(target, row)) {
            chain_refuse(&target->pages, problem, "the answer holds a row whose SID is not one");
        } else if (!belongs_to_parents(&parents, content, row)) {
            chain_refuse(&target->pages, problem, "the answer holds a row of another parent");
        }
    }
}

void feed_keys_learn(const struct feed *target) {
    known_addresses *known = &reading_of(look_connection(target->view))->known;
    address_part service = address_root(target->base);
    address_part parent = address_second(target->base);
    size_t rows = chain_page(&target->pages)->row_count;
    if (target->pages.first && parent.text && rows > 0) {
        known_learn(known, parent, service);
    }
    if (catalog_depth(target->resource) == 1 && catalog_is_parent(target->resource)) {
        for (size_t row = 0; row < rows; row++) {
            known_learn(known, feed_keys_part(target, row), service);
        }
    }
    if (!target->resource->single) {
        known_learn_rows(known, target->resource, target->base, feed_keys_part, target, rows);
    }
}
