/*
** What comes after a COMMIT or RELEASE that was refused.
**
** A refused COMMIT ends the transaction: SQLite rolls it back. A refused RELEASE of the outermost savepoint leaves it open
** (3.34 to 3.54), so that the host may go on as if nothing had happened: what it writes then would be queued behind calls
** that have failed, and vanish. So it is refused until ROLLBACK, and what comes after that is sent.
*/
#include "scenario.h"

#include "play.h"

#include <stddef.h>

/* Two messages, of which the server refuses one. */
static void after_begin(play *p, service *s, const char *name, const char *begin, int nth) {
    play_begin(p, s, name, false);
    play_exec(p, p->db, SQLITE_OK, begin);
    play_exec(p, p->db, SQLITE_OK, "INSERT INTO local VALUES (1)");
    play_message(p, SQLITE_OK, "first");
    play_message(p, SQLITE_OK, "second");
    service_control(p->service, "fault?action=status&status=400&method=POST&nth=%d", nth);
}

static void after_local(play *p, const char *expected) {
    char *sql =
        sqlite3_mprintf("SELECT CASE WHEN count(*) <> %s THEN abs(-9223372036854775807 - 1) END FROM local", expected);
    play_exec(p, p->db, SQLITE_OK, sql);
    sqlite3_free(sql);
}

/* All ways to write are refused, and so is every end but ROLLBACK; nothing more is sent. */
static void after_no_writes(play *p, int sent) {
    char *insert =
        sqlite3_mprintf("INSERT INTO messages(service_sid, channel_sid, body) VALUES (%s, 'behind')", p->channel);
    play_refused(p, p->db, "ROLLBACK", insert);
    play_refused(p, p->db, "ROLLBACK", "INSERT INTO users(service_sid, identity) SELECT sid, 'behind' FROM services");
    play_refused(p, p->db, "ROLLBACK", "UPDATE services SET friendly_name = 'behind'");
    play_exec(p, p->db, SQLITE_OK, "SAVEPOINT deeper");
    play_refused(p, p->db, "ROLLBACK", insert);
    play_exec(p, p->db, SQLITE_OK, "ROLLBACK TO deeper; RELEASE deeper");
    play_refused(p, p->db, "ROLLBACK", insert);
    play_expect_ledger(p, sent);
    sqlite3_free(insert);
}

static void after_release(service *s, int nth, const char *name) {
    play p;
    after_begin(&p, s, name, "SAVEPOINT a", nth);
    play_exec(&p, p.db, SQLITE_ERROR, "RELEASE a");
    play_check(&p, !sqlite3_get_autocommit(p.db), "the transaction is over");
    play_expect(&p, 0, nth - 1, 1, 0, 2 - nth);
    after_no_writes(&p, nth - 1);
    /* By then SQLite has rolled the whole back, so that a second RELEASE may end an empty transaction. It sends nothing. */
    if (sqlite3_exec(p.db, "RELEASE a", NULL, NULL, NULL) != SQLITE_OK) {
        after_no_writes(&p, nth - 1);
        play_exec(&p, p.db, SQLITE_OK, "ROLLBACK");
    }
    play_check(&p, sqlite3_get_autocommit(p.db), "a transaction is open");
    play_expect(&p, 0, nth - 1, 1, 0, 2 - nth);
    after_local(&p, "0");
    play_expect(&p, 0, nth - 1, 1, 0, 2 - nth);
    play_message(&p, SQLITE_OK, "new");
    play_expect_ledger(&p, nth);
    play_exec(&p, p.db, SQLITE_OK, "SAVEPOINT a; INSERT INTO local VALUES (2)");
    play_message(&p, SQLITE_OK, "newer");
    play_exec(&p, p.db, SQLITE_OK, "RELEASE a");
    after_local(&p, "1");
    play_expect_ledger(&p, nth + 1);
    play_end(&p);
}

/* As a savepoint is given up by programs: ROLLBACK TO and RELEASE. What the first RELEASE has failed to send is not sent then,
** and nobody is told that the transaction went well. */
static void after_release_given_up(service *s) {
    play p;
    after_begin(&p, s, "a refused RELEASE, then ROLLBACK TO and RELEASE: nothing more is sent", "SAVEPOINT a", 1);
    play_exec(&p, p.db, SQLITE_ERROR, "RELEASE a");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK TO a");
    char *insert =
        sqlite3_mprintf("INSERT INTO messages(service_sid, channel_sid, body) VALUES (%s, 'behind')", p.channel);
    int rc = sqlite3_exec(p.db, insert, NULL, NULL, NULL);
    sqlite3_exec(p.db, "RELEASE a", NULL, NULL, NULL);
    bool over = sqlite3_get_autocommit(p.db);
    /* Either it was refused, or, the savepoint being as new, it is sent: but not taken and lost. */
    play_expect_ledger(&p, rc == SQLITE_OK && over ? 1 : 0);
    sqlite3_exec(p.db, "ROLLBACK", NULL, NULL, NULL);
    after_local(&p, "0");
    play_message(&p, SQLITE_OK, "new");
    play_expect_ledger(&p, rc == SQLITE_OK && over ? 2 : 1);
    sqlite3_free(insert);
    play_end(&p);
}

/* COMMIT in a transaction that SAVEPOINT has opened is an end like RELEASE. */
static void after_commit(service *s, const char *begin, const char *name) {
    play p;
    after_begin(&p, s, name, begin, 2);
    play_exec(&p, p.db, SQLITE_ERROR, "COMMIT");
    play_expect(&p, 0, 1, 1, 0, 0);
    if (sqlite3_get_autocommit(p.db)) {
        play_exec(&p, p.db, SQLITE_ERROR, "ROLLBACK"); /* there is none any more */
    } else {
        after_no_writes(&p, 1);
        play_exec(&p, p.db, SQLITE_OK, "ROLLBACK");
    }
    after_local(&p, "0");
    play_message(&p, SQLITE_OK, "new");
    play_exec(&p, p.db, SQLITE_OK, "BEGIN; INSERT INTO local VALUES (2)");
    play_message(&p, SQLITE_OK, "newer");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    after_local(&p, "1");
    play_expect_ledger(&p, 3);
    play_end(&p);
}

/* The outcome is not known: the same holds. */
static void after_unknown(service *s) {
    play p;
    play_begin(&p, s, "a RELEASE with a lost answer: no writes behind it until ROLLBACK", false);
    play_exec(&p, p.db, SQLITE_OK, "SAVEPOINT a");
    play_message(&p, SQLITE_OK, "first");
    service_control(s, "fault?action=reset&when=after&method=POST");
    play_exec(&p, p.db, SQLITE_ERROR, "RELEASE a");
    play_expect(&p, 0, 0, 0, 1, 0);
    after_no_writes(&p, 1);
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK");
    play_message(&p, SQLITE_OK, "new");
    play_expect_ledger(&p, 2);
    play_end(&p);
}

/* An inner RELEASE sends nothing, so a later failure is that of the outermost. */
static void after_inner_release(service *s) {
    play p;
    after_begin(&p, s, "RELEASE of an inner savepoint sends nothing; the COMMIT is refused", "BEGIN; SAVEPOINT a", 1);
    play_exec(&p, p.db, SQLITE_OK, "RELEASE a");
    play_expect_ledger(&p, 0);
    play_exec(&p, p.db, SQLITE_ERROR, "COMMIT");
    play_expect(&p, 0, 0, 1, 0, 1);
    play_check(&p, sqlite3_get_autocommit(p.db), "the transaction is open");
    play_message(&p, SQLITE_OK, "new");
    play_expect_ledger(&p, 1);
    play_end(&p);
}

void scenario_after(service *s) {
    after_release(s, 1, "a refused RELEASE: no writes behind it until ROLLBACK; nothing was sent");
    after_release(s, 2, "a refused RELEASE: no writes behind it until ROLLBACK; a part was sent");
    after_release_given_up(s);
    after_commit(s, "BEGIN", "a refused COMMIT ends the transaction: what comes after it is sent");
    after_commit(s, "SAVEPOINT a", "a refused COMMIT of a transaction that SAVEPOINT has opened");
    after_unknown(s);
    after_inner_release(s);
}
