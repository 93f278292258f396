/* What the catalogue says of a parameter, for one row that is written. */
#ifndef CHAT_WRITE_PARAMETER_H
#define CHAT_WRITE_PARAMETER_H

#include <stdbool.h>

#include "base/error.h"
#include "rest/page_document.h"
#include "write/row.h"

/* Which call a body is of. */
typedef struct write_call {
    unsigned version;
    const char *part; /* as in catalog_parameter */
    bool create;      /* else update */
    bool inserted;    /* of what an INSERT gives: a null in it is not sent */
} write_call;

bool write_parameter_takes(const catalog_parameter *parameter, const write_call *call);

/* Is it for such rows? Of an UPDATE that leaves alone what tells it, what was shown of the row does. */
bool write_parameter_is_for(const write_row *row, const catalog_parameter *parameter);

/* Are the words of a column read without regard to case? */
bool write_parameter_any_case(const catalog_resource *resource, const char *column);

/*
** Refuses an UPDATE that gives nothing, NULL or an empty text, where the service would keep what is there. changed: it is
** another value than the row has.
*/
void write_parameter_refuse_empty(const write_row *row, const catalog_parameter *parameter, sqlite3_value *value,
                                  bool changed, error *problem);

/*
** Is a leaf that the service makes of another (catalog_derived) in the document, where an old one (or NULL) has none, and what the
** service will make of it? One that is something else is refused.
*/
bool write_parameter_derived(const catalog_resource *resource, const catalog_derived *derived,
                             const page_document *document, const page_document *old, error *problem);

#endif
