/*
** May this value be sent? Decides, for the value of a slot, whether the server can answer the comparison exactly. Where
** it cannot, the scan reads more and SQLite compares; so the answer never depends on the plan.
*/
#ifndef CHAT_SENDABLE_H
#define CHAT_SENDABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "plan/plan.h"

enum { SENDABLE_DAY_LENGTH = 10 }; /* what is sent of a time that bounds a list: "2026-01-31" */

typedef enum {
    SENDABLE_YES,   /* send its text */
    SENDABLE_NEVER, /* no row can equal it: NULL, a blob, a text that is no SID */
    SENDABLE_NO     /* rows may equal it, but the server cannot be trusted to find them */
} sendable;

/* The verdict on a value for a slot that the resource has. value: not NULL. */
sendable sendable_check(const catalog_resource *resource, plan_slot slot, unsigned version, sqlite3_value *value);

/*
** May this name stand for its row in a path of that version? Not one that a path reads as something else: "..", a SID.
*/
bool sendable_is_name(const catalog_resource *resource, unsigned version, const char *text, size_t length);

#endif
