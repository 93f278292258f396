/*
** From a request's path to what it names: version, resource, list or single row, and the rows of its parents.
*/
#ifndef EMULATOR_ROUTE_H
#define EMULATOR_ROUTE_H

#include "emulator.h"

/* Splits self->uri into decoded segments and the query form. */
void route_split(exchange *self);

/* Finds what the path names and the parents it goes through. Returns false after setting 404. */
bool route_resolve(exchange *self);

/* Answers a request that is signed in: checks the method and calls the reading or writing side. */
void route_answer(exchange *self);

#endif
