/*
** Unit tests are made of the very objects that the library is made of, which reach SQLite through the table of routines
** that a host hands to the entry point. Nobody loads them here: SQLite is asked for the table before main, by a
** connection that is closed at once. SQLite is then as if nobody had used it, and may still be configured.
*/
#include <stdlib.h>

/* The table is asked for with direct calls; for what is linked with this the pointer is of this type all the same. */
#include <sqlite3ext.h>

/* ext/chat.c defines it too. A test that calls the entry point has that one. */
__attribute__((weak)) const sqlite3_api_routines *sqlite3_api;

static int take_table(sqlite3 *db, char **message, const sqlite3_api_routines *table) {
    (void)db;
    (void)message;
    sqlite3_api = table;
    return SQLITE_OK;
}

__attribute__((constructor)) static void have_table(void) {
    sqlite3 *db = NULL;
    if (sqlite3_auto_extension((void (*)(void))take_table) != SQLITE_OK || sqlite3_open(":memory:", &db) != SQLITE_OK ||
        !sqlite3_api) {
        abort();
    }
    sqlite3_close(db);
    sqlite3_reset_auto_extension();
    sqlite3_shutdown();
}
