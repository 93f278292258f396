/* A row to be written, for tests; see write_draft.h. */
#include "unit/write_draft.h"
#include "catalog/generations.h"
#include "unit/environment.h"
#include "unit/evaluate.h"
#include "unit/named.h"
#include "write/write_body.h"

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
    return evaluate(db, expression);
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

void write_draft_earlier(write_draft *draft, const char *const *bodies, size_t count) {
    for (size_t i = 0; i < count; i++) {
        draft->earlier[i] = (write_earlier_call){.body = bodies[i], .seq = (int64_t)(count - i)};
    }
    draft->row.earlier = draft->earlier;
    draft->row.earlier_count = count;
}

void write_draft_ignorable(write_draft *draft, size_t index) {
    draft->earlier[index].ignorable = true;
}

void write_draft_end(write_draft *draft) {
    for (size_t i = 0; i < WRITE_DRAFT_COLUMNS; i++) {
        sqlite3_value_free(draft->values[i]);
    }
    buffer_clear(&draft->shown);
    memset(draft, 0, sizeof *draft);
}

int write_draft_setup(void **state) {
    (void)state;
    write_draft_open_database();
    return 0;
}

int write_draft_teardown(void **state) {
    (void)state;
    write_draft_close_database();
    return 0;
}

/* ---- the form body ---- */

#define DIGITS "0123456789abcdef0123456789abcdef"

#define SERVICE_ROW                                                                                                    \
    "{\"sid\":\"IS" DIGITS "\",\"friendly_name\":\"old\",\"read_status_enabled\":true,"                                \
    "\"typing_indicator_timeout\":5,\"webhook_filters\":[\"a\"],\"pre_webhook_url\":null,"                             \
    "\"limits\":{\"channel_members\":100,\"user_channels\":250,\"actions_per_second\":30},"                            \
    "\"notifications\":{\"new_message\":{\"enabled\":false,\"template\":\"t\"}}}"

void write_draft_read_service(write_draft *draft) {
    write_draft_begin(draft, "services", CATALOG_V1);
    write_draft_read(draft, SERVICE_ROW);
    /* What the statement leaves alone comes as it was read. */
    write_draft_set(draft, "friendly_name", "'old'");
    write_draft_set(draft, "sid", "'IS" DIGITS "'");
    write_draft_set(draft, "read_status_enabled", "1");
    write_draft_set(draft, "typing_indicator_timeout", "5");
    write_draft_set(draft, "webhook_filters", "'[\"a\"]'");
    write_draft_set(draft, "limits", "'{\"channel_members\":100,\"user_channels\":250,\"actions_per_second\":30}'");
    write_draft_set(draft, "notifications", "'{\"new_message\":{\"enabled\":false,\"template\":\"t\"}}'");
}

void write_draft_expect(write_draft *draft, unsigned version, bool create, int count, const char *text) {
    error problem = {0};
    write_body body;
    write_body_init(&body);
    write_body_fill(&body, &draft->row, version, create, &problem);
    if (error_is_set(&problem)) {
        fail_msg("%s", problem.message);
    }
    assert_string_equal(body.text.data ? body.text.data : "", text);
    assert_int_equal(body.count, count);
    write_body_clear(&body);
    write_draft_end(draft);
}

static void draft_expect_problem(write_draft *draft, unsigned version, bool create, int rc, const char *message) {
    error problem = {0};
    write_body body;
    write_body_init(&body);
    write_body_fill(&body, &draft->row, version, create, &problem);
    if (!error_is_set(&problem)) {
        fail_msg("accepted as \"%s\", instead of: %s", body.text.data ? body.text.data : "", message);
    }
    assert_string_equal(problem.message, message);
    assert_int_equal(problem.rc, rc);
    error_clear(&problem);
    write_body_clear(&body);
    write_draft_end(draft);
}

void write_draft_expect_refusal(write_draft *draft, unsigned version, bool create, const char *message) {
    draft_expect_problem(draft, version, create, SQLITE_CONSTRAINT, message);
}

void write_draft_expect_failure(write_draft *draft, unsigned version, bool create, const char *message) {
    draft_expect_problem(draft, version, create, SQLITE_ERROR, message);
}
