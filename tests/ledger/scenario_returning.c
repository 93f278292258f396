/*
** INSERT ... RETURNING, as hosts run it. In autocommit SQLite commits such a statement only when it is reset, and the result
** of that is dropped by many of them (better-sqlite3's and node:sqlite's get(), Python's fetchone(), JDBC, R, Go): a host
** that steps to a row, and resets, takes that row for success.
**
** So: a row that came out is on the server exactly once, or the statement said that it is not; what was refused is not there,
** or chat_writes says that it is. Whether such a statement is sent before its first row or refused is left to the extension.
*/
#include "scenario.h"

#include "play.h"

#include <stdio.h>
#include <string.h>

typedef enum { HOST_STEPS_ONCE, HOST_STEPS_ALL, HOST_STEPS_THEN_LOOKS } host_manner;

/*
** Runs a statement as a host does: to its first row, or to its end; the reset's result is dropped, or (HOST_STEPS_THEN_LOOKS)
** looked at. What the host takes it for: an SQLite code, SQLITE_OK for success. *rows: rows that it saw.
*/
static int returning_host(play *p, const char *sql, host_manner manner, int *rows) {
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(p->db, sql, -1, &statement, NULL);
    *rows = 0;
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(statement);
        while (rc == SQLITE_ROW && ++*rows > 0 && manner == HOST_STEPS_ALL) {
            rc = sqlite3_step(statement);
        }
        rc = rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : rc;
        int ended = sqlite3_reset(statement);
        rc = manner == HOST_STEPS_THEN_LOOKS && rc == SQLITE_OK ? ended : rc;
    }
    sqlite3_finalize(statement);
    return rc & 0xff;
}

static char *returning_insert(const play *p, int count) {
    sqlite3_str *sql = sqlite3_str_new(NULL);
    sqlite3_str_appendall(sql, "INSERT INTO messages(service_sid, channel_sid, body) VALUES ");
    for (int i = 0; i < count; i++) {
        sqlite3_str_appendf(sql, "%s(%s, 'row %d')", i ? ", " : "", p->channel, i);
    }
    sqlite3_str_appendall(sql, " RETURNING body");
    return sqlite3_str_finish(sql);
}

static int returning_ledger_size(const play *p) {
    json_t *ledger = service_ledger(p->service);
    int size = (int)json_array_size(ledger);
    json_decref(ledger);
    return size;
}

/* What chat_writes says must be what the ledger says, and fit what the host was told. */
static void returning_judge(play *p, int rc, int rows, int count) {
    int sent = returning_ledger_size(p);
    journal j = {0};
    json_t *ledger = service_ledger(p->service);
    play_check(p, journal_read(&j, p->db, 0), "chat_writes");
    play_check(p, journal_compare(&j, ledger) == 0, "the ledger says otherwise than chat_writes");
    if (rc == SQLITE_OK && sent != count) {
        printf("# %s: the host saw %d rows and no error, and %d of %d calls are on the server\n", p->name, rows, sent,
               count);
        p->wrong++;
    }
    if (rc != SQLITE_OK && sent == count && journal_count(&j, JOURNAL_UNKNOWN) == 0) {
        printf("# %s: the host saw an error, and all %d calls are on the server\n", p->name, sent);
        p->wrong++;
    }
    play_check(p, sqlite3_get_autocommit(p->db), "a transaction is open");
    json_decref(ledger);
    journal_free(&j);
}

static const char *const returning_manners[] = {"stepped once and reset", "stepped to its end",
                                                "stepped once, its reset looked at"};

static const char *const returning_faults[] = {NULL,
                                               "action=status&status=400&nth=1",
                                               "action=status&status=400&nth=2",
                                               "action=status&status=409&code=50300&nth=1",
                                               "action=status&status=500&when=after&nth=1",
                                               "action=reset&when=after&nth=2"};

/* In autocommit, with a server that takes all, refuses one, or is lost on the way. */
static void returning_autocommit(service *s, host_manner manner, int count, const char *fault) {
    play p;
    char name[160];
    int rows = 0;
    snprintf(name, sizeof name, "RETURNING in autocommit, %d rows, %s; server: %s", count, returning_manners[manner],
             fault == NULL ? "well" : fault);
    play_begin(&p, s, name, false);
    if (fault != NULL) {
        service_control(s, "fault?%s&method=POST", fault);
    }
    char *sql = returning_insert(&p, count);
    int rc = returning_host(&p, sql, manner, &rows);
    returning_judge(&p, rc, rows, count);
    /* The connection goes on as ever. */
    service_reset(s);
    play_message(&p, SQLITE_OK, "later");
    play_expect_ledger(&p, 1);
    sqlite3_free(sql);
    play_end(&p);
}

/* A row that is refused before anything is sent. */
static void returning_bad_value(service *s) {
    play p;
    int rows = 0;
    play_begin(&p, s, "RETURNING in autocommit: a bad value in the second row", false);
    char *sql = sqlite3_mprintf("INSERT INTO messages(service_sid, channel_sid, body, attributes) VALUES "
                                "(%s, 'one', NULL), (%s, 'two', '{bad') RETURNING body",
                                p.channel, p.channel);
    int rc = returning_host(&p, sql, HOST_STEPS_ONCE, &rows);
    play_check(&p, rc != SQLITE_OK && rows == 0, "the host saw a row, or no error");
    play_expect_ledger(&p, 0);
    sqlite3_free(sql);
    play_end(&p);
}

/* Inside a transaction the rows come out before anything is sent, and COMMIT says what became of them. */
static void returning_inside(service *s, host_manner manner, bool refused) {
    play p;
    char name[160];
    int rows = 0;
    snprintf(name, sizeof name, "RETURNING inside BEGIN, %s; COMMIT %s", returning_manners[manner],
             refused ? "refused" : "goes well");
    play_begin(&p, s, name, false);
    char *sql = returning_insert(&p, 3);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    int rc = returning_host(&p, sql, manner, &rows);
    play_check(&p, rc == SQLITE_OK, sqlite3_errmsg(p.db));
    play_check(&p, rows == (manner == HOST_STEPS_ALL ? 3 : 1), "rows are missing");
    play_expect_ledger(&p, 0);
    play_exec(&p, p.db, SQLITE_OK, "SAVEPOINT a");
    play_check(&p, returning_host(&p, sql, manner, &rows) == SQLITE_OK, sqlite3_errmsg(p.db));
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK TO a");
    if (refused) {
        service_control(s, "fault?action=status&status=400&method=POST&nth=2");
    }
    play_exec(&p, p.db, refused ? SQLITE_ERROR : SQLITE_OK, "COMMIT");
    play_expect(&p, 0, refused ? 1 : 3, refused ? 1 : 0, 0, refused ? 4 : 3);
    sqlite3_free(sql);
    play_end(&p);
}

/* COMMIT while the statement still stands at a row. */
static void returning_open_at_commit(service *s) {
    play p;
    sqlite3_stmt *statement = NULL;
    play_begin(&p, s, "RETURNING inside BEGIN, open at COMMIT: sent exactly once", false);
    char *sql = returning_insert(&p, 2);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    sqlite3_prepare_v2(p.db, sql, -1, &statement, NULL);
    play_check(&p, sqlite3_step(statement) == SQLITE_ROW, sqlite3_errmsg(p.db));
    int rc = sqlite3_exec(p.db, "COMMIT", NULL, NULL, NULL);
    sqlite3_finalize(statement);
    if (rc != SQLITE_OK) { /* SQLite refuses a COMMIT while statements write */
        play_expect_ledger(&p, 0);
        play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    }
    play_expect(&p, 0, 2, 0, 0, 0);
    sqlite3_free(sql);
    play_end(&p);
}

void scenario_returning(service *s) {
    if (sqlite3_libversion_number() < 3035000) {
        return; /* no RETURNING */
    }
    for (int manner = HOST_STEPS_ONCE; manner <= HOST_STEPS_THEN_LOOKS; manner++) {
        for (size_t i = 0; i < sizeof returning_faults / sizeof returning_faults[0]; i++) {
            returning_autocommit(s, (host_manner)manner, 2, returning_faults[i]);
        }
        returning_autocommit(s, (host_manner)manner, 1, returning_faults[1]);
        returning_inside(s, (host_manner)manner, false);
        returning_inside(s, (host_manner)manner, true);
    }
    returning_bad_value(s);
    returning_open_at_commit(s);
}
