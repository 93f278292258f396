/*
** What the process holds: memory, descriptors, threads; and whether that has stopped growing. Measured at the end of
** each era, when only the lasting connection is open and the mirror is gone.
*/
#ifndef SOAK_MEASURE_H
#define SOAK_MEASURE_H

#include <stdbool.h>

typedef struct measure {
    long rss;         /* KiB, after free memory was given back */
    long heap;        /* KiB that malloc has given out */
    long sqlite;      /* KiB, by SQLite's own count */
    long descriptors; /* open */
    long threads;
} measure;

/* Where the system does not tell a figure it is -1. */
measure measure_now(void);

enum { MEASURES_LEAST = 4 }; /* before they can be judged */

typedef struct measures {
    measure *list;
    int count;
} measures;

void measures_add(measures *m, measure one);

/* Compares the last quarter with the second; tells each figure by tap_result. False if one has grown. */
bool measures_judge(const measures *m);

void measures_free(measures *m);

#endif
