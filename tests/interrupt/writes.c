/* Statements and commits that write; see scenarios.h. */
#include "differential/tap.h"
#include "scenarios.h"
#include "world.h"

#include <stdio.h>
#include <string.h>

/* Of two channels the first gets stuck at its third message, which the server has taken; the second gets all of its. */
static const char stuck_at_third[] = "fault?method=POST&path=*%s/Messages*&nth=3&action=hang&ms=90000&when=after";

static const char states[] = "SELECT group_concat(state || ' ' || body, ', ') FROM "
                             "(SELECT state, substr(body, 6) AS body FROM chat_writes ORDER BY seq)";

static char first_channel[40], second_channel[40];

static void writes_pick(sqlite3 *db) {
    strncpy(first_channel, world_value(db, "SELECT sid FROM channels ORDER BY sid LIMIT 1"), 39);
    strncpy(second_channel, world_value(db, "SELECT sid FROM channels ORDER BY sid LIMIT 1 OFFSET 1"), 39);
    world_do(db,
             "CREATE TABLE local(x); CREATE TEMP TABLE plan(channel, body);"
             "INSERT INTO plan VALUES ('%s', 'a1'), ('%s', 'a2'), ('%s', 'a3'), ('%s', 'a4'), ('%s', 'a5'),"
             "('%s', 'b1'), ('%s', 'b2');"
             "UPDATE chat_settings SET value = (SELECT sid FROM services) WHERE name = 'service_sid'",
             first_channel, first_channel, first_channel, first_channel, first_channel, second_channel, second_channel);
}

static const char insert_plan[] = "INSERT INTO messages(channel_sid, body) SELECT channel, body FROM plan";

static void writes_commit(sqlite3 *db, world_interrupter by, const char *how) {
    world_control("reset");
    world_control(stuck_at_third, first_channel);
    world_do(db, "BEGIN; INSERT INTO local VALUES (1); %s", insert_plan);
    world_outcome commit = world_run(db, "COMMIT", by);
    tap_result(world_was_interrupted(&commit), "COMMIT, %s: interrupted", how);
    tap_result(world_is(world_value(db, states), "sent a1, sent a2, unknown a3, rolled back a4, "
                                                 "rolled back a5, sent b1, sent b2"),
               "COMMIT, %s: chat_writes tells what was sent", how);
    world_outcome again = world_run(db, "COMMIT", BY_NOBODY);
    tap_result(again.rc == SQLITE_ERROR && world_is(world_value(db, "SELECT count(*) FROM local"), "0"),
               "COMMIT, %s: the local table is rolled back; there is nothing to commit again", how);
    tap_result(strlen(world_ledger()) == strlen("Body=a1") * 5 + 4 && strstr(world_ledger(), "Body=a3"),
               "COMMIT, %s: nothing was sent twice", how);
}

static void writes_autocommit(sqlite3 *db) {
    world_control("reset");
    world_control(stuck_at_third, first_channel);
    world_outcome insert = world_run(db, insert_plan, BY_THREAD);
    tap_result(world_was_interrupted(&insert), "INSERT ... SELECT: interrupted");
    tap_result(world_is(world_value(db, states), "sent a1, sent a2, unknown a3, rolled back a4, "
                                                 "rolled back a5, sent b1, sent b2"),
               "INSERT ... SELECT: chat_writes tells what was sent");
    world_control("reset");
    world_do(db, "%s", insert_plan);
    tap_result(world_is(world_value(db, "SELECT group_concat(DISTINCT state) || count(*) FROM chat_writes"), "sent7"),
               "INSERT ... SELECT: again");
}

/* The rows to be written come from a list that does not: nothing is sent at all. */
static void writes_read_first(sqlite3 *db) {
    world_control("reset");
    world_control("fault?path=*/Users?*&action=hang&ms=90000&times=0");
    world_outcome insert =
        world_run(db, "INSERT INTO messages(channel_sid, body) SELECT (SELECT channel FROM plan), identity FROM users",
                  BY_THREAD);
    tap_result(world_was_interrupted(&insert), "INSERT ... SELECT from a list that does not come: interrupted");
    tap_result(world_is(world_ledger(), ""), "INSERT ... SELECT from a list that does not come: nothing was sent");
}

/* The server has refused for now: not sent, so not unknown. */
static void writes_backoff(sqlite3 *db) {
    world_control("reset");
    world_control("fault?method=POST&action=status&status=429&header=Retry-After:+60&times=0");
    world_do(db, "BEGIN; %s", insert_plan);
    world_outcome commit = world_run(db, "COMMIT", BY_HANDLER);
    tap_result(world_was_interrupted(&commit), "COMMIT waiting as a 429 asks for: interrupted");
    tap_result(
        world_is(world_value(db, "SELECT group_concat(DISTINCT state) || count(*) FROM chat_writes"), "rolled back7") &&
            world_is(world_ledger(), ""),
        "COMMIT waiting as a 429 asks for: nothing is sent, nothing unknown");
}

/* One a second, in bursts of five seconds' worth: the first channel's second half has to wait. */
static void writes_pacing(sqlite3 *db) {
    world_control("reset");
    world_do(db, "UPDATE chat_settings SET value = 1 WHERE name = 'write_rate'; BEGIN; %s; %s", insert_plan,
             insert_plan);
    world_outcome commit = world_run(db, "COMMIT", BY_THREAD);
    world_do(db, "UPDATE chat_settings SET value = 0 WHERE name = 'write_rate'");
    tap_result(world_was_interrupted(&commit), "COMMIT waiting for write_rate: interrupted");
    tap_result(world_is(world_value(db, "SELECT group_concat(n) FROM (SELECT state || ' ' || count(*) AS n "
                                        "FROM chat_writes GROUP BY state ORDER BY state)"),
                        "rolled back 5,sent 9"),
               "COMMIT waiting for write_rate: the rest is not sent");
}

/* Another connection has the journal locked. */
static void writes_journal_locked(sqlite3 *db, const char *file, world_interrupter by, const char *how) {
    char name[1100];
    snprintf(name, sizeof name, "%s-writes", file);
    world_do(db, "UPDATE chat_settings SET value = 'calls' WHERE name = 'write_journal'; %s", insert_plan);
    world_control("reset");
    sqlite3 *other = NULL;
    sqlite3_open(name, &other);
    world_do(other, "BEGIN IMMEDIATE");
    world_do(db, "BEGIN; %s", insert_plan);
    world_outcome commit = world_run(db, "COMMIT", by);
    sqlite3_close(other);
    tap_result(world_was_interrupted(&commit), "COMMIT waiting for the journal, %s: interrupted", how);
    tap_result(world_is(world_ledger(), ""), "COMMIT waiting for the journal, %s: nothing was sent", how);
    world_do(db, "%s", insert_plan);
    tap_result(world_is(world_value(db, "SELECT group_concat(DISTINCT state) || count(*) FROM chat_writes"), "sent7"),
               "COMMIT waiting for the journal, %s: the next one is sent", how);
    world_do(db, "UPDATE chat_settings SET value = NULL WHERE name = 'write_journal'");
}

/* What was not sent is not left as if it were still to be. */
static void writes_journal_backoff(sqlite3 *db, const char *file) {
    world_control("reset");
    world_control("fault?method=POST&action=status&status=429&header=Retry-After:+60&times=0");
    world_do(db, "UPDATE chat_settings SET value = 'limited' WHERE name = 'write_journal'; BEGIN; %s", insert_plan);
    world_outcome commit = world_run(db, "COMMIT", BY_THREAD);
    world_do(db, "ATTACH '%q-writes' AS journal", file);
    tap_result(world_was_interrupted(&commit) &&
                   world_is(world_value(db, "SELECT group_concat(DISTINCT state) FROM journal.limited"), "rolled back"),
               "COMMIT waiting as a 429 asks for: the journal says that nothing is sent");
    world_do(db, "DETACH journal; UPDATE chat_settings SET value = NULL WHERE name = 'write_journal'");
}

static int writes_always(void *context) {
    (void)context;
    return 1;
}

/* ROLLBACK asks nobody; a handler that interrupts everything must not bring it to send. */
static void writes_rollback(sqlite3 *db) {
    world_control("reset");
    world_do(db, "BEGIN; INSERT INTO local VALUES (1); %s", insert_plan);
    sqlite3_progress_handler(db, 1, writes_always, NULL);
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_progress_handler(db, 0, NULL, NULL);
    if (!sqlite3_get_autocommit(db)) {
        world_do(db, "ROLLBACK");
    }
    tap_result(world_is(world_ledger(), "") && world_is(world_value(db, "SELECT count(*) FROM local"), "0"),
               "ROLLBACK under a handler that always interrupts: nothing was sent");
}

/* A statement inside a transaction is interrupted while it reads: the transaction goes on, or is gone as a whole. */
static void writes_inside(sqlite3 *db) {
    world_control("reset");
    world_control("fault?path=*/Users?*&action=hang&ms=90000&times=0");
    world_do(db, "BEGIN; %s", insert_plan);
    world_outcome select = world_run(db, "SELECT count(*) FROM users", BY_THREAD);
    world_control("reset");
    bool fine = world_was_interrupted(&select) && !sqlite3_get_autocommit(db);
    world_do(db, "COMMIT");
    tap_result(
        fine && world_is(world_value(db, "SELECT group_concat(DISTINCT state) || count(*) FROM chat_writes"), "sent7"),
        "SELECT in a transaction: what was queued before is sent at COMMIT");
}

void scenarios_write(const char *file) {
    sqlite3 *db = world_open(file);
    writes_pick(db);
    writes_commit(db, BY_THREAD, "sqlite3_interrupt");
    writes_commit(db, BY_HANDLER, "progress handler");
    writes_autocommit(db);
    writes_read_first(db);
    writes_backoff(db);
    writes_pacing(db);
    writes_journal_locked(db, file, BY_THREAD, "sqlite3_interrupt");
    writes_journal_locked(db, file, BY_HANDLER, "progress handler");
    writes_journal_backoff(db, file);
    writes_rollback(db);
    writes_inside(db);
    sqlite3_close(db);
}
