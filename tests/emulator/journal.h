/*
** What happened, for tests: counters, every request in order, every applied write in order (the ledger).
*/
#ifndef EMULATOR_JOURNAL_H
#define EMULATOR_JOURNAL_H

#include "emulator.h"

typedef struct journal journal;

journal *journal_new(void);
void journal_free(journal *self);

/* Empties everything but the number of requests now in flight. */
void journal_reset(journal *self);

/* Notes a request's arrival and its end. webhooks: its header X-Twilio-Webhook-Enabled, or NULL. bytes: of the answer's
** body. */
void journal_begin(journal *self, const exchange *request, bool authorized, const char *webhooks);
void journal_end(journal *self, int status, size_t bytes);

/* Requests in flight now. */
int64_t journal_concurrent(const journal *self);

/* Notes an applied write: method, path, form body, resulting SID. */
void journal_write(journal *self, const exchange *write);

/* Append as JSON: {"requests":...}, [{"method","uri","authorization"}...] with "webhooks" where the request has that
** header and "port" where it did not come in at Chat's, [{"method","path","body","sid"}...] likewise. */
void journal_show_stats(const journal *self, buffer *out);
void journal_show_requests(const journal *self, buffer *out);
void journal_show_ledger(const journal *self, buffer *out);

#endif
