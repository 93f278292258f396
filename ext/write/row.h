/* A row that SQLite wants to write: what the steps from there to a call work on. */
#ifndef CHAT_ROW_H
#define CHAT_ROW_H

#include <stddef.h>

#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "rest/page.h"
#include "session/connection.h"

typedef struct write_row {
    connection *shared;
    const catalog_resource *resource;
    unsigned version;        /* the bit of a generation */
    const char *service_sid; /* the configured service, or NULL */
    const void *owner;       /* the virtual table */
    int conflict;            /* as sqlite3_vtab_on_conflict gives it */
    sqlite3_value **values;  /* one for each column, then path; not for a DELETE */
    const char *path;        /* address of the row, for UPDATE and DELETE */
    const page *old;         /* what the statement has read of the row, for UPDATE; NULL: not known */
    size_t old_row;
} write_row;

#endif
