/* The form body of a write: from a row's values to parameters, checked against the catalogue. */
#ifndef CHAT_WRITE_BODY_H
#define CHAT_WRITE_BODY_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"
#include "write/row.h"

enum { WRITE_BODY_MAX = 64 * 1024 * 1024 };

typedef struct write_body {
    buffer text;  /* the body */
    buffer shown; /* the same with "****" for what is never read back */
    int count;    /* parameters in it */
} write_body;

void write_body_init(write_body *body);
void write_body_clear(write_body *body);

/*
** Puts into body what `version` takes of the row on create, or on update: for create the values that are not NULL, for
** update those that have changed (with COLUMN_TOUCHED ones that were given, if any other has). Only parameters of that
** version's create or update mask.
*/
void write_body_fill(write_body *body, const write_row *row, unsigned version, bool create, error *problem);

/* Puts into body what the update of a part (catalog_parameter.part; NULL: of the row itself) takes that has changed. */
void write_body_fill_part(write_body *body, const write_row *row, unsigned version, const char *part, error *problem);

/* Puts one column that is not NULL into body, as that version's update takes it, changed or not. */
void write_body_add(write_body *body, const write_row *row, size_t column, unsigned version, error *problem);

/* Is it known that the UPDATE leaves the column alone? */
bool write_body_is_left(const write_row *row, size_t column);

/* Has the UPDATE given the column another value than the row had? */
bool write_body_is_changed(const write_row *row, size_t column);

/*
** ... than the row will have, as far as that is known: another call of the transaction may have given it one, by another version,
** that the one in force cannot undo. Problem: SQLITE_NOMEM.
*/
bool write_body_will_change(const write_row *row, size_t column, error *problem);

#endif
