/*
** SQL text against a random server: the input is statements, a NUL, and the server's script (server.h). Whatever both
** are: no crash, no hang, no secret shown, nothing written by a query, nothing asked for by EXPLAIN, and a connection that
** is sound afterwards and closes.
*/
#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "fuzz/fuzz.h"
#include "fuzz/server.h"

enum { STATEMENTS_MAX = 12, ROWS_MAX = 200, STEPS_MAX = 3000, REQUESTS_MAX = 120 };

int sqlite3_chat_init(sqlite3 *db, char **message, const sqlite3_api_routines *api);

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    /* One thread, so no locks: they would take a tenth of the time. */
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    unsetenv("TWILIO_CHAT_URL");
    unsetenv("TWILIO_REGION");
    unsetenv("TWILIO_EDGE");
    setenv("TWILIO_API_KEY", SERVER_USER, 1);
    setenv("TWILIO_API_KEY_SECRET", SERVER_SECRET, 1);
    return 0;
}

/* Other files, and settings of the whole process, are out of bounds. */
static int authorize(void *context, int action, const char *one, const char *two, const char *database,
                     const char *trigger) {
    static const char *const pragmas[] = {
        "query_only",          "recursive_triggers",       "table_info", "integrity_check", "foreign_keys",
        "case_sensitive_like", "reverse_unordered_selects"};
    (void)context, (void)two, (void)database, (void)trigger;
    if (action == SQLITE_ATTACH || action == SQLITE_DETACH) {
        return SQLITE_DENY;
    }
    for (size_t i = 0; action == SQLITE_PRAGMA && i < sizeof pragmas / sizeof *pragmas; i++) {
        if (sqlite3_stricmp(pragmas[i], one) == 0) {
            return SQLITE_OK;
        }
    }
    return action == SQLITE_PRAGMA ? SQLITE_DENY : SQLITE_OK;
}

/* SQLite's own loops are bounded. */
static int count_step(void *context) {
    int *left = context;
    return --*left < 0;
}

static void limit(sqlite3 *db) {
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 200000);
    sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, 20000);
    sqlite3_limit(db, SQLITE_LIMIT_EXPR_DEPTH, 30);
    sqlite3_limit(db, SQLITE_LIMIT_COMPOUND_SELECT, 6);
    sqlite3_limit(db, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 60);
    sqlite3_limit(db, SQLITE_LIMIT_TRIGGER_DEPTH, 5);
    sqlite3_limit(db, SQLITE_LIMIT_WORKER_THREADS, 0);
}

static void check_row(sqlite3_stmt *statement) {
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        const void *bytes = sqlite3_column_blob(statement, i);
        server_check_secret(bytes, bytes ? (size_t)sqlite3_column_bytes(statement, i) : 0, "a row");
    }
}

static void check_message(sqlite3 *db) {
    const char *message = sqlite3_errmsg(db);
    server_check_secret(message, strlen(message), "a message");
}

/* BEGIN, SAVEPOINT, and above all ROLLBACK have nothing to say to the server. */
static bool is_local(const char *sql) {
    static const char *const words[] = {"BEGIN", "SAVEPOINT", "ROLLBACK"};
    sql += strspn(sql, " \t\r\n");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (sqlite3_strnicmp(sql, words[i], (int)strlen(words[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* What a statement may send: EXPLAIN nothing, a query no writes. (COMMIT is "read-only" too, but has no columns.) */
static server_permission permission_for(sqlite3_stmt *statement) {
    if (sqlite3_stmt_isexplain(statement) || is_local(sqlite3_sql(statement))) {
        return SERVER_NOTHING;
    }
    return sqlite3_stmt_readonly(statement) && sqlite3_column_count(statement) > 0 ? SERVER_READS : SERVER_ANYTHING;
}

static void run_statement(sqlite3 *db, sqlite3_stmt *statement) {
    int rc = SQLITE_ROW;
    server_permit(permission_for(statement));
    for (int i = 0; rc == SQLITE_ROW && i < ROWS_MAX; i++) {
        rc = sqlite3_step(statement);
        if (rc == SQLITE_ROW) {
            check_row(statement);
        }
    }
    server_permit(SERVER_ANYTHING); /* ending a statement that RETURNING has begun ends its transaction */
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        check_message(db);
        fuzz_check(rc != SQLITE_NOMEM && rc != SQLITE_CORRUPT && rc != SQLITE_MISUSE && rc != SQLITE_INTERNAL,
                   "code %d: %s", rc, sqlite3_errmsg(db));
    }
    sqlite3_finalize(statement);
}

static void run_statements(sqlite3 *db, const char *text) {
    for (int i = 0; i < STATEMENTS_MAX && *text; i++) {
        sqlite3_stmt *statement = NULL;
        const char *rest = NULL;
        server_permit(SERVER_NOTHING);
        int rc = sqlite3_prepare_v2(db, text, -1, &statement, &rest);
        server_permit(SERVER_ANYTHING);
        if (rc != SQLITE_OK) {
            check_message(db);
            fuzz_check(rc != SQLITE_NOMEM && rc != SQLITE_CORRUPT && rc != SQLITE_MISUSE && rc != SQLITE_INTERNAL,
                       "code %d: %s", rc, sqlite3_errmsg(db));
            rest = strchr(text, ';'); /* on to the next one */
            rest = rest ? rest + 1 : "";
        } else if (statement) {
            run_statement(db, statement);
        }
        text = rest;
    }
}

/* Reads all rows of a query. Returns false if it failed. sound: what its only row must be, or NULL. */
static bool read_all(sqlite3 *db, const char *query, const char *sound) {
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(db, query, -1, &statement, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(statement)) == SQLITE_ROW) {
        check_row(statement);
        const char *text = (const char *)sqlite3_column_text(statement, 0);
        fuzz_check(!sound || (text && strcmp(text, sound) == 0), "%s: %s", query, text);
        rc = SQLITE_OK;
    }
    sqlite3_finalize(statement);
    check_message(db);
    return rc == SQLITE_DONE;
}

static void check_afterwards(sqlite3 *db) {
    server_permit(SERVER_NOTHING);
    sqlite3_progress_handler(db, 0, NULL, NULL);
    sqlite3_set_authorizer(db, NULL, NULL);
    if (!sqlite3_get_autocommit(db)) {
        int rc = sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
        fuzz_check(rc == SQLITE_OK, "ROLLBACK: %s", sqlite3_errmsg(db));
    }
    fuzz_check(read_all(db, "PRAGMA integrity_check", "ok"), "integrity_check: %s", sqlite3_errmsg(db));
    /* These may fail: the input may have made tables of the same names. */
    read_all(db, "SELECT * FROM chat_requests", NULL);
    read_all(db, "SELECT * FROM chat_writes", NULL);
    read_all(db, "SELECT * FROM chat_settings", NULL);
}

/* The fuzzer learns the secret from the extension's own comparisons; an input that says it shows nothing. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (server_has_secret((const char *)data, size)) {
        return 0;
    }
    fuzz_input input = {data, size};
    char *text = fuzz_text(&input);
    sqlite3 *db = NULL;
    char *message = NULL;
    int steps = STEPS_MAX;
    sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, 1, NULL);
    fuzz_check(sqlite3_open(":memory:", &db) == SQLITE_OK, "no database");
    server_begin(input.bytes, input.left, db, REQUESTS_MAX);
    fuzz_check(sqlite3_chat_init(db, &message, NULL) == SQLITE_OK, "not loaded: %s", message);
    limit(db);
    sqlite3_exec(db, "CREATE TABLE local(a, b); INSERT INTO local VALUES (1, 'a'), (2, 'support');", NULL, NULL, NULL);
    sqlite3_set_authorizer(db, authorize, NULL);
    sqlite3_progress_handler(db, 1000, count_step, &steps);
    run_statements(db, text);
    check_afterwards(db);
    fuzz_check(sqlite3_close(db) == SQLITE_OK, "something is left open");
    free(text);
    return 0;
}
