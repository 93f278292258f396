/* What the scenarios share: a stage with connections and channels, statements with expected results, the final look. */
#ifndef LEDGER_PLAY_H
#define LEDGER_PLAY_H

#include "journal.h"
#include "service.h"

typedef struct play {
    service *service;
    const char *name;
    char folder[64]; /* of the database file; "" for one in memory */
    char file[96];
    sqlite3 *db;       /* with the extension */
    sqlite3 *other;    /* an ordinary connection to the same file, or NULL */
    char channel[200]; /* "service_sid, channel_sid" of some channel, quoted */
    int wrong;
} play;

/* Begins a scenario: empty ledger, connections. file: a database file that both connections open. */
void play_begin(play *p, service *s, const char *name, bool file);

/* Runs SQL on a connection and complains unless it gives that code. */
void play_exec(play *p, sqlite3 *db, int expected, const char *sql);

/* Runs SQL that must be refused, with a message that holds the word (in any case of letters). */
void play_refused(play *p, sqlite3 *db, const char *word, const char *sql);

/* INSERT INTO messages of that body into the channel, with an expected code. */
void play_message(play *p, int expected, const char *body);

/* How many rows of chat_writes must be in each state now; the ledger must say the same. */
void play_expect(play *p, int pending, int sent, int failed, int unknown, int rolled_back);

/* How many writes must be in the ledger now. */
void play_expect_ledger(play *p, int count);

/* Complains if not. */
void play_check(play *p, bool right, const char *what);

/* Ends it: the result is told. */
void play_end(play *p);

#endif
