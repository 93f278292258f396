/* The SQLite side; see session.h. */
#include "fault/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void session_fail(sqlite3 *db, const char *what) {
    printf("# %s: %s\n", what, sqlite3_errmsg(db));
    exit(3);
}

sqlite3 *session_open(const char *extension, const char *origin) {
    sqlite3 *db = NULL;
    char *text = NULL;
    setenv("TWILIO_API_KEY", "SK00000000000000000000000000000001", 1);
    setenv("TWILIO_API_KEY_SECRET", "fault-secret", 1);
    setenv("TWILIO_CHAT_URL", origin, 1);
    if (sqlite3_open(":memory:", &db) != SQLITE_OK || sqlite3_enable_load_extension(db, 1) != SQLITE_OK ||
        sqlite3_load_extension(db, extension, NULL, &text) != SQLITE_OK) {
        session_fail(db, text ? text : "open");
    }
    session_set(db, "write_rate", 0);
    return db;
}

void session_set(sqlite3 *db, const char *name, int value) {
    char *sql = sqlite3_mprintf("UPDATE chat_settings SET value = %d WHERE name = %Q", value, name);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        session_fail(db, sql);
    }
    sqlite3_free(sql);
}

void session_without(sqlite3 *db, const char *what) {
    char *sql = sqlite3_mprintf("UPDATE chat_settings SET value = %Q WHERE name = 'without'", what);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        session_fail(db, sql);
    }
    sqlite3_free(sql);
}

static void session_add_row(sqlite3_stmt *statement, sqlite3_str *text) {
    if (sqlite3_str_length(text) > 0) {
        sqlite3_str_appendchar(text, 1, ',');
    }
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        const char *value = (const char *)sqlite3_column_text(statement, i);
        sqlite3_str_appendall(text, i ? " " : "");
        if (value) {
            sqlite3_str_append(text, value, sqlite3_column_bytes(statement, i));
        } else {
            sqlite3_str_appendall(text, "NULL");
        }
    }
}

outcome session_run(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement = NULL;
    sqlite3_str *text = sqlite3_str_new(NULL);
    outcome result = {.rc = sqlite3_prepare_v2(db, sql, -1, &statement, NULL)};
    if (result.rc == SQLITE_OK) {
        while (sqlite3_step(statement) == SQLITE_ROW) {
            session_add_row(statement, text);
        }
        result.rc = sqlite3_reset(statement);
    }
    result.message = sqlite3_mprintf("%s", result.rc == SQLITE_OK ? "" : sqlite3_errmsg(db));
    sqlite3_finalize(statement);
    result.rows = sqlite3_str_finish(text);
    if (!result.rows) {
        result.rows = sqlite3_mprintf("");
    }
    return result;
}

void outcome_clear(outcome *target) {
    sqlite3_free(target->rows);
    sqlite3_free(target->message);
    memset(target, 0, sizeof *target);
}

int session_number(sqlite3 *db, const char *sql) {
    outcome result = session_run(db, sql);
    int number = result.rc == SQLITE_OK ? atoi(result.rows) : -1;
    outcome_clear(&result);
    return number;
}
