/*
** A list of messages that a fake client has, and scans of it as scan.c makes them: walks, and lists that are recalled. Definitions,
** as in fake_client.h: one file of a program includes them.
*/
#ifndef CHAT_TEST_RECALLED_H
#define CHAT_TEST_RECALLED_H

#include "catalog/generations.h"
#include "unit/reading_world.h"

#include "read/recall.h"
#include "unit/evaluate.h"
#include "unit/named.h"

#define CHANNEL_SID "CH00000000000000000000000000000001"
#define SERVICE_SID "IS00000000000000000000000000000001"

enum { PAGE_ROWS = 5 };

static int row_count, body_length; /* of what the server has */
static bool disordered;            /* two rows have each other's "index" */

static int index_of(int row) {
    return disordered && (row == 3 || row == 4) ? 7 - row : row;
}

/* What a row has in "from": texts in turn, one that is a number and NULL. */
static void from_of(int row, char text[20]) {
    if (row % 7 == 6) {
        snprintf(text, 20, "null");
    } else {
        snprintf(text, 20, row % 7 == 5 ? "\"%d.0\"" : "\"u%d\"", row % 7);
    }
}

/* A page of messages, by number. */
static void serve(const client_request *asked, client_answer *answer) {
    const char *number = strstr(asked->path, "&Page=");
    int page_number = number ? atoi(number + 6) : 0, first = page_number * PAGE_ROWS;
    faulty_memory_restrict(0); /* that the answer comes is not what is tried */
    sqlite3_str *body = sqlite3_str_new(NULL);
    sqlite3_str_appendall(body, "{\"messages\":[");
    for (int row = first; row < first + PAGE_ROWS && row < row_count; row++) {
        char from[20];
        from_of(row, from);
        sqlite3_str_appendf(body, "%s{\"sid\":\"IM%032d\",\"index\":%d,\"from\":%s,\"body\":\"%0*d\"}",
                            row > first ? "," : "", row, index_of(row), from, body_length, row);
    }
    bool more = first + PAGE_ROWS < row_count;
    sqlite3_str_appendf(body, "],\"meta\":{\"next_page_url\":%s", more ? "\"https://chat.twilio.com" : "null");
    if (more) {
        sqlite3_str_appendf(
            body, "/v1/Services/" SERVICE_SID "/Channels/" CHANNEL_SID "/Messages?PageSize=5&Page=%d&PageToken=x%d\"",
            page_number + 1, page_number + 1);
    }
    sqlite3_str_appendall(body, "}}");
    char *text = sqlite3_str_finish(body);
    set_body(answer, text);
    faulty_memory_restrict(0);
    sqlite3_free(text);
    faulty_memory_restrict(FAULTY_ALL);
}

static int begin(void **state) {
    (void)state;
    seen[0] = 0;
    row_count = 23;
    body_length = 8;
    disordered = false;
    if (reading_world_begin(serve) != 0) {
        return 1;
    }
    reading_need(shared, named_resource("messages"), UINT64_MAX);
    return 0;
}

static inline int requests(void) {
    int count = 0;
    for (const char *at = seen; (at = strchr(at, '+')) != NULL; at++) {
        count++;
    }
    return count;
}

static void make_way(walk_plan *way, const char *query, error *problem) {
    memset(way, 0, sizeof *way);
    way->resource = named_resource("messages");
    way->version = CATALOG_V1;
    way->given[0] = way->given[1] = true;
    text_list_add(&way->parents[0], SERVICE_SID, problem);
    text_list_add(&way->parents[1], CHANNEL_SID, problem);
    way->query = sqlite3_mprintf("%s", query);
    way->wanted = -1;
    if (!way->query) {
        error_no_memory(problem);
    }
}

/* A scan as scan.c makes it: of a walk, or of a recalled list. */
typedef struct reading_one {
    walk *rows;
    recall_reader recalled;
} reading_one;

static void open_one(look *view, reading_one *one, const char *query, const recall_equal *equal, error *problem) {
    walk_plan way;
    memset(one, 0, sizeof *one);
    make_way(&way, query, problem);
    uint64_t number;
    recall *list = recall_find(view, &way, &number, problem);
    if (list) {
        recall_begin(&one->recalled, list, equal, equal ? 1 : 0, NULL, problem);
    } else {
        one->rows = walk_open(view, &way, problem);
    }
    walk_plan_clear(&way);
}

static void close_one(reading_one *one) {
    recall_end(&one->recalled);
    walk_close(one->rows);
}

/* The row's "index"; -1: there is none any more, or a problem. */
static int next_row(look *view, reading_one *one, error *problem) {
    step_result result = STEP_BUSY;
    while (!error_is_set(problem) && result == STEP_BUSY) {
        walk *alone = NULL;
        result = one->recalled.list ? recall_step(&one->recalled, &alone, problem) : walk_step(one->rows, problem);
        if (alone) {
            recall_end(&one->recalled);
            one->rows = alone;
        }
        if (result == STEP_BUSY) {
            look_wait(view, problem);
        }
    }
    if (result != STEP_ROW || error_is_set(problem)) {
        return -1;
    }
    const feed *at = one->recalled.list ? recall_feed(&one->recalled) : walk_feed(one->rows);
    int column = catalog_column_index(named_resource("messages"), "index");
    return (int)page_at(feed_page(at), feed_row(at), (size_t)column)->value.integer;
}

/* Goes on until there is no row, which are those from `row` on; returns how many. */
static int read_from(look *view, reading_one *one, int row, error *problem) {
    int count = 0, found;
    while ((found = next_row(view, one, problem)) >= 0) {
        assert_int_equal(found, row + count);
        count++;
    }
    return count;
}

static int read_all(look *view, const char *query, error *problem) {
    reading_one one;
    open_one(view, &one, query, NULL, problem);
    int count = error_is_set(problem) ? -1 : read_from(view, &one, 0, problem);
    close_one(&one);
    return count;
}

static const char query[] = "PageSize=5";

/* What else a row that has come is to be, by its number. */
typedef void row_check(const reading_one *one, int row);

/* Which rows come for a value of "from", as bits: in the list's order, and each as `check` (may be NULL) wants it. */
static uint64_t rows_for(look *view, const char *expression, row_check *check) {
    error problem = {0};
    reading_one one;
    uint64_t rows = 0;
    int row, last = -1;
    sqlite3_value *value = evaluate(db, expression);
    recall_equal equal = {(size_t)catalog_column_index(named_resource("messages"), "from"), value};
    open_one(view, &one, query, &equal, &problem);
    while ((row = next_row(view, &one, &problem)) >= 0) {
        assert_true(row > last);
        if (check) {
            check(&one, row);
        }
        last = row;
        rows |= UINT64_C(1) << row;
    }
    assert_false(error_is_set(&problem));
    close_one(&one);
    sqlite3_value_free(value);
    return rows;
}

/* The rows that have such a remainder by 7. */
static uint64_t every_seventh(int remainder) {
    uint64_t rows = 0;
    for (int row = remainder; row < row_count; row += 7) {
        rows |= UINT64_C(1) << row;
    }
    return rows;
}

#endif
