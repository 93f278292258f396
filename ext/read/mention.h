/*
** Mentions: SIDs that stand in a row's JSON, such as those of attachments in a message's media. They lead to rows of other
** tables, which a join is going to ask for. Pure.
*/
#ifndef CHAT_MENTION_H
#define CHAT_MENTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sid.h"
#include "catalog/catalog.h"
#include "rest/page.h"

/* A place in a row, behind a mention. All zeros: the row's beginning. */
typedef struct mention {
    size_t column, offset;
} mention;

/* Goes on to the next SID of that prefix ("ME"), a JSON string of its own; false: there is none. sid: with its NUL. */
bool mention_next(const catalog_resource *resource, const page *content, size_t row, const char *prefix, mention *place,
                  char sid[SID_LENGTH + 1]);

/* Goes to the place behind that SID; false: the row does not mention it. */
bool mention_find(const catalog_resource *resource, const page *content, size_t row, const char *sid, mention *place);

#endif
