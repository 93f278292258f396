/*
** Values and answers. A value is one SQL value with its type; an answer is what a query gave: rows of values, or an
** error. Both are plain memory, apart from any database connection.
*/
#ifndef DIFFERENTIAL_VALUE_H
#define DIFFERENTIAL_VALUE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct value {
    int type; /* SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_TEXT, SQLITE_BLOB or SQLITE_NULL */
    sqlite3_int64 integer;
    double real;
    char *bytes; /* of text and blob, owned; a NUL stands behind them, and NULs may be among them */
    size_t length;
} value;

typedef struct answer {
    int column_count;
    size_t row_count;
    value *cells; /* row after row, owned */
    char *error;  /* of a query that failed, owned; NULL if it did not */
    bool stopped; /* the query was cut off by a limit of this program: nothing can be said about it */
} answer;

/* New values; bytes are copied. */
value value_null(void);
value value_integer(sqlite3_int64 number);
value value_real(double number);
value value_text(const char *bytes, size_t length);
value value_word(const char *text); /* up to its NUL */
value value_blob(const char *bytes, size_t length);
value value_copy(const value *from);

/* Frees what the value owns and makes it NULL. */
void value_clear(value *v);

/* Appends the value as an SQL literal that means exactly it. */
void value_append_literal(sqlite3_str *out, const value *v);

/* Appends bytes that are equal for two values only if type and content are; used to sort and compare rows. */
void value_append_key(sqlite3_str *out, const value *v);

/* Binds the value to parameter `index` (from 1); an SQLite result code. The value must outlive the statement's use. */
int value_bind(sqlite3_stmt *statement, int index, const value *v);

/* Runs one statement and collects its rows. parameters: those beyond what the statement has are ignored.
** At most max_rows rows (0: any number); with more the answer is marked stopped, as it is when SQLite was interrupted. */
answer answer_run(sqlite3 *db, const char *sql, const value *parameters, int parameter_count, size_t max_rows);

/* The same row by row: begin, step while that is true, and end, which gives what has come so far. */
typedef struct answer_reader {
    sqlite3 *db;
    sqlite3_stmt *statement;
    answer answer;
    size_t capacity;
    int rc; /* of the last call: SQLITE_OK before the first row, SQLITE_DONE after the last */
} answer_reader;

void answer_begin(answer_reader *reader, sqlite3 *db, const char *sql, const value *parameters, int parameter_count);

/* Adds the next row. False at the end, and after an error. */
bool answer_step(answer_reader *reader);

/* Resets the statement, to be stepped from its beginning again. What has come so far is the caller's. */
answer answer_restart(answer_reader *reader);

/* Finalizes the statement. The answer is the caller's; with an error if there was one. */
answer answer_end(answer_reader *reader);

/* The cell; row and column from 0 and inside the answer. Borrowed. */
const value *answer_cell(const answer *a, size_t row, int column);

/* Frees what the answer owns. */
void answer_clear(answer *a);

#endif
