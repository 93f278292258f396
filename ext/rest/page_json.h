/*
** JSON text to jansson's values, in a way that lack of memory cannot pass for something else. jansson (2.14) drops a
** character when the buffer of its scanner cannot grow, so that a SID or a body would be a little shorter than it is,
** and it reports many an allocation that failed as a fault of the text.
*/
#ifndef CHAT_PAGE_JSON_H
#define CHAT_PAGE_JSON_H

#include <stddef.h>

#include "base/error.h"

/* jansson's; its header is for the files that use them. */
struct json_t;
struct json_error_t;

/*
** Parses a text: a new reference. flags: jansson's, for json_loadb. NULL with SQLITE_NOMEM in problem, or with what is
** wrong with the text in details (problem is not set then).
*/
struct json_t *page_json_load(const char *text, size_t length, size_t flags, struct json_error_t *details,
                              error *problem);

#endif
