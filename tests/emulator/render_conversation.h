/*
** Messages as Conversations shows them. Who wrote one as a participant is looked up when it is shown: null for others.
*/
#ifndef EMULATOR_RENDER_CONVERSATION_H
#define EMULATOR_RENDER_CONVERSATION_H

#include "emulator.h"

/* What the messages of one conversation share in an answer. The caller owns it. */
struct conversation_frame *render_conversation_frame(const exchange *self, const message_channel *channel);
void render_conversation_free(struct conversation_frame *frame); /* NULL: nothing */

/* Appends a message to the answer. */
void render_conversation_message(exchange *self, const struct conversation_frame *frame, const message *what);

#endif
