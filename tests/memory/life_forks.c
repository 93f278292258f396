/* A process that forks with connections open; see life.h. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "memory/life.h"

enum { FORKS_PATIENCE = 300 }; /* seconds after which a child that hangs is ended */

typedef struct forks_stage {
    life_check check;
    service *service;
    sqlite3 *db;
    sqlite3_stmt *scan;
    sqlite3_int64 rows;
} forks_stage;

#define SCAN "SELECT c.sid, m.sid FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid"

static forks_stage forks_begin(service *s, const char *name) {
    forks_stage stage = {.check = {.name = name}, .service = s, .db = life_connect(s)};
    service_reset(s);
    life_exec(&stage.check, stage.db, SQLITE_OK,
              "UPDATE chat_settings SET value = '2' WHERE name = 'page_size';"
              "UPDATE chat_settings SET value = '0' WHERE name = 'max_retries'");
    stage.rows = life_number(&stage.check, stage.db, "SELECT count(*) FROM messages");
    return stage;
}

/*
** A child leaves the parent's connections alone, which would be called leaks. What it has executed is counted by tests/cover if
** it ends in order.
*/
static void forks_exit(int status) {
#ifndef __SANITIZE_ADDRESS__
    if (getenv("COUNT_CHILDREN")) {
        exit(status);
    }
#endif
    _exit(status);
}

/* Runs work in a child; what it finds wrong becomes its exit status. */
static pid_t forks_child(forks_stage *stage, void (*work)(forks_stage *stage)) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        alarm(FORKS_PATIENCE);
        stage->check.wrong = 0;
        work(stage);
        fflush(stdout);
        forks_exit(stage->check.wrong ? 1 : 0);
    }
    return child;
}

static void forks_wait(forks_stage *stage, pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    life_expect(&stage->check, status == 0, "the child: status %d%s", status, WIFSIGNALED(status) ? ", a signal" : "");
}

static void forks_ask(forks_stage *stage) {
    life_expect(&stage->check, life_number(&stage->check, stage->db, "SELECT count(*) FROM messages") == stage->rows,
                "another answer");
}

static void forks_ask_and_close(forks_stage *stage) {
    forks_ask(stage);
    life_expect(&stage->check, sqlite3_close(stage->db) == SQLITE_OK, "close");
}

static void forks_close_scan(forks_stage *stage) {
    sqlite3_finalize(stage->scan);
    life_expect(&stage->check, sqlite3_close(stage->db) == SQLITE_OK, "close");
}

static void forks_end(forks_stage *stage) {
    forks_ask(stage);
    life_expect(&stage->check, sqlite3_close(stage->db) == SQLITE_OK, "close");
    life_end(&stage->check);
}

/* Both at the same time, over what would be the same sockets. max_retries is 0: a broken connection would show. */
static void forks_idle(service *s) {
    forks_stage stage = forks_begin(s, "fork: parent and child ask at the same time, and both are right");
    pid_t children[3];
    for (int i = 0; i < 3; i++) {
        children[i] = forks_child(&stage, forks_ask_and_close);
    }
    forks_ask(&stage);
    for (int i = 0; i < 3; i++) {
        forks_wait(&stage, children[i]);
    }
    forks_end(&stage);
}

static void forks_in_scan(service *s, const char *name, void (*work)(forks_stage *stage)) {
    forks_stage stage = forks_begin(s, name);
    stage.scan = life_prepare(stage.db, SCAN);
    service_control(s, "latency?ms=20");
    life_expect(&stage.check, sqlite3_step(stage.scan) == SQLITE_ROW, "no row");
    life_expect(&stage.check, sqlite3_step(stage.scan) == SQLITE_ROW, "no second row");
    pid_t child = forks_child(&stage, work);
    forks_wait(&stage, child); /* first, so that what it does to sockets would be felt */
    life_expect(&stage.check, life_rest(&stage.check, stage.scan) == stage.rows - 2, "rows are missing");
    sqlite3_finalize(stage.scan);
    service_control(s, "latency?ms=0");
    forks_end(&stage);
}

/* The scan may go on or fail, but neither hang nor end early; afterwards the connection works. */
static void forks_go_on(forks_stage *stage) {
    int rows = 2;
    while (sqlite3_step(stage->scan) == SQLITE_ROW) {
        rows++;
    }
    int rc = sqlite3_finalize(stage->scan);
    life_expect(&stage->check, rc != SQLITE_OK || rows == stage->rows, "%d rows of %lld", rows, stage->rows);
    forks_ask_and_close(stage);
}

static const char forks_write[] = "BEGIN; INSERT INTO messages(service_sid, channel_sid, body) "
                                  "SELECT service_sid, sid, 'forked' FROM channels LIMIT 2";

/* What the parent is going to commit as well is refused. */
static void forks_commit(forks_stage *stage) {
    life_exec(&stage->check, stage->db, SQLITE_MISUSE, "COMMIT");
}

static void forks_in_transaction(service *s, const char *name, void (*work)(forks_stage *stage)) {
    forks_stage stage = forks_begin(s, name);
    life_exec(&stage.check, stage.db, SQLITE_OK, forks_write);
    forks_wait(&stage, forks_child(&stage, work));
    json_t *ledger = service_ledger(s);
    life_expect(&stage.check, json_array_size(ledger) == 0, "the child has sent something");
    json_decref(ledger);
    life_exec(&stage.check, stage.db, SQLITE_OK, "COMMIT");
    ledger = service_ledger(s);
    life_expect(&stage.check, json_array_size(ledger) == 2, "%zu writes, not 2", json_array_size(ledger));
    json_decref(ledger);
    stage.rows += 2;
    forks_end(&stage);
}

void life_forks(service *s) {
    forks_idle(s);
    forks_in_scan(s, "fork in mid-scan: the child closes, the parent goes on", forks_close_scan);
    forks_in_scan(s, "fork in mid-scan: the child goes on as well, or fails, and does not hang", forks_go_on);
    forks_in_transaction(s, "fork inside a transaction: the child that closes sends nothing", forks_close_scan);
    forks_in_transaction(s, "fork inside a transaction: the child that commits sends nothing", forks_commit);
}
