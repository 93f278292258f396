/* UTF-8. */
#ifndef CHAT_UTF8_H
#define CHAT_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Is the text well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF)? */
bool utf8_is_valid(const char *text, size_t length);

/*
** Makes one line for a terminal of a text (NUL-terminated, changed in place, as long as before), whatever a server or a
** user put into it: control characters, line separators and what turns the direction of text become blanks, bytes that
** are no UTF-8 (a terminal may take 9B for the beginning of a command) become '?'.
*/
void utf8_blank_controls(char *text);

#endif
