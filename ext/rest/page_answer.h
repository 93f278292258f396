/*
** A member of an answer that is one object: the row that a write is answered with, or an error. It is read as rows are
** (page_scan.h), so that what a SELECT reads no write refuses: half a surrogate pair, a repeated key (the last counts) or a
** number beyond all bounds anywhere in it is none of the member's business.
*/
#ifndef CHAT_PAGE_ANSWER_H
#define CHAT_PAGE_ANSWER_H

#include <stddef.h>

#include "base/buffer.h"

/*
** Appends the text of the member of that name (at most 100 bytes): a string without its escapes, other values as they are
** written. body: length bytes, any; may be NULL when length is 0. Returns the kind of the value as in page_token; 0: the body
** is no valid object of JSON, or has no such member. Where memory runs out text->rc tells it, and the kind is 0.
*/
char page_answer_member(const char *body, size_t length, const char *name, buffer *text);

/* The same for who wants a string or number in an empty buffer: is there one? Else the buffer stays empty. */
bool page_answer_text(const char *body, size_t length, const char *name, buffer *text);

#endif
