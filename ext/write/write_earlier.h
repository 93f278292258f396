/*
** What a row will be once the transaction's earlier calls are sent: what an UPDATE gives is measured, and refused, against
** that, not against what the service still has.
*/
#ifndef CHAT_WRITE_EARLIER_H
#define CHAT_WRITE_EARLIER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "rest/page_document.h"
#include "write/row.h"

/* What earlier calls have made of what a parameter gives. All false and NULL: it is as it was shown. */
typedef struct write_earlier {
    const char *body;            /* that gives it last, and will be what it is; borrowed */
    const catalog_parameter *by; /* ... as this; NULL without body */
    bool unknown;                /* what it will be is not known: a call may have given it */
    bool given;                  /* ... and one is known to give it */
} write_earlier;

/* parameter: one of the row's resource. Another version's for the same counts as well, whatever it is called there. */
write_earlier write_earlier_find(const write_row *row, const catalog_parameter *parameter);

/* Has an earlier call given it, or may have? */
bool write_earlier_has(const write_row *row, const catalog_parameter *parameter);

/* Is there a call of this transaction that may have changed the row at all? */
bool write_earlier_any(const write_row *row);

/* Is a column, or a part of it, given or set anew by one? */
bool write_earlier_has_column(const write_row *row, const char *column);

/* Does what an earlier call gives (body not NULL) have the same values as the pairs of that name in the end of another form? */
bool write_earlier_same_pairs(const write_earlier *earlier, const char *end, const char *name);

/*
** The document that a JSON column will hold: old (NULL: none), which it frees, with what earlier calls have given of it. What is
** not known of a leaf that has been given stands there as nothing that anybody gives. NULL: nothing, or a problem.
*/
page_document *write_earlier_document(const write_row *row, const char *column, page_document *old, error *problem);

#endif
