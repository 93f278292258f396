/* chat_requests: one row for each HTTP attempt of the connection, the newest request_log of them. */
#include "base/clock.h"
#include "table/own_tables.h"

static sqlite3_int64 requests_table_next(connection *shared, sqlite3_int64 after) {
    const request_log *log = client_log(shared->client);
    for (size_t i = request_log_after(log, after); i < log->count; i++) {
        if (request_log_at(log, i)->state == ENTRY_KEPT) {
            return request_log_at(log, i)->id;
        }
    }
    return 0;
}

/* Numbers that are not known (yet) are NULL. */
static void requests_table_number(small_rows *rows, sqlite3_int64 number, bool known) {
    if (known) {
        small_rows_integer(rows, number);
    } else {
        small_rows_null(rows);
    }
}

static const char *const requests_table_purposes[] = {
    [PURPOSE_NONE] = NULL, [PURPOSE_LOOK_UP] = "look-up", [PURPOSE_INSTEAD] = "instead of look-ups"};

static void requests_table_copy(connection *shared, sqlite3_int64 row, small_rows *rows, error *problem) {
    (void)problem;
    const request_entry *entry = request_log_find(client_log(shared->client), row);
    char started[CLOCK_TEXT_SIZE];
    clock_format(entry->started_ms, 1, started);
    small_rows_begin(rows, row);
    small_rows_integer(rows, entry->id);
    small_rows_text(rows, started);
    small_rows_text(rows, entry->table_name);
    small_rows_text(rows, entry->method);
    small_rows_text(rows, entry->profile);
    small_rows_text(rows, entry->origin);
    small_rows_text(rows, entry->path);
    small_rows_integer(rows, entry->attempt);
    requests_table_number(rows, entry->status, entry->status > 0);
    requests_table_number(rows, entry->duration_ms, entry->duration_ms >= 0);
    requests_table_number(rows, entry->response_bytes, entry->response_bytes >= 0);
    requests_table_number(rows, entry->rows, entry->rows >= 0);
    small_rows_text(rows, entry->request_id[0] ? entry->request_id : NULL);
    small_rows_text(rows, entry->error);
    small_rows_text(rows, requests_table_purposes[entry->purpose]);
    requests_table_number(rows, entry->replaced, entry->replaced > 0);
}

static void requests_table_update(connection *shared, const void *kept, sqlite3_int64 row, bool remove,
                                  sqlite3_value **values, error *problem) {
    (void)kept;
    (void)values;
    if (!remove) {
        error_set(problem, SQLITE_READONLY,
                  "chat_requests: rows cannot be changed; DELETE FROM chat_requests empties it");
    } else {
        request_log_delete(client_log(shared->client), row);
    }
}

/* The entries themselves say what is being deleted: nothing has to be kept beside them. */
static void *requests_table_keep(connection *shared, error *problem) {
    static char nothing;
    (void)shared, (void)problem;
    return &nothing;
}

static void requests_table_put_back(connection *shared, void *kept) {
    (void)kept;
    request_log_put_back(client_log(shared->client));
}

static void requests_table_take_effect(connection *shared, void *kept) {
    (void)kept;
    request_log_settle(client_log(shared->client));
}

const small_table requests_table = {
    .name = OWN_REQUESTS,
    .columns =
        {{"id", "INTEGER", "number of the attempt, rising", false},
         {"started_at", "TEXT", "when it was begun, UTC, with milliseconds", false},
         {"table_name", "TEXT", "the table on whose behalf", false},
         {"method", "TEXT", "GET, POST or DELETE", false},
         {"profile", "TEXT", "whose account it was made for; NULL: no profile's", false},
         {"origin", "TEXT", "the server that it went to; NULL: a secret one (content)", false},
         {"path", "TEXT", "path and query of the URL", false},
         {"attempt", "INTEGER", "1 for the first, more for repetitions", false},
         {"status", "INTEGER", "HTTP status; NULL: none came", false},
         {"duration_ms", "INTEGER", "milliseconds until it ended; NULL: it has not", false},
         {"response_bytes", "INTEGER", "bytes of the answer as they came, compressed", false},
         {"rows", "INTEGER", "rows that a read's answer held; NULL: it is no list and no row, or was not read", false},
         {"request_id", "TEXT", "the server's own name for it, RQ..., for asking the vendor", false},
         {"error", "TEXT", "what was wrong, or why the answer was not used", false},
         {"purpose", "TEXT",
          "look-up: by SID, name, a filter's value or a stretch of the order; instead of look-ups: of a list that is "
          "read in their place; NULL: anything else",
          false},
         {"replaced", "INTEGER",
          "of a list's first page: requests of look-ups that were not made, since the list tells them; NULL: none",
          false}},
    .next = requests_table_next,
    .copy = requests_table_copy,
    .update = requests_table_update,
    .keep = requests_table_keep,
    .put_back = requests_table_put_back,
    .take_effect = requests_table_take_effect,
};
