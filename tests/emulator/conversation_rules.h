/*
** What Conversations asks for when something is written, beyond the parameters: see write_rules.h for Chat's rules,
** which call these.
*/
#ifndef EMULATOR_CONVERSATION_RULES_H
#define EMULATOR_CONVERSATION_RULES_H

#include "emulator.h"
#include "parameters.h"

/* Whether what the path names takes writes: false after setting the error of a conversation that is closed or not yet
** ready. A closed one can still be deleted as a whole. */
bool conversation_rules_open(exchange *self);

/* Check a create and add default values; check an update of a row. Return false after setting an error. */
bool conversation_rules_create(exchange *self, changes *values);
bool conversation_rules_update(exchange *self, changes *values, int64_t id);

/* The error code for a row that exists already. */
int conversation_rules_conflict(const exchange *self);

#endif
