/* Rows to JSON: see render.h. */
#include "render.h"

#include "clock.h"
#include "render_conversation.h"

#include <stdlib.h>
#include <string.h>

const char *render_version(int version) {
    return version == API_V2 ? "/v2" : version == API_V3 ? "/v3" : "/v1";
}

/* Whether a list's row hides its attributes, as v1's do. */
static bool render_hides(const exchange *self, bool list, int64_t position) {
    int mode = self->emulator->options.hide_attributes;
    bool hidden = mode == HIDE_ALWAYS || (mode == HIDE_AUTO && self->version == API_V1) ||
                  (mode == HIDE_MIXED && position % 2 == 1);
    return list && hidden;
}

void render_date(exchange *self, int64_t seconds) {
    buffer_byte(&self->answer, '"');
    clock_append(&self->answer, seconds, self->emulator->options.dates == DATES_RFC2822);
    buffer_byte(&self->answer, '"');
}

static void render_null(exchange *self) {
    buffer_append(&self->answer, "null", 4);
}

static void render_boolean(exchange *self, bool value) {
    buffer_text(&self->answer, value ? "true" : "false");
}

static void render_text(exchange *self, sqlite3_stmt *row, int column) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    buffer_json(&self->answer, text, (size_t)sqlite3_column_bytes(row, column));
}

/* Writes a URL from its template, or null, and returns false, where one of the columns it names is null. */
static bool render_url(exchange *self, sqlite3_stmt *row, const char *template) {
    size_t start = self->answer.length;
    buffer_byte(&self->answer, '"');
    buffer_append(&self->answer, self->origin.data, self->origin.length);
    buffer_text(&self->answer, render_version(self->version));
    if (*template == '{' && self->version == API_SERVICE) {
        buffer_text(&self->answer, "/Services/");
    } else if (*template == '{') {
        template = strchr(template, '/'); /* the account's tree does not name its service */
    }
    while (*template) {
        size_t plain = strcspn(template, "{");
        buffer_append(&self->answer, template, plain);
        template += plain;
        if (*template == '{') {
            char *end = NULL;
            int column = (int)strtol(template + 1, &end, 10);
            const char *text = (const char *)sqlite3_column_text(row, column);
            if (!text) {
                self->answer.length = start;
                render_null(self);
                return false;
            }
            buffer_percent(&self->answer, text, (size_t)sqlite3_column_bytes(row, column));
            template = end + 1;
        }
    }
    buffer_byte(&self->answer, '"');
    return true;
}

static void render_links(exchange *self, const resource *what, sqlite3_stmt *row) {
    char separator = '{';
    for (int at = 0; at < RESOURCE_LINKS && what->links[at].name; at++) {
        if (what->links[at].versions & self->version) {
            size_t before = self->answer.length;
            buffer_format(&self->answer, "%c\"%s\":", separator, what->links[at].name);
            bool optional = what->links[at].template[0] == '?';
            bool there = render_url(self, row, what->links[at].template + (optional ? 1 : 0)) || !optional;
            self->answer.length = there ? self->answer.length : before;
            separator = there ? ',' : separator;
        }
    }
    buffer_byte(&self->answer, '}');
}

static void render_attributes(exchange *self, sqlite3_stmt *row, int column, bool hidden) {
    bool unset = sqlite3_column_type(row, column) == SQLITE_NULL;
    if (hidden || (unset && self->creating && self->version == API_V1)) {
        render_null(self); /* v1's samples: null after a create without attributes, "{}" when fetched */
    } else if (unset) {
        buffer_text(&self->answer, "\"{}\"");
    } else {
        render_text(self, row, column);
    }
}

static void render_stored(exchange *self, const resource_field *field, sqlite3_stmt *row) {
    if (sqlite3_column_type(row, field->column) == SQLITE_NULL) {
        render_null(self);
    } else if (field->kind == FIELD_TEXT) {
        render_text(self, row, field->column);
    } else if (field->kind == FIELD_INTEGER) {
        buffer_integer(&self->answer, sqlite3_column_int64(row, field->column));
    } else if (field->kind == FIELD_BOOLEAN) {
        render_boolean(self, sqlite3_column_int(row, field->column) != 0);
    } else if (field->kind == FIELD_DATE) {
        render_date(self, sqlite3_column_int64(row, field->column));
    } else {
        buffer_append(&self->answer, sqlite3_column_text(row, field->column),
                      (size_t)sqlite3_column_bytes(row, field->column));
    }
}

static void render_field(exchange *self, const resource *what, const resource_field *field, sqlite3_stmt *row,
                         bool list, int64_t position) {
    switch (field->kind) {
    case FIELD_ACCOUNT:
        buffer_format(&self->answer, "\"%s\"", self->emulator->options.account_sid);
        break;
    case FIELD_URL:
        render_url(self, row, field->template);
        break;
    case FIELD_LINKS:
        render_links(self, what, row);
        break;
    case FIELD_ATTRIBUTES:
        render_attributes(self, row, field->column, render_hides(self, list, position));
        break;
    case FIELD_ALWAYS:
        render_attributes(self, row, field->column, false);
        break;
    case FIELD_REACHABLE:
        if (list || !sqlite3_column_int(row, field->column + 1)) {
            render_null(self);
        } else {
            render_boolean(self, sqlite3_column_int(row, field->column) != 0);
        }
        break;
    case FIELD_STATUS:
        if (sqlite3_column_type(row, field->column) == SQLITE_NULL) {
            buffer_text(&self->answer, self->version == API_V1 ? "\"not_participating\"" : "\"notParticipating\"");
            break;
        }
        render_text(self, row, field->column);
        break;
    default:
        render_stored(self, field, row);
    }
}

void render_row(exchange *self, const resource *what, sqlite3_stmt *row, bool list, int64_t position) {
    char separator = '{';
    for (int at = 0; at < RESOURCE_FIELDS && what->fields[at].name; at++) {
        const resource_field *field = &what->fields[at];
        if (field->versions & self->version) {
            buffer_byte(&self->answer, separator);
            buffer_byte(&self->answer, '"');
            buffer_text(&self->answer, field->name);
            buffer_append(&self->answer, "\":", 2);
            render_field(self, what, field, row, list, position);
            separator = ',';
        }
    }
    buffer_byte(&self->answer, '}');
}

/* --- messages --- */

void render_frame_make(render_frame *frame, const exchange *self, const message_channel *channel) {
    *frame = (render_frame){{0}, {0}, NULL};
    if (self->version & API_CONVERSATIONS) {
        frame->conversation = render_conversation_frame(self, channel);
        return;
    }
    buffer_format(&frame->owner,
                  "\",\"account_sid\":\"%s\",\"service_sid\":\"%s\",\"to\":\"%s\",\"channel_sid\":\"%s\","
                  "\"date_created\":",
                  self->emulator->options.account_sid, channel->service_sid, channel->sid, channel->sid);
    buffer_text(&frame->address, ",\"url\":\"");
    buffer_append(&frame->address, self->origin.data, self->origin.length);
    buffer_format(&frame->address, "%s/Services/%s/Channels/%s/Messages/", render_version(self->version),
                  channel->service_sid, channel->sid);
}

void render_frame_free(render_frame *frame) {
    buffer_free(&frame->owner);
    buffer_free(&frame->address);
    render_conversation_free(frame->conversation);
}

static void render_piece(exchange *self, const text_piece *piece) {
    if (piece->raw) {
        text_append_piece(&self->answer, piece);
    } else {
        render_null(self);
    }
}

#define LITERAL(out, text) buffer_append(out, text, sizeof(text) - 1)

static void render_message_attributes(exchange *self, const message *what, bool list, int64_t position) {
    bool unset = !what->attributes.raw;
    if (render_hides(self, list, position) || (unset && self->creating && self->version == API_V1)) {
        render_null(self);
    } else if (unset) {
        LITERAL(&self->answer, "\"{}\"");
    } else {
        render_piece(self, &what->attributes);
    }
}

static void render_message_v2(exchange *self, const message *what) {
    buffer *out = &self->answer;
    LITERAL(out, ",\"last_updated_by\":");
    render_piece(self, &what->updated_by);
    if (what->media.raw) {
        LITERAL(out, ",\"type\":\"media\",\"media\":");
        buffer_append(out, what->media.raw, what->media.length);
    } else {
        LITERAL(out, ",\"type\":\"text\",\"media\":null");
    }
}

void render_message(exchange *self, const render_frame *frame, const message *what, bool list, int64_t position) {
    buffer *out = &self->answer;
    if (frame->conversation) {
        render_conversation_message(self, frame->conversation, what);
        return;
    }
    LITERAL(out, "{\"sid\":\"");
    buffer_append(out, what->sid, SID_LENGTH);
    buffer_append(out, frame->owner.data, frame->owner.length);
    render_date(self, what->created);
    LITERAL(out, ",\"date_updated\":");
    render_date(self, what->updated);
    if (what->edited) {
        LITERAL(out, ",\"was_edited\":true,\"from\":");
    } else {
        LITERAL(out, ",\"was_edited\":false,\"from\":");
    }
    render_piece(self, &what->author);
    LITERAL(out, ",\"attributes\":");
    render_message_attributes(self, what, list, position);
    LITERAL(out, ",\"body\":");
    text_append_json(out, &what->body);
    LITERAL(out, ",\"index\":");
    buffer_integer(out, what->index);
    if (self->version == API_V2) {
        render_message_v2(self, what);
    }
    buffer_append(out, frame->address.data, frame->address.length);
    buffer_append(out, what->sid, SID_LENGTH);
    LITERAL(out, "\"}");
}
