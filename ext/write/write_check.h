/* Checks a value before anything is sent, and turns it into the text that the form takes. */
#ifndef CHAT_WRITE_CHECK_H
#define CHAT_WRITE_CHECK_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/sqlite.h"
#include "catalog/catalog.h"

/*
** Appends a value to text as the parameter wants it: kind, accepted values, length, shape of SIDs and names. NULL
** gives nothing (an empty value). Problems name table and column, and say what is accepted.
*/
void write_check_value(const catalog_resource *resource, const catalog_parameter *parameter, sqlite3_value *value,
                       buffer *text, error *problem);

/*
** Is it a whole number as an INTEGER column takes it: also 4.0 (round and avg give such), '5.0' and '1e2'? Then *whole is
** that. Not for a blob.
*/
bool write_check_whole(sqlite3_value *value, sqlite3_int64 *whole);

/*
** Appends the text of a value that is not NULL, as UTF-8: the halves of a pair are put together. A problem, naming the
** column, for what is not UTF-8.
*/
void write_check_joined(const catalog_resource *resource, const char *column, sqlite3_value *value, buffer *text,
                        error *problem);

/* The same as write_check_value for a text that a JSON column gives. */
void write_check_text(const catalog_resource *resource, const catalog_parameter *parameter, const char *text,
                      size_t length, error *problem);

/*
** The two refusals of an UPDATE for what an earlier one of the transaction has queued. They are not about the row's data, so
** that no OR IGNORE passes over them. The first: it gives what was shown, perhaps without setting it. The second: what it
** sets may be made of what was shown.
*/
void write_check_unclear(const catalog_resource *resource, const catalog_parameter *parameter, error *problem);
void write_check_made_of_old(const catalog_resource *resource, const catalog_parameter *parameter, error *problem);

/* Refuses a new row in what an earlier statement of the transaction deletes. */
void write_check_gone(const catalog_resource *resource, error *problem);

#endif
