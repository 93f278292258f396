/*
** What the server holds, in ordinary tables: the differential test's copy, with its samples, local tables and views.
** It is fetched again after every transaction.
*/
#ifndef SOAK_MIRROR_H
#define SOAK_MIRROR_H

#include "differential/http.h"
#include "differential/query.h"

typedef struct mirror {
    sqlite3 *reference;
    sample sample;
    int chat_tables;  /* so many of the sample's tables, then the local ones */
    unsigned version; /* VERSION_1 or VERSION_2 */
    uint64_t seed;    /* of local tables and views */
} mirror;

/* Copies all that the server holds. False, with the reason printed, on a problem. */
bool mirror_fetch(mirror *m, http_client *client, unsigned version, uint64_t seed);
void mirror_free(mirror *m);

/* Gives a connection the mirror's local tables and views; takes them away. False, with the reason printed. */
bool mirror_dress(const mirror *m, sqlite3 *db);
bool mirror_undress(const mirror *m, sqlite3 *db);

/* The mirror's answer to the first `length` bytes of a statement: marked stopped if it takes too much work. */
answer mirror_answer(const mirror *m, const char *sql, size_t length, const value *parameters, int parameter_count);

#endif
