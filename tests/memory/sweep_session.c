/* One connection of a sweep; see sweep_session.h. */
#include "memory/sweep_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "differential/memory.h"

static void sweep_bail(const char *what) {
    printf("Bail out! %s\n", what);
    exit(70);
}

void sweep_session_open(sweep_session *session, service *s, bool file) {
    *session = (sweep_session){.service = s, .file = ":memory:"};
    if (file) {
        const char *temporary = getenv("TMPDIR");
        snprintf(session->folder, sizeof session->folder, "%.40s/memory-XXXXXX", temporary ? temporary : "/tmp");
        if (!mkdtemp(session->folder)) {
            sweep_bail("no folder for a database file");
        }
        snprintf(session->file, sizeof session->file, "%s/data.db", session->folder);
    }
    if (sqlite3_open(session->file, &session->db) != SQLITE_OK) {
        sweep_bail("no database");
    }
    sqlite3_db_config(session->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
}

int sweep_session_load(sweep_session *session, char *message, size_t size) {
    char *text = NULL;
    int rc = sqlite3_load_extension(session->db, session->service->extension, NULL, &text);
    snprintf(message, size, "%s", text ? text : sqlite3_errstr(rc));
    sqlite3_free(text);
    return rc;
}

static void sweep_remove_files(const sweep_session *session) {
    static const char *const endings[] = {"",        "-journal",    "-wal",        "-shm",
                                          "-writes", "-writes-wal", "-writes-shm", "-writes-journal"};
    for (size_t i = 0; session->folder[0] && i < sizeof endings / sizeof *endings; i++) {
        char name[128];
        snprintf(name, sizeof name, "%s%s", session->file, endings[i]);
        unlink(name);
    }
    if (session->folder[0]) {
        rmdir(session->folder);
    }
}

bool sweep_session_close(sweep_session *session) {
    bool closed = sqlite3_close(session->db) == SQLITE_OK;
    session->db = NULL;
    sweep_remove_files(session);
    return closed;
}

/* ---- running SQL ---- */

static void outcome_add(sweep_outcome *outcome, const char *bytes, size_t length) {
    outcome->text = memory_resize(outcome->text, outcome->length + length + 1, 1);
    memcpy(outcome->text + outcome->length, bytes, length);
    outcome->length += length;
    outcome->text[outcome->length] = 0;
}

/* Numbers are read as such: turning them into text would take memory of SQLite's. */
static bool outcome_add_value(sweep_outcome *outcome, sqlite3_stmt *statement, int column) {
    char number[32];
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
        outcome_add(outcome, "NULL", 4);
        break;
    case SQLITE_INTEGER:
        outcome_add(outcome, number,
                    (size_t)snprintf(number, sizeof number, "%lld", sqlite3_column_int64(statement, column)));
        break;
    default: {
        const char *text = (const char *)sqlite3_column_text(statement, column);
        if (!text) {
            return false;
        }
        outcome_add(outcome, text, (size_t)sqlite3_column_bytes(statement, column));
    }
    }
    outcome_add(outcome, "|", 1);
    return true;
}

static int outcome_step(sweep_outcome *outcome, sqlite3_stmt *statement) {
    int rc;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
        bool read = true;
        for (int column = 0; read && column < sqlite3_column_count(statement); column++) {
            read = outcome_add_value(outcome, statement, column);
        }
        if (!read) {
            return SQLITE_NOMEM; /* as sqlite3_errcode says then */
        }
        outcome_add(outcome, "\n", 1);
    }
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static const char *sweep_value(const sweep_names *names, const char *name) {
    const struct {
        const char *name, *value;
    } values[] = {{":service", names->service},  {":channel", names->channel},   {":message", names->message},
                  {":name", names->unique_name}, {":identity", names->identity}, {":new", names->new_name},
                  {":mine", names->mine}};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (strcmp(values[i].name, name) == 0) {
            return values[i].value;
        }
    }
    return NULL;
}

/* In a database of UTF-16 binding takes memory too. */
static int sweep_bind(sqlite3_stmt *statement, const sweep_names *names) {
    int rc = SQLITE_OK;
    for (int i = 1; rc == SQLITE_OK && i <= sqlite3_bind_parameter_count(statement); i++) {
        rc = sqlite3_bind_text(statement, i, sweep_value(names, sqlite3_bind_parameter_name(statement, i)), -1,
                               SQLITE_STATIC);
    }
    return rc;
}

/* A request's number differs every time. */
static void outcome_add_error(sweep_outcome *outcome) {
    char line[500];
    const char *request = strstr(outcome->message, " (request ");
    int length = snprintf(line, sizeof line, "error %d: %.*s", outcome->rc,
                          request ? (int)(request - outcome->message) : (int)sizeof outcome->message, outcome->message);
    outcome_add(outcome, line, (size_t)length);
}

void sweep_session_exec(sweep_session *session, const sweep_names *names, const char *sql, sweep_outcome *outcome) {
    *outcome = (sweep_outcome){0};
    outcome_add(outcome, "", 0);
    while (outcome->rc == SQLITE_OK && *sql) {
        sqlite3_stmt *statement = NULL;
        outcome->rc = sqlite3_prepare_v2(session->db, sql, -1, &statement, &sql);
        if (statement) {
            outcome->rc = sweep_bind(statement, names);
        }
        if (statement && outcome->rc == SQLITE_OK) {
            outcome->rc = outcome_step(outcome, statement);
        }
        if (outcome->rc != SQLITE_OK) {
            snprintf(outcome->message, sizeof outcome->message, "%s", sqlite3_errmsg(session->db));
            outcome_add_error(outcome);
        }
        int rc = sqlite3_finalize(statement);
        outcome->rc = outcome->rc == SQLITE_OK ? rc : outcome->rc;
    }
}

bool sweep_session_must(sweep_session *session, const sweep_names *names, const char *sql) {
    sweep_outcome outcome;
    sweep_session_exec(session, names, sql, &outcome);
    bool fine = outcome.rc == SQLITE_OK;
    if (!fine) {
        printf("# %.200s: %s\n", sql, outcome.text);
    }
    sweep_outcome_clear(&outcome);
    return fine;
}

void sweep_outcome_clear(sweep_outcome *outcome) {
    free(outcome->text);
    outcome->text = NULL;
}

/* ---- names ---- */

static bool sweep_find(sweep_session *session, const sweep_names *names, const char *sql, char *value, size_t size) {
    sweep_outcome outcome;
    sweep_session_exec(session, names, sql, &outcome);
    size_t length = strcspn(outcome.text, "|\n");
    bool found = outcome.rc == SQLITE_OK && outcome.text[length] == '|' && length < size;
    snprintf(value, size, "%.*s", (int)length, outcome.text);
    if (!found) {
        printf("# %s: nothing found: %.200s\n", sql, outcome.text);
    }
    sweep_outcome_clear(&outcome);
    return found;
}

bool sweep_session_find_names(sweep_session *session, sweep_names *names) {
    *names = (sweep_names){0};
    return sweep_find(session, names,
                      "SELECT channel_sid FROM messages GROUP BY 1 HAVING count(*) >= 6 "
                      "ORDER BY count(*), 1",
                      names->channel, sizeof names->channel) &&
           sweep_find(session, names, "SELECT service_sid FROM channels WHERE sid = :channel", names->service,
                      sizeof names->service) &&
           sweep_find(session, names, "SELECT sid FROM messages WHERE channel_sid = :channel ORDER BY \"index\"",
                      names->message, sizeof names->message) &&
           sweep_find(session, names,
                      "SELECT unique_name FROM channels WHERE service_sid = :service AND unique_name NOT NULL "
                      "ORDER BY sid = :channel DESC, sid",
                      names->unique_name, sizeof names->unique_name) &&
           sweep_find(session, names,
                      "SELECT identity FROM users WHERE service_sid = :service AND identity NOT NULL ORDER BY sid",
                      names->identity, sizeof names->identity);
}
