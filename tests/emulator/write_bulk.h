/*
** ConversationWithParticipants: a conversation and up to ten participants in one request, all or nothing.
*/
#ifndef EMULATOR_WRITE_BULK_H
#define EMULATOR_WRITE_BULK_H

#include "emulator.h"

/* Adds the participants that the form names to the conversation just written, in its transaction. add: reads the
** exchange's form as that of one participant and makes the row. Returns false after setting an error. */
bool write_bulk(exchange *self, bool (*add)(exchange *participant));

#endif
