/* Running one row; see run.h. */
#include "fault/run.h"

#include <string.h>
#include <unistd.h>

#include "fault/session.h"

enum { RUN_RETRIES = 2, RUN_TIMEOUT_MS = 10000 };

typedef struct running {
    const row *tested;
    const place *where;
    server *hostile;
    sqlite3 *db;
    FILE *report;
} running;

static const char *run_sql(const running *state) {
    return state->tested->sql ? state->tested->sql : state->where->sql;
}

static const char *run_whole(const running *state) {
    return state->tested->sql ? state->tested->whole : state->where->gives;
}

/* Is the outcome a whole answer, and the right one? */
static bool run_is_whole(const running *state, const outcome *result) {
    return result->rc == SQLITE_OK && strcmp(result->rows, run_whole(state)) == 0;
}

static void run_check_outcome(const running *state, const outcome *result) {
    const char *gives = state->tested->gives;
    bool fine;
    if (strcmp(gives, WHOLE) == 0) {
        fine = run_is_whole(state, result);
    } else if (strcmp(gives, EITHER) == 0) {
        fine = result->rc != SQLITE_OK || run_is_whole(state, result);
    } else if (*gives == '=') {
        fine = result->rc == SQLITE_OK && strcmp(result->rows, gives + 1) == 0;
    } else {
        fine = result->rc != SQLITE_OK && strstr(result->message, gives);
    }
    if (!fine) {
        fprintf(state->report, "wrong: gave [%.300s] and error %d \"%.600s\"\n", result->rows, result->rc,
                result->message);
    }
    /* One clear error: one line of a length that can be read, without the secret. */
    if (strstr(result->message, "fault-secret") || strpbrk(result->message, "\r\n") || strlen(result->message) > 2000) {
        fprintf(state->report, "its message is not fit to be shown\n");
    }
    if (result->rc == SQLITE_NOMEM || result->rc == SQLITE_CORRUPT || result->rc == SQLITE_INTERNAL) {
        fprintf(state->report, "result code %d is no answer to a server's fault\n", result->rc);
    }
}

/* Checks what the server has counted against chat_requests. */
static void run_check_served(const running *state, int logged, bool failed) {
    const row *tested = state->tested;
    const char *aimed = tested->aimed ? tested->aimed : state->where->requests;
    int served = server_requests(state->hostile, "*"), hit = server_requests(state->hostile, aimed);
    if (tested->url) {
        logged = 0;
    }
    /* Requests that a failed statement had under way beside the one that failed may not have come so far. */
    if (served > logged || (!failed && tested->tries >= 0 && served < logged)) {
        fprintf(state->report, "%d requests came to the server instead of %d\n", served, logged);
    }
    if (failed && !tested->url && (tested->tries > hit || (tested->tries >= 0 && hit > tested->tries))) {
        fprintf(state->report, "what is hit came to the server %d times instead of %d\n", hit, tested->tries);
    }
}

/*
** The attempts that chat_requests has, but those that the server has never read: an action that ends the connection after a
** whole answer may do so while the next request is on its way.
*/
static int run_logged(const running *state) {
    int logged = session_number(state->db, "SELECT count(*) FROM chat_requests");
    int broken = session_number(state->db, "SELECT count(*) FROM chat_requests WHERE attempt = 1 AND (error LIKE "
                                           "'%without an answer' OR error LIKE '%Recv failure%' OR error LIKE "
                                           "'%Send failure%')");
    int unread = logged - server_requests(state->hostile, "*");
    return unread > 0 && unread <= broken ? logged - unread : logged;
}

/* Checks the counts; returns the requests made. */
static int run_check_counts(const running *state, bool failed) {
    const row *tested = state->tested;
    int logged =
        failed || tested->url ? session_number(state->db, "SELECT count(*) FROM chat_requests") : run_logged(state);
    int wanted = tested->tries + (failed ? state->where->others_failed : state->where->others);
    int early = tested->early ? tested->tries : 0;
    if (tested->tries >= 0 && (logged < wanted || logged > wanted + early)) {
        fprintf(state->report, "%d requests instead of %d\n", logged, wanted);
    }
    if (tested->tries < 0 && (logged > tested->most || logged < 1)) {
        fprintf(state->report, "%d requests, and not 1 to %d\n", logged, tested->most);
    }
    run_check_served(state, logged, failed);
    return logged;
}

/* Each attempt has ended, and what failed has a reason; the status is an answer's, not of what may come before one. */
static void run_check_log(const running *state, bool failed) {
    static const char untrue[] = "SELECT count(*) FROM chat_requests WHERE duration_ms IS NULL OR status IN (100, 103)"
                                 " OR (error IS NULL AND ifnull(status, 300) >= 300)";
    int untrue_count = session_number(state->db, untrue);
    if (untrue_count > 0) {
        fprintf(state->report, "%d rows of chat_requests are not true\n", untrue_count);
    }
    if (failed && session_number(state->db, "SELECT count(*) FROM chat_requests WHERE error IS NOT NULL") == 0) {
        fprintf(state->report, "no row of chat_requests tells what was wrong\n");
    }
}

static void run_check_state(const running *state, bool failed) {
    const char *wanted = failed && state->tested->state ? state->tested->state : "sent";
    outcome result = session_run(state->db, "SELECT state FROM chat_writes");
    if (state->where->write && strcmp(result.rows, wanted) != 0) {
        fprintf(state->report, "the write's state is \"%s\" instead of \"%s\"\n", result.rows, wanted);
    }
    outcome_clear(&result);
}

/* The fault is over: does the same connection give the right answer? */
static void run_check_afterwards(const running *state) {
    usleep((useconds_t)state->tested->pause_ms * 1000);
    server_set_fault(state->hostile, NULL);
    session_set(state->db, "timeout_ms", RUN_TIMEOUT_MS);
    outcome result = session_run(state->db, run_sql(state));
    if (!run_is_whole(state, &result)) {
        fprintf(state->report, "afterwards: gave [%.300s] and error %d \"%.300s\"\n", result.rows, result.rc,
                result.message);
    }
    outcome_clear(&result);
}

static void run_open(running *state, const run_options *options) {
    const row *tested = state->tested;
    const char *url = tested->url ? tested->url : server_origin(state->hostile);
    state->db = session_open(options->extension, url);
    session_set(state->db, "page_size", state->where->page_size);
    session_set(state->db, "timeout_ms", tested->timeout_ms ? tested->timeout_ms : RUN_TIMEOUT_MS);
    if (tested->without) {
        session_without(state->db, tested->without);
    }
    session_set(state->db, "max_retries",
                tested->retries == NO_RETRIES ? 0
                : tested->retries             ? tested->retries
                                              : RUN_RETRIES);
}

int run_row(const run_options *options, const row *tested, FILE *report) {
    running state = {.tested = tested, .where = &places[tested->where], .report = report};
    server_fault fault = {.requests = tested->aimed ? tested->aimed : state.where->requests,
                          .times = tested->times,
                          .action = tested->action,
                          .how = tested->how,
                          .number = tested->number};
    state.hostile = server_start(&state.where->data);
    run_open(&state, options);
    server_set_fault(state.hostile, &fault);
    outcome result = session_run(state.db, run_sql(&state));
    fprintf(report, "gave: %.200s\n", result.rc == SQLITE_OK ? "rows" : result.message);
    run_check_outcome(&state, &result);
    bool failed = result.rc != SQLITE_OK;
    outcome_clear(&result);
    int requests = run_check_counts(&state, failed);
    run_check_log(&state, failed);
    run_check_state(&state, failed);
    if (!tested->url && !tested->over) {
        run_check_afterwards(&state);
    }
    if (server_objection(state.hostile)) {
        fprintf(report, "%s\n", server_objection(state.hostile));
    }
    if (sqlite3_close(state.db) != SQLITE_OK || sqlite3_memory_used() != 0) {
        fprintf(report, "%lld bytes are left after closing\n", (long long)sqlite3_memory_used());
    }
    server_stop(state.hostile);
    return requests;
}
