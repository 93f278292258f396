/* The leaves of a JSON column, each a parameter of its own: may a document that an UPDATE or an INSERT gives stand there? */
#ifndef CHAT_WRITE_LEAVES_H
#define CHAT_WRITE_LEAVES_H

#include "base/error.h"
#include "rest/page_document.h"
#include "write/row.h"
#include "write/write_parameter.h"

/*
** Refuses a leaf that no parameter of the call takes, and one taken away: else it would be passed over without a word. will: the
** document that the row will have without it, or NULL.
*/
void write_leaves_refuse(const write_row *row, const char *column, const page_document *document,
                         const page_document *will, const write_call *call, error *problem);

#endif
