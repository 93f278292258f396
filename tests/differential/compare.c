/* Comparing answers: each row becomes a string of bytes that is equal only for equal rows. See compare.h. */
#include "compare.h"

#include "memory.h"

#include <stdlib.h>
#include <string.h>

typedef struct compare_row {
    char *bytes;
    size_t length;
    size_t number; /* in the answer, from 0 */
} compare_row;

typedef struct compare_rows {
    compare_row *rows;
    size_t count;
    const answer *answer;
} compare_rows;

static int compare_bytes(const void *left, const void *right) {
    const compare_row *a = left;
    const compare_row *b = right;
    size_t shorter = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->bytes, b->bytes, shorter);
    if (order != 0) {
        return order;
    }
    return a->length < b->length ? -1 : a->length > b->length;
}

static compare_row compare_finish(sqlite3_str *text, size_t number) {
    compare_row row = {.length = (size_t)sqlite3_str_length(text), .number = number};
    row.bytes = sqlite3_str_finish(text);
    if (row.bytes == NULL) {
        row.bytes = sqlite3_mprintf("");
    }
    return row;
}

/* All columns of a row. */
static compare_row compare_whole(const query *q, const answer *a, size_t number) {
    sqlite3_str *text = sqlite3_str_new(NULL);
    (void)q;
    for (int i = 0; i < a->column_count; i++) {
        value_append_key(text, answer_cell(a, number, i));
    }
    return compare_finish(text, number);
}

static void compare_fold(char *bytes, int length) {
    for (int i = 0; i < length; i++) {
        if (bytes[i] >= 'A' && bytes[i] <= 'Z') {
            bytes[i] = (char)(bytes[i] - 'A' + 'a');
        }
    }
}

/* The sort keys of a row. NOCASE, like everything that ignores case in SQLite, ends a text at its first NUL. */
static compare_row compare_keys(const query *q, const answer *a, size_t number) {
    sqlite3_str *text = sqlite3_str_new(NULL);
    for (int i = 0; i < q->key_count; i++) {
        value key = value_copy(answer_cell(a, number, q->keys[i]));
        if (q->folded[i] && key.type == SQLITE_TEXT) {
            key.length = strlen(key.bytes);
            compare_fold(key.bytes, (int)key.length);
        }
        value_append_key(text, &key);
        value_clear(&key);
    }
    return compare_finish(text, number);
}

static compare_rows compare_prepare(const query *q, const answer *a,
                                    compare_row (*row)(const query *, const answer *, size_t), bool sorted) {
    compare_rows list = {.count = a->row_count, .answer = a};
    list.rows = memory_zeroed(a->row_count, sizeof(compare_row));
    for (size_t i = 0; i < a->row_count; i++) {
        list.rows[i] = row(q, a, i);
    }
    if (sorted && list.count > 1) {
        qsort(list.rows, list.count, sizeof(compare_row), compare_bytes);
    }
    return list;
}

static void compare_release(compare_rows *list) {
    for (size_t i = 0; i < list->count; i++) {
        sqlite3_free(list->rows[i].bytes);
    }
    free(list->rows);
}

/* Row `at` of the list, readable, cut to a line's length. */
static char *compare_show(const compare_rows *list, size_t at) {
    if (at >= list->count) {
        return sqlite3_mprintf("(no row)");
    }
    sqlite3_str *text = sqlite3_str_new(NULL);
    for (int i = 0; i < list->answer->column_count; i++) {
        sqlite3_str_appendall(text, i == 0 ? "" : " | ");
        value_append_literal(text, answer_cell(list->answer, list->rows[at].number, i));
        if (sqlite3_str_length(text) > 600) {
            break;
        }
    }
    char *shown = sqlite3_str_finish(text);
    return sqlite3_mprintf("row %lld: %.600z", (sqlite3_int64)list->rows[at].number + 1, shown);
}

/* NULL if both lists are equal, place by place; else a description of the first place where they are not. */
static char *compare_lists(const compare_rows *expected, const compare_rows *actual, const char *what) {
    size_t most = expected->count > actual->count ? expected->count : actual->count;
    for (size_t i = 0; i < most; i++) {
        bool both = i < expected->count && i < actual->count;
        if (both && compare_bytes(&expected->rows[i], &actual->rows[i]) == 0) {
            continue;
        }
        return sqlite3_mprintf("%s differ (%lld expected, %lld came)\n#   expected %z\n#   came     %z", what,
                               (sqlite3_int64)expected->count, (sqlite3_int64)actual->count, compare_show(expected, i),
                               compare_show(actual, i));
    }
    return NULL;
}

/* NULL if every row of part is also (as often) in whole; both sorted. */
static char *compare_subset(const compare_rows *whole, const compare_rows *part) {
    size_t at = 0;
    for (size_t i = 0; i < part->count; i++) {
        while (at < whole->count && compare_bytes(&whole->rows[at], &part->rows[i]) < 0) {
            at++;
        }
        if (at == whole->count || compare_bytes(&whole->rows[at], &part->rows[i]) != 0) {
            return sqlite3_mprintf("a row is not among those without LIMIT\n#   came     %z", compare_show(part, i));
        }
        at++;
    }
    return NULL;
}

static char *compare_by(const query *q, const answer *expected, const answer *actual,
                        compare_row (*row)(const query *, const answer *, size_t), bool sorted, const char *what) {
    compare_rows left = compare_prepare(q, expected, row, sorted);
    compare_rows right = compare_prepare(q, actual, row, sorted);
    char *difference = compare_lists(&left, &right, what);
    compare_release(&left);
    compare_release(&right);
    return difference;
}

static char *compare_limited(const query *q, const answer *unlimited, const answer *actual) {
    compare_rows whole = compare_prepare(q, unlimited, compare_whole, true);
    compare_rows part = compare_prepare(q, actual, compare_whole, true);
    char *difference = compare_subset(&whole, &part);
    compare_release(&whole);
    compare_release(&part);
    return difference;
}

bool compare_needs_unlimited(const query *q) {
    return q->unlimited != 0 && !q->total;
}

char *compare_answers(const query *q, const answer *expected, const answer *actual, const answer *unlimited) {
    if (expected->error != NULL || actual->error != NULL) {
        bool both = expected->error != NULL && actual->error != NULL;
        return both ? NULL
                    : sqlite3_mprintf("expected %s\n#   came     %s", expected->error ? expected->error : "rows",
                                      actual->error ? actual->error : "rows");
    }
    if (expected->column_count != actual->column_count) {
        return sqlite3_mprintf("%d columns, expected %d", actual->column_count, expected->column_count);
    }
    if (q->total) {
        return compare_by(q, expected, actual, compare_whole, false, "ordered rows");
    }
    char *difference = compare_by(q, expected, actual, compare_keys, false, "sort keys");
    if (difference != NULL) {
        return difference;
    }
    if (unlimited != NULL) {
        return compare_limited(q, unlimited, actual);
    }
    return compare_by(q, expected, actual, compare_whole, true, "rows");
}
