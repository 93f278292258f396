/* Rows that have been seen; see seen.h. */
#include "read/seen.h"

#include <string.h>

#include "base/sqlite.h"

enum { SEEN_SLOTS_MIN = 64 };

/* Its slot, or the free one where it would be put. There is a free one. */
static uint64_t *seen_slot(const seen_rows *target, uint64_t fingerprint) {
    size_t at = (size_t)fingerprint & (target->slot_count - 1);
    while (target->slots[at] && target->slots[at] != fingerprint) {
        at = (at + 1) & (target->slot_count - 1);
    }
    return &target->slots[at];
}

/* Makes room, so that half of the slots are free. */
static int seen_grow(seen_rows *target) {
    seen_rows grown = *target;
    grown.slot_count = target->slot_count ? 2 * target->slot_count : SEEN_SLOTS_MIN;
    grown.slots = sqlite3_malloc64(grown.slot_count * sizeof *grown.slots);
    if (!grown.slots) {
        return SQLITE_NOMEM;
    }
    memset(grown.slots, 0, grown.slot_count * sizeof *grown.slots);
    for (size_t i = 0; i < target->slot_count; i++) {
        if (target->slots[i]) {
            *seen_slot(&grown, target->slots[i]) = target->slots[i];
        }
    }
    sqlite3_free(target->slots);
    *target = grown;
    return SQLITE_OK;
}

/* Once full, what is kept is given up when as many rows again have come. */
static void seen_renew(seen_rows *target) {
    if (target->count >= SEEN_ROWS_MAX && target->rows >= target->renew_at) {
        memset(target->slots, 0, target->slot_count * sizeof *target->slots);
        target->count = 0;
        target->renew_at = 2 * target->rows;
    }
}

int seen_note(seen_rows *target, uint64_t hash, bool *known) {
    uint64_t fingerprint = hash ? hash : 1; /* 0 stands for a free slot */
    *known = false;
    if (2 * target->count >= target->slot_count && target->count < SEEN_ROWS_MAX && seen_grow(target) != SQLITE_OK) {
        return SQLITE_NOMEM;
    }
    target->rows++;
    if (target->renew_at == 0) {
        target->renew_at = 2 * SEEN_ROWS_MAX;
    }
    seen_renew(target);
    uint64_t *slot = seen_slot(target, fingerprint);
    *known = *slot != 0;
    if (!*known && target->count < SEEN_ROWS_MAX) {
        *slot = fingerprint;
        target->count++;
    }
    return SQLITE_OK;
}

void seen_clear(seen_rows *target) {
    sqlite3_free(target->slots);
    memset(target, 0, sizeof *target);
}
