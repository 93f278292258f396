/* The extension's own tables, beside those of the resources. */
#ifndef CHAT_OWN_TABLES_H
#define CHAT_OWN_TABLES_H

#include "table/own_names.h"
#include "table/small_table.h"

extern const small_table settings_table; /* chat_settings: the settings, changed with UPDATE */
extern const small_table requests_table; /* chat_requests: one row for each HTTP attempt; DELETE empties it */
extern const small_table writes_table;   /* chat_writes: the calls of a transaction, before and after they are sent */
extern const small_table columns_table;  /* chat_columns: what can be done with each column of each table */

/* All of them. */
enum { OWN_TABLES_COUNT = 4 };
extern const small_table *const own_tables[OWN_TABLES_COUNT];

#endif
