/*
** What was sent, and only that: the ledger of the emulator (every write that it applied) is compared with chat_writes
** after random transactions, with and without faults, and after situations of their own (busy COMMIT, interrupts).
**
**     build/ledger [--transactions N] [--seed N]        see options.c
**
** A transaction that goes wrong is printed with its SQL. Each transaction builds on those before it, so `--transaction N`
** runs them too. Output: TAP.
*/
#include "differential/tap.h"
#include "options.h"
#include "scenario.h"
#include "service.h"
#include "transaction.h"
#include "world.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { MAIN_PATIENCE = 5, MAIN_PART = 500 }; /* wrong transactions shown; transactions of one result */

static volatile sig_atomic_t main_child;

static void main_signal(int number) {
    if (main_child > 0) {
        kill((pid_t)main_child, SIGTERM);
    }
    _exit(128 + number);
}

static double main_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Transactions first to last, as one result. */
static int main_part(service *s, world *w, sqlite3 *db, const options *o, int first, int last) {
    transaction_totals totals = {0};
    int wrong = 0;
    double began = main_now();
    for (int number = first; number <= last && wrong < MAIN_PATIENCE; number++) {
        wrong +=
            !transaction_run(s, w, db, o->seed, (uint64_t)number, o->transaction == (uint64_t)number, NULL, &totals);
    }
    tap_result(
        wrong == 0,
        "transactions %d to %d: %d committed, %d refused, %d rolled back; calls: %d sent, %d failed, %d unknown, %d "
        "dropped; %.0f a second",
        first, last, totals.committed, totals.refused, totals.rolled_back, totals.sent, totals.failed, totals.unknown,
        totals.dropped, (last - first + 1) / (main_now() - began + 1e-9));
    return wrong;
}

/* A local table, and second virtual tables of the same resources: each rolls back its own calls. */
static const char main_tables[] = "CREATE TABLE local(number);"
                                  "CREATE VIRTUAL TABLE more_messages USING messages;"
                                  "CREATE VIRTUAL TABLE more_channels USING channels;";

/* So that the transactions on Conversations find the same channels as those on Chat. */
static bool main_make_private(sqlite3 *db) {
    char **paths = NULL;
    int count = 0;
    bool done = sqlite3_get_table(db, "SELECT path FROM channels WHERE type = 'public'", &paths, &count, NULL, NULL) ==
                SQLITE_OK;
    for (int i = 1; i <= count; i++) {
        /* One at a time: those that are closed refuse. */
        char *sql = sqlite3_mprintf("UPDATE channels SET type = 'private' WHERE path = %Q", paths[i]);
        sqlite3_exec(db, sql, NULL, NULL, NULL);
        sqlite3_free(sql);
    }
    sqlite3_free_table(paths);
    return done;
}

static void main_random(service *s, const options *o) {
    world w = {0};
    sqlite3 *db = service_connect(s, ":memory:");
    bool ready = db != NULL && main_make_private(db) && world_begin(&w, db) &&
                 sqlite3_exec(db, main_tables, NULL, NULL, NULL) == SQLITE_OK;
    tap_result(ready, "a connection for random transactions");
    int wrong = 0;
    for (int first = 1; ready && first <= o->transactions && wrong < MAIN_PATIENCE; first += MAIN_PART) {
        int last = first + MAIN_PART - 1;
        wrong += main_part(s, &w, db, o, first, last < o->transactions ? last : o->transactions);
    }
    sqlite3_close(db);
    world_free(&w);
}

/* Scenarios that can be left out. */
static void main_scenarios(service *s) {
    void (*const scenarios[])(service *) = {scenario_returning, scenario_tables, scenario_after, scenario_own};
    for (unsigned i = 0; i < 4; i++) {
        if ((s->without & (1u << i)) == 0) {
            scenarios[i](s);
        }
    }
}

int main(int count, char **arguments) {
    options o;
    service s = {0};
    if (!options_parse(&o, count, arguments)) {
        return 2;
    }
    signal(SIGINT, main_signal);
    signal(SIGTERM, main_signal);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    s.without = o.without;
    bool started = service_start(&s, o.emulator, o.extension);
    main_child = (sig_atomic_t)s.emulator.pid;
    if (tap_result(started, "the emulator runs")) {
        if (o.scenarios) {
            scenario_accounts(&s); /* while the data is as it was generated */
            scenario_busy(&s);
            scenario_memory(&s);
            scenario_ends(&s);
            main_scenarios(&s);
            scenario_told(&s);
        }
        main_random(&s, &o);
    }
    service_stop(&s);
    main_child = 0;
    curl_global_cleanup();
    return tap_end();
}
