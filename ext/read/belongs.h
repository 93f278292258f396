/*
** Does a row belong where it was asked for? A server, or what stands before it, may answer with another: believed, its
** values would depend on how the row was reached.
*/
#ifndef CHAT_BELONGS_H
#define CHAT_BELONGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "plan/address.h"
#include "rest/page.h"
#include "rest/page_fields.h"

/* The parent columns of a resource, and what the address of a row or of a list says of each; borrowed from it. */
typedef struct belongs_parents {
    size_t count;
    size_t columns[PAGE_COLUMNS_MAX];
    address_part expected[PAGE_COLUMNS_MAX];
    const page_cell *agrees[PAGE_COLUMNS_MAX]; /* a cell that has been looked at: many rows have it in common */
} belongs_parents;

void belongs_expect(belongs_parents *parents, const catalog_resource *resource, const char *address);

/* Does each parent column that the row has agree with that? */
bool belongs_to_parents(belongs_parents *parents, const page *content, size_t row);

/* Is the page of a single resource the one at that request path, which ends with its SID or its escaped name? */
bool belongs_to_path(const catalog_resource *resource, unsigned version, const char *path, const page *content,
                     error *problem);

/*
** Has its row that name (escaped for a path)? Whether upper and lower case are the same in names is the server's affair.
** False also without memory, with that in problem.
*/
bool belongs_to_name(const catalog_resource *resource, const page *content, const char *escaped, size_t length,
                     error *problem);

/*
** Is the answer, an object, the single resource of that request path, which has no key of its own? It must tell its parent
** or its URL, as an error or a list does not, and the parent may be no other.
*/
bool belongs_is_single(const catalog_resource *resource, unsigned version, const char *path, const char *body,
                       size_t length, error *problem);

#endif
