/*
** The chat tables as this program expects them, written down from the vendor's API description and the project's
** contract, on purpose not from the extension's catalogue: where the two disagree, the test says so.
**
** A column has a domain: what its values name. Columns of one domain can be joined and compared with one another,
** so the generator needs no list of joins. The local tables (ordinary ones on both sides) are described the same way.
*/
#ifndef DIFFERENTIAL_TABLES_H
#define DIFFERENTIAL_TABLES_H

#include <sqlite3.h>
#include <stdbool.h>

/* VERSION_MIGRATED: Chat's tables on Conversations, of which v2's data is the reference (migrated.h). */
enum {
    VERSION_1 = 1,
    VERSION_2 = 2,
    VERSION_C = 4,
    VERSION_MIGRATED = 8,
    VERSION_BOTH = 3,
    VERSION_CHAT = VERSION_BOTH | VERSION_MIGRATED,
    VERSION_ALL = 15
};

enum { TABLE_MAX_COLUMNS = 32, TABLE_MAX_PARENTS = 2 };

typedef enum {
    COLUMN_TEXT,
    COLUMN_INTEGER,
    COLUMN_BOOLEAN,   /* INTEGER 0 or 1 */
    COLUMN_TIME,      /* TEXT, ISO 8601 in UTC */
    COLUMN_JSON,      /* an object or array, as compact JSON text */
    COLUMN_JSON_TEXT, /* a text that holds JSON */
    COLUMN_ANY,       /* of a local table: no affinity, any type of value */
} column_kind;

enum {
    COLUMN_PUSHED = 1, /* the contract says that conditions on it become part of the request */
    COLUMN_PARENT = 2, /* names a parent; also pushed */
    COLUMN_NOCASE = 4, /* declared COLLATE NOCASE (local tables only) */
};

typedef struct table_column {
    const char *name;
    column_kind kind;
    const char *domain; /* "channel", "identity", ...; "" for values that name nothing */
    unsigned versions;  /* mask of the versions whose JSON has it */
    unsigned flags;
} table_column;

typedef struct table {
    const char *name;
    const char *parent;  /* name of the parent table, NULL at the top or for a local table */
    const char *segment; /* of the path: "Channels"; NULL for a local table */
    const char *list_key;
    const char *key;        /* the column that ends the path */
    bool single;            /* its parent has one of it: no list, no key */
    const char *list_query; /* what a complete list must ask for, or "" */
    unsigned versions;      /* mask of versions that have it */
    unsigned fetch_singly;  /* mask of versions whose lists leave out values that the single resource has */
    int page_max[4]; /* largest PageSize of v1, v2 and Conversations; of Chat's tables there, where not as on v2 */
    bool costly;     /* many requests to read whole: queries usually restrict it */
    table_column columns[TABLE_MAX_COLUMNS]; /* up to the first without a name; `path` is last for chat tables */
} table;

/* All chat tables, parents before children; count is set. Static storage. */
const table *tables_chat(int *count);

/* Those of them that are Conversations' own. */
const table *tables_conversations(int *count);

/* All local tables; count is set. Static storage. */
const table *tables_local(int *count);

/* The chat table of that name; there must be one. */
const table *table_find(const char *name);

/* The name of a table in that version: "conversations" for "channels" in Conversations. */
const char *tables_named(unsigned version, const char *name);

/* "v1", "v2", "conversations". */
const char *tables_version_name(unsigned version);

/* Is it the account's, and no service's? */
bool table_is_of_account(const table *t);

/* Position of the column with the service's SID, or with the nearest parent's below it; or -1. */
int table_service_column(const table *t);
int table_parent_column(const table *t);

/* Number of columns, the hidden `path` included. */
int table_column_count(const table *t);

/* Position of the named column, or -1. */
int table_column_index(const table *t, const char *name);

/* Whether the column's values are text of any sort (and not integers). */
bool table_column_is_text(const table_column *column);

/* Runs CREATE TABLE for the table, as an ordinary one with a real `path` column that is its primary key; without any key,
** so that rows keep the order in which they come, if `heap` is set. An SQLite result code. */
int table_create(sqlite3 *db, const table *t, bool heap);

/* Appends "a","b",...: all column names, quoted; each behind "prefix." unless prefix is NULL. */
void table_append_columns(sqlite3_str *out, const table *t, const char *prefix);

#endif
