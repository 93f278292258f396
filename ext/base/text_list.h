/* A list of different texts, in the order they came. */
#ifndef CHAT_TEXT_LIST_H
#define CHAT_TEXT_LIST_H

#include <stddef.h>

#include "base/error.h"
#include "base/map.h"

/* An empty list is all zeros. */
typedef struct text_list {
    char **texts; /* each from sqlite3_malloc; owned */
    size_t count, allocated;
    map known; /* the same texts */
} text_list;

/* Appends a copy of a text (NUL-terminated) unless it is there already. Problem: SQLITE_NOMEM. */
void text_list_add(text_list *list, const char *text, error *problem);

/* Frees everything; the list is empty afterwards. */
void text_list_clear(text_list *list);

#endif
