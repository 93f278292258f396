/* SIDs that stand in a row's JSON; see mention.h. */
#include "read/mention.h"

#include <string.h>

/* Where the next one begins in a text, or its end. */
static size_t mention_in(const char *text, size_t length, size_t from, const char *prefix) {
    for (size_t at = from; at + SID_LENGTH + 2 <= length; at++) {
        const char *quote = memchr(text + at, '"', length - at);
        if (!quote) {
            break;
        }
        at = (size_t)(quote - text);
        if (at + SID_LENGTH + 2 <= length && quote[SID_LENGTH + 1] == '"' &&
            sid_classify(prefix, quote + 1, SID_LENGTH) == SID_CANONICAL) {
            return at + 1;
        }
    }
    return length;
}

bool mention_next(const catalog_resource *resource, const page *content, size_t row, const char *prefix, mention *place,
                  char sid[SID_LENGTH + 1]) {
    for (; place->column < resource->column_count; *place = (mention){.column = place->column + 1}) {
        const page_cell *cell = page_at(content, row, place->column);
        if (cell->type != CELL_JSON || resource->columns[place->column].kind != VALUE_JSON) {
            continue;
        }
        const char *text = page_text(content, cell);
        size_t found = mention_in(text, cell->length, place->offset, prefix);
        if (found < cell->length) {
            memcpy(sid, text + found, SID_LENGTH);
            sid[SID_LENGTH] = 0;
            place->offset = found + SID_LENGTH;
            return true;
        }
    }
    return false;
}

bool mention_find(const catalog_resource *resource, const page *content, size_t row, const char *sid, mention *place) {
    char prefix[3] = {sid[0], sid[1], 0}, each[SID_LENGTH + 1];
    *place = (mention){0, 0};
    while (mention_next(resource, content, row, prefix, place, each)) {
        if (strcmp(each, sid) == 0) {
            return true;
        }
    }
    return false;
}
