/* Random statements that write: what they are, and what the model has to know of them. */
#ifndef LEDGER_STATEMENT_H
#define LEDGER_STATEMENT_H

#include "transaction.h"

/* Runs one random statement in the transaction (at times a few that belong together). */
void statement_run(transaction *t);

#endif
