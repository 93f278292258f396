/*
** Random transactions, of UPDATEs most of all, over the chat tables (Chat's, Conversations' own, and Chat's names on
** Conversations) and over ordinary tables: is the server afterwards as the model, and was each row that really changed sent, and
** nothing else?
**
** What a transaction has queued is not seen by its own statements. So the model is two copies of the data: `main`, as it was
** when the transaction began, over which each statement is run (and then taken back), and `after`, which gets what the statement
** has given to the rows that it touched. A row counts as changed if a column that the statement sets then differs from
** `after`: each such row is one POST, with parameters of the columns that were set.
**
** Statements come as UPDATE, as UPDATE ... FROM local and chat tables with one or several matching rows, and with row
** values; several of one transaction take the same rows, and give back what was there first. Savepoints among them. They look
** into the extension's own tables, which they lengthen themselves (change_own.h); among them are also INSERT ... SELECT and DELETE
** by these (change_users.h); and other cursors are open meanwhile (change_beside.h).
*/
#ifndef DIFFERENTIAL_CHANGES_H
#define DIFFERENTIAL_CHANGES_H

#include "http.h"
#include "sample.h"

typedef struct changes {
    sqlite3 *subject;   /* with the extension, all services */
    sqlite3 *reference; /* the whole data set; the changes are made there too */
    http_client *client;
    sample sample; /* of the reference as it was at first: which rows there are */
    unsigned version;
    const char *label; /* part of each transaction's seed */
    uint64_t seed;
    bool no_from, no_again; /* leave out UPDATE ... FROM; only one statement in a transaction: for debugging */
    bool no_own, no_beside; /* the extension's own tables; what is open beside: likewise */
    uint64_t shown;         /* number of a transaction whose SQL is printed in any case; 0: none */
} changes;

typedef struct changes_result {
    int transactions, wrong, statements;
    int calls;             /* rows that changed */
    int refused;           /* statements that set and read what an earlier one has changed */
    int unchanged;         /* rows that statements touched without changing them */
    int inserted, deleted; /* users */
    int local;             /* statements over the extension's own tables that write to a local one */
    int beside;            /* times that something was open beside */
} changes_result;

/* Prepares both databases. False, with the reason printed, on an error. */
bool changes_open(changes *c);

/* Plays transactions 1 to count, until a few have been wrong; what is wrong is printed with their SQL. */
changes_result changes_run(changes *c, int count);

/* Whether a full scan of the tables gives the model's values, in the columns that can be set. What differs is printed. */
bool changes_scan(changes *c);

/* Frees the sample. */
void changes_close(changes *c);

#endif
