/* What message.c and message_walk.c share: arithmetic on the computed run of a channel. */
#ifndef EMULATOR_MESSAGE_INTERNAL_H
#define EMULATOR_MESSAGE_INTERNAL_H

#include "message.h"

/* The index of a computed position, and the first position whose index is not smaller (generated if none). */
int64_t message_index(const message_channel *self, int64_t position);
int64_t message_position(const message_channel *self, int64_t index);

/* Computed messages that were not deleted. */
int64_t message_alive(const message_channel *self);

/* The position of the rank-th computed message that was not deleted; rank < message_alive. */
int64_t message_position_of_rank(const message_channel *self, int64_t rank);
bool message_is_hole(const message_channel *self, int64_t position);

/* Writes SID_LENGTH bytes; and back: the index, or -1 where the SID is not one of this channel's computed ones. */
void message_sid(const message_channel *self, int64_t index, char *out);
int64_t message_index_of_sid(const message_channel *self, const char *sid);

#endif
