/* Messages of Conversations: see render_conversation.h. */
#include "render_conversation.h"

#include "receipts.h"
#include "render.h"

#include <stdlib.h>
#include <string.h>

struct conversation_frame {
    int64_t channel;
    buffer owner;   /* from account_sid up to index */
    buffer address; /* the URL up to the message's SID */
    receipt_phones phones;
    bool old; /* of a conversation that came from Chat long ago: its messages lack a link */
};

struct conversation_frame *render_conversation_frame(const exchange *self, const message_channel *channel) {
    struct conversation_frame *frame = buffer_allocate(sizeof *frame);
    bool below = self->version == API_SERVICE;
    *frame = (struct conversation_frame){.channel = channel->id};
    buffer_format(&frame->owner, "\",\"account_sid\":\"%s\",", self->emulator->options.account_sid);
    if (below) {
        buffer_format(&frame->owner, "\"chat_service_sid\":\"%s\",", channel->service_sid);
    }
    buffer_format(&frame->owner, "\"conversation_sid\":\"%s\",\"index\":", channel->sid);
    buffer_append(&frame->address, self->origin.data, self->origin.length);
    buffer_format(&frame->address, "/v1%s%s/Conversations/%s/Messages/", below ? "/Services/" : "",
                  below ? channel->service_sid : "", channel->sid);
    receipt_phones_load(&frame->phones, self->emulator->store, channel->id);
    frame->old = store_number(self->emulator->store, 0, "SELECT state IS NULL FROM channels WHERE id = ?1", "i",
                              channel->id) != 0;
    return frame;
}

void render_conversation_free(struct conversation_frame *frame) {
    if (frame) {
        buffer_free(&frame->owner);
        buffer_free(&frame->address);
        receipt_phones_free(&frame->phones);
        free(frame);
    }
}

/* The array of media; the stored object, which is Chat's, lacks the category. */
static void render_media(buffer *out, const text_piece *media) {
    if (!media->raw) {
        buffer_append(out, "null", 4);
    } else {
        buffer_byte(out, '[');
        buffer_append(out, media->raw, media->length - 1);
        buffer_text(out, ",\"category\":\"media\"}]");
    }
}

/* The participant that has the author's identity or address. */
static void render_participant(exchange *self, int64_t channel, const text_piece *author) {
    sqlite3_stmt *row = store_prepare(self->emulator->store,
                                      "SELECT sid FROM members WHERE channel_id = ?1 AND identity = ?2 UNION ALL SELECT"
                                      " sid FROM members WHERE channel_id = ?1 AND address = ?2 AND address IS NOT NULL"
                                      " LIMIT 1");
    store_bind(row, "ib", channel, author->raw, author->length);
    if (store_step(row)) {
        buffer_format(&self->answer, "\"%s\"", (const char *)sqlite3_column_text(row, 0));
    } else {
        buffer_append(&self->answer, "null", 4);
    }
    store_done(row);
}

static void render_address(buffer *out, const struct conversation_frame *frame, const message *what) {
    buffer_append(out, frame->address.data, frame->address.length);
    buffer_append(out, what->sid, SID_LENGTH);
}

void render_conversation_message(exchange *self, const struct conversation_frame *frame, const message *what) {
    buffer *out = &self->answer;
    buffer_text(out, "{\"sid\":\"");
    buffer_append(out, what->sid, SID_LENGTH);
    buffer_append(out, frame->owner.data, frame->owner.length);
    buffer_integer(out, what->index);
    buffer_text(out, ",\"author\":");
    text_append_piece(out, &what->author);
    buffer_text(out, ",\"body\":");
    text_append_json(out, &what->body);
    buffer_text(out, ",\"media\":");
    render_media(out, &what->media);
    buffer_text(out, ",\"attributes\":");
    if (what->attributes.raw) {
        text_append_piece(out, &what->attributes);
    } else {
        buffer_text(out, "\"{}\"");
    }
    buffer_text(out, ",\"participant_sid\":");
    render_participant(self, frame->channel, &what->author);
    buffer_text(out, ",\"date_created\":");
    render_date(self, what->created);
    buffer_text(out, ",\"date_updated\":");
    render_date(self, what->updated);
    buffer_text(out, ",\"delivery\":");
    receipts_summary(&frame->phones, self, what, out);
    buffer_text(out, ",\"content_sid\":");
    if (what->content.raw) {
        text_append_piece(out, &what->content);
    } else {
        buffer_append(out, "null", 4);
    }
    buffer_text(out, ",\"url\":\"");
    render_address(out, frame, what);
    buffer_text(out, "\",\"links\":{\"delivery_receipts\":\"");
    render_address(out, frame, what);
    buffer_text(out, "/Receipts\"");
    if (!frame->old) {
        buffer_text(out, ",\"channel_metadata\":\"");
        render_address(out, frame, what);
        buffer_text(out, "/ChannelMetadata\"");
    }
    buffer_append(out, "}}", 2);
}
