/* The extension's own tables; see own_tables.h. */
#include "table/own_tables.h"

const small_table *const own_tables[OWN_TABLES_COUNT] = {&settings_table, &requests_table, &writes_table,
                                                         &columns_table};
