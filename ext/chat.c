/*
** sqlite-chat: SQL over the Twilio Programmable Chat REST API.
**
**     .load build/chat
**     SELECT friendly_name, members_count FROM channels WHERE type = 'private';
**
** The entry point, and a table of contents:
**
**     services, channels, messages, members, ...   one virtual table for each resource     table/resource_table.c
**     chat_settings                                settings, changed with UPDATE           table/settings_table.c
**     chat_requests                                the HTTP requests made                  table/requests_table.c
**     chat_writes                                  the writes of a transaction             table/writes_table.c
**     chat_columns                                 what can be done with each column       table/columns_table.c
**     chat_time(...)                               a time in the API's form                table/time_function.c
**     chat_version()                               the extension's version                 here
*/
#include "chat_version.h"

#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

#include "session/connection.h"
#include "table/own_tables.h"
#include "table/resource_table.h"
#include "table/time_function.h"

#if defined(_WIN32)
#define CHAT_EXPORT __declspec(dllexport)
#else
#define CHAT_EXPORT __attribute__((visibility("default")))
#endif

/*
** Of the library that loads it the extension needs DIRECTONLY (3.31), and IN on a virtual table right: 3.31.1 also gives the
** rows with NULL, 3.34 does not.
*/
enum { CHAT_OLDEST_SQLITE = 3034000 };

static void chat_version(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    (void)argv;
    sqlite3_result_text(context, CHAT_VERSION, -1, SQLITE_STATIC);
}

static int chat_register(connection *shared) {
    /* First what SQLite refuses while a statement is running: so another library's copy replaces this one or nothing. */
    int rc =
        sqlite3_create_function_v2(shared->db, "chat_version", 0, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                   NULL, chat_version, NULL, NULL, NULL);
    if (rc == SQLITE_OK) {
        rc = time_function_register(shared->db);
    }
    if (rc == SQLITE_OK) {
        rc = resource_table_register(shared);
    }
    for (size_t i = 0; i < OWN_TABLES_COUNT && rc == SQLITE_OK; i++) {
        rc = small_table_register(shared, own_tables[i]);
    }
    return rc;
}

/*
** SQLITE_EXTENSION_INIT2, but written only when it changes something: other threads, which loaded before, are reading it.
*/
static void chat_take_api(const sqlite3_api_routines *api) {
#ifdef SQLITE_CORE
    (void)api;
#else
    const sqlite3_api_routines *current = __atomic_load_n(&sqlite3_api, __ATOMIC_ACQUIRE);
    if (current != api) {
        __atomic_compare_exchange_n(&sqlite3_api, &current, api, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
    }
#endif
}

/* SQLite makes a plain SQLITE_ERROR of whatever code this returns, so what it means must be said in words. */
static int chat_fail(sqlite3 *db, int rc, char **message) {
    if (rc == SQLITE_NOMEM && !*message) {
        *message = sqlite3_mprintf("out of memory");
    } else if (rc != SQLITE_OK && !*message) {
        *message = sqlite3_mprintf("sqlite-chat: %s", sqlite3_errmsg(db));
    }
    return rc;
}

/* Loaded again on a connection it changes nothing: settings, log and queued writes stay, whatever is running. */
static int chat_load(sqlite3 *db, char **message) {
    error problem = {0};
    connection *found = connection_find(db), *shared = found ? connection_retain(found) : connection_open(db, &problem);
    if (!shared) {
        return chat_fail(db, error_report(&problem, message), message);
    }
    int rc = SQLITE_OK;
    if (!shared->complete) {
        rc = chat_fail(db, chat_register(shared), message);
        shared->complete = rc == SQLITE_OK;
    }
    connection_release(shared);
    return rc;
}

CHAT_EXPORT int sqlite3_chat_init(sqlite3 *db, char **message, const sqlite3_api_routines *api) {
    error problem = {0};
    chat_take_api(api);
    if (sqlite3_libversion_number() < CHAT_OLDEST_SQLITE) {
        error_set(&problem, SQLITE_ERROR, "sqlite-chat needs SQLite 3.34 or newer; this is %s", sqlite3_libversion());
        return error_report(&problem, message);
    }
    int rc = chat_load(db, message);
#ifdef SQLITE_CORE
    return rc;
#else
    /* TLS libraries do not take well to being unloaded: the library stays until the process ends. */
    return rc == SQLITE_OK ? SQLITE_OK_LOAD_PERMANENTLY : rc;
#endif
}
