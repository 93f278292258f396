/*
** Running queries on both sides. The reference goes first, with a limit on its work: what is too expensive there is
** not asked of the subject. The subject runs under the query's planner variations and a watch that ends what hangs.
** See session.h.
*/
#include "session.h"

#include "compare.h"
#include "local.h"
#include "report.h"
#include "source.h"
#include "times.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    SESSION_STEPS = 4000000, /* virtual machine instructions of a query on the reference */
    SESSION_ROWS = 20000,
    SESSION_WATCH_SECONDS = 120,
    SESSION_REPORTS = 5, /* differences printed in full for each configuration */
};

#define SESSION_DEFAULTS                                                                                               \
    "UPDATE chat_settings SET value = NULL WHERE name IN ('without', 'max_concurrency', 'memory_limit_mb')"

static sqlite3 *volatile session_watched;

static void session_alarm(int signal_number) {
    (void)signal_number;
    if (session_watched != NULL) {
        sqlite3_interrupt(session_watched);
    }
}

static int session_stop(void *context) {
    (void)context;
    return 1;
}

static double session_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

bool session_open(session *s, sqlite3 *from, unsigned version) {
    int count;
    const table *locals = tables_local(&count);
    sqlite3_test_control(SQLITE_TESTCTRL_OPTIMIZATIONS, s->reference, QUERY_BLOOM_FILTERS);
    bool opened = times_create(s->reference) && sample_load(&s->sample, from, version) &&
                  local_create(s->subject, &s->sample, s->seed) && local_create(s->reference, &s->sample, s->seed);
    for (int i = 0; opened && i < count; i++) {
        opened = sample_add(&s->sample, s->reference, &locals[i]);
    }
    return opened && source_create_views(s->subject, &s->sample, s->seed) &&
           source_create_views(s->reference, &s->sample, s->seed);
}

void session_close(session *s) {
    sample_clear(&s->sample);
}

static answer session_expect(session *s, const query *q, size_t length) {
    char *sql = sqlite3_mprintf("%.*s", (int)length, q->sql);
    sqlite3_progress_handler(s->reference, SESSION_STEPS, session_stop, NULL);
    answer a = answer_run(s->reference, sql, q->parameters, q->parameter_count, SESSION_ROWS);
    sqlite3_progress_handler(s->reference, 0, NULL, NULL);
    sqlite3_free(sql);
    return a;
}

static void session_vary(sqlite3 *db, bool automatic_index, unsigned optimizations) {
    sqlite3_exec(db, automatic_index ? "PRAGMA automatic_index = 1" : "PRAGMA automatic_index = 0", NULL, NULL, NULL);
    sqlite3_test_control(SQLITE_TESTCTRL_OPTIMIZATIONS, db, optimizations);
}

/* Puts the query's settings into force, or the defaults back. */
static void session_set(const session *s, const query *q, bool back) {
    char *message = NULL;
    if (!s->extension || q->settings == NULL) {
        return;
    }
    sqlite3_exec(s->subject, back ? SESSION_DEFAULTS : q->settings, NULL, NULL, &message);
    if (message != NULL) {
        printf("# %s: %s\n", q->settings, message);
    }
    sqlite3_free(message);
}

static answer session_ask(session *s, const query *q) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = session_alarm;
    action.sa_flags = SA_RESTART;
    sigaction(SIGALRM, &action, NULL);
    session_watched = s->subject;
    session_set(s, q, false);
    session_vary(s->subject, q->automatic_index, q->optimizations);
    alarm(SESSION_WATCH_SECONDS);
    answer a = answer_run(s->subject, q->sql, q->parameters, q->parameter_count, 0);
    alarm(0);
    report_plan(s, q);
    session_vary(s->subject, true, 0);
    session_set(s, q, true);
    session_watched = NULL;
    return a;
}

/* Counts the requests of the statement that just ran. What it requested twice, as text for a report (sqlite3_free), or
** NULL if there is nothing of that. */
static char *session_count_requests(session *s, session_result *result) {
    value last = value_integer(s->last_request);
    answer all =
        answer_run(s->subject, "SELECT count(*), coalesce(max(id), ?1) FROM chat_requests WHERE id > ?1", &last, 1, 0);
    answer twice = answer_run(s->subject,
                              "SELECT method || ' ' || path || ' (' || count(*) || ' times)' FROM chat_requests"
                              " WHERE id > ?1 GROUP BY method, path, attempt HAVING count(*) > 1",
                              &last, 1, 0);
    char *repeated = NULL;
    if (all.row_count == 1) {
        result->requests += answer_cell(&all, 0, 0)->integer;
        s->last_request = answer_cell(&all, 0, 1)->integer;
    }
    if (twice.row_count > 0) {
        repeated = sqlite3_mprintf("%lld pages were requested more than once, such as %s",
                                   (sqlite3_int64)twice.row_count, answer_cell(&twice, 0, 0)->bytes);
    }
    answer_clear(&all);
    answer_clear(&twice);
    return repeated;
}

/* Asks the subject and compares; prints the difference if wanted. */
static void session_compare(session *s, const query *q, uint64_t number, const answer *expected,
                            session_result *result) {
    answer unlimited = {0};
    bool need = compare_needs_unlimited(q);
    if (need) {
        unlimited = session_expect(s, q, q->unlimited);
        if (unlimited.stopped) {
            answer_clear(&unlimited);
            result->skipped++;
            return;
        }
    }
    answer actual = session_ask(s, q);
    char *difference = compare_answers(q, expected, &actual, need ? &unlimited : NULL);
    result->compared++;
    result->refused += expected->error != NULL && actual.error != NULL;
    if (difference != NULL && result->different++ < SESSION_REPORTS && !s->quiet) {
        report_difference(s, q, number, difference);
    }
    char *repeated = s->extension ? session_count_requests(s, result) : NULL;
    if (repeated != NULL && !q->forgets && result->repeated++ < SESSION_REPORTS && !s->quiet) {
        report_difference(s, q, number, repeated);
    }
    sqlite3_free(repeated);
    sqlite3_free(difference);
    answer_clear(&actual);
    answer_clear(&unlimited);
}

session_result session_run(session *s, int count, int patience) {
    session_result result = {0};
    double start = session_now();
    for (uint64_t number = 1; result.compared < count && number < 10 * (uint64_t)count + 100; number++) {
        query q;
        query_generate(&q, &s->sample, s->seed, s->label, number);
        answer expected = session_expect(s, &q, strlen(q.sql));
        if (expected.stopped) {
            result.skipped++;
        } else {
            session_compare(s, &q, number, &expected, &result);
        }
        answer_clear(&expected);
        query_clear(&q);
        if (patience > 0 && result.different >= patience) {
            break;
        }
    }
    result.seconds = session_now() - start;
    return result;
}

bool session_show(session *s, uint64_t number) {
    session_result result = {0};
    query q;
    query_generate(&q, &s->sample, s->seed, s->label, number);
    answer expected = session_expect(s, &q, strlen(q.sql));
    report_query(s, &q, number);
    if (expected.stopped) {
        printf("# too expensive for the reference: not compared\n");
    } else {
        report_answer("expected", &expected);
        session_compare(s, &q, number, &expected, &result);
        answer actual = session_ask(s, &q);
        report_answer("came", &actual);
        report_requests(s);
        answer_clear(&actual);
    }
    answer_clear(&expected);
    query_clear(&q);
    return result.different == 0 && result.repeated == 0;
}
