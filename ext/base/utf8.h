/* UTF-8. */
#ifndef CHAT_UTF8_H
#define CHAT_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Is the text well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF)? */
bool utf8_is_valid(const char *text, size_t length);

/*
** Makes one line for a terminal of a text (NUL-terminated, changed in place), whatever a server or a user put into it:
** control characters (below U+0020, U+007F, and U+0080 to U+009F, which are two bytes) become blanks.
*/
void utf8_blank_controls(char *text);

#endif
