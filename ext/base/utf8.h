/* UTF-8. */
#ifndef CHAT_UTF8_H
#define CHAT_UTF8_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

/* Is the text well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF)? */
bool utf8_is_valid(const char *text, size_t length);

/*
** Length of the character that a text begins with, of which left bytes (not 0) are there; more than left: as far as it is there,
** it is well-formed. 0: it is not.
*/
size_t utf8_step(const char *text, size_t left);

/*
** Appends a text as UTF-8: as it is, but with the two halves of a surrogate pair, each encoded by itself (SQLite's
** char(55357, 56832)), put together. False if it is not UTF-8 even so: bad is the offset of what is not, in the text.
*/
bool utf8_append_joined(buffer *target, const char *text, size_t length, size_t *bad);

/*
** Makes one line for a terminal of a text (NUL-terminated, changed in place, as long as before), whatever a server or a
** user put into it: control characters, line separators and what turns the direction of text become blanks, bytes that
** are no UTF-8 (a terminal may take 9B for the beginning of a command) become '?'.
*/
void utf8_blank_controls(char *text);

#endif
