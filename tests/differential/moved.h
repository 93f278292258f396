/*
** What changes under a query: the server between two of its runs.
**
** The emulator's control path ends every friendly_name with a mark and takes the mark away again; nothing else changes, so that a
** later query finds the data as it was. The reference follows.
*/
#ifndef DIFFERENTIAL_MOVED_H
#define DIFFERENTIAL_MOVED_H

#include "http.h"

#include <sqlite3.h>

/* Marks the names on both sides; takes the marks away. False, with the reason printed, on a failure. */
bool moved_begin(http_client *client, sqlite3 *reference, unsigned version);
bool moved_end(http_client *client, sqlite3 *reference, unsigned version);

#endif
