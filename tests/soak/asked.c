/* Queries asked: see asked.h. */
#include "asked.h"

#include "errors.h"

#include "differential/compare.h"
#include "differential/report.h"

#include <stdio.h>
#include <string.h>

enum { ASKED_TRIES = 12 };

#define ASKED_DEFAULTS                                                                                                 \
    "UPDATE chat_settings SET value = NULL WHERE name IN ('without', 'max_concurrency', 'memory_limit_mb')"

/* ---- what must come ---- */

static answer asked_expect(const soak *s, const asked *a, size_t length) {
    return mirror_answer(&s->mirror, a->query.sql, length, a->query.parameters, a->query.parameter_count);
}

static void asked_clear(asked *a) {
    answer_clear(&a->expected);
    answer_clear(&a->unlimited);
    answer_clear(&a->actual);
    query_clear(&a->query);
}

bool asked_make_numbered(soak *s, asked *a, connection *c, uint64_t number) {
    *a = (asked){.connection = c, .number = number};
    query_generate(&a->query, &s->mirror.sample, s->options.seed, "soak", number);
    a->expected = asked_expect(s, a, strlen(a->query.sql));
    if (!a->expected.stopped && compare_needs_unlimited(&a->query)) {
        a->unlimited = asked_expect(s, a, a->query.unlimited);
    }
    bool cheap = !a->expected.stopped && !a->unlimited.stopped;
    if (!cheap) {
        asked_clear(a);
        s->totals.skipped++;
    }
    return cheap;
}

bool asked_make(soak *s, asked *a, connection *c, size_t least_rows) {
    bool made = false;
    for (int i = 0; i < ASKED_TRIES; i++) {
        made = asked_make_numbered(s, a, c, s->step * 1000 + (uint64_t)random_below(&s->random, 1000));
        if (made && a->expected.row_count >= least_rows) {
            break;
        }
        if (made && i < ASKED_TRIES - 1) {
            asked_clear(a);
        }
    }
    return made;
}

bool asked_make_own(soak *s, asked *a, connection *c, char *sql, char *mirror_sql) {
    *a = (asked){.connection = c, .query = {.sql = sql, .shape = "own", .automatic_index = true}};
    a->expected = mirror_answer(&s->mirror, mirror_sql, strlen(mirror_sql), NULL, 0);
    sqlite3_free(mirror_sql);
    if (a->expected.stopped) {
        asked_clear(a);
        return false;
    }
    return true;
}

/* ---- asking ---- */

static void asked_vary(sqlite3 *db, bool automatic_index, unsigned optimizations) {
    sqlite3_exec(db, automatic_index ? "PRAGMA automatic_index = 1" : "PRAGMA automatic_index = 0", NULL, NULL, NULL);
    sqlite3_test_control(SQLITE_TESTCTRL_OPTIMIZATIONS, db, optimizations);
}

void asked_begin(asked *a, bool tuned) {
    const query *q = &a->query;
    sqlite3 *db = a->connection->db;
    a->tuned = tuned;
    if (tuned) {
        asked_vary(db, q->automatic_index, q->optimizations);
    }
    if (tuned && q->settings != NULL) {
        sqlite3_exec(db, q->settings, NULL, NULL, NULL);
    }
    answer_begin(&a->reader, db, q->sql, q->parameters, q->parameter_count);
}

bool asked_step(asked *a, size_t rows) {
    bool more = true;
    for (size_t i = 0; more && (rows == 0 || i < rows); i++) {
        more = answer_step(&a->reader);
    }
    return more;
}

void asked_end(asked *a) {
    a->actual = answer_end(&a->reader);
    if (a->tuned) {
        asked_vary(a->connection->db, true, 0);
    }
    if (a->tuned && a->query.settings != NULL) {
        sqlite3_exec(a->connection->db, ASKED_DEFAULTS, NULL, NULL, NULL);
    }
}

/* ---- judging ---- */

static void asked_complain(soak *s, const asked *a, excuse why, const char *difference) {
    session shown = {.subject = a->connection->db, .label = "soak", .rerun = "", .seed = s->options.seed};
    soak_complain(s, "%s", a->actual.error == NULL ? "a wrong answer" : a->actual.error);
    report_difference(&shown, &a->query, a->number, difference);
    report_answer("expected", &a->expected);
    report_answer("came", &a->actual);
    if (why.weather != NULL) {
        printf("# max_retries %d, latency %d ms\n%s", why.weather->max_retries, why.weather->latency,
               why.weather->text);
    }
}

/* A beginning of the answer: as many rows of it as came, in its order as far as there is one. */
static char *asked_compare_part(const asked *a) {
    answer part = a->expected, came = a->actual;
    came.error = NULL;
    if (a->expected.error != NULL || came.row_count == 0) {
        return NULL;
    }
    part.row_count = came.row_count < part.row_count ? came.row_count : part.row_count;
    bool unlimited = compare_needs_unlimited(&a->query);
    return compare_answers(&a->query, &part, &came, unlimited ? &a->unlimited : &a->expected);
}

/* NULL, or what is wrong with an error; counts it. */
static char *asked_check_error(soak *s, const asked *a, excuse why) {
    error_kind kind = errors_classify(a->actual.error);
    bool calm = why.weather == NULL || weather_is_harmless(why.weather);
    if (kind == ERROR_KINDS) {
        return sqlite3_mprintf("that is not an error to be expected of a server");
    }
    if (kind == ERROR_INTERRUPTED ? !why.interrupted : calm) {
        return sqlite3_mprintf("there should be no error");
    }
    s->totals.errors[kind]++;
    return asked_compare_part(a);
}

static char *asked_compare(soak *s, const asked *a, excuse why) {
    bool ended = a->reader.rc == SQLITE_DONE;
    if (ended || a->expected.error != NULL) {
        s->totals.answers++;
        bool unlimited = compare_needs_unlimited(&a->query);
        return ended ? compare_answers(&a->query, &a->expected, &a->actual, unlimited ? &a->unlimited : NULL) : NULL;
    }
    if (a->actual.error != NULL) {
        return asked_check_error(s, a, why);
    }
    s->totals.partial++;
    return asked_compare_part(a);
}

static void asked_show(const soak *s, const asked *a, excuse why) {
    session shown = {.subject = a->connection->db, .label = "soak", .rerun = "", .seed = s->options.seed};
    report_query(&shown, &a->query, a->number);
    report_answer("came", &a->actual);
    printf("%s", why.weather == NULL ? "" : why.weather->text);
}

/* False if the answer is wrong. */
static bool asked_is_right(soak *s, const asked *a, excuse why) {
    char *difference = asked_compare(s, a, why);
    if (difference != NULL) {
        asked_complain(s, a, why, difference);
    } else if (soak_shows(s)) {
        asked_show(s, a, why);
    }
    bool right = difference == NULL;
    sqlite3_free(difference);
    return right;
}

bool asked_judge(soak *s, asked *a, excuse why) {
    bool whole = asked_is_right(s, a, why) && a->reader.rc == SQLITE_DONE;
    asked_clear(a);
    return whole;
}

void asked_restart(soak *s, asked *a, excuse why) {
    int rc = a->reader.rc;
    a->actual = answer_restart(&a->reader);
    int now = a->reader.rc;
    a->reader.rc = rc;
    asked_is_right(s, a, why);
    a->reader.rc = now;
    answer_clear(&a->actual);
}

bool asked_run(soak *s, asked *a, excuse why) {
    asked_begin(a, true);
    asked_step(a, 0);
    asked_end(a);
    return asked_judge(s, a, why);
}
