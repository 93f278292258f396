/*
** The reference: ordinary tables that hold the emulator's whole data set, fetched by this program itself.
**
** Every table's lists are read under every parent, following next_page_url; rows whose list leaves values out are
** replaced by their single resource. What a column should show follows the contract: booleans 0 and 1, objects and
** arrays as compact JSON text, parents taken from the path where the JSON lacks them, `path` without version.
*/
#ifndef DIFFERENTIAL_COPY_H
#define DIFFERENTIAL_COPY_H

#include "http.h"

#include <sqlite3.h>
#include <stdbool.h>

/* Creates and fills all chat tables that the version has, from its origin, page_size rows a page (0: the
** endpoint's maximum). False, with the reason on standard output, if anything is missing. */
bool copy_fetch(sqlite3 *db, http_client *client, const char *origin, unsigned version, int page_size);

/* Creates all chat tables of the version in `to`, with the rows of `from` that belong to one service (NULL: all
** rows). Credentials belong to the account and are always copied. False, with the reason printed, on an error. */
bool copy_filtered(sqlite3 *from, sqlite3 *to, unsigned version, const char *service_sid);

/* A statement that inserts one whole row into a chat table; NULL, with the reason printed, on an error. */
sqlite3_stmt *copy_prepare_insert(sqlite3 *db, const char *table_name);

#endif
