/*
** The words of an SQL statement, one after the other, for whoever must know what SQLite does not say of a statement.
*/
#ifndef CHAT_SQL_TOKEN_H
#define CHAT_SQL_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

/* A word, a name or text in quotes, a parameter, or a single character; nothing of it: the end. */
typedef struct sql_token {
    const char *text;
    size_t length;
} sql_token;

/* The next one, after blanks and comments. *sql goes behind it. */
sql_token sql_token_next(const char **sql);

/* The first, behind the semicolons that may stand before a statement. sql: as above; NULL: none. */
sql_token sql_token_first(const char *sql);

/*
** The word that a write begins with, INSERT, REPLACE, UPDATE or DELETE, behind the WITH that there may be; none: it is no write.
** *sql goes behind it.
*/
sql_token sql_token_verb(const char **sql);

/* Is it that word, in whatever case? In quotes it is another. */
bool sql_token_is(sql_token token, const char *word);

#endif
