/*
** Numbers that `(text column, ...) IN (...)` compares with. SQLite hands over such an IN value by value, as if it were =,
** but does not check it as it checks = : of the rows that it is given it takes those that equal the value as a text,
** although the comparison may be one of numbers ('007' equals 7) or one in which a number equals no text (a column without
** a type). Which of them it is, it does not say, nor, here, what is such an IN and what is =. So a statement that gets a
** number for a column of texts, and in which there may be such an IN, fails. (An IN of one column is handed over whole,
** and checked; before 3.38 none is.)
**
** That it may be there is seen by the texts of what runs and of TEMP views and triggers. An authorizer hears of the
** question for the latter; what it keeps from us may hold one.
*/
#ifndef CHAT_ROW_VALUE_H
#define CHAT_ROW_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "plan/plan.h"
#include "read/hints.h"

enum { ROW_VALUE_DOUBTS = SLOT_COUNT + HINT_MAX };

/* What a plan has taken of which it cannot be told whether it is of such an IN. All zeros: nothing. */
typedef struct row_value_doubts {
    bool of_one_column; /* an IN of one column may be handed over value by value, too */
    unsigned char count;
    unsigned char arguments[ROW_VALUE_DOUBTS]; /* xFilter's, from 0 on */
    unsigned char columns[ROW_VALUE_DOUBTS];   /* of texts, to which they are compared */
} row_value_doubts;

/* May a statement that is running have such an IN? Kept for as long as a cursor is open. All zeros at first. */
typedef struct row_value_statement {
    bool known, may;
} row_value_statement;

/* The doubts of a plan that has been written to info. */
row_value_doubts row_value_doubt(const plan_question *question, sqlite3_index_info *info);

/* A problem if there is a number among the values that are in doubt. */
void row_value_refuse(sqlite3 *db, const catalog_resource *resource, const row_value_doubts *doubts,
                      sqlite3_value **values, row_value_statement *statement, error *problem);

/* Has the statement an IN of a query with several columns on its left, perhaps; or, where any counts, of one? NULL: no. */
bool row_value_is_in(const char *sql, bool any);

#endif
