/* Writes of messages: see write_message.h. */
#include "write_message.h"

#include "conversation_state.h"
#include "errors.h"
#include "list.h"
#include "media.h"
#include "parameters.h"

#include <stdio.h>
#include <string.h>

enum { MESSAGE_BODY_MAXIMUM = 32768 }; /* bytes: code 50504 */

/* Puts the form's changes into the values of a message. media: room for the media's JSON. */
static void write_message_apply(const exchange *self, message_values *values, const changes *given, buffer *media) {
    for (int at = 0; at < given->count; at++) {
        const change *one = &given->list[at];
        if (strcmp(one->column, "body") == 0) {
            values->body = one->text;
            values->body_length = one->length;
        } else if (strcmp(one->column, "author") == 0) {
            values->author = one->text;
            values->author_length = one->length;
        } else if (strcmp(one->column, "attributes") == 0) {
            values->attributes = one->text;
            values->attributes_length = one->length;
        } else if (strcmp(one->column, "last_updated_by") == 0) {
            values->updated_by = one->text;
            values->updated_by_length = one->length;
        } else if (strcmp(one->column, "date_created") == 0) {
            values->created = one->integer;
        } else if (strcmp(one->column, "date_updated") == 0) {
            values->updated = one->integer;
        } else if (strcmp(one->column, "media") == 0) {
            media_describe(self, one->text, media);
            values->media = buffer_terminated(media);
            values->media_length = media->length;
        } else if (strcmp(one->column, "content_sid") == 0) {
            values->content = one->text;
            values->content_length = one->length;
        }
    }
}

static bool write_message_check(exchange *self, changes *given, bool create) {
    const change *body = changes_find(given, "body");
    if (create && !body && self->version == API_V1) {
        return errors_set(self, ERROR_BODY_MISSING);
    }
    return !body || body->length <= MESSAGE_BODY_MAXIMUM || errors_set(self, ERROR_BODY_LONG);
}

static bool write_message_load(exchange *self, message_channel *channel) {
    return message_channel_load(channel, &self->emulator->messages, self->scope_id) || errors_not_found(self);
}

static void write_message_add(exchange *self, message_channel *channel, const changes *given) {
    buffer media = {0};
    message_values values = {.author = "system", .author_length = 6, .created = emulator_now(self->emulator)};
    values.updated = -1;
    write_message_apply(self, &values, given, &media);
    values.updated = values.updated < 0 ? values.created : values.updated;
    if (!values.body && !values.media) {
        values.body = ""; /* null is stored as empty */
    }
    generate_sid(self->emulator->store, self->emulator->layout.data.seed, "IM", self->written_sid);
    memcpy(values.sid, self->written_sid, sizeof values.sid);
    if (values.content) {
        values.body = values.media = NULL; /* the template's text and media come instead */
        values.body_length = values.media_length = 0;
    }
    message_add(channel, &values);
    conversation_wake(self->emulator, channel->id);
    buffer_free(&media);
}

void write_message_create(exchange *self) {
    changes given;
    message_channel channel;
    bool done = parameters_read(&given, self, true) && write_message_check(self, &given, true) &&
                write_message_load(self, &channel);
    if (done) {
        write_message_add(self, &channel, &given);
        message_channel_free(&channel);
    }
    changes_free(&given);
    if (done) {
        self->creating = true;
        list_show(self, self->written_sid, 201);
    }
}

static void write_message_change(exchange *self, message_channel *channel, const message *found, changes *given) {
    buffer body = {0}, media = {0};
    message_values values;
    message_values_from(&values, found, &body);
    bool computed = found->computed;
    values.updated = emulator_now(self->emulator);
    values.edited = values.edited || changes_find(given, "body");
    write_message_apply(self, &values, given, &media);
    message_change(channel, &values, computed);
    buffer_free(&body);
    buffer_free(&media);
}

void write_message_update(exchange *self) {
    changes given = {.count = 0};
    message_channel channel;
    message_cursor cursor;
    message found;
    if (!write_message_load(self, &channel)) {
        return;
    }
    bool done = message_find(&cursor, &channel, self->key, &found) || errors_not_found(self);
    if (done) {
        done = parameters_read(&given, self, false) && write_message_check(self, &given, false);
    }
    if (done && given.count) {
        write_message_change(self, &channel, &found, &given);
    }
    if (done) {
        snprintf(self->written_sid, sizeof self->written_sid, "%s", self->key);
    }
    message_walk_end(&cursor);
    message_channel_free(&channel);
    changes_free(&given);
    if (done) {
        list_show(self, self->written_sid, 200);
    }
}

void write_message_remove(exchange *self) {
    message_channel channel;
    message_cursor cursor;
    message found;
    if (!write_message_load(self, &channel)) {
        return;
    }
    bool known = message_find(&cursor, &channel, self->key, &found) || errors_not_found(self);
    message_walk_end(&cursor); /* of *found only the numbers are used below */
    if (known) {
        message_remove(&channel, &found);
        snprintf(self->written_sid, sizeof self->written_sid, "%s", self->key);
        self->status = 204;
    }
    message_channel_free(&channel);
}
