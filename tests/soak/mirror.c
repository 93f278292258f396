/* What the server holds: see mirror.h. */
#include "mirror.h"

#include "differential/copy.h"
#include "differential/local.h"
#include "differential/source.h"
#include "differential/times.h"

#include <stdio.h>

enum { MIRROR_STEPS = 2000000, MIRROR_ROWS = 10000 }; /* of the virtual machine, and of an answer */

/* Local tables are made from the chat tables' values alone, although they are part of the sample afterwards. */
static bool mirror_create_locals(const mirror *m, sqlite3 *db) {
    sample chat = m->sample;
    chat.count = m->chat_tables;
    return local_create(db, &chat, m->seed);
}

bool mirror_dress(const mirror *m, sqlite3 *db) {
    return mirror_create_locals(m, db) && source_create_views(db, &m->sample, m->seed);
}

static bool mirror_prepare(mirror *m) {
    int count;
    const table *locals = tables_local(&count);
    bool ready = sample_load(&m->sample, m->reference, m->version);
    m->chat_tables = m->sample.count;
    ready = ready && mirror_create_locals(m, m->reference);
    for (int i = 0; ready && i < count; i++) {
        ready = sample_add(&m->sample, m->reference, &locals[i]);
    }
    return ready && source_create_views(m->reference, &m->sample, m->seed);
}

bool mirror_fetch(mirror *m, http_client *client, unsigned version, uint64_t seed) {
    mirror_free(m);
    m->version = version;
    m->seed = seed;
    if (sqlite3_open(":memory:", &m->reference) != SQLITE_OK) {
        printf("# mirror: %s\n", sqlite3_errmsg(m->reference));
        return false;
    }
    sqlite3_test_control(SQLITE_TESTCTRL_OPTIMIZATIONS, m->reference, QUERY_BLOOM_FILTERS);
    return times_create(m->reference) && copy_fetch(m->reference, client, client->origin, version, 0) &&
           mirror_prepare(m);
}

void mirror_free(mirror *m) {
    sample_clear(&m->sample);
    sqlite3_close(m->reference);
    *m = (mirror){0};
}

bool mirror_undress(const mirror *m, sqlite3 *db) {
    sqlite3_str *sql = sqlite3_str_new(db);
    for (int i = 0; i < m->sample.count; i++) {
        const table *t = m->sample.tables[i].table;
        if (t->segment == NULL) {
            sqlite3_str_appendf(sql, "DROP TABLE \"%w\";", t->name);
        } else {
            sqlite3_str_appendf(sql, "DROP VIEW v_%s; DROP VIEW w_%s;", t->name, t->name);
        }
    }
    char *text = sqlite3_str_finish(sql);
    bool dropped = sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK;
    if (!dropped) {
        printf("# %s: %s\n", text, sqlite3_errmsg(db));
    }
    sqlite3_free(text);
    return dropped;
}

static int mirror_stop(void *context) {
    (void)context;
    return 1;
}

answer mirror_answer(const mirror *m, const char *sql, size_t length, const value *parameters, int parameter_count) {
    char *text = sqlite3_mprintf("%.*s", (int)length, sql);
    sqlite3_progress_handler(m->reference, MIRROR_STEPS, mirror_stop, NULL);
    answer a = answer_run(m->reference, text, parameters, parameter_count, MIRROR_ROWS);
    sqlite3_progress_handler(m->reference, 0, NULL, NULL);
    sqlite3_free(text);
    return a;
}
