/*
** Columns that the version of the API in force lacks: they read NULL, so a query that compares one finds nothing, which looks
** as if there were nothing. Who sits at a terminal is told so, in one line on stderr; no answer depends on it.
**
**     SELECT * FROM messages WHERE media IS NOT NULL;
**     chat: messages.media is NULL in v1; v2 and conversations have it
*/
#ifndef CHAT_LACKING_H
#define CHAT_LACKING_H

#include <stdint.h>

#include "base/sqlite.h"
#include "table/resource_vtab.h"

/* The columns, a bit each, that a statement compares in a way that NULL never meets. */
uint64_t lacking_compared(const catalog_resource *resource, const sqlite3_index_info *info);

/*
** Says which of these columns the version lacks, each once for a table: with the setting progress on, or where stderr is a
** terminal; never with TWILIO_CHAT_QUIET.
*/
void lacking_tell(resource_table *table, unsigned version, uint64_t compared);

#endif
