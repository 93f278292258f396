/*
** Texts that must not stay in memory after use: copies of credentials. Freed memory is not cleared by malloc, and would
** show them in a core file or in whatever reuses it.
**
** What this cannot reach: the environment itself, copies that libcurl makes for a request, and, for a credential set with
** SQL, copies that SQLite makes of the statement and its values.
*/
#ifndef CHAT_SECRET_H
#define CHAT_SECRET_H

/* A copy (sqlite3_malloc'ed, with no further copy made on the way). NULL for NULL, or when memory ran out. */
char *secret_copy(const char *text);

/* Overwrites a text and frees it. Accepts NULL. */
void secret_free(char *text);

/* What shows in place of a secret. */
#define SECRET_HIDDEN "****"

enum { SECRET_SHOWN_SIZE = 180 };

/*
** How a message names a value that has been refused: in quotes, cut after 40 characters. What may be a secret that went to
** the wrong place is "this value": a text with an '@' or 24 letters and digits in a row, but for SIDs (not AC... and SK...,
** which are half of a credential). Returns shown.
*/
const char *secret_show(const char *text, char shown[SECRET_SHOWN_SIZE]);

#endif
