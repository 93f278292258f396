/*
** Which rows of a recalled list may have a value in a column: an index over those that have been read, made once and never
** changed, so that a scan that goes by it may go on while another scan has a longer one made.
*/
#ifndef CHAT_RECALL_INDEX_H
#define CHAT_RECALL_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "read/alike.h"

/* A row (by its number in the list) and the mark of what it has in the column. */
typedef struct recall_mark {
    alike_mark mark;
    uint32_t row;
} recall_mark;

typedef struct recall_index {
    int references; /* recall_index_release frees it with the last one */
    size_t column;
    size_t count; /* rows 0 to count - 1 are in it */
    recall_mark marks[];
} recall_index;

/* A new one, whose `count` marks are still to be written; sorted by recall_index_sort then. NULL: out of memory. */
recall_index *recall_index_new(size_t column, size_t count);
void recall_index_sort(recall_index *index);

recall_index *recall_index_retain(recall_index *index);

/* Accepts NULL. */
void recall_index_release(recall_index *index);

/* Rows of the index, in the order of the list: up to three runs of marks side by side. */
enum { RECALL_RUNS = 3 };
typedef struct recall_rows {
    size_t next[RECALL_RUNS], end[RECALL_RUNS];
} recall_rows;

/* The rows that may have what is wanted, which is not everything. */
recall_rows recall_index_find(const recall_index *index, const alike_wanted *wanted);

/* How many those are. */
size_t recall_index_rows(const recall_rows *rows);

/* The next of them; index->count: there is none left. */
size_t recall_index_next(const recall_index *index, recall_rows *rows);

#endif
