/* What a text is told as; see write_told.h. */
#include "write/write_told.h"

#include <string.h>

#include "base/sqlite.h"

enum {
    TOLD_MAX = 1000, /* bytes of a word that may be told otherwise; a longer text is none */
    TOLD_ALL_MAX = 1024 * 1024
};

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

/* Appends the elements of an array as they are told, each with its end. False: not all of them are texts. */
static bool told_append(const catalog_parameter *parameter, const page_document *document, buffer *told) {
    int count = page_document_count(document, parameter->leaf);
    bool texts = count >= 0;
    for (int i = 0; i < count && texts; i++) {
        buffer text;
        buffer_init(&text, TOLD_ALL_MAX);
        texts = page_document_element(document, parameter->leaf, i, &text) && text.rc == SQLITE_OK;
        if (texts && !write_told_before(parameter, document, i, &text)) {
            size_t length = text.length;
            const char *theirs = write_told_as(parameter, text.data, &length);
            buffer_append(told, theirs ? theirs : "", length);
            buffer_append(told, "", 1);
        }
        buffer_clear(&text);
    }
    return texts && told->rc == SQLITE_OK;
}

bool write_told_same(const catalog_parameter *parameter, const page_document *one, const page_document *other) {
    buffer first, second;
    buffer_init(&first, TOLD_ALL_MAX);
    buffer_init(&second, TOLD_ALL_MAX);
    bool same = parameter->values && told_append(parameter, one, &first) && told_append(parameter, other, &second) &&
                first.length == second.length &&
                (first.length == 0 || memcmp(first.data, second.data, first.length) == 0);
    buffer_clear(&first);
    buffer_clear(&second);
    return same;
}
