/*
** sqlite-chat, linked into a program: SQL over the REST APIs of Twilio Conversations and Programmable Chat.
**
**     #include <sqlite3.h>
**     #include "chat.h"
**
**     sqlite3_auto_extension((void (*)(void))sqlite3_chat_init);     // every connection opened from now on
**
** Compile chat.c with -DSQLITE_CORE and link with -lsqlite3 -lcurl -ljansson. Credentials come from the environment,
** or from `UPDATE chat_settings`, as for the loadable library.
*/
#ifndef SQLITE_CHAT_H
#define SQLITE_CHAT_H

#include <sqlite3.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sqlite3_api_routines;

/*
** Adds the tables and functions to one connection. *message: why not, if it fails, to be freed with sqlite3_free; may
** be NULL. api: not used when linked; NULL will do. Returns SQLITE_OK or an error code.
*/
int sqlite3_chat_init(sqlite3 *db, char **message, const struct sqlite3_api_routines *api);

#ifdef __cplusplus
}
#endif

#endif
