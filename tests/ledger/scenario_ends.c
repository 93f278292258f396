/* Ends of all kinds: interrupts, a connection that is closed, two connections at once. */
#include "scenario.h"

#include "play.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- interrupts ---- */

typedef struct interrupter {
    sqlite3 *db;
    useconds_t after;
} interrupter;

static void *ends_interrupt(void *context) {
    const interrupter *plan = context;
    usleep(plan->after);
    sqlite3_interrupt(plan->db);
    return NULL;
}

/* Forty messages of one channel, one after another, and twenty channels: with 40 ms each there is time to interrupt. */
static void ends_queue_many(play *p) {
    char *sql = sqlite3_mprintf("WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 40) "
                                "INSERT INTO messages(service_sid, channel_sid, body) SELECT %s, i FROM n",
                                p->channel);
    play_exec(p, p->db, SQLITE_OK, "BEGIN; INSERT INTO local VALUES (1)");
    play_exec(p, p->db, SQLITE_OK, sql);
    sqlite3_free(sql);
    sql = sqlite3_mprintf("WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 20) "
                          "INSERT INTO channels(service_sid, friendly_name) SELECT %.36s, i FROM n",
                          p->channel);
    play_exec(p, p->db, SQLITE_OK, sql);
    sqlite3_free(sql);
}

/* latency: ms. Where it is longer, the first call of each lane is under way then; else the next one may just not have left. */
static void ends_interrupted(service *s, useconds_t after, int latency) {
    play p;
    char name[100];
    pthread_t thread;
    snprintf(name, sizeof name, "COMMIT interrupted after %d ms: what was sent, and what is unknown",
             (int)after / 1000);
    play_begin(&p, s, name, false);
    ends_queue_many(&p);
    service_control(s, "latency?ms=%d", latency);
    interrupter plan = {.db = p.db, .after = after};
    pthread_create(&thread, NULL, ends_interrupt, &plan);
    play_exec(&p, p.db, SQLITE_INTERRUPT, "COMMIT");
    pthread_join(thread, NULL);
    service_control(s, "latency?ms=0");
    usleep((useconds_t)latency * 1000 + 100000); /* what is under way arrives */
    journal j = {0};
    json_t *ledger = service_ledger(s);
    play_check(&p, journal_read(&j, p.db, 0) && j.count == 60, "60 calls should be listed");
    play_check(&p, journal_compare(&j, ledger) == 0, "the ledger says otherwise than chat_writes");
    play_check(&p, journal_count(&j, JOURNAL_UNKNOWN) == 2 || after > (useconds_t)latency * 1000,
               "what was under way should be unknown");
    play_check(&p, journal_count(&j, JOURNAL_ROLLED_BACK) > 0, "what was not begun should be rolled back");
    play_check(&p, sqlite3_get_autocommit(p.db), "the transaction is open");
    play_exec(&p, p.db, SQLITE_OK, "INSERT INTO local VALUES (2)");
    json_decref(ledger);
    journal_free(&j);
    play_end(&p);
}

/* Waiting for the pace of writes can be interrupted too; then nothing is unknown. */
static void ends_interrupted_waiting(service *s) {
    play p;
    pthread_t thread;
    play_begin(&p, s, "COMMIT interrupted while it waits for write_rate: nothing is unknown", false);
    service_set(p.db, "write_rate", "1");
    ends_queue_many(&p);
    interrupter plan = {.db = p.db, .after = 700000};
    pthread_create(&thread, NULL, ends_interrupt, &plan);
    play_exec(&p, p.db, SQLITE_INTERRUPT, "COMMIT");
    pthread_join(thread, NULL);
    play_expect(&p, 0, 10, 0, 0, 50);
    play_end(&p);
}

/* ---- other ends ---- */

static void ends_closed(service *s) {
    play p;
    play_begin(&p, s, "a connection closed inside a transaction sends nothing", false);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    play_message(&p, SQLITE_OK, "never");
    sqlite3_close(p.db);
    p.db = NULL;
    play_expect_ledger(&p, 0);
    play_end(&p);
}

static void ends_several_tables(service *s) {
    play p;
    play_begin(&p, s, "ROLLBACK drops the calls of all tables", false);
    play_exec(&p, p.db, SQLITE_OK,
              "BEGIN; INSERT INTO users(service_sid, identity) SELECT sid, 'several' FROM services");
    play_message(&p, SQLITE_OK, "several");
    play_exec(&p, p.db, SQLITE_OK, "ROLLBACK");
    play_expect(&p, 0, 0, 0, 0, 4);
    play_end(&p);
}

/* A lost answer to a POST without parameters, over a connection that was used before. */
static void ends_empty_body(service *s) {
    play p;
    play_begin(&p, s, "a POST without a body is not repeated either", false);
    char *sql = sqlite3_mprintf("INSERT INTO channels(service_sid) VALUES (%.36s)", p.channel);
    service_control(s, "fault?action=reset&when=after&method=POST");
    play_exec(&p, p.db, SQLITE_ERROR, sql);
    play_expect(&p, 0, 0, 0, 1, 0);
    sqlite3_free(sql);
    play_end(&p);
}

/* Writing while a cursor of the same table is open: the reader goes on, each write is sent when its statement ends. */
static void ends_while_reading(service *s) {
    play p;
    sqlite3_stmt *reader = NULL;
    play_begin(&p, s, "autocommit writes while a SELECT is being read", false);
    sqlite3_prepare_v2(p.db, "SELECT service_sid, sid FROM channels", -1, &reader, NULL);
    int rows = 0;
    while (sqlite3_step(reader) == SQLITE_ROW) {
        char *sql = sqlite3_mprintf("INSERT INTO messages(service_sid, channel_sid, body) VALUES (%Q, %Q, 'reading')",
                                    sqlite3_column_text(reader, 0), sqlite3_column_text(reader, 1));
        play_exec(&p, p.db, SQLITE_OK, sql);
        play_expect_ledger(&p, ++rows);
        sqlite3_free(sql);
    }
    play_check(&p, sqlite3_finalize(reader) == SQLITE_OK && rows > 5, "the reader failed");
    play_end(&p);
}

/* Prepares SQL until the statement stands where another one stood that is gone; it mostly does so at once. */
static sqlite3_stmt *ends_prepare_at(sqlite3 *db, const char *sql, const sqlite3_stmt *gone) {
    sqlite3_stmt *tried[20] = {NULL};
    int count = 0, found = 0;
    do {
        found = count;
        sqlite3_prepare_v2(db, sql, -1, &tried[count], NULL);
    } while (tried[count] != gone && ++count < 20);
    for (int i = 0; i < 20; i++) {
        if (i != found) {
            sqlite3_finalize(tried[i]);
        }
    }
    return tried[found];
}

/*
** What an UPDATE leaves out because it changes nothing is judged by what it has read itself, not by what an earlier
** statement of the transaction has read: somebody else has changed the row since then.
*/
static void ends_stale(service *s) {
    play p;
    sqlite3_stmt *reader = NULL;
    play_begin(&p, s, "an UPDATE back to what an earlier SELECT has read is sent", false);
    sqlite3 *other = service_connect(s, ":memory:");
    char *filter = sqlite3_mprintf("WHERE service_sid = %.36s AND +sid = %.36s", p.channel, strchr(p.channel, ' ') + 1);
    char *sql = sqlite3_mprintf("UPDATE channels SET friendly_name = 'one' %s", filter);
    play_exec(&p, other, SQLITE_OK, sql);
    play_exec(&p, p.db, SQLITE_OK, "BEGIN");
    play_exec(&p, p.db, SQLITE_OK, sql); /* changes nothing; the table is in a transaction now */
    char *select = sqlite3_mprintf("SELECT path, friendly_name FROM channels %s", filter);
    sqlite3_prepare_v2(p.db, select, -1, &reader, NULL);
    play_check(&p, sqlite3_step(reader) == SQLITE_ROW && sqlite3_column_text(reader, 0) != NULL, "no row");
    sqlite3_finalize(reader);
    char *change = sqlite3_mprintf("UPDATE channels SET friendly_name = 'two' %s", filter);
    play_exec(&p, other, SQLITE_OK, change);
    sqlite3_stmt *writer = ends_prepare_at(p.db, sql, reader);
    play_check(&p, sqlite3_step(writer) == SQLITE_DONE, "the UPDATE");
    sqlite3_finalize(writer);
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    play_expect_ledger(&p, 3);
    sqlite3_close(other);
    sqlite3_free(change);
    sqlite3_free(select);
    sqlite3_free(sql);
    sqlite3_free(filter);
    play_end(&p);
}

/* Calls of many parents go side by side: 100 channels made in the transaction and ten members each, 10 ms for each call. */
static void ends_side_by_side(service *s) {
    play p;
    play_begin(&p, s, "100 new channels with 10 members each are made side by side", false);
    char *sql = sqlite3_mprintf(
        "BEGIN; CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 100) "
        "SELECT i FROM n;"
        "INSERT INTO channels(service_sid, unique_name) SELECT %.36s, 'side-' || i FROM n;"
        "INSERT INTO members(channel_sid, identity) SELECT 'side-' || c.i, 'side-' || m.i FROM n AS c, n AS m WHERE m.i <= 10",
        p.channel);
    play_exec(&p, p.db, SQLITE_OK, sql);
    service_control(s, "latency?ms=10");
    play_exec(&p, p.db, SQLITE_OK, "COMMIT");
    service_control(s, "latency?ms=0");
    play_expect(&p, 0, 1100, 0, 0, 0);
    /* The channels of one service go one after another, the members do not. */
    play_check(&p, service_counter(s, "max_concurrent") >= 8, "few at a time");
    sqlite3_free(sql);
    play_end(&p);
}

/* ---- two connections at once ---- */

typedef struct worker {
    play *play;
    sqlite3 *db;
    journal rows;
    int number, failed;
} worker;

/* Writes to the same channel as the other, and to channels of its own. Each transaction's rows are kept. */
static void *ends_work(void *context) {
    worker *self = context;
    sqlite3_int64 last = 0;
    for (int round = 0; round < 40; round++) {
        char *sql = sqlite3_mprintf(
            "BEGIN; INSERT INTO messages(service_sid, channel_sid, body) VALUES (%s, 'w%d-%d-1'), (%s, 'w%d-%d-2');"
            "INSERT INTO channels(service_sid, unique_name) VALUES (%.36s, 'w%d-%d');"
            "INSERT INTO messages(channel_sid, body) VALUES ('w%d-%d', 'inside'); %s",
            self->play->channel, self->number, round, self->play->channel, self->number, round, self->play->channel,
            self->number, round, self->number, round, round % 5 == 4 ? "ROLLBACK" : "COMMIT");
        self->failed += sqlite3_exec(self->db, sql, NULL, NULL, NULL) != SQLITE_OK;
        sqlite3_free(sql);
        self->failed += !journal_read(&self->rows, self->db, last);
        last = self->rows.count == 0 ? 0 : self->rows.rows[self->rows.count - 1].seq;
    }
    return NULL;
}

static void ends_two_connections(service *s) {
    play p;
    worker workers[2];
    pthread_t threads[2];
    play_begin(&p, s, "two connections at once: both ledgers are right", false);
    for (int i = 0; i < 2; i++) {
        workers[i] = (worker){.play = &p, .db = service_connect(s, ":memory:"), .number = i};
        pthread_create(&threads[i], NULL, ends_work, &workers[i]);
    }
    journal both = {0};
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
        play_check(&p, workers[i].failed == 0, "a transaction failed");
        play_check(&p, journal_count(&workers[i].rows, JOURNAL_SENT) == 128, "32 transactions of 4 calls are sent");
        play_check(&p, journal_count(&workers[i].rows, JOURNAL_ROLLED_BACK) == 32, "8 are rolled back");
        journal_join(&both, &workers[i].rows);
        sqlite3_close(workers[i].db);
    }
    json_t *ledger = service_ledger(s);
    play_check(&p, journal_place_all(&both, ledger) == 0, "the ledger says otherwise than chat_writes");
    json_decref(ledger);
    journal_free(&both);
    play_end(&p);
}

void scenario_ends(service *s) {
    ends_interrupted(s, 100000, 40);
    ends_interrupted(s, 400000, 40);
    ends_interrupted(s, 200000, 500);
    ends_interrupted_waiting(s);
    ends_closed(s);
    ends_several_tables(s);
    ends_empty_body(s);
    ends_while_reading(s);
    ends_stale(s);
    ends_side_by_side(s);
    ends_two_connections(s);
}
