/* A data set made without any server: to try the generator, and to prove that the comparison finds differences. */
#ifndef DIFFERENTIAL_STANDIN_H
#define DIFFERENTIAL_STANDIN_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* Creates all chat tables of version 2 and fills them: 3 services, about 60 channels. The same seed gives the same
** rows. False, with the reason printed, on an error. */
bool standin_create(sqlite3 *db, uint64_t seed);

#endif
