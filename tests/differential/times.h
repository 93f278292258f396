/* chat_time() for a connection without the extension, so that both sides of a query have it. */
#ifndef DIFFERENTIAL_TIMES_H
#define DIFFERENTIAL_TIMES_H

#include <sqlite3.h>
#include <stdbool.h>

/* Of up to two arguments. False on an error. */
bool times_create(sqlite3 *db);

#endif
