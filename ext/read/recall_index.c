/* An index over rows that have been read; see recall_index.h. */
#include "read/recall_index.h"

#include <stdlib.h>

recall_index *recall_index_new(size_t column, size_t count) {
    recall_index *made = sqlite3_malloc64(sizeof *made + count * sizeof made->marks[0]);
    if (made) {
        *made = (recall_index){.references = 1, .column = column, .count = count};
    }
    return made;
}

static int recall_index_compare(const void *one, const void *other) {
    const recall_mark *left = one, *right = other;
    int order = (left->mark > right->mark) - (left->mark < right->mark);
    return order ? order : (left->row > right->row) - (left->row < right->row);
}

void recall_index_sort(recall_index *index) {
    qsort(index->marks, index->count, sizeof index->marks[0], recall_index_compare);
}

recall_index *recall_index_retain(recall_index *index) {
    index->references++;
    return index;
}

void recall_index_release(recall_index *index) {
    if (index && --index->references == 0) {
        sqlite3_free(index);
    }
}

/* The first mark that is not below that one. */
static size_t recall_index_first(const recall_index *index, uint64_t mark) {
    size_t low = 0, high = index->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (index->marks[middle].mark < mark) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void recall_index_run(const recall_index *index, alike_mark mark, recall_rows *rows, size_t run) {
    rows->next[run] = recall_index_first(index, mark);
    rows->end[run] = recall_index_first(index, (uint64_t)mark + 1);
}

recall_rows recall_index_find(const recall_index *index, const alike_wanted *wanted) {
    recall_rows rows = {{0}, {0}};
    recall_index_run(index, ALIKE_ALWAYS, &rows, 0);
    if (wanted->odd) {
        recall_index_run(index, ALIKE_ODD, &rows, 1);
    }
    if (wanted->marked) {
        recall_index_run(index, wanted->mark, &rows, 2);
    }
    return rows;
}

size_t recall_index_rows(const recall_rows *rows) {
    size_t count = 0;
    for (size_t run = 0; run < RECALL_RUNS; run++) {
        count += rows->end[run] - rows->next[run];
    }
    return count;
}

size_t recall_index_next(const recall_index *index, recall_rows *rows) {
    size_t best = RECALL_RUNS, lowest = index->count;
    for (size_t run = 0; run < RECALL_RUNS; run++) {
        size_t at = rows->next[run];
        if (at < rows->end[run] && index->marks[at].row < lowest) {
            lowest = index->marks[at].row;
            best = run;
        }
    }
    if (best < RECALL_RUNS) {
        rows->next[best]++;
    }
    return lowest;
}
