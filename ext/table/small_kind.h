/* What one of the extension's own small tables declares; see small_table.h. */
#ifndef CHAT_SMALL_KIND_H
#define CHAT_SMALL_KIND_H

#include "session/connection.h"
#include "table/small_rows.h"

typedef struct small_column {
    const char *name;
    const char *type; /* TEXT or INTEGER */
    const char *description;
    bool update; /* it can be set */
} small_column;

enum { SMALL_COLUMNS_MAX = 16 };

typedef struct small_table {
    const char *name;
    small_column columns[SMALL_COLUMNS_MAX + 1]; /* the last: name NULL */

    /* The rowid after `after` in ascending order (0: the first); 0 when there is none. */
    sqlite3_int64 (*next)(connection *shared, sqlite3_int64 after);

    /* Adds a row that next has given, with all its columns: to the copy that a scan walks over. */
    void (*copy)(connection *shared, sqlite3_int64 row, small_rows *rows, error *problem);

    unsigned
        away; /* columns (bits) of which memory may not hold the values: a copy with one of these does not stay there */

    /* In place of copy, for a table that never changes: gives a column of a row to SQLite. */
    void (*column)(connection *shared, sqlite3_int64 row, int column, sqlite3_context *context);

    /*
    ** Changes the table. NULL: it cannot be written. remove: the row is to go; otherwise values holds the new value of each column
    ** (sqlite3_value_nochange: it stays as it is).
    ** kept: the table as the statement has found it (keep). An INSERT never gets here; it is refused for all small tables.
    */
    void (*update)(connection *shared, const void *kept, sqlite3_int64 row, bool remove, sqlite3_value **values,
                   error *problem);

    /*
    ** An UPDATE looks for rows whose first column equals the text: a problem where there can be none, which else would be no
    ** error. NULL: none is looked at.
    */
    void (*sought)(const char *text, error *problem);

    /*
    ** For a table whose update may fail after other rows of the statement have been changed; otherwise all three are NULL.
    ** keep: remembers how the table is (owned; NULL with a problem). Then one of the others takes that over: put_back makes
    ** the table so again; take_effect follows a statement that has succeeded, and cannot fail.
    */
    void *(*keep)(connection *shared, error *problem);
    void (*put_back)(connection *shared, void *kept);
    void (*take_effect)(connection *shared, void *kept);
} small_table;

#endif
