/* The kinds of steps. Each leaves the server answering well, and connections without open statements. */
#ifndef SOAK_STEPS_H
#define SOAK_STEPS_H

#include "soak.h"

/* reads.c: a query; one abandoned in mid-scan; one reset and stepped again; several at a time; one interrupted. */
void reads_query(soak *s);
void reads_abandoned(soak *s);
void reads_repeated(soak *s);
void reads_interleaved(soak *s);
void reads_interrupted(soak *s);

/* around.c: settings; virtual tables made and dropped; connections opened and closed; the extension's own tables. */
void around_settings(soak *s);
void around_table(soak *s);
void around_connection(soak *s);
void around_own_tables(soak *s);

/* writes.c: transactions of the ledger test, with reads inside the first; a COMMIT that is interrupted. */
void writes_transactions(soak *s);
void writes_interrupted(soak *s);

#endif
