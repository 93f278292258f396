/* A connection, and statements that somebody interrupts; see world.h. */
#include "world.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "differential/http.h"

static const char *world_extension;
static http_client world_http;

static double world_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void world_fail(const char *what, const char *why) {
    printf("Bail out! %s: %s\n", what, why);
    exit(1);
}

void world_setup(const char *extension, const char *emulator) {
    world_extension = extension;
    if (!http_open(&world_http, emulator)) {
        world_fail("libcurl", emulator);
    }
}

sqlite3 *world_open(const char *file) {
    sqlite3 *db = NULL;
    char *message = NULL;
    if (sqlite3_open(file, &db) != SQLITE_OK) {
        world_fail(file, sqlite3_errmsg(db));
    }
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
    if (sqlite3_load_extension(db, world_extension, NULL, &message) != SQLITE_OK) {
        world_fail(world_extension, message ? message : "not loaded");
    }
    return db;
}

/* ---- interrupting ---- */

static void *world_interrupt_later(void *context) {
    usleep(WORLD_DELAY_MS * 1000);
    sqlite3_interrupt(context);
    return NULL;
}

static int world_handler(void *context) {
    return world_now() > *(const double *)context;
}

/* ---- running ---- */

static void world_add(world_outcome *outcome, const char *text) {
    size_t length = strlen(outcome->text);
    snprintf(outcome->text + length, sizeof outcome->text - length, "%s", text ? text : "NULL");
}

static void world_step_through(sqlite3 *db, const char *sql, world_outcome *outcome) {
    sqlite3_stmt *statement = NULL;
    outcome->rc = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    while (outcome->rc == SQLITE_OK && (outcome->rc = sqlite3_step(statement)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            world_add(outcome, i ? "|" : outcome->text[0] ? "\n" : "");
            world_add(outcome, (const char *)sqlite3_column_text(statement, i));
        }
        outcome->rc = SQLITE_OK;
    }
    if (outcome->rc == SQLITE_DONE) {
        outcome->rc = SQLITE_OK;
    } else {
        snprintf(outcome->text, sizeof outcome->text, "%s", sqlite3_errmsg(db));
    }
    sqlite3_finalize(statement);
}

world_outcome world_run(sqlite3 *db, const char *sql, world_interrupter by) {
    world_outcome outcome = {0};
    double began = world_now(), until = began + (double)WORLD_DELAY_MS / 1000;
    pthread_t thread;
    if (by == BY_THREAD && pthread_create(&thread, NULL, world_interrupt_later, db) != 0) {
        world_fail("pthread_create", "failed");
    }
    if (by == BY_HANDLER || by == BY_RARE_HANDLER) {
        sqlite3_progress_handler(db, by == BY_HANDLER ? 100 : 100000, world_handler, &until);
    }
    world_step_through(db, sql, &outcome);
    outcome.seconds = world_now() - began;
    sqlite3_progress_handler(db, 0, NULL, NULL);
    if (by == BY_THREAD) {
        pthread_join(thread, NULL);
    }
    return outcome;
}

const char *world_value(sqlite3 *db, const char *sql) {
    static world_outcome outcome;
    outcome = world_run(db, sql, BY_NOBODY);
    return outcome.text;
}

void world_do(sqlite3 *db, const char *format, ...) {
    va_list arguments;
    char *message = NULL;
    va_start(arguments, format);
    char *sql = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        world_fail(sql, message);
    }
    sqlite3_free(sql);
}

bool world_was_interrupted(const world_outcome *outcome) {
    bool fine = outcome->rc == SQLITE_INTERRUPT && outcome->seconds * 1000 < (double)WORLD_PATIENCE_MS;
    if (!fine) {
        printf("# not interrupted: result %d after %.3f s: %s\n", outcome->rc, outcome->seconds, outcome->text);
    }
    return fine;
}

bool world_is(const char *found, const char *expected) {
    bool same = strcmp(found, expected) == 0;
    if (!same) {
        printf("# found %s\n# expected %s\n", found, expected);
    }
    return same;
}

/* ---- the emulator ---- */

void world_control(const char *format, ...) {
    char path[1000] = "/__control/";
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(path + strlen(path), sizeof path - strlen(path), format, arguments);
    va_end(arguments);
    if (!http_control(&world_http, path)) {
        world_fail(path, "not accepted");
    }
}

const char *world_ledger(void) {
    static world_outcome lines;
    char url[200];
    lines.text[0] = 0;
    snprintf(url, sizeof url, "%s/__control/ledger", world_http.origin);
    json_t *ledger = http_get(&world_http, url);
    for (size_t i = 0; i < json_array_size(ledger); i++) {
        world_add(&lines, i ? "\n" : "");
        world_add(&lines, json_string_value(json_object_get(json_array_get(ledger, i), "body")));
    }
    json_decref(ledger);
    return lines.text;
}
