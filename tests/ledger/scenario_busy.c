/*
** A busy COMMIT: another connection reads the same database file, so that SQLite cannot get its lock. By then it has called
** xSync, and the writes are sent. Whatever the user does next, none of them may be sent again.
*/
#include "scenario.h"

#include "play.h"

static void busy_start(play *p, service *s, const char *name) {
    play_begin(p, s, name, true);
    play_exec(p, p->db, SQLITE_OK, "BEGIN");
    play_exec(p, p->db, SQLITE_OK, "INSERT INTO local VALUES (1)");
    play_message(p, SQLITE_OK, "first");
    play_message(p, SQLITE_OK, "second");
    play_exec(p, p->other, SQLITE_OK, "BEGIN; SELECT * FROM local");
    play_expect_ledger(p, 0);
    play_exec(p, p->db, SQLITE_BUSY, "COMMIT");
    play_expect(p, 0, 2, 0, 0, 0);
}

/* A COMMIT that sends, and finds the file being read; then nobody reads it any more. */
static void busy_commit(play *p) {
    play_exec(p, p->other, SQLITE_OK, "BEGIN; SELECT * FROM local");
    play_exec(p, p->db, SQLITE_BUSY, "COMMIT");
    play_exec(p, p->other, SQLITE_OK, "COMMIT");
}

static void busy_count_local(play *p, const char *expected) {
    char *sql = sqlite3_mprintf("SELECT abs(CASE WHEN count(*) = %s THEN 1 ELSE -9223372036854775808 END) FROM local",
                                expected);
    play_exec(p, p->other, SQLITE_OK, sql);
    sqlite3_free(sql);
}

static void busy_repeated(service *s) {
    play p;
    busy_start(&p, s, "a busy COMMIT, repeated: each write is sent once");
    play_exec(&p, p.db, SQLITE_BUSY, "COMMIT");
    play_exec(&p, p.db, SQLITE_BUSY, "COMMIT");
    play_exec(&p, p.other, SQLITE_OK, "COMMIT");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect(&p, 0, 2, 0, 0, 0);
    busy_count_local(&p, "1");
    play_end(&p);
}

static void busy_rolled_back(service *s) {
    play p;
    busy_start(&p, s, "a busy COMMIT, then ROLLBACK: chat_writes still says what was sent");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK");
    play_expect(&p, 0, 2, 0, 0, 0);
    play_exec(&p, p.other, SQLITE_OK, "COMMIT");
    busy_count_local(&p, "0");
    play_end(&p);
}

static void busy_continued(service *s) {
    play p;
    busy_start(&p, s, "a busy COMMIT, then more writes and savepoints: only those are sent");
    play_message(&p, SQLITE_OK, "third");
    play_exec(&p, p.db, SQLITE_OK, "SAVEPOINT later");
    play_message(&p, SQLITE_OK, "dropped");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK TO later");
    play_expect_ledger(&p, 2);
    play_exec(&p, p.db, SQLITE_BUSY, "COMMIT");
    play_expect(&p, 0, 3, 0, 0, 1);
    play_exec(&p, p.other, SQLITE_OK, "COMMIT");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect(&p, 0, 3, 0, 0, 1);
    play_end(&p);
}

/* The channel was made by the busy COMMIT; its unique_name must go on standing for it, and at the same server. */
static void busy_then_dependent(service *s) {
    play p;
    play_begin(&p, s, "a channel that a busy COMMIT has made is known by its unique_name", true);
    char *sql =
        sqlite3_mprintf("INSERT INTO channels(service_sid, unique_name) VALUES (%.36s, 'made-while-busy')", p.channel);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN; INSERT INTO local VALUES (1)");
    play_exec(&p, p.db, SQLITE_OK, sql);
    busy_commit(&p);
    play_refused(&p, p.db, "has queued or sent writes",
                 "UPDATE chat_settings SET value = 'http://127.0.0.1:1' WHERE name = 'url'");
    play_exec(&p, p.db, SQLITE_OK, "INSERT INTO messages(channel_sid, body) VALUES ('made-while-busy', 'x')");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect(&p, 0, 2, 0, 0, 0);
    sqlite3_free(sql);
    play_end(&p);
}

/* What was sent is there: the transaction's next statement reads it, and is not measured by the call once more. */
static void busy_read_again(service *s) {
    play p;
    play_begin(&p, s, "what a busy COMMIT has sent is read, and measured by what is shown, from then on", true);
    play_exec(&p, p.db, SQLITE_OK, "CREATE TEMP TABLE one AS SELECT min(path) AS path FROM channels");
    play_exec(&p, p.db, SQLITE_OK, "BEGIN; INSERT INTO local VALUES (1)");
    play_exec(&p, p.db, SQLITE_OK, "UPDATE channels SET attributes = '[1]' WHERE path = (SELECT path FROM one)");
    busy_commit(&p);
    play_exec(
        &p, p.db, SQLITE_OK,
        "UPDATE channels SET attributes = json_insert(attributes, '$[1]', 2) WHERE path = (SELECT path FROM one)");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect(&p, 0, 2, 0, 0, 0);
    play_exec(&p, p.db, SQLITE_OK,
              "SELECT abs(CASE WHEN attributes = '[1,2]' THEN 1 ELSE -9223372036854775808 END) FROM channels "
              "WHERE path = (SELECT path FROM one)");
    play_end(&p);
}

/* What it has deleted, and let in again, is another's row at the same address: it may be written, and deleted. */
static void busy_deleted(service *s) {
    play p;
    play_begin(&p, s, "who a busy COMMIT has let go and the next one has let in again may be written", true);
    play_exec(&p, p.db, SQLITE_OK,
              "CREATE VIRTUAL TABLE temp.theirs USING user_channels(api_version = 'v2');"
              "CREATE TEMP TABLE one AS SELECT u.path, m.service_sid, m.channel_sid, m.identity FROM theirs AS u"
              " JOIN members AS m ON m.service_sid = u.service_sid AND m.channel_sid = u.channel_sid"
              " AND m.sid = u.member_sid ORDER BY u.path LIMIT 1");
    play_exec(&p, p.db, SQLITE_OK, "BEGIN; INSERT INTO local VALUES (1)");
    play_exec(&p, p.db, SQLITE_OK, "DELETE FROM theirs WHERE path = (SELECT path FROM one)");
    play_exec(&p, p.other, SQLITE_OK, "BEGIN; SELECT * FROM local");
    play_exec(&p, p.db, SQLITE_BUSY, "COMMIT");
    play_exec(
        &p, p.db, SQLITE_OK,
        "INSERT INTO members(service_sid, channel_sid, identity) SELECT service_sid, channel_sid, identity FROM one");
    play_exec(&p, p.db, SQLITE_BUSY, "COMMIT");
    play_exec(&p, p.other, SQLITE_OK, "COMMIT");
    play_exec(&p, p.db, SQLITE_OK,
              "UPDATE theirs SET last_consumed_message_index = 1 WHERE path = (SELECT path FROM one)");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect(&p, 0, 3, 0, 0, 0);
    play_end(&p);
}

/* What sql/writing.md says of sending again what a COMMIT has left unsent. */
static void busy_resume(play *p) {
    char *sql = sqlite3_mprintf(
        "INSERT INTO messages(service_sid, channel_sid, body) SELECT %s, substr(body, 6) FROM chat_writes"
        " WHERE state IN ('failed', 'rolled back') AND error IS NOT NULL",
        p->channel);
    play_exec(p, p->db, SQLITE_OK, sql);
    sqlite3_free(sql);
}

/* A transaction that was refused has left two calls unsent: they are sent again, and found busy. */
static void busy_resumed_start(play *p, service *s, const char *name, const char *begin, const char *end) {
    play_begin(p, s, name, true);
    play_exec(p, p->db, SQLITE_OK, "BEGIN");
    play_message(p, SQLITE_OK, "refused");
    play_message(p, SQLITE_OK, "left");
    service_control(s, "fault?action=status&status=400&method=POST&nth=1");
    play_exec(p, p->db, SQLITE_ERROR, "COMMIT");
    play_expect(p, 0, 0, 1, 0, 1);
    play_exec(p, p->other, SQLITE_OK, "BEGIN; SELECT * FROM local");
    play_exec(p, p->db, SQLITE_OK, begin);
    play_exec(p, p->db, SQLITE_OK, "INSERT INTO local VALUES (1)");
    busy_resume(p);
    play_expect(p, 2, 0, 1, 0, 1);
    play_exec(p, p->db, SQLITE_BUSY, end);
    play_expect(p, 0, 2, 0, 0, 0);
}

/* Once they are sent they are not offered any more, though the transaction stays open. */
static void busy_resumed(service *s, const char *name, const char *begin, const char *end, const char *back) {
    play p;
    busy_resumed_start(&p, s, name, begin, end);
    play_exec(&p, p.db, SQLITE_OK, back);
    play_exec(&p, p.db, SQLITE_OK, "INSERT INTO local VALUES (2)");
    busy_resume(&p);
    play_expect(&p, 0, 2, 0, 0, 0);
    play_exec(&p, p.db, SQLITE_BUSY, end);
    play_exec(&p, p.other, SQLITE_OK, "COMMIT");
    busy_resume(&p);
    play_exec(&p, p.db, SQLITE_OK, end);
    busy_resume(&p);
    play_expect(&p, 0, 2, 0, 0, 0);
    play_end(&p);
}

/* Nor after a ROLLBACK, which takes back nothing of what was sent. */
static void busy_resumed_rolled_back(service *s) {
    play p;
    busy_resumed_start(&p, s, "sent again by a busy COMMIT, then ROLLBACK: it is not offered any more", "BEGIN",
                       "COMMIT");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK");
    play_exec(&p, p.other, SQLITE_OK, "COMMIT");
    busy_resume(&p);
    play_expect(&p, 0, 2, 0, 0, 0);
    play_end(&p);
}

/* Of a transaction that goes on after a busy COMMIT, and is refused then, only what is left is offered. */
static void busy_resumed_refused(service *s) {
    play p;
    busy_resumed_start(&p, s, "sent again by a busy COMMIT, then refused: what is left is offered", "BEGIN", "COMMIT");
    play_message(&p, SQLITE_OK, "third");
    service_control(s, "fault?action=status&status=400&method=POST&nth=1");
    play_exec(&p, p.db, SQLITE_ERROR, "COMMIT");
    play_expect(&p, 0, 2, 1, 0, 0);
    play_exec(&p, p.other, SQLITE_OK, "COMMIT");
    busy_resume(&p);
    play_expect_ledger(&p, 3);
    play_end(&p);
}

/* A second writer is told so by the statement, before anything is queued. */
static void busy_writer(service *s) {
    play p;
    play_begin(&p, s, "a statement that finds the database locked queues nothing", true);
    play_exec(&p, p.other, SQLITE_OK, "BEGIN IMMEDIATE");
    play_message(&p, SQLITE_BUSY, "locked out");
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    play_message(&p, SQLITE_BUSY, "locked out");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK");
    play_expect(&p, 0, 0, 0, 0, 0);
    play_exec(&p, p.other, SQLITE_OK, "COMMIT");
    play_message(&p, SQLITE_OK, "now");
    play_expect(&p, 0, 1, 0, 0, 0);
    play_end(&p);
}

/* In autocommit the statement itself is busy. It has sent its call, and says so in chat_writes. */
static void busy_autocommit(service *s) {
    play p;
    play_begin(&p, s, "an autocommit statement that is busy at its end has sent its call, and chat_writes says so",
               true);
    play_exec(&p, p.other, SQLITE_OK, "BEGIN; SELECT * FROM local");
    play_message(&p, SQLITE_BUSY, "sent all the same");
    play_expect(&p, 0, 1, 0, 0, 0);
    play_exec(&p, p.other, SQLITE_OK, "COMMIT");
    play_end(&p);
}

/* A write-ahead log has no such conflict: the way out for programs with several connections. */
static void busy_write_ahead_log(service *s) {
    play p;
    play_begin(&p, s, "with a write-ahead log a reader keeps no COMMIT busy", true);
    play_exec(&p, p.other, SQLITE_OK, "PRAGMA journal_mode = wal");
    play_exec(&p, p.other, SQLITE_OK, "BEGIN; SELECT * FROM local");
    play_message(&p, SQLITE_OK, "one");
    play_exec(&p, p.db, SQLITE_OK, "BEGIN; INSERT INTO local VALUES (1)");
    play_message(&p, SQLITE_OK, "two");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect_ledger(&p, 2);
    play_exec(&p, p.other, SQLITE_OK, "COMMIT");
    play_end(&p);
}

void scenario_busy(service *s) {
    busy_repeated(s);
    busy_rolled_back(s);
    busy_continued(s);
    busy_then_dependent(s);
    busy_read_again(s);
    busy_deleted(s);
    busy_resumed(s, "sent again by a busy COMMIT: it is not offered any more", "BEGIN", "COMMIT", "SAVEPOINT a");
    busy_resumed(s, "sent again by a busy RELEASE: it is not offered any more", "SAVEPOINT o", "RELEASE o",
                 "SAVEPOINT a");
    busy_resumed(s, "sent again by a busy RELEASE, then ROLLBACK TO", "SAVEPOINT o", "RELEASE o", "ROLLBACK TO o");
    busy_resumed_rolled_back(s);
    busy_resumed_refused(s);
    busy_writer(s);
    busy_autocommit(s);
    busy_write_ahead_log(s);
}
