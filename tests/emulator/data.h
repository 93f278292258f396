/* The data set that an emulator serves: generated or taken from its database file, and made anew. */
#ifndef EMULATOR_DATA_H
#define EMULATOR_DATA_H

#include "emulator.h"

/* Opens the store, fills it if it is empty, and sets layout, authors and messages. options must be set. */
void data_open(emulator *self);
void data_close(emulator *self);

/*
** Drops everything and generates data from another seed, as a new start would. Only for data in memory (false
** otherwise), and only while no other request is under way.
*/
bool data_renew(emulator *self, int64_t seed);

#endif
