/*
** SIDs: two capital letters and 32 hexadecimal digits, such as CH0123456789abcdef0123456789abcdef
** (vendor's specs: ^CH[0-9a-fA-F]{32}$).
*/
#ifndef CHAT_SID_H
#define CHAT_SID_H

#include <stdbool.h>
#include <stddef.h>

enum { SID_LENGTH = 34 };

#define SID_SERVICE "IS" /* the kind that settings and table arguments name */

typedef enum {
    SID_NO,        /* cannot be a SID of that kind */
    SID_CANONICAL, /* digits in lower case, as the service writes them */
    SID_OTHER_CASE /* allowed by the specs' pattern, but not how the service writes it */
} sid_shape;

/* What a text of length bytes is, as a SID that begins with prefix (two letters). */
sid_shape sid_classify(const char *prefix, const char *text, size_t length);

/*
** May a text stand as one segment of a path with no escaping and no surprise? Letters, digits, '_' and '-' only, and
** not empty: true of every SID, and a guard against servers that put a path into a SID.
*/
bool sid_is_plain_segment(const char *text, size_t length);

#endif
