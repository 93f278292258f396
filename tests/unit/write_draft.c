/* A row to be written, for tests; see write_draft.h. */
#include "unit/write_draft.h"
#include "unit/environment.h"
#include "unit/named.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static sqlite3 *db;
bool write_draft_asks;

void write_draft_open_database(void) {
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
}

void write_draft_close_database(void) {
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    db = NULL;
}

connection *write_draft_connect(void) {
    error problem = {0};
    environment_clear();
    write_draft_open_database();
    connection *shared = connection_open(NULL, &problem);
    bool attached = shared && reading_attach(shared) == SQLITE_OK && writing_attach(shared) == SQLITE_OK;
    return attached ? shared : NULL;
}

void write_draft_disconnect(connection *shared) {
    connection_release(shared);
    write_draft_close_database();
}

sqlite3_value *write_draft_value(const char *expression) {
    sqlite3_stmt *statement = NULL;
    char *sql = sqlite3_mprintf("SELECT %s", expression);
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    }
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    sqlite3_value *value = sqlite3_value_dup(sqlite3_column_value(statement, 0));
    assert_non_null(value);
    sqlite3_finalize(statement);
    sqlite3_free(sql);
    return value;
}

void write_draft_begin(write_draft *draft, const char *table, unsigned version) {
    memset(draft, 0, sizeof *draft);
    const catalog_resource *resource = named_resource(table);
    assert_non_null(resource);
    assert_true(resource->column_count < WRITE_DRAFT_COLUMNS);
    for (size_t i = 0; i <= resource->column_count; i++) {
        draft->values[i] = write_draft_value("NULL");
    }
    draft->row = (write_row){
        .resource = resource, .version = version, .conflict = SQLITE_ABORT, .values = draft->values, .told = true};
}

void write_draft_set(write_draft *draft, const char *column, const char *expression) {
    bool path = strcmp(column, "path") == 0;
    int index = path ? (int)draft->row.resource->column_count : catalog_column_index(draft->row.resource, column);
    assert_true(index >= 0);
    sqlite3_value_free(draft->values[index]);
    draft->values[index] = write_draft_value(expression);
}

void write_draft_read(write_draft *draft, const char *json) {
    error problem = {0};
    page *content = page_parse_single(draft->row.resource, draft->row.version, json, strlen(json), &problem);
    if (!content) {
        fail_msg("%s: %s", json, problem.message);
    }
    buffer_clear(&draft->shown);
    buffer_init(&draft->shown, SHOWN_MAX);
    shown_begin(&draft->shown);
    for (size_t i = 0; i < draft->row.resource->column_count; i++) {
        const catalog_column *column = &draft->row.resource->columns[i];
        const page_cell *cell = page_at(content, 0, i);
        if (cell->type != CELL_NULL || !(column->flags & COLUMN_LIST_HIDES)) {
            shown_add(&draft->shown, i, write_draft_asks, content, cell);
        }
    }
    page_release(content);
    assert_non_null(draft->shown.data);
    draft->row.shown = draft->shown.data;
    draft->row.shown_length = draft->shown.length;
}

void write_draft_end(write_draft *draft) {
    for (size_t i = 0; i < WRITE_DRAFT_COLUMNS; i++) {
        sqlite3_value_free(draft->values[i]);
    }
    buffer_clear(&draft->shown);
    memset(draft, 0, sizeof *draft);
}
