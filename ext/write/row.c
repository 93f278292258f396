/* A row that SQLite wants to write; see row.h. */
#include "write/row.h"

sqlite3_value *row_value(const write_row *row, const char *column) {
    int index = catalog_column_index(row->resource, column);
    return index >= 0 ? row->values[index] : NULL;
}

/* A column's text, up to a NUL if it has one; NULL for NULL. */
const char *row_text(const write_row *row, const char *column) {
    sqlite3_value *value = row_value(row, column);
    return value && sqlite3_value_type(value) != SQLITE_NULL ? (const char *)sqlite3_value_text(value) : NULL;
}
