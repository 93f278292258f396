/* chat_writes: the write queue and its outcome. Inside a transaction it shows the calls that COMMIT would make. */
#include "table/own_tables.h"
#include "write/writing.h"

static sqlite3_int64 writes_table_next(connection *shared, sqlite3_int64 after) {
    write_failed_look(&writing_of(shared)->failed, shared->db);
    return write_queue_next(&writing_of(shared)->queue, after);
}

static const char *writes_table_operation(const write_entry *entry) {
    static const char *const names[] = {"INSERT", "UPDATE", "DELETE"};
    return names[entry->operation];
}

enum { WRITES_PATH = 6, WRITES_BODY = 7 };

/* With its texts only where the statement reads one: what became of the calls is told whatever the file for those does. */
static const write_entry *writes_table_call(connection *shared, sqlite3_int64 row, const small_rows *rows,
                                            error *problem) {
    write_queue *queue = &writing_of(shared)->queue;
    bool read = small_rows_keeps(rows, WRITES_PATH) || small_rows_keeps(rows, WRITES_BODY);
    return read ? write_queue_show(queue, row, problem) : write_queue_seen(queue, row);
}

static void writes_table_copy(connection *shared, sqlite3_int64 row, small_rows *rows, error *problem) {
    const write_entry *entry = writes_table_call(shared, row, rows, problem);
    if (!entry || error_is_set(problem)) {
        return;
    }
    small_rows_begin(rows, row);
    small_rows_integer(rows, entry->seq);
    small_rows_text(rows, write_queue_state_text(entry->state));
    small_rows_text(rows, entry->resource->name);
    small_rows_text(rows, writes_table_operation(entry));
    small_rows_text(rows, entry->operation == WRITE_DELETE ? "DELETE" : "POST");
    small_rows_text(rows, entry->profile);
    small_rows_text(rows, entry->path);
    small_rows_text(rows, entry->shown_body ? entry->shown_body : entry->body);
    small_rows_text(rows, entry->sid);
    if (entry->status > 0) {
        small_rows_integer(rows, entry->status);
    } else {
        small_rows_null(rows);
    }
    small_rows_text(rows, write_queue_why(entry));
}

const small_table writes_table = {
    .name = OWN_WRITES,
    .columns = {{"seq", "INTEGER", "number of the call, in the order of the statements", false},
                {"state", "TEXT", "pending, sent, failed, unknown or rolled back", false},
                {"table_name", "TEXT", "the table that was written", false},
                {"operation", "TEXT", "INSERT, UPDATE or DELETE", false},
                {"method", "TEXT", "POST or DELETE", false},
                {"profile", "TEXT", "whose account it is made for; NULL: no profile's", false},
                {"path", "TEXT", "path of the URL; *1 stands for the SID that call 1 will bring", false},
                {"body", "TEXT", "form body; secrets show as ****", false},
                {"sid", "TEXT", "SID of the row, once it is known", false},
                {"status", "INTEGER", "HTTP status of the answer; NULL: none came", false},
                {"error", "TEXT", "what was wrong, or why it was not sent; NULL: it was sent, or rolled back by you",
                 false}},
    .next = writes_table_next,
    .copy = writes_table_copy,
    .away = 1u << WRITES_PATH | 1u << WRITES_BODY,
};
