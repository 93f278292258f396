/* The emulator as this test uses it: its ledger, its faults, connections to it. */
#ifndef LEDGER_SERVICE_H
#define LEDGER_SERVICE_H

#include "differential/http.h"
#include "differential/process.h"

#include <sqlite3.h>
#include <stdbool.h>

/* What random transactions can leave out: see --without in options.c. */
enum { WITHOUT_RETURNING = 1, WITHOUT_TABLES = 2, WITHOUT_AFTER = 4, WITHOUT_OWN = 8 };

typedef struct service {
    process emulator;
    const char *program; /* of the emulator */
    http_client client;
    const char *extension; /* file to load */
    unsigned without;      /* mask of WITHOUT_...: 0, but for debugging */
} service;

/* Starts the emulator and points the environment at it. False, with the reason printed, if something fails. */
bool service_start(service *s, const char *emulator, const char *extension);

/* Starts another emulator with the same data; the environment stays. False, with the reason printed, if that fails. */
bool service_start_beside(service *s, const service *other);

/* Ends it. Harmless on one that did not start but is zeroed. */
void service_stop(service *s);

/* Opens a database (":memory:" or a file) with the extension and settings that fit a test: no pacing, few repetitions.
** NULL, with the reason printed, on a problem. The caller closes it. */
sqlite3 *service_connect(const service *s, const char *file);

/* Changes a setting of a connection. */
bool service_set(sqlite3 *db, const char *name, const char *value);

/* Empties the ledger and forgets faults. */
void service_reset(service *s);

/* A command of the control path, with its parameters in the query, formatted as by printf: "fault?action=reset". */
void service_control(service *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The writes that the emulator has applied, in order: an array of {"method","path","body","sid"}; a new reference. */
json_t *service_ledger(service *s);

/* A counter of the emulator since it was reset: "max_concurrent", the most requests that were under way at a time. */
long long service_counter(service *s, const char *name);

#endif
