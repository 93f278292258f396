/* Situations that random transactions do not meet: each is one result, told by tap_result. */
#ifndef LEDGER_SCENARIO_H
#define LEDGER_SCENARIO_H

#include "service.h"

/* COMMIT that another connection's lock keeps busy, and is repeated or given up. */
void scenario_busy(service *s);

/* A queue that outgrows memory_limit_mb. */
void scenario_memory(service *s);

/* Interrupts, a connection that is closed, two connections at once. */
void scenario_ends(service *s);

/* Tables made and dropped inside transactions: SQLite tells them neither of savepoints nor of ROLLBACK TO. */
void scenario_tables(service *s);

/* A COMMIT or RELEASE that is refused, and what comes after it. */
void scenario_after(service *s);

/* INSERT ... RETURNING in hosts of all kinds: what they take for success must have reached the server. */
void scenario_returning(service *s);

/* INSERT ... SELECT out of chat_writes and chat_requests, which the statement itself changes. */
void scenario_own(service *s);

/* A transaction of two accounts, by a profile. */
void scenario_accounts(service *s);

/* What SQLite does not tell: tables made inside, a failed RELEASE, RETURNING. */
void scenario_told(service *s);

#endif
