/*
** The parts of a SELECT and their assembly: the shapes in query.c fill them in, this writes the text and works out
** what its ORDER BY and LIMIT promise.
*/
#ifndef DIFFERENTIAL_SELECT_H
#define DIFFERENTIAL_SELECT_H

#include "query.h"

enum { SELECT_MAX_ITEMS = 10 };

typedef struct select_parts {
    scope tables;
    char *from;                     /* "FROM ..." */
    char *where;                    /* the condition, or NULL */
    char *items[SELECT_MAX_ITEMS];  /* expressions of the result, owned (sqlite3_free) */
    bool is_text[SELECT_MAX_ITEMS]; /* a text column: may be ordered without regard to case */
    int item_count;
    char *group; /* "GROUP BY ... HAVING ...", or NULL */
    bool distinct;
    bool keys_only; /* rows have no identity beyond their result: ORDER BY can only name results */
} select_parts;

/* Adds what was written since generator_piece_begin gave `saved` as a result expression. */
void select_add_item(generator *g, select_parts *p, sqlite3_str *saved, bool is_text);

/* Adds 1 to 6 results: mostly plain columns of the tables in scope, also expressions on them unless plain is set. */
void select_add_items(generator *g, select_parts *p, bool plain);

/* Writes a condition for the tables in scope into p->where, keeping the number of requests small. */
void select_add_where(generator *g, select_parts *p);

/* Writes "SELECT ... FROM ... WHERE ... GROUP BY ..." without order. */
void select_write(generator *g, const select_parts *p);

/* Writes an ORDER BY (or none) and a LIMIT (or none), and notes in q what they promise. */
void select_write_order(generator *g, const select_parts *p, query *q);

/* Writes nothing, ASC or DESC, and nothing, NULLS FIRST or NULLS LAST. */
void select_write_direction(generator *g);

/* Frees the parts. */
void select_clear(select_parts *p);

#endif
