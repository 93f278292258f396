/* Pieces of JSON text that is known to be valid: what a string says, and the members of an object. No tree. */
#ifndef CHAT_PAGE_STRING_H
#define CHAT_PAGE_STRING_H

#include <stdbool.h>
#include <stddef.h>

#include "rest/page_scan.h"

/*
** Undoes the escapes of a string, without its quotes, in place: it never gets longer. Half a surrogate pair becomes U+FFFD.
** Returns its length.
*/
size_t page_string_unescape(char *text, size_t length);

/* Does a string or key at text + token->offset say that name (of at most 100 bytes)? */
bool page_string_is(const char *text, const page_token *token, const char *name);

/* The token of the value that a text is (length bytes, no white space around it). */
page_token page_string_token(const char *text, size_t length);

/* The extent of a token with its quotes: where it begins, and how long it is. */
size_t page_string_begin(const page_token *token);
size_t page_string_extent(const page_token *token);

/* A walk over the members of an object, or the elements of an array. */
typedef struct page_walk {
    const char *text;
    size_t at, end;
    bool object;
} page_walk;

void page_string_walk(page_walk *walk, const char *text, const page_token *container);

/* The next one, by its place in the text; false: there is none. key: set of an object's. */
bool page_string_next(page_walk *walk, page_token *key, page_token *value);

/*
** The member of an object that has that name: the last of a repeated key. Of what is no object: none. value may be `object`
** itself.
*/
bool page_string_find(const char *text, const page_token *object, const char *name, page_token *value);

#endif
