/* Writes of messages, which the store does not hold until they are changed (message.h). */
#ifndef EMULATOR_WRITE_MESSAGE_H
#define EMULATOR_WRITE_MESSAGE_H

#include "emulator.h"

void write_message_create(exchange *self);
void write_message_update(exchange *self);
void write_message_remove(exchange *self);

#endif
