/* Answers of GET: see list.h. Messages go their own way, see list_messages. */
#include "list.h"

#include "errors.h"
#include "paging.h"
#include "render.h"
#include "resource.h"
#include "validate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- rows of the store --- */

enum { LIST_FIRST_FILTER = 5 }; /* parameters: ?1 scope, ?2 token, ?3 limit, ?4 offset, then filter values */

/* Appends the condition of one filter. Returns false after setting an error. */
static bool list_filter(exchange *self, const resource_filter *filter, buffer *sql, int *parameter) {
    int values = 0;
    for (size_t at = 0; at < self->query.count; at++) {
        const form_field *field = &self->query.fields[at];
        if (strcmp(field->name, filter->parameter) == 0) {
            if (filter->accepted && !validate_choice(filter->accepted, field->value)) {
                return errors_say(self, filter->error, "Invalid parameter %s: %s", field->name, field->value);
            }
            if (values++) {
                buffer_byte(sql, ',');
            } else {
                buffer_format(sql, " AND %s IN (", filter->column);
            }
            buffer_format(sql, "?%d", (*parameter)++);
        }
    }
    if (values) {
        buffer_byte(sql, ')');
    } else if (filter->only) {
        buffer_format(sql, " AND %s", filter->only);
    }
    return true;
}

static bool list_filters(exchange *self, buffer *sql) {
    int parameter = LIST_FIRST_FILTER;
    for (int at = 0; at < RESOURCE_FILTERS && self->resource->filters[at].parameter; at++) {
        const resource_filter *filter = &self->resource->filters[at];
        if ((filter->versions & self->version) && !list_filter(self, filter, sql, &parameter)) {
            return false;
        }
    }
    return true;
}

/* Binds the filters' values in the order list_filters numbered them. */
static void list_bind_filters(const exchange *self, sqlite3_stmt *statement) {
    int parameter = LIST_FIRST_FILTER;
    for (int at = 0; at < RESOURCE_FILTERS && self->resource->filters[at].parameter; at++) {
        const resource_filter *filter = &self->resource->filters[at];
        for (size_t field = 0; (filter->versions & self->version) && field < self->query.count; field++) {
            if (strcmp(self->query.fields[field].name, filter->parameter) == 0) {
                sqlite3_bind_text64(statement, parameter++, self->query.fields[field].value,
                                    self->query.fields[field].length, SQLITE_STATIC, SQLITE_UTF8);
            }
        }
    }
}

static sqlite3_stmt *list_select(exchange *self, const buffer *filters, const char *columns, const char *order) {
    buffer sql = {0};
    const resource *what = self->resource;
    buffer_format(&sql, "SELECT %s FROM %s WHERE %s", columns, what->from, what->where);
    buffer_append(&sql, filters->data, filters->length);
    buffer_format(&sql, order, what->key, what->key);
    sqlite3_stmt *statement = store_prepare(self->emulator->store, buffer_terminated(&sql));
    buffer_free(&sql);
    sqlite3_bind_int64(statement, 1, self->scope_id);
    list_bind_filters(self, statement);
    return statement;
}

static void list_copy_key(char *out, sqlite3_stmt *statement, int column) {
    memcpy(out, sqlite3_column_text(statement, column), SID_LENGTH);
    out[SID_LENGTH] = '\0';
}

/* The key of the first row of the page before a token's. */
static bool list_previous(exchange *self, const paging *page, const buffer *filters, char *previous) {
    if (!page->token || page->page == 0) {
        previous[0] = '\0';
        return page->page > 0;
    }
    sqlite3_stmt *statement = list_select(self, filters, self->resource->key, " AND %s < ?2 ORDER BY %s DESC LIMIT ?3");
    sqlite3_bind_text(statement, 2, page->token, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, page->size);
    bool found = false;
    while (store_step(statement)) {
        list_copy_key(previous, statement, 0);
        found = true;
    }
    store_done(statement);
    return found;
}

static void list_page(exchange *self, const paging *page, const buffer *filters) {
    char next[SID_LENGTH + 1] = "", previous[SID_LENGTH + 1] = "";
    bool has_previous = list_previous(self, page, filters, previous), more = false;
    sqlite3_stmt *statement = list_select(self, filters, self->resource->columns,
                                          page->token ? " AND %s >= ?2 ORDER BY %s LIMIT ?3 OFFSET ?4"
                                                      : " AND (%s IS NOT NULL OR ?2) ORDER BY %s LIMIT ?3 OFFSET ?4");
    if (page->token) {
        sqlite3_bind_text(statement, 2, page->token, -1, SQLITE_STATIC);
    }
    bool far = page->page > INT64_MAX / 1000;
    sqlite3_bind_int64(statement, 3, far ? 0 : page->size + 1);
    sqlite3_bind_int64(statement, 4, page->token || far ? 0 : page->page * page->size);
    buffer_format(&self->answer, "{\"%s\":[", self->resource->list_key);
    for (int64_t row = 0; store_step(statement); row++) {
        if (row == page->size) {
            list_copy_key(next, statement, 1);
            more = true;
            break;
        }
        if (row) {
            buffer_byte(&self->answer, ',');
        }
        render_row(self, self->resource, statement, true, row);
    }
    store_done(statement);
    buffer_append(&self->answer, "],", 2);
    paging_write(page, self, has_previous ? previous : NULL, more ? next : NULL);
    buffer_byte(&self->answer, '}');
}

/* A token of SID-ordered lists must be a SID of the kind that the list has. */
static bool list_token_is_sid(exchange *self, const paging *page) {
    if (page->token && (strlen(page->token) != SID_LENGTH || strncmp(page->token, self->resource->prefix, 2) != 0)) {
        return errors_set(self, ERROR_PAGE_TOKEN);
    }
    return true;
}

/* --- messages --- */

/* The rank of the page's first row counted in the list's direction. Returns false after setting an error. */
static bool list_message_start(exchange *self, const paging *page, message_channel *channel, bool down,
                               int64_t *start) {
    int64_t count = message_count(channel);
    if (!page->token) {
        *start = page->page > count ? count : page->page * page->size;
        return true;
    }
    char *end = NULL;
    errno = 0;
    int64_t index = strtoll(page->token, &end, 10);
    if (errno || end == page->token || *end) {
        return errors_set(self, ERROR_TOKEN_NOT_INTEGER);
    }
    if (index < 0) {
        return errors_set(self, ERROR_TOKEN_NEGATIVE);
    }
    *start = down ? count - message_rank(channel, index < INT64_MAX ? index + 1 : index) : message_rank(channel, index);
    return true;
}

/* The token of the page that starts at a rank: its message's index. */
static void list_message_token(message_channel *channel, int64_t start, bool down, char *token, size_t size) {
    message_cursor cursor;
    message found;
    message_walk(&cursor, channel, down ? message_count(channel) - 1 - start : start, down);
    token[0] = '\0';
    if (message_next(&cursor, &found)) {
        snprintf(token, size, "%lld", (long long)found.index);
    }
    message_walk_end(&cursor);
}

static void list_message_page(exchange *self, const paging *page, message_channel *channel, int64_t start, bool down) {
    render_frame frame;
    message_cursor cursor;
    message row;
    char next[24] = "", previous[24] = "";
    int64_t count = message_count(channel);
    render_frame_make(&frame, self, channel);
    message_walk(&cursor, channel, down ? count - 1 - start : start, down);
    buffer_append(&self->answer, "{\"messages\":[", 13);
    for (int64_t at = 0; at < page->size && message_next(&cursor, &row); at++) {
        if (at) {
            buffer_byte(&self->answer, ',');
        }
        render_message(self, &frame, &row, true, at);
    }
    message_walk_end(&cursor);
    buffer_append(&self->answer, "],", 2);
    bool more = start < count - page->size;
    if (more) {
        list_message_token(channel, start + page->size, down, next, sizeof next);
    }
    if (page->page > 0 && start > 0) {
        list_message_token(channel, start > page->size ? start - page->size : 0, down, previous, sizeof previous);
    }
    paging_write(page, self, page->page > 0 && start > 0 ? previous : NULL, more ? next : NULL);
    buffer_byte(&self->answer, '}');
    render_frame_free(&frame);
}

static void list_messages(exchange *self, const paging *page) {
    const char *order = form_text(&self->query, "Order", "asc");
    bool down = strcmp(order, "desc") == 0;
    message_channel channel;
    int64_t start = 0;
    if (!down && strcmp(order, "asc") != 0) {
        errors_say(self, ERROR_PARAMETER, "Invalid parameter Order: %s", order);
        return;
    }
    if (!message_channel_load(&channel, &self->emulator->messages, self->scope_id)) {
        errors_not_found(self);
        return;
    }
    if (list_message_start(self, page, &channel, down, &start)) {
        list_message_page(self, page, &channel, start, down);
    }
    message_channel_free(&channel);
}

void list_answer(exchange *self) {
    paging page;
    buffer filters = {0};
    if (paging_read(&page, self)) {
        if (self->resource == &resource_messages) {
            list_messages(self, &page);
        } else if (list_token_is_sid(self, &page) && list_filters(self, &filters)) {
            list_page(self, &page, &filters);
        }
    }
    self->status = self->status ? self->status : 200;
    buffer_free(&filters);
    paging_free(&page);
}

/* --- single resources --- */

static void list_show_message(exchange *self, const char *sid, int status) {
    message_channel channel;
    message_cursor cursor;
    message found;
    if (!message_channel_load(&channel, &self->emulator->messages, self->scope_id)) {
        errors_not_found(self);
        return;
    }
    if (message_find(&cursor, &channel, sid, &found)) {
        render_frame frame;
        render_frame_make(&frame, self, &channel);
        render_message(self, &frame, &found, false, 0);
        render_frame_free(&frame);
        self->status = status;
    } else {
        errors_not_found(self);
    }
    message_walk_end(&cursor);
    message_channel_free(&channel);
}

static sqlite3_stmt *list_select_one(exchange *self, const char *column, const char *value, size_t length) {
    buffer condition = {0};
    buffer none = {0};
    buffer_format(&condition, " AND %s = ?2", column);
    sqlite3_stmt *statement = list_select(self, &none, self->resource->columns, buffer_terminated(&condition));
    buffer_free(&condition);
    sqlite3_bind_text64(statement, 2, value, length, SQLITE_STATIC, SQLITE_UTF8);
    return statement;
}

/* The row that the path names, as a statement on it, or NULL. */
static sqlite3_stmt *list_instance(exchange *self, const char *key) {
    sqlite3_stmt *statement = list_select_one(self, self->resource->key, key, strlen(key));
    if (store_step(statement)) {
        return statement;
    }
    store_done(statement);
    if (self->resource->alias && (self->resource->alias_instance & self->version)) {
        statement = list_select_one(self, self->resource->alias, key, strlen(key));
        if (store_step(statement)) {
            return statement;
        }
        store_done(statement);
    }
    return NULL;
}

int64_t list_find(exchange *self, char *key) {
    sqlite3_stmt *row = list_instance(self, self->key);
    if (!row) {
        return -1;
    }
    int64_t id = sqlite3_column_int64(row, 0);
    if (key) {
        list_copy_key(key, row, 1);
    }
    store_done(row);
    return id;
}

void list_show(exchange *self, const char *key, int status) {
    if (self->resource == &resource_messages) {
        list_show_message(self, key, status);
        return;
    }
    sqlite3_stmt *row = list_instance(self, key);
    if (row) {
        render_row(self, self->resource, row, false, 0);
        self->status = status;
        store_done(row);
    } else {
        errors_not_found(self);
    }
}

void list_fetch(exchange *self) {
    list_show(self, self->key, 200);
}
