/*
** Messages. A channel's messages are a run of computed ones followed by stored ones:
**
**     position 0 .. generated-1     computed from (seed, channel's ordinal, position) whenever they are read
**     after them                    rows of table `messages`, written over the API
**
** A computed message that is edited gets a row in `messages` that replaces it; one that is deleted gets a row in
** `holes`. So millions of messages cost no memory and no start-up time, and every one can be addressed: by rank
** (paging), by index (tokens, unread counts) and by SID (the SID of a computed message is its ordinal and index under a
** bijection, with a check half).
**
** Index: computed messages leave gaps, some channels every few messages and one large one, as the API's do.
** Rank: how many messages of the channel that still exist have a smaller index.
*/
#ifndef EMULATOR_MESSAGE_H
#define EMULATOR_MESSAGE_H

#include "layout.h"
#include "random.h"
#include "store.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

/* What messages need beside the channel. All borrowed; layout must be that of the stored data. */
typedef struct message_source {
    store *store;
    const layout *layout;
    const text_piece *authors; /* identities of all generated users, by position */
} message_source;

/* A channel as its messages see it. */
typedef struct message_channel {
    const message_source *source;
    int64_t id, ordinal;
    int64_t generated, stored, edits, next_index;
    char sid[SID_LENGTH + 1], service_sid[SID_LENGTH + 1];
    const layout_service *service; /* NULL where nothing is computed */
    int64_t *holes;                /* sorted positions; owned */
    int64_t hole_count;
    /* the shape of the computed run */
    uint64_t key;
    int64_t gap, phase, jump_at, start, step, long_position;
} message_channel;

typedef struct message {
    char sid[SID_LENGTH];
    int64_t index, created, updated;
    bool edited, computed;
    text_piece author;
    text_piece updated_by; /* raw NULL: none */
    text_body body;
    text_piece attributes; /* raw NULL: never set */
    text_piece media;      /* JSON object; raw NULL: none */
    text_piece content;    /* SID of a template; raw NULL: none */
    text_piece own;        /* holds a stored body; body points here */
    char media_text[160];
} message;

/* Fills *self for a channel's row id. Returns false where there is none. Free with message_channel_free. */
bool message_channel_load(message_channel *self, const message_source *source, int64_t id);
void message_channel_free(message_channel *self);

/* How many messages exist. */
int64_t message_count(const message_channel *self);

/* How many have an index smaller than this one. */
int64_t message_rank(const message_channel *self, int64_t index);

/* A walk from a rank, upwards or downwards. Texts of *out live until the next call. */
typedef struct message_cursor {
    message_channel *channel;
    int64_t rank, step;
    sqlite3_stmt *stored, *edited;
} message_cursor;

void message_walk(message_cursor *self, message_channel *channel, int64_t rank, bool down);
bool message_next(message_cursor *self, message *out);
void message_walk_end(message_cursor *self);

/* Finds a message by its SID and leaves the cursor on it: *out lives until message_walk_end, which must be called
** also after false (not found). */
bool message_find(message_cursor *self, message_channel *channel, const char *sid, message *out);

/* The same by the SID (SID_LENGTH characters) of what is attached to it. */
bool message_find_media(message_cursor *self, message_channel *channel, const char *media_sid, message *out);

/* Appends a message with these raw values and gives it the next index. NULL texts are SQL NULL. */
typedef struct message_values {
    char sid[SID_LENGTH + 1];
    int64_t index, created, updated;
    bool edited;
    const char *author, *body, *attributes, *updated_by, *media, *content;
    size_t author_length, body_length, attributes_length, updated_by_length, media_length, content_length;
} message_values;

/* A copy of a found message as raw values; body bytes go to *body, which owns them and must live as long. */
void message_values_from(message_values *out, const message *from, buffer *body);

/* Stores values: a new message (values->index is set to the next) or a changed one. */
void message_add(message_channel *self, message_values *values);
void message_change(message_channel *self, const message_values *values, bool computed);
void message_remove(message_channel *self, const message *found);

/* Registers SQL functions: last_message_sid(channel_id) and unread_messages(channel_id, last consumed index). source
** must outlive the connection. */
void message_register(const message_source *source);

#endif
