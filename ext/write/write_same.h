/*
** Is a value that is to be written the one that the statement has shown? In whatever notation: the same instant written
** otherwise, true for 1, halves of pairs that are put together before they are sent.
*/
#ifndef CHAT_WRITE_SAME_H
#define CHAT_WRITE_SAME_H

#include <stdbool.h>

#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "read/shown.h"

/* Of a column of that resource. False, too, when memory runs out: then the value is sent once more. */
bool write_same_value(const catalog_resource *resource, const catalog_column *column, const shown_value *shown,
                      sqlite3_value *value);

#endif
