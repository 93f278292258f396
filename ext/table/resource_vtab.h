/* What the two halves of the resource module share: reading (resource_table.c) and writing (resource_write.c). */
#ifndef CHAT_RESOURCE_VTAB_H
#define CHAT_RESOURCE_VTAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "session/connection.h"
#include "table/table_options.h"

typedef struct resource_table {
    sqlite3_vtab base;
    connection *shared;
    const catalog_resource *resource;
    table_options options;
    char *name;            /* in SQL; owned */
    uint64_t told_lacking; /* columns that a note has been about; see lacking.h */
    bool in_transaction;   /* between xBegin and xCommit or xRollback */
    int64_t *marks;        /* for each open savepoint the call that was to be queued next; owned */
    size_t mark_count;
    int64_t whole_reads; /* which UPDATE was seen to have no LIMIT that SQLite leaves out, by ... */
    int whole_beside;    /* ... what row.h tells statements by */
} resource_table;

/* The service that the table is confined to, or NULL. Valid until the setting changes. */
const char *resource_vtab_service(const resource_table *table);

/* The API version in force for the table, as the bit of a generation. */
unsigned resource_vtab_version(const resource_table *table);

/* The same where the setting says `set`. */
unsigned resource_vtab_version_or(const resource_table *table, unsigned set);

/* The number of the hidden column that brings what was shown of a row: the last, behind path and its three other names. */
int resource_vtab_shown_column(const catalog_resource *resource);

/* To be called before its account is used: a problem if its profile cannot be read. */
void resource_vtab_prepare(const resource_table *table, error *problem);

/* A problem if the version has no such table. */
void resource_vtab_check_version(const resource_table *table, unsigned version, error *problem);

#endif
