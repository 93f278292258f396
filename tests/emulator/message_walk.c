/* Reading and changing messages: see message.h. */
#include "message.h"
#include "message_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MESSAGE_MORE ((uint64_t)0x1234)

#define MESSAGE_COLUMNS                                                                                                \
    "sid, idx, date_created, date_updated, was_edited, author, body, attributes, last_updated_by, media, content_sid"

static void message_compute_author(const message_channel *self, uint64_t bits, message *out) {
    static const text_piece system = {"system", 6, "system", 6};
    uint64_t users = (uint64_t)self->service->users;
    bool none = !users || (bits % 16 == 0 && !self->source->layout->data.tidy);
    out->author = none ? system : self->source->authors[self->service->first_user + (int64_t)((bits >> 4) % users)];
}

static void message_compute_media(message *out, uint64_t bits, uint64_t below, bool tidy) {
    static const char *const types[] = {"image/png", "application/pdf", "text/plain"};
    static const char *const files[] = {"photo.png", "report.pdf", "na\xC3\xAFve \\\"notes\\\".txt"};
    char sid[SID_LENGTH];
    random_sid(sid, "ME", random_mix(bits), bits);
    int kind = (int)((bits >> 40) % (tidy ? 2 : 3));
    int length = snprintf(out->media_text, sizeof out->media_text,
                          "{\"sid\":\"%.34s\",\"size\":%llu,\"content_type\":\"%s\",\"filename\":\"%s\"}", sid,
                          (unsigned long long)(((bits >> 20) & 0xffffff) % below), types[kind], files[kind]);
    out->media = (text_piece){out->media_text, (size_t)length, NULL, 0};
    out->body.null = !tidy && (bits >> 50) % 2 == 0;
}

static void message_compute(const message_channel *self, int64_t position, message *out) {
    bool tidy = self->source->layout->data.tidy;
    uint64_t bits = random_at(self->key, (uint64_t)position);
    out->computed = true;
    out->index = message_index(self, position);
    message_sid(self, out->index, out->sid);
    out->created = self->start + position * self->step + (int64_t)(random_mix(bits) % (uint64_t)self->step);
    out->edited = (bits >> 32) % 16 == 0;
    out->updated = out->created + (out->edited ? 1 + (int64_t)((bits >> 12) % 90000) : 0);
    message_compute_author(self, bits >> 6, out);
    out->updated_by = out->edited ? out->author : (text_piece){0};
    uint64_t more = random_mix(bits ^ MESSAGE_MORE);
    if (position == self->long_position) {
        text_make_long_body(&out->body);
    } else {
        text_make_body(&out->body, more, tidy);
    }
    const text_piece *attributes = (more >> 44) % (tidy ? 3 : 2) ? NULL : text_attributes(more >> 12, tidy);
    out->attributes = attributes ? *attributes : (text_piece){0};
    out->media = out->content = (text_piece){0};
    if ((bits >> 52) % 32 == 0 && (!tidy || self->source->layout->data.lived_in)) {
        int64_t below = self->source->layout->data.media_bytes;
        message_compute_media(out, more, below > 0 ? (uint64_t)below : (uint64_t)1 << 24, tidy);
    }
}

static text_piece message_column(sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return (text_piece){text, (size_t)sqlite3_column_bytes(statement, column), NULL, 0};
}

static void message_from_row(sqlite3_stmt *statement, message *out) {
    memcpy(out->sid, sqlite3_column_text(statement, 0), SID_LENGTH);
    out->computed = false;
    out->index = sqlite3_column_int64(statement, 1);
    out->created = sqlite3_column_int64(statement, 2);
    out->updated = sqlite3_column_int64(statement, 3);
    out->edited = sqlite3_column_int(statement, 4) != 0;
    out->author = message_column(statement, 5);
    out->own = message_column(statement, 6);
    out->body.null = !out->own.raw;
    out->body.count = out->own.length ? 1 : 0;
    out->body.pieces[0] = &out->own;
    out->attributes = message_column(statement, 7);
    out->updated_by = message_column(statement, 8);
    out->media = message_column(statement, 9);
    out->content = message_column(statement, 10);
}

/* --- walking --- */

void message_walk(message_cursor *self, message_channel *channel, int64_t rank, bool down) {
    *self = (message_cursor){.channel = channel, .rank = rank, .step = down ? -1 : 1};
}

void message_walk_end(message_cursor *self) {
    if (self->stored) {
        store_done(self->stored);
    }
    if (self->edited) {
        store_done(self->edited);
    }
    self->stored = self->edited = NULL;
}

/* The statement over the stored part starts at the cursor's rank when the walk first gets there. */
static bool message_next_stored(message_cursor *self, message *out) {
    message_channel *channel = self->channel;
    if (!self->stored) {
        bool down = self->step < 0;
        int64_t skipped = down ? message_count(channel) - 1 - self->rank : self->rank - message_alive(channel);
        self->stored = store_prepare(channel->source->store,
                                     down ? "SELECT " MESSAGE_COLUMNS " FROM messages WHERE channel_id = ?1 AND"
                                            " idx > ?2 ORDER BY idx DESC LIMIT -1 OFFSET ?3"
                                          : "SELECT " MESSAGE_COLUMNS " FROM messages WHERE channel_id = ?1 AND"
                                            " idx > ?2 ORDER BY idx LIMIT -1 OFFSET ?3");
        int64_t last = channel->generated ? message_index(channel, channel->generated - 1) : -1;
        store_bind(self->stored, "iii", channel->id, last, skipped);
    }
    if (!store_step(self->stored)) {
        return false;
    }
    message_from_row(self->stored, out);
    return true;
}

/* A computed message, or the row that replaces it. */
static void message_at(message_cursor *self, int64_t position, message *out) {
    message_channel *channel = self->channel;
    if (channel->edits) {
        if (self->edited) {
            store_done(self->edited);
        }
        self->edited = store_prepare(channel->source->store, "SELECT " MESSAGE_COLUMNS " FROM messages"
                                                             " WHERE channel_id = ?1 AND idx = ?2");
        store_bind(self->edited, "ii", channel->id, message_index(channel, position));
        if (store_step(self->edited)) {
            message_from_row(self->edited, out);
            out->computed = true;
            return;
        }
    }
    message_compute(channel, position, out);
}

bool message_next(message_cursor *self, message *out) {
    message_channel *channel = self->channel;
    if (self->rank < 0 || self->rank >= message_count(channel)) {
        return false;
    }
    bool found = true;
    if (self->rank >= message_alive(channel)) {
        found = message_next_stored(self, out);
    } else {
        message_at(self, message_position_of_rank(channel, self->rank), out);
    }
    self->rank += self->step;
    return found;
}

bool message_find(message_cursor *self, message_channel *channel, const char *sid, message *out) {
    message_walk(self, channel, 0, false);
    int64_t index = message_index_of_sid(channel, sid);
    int64_t position = index < 0 ? channel->generated : message_position(channel, index);
    if (position < channel->generated && message_index(channel, position) == index) {
        if (message_is_hole(channel, position)) {
            return false;
        }
        message_at(self, position, out);
        return true;
    }
    self->stored = store_prepare(channel->source->store, "SELECT " MESSAGE_COLUMNS " FROM messages"
                                                         " WHERE channel_id = ?1 AND sid = ?2");
    store_bind(self->stored, "it", channel->id, sid);
    if (!store_step(self->stored)) {
        return false;
    }
    message_from_row(self->stored, out);
    return true;
}

/* The bits in the SID of a computed medium are those of its message: where in the channel's run it would have to be. */
static int64_t message_position_of_media(const message_channel *self, const char *media_sid) {
    char half[17];
    memcpy(half, media_sid + 18, 16);
    half[16] = '\0';
    uint64_t position = random_position(self->key, random_unmix(strtoull(half, NULL, 16)) ^ MESSAGE_MORE);
    return position < (uint64_t)self->generated ? (int64_t)position : -1;
}

static bool message_has_media(const message *self, const char *media_sid) {
    return self->media.raw && memcmp(self->media.raw, "{\"sid\":\"", 8) == 0 &&
           strncmp(self->media.raw + 8, media_sid, SID_LENGTH) == 0;
}

bool message_find_media(message_cursor *self, message_channel *channel, const char *media_sid, message *out) {
    message_walk(self, channel, 0, false);
    int64_t position = message_position_of_media(channel, media_sid);
    if (position >= 0 && !message_is_hole(channel, position)) {
        message_at(self, position, out);
        if (message_has_media(out, media_sid)) {
            return true;
        }
    }
    if (!channel->stored && !channel->edits) {
        return false;
    }
    self->stored = store_prepare(channel->source->store, "SELECT " MESSAGE_COLUMNS " FROM messages"
                                                         " WHERE channel_id = ?1 AND instr(media, ?2) > 0");
    store_bind(self->stored, "it", channel->id, media_sid);
    if (store_step(self->stored)) {
        message_from_row(self->stored, out);
        return message_has_media(out, media_sid);
    }
    return false;
}

/* --- changing --- */

void message_values_from(message_values *out, const message *from, buffer *body) {
    *out = (message_values){.index = from->index, .created = from->created, .updated = from->updated};
    memcpy(out->sid, from->sid, SID_LENGTH);
    out->edited = from->edited;
    body->length = 0;
    text_append_raw(body, &from->body);
    out->body = from->body.null ? NULL : buffer_terminated(body);
    out->body_length = body->length;
    out->author = from->author.raw;
    out->author_length = from->author.length;
    out->attributes = from->attributes.raw;
    out->attributes_length = from->attributes.length;
    out->updated_by = from->updated_by.raw;
    out->updated_by_length = from->updated_by.length;
    out->media = from->media.raw;
    out->media_length = from->media.length;
    out->content = from->content.raw;
    out->content_length = from->content.length;
}

static void message_put(const message_channel *self, const message_values *values) {
    store_run(self->source->store,
              "INSERT OR REPLACE INTO messages(channel_id, idx, sid, date_created, date_updated, was_edited, author,"
              " body, attributes, last_updated_by, media, content_sid)"
              " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)",
              "iitiiibbbbbb", self->id, values->index, values->sid, values->created, values->updated,
              (int64_t)values->edited, values->author, values->author_length, values->body, values->body_length,
              values->attributes, values->attributes_length, values->updated_by, values->updated_by_length,
              values->media, values->media_length, values->content, values->content_length);
}

void message_add(message_channel *self, message_values *values) {
    values->index = self->next_index++;
    message_put(self, values);
    self->stored++;
    store_run(self->source->store, "UPDATE channels SET stored = stored + 1, next_index = ?2 WHERE id = ?1", "ii",
              self->id, self->next_index);
}

void message_change(message_channel *self, const message_values *values, bool computed) {
    bool known =
        !computed || store_number(self->source->store, 0, "SELECT 1 FROM messages WHERE channel_id = ?1 AND idx = ?2",
                                  "ii", self->id, values->index);
    message_put(self, values);
    if (!known) {
        self->edits++;
        store_run(self->source->store, "UPDATE channels SET edits = edits + 1 WHERE id = ?1", "i", self->id);
    }
}

void message_remove(message_channel *self, const message *found) {
    /* a deleted message uses up its index: the next one stays as it was computed when the channel was loaded */
    store_run(self->source->store, "UPDATE channels SET next_index = ?2 WHERE id = ?1", "ii", self->id,
              self->next_index);
    int64_t index = found->index;
    bool computed = found->computed;
    store_run(self->source->store, "DELETE FROM messages WHERE channel_id = ?1 AND idx = ?2", "ii", self->id, index);
    if (computed) {
        store_run(self->source->store, "INSERT OR IGNORE INTO holes VALUES(?1, ?2)", "ii", self->id,
                  message_position(self, index));
        store_run(self->source->store, "UPDATE channels SET holes = holes + 1 WHERE id = ?1", "i", self->id);
    } else {
        store_run(self->source->store, "UPDATE channels SET stored = stored - 1 WHERE id = ?1", "i", self->id);
    }
}

/* --- SQL functions --- */

static void message_sql_last(sqlite3_context *context, int count, sqlite3_value **values) {
    message_channel channel;
    message_cursor cursor;
    message last;
    (void)count;
    if (!message_channel_load(&channel, sqlite3_user_data(context), sqlite3_value_int64(values[0]))) {
        return;
    }
    message_walk(&cursor, &channel, message_count(&channel) - 1, true);
    if (message_next(&cursor, &last)) {
        sqlite3_result_text(context, last.sid, SID_LENGTH, SQLITE_TRANSIENT);
    }
    message_walk_end(&cursor);
    message_channel_free(&channel);
}

static void message_sql_unread(sqlite3_context *context, int count, sqlite3_value **values) {
    message_channel channel;
    (void)count;
    /* until an index is set there is no count: null */
    if (sqlite3_value_type(values[1]) == SQLITE_NULL ||
        !message_channel_load(&channel, sqlite3_user_data(context), sqlite3_value_int64(values[0]))) {
        return;
    }
    int64_t read = message_rank(&channel, sqlite3_value_int64(values[1]) + 1);
    sqlite3_result_int64(context, message_count(&channel) - read);
    message_channel_free(&channel);
}

void message_register(const message_source *source) {
    sqlite3 *handle = store_handle(source->store);
    void *data = (void *)(uintptr_t)source;
    sqlite3_create_function(handle, "last_message_sid", 1, SQLITE_UTF8, data, message_sql_last, NULL, NULL);
    sqlite3_create_function(handle, "unread_messages", 2, SQLITE_UTF8, data, message_sql_unread, NULL, NULL);
}
