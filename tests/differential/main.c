/*
** The differential test: does a query over the chat tables give what it gives over ordinary tables with the same data?
**
**   build/differential --extension build/chat.so --emulator build/emulator --queries 5000
**
** The program starts an emulator with generated data and fetches all of it by itself (copy.c) into ordinary tables,
** the reference. It loads the extension into another connection, the subject, gives both the same local tables and
** views, and runs generated queries (query.c and below) on both. Answers must agree as far as SQL fixes them
** (compare.c). That is repeated for both API versions, both forms of paging, several page sizes, and tables that hold
** one service only.
**
** Before that it checks that every full scan equals the data set, and, on data of its own, that planted differences
** are found (self_test.c). Output is TAP. A difference is printed with the options that run its query alone.
*/
#include "bound.h"
#include "changes.h"
#include "copy.h"
#include "migrated.h"
#include "moved.h"
#include "options.h"
#include "process.h"
#include "report.h"
#include "scan_check.h"
#include "self_test.h"
#include "session.h"
#include "subject.h"
#include "tables.h"
#include "tap.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct run {
    options options;
    process emulator;
    http_client client;
    sqlite3 *data;    /* the whole data set of the version at hand */
    char service[40]; /* the service of configurations that hold only one */
    sqlite3 *plans;
} run;

/* For the signal handler: the emulator ends with this program however that ends. */
static volatile sig_atomic_t main_child;

static void main_signal(int number) {
    if (main_child != 0) {
        kill((pid_t)main_child, SIGTERM);
    }
    signal(number, SIG_DFL);
    raise(number);
}

static bool main_start(run *r, process_data data) {
    bool started = process_start(&r->emulator, r->options.emulator, r->options.data_seed, data);
    main_child = (sig_atomic_t)r->emulator.pid;
    if (!started || !http_open(&r->client, r->emulator.url)) {
        return false;
    }
    subject_environment(r->emulator.url, r->emulator.conversations_url);
    return true;
}

static void main_stop(run *r) {
    http_close(&r->client);
    process_stop(&r->emulator);
    main_child = 0;
}

static bool main_set_paging(run *r, unsigned paging) {
    char path[64];
    snprintf(path, sizeof path, "/__control/paging?mode=%s", options_paging_name(paging));
    return http_control(&r->client, path);
}

/* Fetches the data set of a version into r->data, and chooses the service with most channels. */
static bool main_fetch(run *r, unsigned version, unsigned paging, int page_size) {
    sqlite3_close(r->data);
    r->data = NULL;
    if (!main_set_paging(r, paging) || sqlite3_open(":memory:", &r->data) != SQLITE_OK ||
        !copy_fetch(r->data, &r->client, version == VERSION_C ? r->emulator.conversations_url : r->emulator.url,
                    version, page_size) ||
        (version == VERSION_MIGRATED && !migrated_change(r->data, &r->client, r->emulator.conversations_url))) {
        return false;
    }
    answer a = answer_run(r->data,
                          version == VERSION_C
                              ? "SELECT chat_service_sid FROM conversations GROUP BY 1 ORDER BY count(*) DESC, 1"
                              : "SELECT service_sid FROM channels GROUP BY 1 ORDER BY count(*) DESC, 1",
                          NULL, 0, 0);
    bool found = a.row_count > 0;
    if (found) {
        snprintf(r->service, sizeof r->service, "%s", answer_cell(&a, 0, 0)->bytes);
    }
    answer_clear(&a);
    return found;
}

static void main_scan(run *r, const configuration *c) {
    sqlite3_int64 rows = 0;
    sqlite3 *subject = subject_open(r->options.extension, c, r->service);
    bool same =
        subject != NULL && main_set_paging(r, c->paging) && scan_check_rows(subject, r->data, c->version, &rows);
    tap_result(same, "%s: every full scan equals the data set, %lld rows", c->label, rows);
    sqlite3_close(subject);
}

/* What is the same for all configurations of a version. */
static void main_check_version(run *r, unsigned version) {
    configuration c = {.version = version, .paging = PAGING_TOKEN};
    const char *name = tables_version_name(version);
    sqlite3_int64 rows = 0;
    sqlite3 *subject = subject_open(r->options.extension, &c, r->service);
    tap_result(subject != NULL && scan_check_columns(subject, version), "%s: columns are the API's", name);
    tap_result(subject != NULL && scan_check_missing(subject, version), "%s: missing tables are refused", name);
    bool same = subject != NULL && http_control(&r->client, "/__control/dates?form=rfc2822") &&
                scan_check_rows(subject, r->data, version, &rows);
    tap_result(same, "%s: dates in RFC 2822 form give the same rows, %lld", name, rows);
    http_control(&r->client, "/__control/dates?form=iso");
    same = subject != NULL && moved_begin(&r->client, r->data, version) &&
           scan_check_rows(subject, r->data, version, &rows);
    tap_result(moved_end(&r->client, r->data, version) && same, "%s: names that have changed are the same, %lld rows",
               name, rows);
    sqlite3_close(subject);
}

/* The part of the data set that the configuration's tables hold. */
static sqlite3 *main_reference(const run *r, const configuration *c) {
    sqlite3 *reference = NULL;
    if (sqlite3_open(":memory:", &reference) != SQLITE_OK ||
        !copy_filtered(r->data, reference, c->version, c->scope == SCOPE_ALL ? NULL : r->service)) {
        sqlite3_close(reference);
        return NULL;
    }
    return reference;
}

static void main_query_all(session *s, const configuration *c, int count) {
    session_result result = session_run(s, count, 0);
    tap_result(result.different == 0 && result.compared == count,
               "%s: %d queries, %d differ, %d too expensive, %d refused by both, %d with what SQLite does not say, "
               "%d beside open cursors, %d asked again of a changed server, %d over the extension's own tables, "
               "%d with calls queued, %.0f/s, %lld requests",
               c->label, result.compared, result.different, result.skipped, result.refused, result.unsaid,
               result.beside, result.moved, result.own, result.queued, result.compared / (result.seconds + 1e-9),
               result.requests);
    tap_result(result.repeated == 0, "%s: no page is requested twice by a statement, %d were", c->label,
               result.repeated);
    tap_result(
        result.exceeded == 0,
        "%s: on each list at most twice its pages and %d requests more, on all %d more, by %d statements; more by %d",
        c->label, BOUND_FREE_OF_LIST, BOUND_FREE, result.bounded, result.exceeded);
}

static void main_queries(run *r, const configuration *c, int count) {
    session s = {.label = c->label,
                 .rerun = c->rerun,
                 .seed = r->options.seed,
                 .extension = true,
                 .client = &r->client,
                 .without = r->options.without,
                 .plans = r->plans};
    s.subject = subject_open(r->options.extension, c, r->service);
    s.reference = main_reference(r, c);
    bool ready = s.subject != NULL && s.reference != NULL && main_set_paging(r, c->paging) &&
                 session_open(&s, r->data, c->version);
    s.lists = ready ? bound_open(r->data, c->version, c->page_size) : NULL;
    ready = s.lists != NULL;
    if (!ready) {
        tap_result(false, "%s: preparation", c->label);
    } else if (r->options.query != 0) {
        tap_result(session_show(&s, r->options.query), "%s: query %llu", c->label,
                   (unsigned long long)r->options.query);
    } else {
        main_query_all(&s, c, count);
    }
    session_close(&s);
    sqlite3_close(s.lists);
    sqlite3_close(s.subject);
    sqlite3_close(s.reference);
}

/* Transactions of writes over the data at hand. They change it: the emulator makes it anew at the end. */
static void main_writes(run *r, unsigned version) {
    configuration all = {.version = version, .paging = PAGING_TOKEN};
    char path[64];
    changes c = {.version = version,
                 .label = tables_version_name(version),
                 .seed = r->options.seed,
                 .shown = r->options.write,
                 .no_from = (r->options.without & WITHOUT_FROM) != 0,
                 .no_again = (r->options.without & WITHOUT_AGAIN) != 0,
                 .no_own = (r->options.without & WITHOUT_OWN) != 0,
                 .no_beside = (r->options.without & WITHOUT_BESIDE) != 0,
                 .client = &r->client};
    c.subject = subject_open(r->options.extension, &all, r->service);
    c.reference = main_reference(r, &all);
    bool ready = c.subject != NULL && c.reference != NULL && changes_open(&c);
    if (ready) {
        changes_result result = changes_run(&c, r->options.writes);
        tap_result(
            result.wrong == 0,
            "%s: the server is as the model after %d transactions of %d statements, %d calls; %d rows were touched "
            "and not changed; %d users inserted, %d deleted; %d statements over own tables alone; %d times beside "
            "open cursors; %d statements refused; wrong: %d",
            c.label, result.transactions, result.statements, result.calls, result.unchanged, result.inserted,
            result.deleted, result.local, result.beside, result.refused, result.wrong);
        tap_result(changes_scan(&c), "%s: and so is the full scan of the tables that were updated", c.label);
    } else {
        tap_result(false, "%s: preparation of writes", c.label);
    }
    snprintf(path, sizeof path, "/__control/data?seed=%.20s", r->options.data_seed);
    http_control(&r->client, path);
    changes_close(&c);
    sqlite3_close(c.subject);
    sqlite3_close(c.reference);
}

static int main_share(const run *r, const configuration *list, int count, int i) {
    int sum = 0;
    for (int k = 0; k < count; k++) {
        sum += list[k].weight;
    }
    int share = (int)((long long)r->options.queries * list[i].weight / sum);
    return share > 0 ? share : 1;
}

/* Every configuration in turn; the data set is fetched anew where version or paging change. */
static void main_configurations(run *r) {
    configuration list[OPTIONS_MAX_CONFIGURATIONS];
    int count = options_configurations(&r->options, list);
    for (int i = 0; i < count; i++) {
        bool version_changed = i == 0 || list[i].version != list[i - 1].version;
        bool changed = version_changed || list[i].paging != list[i - 1].paging;
        bool other_data = list[i].version >= VERSION_C && (i == 0 || list[i - 1].version < VERSION_C);
        if (other_data && !r->options.small) {
            main_stop(r);
            if (!main_start(r, PROCESS_MIXED)) {
                tap_result(false, "%s: the emulator runs again", list[i].label);
                return;
            }
        }
        if (changed && !main_fetch(r, list[i].version, list[i].paging, 0)) {
            tap_result(false, "%s: the data set is fetched", list[i].label);
            return;
        }
        if (r->options.query == 0) {
            if (version_changed) {
                main_check_version(r, list[i].version);
            }
            if (list[i].scope == SCOPE_ALL) {
                main_scan(r, &list[i]);
            }
        }
        if (r->options.queries > 0) {
            main_queries(r, &list[i], main_share(r, list, count, i));
        }
        bool last = i + 1 == count || list[i + 1].version != list[i].version;
        if (last && r->options.query == 0 && r->options.writes > 0) {
            main_writes(r, list[i].version);
        }
    }
}

static void main_run(run *r) {
    if (tap_result(main_start(r, r->options.small ? PROCESS_SMALL : PROCESS_FULL), "the emulator runs")) {
        r->plans = report_open_plans();
        main_configurations(r);
        report_plans(r->plans, r->options.plans);
    }
    sqlite3_close(r->plans);
    sqlite3_close(r->data);
    main_stop(r);
}

int main(int count, char **arguments) {
    run r = {0};
    if (!options_parse(&r.options, count, arguments)) {
        return 2;
    }
    signal(SIGINT, main_signal);
    signal(SIGTERM, main_signal);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (r.options.self_test || (r.options.query == 0 && !r.options.no_self_test)) {
        bool brief = r.options.small || r.options.brief_self_test;
        self_test_run(r.options.seed, brief ? 100 : 1000, brief);
    }
    if (!r.options.self_test) {
        main_run(&r);
    }
    curl_global_cleanup();
    return tap_end();
}
