/* Statements beside and inside one another; see life.h. */
#include <stdio.h>
#include <string.h>

#include "memory/life.h"

static void nested_interleaved(service *s) {
    life_check check = {.name = "two statements read in turns"};
    sqlite3 *db = life_connect(s);
    life_exec(&check, db, SQLITE_OK, "UPDATE chat_settings SET value = '3' WHERE name = 'page_size'");
    static const char *const sql[] = {
        "SELECT c.sid, m.sid FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid",
        "SELECT sid FROM messages ORDER BY channel_sid, \"index\" DESC"};
    sqlite3_int64 expected = life_number(&check, db, "SELECT count(*) FROM messages");
    sqlite3_stmt *statements[] = {life_prepare(db, sql[0]), life_prepare(db, sql[1])};
    int rows[2] = {0}, running = 2;
    bool ended[2] = {false};
    for (int turn = 0; running > 0; turn = 1 - turn) {
        int rc = ended[turn] ? SQLITE_DONE : sqlite3_step(statements[turn]);
        rows[turn] += rc == SQLITE_ROW;
        if (rc != SQLITE_ROW && !ended[turn]) {
            life_expect(&check, rc == SQLITE_DONE, "%s: %s", sql[turn], sqlite3_errmsg(db));
            ended[turn] = true;
            running--;
        }
    }
    for (int i = 0; i < 2; i++) {
        life_expect(&check, rows[i] == expected, "%s: %d rows", sql[i], rows[i]);
        sqlite3_finalize(statements[i]);
    }
    life_expect(&check, sqlite3_close(db) == SQLITE_OK, "close");
    life_end(&check);
}

/* run(sql, parameter): the number that SQL gives. */
static void nested_run(sqlite3_context *context, int argc, sqlite3_value **argv) {
    sqlite3 *db = sqlite3_context_db_handle(context);
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(db, (const char *)sqlite3_value_text(argv[0]), -1, &statement, NULL);
    for (int i = 1; rc == SQLITE_OK && i < argc; i++) {
        sqlite3_bind_value(statement, i, argv[i]);
    }
    while (rc == SQLITE_OK || rc == SQLITE_ROW) {
        rc = sqlite3_step(statement);
        if (rc == SQLITE_ROW) {
            sqlite3_result_value(context, sqlite3_column_value(statement, 0));
        }
    }
    if (sqlite3_finalize(statement) != SQLITE_OK) {
        sqlite3_result_error(context, sqlite3_errmsg(db), -1);
    }
}

static sqlite3 *nested_connect(service *s) {
    sqlite3 *db = life_connect(s);
    sqlite3_create_function_v2(db, "run", -1, SQLITE_UTF8, NULL, nested_run, NULL, NULL, NULL);
    return db;
}

static void nested_function(service *s) {
    life_check check = {.name = "a function that queries the tables, called in a scan of them"};
    sqlite3 *db = nested_connect(s);
    sqlite3_int64 expected = life_number(&check, db, "SELECT count(*) FROM messages");
    sqlite3_int64 found = life_number(&check, db,
                                      "SELECT sum(run('SELECT count(*) FROM messages WHERE service_sid = ?1 "
                                      "AND channel_sid = ?2', service_sid, sid)) FROM channels");
    life_expect(&check, found == expected && expected > 0, "%lld messages, not %lld", found, expected);
    life_expect(&check, sqlite3_close(db) == SQLITE_OK, "close");
    life_end(&check);
}

/* Each level looks at the tables that the level above is reading. */
static void nested_recursive(service *s) {
    life_check check = {.name = "such a function that calls itself, four levels deep"};
    sqlite3 *db = nested_connect(s);
    sqlite3_int64 services = life_number(&check, db, "SELECT count(*) FROM services");
    char sql[1000] = "SELECT count(*) FROM services";
    sqlite3_int64 expected = services;
    for (int level = 0; level < 3; level++) {
        char *longer = sqlite3_mprintf("SELECT sum(run(%Q)) FROM services", sql);
        snprintf(sql, sizeof sql, "%s", longer);
        sqlite3_free(longer);
        expected *= services;
    }
    sqlite3_int64 found = life_number(&check, db, sql);
    life_expect(&check, found == expected, "%lld, not %lld", found, expected);
    life_expect(&check, sqlite3_close(db) == SQLITE_OK, "close");
    life_end(&check);
}

static int nested_ledger(service *s) {
    json_t *ledger = service_ledger(s);
    int size = (int)json_array_size(ledger);
    json_decref(ledger);
    return size;
}

/* Autocommit ends when no statement is running, so the writes go out at the end of the scan: or with COMMIT. */
static void nested_writes(service *s, const char *name, const char *begin, const char *end, int expected) {
    life_check check = {.name = name};
    sqlite3 *db = nested_connect(s);
    service_reset(s);
    sqlite3_int64 channels = life_number(&check, db, "SELECT count(*) FROM channels");
    life_exec(&check, db, SQLITE_OK, begin);
    life_number(&check, db,
                "SELECT count(run('INSERT INTO messages(service_sid, channel_sid, body) VALUES (?1, ?2, ''nested'')', "
                "service_sid, sid)) + 1 FROM channels");
    life_exec(&check, db, SQLITE_OK, end);
    int applied = nested_ledger(s);
    life_expect(&check, applied == (expected ? channels : 0), "%d writes of %lld", applied, channels);
    life_expect(&check, sqlite3_close(db) == SQLITE_OK, "close");
    life_end(&check);
}

static void nested_close(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    (void)argv;
    sqlite3_result_int(context, sqlite3_close(sqlite3_context_db_handle(context)));
}

static void nested_closing(service *s) {
    life_check check = {.name = "a function that would close the connection: SQLITE_BUSY"};
    sqlite3 *db = life_connect(s);
    sqlite3_create_function_v2(db, "close", 0, SQLITE_UTF8, NULL, nested_close, NULL, NULL, NULL);
    sqlite3_int64 found = life_number(&check, db, "SELECT sum(close()) = count(*) * 5 FROM channels");
    life_expect(&check, found == 1, "not SQLITE_BUSY for every row");
    life_expect(&check, sqlite3_close(db) == SQLITE_OK, "close");
    life_end(&check);
}

void life_nested(service *s) {
    nested_interleaved(s);
    nested_function(s);
    nested_recursive(s);
    nested_writes(s, "a function that writes, called in a scan: each write is sent once", "", "", 1);
    nested_writes(s, "the same inside BEGIN, committed", "BEGIN", "COMMIT", 1);
    nested_writes(s, "the same inside BEGIN, rolled back", "BEGIN", "ROLLBACK", 0);
    nested_closing(s);
}
