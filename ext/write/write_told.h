/*
** What a text is told as on the wire, where a version calls it otherwise (catalog_parameter.values): a permission, an
** event, a type.
*/
#ifndef CHAT_WRITE_TOLD_H
#define CHAT_WRITE_TOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "catalog/catalog.h"
#include "rest/page_document.h"

/* The text to be sent for one of *length bytes, which becomes its length. text may be NULL: empty. */
const char *write_told_as(const catalog_parameter *parameter, const char *text, size_t *length);

/*
** Is an element of the array at the parameter's leaf told as an earlier one is? Several of our words may be one of theirs,
** which is not worth being sent twice. text: the element. A word that is told as it is is never held back.
*/
bool write_told_before(const catalog_parameter *parameter, const page_document *document, int position,
                       const buffer *text);

/*
** Are the arrays that two documents have at the parameter's leaf told in the same words? What differs in our words alone is
** no change. False also where memory runs out: what is sent then is what the row has.
*/
bool write_told_same(const catalog_parameter *parameter, const page_document *one, const page_document *other);

#endif
