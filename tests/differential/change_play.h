/* A transaction that is being played on both sides, for changes.h: what is known of it, and how its SQL is run. */
#ifndef DIFFERENTIAL_CHANGE_PLAY_H
#define DIFFERENTIAL_CHANGE_PLAY_H

#include "beside.h"
#include "change_statement.h"
#include "changes.h"

typedef struct change_play {
    changes *c;
    random_state random;
    uint64_t number;
    sqlite3_str *log;
    change_rows rows[2];
    int kinds;      /* of rows: 1 or 2 */
    int savepoints; /* open */
    int tags;
    int wrong;
    bool failed; /* a statement has failed: the rest is not compared */
    changes_result *result;
    beside open;           /* change_beside.h */
    sqlite3_stmt *reading; /* one that reads a chat table, ... */
    sqlite3_stmt *explain; /* ... and an EXPLAIN of one that writes; both beside what is in `open` */
} change_play;

/* Whether the extension may refuse a statement, or a COMMIT, and how: nothing of it is there then. */
typedef enum {
    PLAY_IS_DONE,
    PLAY_MAY_READ_WHAT_IS_NO_MORE, /* it may set what it reads, and what an earlier statement has changed */
    PLAY_WOULD_END_LATE,           /* it is refused outside of a transaction, beside an EXPLAIN of one that writes */
    PLAY_IN_PROGRESS,              /* SQLite itself refuses a COMMIT beside that */
} play_expectation;

void play_complain(change_play *p, const char *format, ...);

/* On the model; that fails only if this program is wrong. Takes the text over. */
answer play_model(change_play *p, char *sql);
void play_model_run(change_play *p, char *sql);
sqlite3_int64 play_model_number(change_play *p, char *sql);

/* On the extension's side. Whether it was done; what is not as expected is complained about. */
bool play_subject_as(change_play *p, const char *sql, play_expectation expected);
bool play_subject(change_play *p, const char *sql);

/* The same on both sides. */
void play_both(change_play *p, const char *sql);

/* A text that no other statement has. */
void play_tag(change_play *p, char *tag, size_t size);

#endif
