/* chat_writes: the write queue and its outcome. Inside a transaction it shows the calls that COMMIT would make. */
#include "table/own_tables.h"
#include "table/write_queue.h"

static sqlite3_int64 writes_table_next(connection *shared, sqlite3_int64 after) {
    const write_queue *queue = &shared->writes;
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

static void writes_table_column(connection *shared, sqlite3_int64 row, int column, sqlite3_context *context) {
    const write_entry *entry = write_queue_find(&shared->writes, row);
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
    .name = "chat_writes",
    .declaration = "CREATE TABLE x(seq INTEGER, state TEXT, table_name TEXT, operation TEXT, method TEXT, path TEXT, "
                   "body TEXT, sid TEXT, status INTEGER, error TEXT)",
    .next = writes_table_next,
    .column = writes_table_column,
};
