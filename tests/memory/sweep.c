/* Sweeping a scenario; see sweep.h. */
#include "memory/sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "differential/tap.h"
#include "ledger/journal.h"
#include "memory/sweep_session.h"
#include "unit/faulty_memory.h"

enum { SWEEP_PATIENCE = 5, SWEEP_END = 1000000 };

typedef struct sweep {
    service *service;
    const sweep_scenario *scenario;
    sweep_names names;
    char *expected; /* what the SQL gives when nothing fails; NULL: not known yet */
    long k;         /* the allocation that fails; 0: none */
    int wrong;
    long allocations, of_curl, of_jansson; /* when nothing fails */
    long outside;                          /* blocks that this program's own requests have left since the run began */
    int runs, right, refused;              /* all; those that met a failure: how they ended */
} sweep;

static void sweep_complain(sweep *self, const char *what, const char *detail) {
    printf("# %s, k = %ld: %s%.200s\n", self->scenario->name, self->k, what, detail);
    self->wrong++;
}

static bool sweep_has(const sweep *self, unsigned flag) {
    return (self->scenario->flags & flag) != 0;
}

/* ---- what has come out ---- */

/*
** Only lack of memory may be told, and only if memory was lacking. Or that the outcome of a write is not known: libcurl
** has its own words for why. Or the fault that the server was asked for, if memory ran out over trying again.
*/
static void sweep_check_error(sweep *self, int rc, const char *message, const char *text) {
    bool told = (rc & 0xff) == SQLITE_NOMEM || rc == SQLITE_IOERR_NOMEM || strstr(message, "memory") ||
                strstr(message, "is not known") || (self->scenario->fault && strstr(message, "HTTP 503"));
    if (!faulty_memory_failed() || !told) {
        sweep_complain(self, "another outcome: ", text);
    }
    self->refused++;
}

/*
** An error of the server's may be told with less detail: without the server's own words, or, where SQLite has no memory
** to keep a message, without any.
*/
static bool sweep_is_same_error(const sweep *self, const sweep_outcome *outcome) {
    char begin[40];
    const char *told = strstr(self->expected, "HTTP ");
    snprintf(begin, sizeof begin, "error %d: ", outcome->rc);
    return faulty_memory_failed() && self->scenario->fault && strstr(self->expected, begin) &&
           ((told &&
             strncmp(told, strstr(outcome->message, "HTTP ") ? strstr(outcome->message, "HTTP ") : "", 8) == 0) ||
            strcmp(outcome->message, sqlite3_errstr(outcome->rc)) == 0);
}

static void sweep_check_outcome(sweep *self, const sweep_outcome *outcome) {
    if (!self->expected) {
        if (outcome->rc != SQLITE_OK && !self->scenario->fault) {
            sweep_complain(self, "it fails by itself: ", outcome->text);
        }
        self->expected = strdup(outcome->text);
        self->allocations = sweep_has(self, SWEEP_LOADS) ? self->allocations : faulty_memory_count(FAULTY_ALL);
        self->of_curl = faulty_memory_count(FAULTY_CURL);
        self->of_jansson = faulty_memory_count(FAULTY_JANSSON);
    } else if (strcmp(outcome->text, self->expected) == 0) {
        self->right += faulty_memory_failed();
    } else if (sweep_is_same_error(self, outcome)) {
        self->right++;
    } else if (outcome->rc == SQLITE_OK) {
        sweep_complain(self, "wrong answer: ", outcome->text);
    } else {
        sweep_check_error(self, outcome->rc, outcome->message, outcome->text);
    }
}

/* This program's own client shares the allocator, and keeps some memory from request to request. */
static void sweep_reset(sweep *self) {
    long before = faulty_memory_live();
    service_reset(self->service);
    self->outside += faulty_memory_live() - before;
}

/* The ledger must agree with chat_writes; applied: how many writes it must hold, -1: not known. Their number. */
static int sweep_check_ledger(sweep *self, journal *rows, int applied) {
    long before = faulty_memory_live();
    json_t *ledger = service_ledger(self->service);
    if (journal_compare(rows, ledger) != 0) {
        sweep_complain(self, "the ledger says otherwise than chat_writes", "");
    }
    int found = (int)json_array_size(ledger);
    if (applied >= 0 && found != applied) {
        char count[40];
        snprintf(count, sizeof count, "%d, not %d", found, applied);
        sweep_complain(self, "writes in the ledger: ", count);
    }
    json_decref(ledger);
    self->outside += faulty_memory_live() - before;
    return found;
}

/* The write journal's file must know of every call that was sent, and of no more than that as sent. */
static void sweep_check_journal(sweep *self, const sweep_session *session, int applied) {
    char name[128], counts[80] = "";
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    int noted = 0, sent = 0;
    snprintf(name, sizeof name, "%s-writes", session->file);
    sqlite3_open(name, &db);
    if (sqlite3_prepare_v2(db, "SELECT count(*), sum(state = 'sent') FROM calls", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        noted = sqlite3_column_int(statement, 0);
        sent = sqlite3_column_int(statement, 1);
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
    if (noted < applied || sent > applied) {
        snprintf(counts, sizeof counts, "%d noted, %d as sent, %d applied", noted, sent, applied);
        sweep_complain(self, "the write journal: ", counts);
    }
}

static void sweep_check_writes(sweep *self, sweep_session *session, sqlite3_int64 after, bool complete) {
    journal rows = {0};
    if (session->db && !journal_read(&rows, session->db, after)) {
        sweep_complain(self, "chat_writes cannot be read", "");
    }
    int found = sweep_check_ledger(self, &rows, complete && !self->scenario->fault ? self->scenario->applied : -1);
    if (session->folder[0]) {
        sweep_check_journal(self, session, found);
    }
    journal_free(&rows);
}

/* ---- one run ---- */

static void sweep_arm(const sweep *self, const sweep_plan *plan) {
    if (plan->large) {
        faulty_memory_fail_above((size_t)self->k);
    } else {
        faulty_memory_fail_at(self->k, plan->lasting);
    }
}

static void sweep_fail_from_here(sweep *self, const sweep_plan *plan) {
    long before = faulty_memory_live();
    if (self->scenario->fault) {
        service_control(self->service, "%s", self->scenario->fault);
    }
    self->outside += faulty_memory_live() - before;
    sweep_arm(self, plan);
}

static bool sweep_end_failing(void) {
    bool failed = faulty_memory_failed();
    faulty_memory_fail_at(0, false);
    return failed;
}

/* Loads the extension, with failures if that is what the scenario is about; then it must load without. */
static bool sweep_load(sweep *self, sweep_session *session, const sweep_plan *plan) {
    char message[300] = "";
    bool failed = false;
    int rc = SQLITE_ERROR;
    if (sweep_has(self, SWEEP_LOADS)) {
        sweep_arm(self, plan);
        rc = sweep_session_load(session, message, sizeof message);
        failed = faulty_memory_failed();
        self->allocations = failed ? self->allocations : faulty_memory_count(FAULTY_ALL);
        /* Where memory does not even suffice for a message, SQLite makes a plain error of it. */
        bool speechless = (plan->lasting || plan->large) && rc == SQLITE_ERROR && !strstr(message, "memory");
        if (rc != SQLITE_OK) {
            sweep_check_error(self, speechless ? SQLITE_NOMEM : rc, message, message);
        } else {
            self->right += failed;
        }
        faulty_memory_fail_at(0, false);
    }
    if (rc != SQLITE_OK && sweep_session_load(session, message, sizeof message) != SQLITE_OK) {
        sweep_complain(self, "it does not load afterwards: ", message);
    }
    return failed;
}

/* Works the connection still? First a query that is the same everywhere, then, for reading, the scenario's own. */
static void sweep_check_usable(sweep *self, sweep_session *session) {
    if (!sweep_session_must(session, &self->names, "SELECT sid FROM services")) {
        sweep_complain(self, "the connection does not work afterwards", "");
    }
    if (!sweep_has(self, SWEEP_WRITES) && !self->scenario->fault) {
        sweep_outcome again;
        sweep_session_exec(session, &self->names, self->scenario->sql, &again);
        if (strcmp(again.text, self->expected) != 0) {
            sweep_complain(self, "afterwards it gives something else: ", again.text);
        }
        sweep_outcome_clear(&again);
    }
}

static bool sweep_sql(sweep *self, sweep_session *session, const sweep_plan *plan, sqlite3_int64 after) {
    sweep_outcome outcome;
    sweep_fail_from_here(self, plan);
    sweep_session_exec(session, &self->names, self->scenario->sql, &outcome);
    sweep_check_outcome(self, &outcome);
    bool failed = sweep_end_failing();
    if (!sqlite3_get_autocommit(session->db)) {
        sweep_session_must(session, &self->names, "ROLLBACK");
    }
    if (sweep_has(self, SWEEP_WRITES)) {
        sweep_check_writes(self, session, after, outcome.rc == SQLITE_OK);
    }
    sweep_check_usable(self, session);
    sweep_outcome_clear(&outcome);
    return failed;
}

/* Closing cannot fail for lack of memory. */
static bool sweep_close(sweep *self, sweep_session *session, const sweep_plan *plan) {
    sweep_fail_from_here(self, plan);
    if (!sweep_session_close(session)) {
        sweep_complain(self, "sqlite3_close has failed", "");
    }
    self->right += faulty_memory_failed();
    self->allocations = faulty_memory_count(FAULTY_ALL);
    bool failed = sweep_end_failing();
    if (sweep_has(self, SWEEP_WRITES)) {
        sweep_check_writes(self, session, 0, true);
    }
    return failed;
}

/* What `before` has sent: its last call, and its SID. */
static sqlite3_int64 sweep_prepare(sweep *self, sweep_session *session) {
    journal rows = {0};
    if (self->scenario->before && !sweep_session_must(session, &self->names, self->scenario->before)) {
        sweep_complain(self, "the preparation has failed", "");
    }
    journal_read(&rows, session->db, 0);
    sqlite3_int64 last = rows.count ? rows.rows[rows.count - 1].seq : 0;
    if (last) {
        snprintf(self->names.mine, sizeof self->names.mine, "%s", rows.rows[rows.count - 1].sid);
    }
    journal_free(&rows);
    if (sweep_has(self, SWEEP_WRITES) || self->scenario->fault) {
        sweep_reset(self);
    }
    return last;
}

/* Returns whether it has met the failure. */
static bool sweep_once(sweep *self, const sweep_plan *plan, long k) {
    static int number;
    sweep_session session;
    long before = faulty_memory_live();
    self->k = k;
    snprintf(self->names.new_name, sizeof self->names.new_name, "new-%d", ++number);
    self->runs++;
    self->outside = 0;
    sweep_session_open(&session, self->service, sweep_has(self, SWEEP_FILE));
    bool failed = sweep_load(self, &session, plan);
    sqlite3_int64 after = sweep_prepare(self, &session);
    if (sweep_has(self, SWEEP_CLOSES)) {
        failed = sweep_close(self, &session, plan);
    } else if (sweep_has(self, SWEEP_LOADS) && self->expected) {
        sweep_check_usable(self, &session);
    } else {
        failed = sweep_sql(self, &session, plan, after);
    }
    if (session.db && !sweep_session_close(&session)) {
        sweep_complain(self, "sqlite3_close has failed", "");
    }
    long left = faulty_memory_live() - before - self->outside;
    if (left != 0) {
        char blocks[40];
        snprintf(blocks, sizeof blocks, "%ld", left);
        sweep_complain(self, "blocks left behind: ", blocks);
    }
    return failed;
}

/* ---- all of them ---- */

static bool sweep_is_prime(long number) {
    for (long divisor = 2; divisor * divisor <= number; divisor++) {
        if (number % divisor == 0) {
            return false;
        }
    }
    return number > 1;
}

/* So that steps do not fall into step with what the code repeats. */
static long sweep_stride(const sweep *self, const sweep_plan *plan) {
    long stride = self->allocations > plan->every ? (self->allocations - plan->every) / plan->points : 1;
    while (stride > 1 && !sweep_is_prime(stride)) {
        stride++;
    }
    return stride > 1 ? stride : 1;
}

static bool sweep_begin(sweep *self) {
    sweep_session session;
    char message[300];
    static const sweep_plan calm = {0};
    service_reset(self->service); /* also opens this program's own connection, which stays */
    sweep_session_open(&session, self->service, false);
    bool ready = sweep_session_load(&session, message, sizeof message) == SQLITE_OK &&
                 sweep_session_find_names(&session, &self->names) && sweep_session_close(&session);
    if (ready) {
        /* libcurl makes other errors of some failed allocations (no host, an empty answer): such attempts are repeated. */
        setenv("TWILIO_CHAT_MAX_RETRIES", "1", 1);
        setenv("TWILIO_CHAT_TIMEOUT_MS", "5000", 1);
        sweep_once(self, &calm, 0);
        sweep_once(self, &calm, 0);
    }
    return ready && self->wrong == 0;
}

/*
** The sweep must not look past a library: pages come by libcurl, and JSON that users write is read with jansson.
*/
static void sweep_check_reach(sweep *self) {
    const char *name = self->scenario->name;
    if (self->scenario->flags == 0 && strcmp(name, "scan") == 0 && self->of_curl == 0) {
        sweep_complain(self, "no allocations of libcurl are seen", "");
    }
    if (strcmp(name, "update of what a service has one of") == 0 && self->of_jansson == 0) {
        sweep_complain(self, "no allocations of jansson are seen", "");
    }
}

static void sweep_sizes(sweep *self, const sweep_plan *plan) {
    for (long size = 16; size <= 1 << 20 && self->wrong < SWEEP_PATIENCE; size *= plan->coarse ? 4 : 2) {
        sweep_once(self, plan, size);
        if (!plan->coarse) {
            sweep_once(self, plan, size + size / 2);
        }
    }
}

static void sweep_counts(sweep *self, const sweep_plan *plan) {
    long stride = sweep_stride(self, plan);
    int calm = 0;
    /* How many allocations there are differs a little with the network: the end is where none has failed twice. */
    for (long k = plan->from; calm < 2 && k < SWEEP_END && self->wrong < SWEEP_PATIENCE;
         k += k < plan->every ? 1 : stride) {
        if (plan->tell) {
            fprintf(stderr, "k = %ld%s\n", k, plan->lasting ? " and all after it" : "");
        }
        calm = sweep_once(self, plan, k) ? 0 : calm + 1;
    }
}

void sweep_run(service *s, const sweep_scenario *scenario, const sweep_plan *plan) {
    sweep self = {.service = s, .scenario = scenario};
    faulty_memory_restrict(plan->libraries);
    bool ready = sweep_begin(&self);
    sweep_check_reach(&self);
    if (ready && plan->large) {
        sweep_sizes(&self, plan);
    } else if (ready) {
        sweep_counts(&self, plan);
    }
    faulty_memory_restrict(FAULTY_ALL);
    tap_result(ready && self.wrong == 0, "%s: %s%s; %ld allocations, %d runs: %d with the right answer, %d refused",
               scenario->name,
               plan->large     ? "those of k bytes and more"
               : plan->lasting ? "from the k-th allocation on"
                               : "the k-th allocation",
               plan->libraries == FAULTY_SQLITE    ? " of SQLite"
               : plan->libraries == FAULTY_CURL    ? " of libcurl"
               : plan->libraries == FAULTY_JANSSON ? " of jansson"
                                                   : "",
               self.allocations, self.runs, self.right, self.refused);
    free(self.expected);
}
