/* Where rows belong; see belongs.h. */
#include "read/belongs.h"

#include <string.h>

#include "base/sid.h"
#include "base/sqlite.h"
#include "rest/page_answer.h"
#include "rest/url.h"

enum { BELONGS_TEXT_MAX = 1024 * 1024 };

void belongs_expect(belongs_parents *parents, const catalog_resource *resource, const char *address) {
    parents->count = 0;
    for (size_t column = 0; column < resource->column_count; column++) {
        bool parent = resource->columns[column].flags & COLUMN_PARENT;
        address_part none = {NULL, 0};
        address_part expected = parent ? address_parent(resource, address, resource->columns[column].name) : none;
        if (expected.text) {
            parents->columns[parents->count] = column;
            parents->agrees[parents->count] = NULL;
            parents->expected[parents->count++] = expected;
        }
    }
}

bool belongs_to_parents(belongs_parents *parents, const page *content, size_t row) {
    for (size_t i = 0; i < parents->count; i++) {
        const page_cell *cell = page_at(content, row, parents->columns[i]);
        const address_part *expected = &parents->expected[i];
        if (cell == parents->agrees[i]) {
            continue;
        }
        if (cell->type != CELL_NULL && (cell->type != CELL_TEXT || cell->length != expected->length ||
                                        memcmp(page_text(content, cell), expected->text, expected->length) != 0)) {
            return false;
        }
        parents->agrees[i] = cell;
    }
    return true;
}

bool belongs_to_name(const catalog_resource *resource, const page *content, const char *escaped, size_t length,
                     error *problem) {
    int column = catalog_column_index(resource, resource->name_column);
    const page_cell *cell = column >= 0 ? page_at(content, 0, (size_t)column) : NULL;
    if (!cell || cell->type != CELL_TEXT) {
        return false;
    }
    char *own = url_escape(page_text(content, cell), cell->length, problem);
    bool same = own && strlen(own) == length && sqlite3_strnicmp(own, escaped, (int)length) == 0;
    sqlite3_free(own);
    return same;
}

static bool belongs_to_segment(const catalog_resource *resource, const page *content, const char *segment,
                               size_t length, error *problem) {
    if (sid_classify(resource->key_prefix, segment, length) == SID_NO) {
        return belongs_to_name(resource, content, segment, length, problem);
    }
    const page_cell *cell = page_at(content, 0, (size_t)catalog_column_index(resource, resource->key_column));
    return cell->length == length && sqlite3_strnicmp(page_text(content, cell), segment, (int)length) == 0;
}

bool belongs_to_path(const catalog_resource *resource, unsigned version, const char *path, const page *content,
                     error *problem) {
    const char *address = address_of_request(version, path);
    const char *segment = strrchr(path, '/') + 1;
    belongs_parents parents;
    belongs_expect(&parents, resource, address);
    return belongs_to_parents(&parents, content, 0) &&
           (resource->single || belongs_to_segment(resource, content, segment, strcspn(segment, "?"), problem));
}

static void belongs_note(const buffer *text, error *problem) {
    if (text->rc == SQLITE_NOMEM) {
        error_no_memory(problem);
    }
}

/*
** The text that an answer has of a parent: the same as in its address, if it has one. told: it has one.
*/
static bool belongs_same_parent(const catalog_resource *resource, unsigned version, const char *address,
                                const char *column, const char *body, size_t length, bool *told, error *problem) {
    address_part expected = address_parent(resource, address, column);
    buffer text;
    buffer_init(&text, BELONGS_TEXT_MAX);
    bool has = page_answer_text(body, length, catalog_json_name(resource, column, version), &text);
    bool same = !has || !expected.text ||
                (text.length == expected.length && sqlite3_strnicmp(text.data, expected.text, (int)text.length) == 0);
    *told = has;
    belongs_note(&text, problem);
    buffer_clear(&text);
    return same;
}

bool belongs_is_single(const catalog_resource *resource, unsigned version, const char *path, const char *body,
                       size_t length, error *problem) {
    const char *address = address_of_request(version, path);
    bool told = false, same = true;
    buffer text;
    buffer_init(&text, BELONGS_TEXT_MAX);
    if (resource->parent_column) {
        same = belongs_same_parent(resource, version, address, resource->parent_column, body, length, &told, problem);
    }
    told = told || page_answer_text(body, length, "url", &text);
    belongs_note(&text, problem);
    buffer_clear(&text);
    return told && same;
}
