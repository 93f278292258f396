/* Whole tables: their columns, and that a full scan gives exactly the data set. */
#ifndef DIFFERENTIAL_SCAN_CHECK_H
#define DIFFERENTIAL_SCAN_CHECK_H

#include <sqlite3.h>
#include <stdbool.h>

/* Whether every table of the version has the expected columns, types and hidden `path`, and no other visible column.
** What is wrong is printed. */
bool scan_check_columns(sqlite3 *subject, unsigned version);

/* Whether the full scan of every table of the version equals the reference. What differs is printed; *rows is set to
** the number of rows seen. */
bool scan_check_rows(sqlite3 *subject, sqlite3 *reference, unsigned version, sqlite3_int64 *rows);

/* Whether each table that the version lacks is refused with a message that names the version which has it. */
bool scan_check_missing(sqlite3 *subject, unsigned version);

#endif
