/*
** What the fields of a resource's JSON mean in a version of the API, worked out from the catalogue once for each page: which
** column takes a field as it stands, and which columns are made of fields when the row has ended.
*/
#ifndef CHAT_PAGE_FIELDS_H
#define CHAT_PAGE_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "catalog/catalog.h"

enum { PAGE_COLUMNS_MAX = 64, PAGE_FIELDS_MAX = 96 };

/* A field of the row itself. */
typedef struct page_field {
    const char *name; /* not NUL-terminated */
    size_t length;
    int column;  /* that takes it as it stands, or -1 */
    bool wanted; /* it must be at hand when the row has ended */
} page_field;

/* A column that is made of fields. */
typedef struct page_derived {
    size_t column;
    size_t field;     /* the one that it stands in, or that its makings begin with */
    const char *path; /* inside of it, or NULL */
    bool made;        /* by the catalogue's makings */
} page_derived;

typedef struct page_fields {
    const catalog_resource *resource;
    unsigned version;
    page_field fields[PAGE_FIELDS_MAX];
    size_t count;
    page_derived derived[PAGE_COLUMNS_MAX];
    size_t derived_count;
    const char *constants[PAGE_COLUMNS_MAX]; /* for each column the text that it always is, or NULL */
    uint64_t parents;     /* a bit for each column that is one: in most rows of a list the same text */
    const char *key_name; /* a text that each row must have, or NULL */
    int key;              /* ... its field, or -1 */
} page_fields;

/* columns: a bit for each that is wanted. Key, parents and order always are. */
void page_fields_init(page_fields *fields, const catalog_resource *resource, unsigned version, uint64_t columns);

/* The field of that name, or -1. */
int page_fields_find(const page_fields *fields, const char *name, size_t length);

#endif
