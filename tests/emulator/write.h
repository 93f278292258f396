/*
** Answers of POST and DELETE: create, update and remove, for every resource.
*/
#ifndef EMULATOR_WRITE_H
#define EMULATOR_WRITE_H

#include "emulator.h"

/* POST to a list: makes a row, answers 201 with it. */
void write_create(exchange *self);

/* POST to a resource: changes what the form names, answers 200 with the row. */
void write_update(exchange *self);

/* DELETE of a resource: answers 204 without a body. */
void write_remove(exchange *self);

#endif
