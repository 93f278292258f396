/* chat_requests: one row for each HTTP attempt of the connection, the newest request_log of them. */
#include "base/clock.h"
#include "table/own_tables.h"

static sqlite3_int64 requests_table_next(connection *shared, sqlite3_int64 after) {
    const request_log *log = client_log(shared->client);
    for (size_t i = 0; i < log->count; i++) {
        const request_entry *entry = request_log_at(log, i);
        if (entry->id <= after) {
            /* Ids are consecutive: go straight to the one after. */
            i += (size_t)(after - entry->id);
        } else if (!entry->deleted) {
            return entry->id;
        }
    }
    return 0;
}

static void requests_table_text(sqlite3_context *context, const char *text) {
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

/* Numbers that are not known (yet) are NULL. */
static void requests_table_number(sqlite3_context *context, sqlite3_int64 number, bool known) {
    if (known) {
        sqlite3_result_int64(context, number);
    }
}

static void requests_table_column(connection *shared, sqlite3_int64 row, int column, sqlite3_context *context) {
    const request_entry *entry = request_log_find(client_log(shared->client), row);
    char started[CLOCK_TEXT_SIZE];
    if (!entry) {
        return;
    }
    switch (column) {
    case 0:
        sqlite3_result_int64(context, entry->id);
        break;
    case 1:
        clock_format(entry->started_ms, 1, started);
        requests_table_text(context, started);
        break;
    case 2:
        requests_table_text(context, entry->table_name);
        break;
    case 3:
        requests_table_text(context, entry->method);
        break;
    case 4:
        requests_table_text(context, entry->path);
        break;
    case 5:
        sqlite3_result_int(context, entry->attempt);
        break;
    case 6:
        requests_table_number(context, entry->status, entry->status > 0);
        break;
    case 7:
        requests_table_number(context, entry->duration_ms, entry->duration_ms >= 0);
        break;
    case 8:
        requests_table_number(context, entry->response_bytes, entry->response_bytes >= 0);
        break;
    case 9:
        requests_table_number(context, entry->rows, entry->rows >= 0);
        break;
    case 10:
        requests_table_text(context, entry->request_id[0] ? entry->request_id : NULL);
        break;
    default:
        requests_table_text(context, entry->error);
    }
}

static void requests_table_update(connection *shared, sqlite3_int64 row, bool remove, sqlite3_value **values,
                                  error *problem) {
    request_entry *entry = request_log_find(client_log(shared->client), row);
    (void)values;
    if (!remove) {
        error_set(problem, SQLITE_READONLY,
                  "chat_requests: rows cannot be changed; DELETE FROM chat_requests empties it");
    } else if (entry) {
        entry->deleted = true;
    }
}

const small_table requests_table = {
    .name = OWN_REQUESTS,
    .columns = {{"id", "INTEGER", "number of the attempt, rising", false},
                {"started_at", "TEXT", "when it was begun, UTC, with milliseconds", false},
                {"table_name", "TEXT", "the table on whose behalf", false},
                {"method", "TEXT", "GET, POST or DELETE", false},
                {"path", "TEXT", "path and query of the URL", false},
                {"attempt", "INTEGER", "1 for the first, more for repetitions", false},
                {"status", "INTEGER", "HTTP status; NULL: none came", false},
                {"duration_ms", "INTEGER", "milliseconds until it ended; NULL: it has not", false},
                {"response_bytes", "INTEGER", "bytes of the answer as they came, compressed", false},
                {"rows", "INTEGER", "rows that the answer held; NULL: it was not read", false},
                {"request_id", "TEXT", "the server's own name for it, RQ..., for asking the vendor", false},
                {"error", "TEXT", "what was wrong, or why the answer was not used", false}},
    .next = requests_table_next,
    .column = requests_table_column,
    .update = requests_table_update,
};
