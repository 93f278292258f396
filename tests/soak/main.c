/*
** The soak test: random statements of all kinds for a long time, against a server that fails at random, and every
** answer checked.
**
**     make soak MINUTES=60 SEED=1           or  build/soak --seconds 20          see options.c
**     make soak SEED=1 STEP=4711            what that step of a run did, once more
**
** Reads are compared with a mirror of the server's data (tests/differential), writes with what the server has applied
** (tests/ledger). An answer is the right one, or a clear error where there is a reason for one. At the end of each era
** (soak.h) memory, descriptors and threads are counted: they must not grow.
**
** A run that is repeated from a step does the same with the same data; how requests and faults meet depends on timing,
** so not every difference comes again. Output: TAP, and a comment every minute.
*/
#include "errors.h"
#include "soak.h"

#include "differential/tap.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MAIN_PATIENCE = 5, MAIN_REPORT = 60 }; /* wrong steps; seconds between two lines */

static volatile sig_atomic_t main_child;

static void main_signal(int number) {
    static const char text[] = "Bail out! a step takes too long: the last STEP= that was told, and those after it\n";
    if (number == SIGALRM && write(STDOUT_FILENO, text, sizeof text - 1) < 0) {
        number = SIGTERM;
    }
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

/* ---- what is told ---- */

static void main_format_errors(const soak_totals *t, char *text, size_t size) {
    text[0] = 0;
    for (int kind = 0; kind < ERROR_KINDS; kind++) {
        size_t length = strlen(text);
        snprintf(text + length, size - length, "%s%lld %s", kind == 0 ? "" : ", ", t->errors[kind],
                 errors_name((error_kind)kind));
    }
}

static void main_report(const soak *s, double seconds) {
    char errors[300];
    measure now = measure_now();
    main_format_errors(&s->totals, errors, sizeof errors);
    printf("# %4.0f min, STEP=%llu: %lld statements; answers checked: %lld whole, %lld in part; errors: %s; "
           "%lld requests; %ld KiB resident, %ld descriptors\n",
           seconds / 60, (unsigned long long)s->step, s->totals.statements, s->totals.answers, s->totals.partial,
           errors, s->totals.requests, now.rss, now.descriptors);
    fflush(stdout);
}

/* What a run must have seen, to say anything. */
static void main_summary(const soak *s) {
    const soak_totals *t = &s->totals;
    char errors[300];
    main_format_errors(t, errors, sizeof errors);
    tap_result(t->requests > 0 && t->faults > 0 && t->errors[ERROR_5XX] > 0, "%lld requests, %lld faults, errors: %s",
               t->requests, t->faults, errors);
    tap_result(t->writes.sent > 0,
               "transactions: %d committed, %d refused, %d rolled back; calls: %d sent, %d failed, "
               "%d unknown, %d dropped",
               t->writes.committed, t->writes.refused, t->writes.rolled_back, t->writes.sent, t->writes.failed,
               t->writes.unknown, t->writes.dropped);
    printf("# a statement ended at most %.3f s after an interrupt; %lld queries were too expensive for the mirror\n",
           t->longest_end, t->skipped);
}

/* ---- the run ---- */

static bool main_is_over(const soak *s, double seconds) {
    bool enough = seconds >= s->options.seconds && s->measures.count >= MEASURES_LEAST;
    bool reached = s->options.step > 0 ? s->step >= s->options.step : enough;
    return reached || s->wrong >= MAIN_PATIENCE;
}

static void main_steps(soak *s) {
    double began = main_now(), told = began;
    if (s->options.step > 0) {
        s->step = (s->options.step - 1) / SOAK_ERA * SOAK_ERA;
    }
    uint64_t first = s->step;
    while (!main_is_over(s, main_now() - began)) {
        soak_step(s);
        if (main_now() - told >= (double)MAIN_REPORT) {
            told += (double)MAIN_REPORT;
            main_report(s, main_now() - began);
        }
    }
    if (s->step % SOAK_ERA != 0) {
        soak_end_era(s);
    }
    tap_result(s->wrong == 0, "%llu steps in %.0f s: %lld statements, %lld answers right, %lld in part",
               (unsigned long long)(s->step - first), main_now() - began, s->totals.statements, s->totals.answers,
               s->totals.partial);
    if (s->options.step == 0) {
        main_summary(s);
        measures_judge(&s->measures);
    }
}

/* What transaction_run expects of a connection. */
static const char main_tables[] = "CREATE TABLE local(number);"
                                  "CREATE VIRTUAL TABLE more_messages USING messages;"
                                  "CREATE VIRTUAL TABLE more_channels USING channels;";

static void main_run(soak *s) {
    setenv("TWILIO_CHAT_REQUEST_LOG", "1000", 1);
    soak_open(s, &s->connections[0]);
    if (s->connections[0].db != NULL && interrupter_start(&s->interrupter)) {
        soak_exec(s, s->connections[0].db, sqlite3_mprintf("%s", main_tables));
        main_steps(s);
        interrupter_stop(&s->interrupter);
    }
    soak_close(s, &s->connections[0]);
    measures_free(&s->measures);
}

int main(int count, char **arguments) {
    soak s = {0};
    if (!options_parse(&s.options, count, arguments)) {
        return 2;
    }
    signal(SIGINT, main_signal);
    signal(SIGTERM, main_signal);
    signal(SIGALRM, main_signal);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    bool started = service_start(&s.service, s.options.emulator, s.options.extension);
    main_child = (sig_atomic_t)s.service.emulator.pid;
    if (tap_result(started, "the emulator runs; seed %llu", (unsigned long long)s.options.seed)) {
        main_run(&s);
    }
    service_stop(&s.service);
    main_child = 0;
    curl_global_cleanup();
    return tap_end();
}
