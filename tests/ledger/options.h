/* The command line of the ledger test. */
#ifndef LEDGER_OPTIONS_H
#define LEDGER_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct options {
    const char *extension;
    const char *emulator;
    uint64_t seed;
    int transactions;     /* random ones */
    uint64_t transaction; /* show the SQL of the one with that number; 0: of none that passes */
    bool scenarios;       /* busy commits, interrupts, two connections, a queue that outgrows its memory ... */
    unsigned without;     /* mask of WITHOUT_... (service.h): scenarios and random statements that are left out */
} options;

/* Reads the command line. False, with usage on standard error, if it is wrong. */
bool options_parse(options *o, int count, char **arguments);

#endif
