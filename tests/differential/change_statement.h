/* Random UPDATEs for changes.h: which columns can be set, and the SQL. */
#ifndef DIFFERENTIAL_CHANGE_STATEMENT_H
#define DIFFERENTIAL_CHANGE_STATEMENT_H

#include "random.h"
#include "sample.h"

enum { CHANGE_MAX_ROWS = 4, CHANGE_MAX_SET = 2 };

/* A column that an update can set. */
typedef struct change_column {
    const char *table, *name;
    const char *parameter; /* as the form body calls it */
    unsigned versions;
    enum {
        CHANGE_TEXT,
        CHANGE_JSON,
        CHANGE_PERMISSIONS,
        CHANGE_BOOLEAN,
        CHANGE_NUMBER,
        CHANGE_NULLABLE,
        CHANGE_ROLE,
        CHANGE_TIME,
        CHANGE_STATE,
        CHANGE_LEVEL
    } kind;
    bool touched; /* the server sets it too when something else is updated */
} change_column;

/* All of them; count is set. Static storage. */
const change_column *change_columns(int *count);

/* The rows that the statements of a transaction are about: of one table and one service, so that the same come again. */
typedef struct change_rows {
    const sample_table *table;
    int rows[CHANGE_MAX_ROWS];
    int count;
} change_rows;

typedef struct change_statement {
    char *prepare; /* fills the local table "edits"; to be run before, on both sides; sqlite3_free */
    char *sql;     /* sqlite3_free */
    const table *table;
    const change_column *set[CHANGE_MAX_SET];
    int set_count;
    bool from; /* UPDATE ... FROM */
} change_statement;

/* The local table that statements take values from. */
extern const char change_edits[];

/* Chooses a table that can be updated in that version, and rows of it. */
void change_choose_rows(change_rows *chosen, const sample *s, random_state *random);

/* What statements may have. */
enum {
    CHANGE_FROM = 1, /* UPDATE ... FROM */
    CHANGE_OWN = 2,  /* the extension's own tables */
};

/* Makes a statement over some of the rows. reference: holds the values that the rows had when the transaction began. tag: a text
** that no other statement has. parts: mask of CHANGE_... */
void change_make(change_statement *made, const change_rows *rows, const sample *s, sqlite3 *reference,
                 random_state *random, const char *tag, unsigned parts);

void change_free(change_statement *made);

#endif
