/* What chat_writes shows, and whether it is the truth: compared with the ledger of the emulator. */
#ifndef LEDGER_JOURNAL_H
#define LEDGER_JOURNAL_H

#include <jansson.h>
#include <sqlite3.h>
#include <stdbool.h>

typedef enum { JOURNAL_PENDING, JOURNAL_SENT, JOURNAL_FAILED, JOURNAL_UNKNOWN, JOURNAL_ROLLED_BACK } journal_state;

/* One row of chat_writes. */
typedef struct journal_row {
    sqlite3_int64 seq;
    journal_state state;
    char *operation, *method, *path, *sid, *error; /* owned; "" for NULL */
    char *body;                                    /* owned; NULL: of a DELETE, or no longer kept */
    int status;
    int place; /* in the ledger, or -1 */
} journal_row;

typedef struct journal {
    journal_row *rows;
    int count;
} journal;

/* Adds all rows of chat_writes, in order of seq, of which seq > after. False, with the reason printed, on a problem. */
bool journal_read(journal *j, sqlite3 *db, sqlite3_int64 after);
void journal_free(journal *j);

/*
** Finds each row in the ledger, and prints a line ("# ...") for all that is not as it should be: what is sent is there
** exactly once, what is unknown at most once, all else never, and nothing else is there; calls of one parent, and calls
** of which one is about what the other is in, were applied in the order in which they were queued. A pending row is
** wrong too. Returns the number of those lines.
*/
int journal_compare(journal *j, const json_t *ledger);

/* The same without the order: for rows of several connections. */
int journal_place_all(journal *j, const json_t *ledger);

/* Moves the rows of one journal behind those of another. */
void journal_join(journal *j, journal *added);

/* "sent", "failed" ... */
const char *journal_state_text(journal_state state);

/* How many rows are in a state. */
int journal_count(const journal *j, journal_state state);

#endif
