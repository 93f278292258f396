/* Steps that write: see steps.h. What the server has applied must be what chat_writes says. */
#include "asked.h"
#include "steps.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { WRITES_AT_MOST = 6 }; /* transactions of a step */

/* ---- transactions ---- */

/*
** Between the statements of a transaction: nothing of it is sent yet, so the mirror still holds what a query must give.
** The transaction has chosen an API version of its own, which may not be the mirror's.
*/
static void writes_visit(void *context, sqlite3 *db) {
    soak *s = context;
    asked a;
    weather w = {.lasting = true}; /* the transaction has faults of its own set up */
    const char *version = s->mirror.version == VERSION_1 ? "v1" : "v2";
    char *sql =
        sqlite3_mprintf("SELECT count(*) FROM chat_settings WHERE name = 'api_version' AND value = %Q", version);
    if (random_chance(&s->random, 40) && soak_number(s, db, sql) == 1 && asked_make(s, &a, &s->connections[0], 0)) {
        asked_run(s, &a, (excuse){.weather = &w});
    }
    sqlite3_free(sql);
}

static void writes_one(soak *s, connection *c, int number) {
    transaction_guest guest = {.visit = writes_visit, .context = s};
    uint64_t unique = s->step * WRITES_AT_MOST + (uint64_t)number;
    bool right = transaction_run(&s->service, &s->world, c->db, s->options.seed, unique, soak_shows(s),
                                 s->fresh ? &guest : NULL, &s->totals.writes);
    if (!right) {
        soak_complain(s, "a transaction was not as it should be");
    }
    s->fresh = false;
}

void writes_transactions(soak *s) {
    connection *c = &s->connections[0];
    soak_defaults(s, c);
    for (int i = random_below(&s->random, WRITES_AT_MOST); i >= 0; i--) {
        writes_one(s, c, i);
    }
    service_reset(&s->service);
}

/* ---- an interrupted COMMIT ---- */

static void writes_queue(soak *s, const connection *c) {
    int rows = 5 + random_below(&s->random, 40);
    soak_exec(s, c->db, sqlite3_mprintf("BEGIN"));
    for (int i = 0; i < rows; i++) {
        const world_row *channel = world_pick(&s->world, &s->random, WORLD_CHANNELS);
        soak_exec(
            s, c->db,
            sqlite3_mprintf("INSERT INTO messages(service_sid, channel_sid, body) VALUES ('%.34s', %Q, 'i%llux%d')",
                            world_sid_after(channel->path, "Services"), channel->sid, (unsigned long long)s->step, i));
    }
}

/*
** The server may still be working on what was cut off: its ledger is read when that is over. lost: an answer may have
** been lost before the interrupt.
*/
static void writes_check(soak *s, const connection *c, sqlite3_int64 before, int rc, bool lost) {
    journal j = {0};
    usleep(60000);
    json_t *ledger = service_ledger(&s->service);
    bool right = journal_read(&j, c->db, before) && journal_compare(&j, ledger) == 0;
    bool all = journal_count(&j, JOURNAL_SENT) == j.count;
    bool expected = rc == SQLITE_OK || rc == SQLITE_INTERRUPT || (lost && rc == SQLITE_ERROR);
    if (!right || (rc == SQLITE_OK) != all || !expected) {
        soak_complain(s, "an interrupted COMMIT, code %d: %d calls, %d sent, %d unknown: %s", rc, j.count,
                      journal_count(&j, JOURNAL_SENT), journal_count(&j, JOURNAL_UNKNOWN), sqlite3_errmsg(c->db));
    }
    s->totals.errors[ERROR_INTERRUPTED] += rc == SQLITE_INTERRUPT;
    world_follow(&s->world, ledger);
    json_decref(ledger);
    journal_free(&j);
}

void writes_interrupted(soak *s) {
    connection *c = &s->connections[0];
    soak_defaults(s, c);
    sqlite3_int64 before = soak_number(s, c->db, "SELECT coalesce(max(seq), 0) FROM chat_writes");
    service_reset(&s->service);
    writes_queue(s, c);
    service_control(&s->service, "latency?ms=%d", 1 + random_below(&s->random, 10));
    bool lost = random_chance(&s->random, 50); /* one call is done, and its answer does not come */
    if (lost) {
        service_control(&s->service, "fault?action=hang&ms=300&when=after&method=POST&nth=%d",
                        1 + random_below(&s->random, 10));
    }
    interrupter_arm(&s->interrupter, c->db, random_below(&s->random, 80000));
    int rc = sqlite3_exec(c->db, "COMMIT", NULL, NULL, NULL);
    interrupter_disarm(&s->interrupter);
    service_control(&s->service, "latency?ms=0");
    writes_check(s, c, before, rc, lost);
    service_reset(&s->service);
    s->fresh = false;
}
