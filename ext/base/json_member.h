/*
** Single members of a JSON document, without making values of it: of a file with secrets nothing is copied but what is
** asked for. A key that comes twice counts as it comes last, as JavaScript has it.
**
**     json_span profiles, one;
**     if (json_member_find(json_member_whole(text, length), "profiles", &profiles) && json_member_find(profiles, "sales", &one)) ...
*/
#ifndef CHAT_JSON_MEMBER_H
#define CHAT_JSON_MEMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* A value within a document, borrowed. */
typedef struct json_span {
    const char *at;
    size_t length;
} json_span;

/* A document as a value. Its text must be JSON (json_text_is_valid). */
json_span json_member_whole(const char *text, size_t length);

/* The member of that key (UTF-8) of an object. False: it has none, or is no object. */
bool json_member_find(json_span object, const char *key, json_span *found);

bool json_member_is_null(json_span value);

/*
** A copy of a string, to be given to secret_free. NULL: it is no string, or has a character that no text may have (NUL, half
** a surrogate pair); or a problem: out of memory.
*/
char *json_member_text(json_span value, error *problem);

#endif
