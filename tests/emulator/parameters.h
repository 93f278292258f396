/*
** The form parameters of creates and updates as data, and the checks that each kind of value gets. Reading a form
** gives a list of changes: columns of the resource's table with their new values.
*/
#ifndef EMULATOR_PARAMETERS_H
#define EMULATOR_PARAMETERS_H

#include "emulator.h"
#include "resource.h"

typedef enum { CHANGE_NULL, CHANGE_INTEGER, CHANGE_TEXT } change_type;

typedef struct change {
    const char *column;
    const char *leaf; /* dotted path inside the column's JSON object, or NULL: the whole value */
    change_type type;
    int64_t integer;
    char *text; /* owned */
    size_t length;
    bool json; /* text is JSON (a list), for leaves */
    bool boolean;
} change;

enum { CHANGES_MAXIMUM = 80 };

typedef struct changes {
    change list[CHANGES_MAXIMUM];
    int count;
} changes;

/* Reads the request's form for a create or an update. Returns false after setting an error. Free with changes_free in
** either case. */
bool parameters_read(changes *self, exchange *from, bool create);
void changes_free(changes *self);

/* The change of a column, or NULL. */
change *changes_find(changes *self, const char *column);

/* Takes the change of a column away. */
void changes_drop(changes *self, const char *column);

/* Add a change; texts are copied. */
void changes_null(changes *self, const char *column);
void changes_integer(changes *self, const char *column, int64_t value);
void changes_text(changes *self, const char *column, const char *text, size_t length);

/* Turns changes of leaves into changes of whole columns: the JSON the row has now (row 0: none) with the leaves set. */
void changes_merge_leaves(changes *self, exchange *from, int64_t row);

#endif
