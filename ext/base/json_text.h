/*
** Is a text JSON (RFC 8259)? By its grammar alone, which has no limits: numbers of any size, keys that come twice,
** escaped halves of surrogate pairs, any depth. A parser that makes values of it may have to refuse such things; what is
** only passed on need not be.
*/
#ifndef CHAT_JSON_TEXT_H
#define CHAT_JSON_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* Is it one JSON value, blanks around it allowed? The text must be UTF-8 (utf8.h). Problem: SQLITE_NOMEM. */
bool json_text_is_valid(const char *text, size_t length, error *problem);

#endif
