/* Pages of texts in tests. */
#ifndef CHAT_TEST_PARSED_H
#define CHAT_TEST_PARSED_H

#include <string.h>

#include "base/sqlite.h"
#include "rest/page.h"

/* page_take_list of a copy of the body. */
static inline page *page_parse_list(const catalog_resource *resource, unsigned version, const char *body, size_t length,
                                    error *problem) {
    char *copy = sqlite3_malloc64(length + 1);
    if (!copy) {
        error_no_memory(problem);
        return NULL;
    }
    memcpy(copy, body ? body : "", length);
    copy[length] = 0;
    return page_take_list(resource, version, copy, length, problem);
}

#endif
