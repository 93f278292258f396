/* Threads, each with its own connection; see life.h. */
#include <pthread.h>
#include <stdio.h>

#include "ledger/journal.h"
#include "memory/life.h"

enum { THREADS = 8, THREADS_ROUNDS = 15 };

typedef struct threads_worker {
    service *service;
    pthread_barrier_t *together;
    int number, failed;
    sqlite3_int64 members; /* how many there are, which nobody changes */
    journal rows;          /* of all that it has sent */
} threads_worker;

static sqlite3_int64 threads_members(sqlite3 *db) {
    sqlite3_stmt *statement = NULL;
    sqlite3_int64 count = -1;
    sqlite3_prepare_v2(db, "SELECT count(*) FROM channels AS c JOIN members AS m ON m.channel_sid = c.sid", -1,
                       &statement, NULL);
    if (sqlite3_step(statement) == SQLITE_ROW) {
        count = sqlite3_column_int64(statement, 0);
    }
    return sqlite3_finalize(statement) == SQLITE_OK ? count : -1;
}

/* Loads, reads, writes and closes; what it has sent is kept. */
static void threads_round(threads_worker *self, int round) {
    sqlite3 *db = service_connect(self->service, ":memory:");
    char *sql = sqlite3_mprintf("BEGIN; INSERT INTO messages(service_sid, channel_sid, body) "
                                "SELECT service_sid, sid, 'thread-%d-%d' FROM channels ORDER BY sid LIMIT 4; %s",
                                self->number, round, round % 5 == 4 ? "ROLLBACK" : "COMMIT");
    journal rows = {0};
    self->failed += !db || threads_members(db) != self->members;
    self->failed += sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK;
    self->failed += !journal_read(&rows, db, 0) || rows.count != 4;
    journal_join(&self->rows, &rows);
    sqlite3_free(sql);
    self->failed += sqlite3_close(db) != SQLITE_OK;
}

static void *threads_work(void *context) {
    threads_worker *self = context;
    pthread_barrier_wait(self->together);
    for (int round = 0; round < THREADS_ROUNDS; round++) {
        threads_round(self, round);
    }
    return NULL;
}

void life_threads(service *s) {
    life_check check = {.name = "8 threads load, read, write and close at the same time: answers and ledger are right"};
    threads_worker workers[THREADS];
    pthread_t threads[THREADS];
    pthread_barrier_t together;
    service_reset(s);
    sqlite3 *db = life_connect(s);
    sqlite3_int64 members = threads_members(db);
    life_expect(&check, members > 0 && sqlite3_close(db) == SQLITE_OK, "no members");
    pthread_barrier_init(&together, NULL, THREADS);
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (threads_worker){.service = s, .together = &together, .number = i, .members = members};
        life_expect(&check, pthread_create(&threads[i], NULL, threads_work, &workers[i]) == 0, "no thread");
    }
    journal all = {0};
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        life_expect(&check, workers[i].failed == 0, "thread %d: %d failures", i, workers[i].failed);
        journal_join(&all, &workers[i].rows);
    }
    pthread_barrier_destroy(&together);
    json_t *ledger = service_ledger(s);
    life_expect(&check, journal_place_all(&all, ledger) == 0, "the ledger says otherwise than chat_writes");
    life_expect(&check, json_array_size(ledger) == THREADS * 4 * (THREADS_ROUNDS - THREADS_ROUNDS / 5),
                "%zu writes in the ledger", json_array_size(ledger));
    json_decref(ledger);
    journal_free(&all);
    life_end(&check);
}
