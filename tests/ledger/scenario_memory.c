/* A queue that outgrows memory_limit_mb: sent as it grows in autocommit, refused inside BEGIN. */
#include "scenario.h"

#include "play.h"

#include <stdio.h>

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

static void memory_autocommit(service *s) {
    play p;
    memory_begin(&p, s, "autocommit: a queue over its memory is sent as it grows, each call once");
    memory_insert(&p, SQLITE_OK, "NULL");
    play_expect(&p, 0, 61, 0, 0, 0);
    play_end(&p);
}

/* What went out before cannot be taken back; the rest is dropped. */
static void memory_refused(service *s) {
    play p;
    memory_begin(&p, s, "autocommit: what was sent before a refused value stays sent");
    memory_insert(&p, SQLITE_CONSTRAINT, "'{bad'");
    journal j = {0};
    play_check(&p, journal_read(&j, p.db, 0), "chat_writes");
    int sent = journal_count(&j, JOURNAL_SENT);
    play_check(&p, sent > 30 && sent < 60, "a part should have been sent");
    play_expect(&p, 0, sent, 0, 0, 60 - sent);
    journal_free(&j);
    play_end(&p);
}

static void memory_inside(service *s) {
    play p;
    memory_begin(&p, s, "inside BEGIN it is refused, and what was queued before can be committed");
    play_exec(&p, p.db, SQLITE_OK, "BEGIN; INSERT INTO local VALUES (1)");
    play_message(&p, SQLITE_OK, "before");
    memory_insert(&p, SQLITE_TOOBIG, "NULL");
    play_message(&p, SQLITE_OK, "after");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect_ledger(&p, 2);
    play_end(&p);
}

/* One row at a time: the one that is too much must not take the transaction with it. */
static void memory_single_rows(service *s) {
    play p;
    memory_begin(&p, s, "inside BEGIN a single row too many is refused alone");
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    char *sql = sqlite3_mprintf("INSERT INTO messages(service_sid, channel_sid, body) "
                                "VALUES (%s, hex(zeroblob(16000)))",
                                p.channel);
    int accepted = 0;
    while (accepted < 100 && sqlite3_exec(p.db, sql, NULL, NULL, NULL) == SQLITE_OK) {
        accepted++;
    }
    play_check(&p, accepted > 20 && accepted < 60, "the limit should have been met");
    play_check(&p, !sqlite3_get_autocommit(p.db), "the transaction is gone");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect_ledger(&p, accepted);
    sqlite3_free(sql);
    play_end(&p);
}

void scenario_memory(service *s) {
    memory_autocommit(s);
    memory_refused(s);
    memory_inside(s);
    memory_single_rows(s);
}
