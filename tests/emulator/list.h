/*
** Answers of GET: lists (a page of rows and "meta") and single resources.
*/
#ifndef EMULATOR_LIST_H
#define EMULATOR_LIST_H

#include "emulator.h"

/* Answers the list that the request's path names. */
void list_answer(exchange *self);

/* Answers the single resource that the path names, or 404. */
void list_fetch(exchange *self);

/* Appends the row with this key (SID) to the answer with the status: what creates and updates show. */
void list_show(exchange *self, const char *key, int status);

/* The row id of the resource that the path names (key or, where the version allows, alias), or -1. key, when not NULL,
** gets its SID (SID_LENGTH + 1 bytes). Not for messages. */
int64_t list_find(exchange *self, char *key);

#endif
