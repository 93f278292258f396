/*
** A database file that somebody else has made: what stands in its schema makes no request and no write, whatever is done
** to its tables, and with `PRAGMA trusted_schema` on or off. What the file can do is to have tables of our names; the last
** checks show that, and what is safe from it.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "differential/tap.h"
#include "trust/canary.h"
#include "trust/host.h"
#include "trust/trust.h"

#define OTHER_SERVICE "IS00000000000000000000000000000002"

static recorder *server;

/* ---- the file ---- */

/* Made without the extension, as its maker can: a schema takes any text. */
static const char schema[] =
    "CREATE TABLE plain(a); INSERT INTO plain VALUES (1); CREATE TABLE empty(a);"
    "CREATE VIEW spy AS SELECT sid FROM services;"
    "CREATE VIEW deep AS SELECT (SELECT count(*) FROM messages) AS n FROM plain;"
    "CREATE VIEW secrets AS SELECT * FROM chat_settings;"
    "CREATE VIEW made AS SELECT a FROM plain;"
    "CREATE TABLE t1(a); CREATE TRIGGER g1 AFTER INSERT ON t1 BEGIN INSERT INTO t1 SELECT sid FROM services; END;"
    "CREATE TABLE t2(a); CREATE TRIGGER g2 AFTER INSERT ON t2 BEGIN "
    "INSERT INTO messages(service_sid, channel_sid, body) VALUES ('" HOST_SERVICE "', '" HOST_CHANNEL "', 'spam'); END;"
    "CREATE TABLE t3(a); CREATE TRIGGER g3 AFTER INSERT ON t3 BEGIN DELETE FROM channels; END;"
    "CREATE TABLE t4(a); CREATE TRIGGER g4 AFTER INSERT ON t4 BEGIN "
    "UPDATE chat_settings SET value = 'http://127.0.0.1:1' WHERE name = 'url'; END;"
    "CREATE TABLE t5(a); CREATE TRIGGER g5 AFTER INSERT ON t5 BEGIN INSERT INTO t5 SELECT value FROM chat_settings; END;"
    "CREATE TABLE t6(a); CREATE TRIGGER g6 AFTER INSERT ON t6 BEGIN DELETE FROM chat_requests; END;"
    "CREATE TABLE t7(a); CREATE TRIGGER g7 AFTER UPDATE ON t7 WHEN (SELECT count(*) FROM users) BEGIN SELECT 1; END;"
    "INSERT INTO t7 VALUES (1);"
    "CREATE TRIGGER g8 INSTEAD OF INSERT ON made BEGIN UPDATE channels SET friendly_name = new.a; END;"
    "CREATE TABLE rows(a, b AS (chat_version()), CHECK (a <> chat_version()));"
    "CREATE INDEX rows_by ON rows(chat_version());"
    "CREATE TABLE defaults(a, b DEFAULT (chat_version()));";

/* Virtual tables, written into the schema by hand, so that not even xCreate has seen them. */
static const char *const virtual_tables[][2] = {
    {"v1", "CREATE VIRTUAL TABLE v1 USING channels(service_sid='" OTHER_SERVICE "')"},
    {"v2", "CREATE VIRTUAL TABLE v2 USING messages"},
    {"v3", "CREATE VIRTUAL TABLE v3 USING channels(url='http://127.0.0.1:1')"},
    {"v4", "CREATE VIRTUAL TABLE v4 USING channels(api_key='SK1', api_key_secret='x')"},
    {"v5", "CREATE VIRTUAL TABLE v5 USING chat_settings"},
    {"v6", "CREATE VIRTUAL TABLE v6 USING channels(service_sid='../../evil')"},
    {"v7", "CREATE VIRTUAL TABLE v7 USING channels(write_journal='x', readonly='off')"},
};

static char *file_named(const char *folder, const char *name) {
    return sqlite3_mprintf("%s/%s.db", folder, name);
}

static void write_schema(sqlite3 *db, const char *name, const char *sql) {
    char *insert = sqlite3_mprintf("INSERT INTO sqlite_schema VALUES ('table', %Q, %Q, 0, %Q)", name, name, sql);
    host_run(db, insert, NULL, NULL);
    sqlite3_free(insert);
}

/* The extension's functions are not there when the file is made: a stand-in, so that indexes can be built. */
static void stand_in(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    (void)argv;
    sqlite3_result_text(context, "0", -1, SQLITE_STATIC);
}

static void make_file(const char *file) {
    sqlite3 *db = NULL;
    text told = {0};
    sqlite3_open(file, &db);
    sqlite3_create_function(db, "chat_version", 0, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                            stand_in, NULL, NULL);
    host_run(db, schema, NULL, &told);
    host_run(db, "PRAGMA writable_schema = on", NULL, &told);
    for (size_t i = 0; i < sizeof virtual_tables / sizeof *virtual_tables; i++) {
        write_schema(db, virtual_tables[i][0], virtual_tables[i][1]);
    }
    tap_result(!text_has(&told, "error"), "a hostile file can be made%s", told.length ? told.bytes : "");
    sqlite3_close(db);
    text_clear(&told);
}

/* ---- nothing is asked ---- */

static const char *const harmless[] = {
    "SELECT * FROM sqlite_schema",
    "SELECT * FROM plain",
    "SELECT * FROM rows",
    "SELECT * FROM made",
    "PRAGMA integrity_check",
    "PRAGMA quick_check",
    "PRAGMA foreign_key_check",
    "PRAGMA table_list",
    "PRAGMA table_xinfo(spy)",
    "PRAGMA table_xinfo(v1)",
    "PRAGMA table_info(deep)",
    "PRAGMA optimize",
    "ANALYZE",
    "ANALYZE plain",
    "REINDEX",
    "VACUUM",
    "ALTER TABLE plain RENAME TO plainer",
    "ALTER TABLE plainer RENAME COLUMN a TO b",
    "ALTER TABLE plainer ADD COLUMN c",
    "ALTER TABLE plainer DROP COLUMN c",
    "INSERT INTO rows VALUES (7)",
    "INSERT INTO defaults(a) VALUES (7)",
    "UPDATE plainer SET b = 2",
    "DELETE FROM plainer",
    "CREATE TABLE another AS SELECT * FROM sqlite_schema",
    "ALTER TABLE v1 RENAME TO v9",
    "DROP TABLE v2",
    "DROP TABLE plainer",
    "DROP VIEW deep",
    "PRAGMA wal_checkpoint",
};

/* Is there nothing that the service was asked? */
static void check_silence(const char *what, int trusted) {
    tap_result(recorder_connections(server) == 0, "trusted_schema %d: %s makes no request", trusted, what);
    recorder_forget(server);
}

/* Statements that use what the file's maker has laid out: errors, and no request. */
static const char *const traps[] = {
    "SELECT * FROM spy",         "SELECT * FROM deep",        "SELECT * FROM secrets",      "INSERT INTO t1 VALUES (1)",
    "INSERT INTO t2 VALUES (1)", "INSERT INTO t3 VALUES (1)", "INSERT INTO t4 VALUES (1)",  "INSERT INTO t5 VALUES (1)",
    "INSERT INTO t6 VALUES (1)", "UPDATE t7 SET a = 2",       "INSERT INTO made VALUES (1)"};

static void check_traps(sqlite3 *db, int trusted) {
    for (size_t i = 0; i < sizeof traps / sizeof *traps; i++) {
        text told = {0};
        int rc = host_run(db, traps[i], NULL, &told);
        tap_result(rc == SQLITE_ERROR && text_has(&told, "unsafe use of virtual table"),
                   "trusted_schema %d: %s is refused", trusted, traps[i]);
        check_silence(traps[i], trusted);
        text_clear(&told);
    }
}

/* Virtual tables with arguments that would lead elsewhere cannot be used at all. */
static void check_arguments(sqlite3 *db, int trusted) {
    for (size_t i = 0; i < sizeof virtual_tables / sizeof *virtual_tables; i++) {
        text told = {0};
        char *sql = sqlite3_mprintf("SELECT * FROM %s", virtual_tables[i][0]);
        if (i >= 2) {
            int rc = host_run(db, sql, NULL, &told);
            tap_result(rc == SQLITE_ERROR && recorder_connections(server) == 0,
                       "trusted_schema %d: %s cannot be used: %.*s", trusted, virtual_tables[i][1],
                       (int)told.length - 1, told.bytes);
        }
        sqlite3_free(sql);
        text_clear(&told);
    }
}

/* The shell's commands that read a whole file. */
static void check_shell(const char *file, int trusted) {
    static const char *const commands[] = {
        ".dump",    ".schema",           ".tables",   ".indexes",        ".fullschema", ".dbinfo", ".lint fkey-indexes",
        ".recover", ".backup %s-backup", ".selftest", ".clone %s-clone", ".sha3sum"};
    const char *shell = getenv("SQLITE3"), *extension = getenv("EXTENSION");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        const char *place = strstr(commands[i], "%s");
        char *line = sqlite3_mprintf("%.*s%s%s", (int)(place ? place - commands[i] : 100), commands[i],
                                     place ? file : "", place ? place + 2 : "");
        char *command =
            sqlite3_mprintf("'%s' -batch -init /dev/null -cmd '.load %s' -cmd 'PRAGMA trusted_schema=%d' '%s' "
                            "'%s' >/dev/null 2>&1",
                            shell ? shell : "sqlite3", extension ? extension : "build/chat", trusted, file, line);
        if (system(command) == 127 << 8) {
            printf("Bail out! no sqlite3 shell\n");
            exit(70);
        }
        check_silence(commands[i], trusted);
        sqlite3_free(command);
        sqlite3_free(line);
    }
}

static sqlite3 *open_file(const char *file, int trusted) {
    sqlite3 *db = host_open(file);
    host_run(db, trusted ? "PRAGMA trusted_schema = on" : "PRAGMA trusted_schema = off", NULL, NULL);
    return db;
}

static void check_file(const char *folder, int trusted) {
    char *file = file_named(folder, trusted ? "trusted" : "untrusted");
    make_file(file);
    recorder_forget(server);
    check_shell(file, trusted);
    sqlite3 *db = open_file(file, trusted);
    check_silence("opening it", trusted);
    check_traps(db, trusted);
    check_arguments(db, trusted);
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) {
        host_run(db, harmless[i], NULL, NULL);
        check_silence(harmless[i], trusted);
    }
    text told = {0};
    host_run(db, "SELECT name, value, source FROM chat_settings; SELECT count(*), 'queued' FROM chat_writes", NULL,
             &told);
    tap_result(text_has(&told, "0|queued|") && !text_has(&told, "http://127.0.0.1:1|") &&
                   text_has(&told, "api_key|****|"),
               "trusted_schema %d: no write is queued and no setting changed", trusted);
    text_clear(&told);
    sqlite3_close(db);
    sqlite3_free(file);
}

/* ---- what a user names is used ---- */

static void check_named(const char *folder) {
    char *file = file_named(folder, "named");
    text told = {0}, asked = {0};
    make_file(file);
    sqlite3 *db = host_open(file);
    recorder_forget(server);
    host_run(db, "SELECT sid FROM v1", NULL, &told);
    recorder_bytes(server, &asked);
    tap_result(text_has(&asked, "GET /v1/Services/" OTHER_SERVICE "/Channels?") && !text_has(&asked, "POST"),
               "a virtual table of the file is read when it is named: at the configured service only");
    text_clear(&told);
    recorder_forget(server);
    host_run(db, "CREATE TEMP VIEW mine AS SELECT sid FROM services; SELECT * FROM mine", NULL, &told);
    tap_result(text_has(&told, HOST_SERVICE) && recorder_requests(server) > 0, "TEMP views work");
    text_clear(&told);
    recorder_forget(server);
    host_run(db,
             "CREATE TEMP TABLE queue(body); CREATE TEMP TRIGGER send AFTER INSERT ON queue BEGIN INSERT INTO "
             "messages(service_sid, channel_sid, body) VALUES ('" HOST_SERVICE "', '" HOST_CHANNEL "', new.body); END;",
             NULL, &told);
    int rc = host_run(db, "INSERT INTO queue VALUES ('x')", NULL, &told);
    tap_result(rc == SQLITE_ERROR && recorder_connections(server) == 0,
               "triggers cannot write to the service, TEMP ones neither");
    sqlite3_close(db);
    sqlite3_free(file);
    text_clear(&told);
    text_clear(&asked);
}

/* ---- names ---- */

/* The file's own tables go before ours of the same name; "temp." in front always means ours. */
static void check_shadows(const char *folder) {
    char *file = file_named(folder, "shadows"), *attach = sqlite3_mprintf("ATTACH %Q AS theirs", file);
    text told = {0};
    sqlite3 *db = NULL;
    sqlite3_open(file, &db);
    host_run(
        db,
        "CREATE TABLE services(sid); INSERT INTO services VALUES ('forged'); CREATE TABLE chat_settings(name, value);"
        "INSERT INTO chat_settings VALUES ('auth_token', NULL); PRAGMA writable_schema = on",
        NULL, NULL);
    write_schema(db, "messages", "CREATE VIRTUAL TABLE messages USING channels(service_sid='" OTHER_SERVICE "')");
    sqlite3_close(db);
    db = host_open(file);
    recorder_forget(server);
    host_run(db, "SELECT sid FROM services", NULL, &told);
    tap_result(text_has(&told, "forged") && recorder_connections(server) == 0,
               "a table of the file hides ours of that name");
    text_clear(&told);
    host_run(
        db,
        "SELECT sid FROM temp.services; SELECT count(*) > 10, 'settings' FROM temp.chat_settings;"
        "UPDATE temp.chat_settings SET value = ? WHERE name = 'auth_token';"
        "SELECT value, 'theirs' FROM main.chat_settings; SELECT value, 'ours' FROM temp.chat_settings WHERE name = 'auth_token'",
        "kept-from-the-file", &told);
    tap_result(text_has(&told, HOST_SERVICE) && text_has(&told, "1|settings|"), "temp.services is ours all the same");
    tap_result(text_has(&told, "\n|theirs|") && text_has(&told, "****|ours|"),
               "a secret given to temp.chat_settings does not get into the file");
    sqlite3_close(db);
    text_clear(&told);
    db = host_open(":memory:");
    host_run(db, attach, NULL, &told);
    host_run(db, "SELECT sid FROM services; SELECT sid, 'x' FROM main.services; SELECT sid, 'y' FROM temp.services",
             NULL, &told);
    tap_result(text_has(&told, "forged|\n") && text_has(&told, HOST_SERVICE "|x|") &&
                   text_has(&told, HOST_SERVICE "|y|"),
               "of an attached file as well, unless main. or temp. is said");
    sqlite3_close(db);
    sqlite3_free(attach);
    sqlite3_free(file);
    text_clear(&told);
}

/* A function of the user's that runs SQL: it may. */
static void check_asks(sqlite3_context *context, int argc, sqlite3_value **argv) {
    sqlite3_stmt *statement = NULL;
    (void)argc;
    (void)argv;
    if (sqlite3_prepare_v2(sqlite3_context_db_handle(context), "SELECT count(*) FROM services", -1, &statement, NULL) ==
            SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        sqlite3_result_int(context, sqlite3_column_int(statement, 0));
    }
    sqlite3_finalize(statement);
}

/*
** A full-text table can name any table as its content, and reads it with statements of its own, which SQLite takes for
** the user's. While a file holds one that names ours, a statement within another reads nothing of ours.
*/
static void check_full_text(const char *folder, int trusted) {
    char *file = file_named(folder, trusted ? "fulltext_trusted" : "fulltext");
    text told = {0};
    sqlite3 *db = NULL;
    sqlite3_open(file, &db);
    int rc = host_run(
        db,
        "CREATE VIRTUAL TABLE notes USING fts5(body, content='messages', content_rowid='index');"
        "CREATE TABLE loot(a); CREATE TABLE t(a); CREATE TRIGGER take AFTER INSERT ON t BEGIN INSERT INTO loot "
        "SELECT body FROM notes; END",
        NULL, &told);
    sqlite3_close(db);
    if (rc != SQLITE_OK) {
        tap_result(true, "trusted_schema %d: a full-text table of a file # SKIP no FTS5 here", trusted);
        sqlite3_free(file);
        return;
    }
    db = open_file(file, trusted);
    recorder_forget(server);
    host_run(db, "PRAGMA integrity_check; VACUUM; ANALYZE", NULL, &told);
    rc = host_run(db, "SELECT count(*) FROM notes", NULL, &told);
    tap_result(rc != SQLITE_OK && recorder_connections(server) == 0,
               "trusted_schema %d: a full-text table cannot read ours", trusted);
    host_run(db, "INSERT INTO t VALUES (1)", NULL, &told);
    tap_result(recorder_connections(server) == 0, "... nor by a trigger");
    text_clear(&told);
    rc = host_run(db, "SELECT sid FROM services WHERE sid IN (SELECT service_sid FROM channels)", NULL, &told);
    tap_result(rc == SQLITE_OK && text_has(&told, HOST_SERVICE), "... and what the user himself asks is answered");
    text_clear(&told);
    /* The outer statement has handed out a row before: since SQLite 3.41 that looks otherwise. */
    recorder_forget(server);
    host_run(db, "SELECT body FROM (SELECT 1 AS body UNION ALL SELECT body FROM notes)", NULL, &told);
    tap_result(recorder_connections(server) == 0, "... nor after a row of another");
    sqlite3_close(db);
    sqlite3_free(file);
    text_clear(&told);
}

/* A file with a full-text table that names ours, under one name or another: nothing is read by it. */
static void check_content(const char *folder, const char *module, const char *content) {
    static int count;
    char *name = sqlite3_mprintf("content%d", count++), *file = file_named(folder, name);
    char *format = sqlite3_mprintf("CREATE VIRTUAL TABLE notes USING %s", module);
    char *create = sqlite3_mprintf(format, content);
    text told = {0};
    sqlite3 *db = open_file(file, 1);
    host_run(db,
             "CREATE VIRTUAL TABLE \"our's\" USING messages; CREATE VIRTUAL TABLE other USING "
             "messages(service_sid = 'IS00000000000000000000000000000001')",
             NULL, &told);
    bool made = host_run(db, create, NULL, &told) == SQLITE_OK;
    recorder_forget(server);
    int rc = host_run(db, "SELECT count(*) FROM (SELECT * FROM notes)", NULL, &told);
    host_run(db, "SELECT * FROM notes; SELECT * FROM notes WHERE docid = 1; SELECT * FROM notes WHERE rowid = 1", NULL,
             &told);
    tap_result(rc != SQLITE_OK && recorder_connections(server) == 0, "a full-text table with %s cannot read ours%s",
               create, made ? "" : " # SKIP it is none here");
    sqlite3_close(db);
    sqlite3_free(name);
    sqlite3_free(file);
    sqlite3_free(format);
    sqlite3_free(create);
    text_clear(&told);
}

/* All the ways to name a content. */
static void check_contents(const char *folder) {
    static const char *const contents[] = {"content=messages",    "content = \"messages\"", "CONTENT='MESSAGES'",
                                           "content=[messages]",  "content=`messages`",     "content='our''s'",
                                           "content=chat_writes", "content='other'"};
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        check_content(folder, "fts5(body, %s, content_rowid='index')", contents[i]);
        check_content(folder, "fts4(%s, body)", contents[i]);
    }
}

/* A full-text table over an ordinary one is nobody's business, whatever runs beside it; also if that has a name of ours. */
static void check_local_content(const char *folder) {
    char *file = file_named(folder, "local_content");
    text told = {0};
    sqlite3 *db = open_file(file, 1);
    sqlite3_stmt *outer = NULL;
    host_run(db, "CREATE TABLE kept(body); CREATE VIRTUAL TABLE kept_text USING fts5(body, content='kept')", NULL,
             &told);
    host_run(db, "CREATE VIRTUAL TABLE kept_words USING fts5(body, content='kept')", NULL, &told);
    host_run(db, "CREATE TABLE channels(body, sid); CREATE VIRTUAL TABLE named USING fts5(body, content='channels')",
             NULL, &told);
    text_clear(&told);
    sqlite3_prepare_v2(db, "SELECT sid FROM services", -1, &outer, NULL);
    bool row = sqlite3_step(outer) == SQLITE_ROW;
    int rc = host_run(db, "SELECT 'found ' || count(*) FROM temp.channels; SELECT * FROM users", NULL, &told);
    tap_result(row && rc == SQLITE_OK && text_has(&told, "found "),
               "a full-text table over an ordinary one changes nothing");
    sqlite3_finalize(outer);
    sqlite3_close(db);
    sqlite3_free(file);
    text_clear(&told);
}

/* Where no file holds such a table, a user's function may run SQL over ours, as over ordinary tables. */
static void check_functions(void) {
    text told = {0};
    sqlite3 *db = host_open(":memory:");
    sqlite3_create_function(db, "asks", 0, SQLITE_UTF8, NULL, check_asks, NULL, NULL);
    host_run(db, "SELECT 'services ' || asks() FROM channels LIMIT 1", NULL, &told);
    tap_result(text_has(&told, "services 1"), "a user's function may run SQL over our tables");
    sqlite3_close(db);
    text_clear(&told);
}

int trust_hostile(const char *folder) {
    server = recorder_start(host_serve, NULL);
    host_use(server, CANARY_USER, CANARY_PASSWORD);
    check_file(folder, 1);
    check_file(folder, 0);
    check_named(folder);
    check_shadows(folder);
    check_full_text(folder, 1);
    check_full_text(folder, 0);
    check_contents(folder);
    check_local_content(folder);
    check_functions();
    recorder_stop(server);
    return tap_end();
}
