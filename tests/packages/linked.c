/*
** A program that links the amalgamation, and has functions of its own with the names of ours: prints "3 channels".
*/
#include <sqlite3.h>
#include <stdio.h>

#include "package/chat.h"

/* Names of functions and data in ext/: if they were seen from outside, linking would fail. */
int page_text(void);
int map_get(void);
int buffer_clear(void);
extern int catalog_channels;

int page_text(void) {
    return 1;
}

int map_get(void) {
    return 2;
}

int buffer_clear(void) {
    return 3;
}

int catalog_channels = 4;

int main(void) {
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    sqlite3_auto_extension((void (*)(void))sqlite3_chat_init);
    int rc = sqlite3_open(":memory:", &db);
    rc = rc == SQLITE_OK ? sqlite3_prepare_v2(db, "SELECT count(*) FROM channels", -1, &statement, NULL) : rc;
    if (rc == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW && page_text() + map_get() + buffer_clear() == 6) {
        printf("%d channels\n", sqlite3_column_int(statement, 0));
    } else {
        printf("%s\n", sqlite3_errmsg(db));
    }
    sqlite3_finalize(statement);
    rc = sqlite3_close(db);
    sqlite3_reset_auto_extension();
    return rc;
}
