/*
** Rows to JSON. A row of any resource but messages follows its resource's field list; messages have a writer of their
** own, because a page of a thousand of them must cost next to nothing.
*/
#ifndef EMULATOR_RENDER_H
#define EMULATOR_RENDER_H

#include "emulator.h"
#include "resource.h"

/* Appends the statement's current row to the answer. list: as part of a list, whose row-th it is. */
void render_row(exchange *self, const resource *what, sqlite3_stmt *row, bool list, int64_t position);

/* The parts of a message's JSON that are the same for all messages of a channel. */
typedef struct render_frame {
    buffer owner;                            /* from account_sid up to the opening quote of date_created */
    buffer address;                          /* from url up to the message's SID */
    struct conversation_frame *conversation; /* of Conversations; NULL on Chat */
} render_frame;

void render_frame_make(render_frame *frame, const exchange *self, const message_channel *channel);
void render_frame_free(render_frame *frame);

/* Appends a message to the answer. */
void render_message(exchange *self, const render_frame *frame, const message *what, bool list, int64_t position);

/* Appends a date in the form that options.dates has. */
void render_date(exchange *self, int64_t seconds);

/* "/v1" and so on. */
const char *render_version(int version);

#endif
