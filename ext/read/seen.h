/*
** Which rows of a list have been seen, long before as well: a server whose pages go round, each at a new address, would
** keep a statement busy for ever. Kept are fingerprints, of so many rows that memory stays small; for longer lists anew after
** twice, four times, eight times as many (Brent's way), so that a circle of any length is met in the end. It tells that
** pages bring nothing new, never that a row is to be left out.
*/
#ifndef CHAT_SEEN_H
#define CHAT_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SEEN_ROWS_MAX = 32768 };

/* All zeros: none. */
typedef struct seen_rows {
    uint64_t *slots; /* owned; 0: free */
    size_t slot_count, count;
    int64_t rows, renew_at; /* rows that have come; when to begin anew, once it is full */
} seen_rows;

/* Notes a row by its key's hash. SQLITE_OK or SQLITE_NOMEM. *known: it is among those that are kept. */
int seen_note(seen_rows *target, uint64_t hash, bool *known);

/* The row of that hash will be noted soon: what memory has of it had better be at hand then. */
static inline void seen_expect(const seen_rows *source, uint64_t hash) {
#if defined __GNUC__
    if (source->slots) {
        __builtin_prefetch(&source->slots[(size_t)hash & (source->slot_count - 1)], 1);
    }
#else
    (void)source;
    (void)hash;
#endif
}

void seen_clear(seen_rows *target);

#endif
