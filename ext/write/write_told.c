/* What a text is told as; see write_told.h. */
#include "write/write_told.h"

#include <string.h>

enum { TOLD_MAX = 1000 }; /* bytes of a word that may be told otherwise; a longer text is none */

const char *write_told_as(const catalog_parameter *parameter, const char *text, size_t *length) {
    const char *theirs = text ? catalog_value_theirs(parameter->values, text, *length) : NULL;
    *length = theirs ? strlen(theirs) : *length;
    return theirs ? theirs : text;
}

bool write_told_before(const catalog_parameter *parameter, const page_document *document, int position,
                       const buffer *text) {
    const char *theirs = text->data ? catalog_value_theirs(parameter->values, text->data, text->length) : NULL;
    bool told = false;
    for (int i = 0; theirs && i < position && !told; i++) {
        buffer earlier;
        buffer_init(&earlier, TOLD_MAX);
        page_document_element(document, parameter->leaf, i, &earlier);
        size_t length = earlier.length;
        const char *other = write_told_as(parameter, earlier.data, &length);
        told = other && length == strlen(theirs) && memcmp(other, theirs, length) == 0;
        buffer_clear(&earlier);
    }
    return told;
}
