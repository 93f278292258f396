/* Steps, eras, connections: see soak.h. */
#include "soak.h"

#include "steps.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SOAK_HANGS = 120, SOAK_IDLE = 64 }; /* seconds; the highest max_concurrency that steps choose */

void soak_complain(soak *s, const char *format, ...) {
    va_list arguments;
    printf("# step %llu (SEED=%llu STEP=%llu): ", (unsigned long long)s->step, (unsigned long long)s->options.seed,
           (unsigned long long)s->step);
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
    s->wrong++;
}

bool soak_shows(const soak *s) {
    return s->options.step == s->step;
}

void soak_exec(soak *s, sqlite3 *db, char *sql) {
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        soak_complain(s, "%s: %s", sql, message == NULL ? "" : message);
    }
    sqlite3_free(message);
    sqlite3_free(sql);
}

sqlite3_int64 soak_number(soak *s, sqlite3 *db, const char *sql) {
    answer a = answer_run(db, sql, NULL, 0, 0);
    sqlite3_int64 number = -1;
    if (a.error != NULL || a.row_count != 1) {
        soak_complain(s, "%s: %s", sql, a.error == NULL ? "no row" : a.error);
    } else {
        number = answer_cell(&a, 0, 0)->integer;
    }
    answer_clear(&a);
    return number;
}

/* ---- connections ---- */

connection *soak_connection(soak *s) {
    connection *c;
    do {
        c = &s->connections[random_below(&s->random, SOAK_CONNECTIONS)];
    } while (c->db == NULL);
    return c;
}

/* Statements of triggers come as comments. */
static int soak_trace(unsigned event, void *context, void *statement, void *text) {
    soak *s = context;
    (void)event;
    (void)statement;
    s->totals.statements += s->counting && strncmp(text, "--", 2) != 0;
    return 0;
}

static void soak_dress(soak *s, connection *c) {
    service_set(c->db, "api_version", s->mirror.version == VERSION_1 ? "v1" : "v2");
    if (!mirror_dress(&s->mirror, c->db)) {
        soak_complain(s, "no local tables");
    }
    c->dressed = true;
}

static void soak_undress(soak *s, connection *c) {
    if (c->dressed && !mirror_undress(&s->mirror, c->db)) {
        soak_complain(s, "local tables cannot be dropped");
    }
    c->dressed = false;
}

void soak_open(soak *s, connection *c) {
    *c = (connection){.db = service_connect(&s->service, ":memory:")};
    if (c->db == NULL) {
        soak_complain(s, "no connection");
        return;
    }
    sqlite3_trace_v2(c->db, SQLITE_TRACE_STMT, soak_trace, s);
    if (s->mirror.reference != NULL) {
        soak_dress(s, c);
    }
}

void soak_close(soak *s, connection *c) {
    if (c->db != NULL) {
        soak_count(s, c);
    }
    if (sqlite3_close(c->db) != SQLITE_OK) {
        soak_complain(s, "a connection cannot be closed: %s", sqlite3_errmsg(c->db));
    }
    *c = (connection){0};
}

void soak_count(soak *s, connection *c) {
    sqlite3_int64 last = soak_number(s, c->db, "SELECT coalesce(max(id), 0) FROM chat_requests");
    if (last > c->requests) { /* it may have been emptied */
        s->totals.requests += last - c->requests;
        c->requests = last;
    }
}

void soak_defaults(soak *s, connection *c) {
    soak_exec(
        s, c->db,
        sqlite3_mprintf("UPDATE chat_settings SET value = NULL WHERE name IN ('page_size', 'max_concurrency',"
                        " 'memory_limit_mb', 'request_log', 'max_retries', 'timeout_ms', 'without', 'readonly')"));
}

/* ---- eras ---- */

/* Copies what the server holds, in a version of the API that is chosen anew, and takes all connections there. */
static void soak_refresh(soak *s) {
    s->counting = false;
    for (int i = 0; i < SOAK_CONNECTIONS; i++) {
        if (s->connections[i].db != NULL) {
            soak_undress(s, &s->connections[i]);
        }
    }
    service_control(&s->service, "paging?mode=%s", random_chance(&s->random, 70) ? "token" : "page");
    unsigned version = random_chance(&s->random, 50) ? VERSION_1 : VERSION_2;
    if (!mirror_fetch(&s->mirror, &s->service.client, version, s->options.seed + s->step)) {
        soak_complain(s, "the server's data cannot be copied");
    }
    for (int i = 0; i < SOAK_CONNECTIONS; i++) {
        if (s->connections[i].db != NULL) {
            soak_dress(s, &s->connections[i]);
        }
    }
    s->fresh = true;
    s->counting = true;
}

/* Other data, and the same credentials again: with them the lasting connection forgets where SIDs live. */
static bool soak_exchange_data(soak *s, random_state *random) {
    world_free(&s->world);
    service_control(&s->service, "data?seed=%d", 1 + random_below(random, 1000000000));
    service_set(s->connections[0].db, "auth_token", PROCESS_AUTH_TOKEN);
    return world_begin(&s->world, s->connections[0].db);
}

/* Not all data has a private channel, which Conversations would have, too. */
static void soak_begin_era(soak *s) {
    random_state random;
    random_start(&random, s->options.seed, "data", s->step / SOAK_ERA);
    bool there = false;
    for (int tries = 0; !there && tries < 10; tries++) {
        there = soak_exchange_data(s, &random);
    }
    if (!there) {
        soak_complain(s, "the server has no services or channels");
    }
    s->fresh = false;
}

/*
** libcurl keeps as many connections for later as may be used at once; when that becomes fewer, each request lets one of
** the others go.
*/
static void soak_close_idle(soak *s, sqlite3 *db) {
    service_set(db, "max_concurrency", "1");
    for (int i = 0; i < SOAK_IDLE; i++) {
        soak_exec(s, db, sqlite3_mprintf("SELECT sid FROM services LIMIT 1"));
    }
}

void soak_end_era(soak *s) {
    s->counting = false;
    service_reset(&s->service);
    for (int i = 1; i < SOAK_CONNECTIONS; i++) {
        soak_close(s, &s->connections[i]);
    }
    soak_undress(s, &s->connections[0]);
    soak_count(s, &s->connections[0]);
    service_set(s->connections[0].db, "request_log", "0"); /* it holds much or little, as requests came */
    soak_close_idle(s, s->connections[0].db);
    soak_defaults(s, &s->connections[0]);
    mirror_free(&s->mirror);
    world_free(&s->world);
    measures_add(&s->measures, measure_now());
}

/* ---- steps ---- */

static const struct {
    int weight;
    void (*take)(soak *s);
} soak_steps[] = {{46, reads_query},      {5, reads_repeated},       {9, reads_abandoned},   {11, reads_interleaved},
                  {9, reads_interrupted}, {3, around_settings},      {4, around_table},      {6, around_connection},
                  {3, around_own_tables}, {10, writes_transactions}, {2, writes_interrupted}};

enum { SOAK_KINDS = sizeof soak_steps / sizeof soak_steps[0] };

void soak_step(soak *s) {
    int weights[SOAK_KINDS];
    if (s->step % SOAK_ERA == 0) {
        soak_begin_era(s);
    }
    s->step++;
    random_start(&s->random, s->options.seed, "step", s->step);
    for (int i = 0; i < SOAK_KINDS; i++) {
        weights[i] = soak_steps[i].weight;
    }
    alarm(SOAK_HANGS);
    if (!s->fresh) {
        soak_refresh(s);
    }
    soak_steps[random_weighted(&s->random, weights, SOAK_KINDS)].take(s);
    alarm(0);
    if (s->step % SOAK_ERA == 0) {
        soak_end_era(s);
    }
}
