/* Random faults of the emulator for the writes of one transaction. Reads are left alone: other tests are about them. */
#ifndef LEDGER_FAULTS_H
#define LEDGER_FAULTS_H

#include "differential/random.h"
#include "service.h"

/* Sets up faults, or none; notes them in the log. */
void faults_choose(service *s, sqlite3 *db, random_state *random, sqlite3_str *log);

/* Takes away what faults_choose has set up, but for the ledger. */
void faults_clear(service *s, sqlite3 *db);

#endif
