/*
** Credentials are in nothing that a user, a log or a file gets to see, whatever happens; and no memory that the
** extension gives back still holds them.
*/
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "differential/tap.h"
#include "trust/canary.h"
#include "trust/host.h"
#include "trust/trust.h"

static const char *scratch; /* the folder for files */

/* ---- whatever can be seen ---- */

static const char reads[] =
    "SELECT * FROM services; SELECT *, path FROM channels; SELECT *, path FROM messages; SELECT * FROM members;"
    "SELECT * FROM invites; SELECT * FROM roles; SELECT * FROM users; SELECT * FROM user_channels;"
    "SELECT *, certificate, private_key, api_key, secret FROM credentials;"
    "SELECT * FROM channels WHERE unique_name = 'a'; SELECT * FROM channels WHERE sid = '" HOST_CHANNEL "';"
    "UPDATE chat_settings SET value = 'v2' WHERE name = 'api_version';"
    "SELECT * FROM bindings; SELECT * FROM user_bindings; SELECT * FROM channel_webhooks;"
    "SELECT * FROM users WHERE identity = 'ann';"
    "UPDATE chat_settings SET value = NULL WHERE name = 'api_version';";

static const char writes[] =
    "INSERT INTO channels(service_sid, unique_name) VALUES ('" HOST_SERVICE "', 'a');"
    "INSERT OR REPLACE INTO channels(service_sid, unique_name) VALUES ('" HOST_SERVICE "', 'a');"
    "UPDATE channels SET friendly_name = 'b' WHERE service_sid = '" HOST_SERVICE "';"
    "DELETE FROM channels WHERE service_sid = '" HOST_SERVICE "' AND sid = '" HOST_CHANNEL "';"
    "BEGIN; INSERT INTO messages(service_sid, channel_sid, body) VALUES ('" HOST_SERVICE "', '" HOST_CHANNEL "', 'x');"
    "SELECT * FROM chat_writes; COMMIT; ROLLBACK; SELECT * FROM chat_writes;";

static const char bad_settings[] =
    "UPDATE chat_settings SET value = 'bad value' WHERE name = 'url';"
    "UPDATE chat_settings SET value = 'http://" CANARY_USER ":" CANARY_PASSWORD "@127.0.0.1:1' WHERE name = 'url';"
    "UPDATE chat_settings SET value = '" CANARY_USER ":" CANARY_PASSWORD "@127.0.0.1' WHERE name = 'url';"
    "UPDATE chat_settings SET value = '-1' WHERE name = 'page_size'; UPDATE chat_settings SET value = 'x';"
    "UPDATE chat_settings SET value = '' WHERE name = 'api_key'; DELETE FROM chat_settings;"
    "CREATE VIRTUAL TABLE t USING channels(auth_token='" CANARY_PASSWORD "');"
    "CREATE VIRTUAL TABLE t USING channels('" CANARY_PASSWORD "');"
    "CREATE VIRTUAL TABLE t USING channels(\"" CANARY_USER "\"=\"" CANARY_PASSWORD "\");"
    "CREATE VIRTUAL TABLE t USING channels(api_key='" CANARY_USER "'x);"
    "CREATE VIRTUAL TABLE t USING channels(" CANARY_USER ");";

static const char looks[] =
    "SELECT * FROM chat_requests; SELECT * FROM chat_writes; SELECT * FROM chat_settings; SELECT * FROM chat_columns;"
    "EXPLAIN SELECT * FROM messages JOIN channels ON channels.sid = messages.channel_sid;"
    "EXPLAIN QUERY PLAN SELECT * FROM messages WHERE channel_sid = '" HOST_CHANNEL "' ORDER BY \"index\";"
    "EXPLAIN UPDATE chat_settings SET value = NULL; EXPLAIN DELETE FROM channels;"
    "SELECT * FROM sqlite_schema; SELECT * FROM sqlite_temp_schema; PRAGMA table_list; PRAGMA module_list;"
    "PRAGMA table_xinfo(channels); PRAGMA table_xinfo(chat_settings); PRAGMA function_list; PRAGMA database_list;"
    "PRAGMA compile_options; SELECT quote(name), quote(value) FROM chat_settings;"
    "SELECT value FROM chat_settings WHERE value LIKE '%canary%' OR hex(value) LIKE '%63616E617279%';";

/* Every statement that runs, also the extension's own, with its values filled in. */
static int trace(unsigned kind, void *context, void *statement, void *unused) {
    (void)kind;
    (void)unused;
    char *expanded = sqlite3_expanded_sql(statement);
    text_format(context, "%s\n", expanded ? expanded : "");
    sqlite3_free(expanded);
    return 0;
}

static void tell_serialized(sqlite3 *db, text *told) {
    sqlite3_int64 size = 0;
    unsigned char *bytes = sqlite3_serialize(db, "main", &size, 0);
    if (bytes) {
        text_add(told, bytes, (size_t)size);
    }
    sqlite3_free(bytes);
}

/* Adds the file and those that may stand beside it; returns how many there are. */
static int tell_files(const char *file, text *told) {
    static const char *const endings[] = {"", "-wal", "-shm", "-journal", "-writes", "-writes-wal", "-writes-journal"};
    int found = 0;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char *name = sqlite3_mprintf("%s%s", file, endings[i]);
        found += text_add_file(told, name);
        sqlite3_free(name);
    }
    return found;
}

/* VACUUM INTO, and the bytes of the copy. */
static void tell_copy(sqlite3 *db, const char *file, text *told) {
    char *copy = sqlite3_mprintf("%s-copy", file), *sql = sqlite3_mprintf("VACUUM INTO %Q", copy);
    host_run(db, sql, NULL, told);
    text_add_file(told, copy);
    sqlite3_free(sql);
    sqlite3_free(copy);
}

/* Runs everything over a file and tells all that can be seen of it. */
static void live(const char *file, const char *more, text *told) {
    sqlite3 *db = host_open(file);
    sqlite3_trace_v2(db, SQLITE_TRACE_STMT, trace, told);
    host_run(db, "PRAGMA journal_mode = wal; UPDATE chat_settings SET value = 'log' WHERE name = 'write_journal';",
             NULL, told);
    host_run(db, more, NULL, told);
    host_run(db, reads, NULL, told);
    host_run(db, writes, NULL, told);
    host_run(
        db,
        "CREATE TABLE kept AS SELECT * FROM chat_settings; CREATE TABLE kept_requests AS SELECT * FROM chat_requests;"
        "CREATE VIRTUAL TABLE mine USING channels(service_sid = '" HOST_SERVICE "'); CREATE TEMP VIEW v AS SELECT "
        "* FROM channels; SELECT * FROM v; SELECT * FROM mine; ANALYZE; PRAGMA integrity_check;",
        NULL, told);
    host_run(db, looks, NULL, told);
    tell_copy(db, file, told);
    tell_serialized(db, told);
    tell_files(file, told);
    sqlite3_close(db);
    tell_files(file, told);
}

/* ---- kinds of trouble ---- */

static void answer_status(void *context, const char *request, text *answer) {
    (void)request;
    const char *status = context;
    host_answer(answer, status,
                "Location: http://127.0.0.1:1/\r\nTwilio-Request-Id: RQ00000000000000000000000000000001\r\n",
                "{\"code\":20003,\"message\":\"no\",\"status\":401}");
}

static void answer_body(void *context, const char *request, text *answer) {
    (void)request;
    host_answer(answer, "200 OK", "", context);
}

/* Reads go well, writes do not. */
static void answer_reads_only(void *context, const char *request, text *answer) {
    if (strncmp(request, "GET", 3) == 0) {
        host_serve(NULL, request, answer);
    } else {
        answer_status(context, request, answer);
    }
}

static const struct trouble {
    const char *name;
    recorder_answer *answer;
    void *context;
    const char *more; /* SQL that goes before */
} troubles[] = {
    {"all is well", host_serve, NULL, ""},
    {"401", answer_status, "401 Unauthorized", ""},
    {"403", answer_status, "403 Forbidden", ""},
    {"404", answer_status, "404 Not Found", ""},
    {"429", answer_status, "429 Too Many Requests", ""},
    {"500", answer_status, "500 Internal Server Error", ""},
    {"a redirect", answer_status, "302 Found", ""},
    {"no answer", NULL, NULL, ""},
    {"no JSON", answer_body, "<html>", ""},
    {"a foreign next page", answer_body,
     "{\"meta\":{\"next_page_url\":\"http://127.0.0.1:1/v1/Services?Page=1\"},\"services\":[],\"channels\":[]}", ""},
    {"writes refused", answer_reads_only, "400 Bad Request", ""},
    {"writes in conflict", answer_reads_only, "409 Conflict", ""},
    {"writes of unknown outcome", answer_reads_only, "500 Internal Server Error", ""},
    {"nobody there", host_serve, NULL, "UPDATE chat_settings SET value = 'http://127.0.0.1:1' WHERE name = 'url';"},
};

static void check_trouble(const struct trouble *trouble, recorder *server) {
    char file[500];
    text told = {0}, sent = {0};
    static int number;
    snprintf(file, sizeof file, "%s/%d.db", scratch, ++number);
    recorder_set(server, trouble->answer, trouble->context);
    recorder_forget(server);
    canary_blocks();
    host_use(server, CANARY_USER, CANARY_PASSWORD);
    live(file, trouble->more, &told);
    recorder_bytes(server, &sent);
    const char *found = canary_in(&told);
    tap_result(!found, "%s: no credential is seen", trouble->name);
    if (found) {
        printf("# %s\n", found);
    }
    if (!*trouble->more) {
        tap_result(text_has(&sent, "Authorization: " CANARY_BASIC "\r\n"), "%s: ... and they were used", trouble->name);
    }
    tap_result(canary_blocks() == 0, "%s: no memory is given back with a credential in it", trouble->name);
    text_clear(&told);
    text_clear(&sent);
}

/* ---- TLS, progress, settings ---- */

/* A server that does not speak TLS gets no request. */
static void check_tls(recorder *server) {
    char url[100], file[500];
    text told = {0}, sent = {0};
    recorder_forget(server);
    host_use(server, CANARY_USER, CANARY_PASSWORD);
    snprintf(url, sizeof url, "https://127.0.0.1:%d", recorder_port(server));
    setenv("TWILIO_CHAT_URL", url, 1);
    snprintf(file, sizeof file, "%s/tls.db", scratch);
    live(file, "", &told);
    recorder_bytes(server, &sent);
    tap_result(!canary_in(&told) && recorder_connections(server) > 0, "TLS that fails: no credential is seen");
    tap_result(!canary_in(&sent) && sent.length > 0, "TLS that fails: none is sent");
    text_clear(&told);
    text_clear(&sent);
}

static bool file_is_empty(const char *file) {
    struct stat status;
    return stat(file, &status) != 0 || status.st_size == 0;
}

/* Holds its answer back until there is a progress line in the file `context`. */
static void answer_late(void *context, const char *request, text *answer) {
    for (int i = 0; i < 1000 && file_is_empty(context); i++) {
        usleep(10000);
    }
    host_serve(NULL, request, answer);
}

static void check_progress(recorder *server) {
    char file[500];
    text told = {0};
    snprintf(file, sizeof file, "%s/stderr", scratch);
    int output = open(file, O_RDWR | O_CREAT | O_TRUNC, 0600), before = dup(STDERR_FILENO);
    dup2(output, STDERR_FILENO);
    recorder_set(server, answer_late, file);
    host_use(server, CANARY_USER, CANARY_PASSWORD);
    sqlite3 *db = host_open(":memory:");
    host_run(db, "UPDATE chat_settings SET value = 'on' WHERE name = 'progress'; SELECT * FROM services;", NULL, NULL);
    sqlite3_close(db);
    dup2(before, STDERR_FILENO);
    close(before);
    close(output);
    text_add_file(&told, file);
    tap_result(text_has(&told, "chat: ") && !canary_in(&told), "the progress line shows no credential");
    text_clear(&told);
}

/* Credentials that SQL has set are masked, and forgotten when the origin changes. */
static void check_settings(recorder *server) {
    text told = {0}, sent = {0};
    recorder_forget(server);
    recorder_set(server, host_serve, NULL);
    host_use(server, NULL, NULL);
    sqlite3 *db = host_open(":memory:");
    host_run(db, "UPDATE chat_settings SET value = ? WHERE name = 'account_sid'", CANARY_USER, &told);
    host_run(db, "UPDATE chat_settings SET value = ? WHERE name = 'auth_token'", CANARY_PASSWORD, &told);
    host_run(db, reads, NULL, &told);
    recorder_set(server, answer_status, "401 Unauthorized");
    host_run(db, reads, NULL, &told);
    host_run(db, writes, NULL, &told);
    recorder_set(server, answer_status, "403 Forbidden");
    host_run(db, reads, NULL, &told);
    host_run(db, looks, NULL, &told);
    recorder_bytes(server, &sent);
    tap_result(text_has(&sent, "Authorization: " CANARY_BASIC "\r\n"), "credentials set with SQL are used");
    tap_result(text_has(&told, "account_sid|****|set|") && text_has(&told, "auth_token|****|set|") && !canary_in(&told),
               "credentials set with SQL are shown as ****");
    char url[100];
    recorder *other = recorder_start(host_serve, NULL);
    snprintf(url, sizeof url, "http://127.0.0.1:%d", recorder_port(other));
    host_run(db, "UPDATE chat_settings SET value = ? WHERE name = 'url'; SELECT * FROM services;", url, &told);
    host_run(db, "SELECT * FROM services; SELECT 'shown', count(*) FROM chat_settings WHERE value = '****'", NULL,
             &told);
    tap_result(recorder_connections(other) == 0 && text_has(&told, "no credentials") && text_has(&told, "shown|2|"),
               "they are forgotten for an origin that changes");
    host_run(db, "UPDATE chat_settings SET value = ? WHERE name IN ('conversations_url', 'media_url')", url, &told);
    host_run(db, "SELECT 'left', count(*) FROM chat_settings WHERE value = '****'", NULL, &told);
    tap_result(text_has(&told, "left|0|"), "they are forgotten when no origin is left that they were set for");
    sqlite3_close(db);
    recorder_stop(other);
    text_clear(&told);
    text_clear(&sent);
}

/* The journal holds what is written: whoever may not read the database may not read it either. */
static void check_journal_mode(recorder *server) {
    char *file = sqlite3_mprintf("%s/a #?%%41 b.db", scratch), *journal = sqlite3_mprintf("%s-writes", file);
    static const mode_t modes[] = {0600, 0640};
    for (size_t i = 0; i < 2; i++) {
        struct stat status = {0};
        unlink(file);
        unlink(journal);
        close(open(file, O_RDWR | O_CREAT, modes[i]));
        chmod(file, modes[i]);
        recorder_set(server, host_serve, NULL);
        host_use(server, CANARY_USER, CANARY_PASSWORD);
        sqlite3 *db = host_open(file);
        mode_t mask = umask(0);
        host_run(db,
                 "UPDATE chat_settings SET value = 'log' WHERE name = 'write_journal';"
                 "INSERT INTO channels(service_sid) VALUES ('" HOST_SERVICE "')",
                 NULL, NULL);
        umask(mask);
        tap_result(stat(journal, &status) == 0 && (status.st_mode & 0777) == modes[i],
                   "the write journal has the mode of its database, %03o", (unsigned)modes[i]);
        sqlite3_close(db);
    }
    sqlite3_free(file);
    sqlite3_free(journal);
}

/* What is typed in a wrong place, with a credential in it, is refused without repeating it. */
static void check_bad_settings(recorder *server) {
    text told = {0};
    recorder_forget(server);
    host_use(server, CANARY_USER, CANARY_PASSWORD);
    char *file = sqlite3_mprintf("%s/bad.db", scratch);
    sqlite3 *db = host_open(file);
    host_run(db, "PRAGMA journal_mode = delete", NULL, &told);
    host_run(db, bad_settings, NULL, &told);
    host_run(db, looks, NULL, &told);
    host_run(
        db, "BEGIN IMMEDIATE; CREATE TABLE t(a); CREATE VIRTUAL TABLE u USING channels('" CANARY_PASSWORD "'); COMMIT;",
        NULL, &told);
    tap_result(tell_files(file, &told) > 0 && !canary_in(&told), "a credential in a wrong place is not repeated");
    tap_result(text_count(&told, "error ") == 13 && recorder_connections(server) == 0, "... and refused");
    sqlite3_close(db);
    sqlite3_free(file);
    text_clear(&told);
    setenv("TWILIO_CHAT_URL", "http://x:" CANARY_PASSWORD "@127.0.0.1", 1);
    char *message = NULL;
    sqlite3_open(":memory:", &db);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
    const char *extension = getenv("EXTENSION");
    int rc = sqlite3_load_extension(db, extension ? extension : "build/chat", NULL, &message);
    text_format(&told, "%s", message ? message : "");
    tap_result(rc == SQLITE_ERROR && text_has(&told, "TWILIO_CHAT_URL") && !canary_in(&told),
               "a password in the URL of the environment is refused and not repeated");
    sqlite3_free(message);
    sqlite3_close(db);
    text_clear(&told);
}

/* The means of this test find what they look for. */
static void check_means(void) {
    text told = {0};
    canary_blocks();
    char *block = sqlite3_mprintf("-%s-", CANARY_PASSWORD);
    sqlite3_free(block);
    text_format(&told, "x %s x", CANARY_BASIC);
    tap_result(canary_blocks() == 1 && canary_in(&told), "a credential in freed memory or in a text would be found");
    text_clear(&told);
}

int trust_secrets(const char *folder) {
    scratch = folder;
    canary_watch();
    recorder *server = recorder_start(host_serve, NULL);
    check_means();
    for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++) {
        check_trouble(&troubles[i], server);
    }
    check_tls(server);
    check_progress(server);
    check_settings(server);
    check_journal_mode(server);
    check_bad_settings(server);
    recorder_stop(server);
    return tap_end();
}
