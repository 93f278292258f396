/* Messages: see message.h. This file: the shape of a channel's run and arithmetic on it. message_walk.c reads. */
#include "message.h"

#include "message_internal.h"

#include <stdlib.h>
#include <string.h>

enum { MESSAGE_YEARS = 4 };

static uint64_t message_secret(const message_source *source) {
    return random_at((uint64_t)source->layout->data.seed, 0x6d657373);
}

/* Chooses the run's shape from the channel's own bits. */
static void message_shape(message_channel *self) {
    static const int gaps[] = {0, 3, 7, 19, 50};
    bool tidy = self->source->layout->data.tidy;
    uint64_t bits = random_at(message_secret(self->source), (uint64_t)self->ordinal);
    self->key = bits;
    self->gap = tidy ? 0 : gaps[bits % 5];
    self->phase = self->gap ? (int64_t)((bits >> 8) % (uint64_t)self->gap) : 0;
    self->jump_at = !tidy && (bits >> 16) % 4 == 0 ? self->generated / 2 : INT64_MAX;
    self->long_position = !tidy && self->ordinal == 1 ? self->generated / 3 : -1;
    self->start = 1420070400 + (int64_t)((bits >> 20) % (3 * 365)) * 86400; /* from 2015 */
    int64_t span = (int64_t)MESSAGE_YEARS * 365 * 86400;
    self->step = self->generated ? span / self->generated : span;
    self->step = self->step ? self->step : 1;
    const layout *plan = self->source->layout;
    self->service = self->generated ? &plan->services[plan->channel_service[self->ordinal]] : NULL;
}

static void message_load_holes(message_channel *self) {
    if (!self->hole_count) {
        return;
    }
    self->holes = buffer_allocate((size_t)self->hole_count * sizeof *self->holes);
    sqlite3_stmt *statement =
        store_prepare(self->source->store, "SELECT position FROM holes WHERE channel_id = ?1 ORDER BY position");
    store_bind(statement, "i", self->id);
    for (int64_t at = 0; at < self->hole_count && store_step(statement); at++) {
        self->holes[at] = sqlite3_column_int64(statement, 0);
    }
    store_done(statement);
}

static void message_copy_sid(char *out, sqlite3_stmt *statement, int column) {
    memcpy(out, sqlite3_column_text(statement, column), SID_LENGTH);
    out[SID_LENGTH] = '\0';
}

bool message_channel_load(message_channel *self, const message_source *source, int64_t id) {
    *self = (message_channel){.source = source, .id = id};
    sqlite3_stmt *statement = store_prepare(
        source->store, "SELECT c.ordinal, c.generated, c.stored, c.edits, c.next_index, c.holes, c.sid, s.sid"
                       " FROM channels c JOIN services s ON s.id = c.service_id WHERE c.id = ?1");
    store_bind(statement, "i", id);
    bool found = store_step(statement);
    if (found) {
        self->ordinal = sqlite3_column_int64(statement, 0);
        self->generated = sqlite3_column_int64(statement, 1);
        self->stored = sqlite3_column_int64(statement, 2);
        self->edits = sqlite3_column_int64(statement, 3);
        self->next_index = sqlite3_column_int64(statement, 4);
        self->hole_count = sqlite3_column_int64(statement, 5);
        message_copy_sid(self->sid, statement, 6);
        message_copy_sid(self->service_sid, statement, 7);
    }
    store_done(statement);
    if (found) {
        message_shape(self);
        message_load_holes(self);
        int64_t after = self->generated ? message_index(self, self->generated - 1) + 1 : 0;
        self->next_index = self->next_index > after ? self->next_index : after;
    }
    return found;
}

void message_channel_free(message_channel *self) {
    free(self->holes);
    self->holes = NULL;
}

int64_t message_index(const message_channel *self, int64_t position) {
    int64_t gaps = self->gap ? (position + self->phase) / self->gap : 0;
    return position + gaps + (position >= self->jump_at ? 1000 : 0);
}

int64_t message_position(const message_channel *self, int64_t index) {
    int64_t low = 0, high = self->generated;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (message_index(self, middle) < index) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* How many holes lie before the position. */
static int64_t message_holes_before(const message_channel *self, int64_t position) {
    int64_t low = 0, high = self->hole_count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (self->holes[middle] < position) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

int64_t message_alive(const message_channel *self) {
    return self->generated - self->hole_count;
}

int64_t message_count(const message_channel *self) {
    return message_alive(self) + self->stored;
}

int64_t message_position_of_rank(const message_channel *self, int64_t rank) {
    /* holes[n] - n messages are alive before hole n, so the first hole with more than rank of them ends the search */
    int64_t low = 0, high = self->hole_count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (self->holes[middle] - middle <= rank) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return rank + low;
}

bool message_is_hole(const message_channel *self, int64_t position) {
    int64_t before = message_holes_before(self, position);
    return before < self->hole_count && self->holes[before] == position;
}

int64_t message_rank(const message_channel *self, int64_t index) {
    int64_t position = message_position(self, index);
    if (position < self->generated) {
        return position - message_holes_before(self, position);
    }
    int64_t last = self->generated ? message_index(self, self->generated - 1) : -1;
    int64_t stored = self->stored ? store_number(self->source->store, 0,
                                                 "SELECT count(*) FROM messages WHERE channel_id = ?1 AND idx > ?2"
                                                 " AND idx < ?3",
                                                 "iii", self->id, last, index)
                                  : 0;
    return message_alive(self) + stored;
}

/* --- SIDs of computed messages --- */

static uint64_t message_scramble(const message_channel *self, int64_t index) {
    return (((uint64_t)self->ordinal << 34) | (uint64_t)index) ^ message_secret(self->source);
}

void message_sid(const message_channel *self, int64_t index, char *out) {
    uint64_t high = random_mix(message_scramble(self, index));
    random_sid(out, "IM", high, random_at(message_secret(self->source), high));
}

int64_t message_index_of_sid(const message_channel *self, const char *sid) {
    if (strlen(sid) != SID_LENGTH || !self->generated) {
        return -1;
    }
    char half[17];
    memcpy(half, sid + 2, 16);
    half[16] = '\0';
    uint64_t packed = random_unmix(strtoull(half, NULL, 16)) ^ message_secret(self->source);
    int64_t index = (int64_t)(packed & (((uint64_t)1 << 34) - 1));
    char expected[SID_LENGTH];
    message_sid(self, index, expected);
    return memcmp(expected, sid, SID_LENGTH) == 0 ? index : -1;
}
