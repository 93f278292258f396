/* chat_writes: the write queue and its outcome. Inside a transaction it shows the calls that COMMIT would make. */
#include "table/own_tables.h"
#include "write/writing.h"

static sqlite3_int64 writes_table_next(connection *shared, sqlite3_int64 after) {
    const write_queue *queue = &writing_of(shared)->queue;
    write_failed_look(&writing_of(shared)->failed, shared->db);
    if (queue->count == 0) {
        return 0;
    }
    sqlite3_int64 first = queue->entries[0]->seq, last = queue->entries[queue->count - 1]->seq;
    sqlite3_int64 next = after < first ? first : after + 1;
    return next <= last ? next : 0;
}

static void writes_table_text(sqlite3_context *context, const char *text) {
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

static const char *writes_table_operation(const write_entry *entry) {
    static const char *const names[] = {"INSERT", "UPDATE", "DELETE"};
    return names[entry->operation];
}

static void writes_table_fail(sqlite3_context *context, error *problem) {
    if (problem->message) {
        sqlite3_result_error(context, problem->message, -1);
    } else {
        sqlite3_result_error_nomem(context);
    }
    error_clear(problem);
}

static void writes_table_column(connection *shared, sqlite3_int64 row, int column, sqlite3_context *context) {
    error problem = {0};
    const write_entry *entry = write_queue_show(&writing_of(shared)->queue, row, &problem);
    if (error_is_set(&problem)) {
        writes_table_fail(context, &problem);
        return;
    }
    if (!entry) {
        return;
    }
    switch (column) {
    case 0:
        sqlite3_result_int64(context, entry->seq);
        break;
    case 1:
        writes_table_text(context, write_queue_state_text(entry->state));
        break;
    case 2:
        writes_table_text(context, entry->resource->name);
        break;
    case 3:
        writes_table_text(context, writes_table_operation(entry));
        break;
    case 4:
        writes_table_text(context, entry->operation == WRITE_DELETE ? "DELETE" : "POST");
        break;
    case 5:
        writes_table_text(context, entry->path);
        break;
    case 6:
        writes_table_text(context, entry->shown_body ? entry->shown_body : entry->body);
        break;
    case 7:
        writes_table_text(context, entry->sid);
        break;
    case 8:
        if (entry->status > 0) {
            sqlite3_result_int(context, entry->status);
        }
        break;
    default:
        writes_table_text(context, entry->error);
    }
}

const small_table writes_table = {
    .name = OWN_WRITES,
    .columns = {{"seq", "INTEGER", "number of the call, in the order of the statements", false},
                {"state", "TEXT", "pending, sent, failed, unknown or rolled back", false},
                {"table_name", "TEXT", "the table that was written", false},
                {"operation", "TEXT", "INSERT, UPDATE or DELETE", false},
                {"method", "TEXT", "POST or DELETE", false},
                {"path", "TEXT", "path of the URL; *1 stands for the SID that call 1 will bring", false},
                {"body", "TEXT", "form body; secrets show as ****", false},
                {"sid", "TEXT", "SID of the row, once it is known", false},
                {"status", "INTEGER", "HTTP status of the answer; NULL: none came", false},
                {"error", "TEXT", "what was wrong", false}},
    .next = writes_table_next,
    .column = writes_table_column,
};
