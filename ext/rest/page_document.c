/* JSON that a user writes; see page_document.h. */
#include "rest/page_document.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "rest/page_json.h"

enum { DOCUMENT_PATH_MAX = 200 };

struct page_document {
    json_t *root;
};

page_document *page_document_parse(const char *text, size_t length, error *problem) {
    json_error_t details;
    page_document *document = sqlite3_malloc64(sizeof *document);
    json_t *root =
        page_json_load(text, length, JSON_ALLOW_NUL | JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &details, problem);
    if (!document) {
        error_no_memory(problem);
    } else if (!root && !error_is_set(problem)) {
        error_set(problem, SQLITE_ERROR, "is not valid JSON: %s", details.text);
    }
    if (!document || !root) {
        json_decref(root);
        sqlite3_free(document);
        return NULL;
    }
    document->root = root;
    return document;
}

void page_document_free(page_document *document) {
    if (document) {
        json_decref(document->root);
        sqlite3_free(document);
    }
}

/* The element of an array that a key counts to, or NULL. */
static const json_t *document_element(const json_t *array, const char *key) {
    bool number = *key && strlen(key) < 9 && strspn(key, "0123456789") == strlen(key);
    return number ? json_array_get(array, strtoul(key, NULL, 10)) : NULL;
}

/* The value at a dotted path, or NULL. */
static const json_t *document_at(const page_document *document, const char *path) {
    const json_t *value = document ? document->root : NULL;
    while (value && path && *path) {
        char key[DOCUMENT_PATH_MAX];
        size_t length = strcspn(path, ".");
        if (length >= sizeof key) {
            return NULL;
        }
        memcpy(key, path, length);
        key[length] = 0;
        value = json_is_array(value) ? document_element(value, key) : json_object_get(value, key);
        path += length + (path[length] == '.');
    }
    return value;
}

static bool document_append(const json_t *value, buffer *text) {
    switch (value ? json_typeof(value) : JSON_OBJECT) {
    case JSON_STRING:
        buffer_append(text, json_string_value(value), json_string_length(value));
        return true;
    case JSON_TRUE:
        buffer_text(text, "true");
        return true;
    case JSON_FALSE:
        buffer_text(text, "false");
        return true;
    case JSON_INTEGER:
        buffer_format(text, "%lld", (sqlite3_int64)json_integer_value(value));
        return true;
    case JSON_REAL:
        buffer_format(text, "%!.15g", json_real_value(value));
        return true;
    case JSON_NULL:
        return true;
    default:
        return false;
    }
}

bool page_document_leaf(const page_document *document, const char *path, buffer *text) {
    return document_append(document_at(document, path), text);
}

int page_document_count(const page_document *document, const char *path) {
    const json_t *value = document_at(document, path);
    return json_is_array(value) ? (int)json_array_size(value) : -1;
}

bool page_document_element(const page_document *document, const char *path, int position, buffer *text) {
    const json_t *element = json_array_get(document_at(document, path), (size_t)position);
    return json_is_string(element) && document_append(element, text);
}

static int document_dump_piece(const char *text, size_t length, void *context) {
    return buffer_append(context, text, length) ? 0 : -1;
}

bool page_document_object(const page_document *document, const char *path, int position, buffer *text) {
    const json_t *value = json_array_get(document_at(document, path), (size_t)position);
    bool object = json_is_object(value);
    if (object && json_dump_callback(value, document_dump_piece, text, JSON_COMPACT) != 0) {
        text->rc = text->rc ? text->rc : SQLITE_NOMEM;
    }
    return object;
}

bool page_document_same(const page_document *one, const page_document *other, const char *path) {
    const json_t *a = document_at(one, path), *b = document_at(other, path);
    return (!a && !b) || (a && b && json_equal(a, b));
}

bool page_document_is_object(const page_document *document) {
    return json_is_object(document->root);
}

bool page_document_is_array(const page_document *document) {
    return json_is_array(document->root);
}

bool page_document_is_null(const page_document *document, const char *path) {
    return json_is_null(document_at(document, path));
}

bool page_document_has(const page_document *document, const char *path) {
    return document_at(document, path) != NULL;
}

static bool document_is_listed(const char *path, const char *const *paths, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(paths[i], path) == 0) {
            return true;
        }
    }
    return false;
}

/* What leaves are looked for against. */
typedef struct document_known {
    const char *const *paths;
    size_t count;
} document_known;

/* old: what stood where value stands, or NULL. */
static bool document_find_stranger(const json_t *value, const json_t *old, const char *prefix,
                                   const document_known *known, buffer *name) {
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)value, key, member) {
        char path[DOCUMENT_PATH_MAX];
        bool plain = *key && !strchr(key, '.'); /* else it would look like a path of several keys, or of fewer */
        sqlite3_snprintf((int)sizeof path, path, "%s%s%s", prefix, *prefix ? "." : "", key);
        const json_t *before = json_object_get(old, key);
        bool nothing = json_is_null(member) && (!before || json_is_null(before)); /* is what is there */
        if ((plain && document_is_listed(path, known->paths, known->count)) || nothing ||
            (before && json_equal(before, member))) {
            continue;
        }
        if (!plain || !json_is_object(member) || json_object_size(member) == 0) {
            buffer_text(name, path);
            return true;
        }
        if (document_find_stranger(member, before, path, known, name)) {
            return true;
        }
    }
    return false;
}

bool page_document_stranger(const page_document *document, const page_document *old, const char *const *paths,
                            size_t count, buffer *name) {
    document_known known = {paths, count};
    const json_t *before = old ? old->root : NULL;
    for (size_t i = 0; i < json_array_size(document->root); i++) {
        const json_t *element = json_array_get(document->root, i);
        char path[20];
        sqlite3_snprintf((int)sizeof path, path, "%llu", (sqlite3_uint64)i);
        if (!json_is_object(element)) {
            buffer_text(name, path);
            return true;
        }
        if (document_find_stranger(element, json_array_get(before, i), path, &known, name)) {
            return true;
        }
    }
    return document_find_stranger(document->root, before, "", &known, name);
}

/* ---- changing one ---- */

/* The object that holds what is at a path, whose last key goes to name; make: with the objects on the way. Or NULL. */
static json_t *document_holder(page_document *document, const char *path, bool make, const char **name) {
    json_t *holder = document->root;
    for (const char *dot = strchr(path, '.'); dot && holder; dot = strchr(path, '.')) {
        char key[DOCUMENT_PATH_MAX];
        size_t length = (size_t)(dot - path);
        if (length >= sizeof key) {
            return NULL;
        }
        memcpy(key, path, length);
        key[length] = 0;
        json_t *next = json_object_get(holder, key);
        if (make && !json_is_object(next)) {
            next = json_object_set_new(holder, key, json_object()) == 0 ? json_object_get(holder, key) : NULL;
        }
        holder = next;
        path = dot + 1;
    }
    *name = path;
    return holder;
}

bool page_document_set(page_document *document, const char *path, const char *text, size_t length, bool plain) {
    const char *name = NULL;
    error problem = {0};
    json_error_t details;
    json_t *value = plain ? page_json_load(text, length, JSON_DECODE_ANY, &details, &problem)
                          : json_stringn(length > 0 ? text : "", length);
    json_t *holder = document_holder(document, path, true, &name);
    bool set = value && holder && json_object_set_new(holder, name, json_incref(value)) == 0;
    json_decref(value);
    error_clear(&problem);
    return set;
}

bool page_document_add(page_document *document, const char *path, const char *text, size_t length) {
    json_t *array = (json_t *)document_at(document, path);
    return json_is_array(array) && json_array_append_new(array, json_stringn(text, length)) == 0;
}

void page_document_remove(page_document *document, const char *path) {
    const char *name = NULL;
    json_t *holder = document_holder(document, path, false, &name);
    json_object_del(holder, name);
}
