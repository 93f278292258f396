/*
** What a scan does while it waits for an answer, or does not: what it and the statement's other scans are going to want is asked
** for, and leaves.
*/
#ifndef CHAT_SCAN_WAIT_H
#define CHAT_SCAN_WAIT_H

#include "read/scan_inside.h"

/* A scan of the statement waits: the lists of all of them go on coming. */
void scan_wait_beside(look *view);

/* Asks for what this one is going to want. */
void scan_wait_pump(scan *target, error *problem);

/* Keeps transfers going and pages coming while SQLite is busy with the rows. */
void scan_wait_not(scan *target, error *problem);

/* Waits for an answer, with all asked for that may be. */
void scan_wait_here(scan *target, error *problem);

#endif
