/*
** Running queries on both sides. The reference goes first, with a limit on its work: what is too expensive there is
** not asked of the subject. The subject runs under the query's planner variations and a watch that ends what hangs.
** See session.h.
*/
#include "session.h"

#include "beside.h"
#include "bound.h"
#include "compare.h"
#include "local.h"
#include "moved.h"
#include "options.h"
#include "own.h"
#include "report.h"
#include "source.h"
#include "times.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    SESSION_STEPS = 4000000,   /* virtual machine instructions of a query on the reference */
    SESSION_EFFORT = 30000000, /* ... and on the subject, where SQLite knows less and may choose a worse plan */
    SESSION_ROWS = 20000,
    SESSION_WATCH_SECONDS = 600,
    SESSION_PATIENCE = 20, /* seconds for a query that must ask for pages again and again, having no memory for them */
    SESSION_REPORTS = 5,   /* differences printed in full for each configuration */
    SESSION_KNOWN = 1000,  /* answers of which it surely is known where they are, with 1 MiB of memory: look_spill.c */
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

/* A plan that joins whole tables in nested loops is SQLite's choice, and no fault: it is ended, and not compared. */
static int session_give_up(void *context) {
    *(bool *)context = true;
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
    opened = opened && source_create_views(s->subject, &s->sample, s->seed) &&
             source_create_views(s->reference, &s->sample, s->seed) && beside_create(s->subject, &s->sample) &&
             beside_create(s->reference, &s->sample);
    s->sample.own = opened && s->extension && (s->without & WITHOUT_OWN) == 0;
    return opened && (!s->sample.own || own_open(s->subject, s->reference, &s->sample));
}

void session_close(session *s) {
    sample_clear(&s->sample);
}

/* Calls that are queued while it runs; and one over the extension's own tables finds the same rows on both sides. */
static void session_prepare(session *s, const query *q) {
    if (q->queued) {
        own_queue(s->subject, s->reference, s->sample.version);
    }
    if (s->sample.own) {
        own_copy(s->subject, s->reference, q->sql);
    }
}

static void session_unprepare(session *s, const query *q) {
    if (q->queued) {
        sqlite3_exec(s->subject, "ROLLBACK", NULL, NULL, NULL);
    }
}

typedef struct session_expected {
    answer answer;
    answer unlimited; /* without its LIMIT, if that is needed to judge */
    bool need;
} session_expected;

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

/* Before and after a query's runs: its settings, its plan's variations, what is open beside it, the watch. */
static bool session_enter(session *s, const query *q, beside *open) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = session_alarm;
    action.sa_flags = SA_RESTART;
    sigaction(SIGALRM, &action, NULL);
    session_watched = s->subject;
    session_set(s, q, false);
    session_vary(s->subject, q->automatic_index, q->optimizations);
    alarm(q->forgets || q->scarce ? SESSION_PATIENCE : SESSION_WATCH_SECONDS);
    return beside_open(open, s->subject, (s->without & WITHOUT_BESIDE) == 0 ? q->beside : 0);
}

static void session_leave(session *s, const query *q, beside *open) {
    alarm(0);
    beside_close(open);
    report_plan(s, q);
    session_vary(s->subject, true, 0);
    session_set(s, q, true);
    session_watched = NULL;
}

/* Steps a statement that stands at its beginning, to its end or (rows >= 0) to that many rows. */
static void session_step(answer_reader *reader, long long rows) {
    beside_begin();
    while (rows-- != 0 && answer_step(reader)) {
    }
}

/* May the statement ask again for what it had? Where what has been read has hardly any memory, and there is much of it. */
static bool session_may_ask_again(const session *s, const query *q) {
    value last = value_integer(s->last_request);
    answer known = answer_run(s->subject, "SELECT count(DISTINCT path) FROM chat_requests WHERE id > ?1", &last, 1, 0);
    bool much = known.row_count == 1 && answer_cell(&known, 0, 0)->integer > SESSION_KNOWN;
    answer_clear(&known);
    return q->scarce && much;
}

/* Counts the requests of the statement that just ran. What it requested twice, as text for a report (sqlite3_free), or
** NULL if there is nothing of that. */
static char *session_count_requests(session *s, const query *q, session_result *result) {
    /* Another statement, open beside it or run by a function in it, reads the credentials: its requests are its own. */
    bool credentials = (q->beside & (BESIDE_CREDENTIALS | BESIDE_LOOKUPS)) != 0 || strstr(q->sql, "nested(") != NULL;
    value last = value_integer(s->last_request);
    answer all =
        answer_run(s->subject, "SELECT count(*), coalesce(max(id), ?1) FROM chat_requests WHERE id > ?1", &last, 1, 0);
    value bounds[] = {last, value_integer(!credentials), value_integer(q->forgets)};
    answer twice = answer_run(s->subject,
                              "SELECT method || ' ' || path || ' (' || count(*) || ' times)' FROM chat_requests"
                              " WHERE id > ?1 AND (?2 OR table_name <> 'credentials') AND (NOT ?3 OR path LIKE '%?%')"
                              " GROUP BY method, path, attempt HAVING count(*) > 1",
                              bounds, 3, 0);
    char *repeated = NULL;
    bool again = session_may_ask_again(s, q);
    if (all.row_count == 1) {
        result->requests += answer_cell(&all, 0, 0)->integer;
        s->last_request = answer_cell(&all, 0, 1)->integer;
    }
    if (twice.row_count > 0 && !again) {
        repeated = sqlite3_mprintf("%lld pages were requested more than once, such as %s",
                                   (sqlite3_int64)twice.row_count, answer_cell(&twice, 0, 0)->bytes);
    }
    answer_clear(&all);
    answer_clear(&twice);
    return repeated;
}

/* Was too much asked of a list? Not where others ask beside it, nor where what has been read is not to be kept. */
static void session_judge_bound(session *s, const query *q, uint64_t number, const answer *actual,
                                session_result *result) {
    bool others = q->beside != 0 || strstr(q->sql, "nested(") != NULL;
    if (s->lists == NULL || others || q->asks_freely || actual->error != NULL || session_may_ask_again(s, q)) {
        return;
    }
    char *exceeded = bound_exceeded(s->lists, s->subject, q->sql, s->last_request);
    result->bounded++;
    if (exceeded != NULL && result->exceeded++ < SESSION_REPORTS && !s->quiet) {
        report_difference(s, q, number, exceeded);
    }
    sqlite3_free(exceeded);
}

/*
** Did it say that a number is compared with a text by an IN of several columns, of which SQLite does not say how?
** Before 3.38 that may be an IN of one column. The views w_... may hold one, too.
*/
static bool session_is_unsaid(const session *s, const query *q, const answer *actual) {
    const char *in = sqlite3_libversion_number() < 3038000 ? " IN " : ") IN ";
    return s->extension && actual->error != NULL && strstr(actual->error, "SQLite does not say how") != NULL &&
           (strstr(q->sql, in) != NULL || strstr(q->sql, "w_") != NULL);
}

/* Compares one answer, and looks at the requests that were made for it. what: NULL, or a circumstance, for the report. */
static void session_judge(session *s, const query *q, uint64_t number, const session_expected *expected,
                          const answer *actual, const char *what, session_result *result) {
    bool unsaid = session_is_unsaid(s, q, actual);
    const answer *unlimited = expected->need ? &expected->unlimited : NULL;
    char *difference = unsaid ? NULL : compare_answers(q, &expected->answer, actual, unlimited);
    result->unsaid += unsaid;
    if (difference != NULL && what != NULL) {
        difference = sqlite3_mprintf("%s: %z", what, difference);
    }
    if (difference != NULL && result->different++ < SESSION_REPORTS && !s->quiet) {
        report_difference(s, q, number, difference);
    }
    session_judge_bound(s, q, number, actual, result);
    char *repeated = s->extension ? session_count_requests(s, q, result) : NULL;
    if (repeated != NULL && result->repeated++ < SESSION_REPORTS && !s->quiet) {
        report_difference(s, q, number, repeated);
    }
    sqlite3_free(repeated);
    sqlite3_free(difference);
}

/* What the reference says; false if that is too much work. */
static bool session_expect_all(session *s, const query *q, session_expected *expected) {
    *expected = (session_expected){.need = compare_needs_unlimited(q)};
    expected->answer = session_expect(s, q, strlen(q->sql));
    if (expected->need && !expected->answer.stopped) {
        expected->unlimited = session_expect(s, q, q->unlimited);
    }
    return !expected->answer.stopped && !expected->unlimited.stopped;
}

static void session_expected_clear(session_expected *expected) {
    answer_clear(&expected->answer);
    answer_clear(&expected->unlimited);
}

/* The server changes, and the query is asked again: nothing of what it showed before may come. */
static void session_again(session *s, const query *q, uint64_t number, answer_reader *reader, session_result *result) {
    session_expected expected;
    sqlite3_int64 before = result->requests;
    if (!moved_begin(s->client, s->reference, s->sample.version)) {
        result->different++;
        return;
    }
    if (session_expect_all(s, q, &expected)) {
        bool fresh = q->moves == MOVES_FRESH;
        if (fresh) {
            answer first = answer_end(reader);
            answer_clear(&first);
            answer_begin(reader, s->subject, q->sql, q->parameters, q->parameter_count);
        }
        session_step(reader, -1);
        answer actual = answer_restart(reader);
        session_judge(s, q, number, &expected, &actual,
                      fresh ? "asked again after the server has changed, by a new statement"
                            : "asked again after the server has changed, by the same statement",
                      result);
        result->moved++;
        if (s->asked > 0 && result->requests == before && !s->quiet) {
            report_difference(s, q, number, "asked again after the server has changed: nothing was requested");
            result->different++;
        }
        answer_clear(&actual);
    }
    session_expected_clear(&expected);
    moved_end(s->client, s->reference, s->sample.version);
}

static void session_end(session *s, const query *q, beside *open, answer_reader *reader, answer *actual) {
    answer rest = answer_end(reader);
    answer_clear(&rest);
    answer_clear(actual);
    session_leave(s, q, open);
}

/* Asks the subject and compares; prints the difference if wanted. */
static void session_compare(session *s, const query *q, uint64_t number, const session_expected *expected,
                            session_result *result) {
    beside open;
    answer_reader reader;
    bool moves = q->moves != MOVES_NOT && s->client != NULL && (s->without & WITHOUT_MOVES) == 0;
    bool cut = moves && q->moves == MOVES_CUT && expected->answer.row_count > 1;
    result->different += !session_enter(s, q, &open);
    if (s->extension) { /* what is open beside it has asked before it */
        sqlite3_free(session_count_requests(s, q, result));
    }
    sqlite3_int64 before = result->requests;
    bool gave_up = false;
    answer_begin(&reader, s->subject, q->sql, q->parameters, q->parameter_count);
    sqlite3_progress_handler(s->subject, SESSION_EFFORT, session_give_up, &gave_up);
    session_step(&reader, cut ? (long long)expected->answer.row_count / 2 : -1);
    sqlite3_progress_handler(s->subject, 0, NULL, NULL);
    bool failed = reader.answer.error != NULL;
    answer actual = answer_restart(&reader);
    if (gave_up || (actual.stopped && (q->forgets || q->scarce))) {
        sqlite3_free(session_count_requests(s, q, result));
        session_end(s, q, &open, &reader, &actual);
        result->skipped++;
        return;
    }
    result->compared++;
    result->beside += q->beside != 0;
    result->own += s->sample.own && own_is_read(q->sql);
    result->queued += q->queued;
    result->refused += expected->answer.error != NULL && failed;
    if (!cut) {
        session_judge(s, q, number, expected, &actual, NULL, result);
    } else if (s->extension) {
        sqlite3_free(session_count_requests(s, q, result));
    }
    s->asked = result->requests - before;
    if (moves && !failed) {
        session_again(s, q, number, &reader, result);
    }
    session_end(s, q, &open, &reader, &actual);
}

session_result session_run(session *s, int count, int patience) {
    session_result result = {0};
    double start = session_now();
    for (uint64_t number = 1; result.compared < count && number < 10 * (uint64_t)count + 100; number++) {
        query q;
        session_expected expected;
        query_generate(&q, &s->sample, s->seed, s->label, number);
        session_prepare(s, &q);
        if (session_expect_all(s, &q, &expected)) {
            session_compare(s, &q, number, &expected, &result);
        } else {
            result.skipped++;
        }
        session_unprepare(s, &q);
        session_expected_clear(&expected);
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
    session_expected expected;
    query q;
    query_generate(&q, &s->sample, s->seed, s->label, number);
    report_query(s, &q, number);
    session_prepare(s, &q);
    if (session_expect_all(s, &q, &expected)) {
        report_answer("expected", &expected.answer);
        session_compare(s, &q, number, &expected, &result);
        answer actual = answer_run(s->subject, q.sql, q.parameters, q.parameter_count, 0);
        report_answer("came", &actual);
        report_requests(s);
        answer_clear(&actual);
    } else {
        printf("# too expensive for the reference: not compared\n");
    }
    session_unprepare(s, &q);
    session_expected_clear(&expected);
    query_clear(&q);
    return result.different == 0 && result.repeated == 0 && result.exceeded == 0;
}
