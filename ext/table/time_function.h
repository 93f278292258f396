/*
** chat_time(...): a time in the API's form, so that it compares with the API's times as text.
**
**     SELECT body FROM messages WHERE channel_sid = 'CH...' AND date_created > chat_time('now', '-5 minutes');
**     SELECT chat_time('2026-01-31 08:09:10');            2026-01-31T08:09:10Z
**     SELECT chat_time(1769846950, 'unixepoch');          2026-01-31T08:09:10Z
**     SELECT chat_time();                                 the time of the statement
**
** SQLite's own datetime() puts a blank where the API has a T: compared with it as text, every time of the same day is later.
*/
#ifndef CHAT_TIME_FUNCTION_H
#define CHAT_TIME_FUNCTION_H

#include "base/sqlite.h"

/* Registers chat_time on a connection. An SQLite result code; SQLITE_BUSY if it is in use there. */
int time_function_register(sqlite3 *db);

#endif
