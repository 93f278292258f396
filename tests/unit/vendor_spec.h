/*
** The vendor's OpenAPI specs of chat v1, v2 and v3 and of conversations v1: where they are, and where in them a resource of
** the catalogue should be. They are no part of this project.
*/
#ifndef CHAT_TEST_VENDOR_SPEC_H
#define CHAT_TEST_VENDOR_SPEC_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "catalog/catalog.h"

enum { VENDOR_SPEC_COUNT = 4 };

/* Whether all specs are there: in the folder $CHAT_SPECS if that is set, else where tests/spec installs them, else in
** ../shared/reference/openapi, both seen from the root of the source tree. If not, it prints that the program is skipped,
** and why. Call it first. */
bool vendor_spec_find_or_skip(void);

/* The version that a spec is of, a CATALOG_V... bit. which: below VENDOR_SPEC_COUNT. */
unsigned vendor_spec_version(size_t which);

/* Loads one. A new reference, or NULL if the file cannot be read. */
json_t *vendor_spec_load(size_t which);

/* The path of a resource's list as a spec of that version would name it, placeholders in the case of columns:
** "/v1/Services/{service_sid}/Channels". result: OPENAPI_TEXT_SIZE bytes. */
void vendor_spec_list_path(const catalog_resource *resource, unsigned version, char *result);

/* The same of where new rows go that are made with others. */
void vendor_spec_create_with_path(const catalog_resource *resource, unsigned version, char *result);

/* Is the spec of that version to have the resource? */
bool vendor_spec_concerns(const catalog_resource *resource, unsigned version);

/* The same of one row: ".../Channels/{sid}", or of the only one. */
void vendor_spec_item_path(const catalog_resource *resource, unsigned version, char *result);

#endif
