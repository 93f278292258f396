/* Texts and conditions of random UPDATEs, over the extension's own tables: what they held when the statement began (own.h). */
#ifndef DIFFERENTIAL_CHANGE_OWN_H
#define DIFFERENTIAL_CHANGE_OWN_H

#include "random.h"

#include <stdbool.h>

/* All texts are SQL, owned by sqlite3_malloc. name: the table that is updated, in scope under that name; sid: it has such a column.
** tag: a text that no other statement has. */

/* An expression for a text that is not empty, and short. */
char *change_own_text(random_state *random, const char *tag, const char *name);

/* A condition of a row. */
char *change_own_condition(random_state *random, const char *name, bool sid);

/* For UPDATE ... FROM: the source, a condition that joins it or finds one row of it, and a text made of that. */
typedef struct change_own_source {
    char *from, *condition, *text;
} change_own_source;

change_own_source change_own_from(random_state *random, const char *tag, const char *name, bool sid);

/* A statement that writes to the local table "edits". */
char *change_own_local(random_state *random, const char *tag, const char *name);

#endif
