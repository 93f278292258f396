/* The command line of the soak test. */
#ifndef SOAK_OPTIONS_H
#define SOAK_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct options {
    const char *extension;
    const char *emulator;
    uint64_t seed;
    int seconds;   /* steps begin for so long */
    uint64_t step; /* only the era of this step, up to it, and show that one; 0: all */
} options;

/* Reads the command line. False, with usage on standard error, if it is wrong. */
bool options_parse(options *o, int count, char **arguments);

#endif
