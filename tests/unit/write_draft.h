/*
** A row to be written, for tests, from expressions of SQL:
**
**     write_draft draft;
**     write_draft_begin(&draft, "messages", CATALOG_V1);
**     write_draft_set(&draft, "body", "'Hi' || char(0)");      // columns not set are NULL
**     write_body_fill(&body, &draft.row, CATALOG_V1, true, &problem);
**     write_draft_end(&draft);
*/
#ifndef CHAT_TEST_WRITE_DRAFT_H
#define CHAT_TEST_WRITE_DRAFT_H

#include "base/buffer.h"
#include "read/reading.h"
#include "read/shown.h"
#include "write/write_row.h"
#include "write/writing.h"

enum { WRITE_DRAFT_COLUMNS = 40, WRITE_DRAFT_CALLS = 8 };

typedef struct write_draft {
    write_row row;
    sqlite3_value *values[WRITE_DRAFT_COLUMNS]; /* owned */
    write_earlier_call earlier[WRITE_DRAFT_CALLS];
    buffer shown;
} write_draft;

/* What an expression gives, as a value of its own (sqlite3_value_free it). */
sqlite3_value *write_draft_value(const char *expression);

/* A row of NULLs for a table and a version. */
void write_draft_begin(write_draft *draft, const char *table, unsigned version);

/* Gives a column (also "path") the value of an expression. */
void write_draft_set(write_draft *draft, const char *column, const char *expression);

/* Has the statement asked for the values that it shows? For write_draft_read; at first it has not. */
extern bool write_draft_asks;

/*
** What the statement has shown of the row: the JSON of a list's row, so that a NULL in place of what lists hide is not
** known.
*/
void write_draft_read(write_draft *draft, const char *json);

/* Bodies of calls that the transaction has queued for the row before, the latest first; the last one is call 1. */
void write_draft_earlier(write_draft *draft, const char *const *bodies, size_t count);

/* OR IGNORE may leave out one of these, by its place. */
void write_draft_ignorable(write_draft *draft, size_t index);

void write_draft_end(write_draft *draft);

/* The database in which the expressions are evaluated. Closed with the last call. */
void write_draft_open_database(void);
void write_draft_close_database(void);

/* That database, and a connection whose environment sets nothing: for tests that look names up. NULL without memory. */
connection *write_draft_connect(void);
void write_draft_disconnect(connection *shared);

/* cmocka's group functions around them. */
int write_draft_setup(void **state);
int write_draft_teardown(void **state);

/* A service that has been shown, and an UPDATE that leaves every column as it was. */
void write_draft_read_service(write_draft *draft);

/* The form body of the row must be this, of so many parameters. Ends the draft. */
void write_draft_expect(write_draft *draft, unsigned version, bool create, int count, const char *text);

/* ... must be refused in these words. Ends the draft. */
void write_draft_expect_refusal(write_draft *draft, unsigned version, bool create, const char *message);

/* The same, of what is not about the row's own data: no conflict clause passes over it. */
void write_draft_expect_failure(write_draft *draft, unsigned version, bool create, const char *message);

#endif
