/* The extension's own small tables, one file each. */
#ifndef CHAT_OWN_TABLES_H
#define CHAT_OWN_TABLES_H

#include "table/small_table.h"

extern const small_table
    settings_table; /* chat_settings: UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version' */
extern const small_table requests_table; /* chat_requests: one row for each HTTP attempt; DELETE empties it */
extern const small_table
    writes_table; /* chat_writes: the calls of the current or last transaction, and their outcome */
extern const small_table columns_table; /* chat_columns: what can be done with each column of each table */

#endif
