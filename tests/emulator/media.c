/* Media: see media.h. */
#include "media.h"

#include "clock.h"
#include "errors.h"
#include "journal.h"
#include "ports.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEDIA_TEMPORARY = 300, MEDIA_UNATTACHED = 300 }; /* seconds */

/* What there is to know of a medium. Texts are owned buffers. */
typedef struct medium {
    char sid[SID_LENGTH + 1], service_sid[SID_LENGTH + 1];
    char channel_sid[SID_LENGTH + 1], message_sid[SID_LENGTH + 1]; /* empty: not attached */
    int64_t size, created;
    int64_t uploaded; /* its row in `media`; 0: computed */
    buffer type, filename, author;
    bool named; /* it has a filename */
} medium;

static void medium_free(medium *self) {
    buffer_free(&self->type);
    buffer_free(&self->filename);
    buffer_free(&self->author);
}

/* --- finding --- */

static void medium_read_object(medium *self, const char *text, size_t length) {
    json_t *object = json_loadb(text, length, JSON_ALLOW_NUL, NULL);
    const char *type = json_string_value(json_object_get(object, "content_type"));
    const char *name = json_string_value(json_object_get(object, "filename"));
    self->size = json_integer_value(json_object_get(object, "size"));
    self->type.length = self->filename.length = 0;
    buffer_text(&self->type, type ? type : "application/octet-stream");
    buffer_text(&self->filename, name ? name : "");
    self->named = name != NULL;
    json_decref(object);
}

static void medium_take_message(medium *self, const message_channel *channel, const message *from) {
    snprintf(self->message_sid, sizeof self->message_sid, "%.34s", from->sid);
    snprintf(self->channel_sid, sizeof self->channel_sid, "%s", channel->sid);
    self->author.length = 0;
    buffer_append(&self->author, from->author.raw, from->author.length);
    if (!self->uploaded) {
        self->created = from->created;
        medium_read_object(self, from->media.raw, from->media.length);
    }
}

/* In the channel of that row? */
static bool medium_look_in(medium *self, const emulator *owner, int64_t channel_id) {
    message_channel channel;
    message_cursor cursor;
    message found;
    if (!message_channel_load(&channel, &owner->messages, channel_id)) {
        return false;
    }
    bool known = message_find_media(&cursor, &channel, self->sid, &found);
    if (known) {
        medium_take_message(self, &channel, &found);
    }
    message_walk_end(&cursor);
    message_channel_free(&channel);
    return known;
}

static bool medium_look_in_all(medium *self, const emulator *owner, int64_t service_id) {
    int64_t *channels = NULL;
    size_t count = 0;
    bool known = false;
    sqlite3_stmt *statement =
        store_prepare(owner->store, "SELECT id, count(*) OVER () FROM channels WHERE service_id = ?1");
    store_bind(statement, "i", service_id);
    while (store_step(statement)) {
        channels = channels ? channels : buffer_allocate((size_t)sqlite3_column_int64(statement, 1) * sizeof *channels);
        channels[count++] = sqlite3_column_int64(statement, 0);
    }
    store_done(statement);
    for (size_t at = 0; at < count && !known; at++) {
        known = medium_look_in(self, owner, channels[at]);
    }
    free(channels);
    return known;
}

static void medium_read_upload(medium *self, const emulator *owner, int64_t service_id) {
    sqlite3_stmt *statement = store_prepare(
        owner->store, "SELECT id, content_type, filename, length(content), date_created FROM media WHERE sid = ?1"
                      " AND service_id = ?2");
    store_bind(statement, "ti", self->sid, service_id);
    if (store_step(statement)) {
        const char *name = (const char *)sqlite3_column_text(statement, 2);
        self->uploaded = sqlite3_column_int64(statement, 0);
        buffer_text(&self->type, (const char *)sqlite3_column_text(statement, 1));
        buffer_text(&self->filename, name ? name : "");
        buffer_text(&self->author, "system");
        self->named = name != NULL;
        self->size = sqlite3_column_int64(statement, 3);
        self->created = sqlite3_column_int64(statement, 4);
    }
    store_done(statement);
}

/* Fills *self, which the caller frees in any case. */
static bool medium_find(medium *self, const emulator *owner, int64_t service_id, const char *sid) {
    *self = (medium){0};
    if (strlen(sid) != SID_LENGTH || strncmp(sid, "ME", 2) != 0) {
        return false;
    }
    memcpy(self->sid, sid, SID_LENGTH);
    medium_read_upload(self, owner, service_id);
    bool attached = medium_look_in_all(self, owner, service_id);
    return attached || (self->uploaded && emulator_milliseconds(owner) / 1000 < self->created + MEDIA_UNATTACHED);
}

void media_describe(const exchange *self, const char *sid, buffer *out) {
    medium found = {0};
    snprintf(found.sid, sizeof found.sid, "%s", sid);
    medium_read_upload(&found, self->emulator, self->service_id);
    buffer_format(out, "{\"sid\":\"%s\",\"size\":%lld,\"content_type\":", sid,
                  found.uploaded ? (long long)found.size : 1024);
    if (found.uploaded) {
        buffer_json(out, found.type.data, found.type.length);
    } else {
        buffer_text(out, "\"text/plain\"");
    }
    buffer_text(out, ",\"filename\":");
    if (found.named) {
        buffer_json(out, found.filename.data, found.filename.length);
    } else {
        buffer_text(out, "null");
    }
    buffer_byte(out, '}');
    medium_free(&found);
}

/* --- what it is --- */

/* As recorded ones: with a fraction and the zone of the vendor's clock. */
static void medium_append_date(buffer *out, int64_t seconds) {
    clock_append(out, seconds - 7 * 3600, false);
    out->length--; /* the Z */
    buffer_format(out, ".%06lld-07:00", (long long)(seconds % 997 * 1000));
}

static void medium_append_nullable(buffer *out, const char *key, const char *sid) {
    buffer_format(out, ",\"%s\":", key);
    buffer_format(out, *sid ? "\"%s\"" : "null", sid);
}

static uint64_t media_signature(const emulator *owner, const char *sid, const char *service_sid, int64_t expires) {
    uint64_t state = random_mix((uint64_t)owner->layout.data.seed ^ 0x6d65646961);
    for (const char *at = sid; *at; at++) {
        state = random_mix(state ^ (unsigned char)*at);
    }
    for (const char *at = service_sid; *at; at++) {
        state = random_mix(state ^ (unsigned char)*at);
    }
    return random_mix(state ^ (uint64_t)expires);
}

/* The service stands in it since nobody else says whose it is. */
static void medium_append_temporary(const exchange *self, const medium *what, buffer *out) {
    const char *origin = port_public_url(self->emulator, PORT_CONTENT);
    int64_t expires = emulator_milliseconds(self->emulator) / 1000 + MEDIA_TEMPORARY;
    if (origin) {
        buffer_text(out, origin);
    } else {
        buffer_format(out, "http://127.0.0.1:%d", self->emulator->ports[PORT_CONTENT]);
    }
    buffer_format(
        out, "/%s?Expires=%lld&Signature=%016llx~%s__&Key-Pair-Id=APKAEMULATOR", what->sid, (long long)expires,
        (unsigned long long)media_signature(self->emulator, what->sid, what->service_sid, expires), what->service_sid);
}

static void medium_show(exchange *self, const medium *what, int status) {
    buffer *out = &self->answer;
    self->status = status;
    buffer_format(out, "{\"sid\":\"%s\",\"service_sid\":\"%s\"", what->sid, what->service_sid);
    static const char *const dates[] = {"date_created", "date_upload_updated", "date_updated"};
    for (size_t at = 0; at < sizeof dates / sizeof *dates; at++) {
        buffer_format(out, ",\"%s\":\"", dates[at]);
        medium_append_date(out, what->created);
        buffer_byte(out, '"');
    }
    buffer_format(out, ",\"links\":{\"content\":\"/v1/Services/%s/Media/%s/Content\"", what->service_sid, what->sid);
    if (status != 201) {
        buffer_text(out, ",\"content_direct_temporary\":\"");
        medium_append_temporary(self, what, out);
        buffer_byte(out, '"');
    }
    buffer_format(out, "},\"size\":%lld,\"content_type\":", (long long)what->size);
    buffer_json(out, what->type.data, what->type.length);
    buffer_text(out, ",\"filename\":");
    if (what->named) {
        buffer_json(out, what->filename.data, what->filename.length);
    } else {
        buffer_text(out, "null");
    }
    buffer_text(out, ",\"author\":");
    buffer_json(out, what->author.data, what->author.length);
    buffer_text(out, ",\"category\":\"media\"");
    medium_append_nullable(out, "message_sid", what->message_sid);
    medium_append_nullable(out, "channel_sid", what->channel_sid);
    buffer_format(out, ",\"url\":\"/v1/Services/%s/Media/%s\",\"is_multipart_upstream\":false}", what->service_sid,
                  what->sid);
}

static void media_upload(exchange *self) {
    medium made = {0};
    const form_field *name = form_find(&self->query, "Filename");
    generate_sid(self->emulator->store, self->emulator->layout.data.seed, "ME", self->written_sid);
    memcpy(made.sid, self->written_sid, sizeof made.sid);
    memcpy(made.service_sid, self->service_sid, sizeof made.service_sid);
    made.created = emulator_now(self->emulator);
    made.size = (int64_t)self->body.length;
    made.named = name != NULL;
    buffer_text(&made.type, self->body_type ? self->body_type : "application/octet-stream");
    buffer_text(&made.author, "system");
    if (name) {
        buffer_append(&made.filename, name->value, name->length);
    }
    sqlite3_stmt *statement = store_prepare(
        self->emulator->store, "INSERT INTO media(service_id, sid, content_type, filename, content, date_created)"
                               " VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
    store_bind(statement, "itt", self->service_id, made.sid, buffer_terminated(&made.type));
    if (name) {
        sqlite3_bind_text64(statement, 4, name->value, name->length, SQLITE_STATIC, SQLITE_UTF8);
    }
    sqlite3_bind_blob64(statement, 5, self->body.length ? self->body.data : "", self->body.length, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 6, made.created);
    store_step(statement);
    store_done(statement);
    journal_write(self->emulator->journal, self);
    medium_show(self, &made, 201);
    medium_free(&made);
}

/* /v1/Services/{IS}/Media[/{ME}] */
void media_answer(exchange *self) {
    static const char *const words[] = {"v1", "Services", NULL, "Media"};
    bool right = self->segment_count == 4 || self->segment_count == 5;
    for (int at = 0; right && at < 4; at++) {
        right = !words[at] || strcmp(self->segments[at], words[at]) == 0;
    }
    if (right) {
        snprintf(self->service_sid, sizeof self->service_sid, "%s", self->segments[2]);
        self->service_id =
            store_number(self->emulator->store, 0, "SELECT id FROM services WHERE sid = ?1", "t", self->segments[2]);
    }
    if (!right || !self->service_id) {
        errors_not_found(self);
        return;
    }
    if (self->segment_count == 4 && strcmp(self->method, "POST") == 0) {
        media_upload(self);
        return;
    }
    medium found;
    if (self->segment_count == 4 || strcmp(self->method, "GET") != 0) {
        errors_set(self, ERROR_METHOD);
    } else if (medium_find(&found, self->emulator, self->service_id, self->segments[4])) {
        memcpy(found.service_sid, self->service_sid, sizeof found.service_sid);
        medium_show(self, &found, 200);
        medium_free(&found);
    } else {
        medium_free(&found);
        errors_not_found(self);
    }
}

/* --- its bytes --- */

static void media_compute(const char *sid, int64_t size, buffer *out) {
    uint64_t state = 0;
    for (const char *at = sid; *at; at++) {
        state = random_mix(state ^ (unsigned char)*at);
    }
    char *bytes = size > 0 ? buffer_reserve(out, (size_t)size + 8) : NULL;
    for (int64_t at = 0; at < size; at += 8) {
        uint64_t word = random_next(&state);
        memcpy(bytes + at, &word, sizeof word);
    }
    out->length += (size_t)(size > 0 ? size : 0);
}

static void media_load(const emulator *owner, int64_t id, buffer *out) {
    sqlite3_stmt *statement = store_prepare(owner->store, "SELECT content FROM media WHERE id = ?1");
    store_bind(statement, "i", id);
    if (store_step(statement)) {
        size_t length = (size_t)sqlite3_column_bytes(statement, 0);
        buffer_append(out, length ? sqlite3_column_blob(statement, 0) : "", length);
    }
    store_done(statement);
}

/* As the vendor's store of files says no: in XML. */
static void media_refuse(exchange *self, int status, const char *code) {
    self->status = status;
    buffer_text(&self->answer_type, "text/xml");
    buffer_byte(&self->answer_type, '\0');
    buffer_format(&self->answer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code></Error>", code);
}

/* The service that a signature names and was made for; "": it is none of ours, or too old. */
static bool media_is_signed(const exchange *self, const char *sid, char *service_sid) {
    const char *signature = form_text(&self->query, "Signature", "");
    const char *mark = strchr(signature, '~');
    int64_t expires = strtoll(form_text(&self->query, "Expires", "0"), NULL, 10);
    if (!mark || strlen(mark + 1) < SID_LENGTH) {
        return false;
    }
    snprintf(service_sid, SID_LENGTH + 1, "%.34s", mark + 1);
    return expires > emulator_milliseconds(self->emulator) / 1000 &&
           strtoull(signature, NULL, 16) == media_signature(self->emulator, sid, service_sid, expires);
}

void media_give_content(exchange *self) {
    medium found = {0};
    char service_sid[SID_LENGTH + 1] = "";
    const char *sid = self->segment_count == 1 ? self->segments[0] : "";
    if (self->signs_in) {
        media_refuse(self, 400, "InvalidArgument");
    } else if (strcmp(self->method, "GET") != 0) {
        media_refuse(self, 405, "MethodNotAllowed");
    } else if (!media_is_signed(self, sid, service_sid) ||
               !medium_find(
                   &found, self->emulator,
                   store_number(self->emulator->store, 0, "SELECT id FROM services WHERE sid = ?1", "t", service_sid),
                   sid)) {
        media_refuse(self, 403, "AccessDenied");
    } else {
        self->status = 200;
        buffer_append(&self->answer_type, found.type.data, found.type.length);
        buffer_byte(&self->answer_type, '\0');
        if (found.uploaded) {
            media_load(self->emulator, found.uploaded, &self->answer);
        } else {
            media_compute(sid, found.size, &self->answer);
        }
    }
    medium_free(&found);
}
