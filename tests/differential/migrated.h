/*
** What v2's data becomes on Conversations, written down from the vendor's pages on the migration, on purpose not from the
** extension's catalogue: public channels and what has no counterpart are gone; what is Conversations' own (the URLs of its
** resources, the messaging service, the settings it gives every service) is fetched from there.
*/
#ifndef DIFFERENTIAL_MIGRATED_H
#define DIFFERENTIAL_MIGRATED_H

#include <sqlite3.h>
#include <stdbool.h>

#include "http.h"

/* Changes v2's whole data set, as copy_fetch has put it into db. conversations_url: its origin. False, with the reason on
** standard output, on failure. */
bool migrated_change(sqlite3 *db, http_client *client, const char *conversations_url);

#endif
