/*
** Where a new row is to go: under the parent that it names by its SID, whose service may have to be looked for, or by the
** unique_name of one made in this transaction.
*/
#ifndef CHAT_WRITE_PLACE_H
#define CHAT_WRITE_PLACE_H

#include "base/error.h"
#include "write/row.h"

/* Where a new row is to go. */
typedef struct write_place {
    char *parent;  /* its address, "" at the top; what call 7 will make stands in it as in write_entry.path */
    int64_t after; /* the call that makes the parent, or 0 */
} write_place;

/* Finds it. place: all zeros; its parent is the caller's to free, whatever comes. */
void write_place_find(const write_row *row, write_place *place, error *problem);

#endif
