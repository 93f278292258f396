/* Answers of GET: see list.h. Messages go their own way, see list_messages. */
#include "list.h"

#include "clock.h"
#include "errors.h"
#include "paging.h"
#include "receipts.h"
#include "render.h"
#include "resource.h"
#include "validate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- rows of the store --- */

enum { LIST_FIRST_FILTER = 5 }; /* parameters: ?1 scope, ?2 token, ?3 limit, ?4 offset, then filter values */

/* Whether a field of the query is a value of the filter; taken: how many were before it. */
static bool list_takes(const exchange *self, const resource_filter *filter, const form_field *field, int taken) {
    return (filter->versions & self->version) && strcmp(field->name, filter->parameter) == 0 &&
           (filter->kind == FILTER_ANY || taken == 0);
}

/* Values are told apart by case on Chat only. */
static bool list_accepts(exchange *self, const resource_filter *filter, const form_field *field) {
    int64_t seconds;
    bool dated = filter->kind == FILTER_SINCE || filter->kind == FILTER_UNTIL;
    bool good = dated               ? clock_parse(field->value, &seconds)
                : !filter->accepted ? true
                                    : validate_choice(filter->accepted, field->value) ||
                                          (self->version & API_CONVERSATIONS &&
                                           validate_choice_anyhow(filter->accepted, field->value) != NULL);
    return good || errors_say(self, filter->error, "Invalid parameter %s: %s", field->name, field->value);
}

/* Appends the condition of one filter. Returns false after setting an error. */
static bool list_filter(exchange *self, const resource_filter *filter, buffer *sql, int *parameter) {
    static const char *const begins[] = {[FILTER_ANY] = " AND %s IN (",
                                         [FILTER_ONE] = " AND %s IN (",
                                         [FILTER_SINCE] = " AND %s >= (",
                                         [FILTER_UNTIL] = " AND %s <= ("};
    int values = 0;
    for (size_t at = 0; at < self->query.count; at++) {
        const form_field *field = &self->query.fields[at];
        if (list_takes(self, filter, field, values)) {
            if (!list_accepts(self, filter, field)) {
                return false;
            }
            if (values++) {
                buffer_byte(sql, ',');
            } else {
                buffer_format(sql, begins[filter->kind], filter->column);
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

static void list_bind_filter(sqlite3_stmt *statement, int parameter, const resource_filter *filter,
                             const form_field *field) {
    int64_t seconds = 0;
    if (filter->kind == FILTER_SINCE || filter->kind == FILTER_UNTIL) {
        clock_parse(field->value, &seconds);
        sqlite3_bind_int64(statement, parameter, seconds);
        return;
    }
    const char *usual =
        filter->kind == FILTER_ONE && filter->accepted ? validate_choice_anyhow(filter->accepted, field->value) : NULL;
    size_t length = usual ? strcspn(usual, ",") : field->length;
    sqlite3_bind_text64(statement, parameter, usual ? usual : field->value, length, SQLITE_STATIC, SQLITE_UTF8);
}

/* Binds the filters' values in the order list_filters numbered them. */
static void list_bind_filters(const exchange *self, sqlite3_stmt *statement) {
    int parameter = LIST_FIRST_FILTER;
    for (int at = 0; at < RESOURCE_FILTERS && self->resource->filters[at].parameter; at++) {
        const resource_filter *filter = &self->resource->filters[at];
        int taken = 0;
        for (size_t field = 0; field < self->query.count; field++) {
            if (list_takes(self, filter, &self->query.fields[field], taken)) {
                list_bind_filter(statement, parameter++, filter, &self->query.fields[field]);
                taken++;
            }
        }
    }
}

static sqlite3_stmt *list_select(exchange *self, const buffer *filters, const char *columns, const char *order) {
    buffer sql = {0};
    const resource *what = self->resource;
    buffer_format(&sql, "SELECT %s FROM %s WHERE %s", columns, what->from, what->where);
    buffer_append(&sql, filters->data, filters->length);
    buffer_text(&sql, order);
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

/* The order of this request's rows: by the key, unless the resource or a date in the query says otherwise. */
static resource_order list_order(const exchange *self) {
    resource_order order = self->resource->order;
    for (int at = 0; at < RESOURCE_FILTERS && self->resource->filters[at].parameter; at++) {
        const resource_filter *filter = &self->resource->filters[at];
        bool dated = filter->kind == FILTER_SINCE || filter->kind == FILTER_UNTIL;
        if (dated && form_find(&self->query, filter->parameter)) {
            order = self->resource->order_dated;
        }
    }
    order.by = order.by ? order.by : self->resource->key;
    return order;
}

/* A token as a column: what stands before the text that sorts, and that. */
static void list_token_column(buffer *sql, const resource_order *order) {
    if (order->before) {
        buffer_format(sql, "%s || '_' || ", order->before);
    }
    buffer_text(sql, order->by);
}

/* The part of a token that sorts. */
static const char *list_token_place(const resource_order *order, const char *token) {
    return order->before ? strchr(token, '_') + 1 : token;
}

enum { LIST_TOKEN = 160 };

static void list_copy_token(char *out, sqlite3_stmt *statement, int column) {
    snprintf(out, LIST_TOKEN, "%s", (const char *)sqlite3_column_text(statement, column));
}

/* The token of the page before a token's. */
static bool list_previous(exchange *self, const paging *page, const buffer *filters, char *previous) {
    if (!page->token || page->page == 0) {
        previous[0] = '\0';
        return page->page > 0;
    }
    resource_order order = list_order(self);
    buffer column = {0}, condition = {0};
    list_token_column(&column, &order);
    buffer_format(&condition, " AND %s %s ?2 ORDER BY %s %s LIMIT ?3", order.by, order.down ? ">" : "<", order.by,
                  order.down ? "" : "DESC");
    sqlite3_stmt *statement = list_select(self, filters, buffer_terminated(&column), buffer_terminated(&condition));
    buffer_free(&column);
    buffer_free(&condition);
    sqlite3_bind_text(statement, 2, list_token_place(&order, page->token), -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, page->size);
    bool found = false;
    while (store_step(statement)) {
        list_copy_token(previous, statement, 0);
        found = true;
    }
    store_done(statement);
    return found;
}

/* The statement of a page and one row more; its last column is the row's token. */
static sqlite3_stmt *list_select_page(exchange *self, const paging *page, const buffer *filters) {
    resource_order order = list_order(self);
    buffer columns = {0}, condition = {0};
    buffer_format(&columns, "%s, ", self->resource->columns);
    list_token_column(&columns, &order);
    if (page->token) {
        buffer_format(&condition, " AND %s %s ?2", order.by, order.down ? "<=" : ">=");
    }
    buffer_format(&condition, " ORDER BY %s %s LIMIT ?3 OFFSET ?4", order.by, order.down ? "DESC" : "");
    sqlite3_stmt *statement = list_select(self, filters, buffer_terminated(&columns), buffer_terminated(&condition));
    buffer_free(&columns);
    buffer_free(&condition);
    if (page->token) {
        sqlite3_bind_text(statement, 2, list_token_place(&order, page->token), -1, SQLITE_STATIC);
    }
    bool far = page->page > INT64_MAX / 1000;
    sqlite3_bind_int64(statement, 3, far ? 0 : page->size + 1);
    sqlite3_bind_int64(statement, 4, page->token || far ? 0 : page->page * page->size);
    return statement;
}

static void list_page(exchange *self, const paging *page, const buffer *filters) {
    char next[LIST_TOKEN] = "", previous[LIST_TOKEN] = "";
    bool has_previous = list_previous(self, page, filters, previous), more = false;
    sqlite3_stmt *statement = list_select_page(self, page, filters);
    buffer_format(&self->answer, "{\"%s\":[", self->resource->list_key);
    for (int64_t row = 0; store_step(statement); row++) {
        if (row == page->size) {
            list_copy_token(next, statement, sqlite3_column_count(statement) - 1);
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

/* A token is a SID of the kind that the list has, or has what its order asks for. */
static bool list_token_is_good(exchange *self, const paging *page) {
    resource_order order = list_order(self);
    const char *token = page->token ? page->token : "";
    size_t length = strlen(token);
    bool good = order.before               ? strchr(token, '_') != strrchr(token, '_')
                : self->resource->order.by ? length == 2 * SID_LENGTH
                                           : length == SID_LENGTH && strncmp(token, self->resource->prefix, 2) == 0;
    return !page->token || good || errors_set(self, ERROR_PAGE_TOKEN);
}

/* What a list asks for beyond single filters. */
static bool list_query_is_good(exchange *self) {
    int64_t since, until;
    const char *from = form_text(&self->query, "StartDate", NULL), *to = form_text(&self->query, "EndDate", NULL);
    if (self->resource == &conversations_conversations && from && to && clock_parse(from, &since) &&
        clock_parse(to, &until) && since >= until) {
        return errors_set(self, ERROR_DATES);
    }
    if (self->resource == &conversations_participant_conversations &&
        !form_find(&self->query, "Identity") == !form_find(&self->query, "Address")) {
        return errors_set(self, ERROR_IDENTITY_AND_ADDRESS);
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
    bool any_case = (self->version & API_CONVERSATIONS) != 0;
    bool down = (any_case ? strcasecmp(order, "desc") : strcmp(order, "desc")) == 0;
    message_channel channel;
    int64_t start = 0;
    if (!down && (any_case ? strcasecmp(order, "asc") : strcmp(order, "asc")) != 0) {
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
        if (resource_kind(self->resource) == &resource_messages) {
            list_messages(self, &page);
        } else if (!list_token_is_good(self, &page)) {
            /* answered */
        } else if (self->resource == &conversations_receipts) {
            receipts_list(self, &page);
        } else if (list_query_is_good(self) && list_filters(self, &filters)) {
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
    if (resource_kind(self->resource) == &resource_messages) {
        list_show_message(self, key, status);
        return;
    }
    if (self->resource == &conversations_receipts) {
        receipts_fetch(self);
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
