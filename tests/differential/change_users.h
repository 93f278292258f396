/*
** Users that transactions insert and delete again, by what the extension's own tables hold: INSERT ... SELECT adds to chat_writes
** while it reads it, and DELETE ... WHERE IN (SELECT ...). They are users whom no other statement looks for: their identity begins
** with "own ". Until the COMMIT those who are inserted are in the model's table `made` alone, having no SID.
*/
#ifndef DIFFERENTIAL_CHANGE_USERS_H
#define DIFFERENTIAL_CHANGE_USERS_H

#include "change_play.h"

/* The model's tables for it. */
extern const char change_users_tables[];

/* Inserts some, or deletes some. */
void change_users_statement(change_play *p);

/* After the transaction's end: those who have been inserted are there, as they should be, and are taken over. */
void change_users_compare(change_play *p);

/* Takes a row that the server has over, in place of what both copies of the model had under its path. */
void change_users_adopt(change_play *p, const table *t, const char *path, const answer *row, size_t number);

#endif
