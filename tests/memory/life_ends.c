/* Ends in mid-scan; see life.h. */
#include <stdio.h>

#include "memory/life.h"

/* Many channels of many services: with its first row, requests for others are under way. */
#define SCAN "SELECT c.sid, m.sid FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid"

typedef struct ends_stage {
    life_check check;
    service *service;
    sqlite3 *db;
    sqlite3_stmt *scan;
    sqlite3_int64 rows; /* that the scan gives in all */
    int descriptors;    /* before the connection */
} ends_stage;

/* A scan that has given its first row. */
static ends_stage ends_begin(service *s, const char *name, const char *before, const char *sql) {
    ends_stage stage = {.check = {.name = name}, .service = s, .descriptors = life_descriptors()};
    char count[300];
    stage.db = life_connect(s);
    life_exec(&stage.check, stage.db, SQLITE_OK, before);
    life_exec(&stage.check, stage.db, SQLITE_OK, "UPDATE chat_settings SET value = '2' WHERE name = 'page_size'");
    snprintf(count, sizeof count, "SELECT count(*) FROM (%s)", sql);
    stage.rows = life_number(&stage.check, stage.db, count);
    stage.scan = life_prepare(stage.db, sql);
    life_expect(&stage.check, stage.rows > 5 && sqlite3_step(stage.scan) == SQLITE_ROW, "no row: %s",
                sqlite3_errmsg(stage.db));
    return stage;
}

/* The scan goes on to its end. */
static void ends_go_on(ends_stage *stage) {
    life_expect(&stage->check, life_rest(&stage->check, stage->scan) == stage->rows - 1, "rows are missing");
}

static void ends_end(ends_stage *stage) {
    sqlite3_finalize(stage->scan);
    if (stage->db) {
        life_expect(&stage->check, life_number(&stage->check, stage->db, "SELECT count(*) FROM services") > 0,
                    "the connection does not work afterwards");
        life_expect(&stage->check, sqlite3_close(stage->db) == SQLITE_OK, "close");
    }
    life_expect(&stage->check, life_descriptors() == stage->descriptors, "descriptors: %d, then %d", stage->descriptors,
                life_descriptors());
    life_end(&stage->check);
}

static void ends_close(service *s) {
    ends_stage stage = ends_begin(s, "sqlite3_close with an open statement: SQLITE_BUSY, and it goes on", "", SCAN);
    life_expect(&stage.check, sqlite3_close(stage.db) == SQLITE_BUSY, "closed");
    ends_go_on(&stage);
    ends_end(&stage);
}

static void ends_zombie(service *s) {
    ends_stage stage = ends_begin(s, "sqlite3_close_v2 with an open statement: it can be read to its end", "", SCAN);
    life_expect(&stage.check, sqlite3_close_v2(stage.db) == SQLITE_OK, "not closed");
    stage.db = NULL;
    ends_go_on(&stage);
    ends_end(&stage);
}

static void ends_zombie_cut(service *s) {
    ends_stage stage = ends_begin(s, "sqlite3_close_v2, then the statement is finalized in mid-scan", "", SCAN);
    life_expect(&stage.check, sqlite3_close_v2(stage.db) == SQLITE_OK, "not closed");
    stage.db = NULL;
    ends_end(&stage);
}

static void ends_cut(service *s) {
    ends_stage stage = ends_begin(s, "closed in mid-scan with requests under way", "", SCAN);
    service_control(s, "latency?ms=300");
    for (int i = 0; i < 3; i++) {
        sqlite3_step(stage.scan); /* asks for what comes next */
    }
    sqlite3_finalize(stage.scan);
    stage.scan = NULL;
    life_expect(&stage.check, sqlite3_close(stage.db) == SQLITE_OK, "not closed");
    stage.db = NULL;
    service_control(s, "latency?ms=0");
    ends_end(&stage);
}

static void ends_reset(service *s) {
    ends_stage stage = ends_begin(s, "reset in mid-scan, and read again", "", SCAN);
    for (int i = 0; i < 3; i++) {
        life_expect(&stage.check, sqlite3_reset(stage.scan) == SQLITE_OK, "reset");
        life_expect(&stage.check, sqlite3_step(stage.scan) == SQLITE_ROW, "no row");
    }
    ends_go_on(&stage);
    ends_end(&stage);
}

static void ends_refused(service *s, const char *name, const char *before, const char *sql, const char *end) {
    ends_stage stage = ends_begin(s, name, before, sql);
    life_exec(&stage.check, stage.db, SQLITE_LOCKED, end);
    ends_go_on(&stage);
    sqlite3_reset(stage.scan);
    life_exec(&stage.check, stage.db, SQLITE_OK, end);
    life_expect(&stage.check, sqlite3_step(stage.scan) == SQLITE_ERROR, "the table is still there");
    ends_end(&stage);
}

/* DETACH says SQLITE_ERROR, "database mine is locked". */
static void ends_detached(service *s) {
    ends_stage stage =
        ends_begin(s, "DETACH in mid-scan is refused, and the scan goes on",
                   "ATTACH ':memory:' AS mine; CREATE VIRTUAL TABLE mine.c USING channels", "SELECT sid FROM mine.c");
    life_exec(&stage.check, stage.db, SQLITE_ERROR, "DETACH mine");
    ends_go_on(&stage);
    sqlite3_reset(stage.scan);
    life_exec(&stage.check, stage.db, SQLITE_OK, "DETACH mine");
    ends_end(&stage);
}

/* What a scan has begun with stays; the next statement has the new settings. */
static void ends_settings(service *s) {
    ends_stage stage = ends_begin(s, "settings changed in mid-scan: the scan goes on as it began", "", SCAN);
    life_exec(&stage.check, stage.db, SQLITE_OK,
              "UPDATE chat_settings SET value = '3' WHERE name = 'page_size';"
              "UPDATE chat_settings SET value = 'IS00000000000000000000000000000000' WHERE name = 'service_sid';"
              "UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';"
              "UPDATE chat_settings SET value = '1' WHERE name = 'max_concurrency'");
    ends_go_on(&stage);
    life_exec(&stage.check, stage.db, SQLITE_ERROR, "SELECT count(*) FROM channels");
    life_exec(&stage.check, stage.db, SQLITE_OK, "UPDATE chat_settings SET value = NULL WHERE name = 'service_sid'");
    ends_end(&stage);
}

/*
** Another origin in mid-scan: pages that are still to come must not be asked of it, since they would be another
** server's. The scan fails, or it goes on with the server that it began with.
*/
static void ends_origin(service *s) {
    ends_stage stage = ends_begin(s, "another origin set in mid-scan gets no request of the scan", "", SCAN);
    service other = {.extension = s->extension};
    bool started = process_start(&other.emulator, life_emulator(), "1", PROCESS_SMALL) &&
                   http_open(&other.client, other.emulator.url);
    char *sql = sqlite3_mprintf("UPDATE chat_settings SET value = '%s' WHERE name = 'url'", other.emulator.url);
    life_expect(&stage.check, started, "no second server");
    life_exec(&stage.check, stage.db, SQLITE_OK, sql);
    sqlite3_free(sql);
    sql = sqlite3_mprintf("UPDATE chat_settings SET value = '%s' WHERE name = 'account_sid';"
                          "UPDATE chat_settings SET value = '%s' WHERE name = 'auth_token'",
                          PROCESS_ACCOUNT_SID, PROCESS_AUTH_TOKEN);
    life_exec(&stage.check, stage.db, SQLITE_OK, sql);
    sqlite3_free(sql);
    int rows = 0;
    while (sqlite3_step(stage.scan) == SQLITE_ROW) {
        rows++;
    }
    int rc = sqlite3_reset(stage.scan);
    life_expect(&stage.check, rc != SQLITE_OK || rows == stage.rows - 1, "%d rows, and no error", rows);
    char url[200];
    snprintf(url, sizeof url, "%s/__control/requests", other.emulator.url);
    json_t *requests = http_get(&other.client, url);
    life_expect(&stage.check, json_is_array(requests) && json_array_size(requests) == 0, "%zu requests to the other",
                json_array_size(requests));
    json_decref(requests);
    http_close(&other.client);
    ends_end(&stage);
    service_stop(&other);
}

void life_ends(service *s) {
    ends_close(s);
    ends_zombie(s);
    ends_zombie_cut(s);
    ends_cut(s);
    ends_reset(s);
    ends_refused(s, "DROP TABLE in mid-scan is refused, and the scan goes on", "CREATE VIRTUAL TABLE c USING channels",
                 "SELECT sid FROM c", "DROP TABLE c");
    ends_detached(s);
    ends_settings(s);
    ends_origin(s);
}
