/* A queue that outgrows memory_limit_mb: it goes to a file, and nothing else is different. */
#include "scenario.h"

#include "play.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

/* Sixty messages of 30,000 bytes each: more than the one MiB that is allowed. `last`: the body of one more. */
static void memory_insert(play *p, int expected, const char *last) {
    char *sql = sqlite3_mprintf("WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 60) "
                                "INSERT INTO messages(service_sid, channel_sid, body, attributes) "
                                "SELECT %s, printf('%%03d', i) || hex(zeroblob(15000)), NULL FROM n "
                                "UNION ALL SELECT %s, 'last', %s",
                                p->channel, p->channel, last);
    play_exec(p, p->db, expected, sql);
    sqlite3_free(sql);
}

static void memory_begin(play *p, service *s, const char *name) {
    play_begin(p, s, name, false);
    play_check(p, service_set(p->db, "memory_limit_mb", "1"), "setting");
}

/* Every body is still there to be looked at: before COMMIT and after. */
static void memory_check_bodies(play *p, const char *state) {
    char *sql = sqlite3_mprintf("SELECT abs(CASE WHEN count(*) = 60 AND count(DISTINCT substr(body, 1, 8)) = 60 "
                                "AND min(length(body)) = 30008 AND count(path) = 60 THEN 1 "
                                "ELSE -9223372036854775808 END) FROM chat_writes "
                                "WHERE state = %Q AND body LIKE 'Body=0%%'",
                                state);
    play_exec(p, p->db, SQLITE_OK, sql);
    sqlite3_free(sql);
}

static void memory_autocommit(service *s) {
    play p;
    memory_begin(&p, s, "autocommit: a queue larger than memory_limit_mb is sent, each call once");
    memory_insert(&p, SQLITE_OK, "NULL");
    play_expect(&p, 0, 61, 0, 0, 0);
    memory_check_bodies(&p, "sent");
    play_end(&p);
}

/* The last row of the statement is refused: by then the queue is long larger than what it may take. */
static void memory_refused(service *s) {
    play p;
    memory_begin(&p, s, "autocommit: nothing is sent before every row of a large statement is checked");
    memory_insert(&p, SQLITE_CONSTRAINT, "'{bad'");
    play_expect(&p, 0, 0, 0, 0, 60);
    memory_check_bodies(&p, "rolled back");
    play_end(&p);
}

static void memory_inside(service *s) {
    play p;
    memory_begin(&p, s, "inside BEGIN as well: savepoints, chat_writes and COMMIT work as with a small one");
    play_exec(&p, p.db, SQLITE_OK, "BEGIN; INSERT INTO local VALUES (1)");
    play_message(&p, SQLITE_OK, "before");
    memory_insert(&p, SQLITE_OK, "NULL");
    memory_check_bodies(&p, "pending");
    play_exec(&p, p.db, SQLITE_OK, "SAVEPOINT a");
    memory_insert(&p, SQLITE_OK, "NULL");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK TO a");
    memory_insert(&p, SQLITE_CONSTRAINT, "'{bad'");
    play_message(&p, SQLITE_OK, "after");
    play_expect_ledger(&p, 0);
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect(&p, 0, 63, 0, 0, 121);
    play_end(&p);
}

/* A refusal in the middle: what became of each call is told as for a small queue. */
static void memory_fails(service *s) {
    play p;
    memory_begin(&p, s, "a refused call of a large queue: each state is the truth");
    service_control(s, "fault?action=status&status=400&method=POST&nth=20");
    memory_insert(&p, SQLITE_ERROR, "NULL");
    play_expect(&p, 0, 19, 1, 0, 41);
    play_exec(
        &p, p.db, SQLITE_OK,
        "SELECT abs(CASE WHEN count(*) = 1 AND sum(error LIKE '%HTTP 400%' AND status = 400 AND "
        "length(body) = 30008) = 1 THEN 1 ELSE -9223372036854775808 END) FROM chat_writes WHERE state = 'failed'");
    memory_insert(&p, SQLITE_OK, "NULL");
    play_end(&p);
}

/* No room in the file either: the row that is too much is refused alone, and what was queued before is not lost. */
static void memory_no_room(service *s) {
    play p;
    struct rlimit before, none;
    memory_begin(&p, s, "a temporary file that cannot grow: the statement fails, the transaction goes on");
    char *sql = sqlite3_mprintf("INSERT INTO messages(service_sid, channel_sid, body) "
                                "VALUES (%s, hex(zeroblob(15900)))",
                                p.channel);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN; INSERT INTO local VALUES (1)");
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    none = (struct rlimit){.rlim_cur = 100000, .rlim_max = before.rlim_max};
    fflush(stdout);
    setrlimit(RLIMIT_FSIZE, &none);
    int accepted = 0, rc = SQLITE_OK;
    while (accepted < 200 && (rc = sqlite3_exec(p.db, sql, NULL, NULL, NULL)) == SQLITE_OK) {
        accepted++;
    }
    setrlimit(RLIMIT_FSIZE, &before);
    play_check(&p, rc == SQLITE_ERROR && accepted > 20 && accepted < 100, "the limit should have been met");
    play_check(&p, strstr(sqlite3_errmsg(p.db), "SQLITE_TMPDIR") != NULL, sqlite3_errmsg(p.db));
    play_check(&p, !sqlite3_get_autocommit(p.db), "the transaction is gone");
    play_exec(&p, p.db, SQLITE_OK, sql);
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect(&p, 0, accepted + 1, 0, 0, 0);
    sqlite3_free(sql);
    play_end(&p);
}

/* No byte more can be written to a file of this process, or all can again. */
static void memory_fill_disk(bool full) {
    static struct rlimit before;
    struct rlimit none;
    if (full) {
        signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before);
    }
    none = (struct rlimit){.rlim_cur = full ? 0 : before.rlim_cur, .rlim_max = before.rlim_max};
    fflush(stdout);
    setrlimit(RLIMIT_FSIZE, &none);
}

/*
** Somebody else fills the disk between the last INSERT and COMMIT: everything is sent all the same, and what became of the calls is
** told. Only a copy of all bodies has no place; asking for it costs the statement, not the transaction.
*/
static void memory_full_disk(service *s) {
    play p;
    memory_begin(&p, s, "the disk is full at COMMIT: every call is sent once, and chat_writes tells it");
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    for (int i = 0; i < 3; i++) {
        memory_insert(&p, SQLITE_OK, "NULL");
    }
    memory_fill_disk(true);
    int rc = sqlite3_exec(p.db, "SELECT count(body) FROM chat_writes", NULL, NULL, NULL);
    bool told = strstr(sqlite3_errmsg(p.db), "SQLITE_TMPDIR") && strstr(sqlite3_errmsg(p.db), "memory_limit_mb");
    bool open = !sqlite3_get_autocommit(p.db);
    int one = sqlite3_exec(p.db, "SELECT seq, state, sid, error, table_name, method, status FROM chat_writes", NULL,
                           NULL, NULL);
    int commit = sqlite3_exec(p.db, "COMMIT", NULL, NULL, NULL);
    int after = sqlite3_exec(p.db,
                             "SELECT abs(CASE WHEN count(*) = 183 AND count(DISTINCT sid) = 183 AND count(path) = 183 "
                             "AND sum(state = 'sent') = 183 THEN 1 ELSE -9223372036854775808 END) FROM chat_writes",
                             NULL, NULL, NULL);
    memory_fill_disk(false);
    play_check(&p, rc == SQLITE_ERROR && told, "a copy of the bodies should have had no place");
    play_check(&p, open, "the transaction is gone");
    play_check(&p, one == SQLITE_OK, "chat_writes cannot be read");
    play_check(&p, commit == SQLITE_OK, "COMMIT");
    play_check(&p, after == SQLITE_OK, "chat_writes does not tell what was sent");
    play_expect(&p, 0, 183, 0, 0, 0);
    play_end(&p);
}

/* So many calls that what tells of them, all texts apart, is larger than its part of the memory: it is told all the same. */
static void memory_many_calls(service *s) {
    play p;
    memory_begin(&p, s, "the disk is full, and the calls are many: chat_writes tells what became of each");
    char *sql = sqlite3_mprintf("BEGIN; WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 8000) "
                                "INSERT INTO messages(service_sid, channel_sid, body) SELECT %s, i FROM n; ROLLBACK",
                                p.channel);
    play_exec(&p, p.db, SQLITE_OK, sql);
    memory_fill_disk(true);
    int rc =
        sqlite3_exec(p.db,
                     "SELECT abs(CASE WHEN count(*) = 8000 AND count(DISTINCT seq) = 8000 AND count(error) = 0 "
                     "AND sum(state = 'rolled back') = 8000 THEN 1 ELSE -9223372036854775808 END) FROM chat_writes",
                     NULL, NULL, NULL);
    int bodies = sqlite3_exec(p.db, "SELECT count(body) FROM chat_writes", NULL, NULL, NULL);
    memory_fill_disk(false);
    play_check(&p, rc == SQLITE_OK, "chat_writes does not tell what became of them");
    play_check(&p, bodies == SQLITE_ERROR, "a copy of the bodies should have had no place");
    play_expect(&p, 0, 0, 0, 0, 8000);
    sqlite3_free(sql);
    play_end(&p);
}

void scenario_memory(service *s) {
    memory_autocommit(s);
    memory_refused(s);
    memory_inside(s);
    memory_fails(s);
    memory_no_room(s);
    memory_full_disk(s);
    memory_many_calls(s);
}
