/*
** What each resource asks for when it is written, beyond its parameters: uniqueness, limits, defaults, side effects.
*/
#ifndef EMULATOR_WRITE_RULES_H
#define EMULATOR_WRITE_RULES_H

#include "emulator.h"
#include "parameters.h"

/* Checks a create and adds default values. Returns false after setting an error. */
bool write_rules_create(exchange *self, changes *values);

/* A participant's identity, if it has one: no other has it, and there is such a user; one who is new has a role. The
** first part of what a user who is new has. */
bool write_rules_person(exchange *self, changes *values);
void write_rules_user_role(exchange *self, changes *values);

/* What follows a create in the same transaction. self->written_sid is the new row. */
void write_rules_created(exchange *self);

/* Checks an update of a row and adds what follows from it. Returns false after setting an error. */
bool write_rules_update(exchange *self, changes *values, int64_t id);

/* The error code for a row that exists already. */
int write_rules_conflict(const exchange *self);

/* An update, and a delete, of a user_channel: its data is in the membership. id: the channel's row. */
bool write_rules_user_channel(exchange *self, changes *values, int64_t id);
void write_rules_leave(exchange *self, int64_t id);

#endif
