/* Addresses; see address.h. */
#include "plan/address.h"

#include <string.h>

#include "base/buffer.h"
#include "base/sqlite.h"

/* The part after "/<segment>/" that belongs to a resource at the given depth of the address. */
static address_part address_at(const char *address, int depth) {
    address_part part = {NULL, 0};
    const char *rest = address;
    for (int slash = 0; rest && slash < 2 * (depth + 1); slash++) {
        rest = strchr(slash ? rest + 1 : rest, '/');
    }
    if (rest) {
        part.text = rest + 1;
        part.length = strcspn(part.text, "/?");
    }
    return part;
}

address_part address_root(const char *address) {
    return address_at(address, 0);
}

address_part address_second(const char *address) {
    return address_at(address, 1);
}

address_part address_parent(const catalog_resource *resource, const char *address, const char *column) {
    address_part none = {NULL, 0};
    for (const catalog_resource *each = resource; each->parent; each = each->parent) {
        if (strcmp(each->parent_column, column) == 0) {
            return address_at(address, catalog_depth(each->parent));
        }
    }
    return none;
}

enum { ADDRESS_MAX = 1024 * 1024 };

/* Every other segment, from the first on, is a word of the catalogue's; those between are SIDs. */
static void address_translate(unsigned version, const char *address, buffer *path) {
    char word[40];
    bool is_word = true;
    for (const char *at = address; *at == '/'; is_word = !is_word) {
        size_t length = strcspn(++at, "/");
        bool known = is_word && length < sizeof word;
        sqlite3_snprintf((int)sizeof word, word, "%.*s", known ? (int)length : 0, at);
        buffer_text(path, "/");
        if (known) {
            buffer_text(path, catalog_word_in(version, word));
        } else {
            buffer_append(path, at, length);
        }
        at += length;
    }
}

char *address_request(unsigned version, const char *address, const char *tail) {
    buffer path;
    const catalog_generation *generation = catalog_generation_of(version);
    buffer_init(&path, ADDRESS_MAX);
    buffer_text(&path, generation->prefix);
    if (generation->words) {
        address_translate(version, address, &path);
    } else {
        buffer_text(&path, address);
    }
    buffer_text(&path, tail);
    return buffer_take(&path);
}

const char *address_of_request(unsigned version, const char *path) {
    return path + strlen(catalog_generation_of(version)->prefix);
}

/* Takes "/Segment/XX..." (of a single one "/Segment") off the end of text; false if it does not end so. */
static bool address_cut(const catalog_resource *resource, const char *text, size_t *length, sid_shape *shape) {
    size_t segment = strlen(resource->segment), tail = segment + (resource->single ? 1 : 2 + SID_LENGTH);
    if (*length < tail) {
        return false;
    }
    const char *start = text + *length - tail;
    if (start[0] != '/' || memcmp(start + 1, resource->segment, segment) != 0) {
        return false;
    }
    if (resource->single) {
        *shape = SID_CANONICAL;
    } else if (start[segment + 1] == '/') {
        *shape = sid_classify(resource->key_prefix, start + segment + 2, SID_LENGTH);
    }
    *length -= tail;
    return *shape != SID_NO;
}

sid_shape address_classify(const catalog_resource *resource, const char *text, size_t length) {
    sid_shape whole = SID_CANONICAL;
    for (const catalog_resource *each = resource; each; each = each->parent) {
        sid_shape shape = SID_NO;
        if (!address_cut(each, text, &length, &shape)) {
            return SID_NO;
        }
        whole = shape == SID_OTHER_CASE ? SID_OTHER_CASE : whole;
    }
    return length == 0 ? whole : SID_NO;
}
