/* Statements that read, stuck in every way there is; see scenarios.h. */
#include "differential/tap.h"
#include "scenarios.h"
#include "world.h"

#include <string.h>

#define MEDIUM "MEaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

typedef struct read_case {
    const char *name;
    const char *control; /* what makes it slow */
    const char *sql;     /* one value */
} read_case;

static const read_case read_cases[] = {
    {"no answer", "fault?path=*/Services?*&action=hang&ms=90000&times=0", "SELECT count(*) FROM services"},
    {"an answer that stops in the middle", "fault?path=*/Channels?*&action=stall&bytes=2000&ms=90000&times=0",
     "SELECT count(*) FROM channels"},
    {"an answer that trickles", "fault?path=*/Channels?*&action=trickle&bytes=1&ms=10&times=0",
     "SELECT count(*) FROM channels"},
    {"waiting to repeat a 503", "fault?action=status&status=503&times=0", "SELECT count(*) FROM services"},
    {"waiting as a 429 asks for", "fault?action=status&status=429&header=Retry-After:+60&times=0",
     "SELECT count(*) FROM services"},
    {"a list for each of 1000 channels", "latency?ms=100", "SELECT count(*) FROM messages"},
    {"a join", "fault?path=*/Members*&nth=20&action=hang&ms=90000&times=0",
     "SELECT count(*) FROM channels AS c JOIN members AS m ON m.service_sid = c.service_sid AND m.channel_sid = c.sid"},
    {"fetching attributes", "fault?path=*/Channels/CH*&action=hang&ms=90000&times=0",
     "SELECT count(attributes) FROM channels"},
    {"a second page", "fault?path=*PageToken*&action=hang&ms=90000&times=0",
     "SELECT count(*) FROM users WHERE service_sid = (SELECT sid FROM services)"},
    {"a lookup", "fault?path=*/Users/*&action=hang&ms=90000&times=0",
     "SELECT count(*) FROM users WHERE sid IN (SELECT sid FROM pick)"},
    {"a content", "fault?port=content&action=hang&ms=90000&times=0",
     "SELECT count(content) FROM media WHERE service_sid = (SELECT sid FROM services) AND sid = (SELECT sid FROM medium)"},
    {"a content that trickles", "fault?port=content&action=trickle&bytes=1&ms=50&times=0",
     "SELECT count(content) FROM media WHERE service_sid = (SELECT sid FROM services) AND sid = (SELECT sid FROM medium)"},
    {"a subquery in an aggregate", "fault?path=*/Roles?*&action=hang&ms=90000&times=0",
     "SELECT max((SELECT count(*) FROM roles WHERE service_sid = s.sid)) FROM services AS s"},
};

static bool reads_again(sqlite3 *db, const read_case *each, const char *answer) {
    world_control("reset");
    world_control("latency?ms=0");
    return world_is(world_value(db, each->sql), answer);
}

/* Interrupted twice, then left alone: the answer is the one it had before. */
static void reads_one(sqlite3 *db, const read_case *each) {
    char answer[100];
    strncpy(answer, world_value(db, each->sql), sizeof answer - 1);
    answer[sizeof answer - 1] = 0;
    world_control("%s", each->control);
    world_outcome first = world_run(db, each->sql, BY_THREAD), second = world_run(db, each->sql, BY_THREAD);
    world_outcome third = world_run(db, each->sql, BY_HANDLER);
    bool usable = world_is(world_value(db, "SELECT 'usable'"), "usable");
    tap_result(world_was_interrupted(&first), "%s: sqlite3_interrupt", each->name);
    tap_result(world_was_interrupted(&second), "%s: a second interrupt", each->name);
    tap_result(world_was_interrupted(&third), "%s: a progress handler", each->name);
    tap_result(usable && reads_again(db, each, answer), "%s: the same statement afterwards", each->name);
}

static void reads_into_table(sqlite3 *db) {
    world_control("fault?path=*/Channels?*&action=hang&ms=90000&times=0");
    world_outcome created = world_run(db, "CREATE TABLE copy AS SELECT * FROM channels", BY_THREAD);
    tap_result(world_was_interrupted(&created), "CREATE TABLE AS SELECT: interrupted");
    tap_result(world_is(world_value(db, "SELECT count(*) FROM sqlite_master WHERE name = 'copy'"), "0"),
               "CREATE TABLE AS SELECT: there is no table");
    world_control("reset");
    world_do(db, "CREATE TABLE copy AS SELECT * FROM channels");
    tap_result(world_is(world_value(db, "SELECT count(*) FROM copy"), "1000"), "CREATE TABLE AS SELECT: again");
    world_do(db, "DROP TABLE copy");
}

void scenarios_read(sqlite3 *db) {
    world_do(db, "UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';"
                 "INSERT INTO messages(service_sid, channel_sid, media) SELECT service_sid, sid, '{\"sid\":\"" MEDIUM
                 "\"}' FROM channels LIMIT 1;"
                 "UPDATE chat_settings SET value = 'v1' WHERE name = 'api_version';"
                 "CREATE TEMP TABLE medium AS SELECT '" MEDIUM "' AS sid");
    world_do(db, "CREATE TEMP TABLE pick AS SELECT sid FROM users LIMIT 5; UPDATE chat_settings SET value = 20 "
                 "WHERE name = 'max_retries'; UPDATE chat_settings SET value = 100 WHERE name = 'page_size'");
    for (size_t i = 0; i < sizeof read_cases / sizeof *read_cases; i++) {
        reads_one(db, &read_cases[i]);
    }
    reads_into_table(db);
}
