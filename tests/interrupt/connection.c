/* Interrupts that meet no statement, or several, and hosts that make it hard; see scenarios.h. */
#include "differential/tap.h"
#include "scenarios.h"
#include "world.h"

#include <string.h>

static const char hang[] = "fault?path=*/Services?*&action=hang&ms=90000&times=0";
static const char count[] = "SELECT count(*) FROM services";

/* With no statement running an interrupt is nobody's. */
static void connection_idle(sqlite3 *db) {
    sqlite3_interrupt(db);
    tap_result(world_is(world_value(db, count), "1"), "an interrupt with no statement running: the next one works");
    sqlite3_stmt *statement = NULL;
    sqlite3_prepare_v2(db, count, -1, &statement, NULL);
    sqlite3_interrupt(db);
    tap_result(sqlite3_step(statement) == SQLITE_ROW, "an interrupt between sqlite3_prepare and sqlite3_step: it runs");
    sqlite3_finalize(statement);
}

/* SQLite interrupts all statements of a connection that run. */
static void connection_two(sqlite3 *db) {
    sqlite3_stmt *open = NULL;
    sqlite3_prepare_v2(db, "SELECT sid FROM channels", -1, &open, NULL);
    bool started = sqlite3_step(open) == SQLITE_ROW;
    world_control(hang);
    world_outcome stuck = world_run(db, "SELECT count(*) FROM services WHERE friendly_name <> ''", BY_THREAD);
    int rc = sqlite3_step(open);
    world_control("reset");
    tap_result(started && world_was_interrupted(&stuck), "two statements: the one that is stuck is interrupted");
    tap_result(rc == SQLITE_INTERRUPT, "two statements: so is the other");
    sqlite3_reset(open);
    int rows = 0;
    while (sqlite3_step(open) == SQLITE_ROW) {
        rows++;
    }
    sqlite3_finalize(open);
    tap_result(rows == 1000, "two statements: once more, with all its rows");
}

static int connection_deny(void *context, int action, const char *a, const char *b, const char *c, const char *d) {
    (void)context, (void)a, (void)b, (void)c, (void)d;
    return action == SQLITE_RECURSIVE ? SQLITE_DENY : SQLITE_OK;
}

/* A host that allows no recursive queries: the extension's own way to ask must not depend on that. */
static void connection_authorizer(sqlite3 *db) {
    world_control(hang);
    sqlite3_set_authorizer(db, connection_deny, NULL);
    world_outcome stuck = world_run(db, count, BY_THREAD), again = world_run(db, count, BY_HANDLER);
    sqlite3_set_authorizer(db, NULL, NULL);
    world_control("reset");
    tap_result(world_was_interrupted(&stuck), "an authorizer that denies recursion: sqlite3_interrupt");
    tap_result(world_was_interrupted(&again), "an authorizer that denies recursion: a progress handler");
}

/* Hosts choose how many operations lie between two calls of their handler: some thousands, or many more. */
static void connection_rare_handler(sqlite3 *db) {
    world_control(hang);
    world_outcome stuck = world_run(db, count, BY_RARE_HANDLER);
    world_control("reset");
    tap_result(world_was_interrupted(&stuck), "a progress handler for every 100000 operations");
    tap_result(world_is(world_value(db, count), "1"), "a progress handler for every 100000 operations: afterwards");
}

void scenarios_connection(sqlite3 *db) {
    world_control("reset");
    connection_idle(db);
    connection_two(db);
    connection_authorizer(db);
    connection_rare_handler(db);
}
