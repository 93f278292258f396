/*
** Tables made and dropped inside a transaction.
**
**     SAVEPOINT a; CREATE VIRTUAL TABLE x USING messages; INSERT INTO x ...; ROLLBACK TO a; COMMIT
**
** SQLite (3.34 to 3.54) tells a table that the transaction has made neither xBegin nor xSavepoint nor xRollbackTo, but calls
** its xSync at COMMIT; a table that is dropped is gone before ROLLBACK TO brings it back. So what such a table queued could be
** sent although it was rolled back, or lost although it was not. The rule: it is refused, with the advice to commit first.
** Whatever the host was told was right is on the server exactly once, what it has rolled back never.
*/
#include "scenario.h"

#include "play.h"

#include <stddef.h>

static char *tables_insert(const play *p, const char *table, const char *body) {
    return sqlite3_mprintf("INSERT INTO %s(service_sid, channel_sid, body) VALUES (%s, %Q)", table, p->channel, body);
}

static void tables_message(play *p, const char *table, const char *body) {
    char *sql = tables_insert(p, table, body);
    play_exec(p, p->db, SQLITE_OK, sql);
    sqlite3_free(sql);
}

static void tables_message_refused(play *p, const char *table, const char *body) {
    char *sql = tables_insert(p, table, body);
    play_refused(p, p->db, "commit", sql);
    sqlite3_free(sql);
}

typedef struct tables_case {
    const char *name;
    const char *begin; /* ends with the table made */
    const char *end;
} tables_case;

/* Made inside, written to: the write is refused, nothing is sent; the transaction and the others go on. */
static const tables_case tables_made[] = {
    {"a table made inside BEGIN is not written to, COMMIT", "BEGIN; CREATE VIRTUAL TABLE x USING messages", "COMMIT"},
    {"a table made inside BEGIN is not written to, ROLLBACK", "BEGIN; CREATE VIRTUAL TABLE x USING messages",
     "ROLLBACK"},
    {"a table made inside a savepoint is not written to, ROLLBACK TO",
     "BEGIN; SAVEPOINT a; CREATE VIRTUAL TABLE x USING messages", "ROLLBACK TO a; COMMIT"},
    {"a table made inside a savepoint is not written to, RELEASE, ROLLBACK TO the one around it",
     "SAVEPOINT a; SAVEPOINT b; CREATE VIRTUAL TABLE x USING messages; RELEASE b", "ROLLBACK TO a; RELEASE a"},
    {"a TEMP table made inside a transaction is not written to",
     "BEGIN; CREATE VIRTUAL TABLE temp.x USING messages(api_version='v2')", "COMMIT"},
    {"a table dropped and made again inside a transaction is not written to",
     "CREATE VIRTUAL TABLE x USING messages; BEGIN; DROP TABLE x; CREATE VIRTUAL TABLE x USING messages", "COMMIT"},
};

static void tables_made_inside(service *s, const tables_case *each) {
    play p;
    play_begin(&p, s, each->name, false);
    play_exec(&p, p.db, SQLITE_OK, each->begin);
    tables_message_refused(&p, "x", "never");
    tables_message_refused(&p, "x", "never again");
    play_refused(&p, p.db, "commit",
                 "DELETE FROM x WHERE channel_sid = (SELECT sid FROM channels WHERE messages_count > 0 LIMIT 1)");
    play_exec(&p, p.db, SQLITE_OK, each->end);
    play_expect_ledger(&p, 0);
    play_message(&p, SQLITE_OK, "later");
    play_expect(&p, 0, 1, 0, 0, 0);
    play_expect_ledger(&p, 1);
    play_end(&p);
}

/* Once the transaction that made it is over, it is a table like any other. */
static void tables_made_before(service *s) {
    play p;
    play_begin(&p, s, "a table is written to as soon as the transaction that made it is over", false);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN; CREATE VIRTUAL TABLE x USING messages; COMMIT");
    play_exec(&p, p.db, SQLITE_OK, "BEGIN; SAVEPOINT a");
    tables_message(&p, "x", "rolled back");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK TO a");
    tables_message(&p, "x", "kept");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect(&p, 0, 1, 0, 0, 1);
    tables_message(&p, "x", "in autocommit");
    play_expect_ledger(&p, 2);
    play_end(&p);
}

/*
** A new name makes SQLite connect it anew, and tell it of savepoints from there on. Refused or not: what the host was told
** holds.
*/
static void tables_renamed(service *s, bool back) {
    play p;
    play_begin(&p, s,
               back ? "a table made inside a transaction and renamed follows ROLLBACK TO, or is not written to"
                    : "a table made inside a transaction and renamed is sent at COMMIT, or not written to",
               false);
    play_exec(&p, p.db, SQLITE_OK,
              "BEGIN; SAVEPOINT a; CREATE VIRTUAL TABLE y USING messages; ALTER TABLE y RENAME TO x");
    char *sql = tables_insert(&p, "x", "renamed");
    int rc = sqlite3_exec(p.db, sql, NULL, NULL, NULL);
    play_exec(&p, p.db, SQLITE_OK, "SAVEPOINT b");
    sqlite3_exec(p.db, sql, NULL, NULL, NULL);
    play_exec(&p, p.db, SQLITE_OK, back ? "ROLLBACK TO a; COMMIT" : "ROLLBACK TO b; COMMIT");
    play_expect_ledger(&p, back || rc != SQLITE_OK ? 0 : 1);
    sqlite3_free(sql);
    play_end(&p);
}

/* SQLite makes the eponymous tables when they are first named: inside a transaction too, and that must stay possible. */
static void tables_eponymous(service *s) {
    play p;
    play_begin(&p, s, "an eponymous table first named inside a savepoint follows ROLLBACK TO", false);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN; SAVEPOINT a");
    play_exec(&p, p.db, SQLITE_OK,
              "INSERT INTO users(service_sid, identity) SELECT sid, 'tables-1' FROM services LIMIT 1");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK TO a");
    play_exec(&p, p.db, SQLITE_OK,
              "INSERT INTO users(service_sid, identity) SELECT sid, 'tables-2' FROM services LIMIT 1");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect(&p, 0, 1, 0, 0, 1);
    play_end(&p);
}

/* A local table made in the transaction is no hindrance. */
static void tables_local(service *s) {
    play p;
    play_begin(&p, s, "local tables made and dropped inside a transaction are no hindrance", false);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN; CREATE TABLE made(x); SAVEPOINT a; DROP TABLE local");
    play_message(&p, SQLITE_OK, "rolled back");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK TO a");
    play_message(&p, SQLITE_OK, "kept");
    play_exec(&p, p.db, SQLITE_OK, "INSERT INTO local VALUES (1); DROP TABLE made; COMMIT");
    play_expect(&p, 0, 1, 0, 0, 1);
    play_end(&p);
}

/* ---- dropped ---- */

typedef struct tables_drop {
    const char *name;
    const char *begin; /* then a call is queued */
    const char *inner; /* then the table is to be dropped */
    const char *end;
} tables_drop;

static const tables_drop tables_dropped[] = {
    {"a table with calls queued is not dropped inside a savepoint; ROLLBACK TO, COMMIT", "BEGIN", "SAVEPOINT a",
     "ROLLBACK TO a; COMMIT"},
    {"a table with calls queued is not dropped inside a savepoint; COMMIT", "BEGIN", "SAVEPOINT a", "COMMIT"},
    {"a table with calls queued is not dropped inside BEGIN; COMMIT", "BEGIN", "", "COMMIT"},
    {"a table with calls queued is not dropped inside the outermost savepoint; RELEASE", "SAVEPOINT a", "SAVEPOINT b",
     "ROLLBACK TO b; RELEASE a"},
};

static void tables_dropped_inside(service *s, const tables_drop *each) {
    play p;
    play_begin(&p, s, each->name, false);
    play_exec(&p, p.db, SQLITE_OK, "CREATE VIRTUAL TABLE x USING messages");
    play_exec(&p, p.db, SQLITE_OK, each->begin);
    tables_message(&p, "x", "kept");
    play_exec(&p, p.db, SQLITE_OK, each->inner);
    play_refused(&p, p.db, "locked", "DROP TABLE x"); /* SQLite takes no message from xDestroy */
    play_expect_ledger(&p, 0);
    play_exec(&p, p.db, SQLITE_OK, each->end);
    play_expect(&p, 0, 1, 0, 0, 0);
    play_exec(&p, p.db, SQLITE_OK, "DROP TABLE x");
    play_message(&p, SQLITE_OK, "later");
    play_expect_ledger(&p, 2);
    play_end(&p);
}

/* What was rolled back before is no reason to refuse. */
static void tables_dropped_later(service *s) {
    play p;
    play_begin(&p, s, "a table whose calls were sent, or rolled back with their transaction, can be dropped", false);
    play_exec(&p, p.db, SQLITE_OK, "CREATE VIRTUAL TABLE x USING messages; BEGIN");
    tables_message(&p, "x", "rolled back");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK; BEGIN");
    tables_message(&p, "x", "sent");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT; DROP TABLE x");
    play_expect_ledger(&p, 1);
    play_end(&p);
}

void scenario_tables(service *s) {
    for (size_t i = 0; i < sizeof tables_made / sizeof tables_made[0]; i++) {
        tables_made_inside(s, &tables_made[i]);
    }
    tables_made_before(s);
    tables_renamed(s, true);
    tables_renamed(s, false);
    tables_eponymous(s);
    tables_local(s);
    for (size_t i = 0; i < sizeof tables_dropped / sizeof tables_dropped[0]; i++) {
        tables_dropped_inside(s, &tables_dropped[i]);
    }
    tables_dropped_later(s);
}
