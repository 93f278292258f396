/* Random transactions: see transaction.h. */
#include "transaction.h"

#include "faults.h"
#include "statement.h"

#include <stdio.h>
#include <string.h>

/* ---- running SQL ---- */

int transaction_exec(transaction *t, char *sql) {
    char *message = NULL;
    t->returning = false;
    t->rc = sqlite3_exec(t->db, sql, NULL, NULL, &message);
    snprintf(t->message, sizeof t->message, "%s", message == NULL ? "" : message);
    sqlite3_str_appendf(t->log, "#   %s;%s%s\n", sql, message == NULL ? "" : "    -- ", t->message);
    sqlite3_free(message);
    sqlite3_free(sql);
    return t->rc;
}

/* Steps once or to the end; what the reset gives is looked at or not. */
static int transaction_host(transaction *t, sqlite3_stmt *statement, bool once, bool looks) {
    int rc = sqlite3_step(statement);
    while (rc == SQLITE_ROW && !once) {
        rc = sqlite3_step(statement);
    }
    bool well = rc == SQLITE_ROW || rc == SQLITE_DONE;
    snprintf(t->message, sizeof t->message, "%s", well ? "" : sqlite3_errmsg(t->db));
    int ended = sqlite3_finalize(statement);
    if (well && looks && ended != SQLITE_OK) {
        snprintf(t->message, sizeof t->message, "%s", sqlite3_errmsg(t->db));
    }
    return !well ? rc & 0xff : looks ? ended : SQLITE_OK;
}

int transaction_insert(transaction *t, char *sql) {
    sqlite3_stmt *statement = NULL;
    bool once = random_chance(&t->random, 60), looks = random_chance(&t->random, 30);
    bool possible = sqlite3_libversion_number() >= 3035000 && (t->without & WITHOUT_RETURNING) == 0;
    if (!random_chance(&t->random, 20) || !possible) {
        return transaction_exec(t, sql);
    }
    sql = sqlite3_mprintf("%z RETURNING *", sql);
    t->message[0] = 0;
    t->rc = sqlite3_prepare_v2(t->db, sql, -1, &statement, NULL);
    if (t->rc == SQLITE_OK) {
        t->rc = transaction_host(t, statement, once, looks);
    } else {
        snprintf(t->message, sizeof t->message, "%s", sqlite3_errmsg(t->db));
    }
    t->returning = true;
    sqlite3_str_appendf(t->log, "#   %s;    -- stepped %s, reset %s: code %d %s\n", sql, once ? "once" : "to the end",
                        looks ? "looked at" : "not looked at", t->rc, t->message);
    sqlite3_free(sql);
    return t->rc;
}

bool transaction_refused_for(const transaction *t, const char *word) {
    char *pattern = sqlite3_mprintf("%%%s%%", word);
    bool found = t->rc != SQLITE_OK && sqlite3_strlike(pattern, t->message, 0) == 0;
    sqlite3_free(pattern);
    return found;
}

const char *transaction_tag(transaction *t, char *tag, size_t size) {
    snprintf(tag, size, "t%llux%dx", (unsigned long long)t->number, ++t->tags);
    return tag;
}

sqlite3_int64 transaction_number(sqlite3 *db, const char *sql, sqlite3_int64 argument) {
    sqlite3_stmt *statement = NULL;
    sqlite3_int64 number = -1;
    sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    sqlite3_bind_int64(statement, 1, argument);
    if (sqlite3_step(statement) == SQLITE_ROW) {
        number = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return number;
}

void transaction_complain(transaction *t, const char *what) {
    printf("# transaction %llu: %s: %s\n", (unsigned long long)t->number, what, t->message);
    t->wrong++;
}

/* ---- its course ---- */

static void transaction_check_savepoint(transaction *t) {
    if (t->rc != SQLITE_OK) {
        transaction_complain(t, "savepoint");
    }
}

/* Goes back to one of the open savepoints, or gives it up. The one that opened the transaction ends it, so that waits. */
static void transaction_leave_savepoint(transaction *t) {
    int level = random_below(&t->random, t->model.depth);
    bool back = (t->by_savepoint && level == 0) || random_chance(&t->random, 60);
    transaction_exec(t, sqlite3_mprintf("%s s%d", back ? "ROLLBACK TO" : "RELEASE", level));
    (back ? model_rollback_to : model_release)(&t->model, level);
    transaction_check_savepoint(t);
}

static void transaction_savepoint(transaction *t) {
    int level = t->model.depth;
    if (level > 0 && (level == MODEL_SAVEPOINTS || random_chance(&t->random, 40))) {
        transaction_leave_savepoint(t);
    } else {
        transaction_exec(t, sqlite3_mprintf("SAVEPOINT s%d", level));
        model_savepoint(&t->model);
        transaction_check_savepoint(t);
    }
}

static void transaction_open(transaction *t) {
    if ((t->without & WITHOUT_TABLES) == 0 && random_chance(&t->random, 12)) {
        t->kept = transaction_exec(t, sqlite3_mprintf("CREATE VIRTUAL TABLE kept USING messages")) == SQLITE_OK;
    }
    t->by_savepoint = random_chance(&t->random, 20);
    transaction_exec(t, sqlite3_mprintf("%s", t->by_savepoint ? "SAVEPOINT s0" : "BEGIN"));
    if (t->by_savepoint) {
        model_savepoint(&t->model);
    }
    transaction_exec(t, sqlite3_mprintf("INSERT INTO local VALUES (%lld)", (sqlite3_int64)t->number));
}

/* Statements and savepoints in any order. */
static void transaction_work(transaction *t, const transaction_guest *guest) {
    int steps = 1 + random_below(&t->random, 8);
    for (int i = 0; i < steps && !t->over; i++) {
        if (random_chance(&t->random, 30)) {
            transaction_savepoint(t);
        } else {
            statement_run(t);
        }
        if (guest != NULL && !t->over) {
            guest->visit(guest->context, t->db);
        }
    }
}

/* Nothing may have reached the server before the end. */
static void transaction_check_unsent(transaction *t, service *s) {
    json_t *ledger = service_ledger(s);
    if (json_array_size(ledger) != 0) {
        transaction_complain(t, "writes were sent before COMMIT");
    }
    json_decref(ledger);
}

/* Ends it; returns whether it was meant to be committed. */
static bool transaction_end(transaction *t) {
    bool commit = random_chance(&t->random, 80);
    if (t->over) {
        return false;
    }
    if (commit) {
        transaction_exec(t, sqlite3_mprintf("%s", t->by_savepoint ? "RELEASE s0" : "COMMIT"));
    } else {
        model_roll_back(&t->model, 0);
        transaction_exec(t, sqlite3_mprintf("ROLLBACK"));
    }
    return commit;
}

/* ---- was it right? ---- */

/* A commit succeeds if and only if every call was sent, or refused as OR IGNORE allows. */
static bool transaction_all_sent(const model *m, const journal *j) {
    for (int i = 0; i < j->count; i++) {
        const journal_row *row = &j->rows[i];
        bool ignored = row->state == JOURNAL_FAILED && strncmp(row->error, "ignored: ", 9) == 0;
        bool dropped = row->state == JOURNAL_ROLLED_BACK && !(i < m->count && m->calls[i].alive);
        if (row->state != JOURNAL_SENT && !dropped && !ignored) {
            return false;
        }
    }
    return true;
}

/* Of one call the text says what became of it. */
static bool transaction_read_one(const char *message, int *sent, int *failed, int *unknown, int *unsent) {
    *sent = strstr(message, "; the call was sent (see") != NULL;
    *failed = strstr(message, "; the call has failed (see") != NULL;
    *unknown = strstr(message, "; the call's state is unknown (see") != NULL;
    *unsent = strstr(message, "; the call was not sent (see") != NULL;
    return *sent + *failed + *unknown + *unsent == 1;
}

/* The error's text counts the calls; the counts must be those of chat_writes. */
static void transaction_check_message(transaction *t, const journal *j) {
    int calls = 1, sent, failed, unknown, unsent;
    const char *counts = strstr(t->message, "; of ");
    bool one = transaction_read_one(t->message, &sent, &failed, &unknown, &unsent);
    if (!one &&
        (counts == NULL || sscanf(counts, "; of %d calls %d %*s sent, %d failed, %d %*s unknown and %d %*s not sent",
                                  &calls, &sent, &failed, &unknown, &unsent) != 5)) {
        transaction_complain(t, "the message does not say what was sent");
        return;
    }
    int alive = model_alive(&t->model);
    if (sent != journal_count(j, JOURNAL_SENT) || failed != journal_count(j, JOURNAL_FAILED) ||
        unknown != journal_count(j, JOURNAL_UNKNOWN) || sent + failed + unknown + unsent != calls) {
        transaction_complain(t, "the message counts otherwise than chat_writes");
    }
    if (calls != alive) {
        transaction_complain(t, "the message does not count the calls of the transaction");
    }
}

/* What a failed commit has dropped. */
static void transaction_drop_unsent(model *m, const journal *j) {
    for (int i = 0; i < m->count && i < j->count; i++) {
        if (j->rows[i].state == JOURNAL_ROLLED_BACK) {
            m->calls[i].alive = false;
        }
    }
}

/* The code and the text of the end of a transaction that was to be committed. */
static void transaction_check_outcome(transaction *t, const journal *j) {
    bool ok = t->rc == SQLITE_OK, all_sent = transaction_all_sent(&t->model, j);
    bool refused = t->autocommit && t->statement_errors > 0;
    if (refused && ok) {
        transaction_complain(t, "a statement succeeded that should not");
    } else if (!refused && ok != all_sent) {
        transaction_complain(t, ok ? "succeeded, although not all was sent" : "failed, although all was sent");
    } else if (!refused && !ok) {
        transaction_check_message(t, j);
    }
    if (!all_sent) {
        transaction_drop_unsent(&t->model, j);
    }
}

static void transaction_check_local(transaction *t, bool kept) {
    sqlite3_int64 rows =
        transaction_number(t->db, "SELECT count(*) FROM local WHERE number = ?1", (sqlite3_int64)t->number);
    if ((rows > 0) != kept) {
        transaction_complain(t, kept ? "the local row is missing" : "the local row is there");
    }
}

/*
** The host goes on inside a transaction whose RELEASE has failed, as if it had not: it is refused until ROLLBACK, so that
** nothing is queued behind what has failed, and nothing more is sent. (A second RELEASE may succeed: by then SQLite has rolled
** all back, and ends an empty transaction.)
*/
static void transaction_go_on(transaction *t, service *s) {
    json_t *before = service_ledger(s);
    transaction_exec(t, sqlite3_mprintf("INSERT INTO users(service_sid, identity) VALUES (%Q, 'behind-%llu')",
                                        world_pick(t->world, &t->random, WORLD_SERVICES)->sid, t->number));
    if (!transaction_refused_for(t, "ROLLBACK")) {
        transaction_complain(t, "a write behind a refused RELEASE is not refused until ROLLBACK");
    }
    transaction_exec(t, sqlite3_mprintf("%s", random_chance(&t->random, 50) ? "RELEASE s0" : "COMMIT"));
    json_t *after = service_ledger(s);
    if (!json_equal(before, after)) {
        transaction_complain(t, "something was sent behind a refused RELEASE");
    }
    json_decref(before);
    json_decref(after);
}

static void transaction_check_end(transaction *t, service *s, const journal *j, bool committed) {
    int rc;
    if (committed) {
        transaction_check_outcome(t, j);
    }
    rc = t->rc;
    if (!sqlite3_get_autocommit(t->db)) {
        if (!t->by_savepoint) { /* after a RELEASE that fails SQLite itself leaves it open, and empty */
            transaction_complain(t, "the transaction is still open");
        } else if ((t->without & WITHOUT_AFTER) == 0) {
            transaction_go_on(t, s);
        }
        sqlite3_exec(t->db, "ROLLBACK", NULL, NULL, NULL); /* unless a second RELEASE was the end */
    }
    t->rc = rc;
    /* The local row stands right after BEGIN: a ROLLBACK TO of the outermost savepoint takes it away too. */
    if (!t->autocommit && !t->by_savepoint) {
        transaction_check_local(t, committed && t->rc == SQLITE_OK);
    }
}

static void transaction_count(transaction_totals *totals, const journal *j, bool committed, bool ok) {
    totals->committed += committed && ok;
    totals->refused += committed && !ok;
    totals->rolled_back += !committed;
    totals->sent += journal_count(j, JOURNAL_SENT);
    totals->failed += journal_count(j, JOURNAL_FAILED);
    totals->unknown += journal_count(j, JOURNAL_UNKNOWN);
    totals->dropped += journal_count(j, JOURNAL_ROLLED_BACK);
}

/* Nothing of it was sent: then what the one before has left unsent is there again, in place of what was dropped. */
static bool transaction_left_earlier(transaction *t, const journal *j) {
    return t->left > 0 && j->count == 0 && model_alive(&t->model) == 0 &&
           transaction_number(t->db, "SELECT count(*) FROM chat_writes", 0) == t->left;
}

static void transaction_judge(transaction *t, service *s, world *w, sqlite3_int64 before, bool committed,
                              transaction_totals *totals) {
    journal j = {0};
    json_t *ledger = service_ledger(s);
    if (!journal_read(&j, t->db, before)) {
        t->wrong++;
    }
    model_settle(&t->model, j.count);
    transaction_check_end(t, s, &j, committed);
    if (!transaction_left_earlier(t, &j)) {
        t->wrong += model_compare(&t->model, &j);
    }
    t->wrong += journal_compare(&j, ledger);
    transaction_count(totals, &j, committed, t->rc == SQLITE_OK);
    world_follow(w, ledger);
    json_decref(ledger);
    journal_free(&j);
}

static void transaction_drop_tables(const transaction *t) {
    for (int i = 1; i <= t->made; i++) {
        char *sql = sqlite3_mprintf("DROP TABLE IF EXISTS made_%d", i);
        sqlite3_exec(t->db, sql, NULL, NULL, NULL);
        sqlite3_free(sql);
    }
    sqlite3_exec(t->db, "DROP TABLE IF EXISTS kept", NULL, NULL, NULL);
}

bool transaction_run(service *s, world *w, sqlite3 *db, uint64_t seed, uint64_t number, bool show,
                     const transaction_guest *guest, transaction_totals *totals) {
    transaction t = {
        .db = db, .world = w, .number = number, .log = sqlite3_str_new(NULL), .without = s->without, .kept_from = -1};
    random_start(&t.random, seed, "transaction", number);
    t.autocommit = random_chance(&t.random, 30);
    sqlite3_int64 before = transaction_number(db, "SELECT max(seq) FROM chat_writes", 0);
    t.left = transaction_number(
        db, "SELECT iif(sum(state IN ('failed', 'unknown', 'rolled back')) > 0, count(*), 0) FROM chat_writes", 0);
    static const char *const versions[] = {"v1", "v2", "conversations"};
    const char *version = RANDOM_OF(&t.random, versions);
    t.conversations = version == versions[2];
    service_set(db, "api_version", version);
    service_reset(s);
    faults_choose(s, db, &t.random, t.log);
    bool committed = true;
    if (t.autocommit) {
        statement_run(&t);
    } else {
        transaction_open(&t);
        transaction_work(&t, guest);
        if (!t.over) {
            transaction_check_unsent(&t, s);
        }
        committed = transaction_end(&t);
    }
    faults_clear(s, db);
    transaction_judge(&t, s, w, before, committed, totals);
    transaction_drop_tables(&t);
    char *log = sqlite3_str_finish(t.log);
    if (t.wrong > 0 || show) {
        printf("# transaction %llu did:\n%s", (unsigned long long)number, log == NULL ? "" : log);
    }
    sqlite3_free(log);
    model_free(&t.model);
    return t.wrong == 0;
}
