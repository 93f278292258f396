/*
** Which parameters of a row calls have given whose effect on it is not known: those of another profile or by another table's
** name, and OR REPLACE, which may have replaced it. Of what none of them gives what was shown is still true.
*/
#ifndef CHAT_WRITE_UNSURE_H
#define CHAT_WRITE_UNSURE_H

#include <stdbool.h>

#include "base/error.h"
#include "write/row.h"

enum {
    WRITE_UNSURE_NOT,   /* no call gives it */
    WRITE_UNSURE_MAYBE, /* they are too many to be looked at, or one may be about somebody else */
    WRITE_UNSURE_GIVEN, /* one gives it */
};

/* Do two parameters, maybe of two tables, give the same: by one name on the wire, or the same leaf of the same column? */
bool write_unsure_is_same(const catalog_parameter *one, const catalog_parameter *other);

/*
** Does a parameter, of a call by `of`, give what one of the resource's does? Of another table's call neither name nor column need
** be the same, where one of the two tables has a third: LastConsumedMessageIndex of members is LastReadMessageIndex on another
** host, as of participants.
*/
bool write_unsure_gives(const catalog_resource *resource, const catalog_resource *of, const catalog_parameter *given,
                        const catalog_parameter *parameter);

/*
** For each parameter of the row's resource one of those, after all UPDATEs that the transaction has queued before of it, by any
** table's name. anybody: there is one of which it is not known whether it is about the row. sqlite3_malloc'ed; NULL: a problem.
*/
unsigned char *write_unsure_find(const write_row *row, bool anybody, error *problem);

/* Adds what OR REPLACE may replace the row with. renamed: as in write_replaced.h. unsure NULL: there is a problem. */
void write_unsure_add_replaced(unsigned char *unsure, const write_row *row, bool renamed, error *problem);

/* May one of them have given the column? unsure NULL: no. */
bool write_unsure_has(const unsigned char *unsure, const write_row *row, const char *column);

#endif
