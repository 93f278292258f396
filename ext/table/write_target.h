/* What a statement writes to, by its text. */
#ifndef CHAT_WRITE_TARGET_H
#define CHAT_WRITE_TARGET_H

#include <stdbool.h>

/*
** Is this an INSERT, REPLACE, UPDATE or DELETE, with or without a WITH before it, of the table of that name, in whatever
** schema? sql: one statement that SQLite has taken; NULL: no. What cannot be made out: no.
*/
bool write_target_is(const char *sql, const char *table_name);

#endif
