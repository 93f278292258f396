/*
** From bytes to rows. A page is the rows of one list answer, or the one row of a single resource, as cells of the catalogue's
** columns. The answer is read by page_read.h; jansson reads what users write.
**
** What is valid JSON is read. Half a surrogate pair is U+FFFD in a text; of a repeated key the last counts; a whole
** number beyond 64 bits is REAL, and infinite beyond all reals; what no column is for may be anything. JSON
** columns, and numbers in columns of texts, come as the server wrote them.
*/
#ifndef CHAT_PAGE_H
#define CHAT_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "catalog/catalog.h"
#include "rest/page_cells.h"

/* What an error body says; message is one printable line, "" if there is none. */
typedef struct page_problem {
    int64_t code;   /* Twilio's error code, 0 if there is none */
    int64_t status; /* the HTTP status that it belongs to, by its own word; 0: it does not tell */
    char message[256];
    bool no_memory; /* it could not be read */
} page_problem;

/*
** Parses the answer of a single resource (body of length bytes, any bytes) in that version of the API: a page of
** one row and no next. NULL with SQLITE_ERROR or SQLITE_NOMEM in problem when it is not JSON, no object, lacks its
** key, or has a value that its column cannot hold. The caller owns one reference. Lists are read as they come
** (page_read.h), and refused for the same reasons.
**
** A value of another type than its column's becomes one of that type where nothing is lost, as an ordinary table's
** affinity would have it ("10" is an index of 10, 3 a name of "3"); else SQLite would compare and order it otherwise than a
** table that it is copied to. "" stays "", whatever the column.
*/
page *page_parse_single(const catalog_resource *resource, unsigned version, const char *body, size_t length,
                        error *problem);

/*
** A page of one cell, CELL_TEXT, that holds bytes of any kind. bytes: length of them and a NUL behind, sqlite3_malloc'ed, taken
** over also when NULL comes back: no memory.
*/
page *page_of_bytes(char *bytes, size_t length);

/* Reads an error body; anything but a JSON object leaves problem empty. body may be NULL when length is 0. */
void page_parse_problem(const char *body, size_t length, page_problem *problem);

/* The cell at row and column (both in range); it stays where it is. */
const page_cell *page_at(const page *source, size_t row, size_t column);

/* The text of a CELL_TEXT or CELL_JSON that page_at gave, NUL-terminated (it may also hold NULs: see length). */
const char *page_text(const page *source, const page_cell *cell);

page *page_retain(page *shared);

/* Gives back a reference. Accepts NULL. */
void page_release(page *shared);

#endif
