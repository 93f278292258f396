/*
** Statements that are interrupted, whatever they wait for:
**
**   build/interrupt EXTENSION SHELL FOLDER     see test_interrupt, which starts an emulator and sets the environment
**
** Whoever interrupts, the statement ends within a second (15 are allowed, against a minute that it would take otherwise), with
** SQLITE_INTERRUPT, and the connection is as usable as before. Prints TAP.
*/
#include "differential/tap.h"
#include "scenarios.h"
#include "world.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    const char *url = getenv("TWILIO_CHAT_URL");
    if (argc != 4 || !url) {
        fprintf(stderr, "usage: %s EXTENSION SHELL FOLDER, with TWILIO_CHAT_URL set\n", argv[0]);
        return 2;
    }
    char file[1000];
    snprintf(file, sizeof file, "%s/interrupt.db", argv[3]);
    world_setup(argv[1], url);
    printf("# SQLite %s\n", sqlite3_libversion());
    sqlite3 *db = world_open(":memory:");
    scenarios_read(db);
    scenarios_connection(db);
    sqlite3_close(db);
    scenarios_write(file);
    scenarios_connect();
    scenarios_terminal(argv[2], argv[1]);
    return tap_end();
}
