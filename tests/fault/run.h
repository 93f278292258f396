/* Running one row; see row.h for what it must hold. */
#ifndef FAULT_RUN_H
#define FAULT_RUN_H

#include <stdio.h>

#include "fault/row.h"

typedef struct run_options {
    const char *extension;
    bool long_form;
} run_options;

/* Runs a row in this process. Prints what is wrong to report, or nothing. Returns the number of requests made. */
int run_row(const run_options *options, const row *tested, FILE *report);

/* Runs a sweep: a connection is cut after each byte of an answer; see sweep.c. */
typedef struct sweep {
    const char *name;
    place_name where;
    const char *how; /* of act_cut_at */
    int messages;    /* rows of the page; 0: as the place has it */
    int step;        /* each so many bytes */
    int retries;     /* 0: an error, or the right answer; 1: the right answer */
    bool only_long;
} sweep;

extern const sweep sweeps[];
extern const size_t sweep_count;

int run_sweep(const run_options *options, const sweep *tested, FILE *report);

#endif
