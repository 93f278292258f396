/*
** JSON that a user writes: attributes, and the JSON columns whose leaves are form parameters of their own
** (Limits.UserChannels, Notifications.NewMessage.Enabled). Uses jansson, as page.c does.
*/
#ifndef CHAT_PAGE_DOCUMENT_H
#define CHAT_PAGE_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

typedef struct page_document page_document;

/* Parses any JSON value. NULL with SQLITE_ERROR ("is not valid JSON: ...") or SQLITE_NOMEM in problem. */
page_document *page_document_parse(const char *text, size_t length, error *problem);

/* Accepts NULL. */
void page_document_free(page_document *document);

/*
** Appends the leaf at a dotted path ("new_message.enabled", "0.sid" in an array; NULL: the document itself) as it is
** written in a form: a string as it is, true and false, numbers; null as nothing. False if there is no such leaf, or it is
** an object or an array.
*/
bool page_document_leaf(const page_document *document, const char *path, buffer *text);

/* How many elements the array at a path has; -1 if there is no array. */
int page_document_count(const page_document *document, const char *path);

/* Appends an element of it. False if it is no text: whoever sends 5, true or null as a text gets another array back. */
bool page_document_element(const page_document *document, const char *path, int position, buffer *text);

/* Appends an element of it that is an object, as compact JSON. False: it is none. */
bool page_document_object(const page_document *document, const char *path, int position, buffer *text);

/* Do two documents (either may be NULL: empty) hold the same at a path, nothing included? */
bool page_document_same(const page_document *one, const page_document *other, const char *path);

bool page_document_is_object(const page_document *document);
bool page_document_is_array(const page_document *document);

/* Is there a null at a path? */
bool page_document_is_null(const page_document *document, const char *path);

/* Has it anything at a path, null included? */
bool page_document_has(const page_document *document, const char *path);

/*
** Finds a leaf of an object, or of an array of them, that is none of the dotted paths, nor the same in `old` (may be
** NULL), where a null and nothing are the same, and appends its path to name. A path that names an object or array takes
** all that is in it. False: there is none.
*/
bool page_document_stranger(const page_document *document, const page_document *old, const char *const *paths,
                            size_t count, buffer *name);

/*
** Puts a value at a dotted path of an object, with the objects on the way, in place of what is there. plain: the text is JSON
** itself (a number, true); else it is a string, of any bytes that are UTF-8. False: no memory.
*/
bool page_document_set(page_document *document, const char *path, const char *text, size_t length, bool plain);

/* Adds a string to the array at a path. False: there is none, or no memory. */
bool page_document_add(page_document *document, const char *path, const char *text, size_t length);

/* Takes away what is at a path of an object. */
void page_document_remove(page_document *document, const char *path);

#endif
