/* Pages of texts in tests. */
#ifndef CHAT_TEST_PARSED_H
#define CHAT_TEST_PARSED_H

#include "rest/page.h"
#include "rest/page_read.h"

/* A list whose answer comes in pieces of so many bytes, the last one shorter, and the first of `first` if that is not 0. */
static inline page *page_parse_pieces(const catalog_resource *resource, unsigned version, const char *body,
                                      size_t length, size_t first, size_t each, error *problem) {
    page_reader *reader = page_read_begin(resource, version, true, PAGE_COLUMNS_ALL);
    size_t piece = first ? first : each;
    for (size_t at = 0; reader && at < length; at += piece, piece = each) {
        piece = piece < length - at ? piece : length - at;
        page_read_take(reader, body + at, piece);
    }
    return page_read_end(reader, problem);
}

/* ... of one byte each, unless there are very many: what is expected of an answer, is expected however it comes. */
static inline page *page_parse_list(const catalog_resource *resource, unsigned version, const char *body, size_t length,
                                    error *problem) {
    return page_parse_pieces(resource, version, body, length, 0, length < 10000 ? 1 : 1000, problem);
}

#endif
