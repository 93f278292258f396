/*
** The finders over the catalogue. The data is in the other files of this folder, one for each resource or small family
** of them; resources.c lists them. Everything here is const and static: nothing to free, safe from any thread.
*/
#include "catalog/catalog.h"

#include <string.h>

const catalog_resource *const *catalog_resources(size_t *count) {
    *count = CATALOG_RESOURCE_COUNT;
    return catalog_all;
}

int catalog_column_index(const catalog_resource *resource, const char *name) {
    if (name == NULL) {
        return -1;
    }
    for (size_t i = 0; i < resource->column_count; i++) {
        if (strcmp(resource->columns[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* Where the generation of a bit stands in the table; CATALOG_GENERATION_COUNT: nowhere. */
static size_t catalog_position(unsigned version) {
    size_t i = 0;
    while (i < CATALOG_GENERATION_COUNT && catalog_generations[i].bit != version) {
        i++;
    }
    return i;
}

uint64_t catalog_counts(const catalog_resource *resource) {
    uint64_t columns = 0;
    for (size_t i = 0; i < CATALOG_RESOURCE_COUNT; i++) {
        const catalog_resource *each = catalog_all[i];
        int column = each->parent == resource ? catalog_column_index(resource, each->counted_by) : -1;
        columns |= column >= 0 ? UINT64_C(1) << column : 0;
    }
    return columns;
}

int catalog_page_max(const catalog_resource *resource, unsigned version) {
    size_t position = catalog_position(version);
    return position < CATALOG_GENERATION_COUNT ? resource->page_max[position] : 0;
}

const catalog_generation *catalog_generation_of(unsigned version) {
    return &catalog_generations[catalog_position(version)];
}

unsigned catalog_version_named(const char *name) {
    for (size_t i = 0; i < CATALOG_GENERATION_COUNT; i++) {
        if (catalog_generations[i].chosen && strcmp(catalog_generations[i].name, name) == 0) {
            return catalog_generations[i].bit;
        }
    }
    return 0;
}

unsigned catalog_versions_of_host(unsigned version) {
    unsigned versions = 0;
    for (size_t i = 0; i < CATALOG_GENERATION_COUNT; i++) {
        bool same = catalog_generations[i].origin == catalog_generation_of(version)->origin;
        versions |= same && catalog_generations[i].chosen ? catalog_generations[i].bit : 0;
    }
    return versions;
}

unsigned catalog_versions_beside(unsigned version) {
    unsigned versions = 0;
    for (size_t i = 0; i < CATALOG_GENERATION_COUNT; i++) {
        versions |= catalog_generations[i].beside & version ? catalog_generations[i].bit : 0;
    }
    return versions;
}

static const char *catalog_translate(const catalog_word *words, unsigned versions, const char *ours) {
    for (const catalog_word *word = words; word && word->ours; word++) {
        if ((word->versions & versions) == versions && strcmp(word->ours, ours) == 0) {
            return word->theirs;
        }
    }
    return NULL;
}

const char *catalog_word_in(unsigned version, const char *ours) {
    const char *theirs = catalog_translate(catalog_generation_of(version)->words, 0, ours);
    return theirs ? theirs : ours;
}

const char *catalog_json_name(const catalog_resource *resource, const char *ours, unsigned version) {
    const char *theirs = catalog_translate(resource->words, version, ours);
    return theirs ? theirs : catalog_word_in(version, ours);
}

const char *catalog_list_query(const catalog_resource *resource, unsigned version) {
    const char *always = resource->list_query;
    const char *theirs = always ? catalog_translate(resource->words, version, always) : NULL;
    return theirs ? theirs : always;
}

const char *catalog_constant(const catalog_resource *resource, const char *column, unsigned version) {
    for (const catalog_making *each = resource->makings; column && each && each->column; each++) {
        if (each->how == MADE_CONSTANT && (each->versions & version) && strcmp(each->column, column) == 0) {
            return each->text;
        }
    }
    return NULL;
}

const catalog_resource *catalog_part(const catalog_resource *resource, const char *column, unsigned version) {
    for (size_t i = 0; resource->parts && resource->parts[i]; i++) {
        if ((resource->parts[i]->fetch & version) && catalog_column_index(resource->parts[i], column) >= 0) {
            return resource->parts[i];
        }
    }
    return NULL;
}

/* Is the note about the column, or about what it is in? */
static bool catalog_is_about(const catalog_note *note, const char *column) {
    size_t length = note->column ? strlen(note->column) : 0;
    return note->column && column
               ? strncmp(note->column, column, length) == 0 && (column[length] == 0 || column[length] == '.')
               : note->column == column;
}

const char *catalog_reason(const catalog_resource *resource, const char *column, unsigned version) {
    for (const catalog_note *note = resource->notes; note && note->reason; note++) {
        if ((note->versions & version) && catalog_is_about(note, column)) {
            return note->reason;
        }
    }
    return NULL;
}

static bool catalog_is_text(const char *known, const char *text, size_t length) {
    return strlen(known) == length && memcmp(known, text, length) == 0;
}

const char *catalog_value_theirs(const catalog_value *values, const char *text, size_t length) {
    for (; values && values->ours; values++) {
        if (catalog_is_text(values->ours, text, length)) {
            return values->theirs;
        }
    }
    return NULL;
}

unsigned catalog_readable(const catalog_resource *resource) {
    return resource->single || !resource->list ? resource->fetch : resource->list;
}

bool catalog_is_unlisted(const catalog_resource *resource, unsigned version) {
    return !resource->single && !(resource->list & version) && (resource->fetch & version);
}

int catalog_depth(const catalog_resource *resource) {
    int depth = 0;
    for (const catalog_resource *parent = resource->parent; parent != NULL; parent = parent->parent) {
        depth++;
    }
    return depth;
}

const catalog_resource *catalog_root(const catalog_resource *resource) {
    while (resource->parent) {
        resource = resource->parent;
    }
    return resource;
}

bool catalog_replaces(const catalog_resource *resource, const catalog_filter *filter) {
    size_t length = strlen(filter->parameter);
    const char *sent = resource->list_query;
    return sent && strncmp(sent, filter->parameter, length) == 0 && sent[length] == '=';
}

bool catalog_is_of_service(const catalog_resource *resource) {
    const char *prefix = catalog_root(resource)->key_prefix;
    return prefix && strcmp(prefix, "IS") == 0;
}

const catalog_resource *catalog_teller(const catalog_resource *resource, const char *column, unsigned version) {
    const catalog_resource *root = catalog_root(resource), *part = catalog_part(root, column, version);
    for (size_t i = 0; i < CATALOG_RESOURCE_COUNT && !part; i++) {
        const catalog_resource *each = catalog_all[i];
        bool once = each == root || (each->single && each->parent && strcmp(each->parent->segment, root->segment) == 0);
        int found = once && (each->fetch & version) ? catalog_column_index(each, column) : -1;
        if (found >= 0 && (each->columns[found].versions & version)) {
            return each;
        }
    }
    return part;
}

bool catalog_is_parent(const catalog_resource *resource) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    for (size_t i = 0; i < count; i++) {
        if (resources[i]->parent == resource) {
            return true;
        }
    }
    return false;
}

static bool catalog_is_under(const catalog_resource *resource, const catalog_resource *above) {
    const catalog_resource *each = resource->parent;
    while (each && each != above) {
        each = each->parent;
    }
    return each != NULL;
}

bool catalog_holds_persons(const catalog_resource *resource) {
    size_t count = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    bool found = false;
    for (size_t i = 0; i < count && !found; i++) {
        found = resources[i]->person_in && catalog_is_under(resources[i], resource);
    }
    return found;
}

const char *catalog_versions_text(unsigned versions, char text[static CATALOG_VERSIONS_SIZE]) {
    strcpy(text, versions ? "" : "no version");
    for (size_t i = 0; i < CATALOG_GENERATION_COUNT; i++) {
        unsigned bit = catalog_generations[i].bit, after = 0;
        for (size_t j = i + 1; j < CATALOG_GENERATION_COUNT; j++) {
            after |= catalog_generations[j].bit;
        }
        if (versions & bit) {
            strcat(text, catalog_generations[i].name);
            /* The last but one is joined by a word. */
            unsigned left = versions & after;
            strcat(text, !left ? "" : left & (left - 1) ? ", " : " and ");
        }
    }
    return text;
}
