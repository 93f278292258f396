/* A thread that interrupts a connection some time after it was told to. */
#ifndef SOAK_INTERRUPTER_H
#define SOAK_INTERRUPTER_H

#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <time.h>

typedef struct interrupter {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    sqlite3 *db; /* to be interrupted, or NULL */
    int after;   /* microseconds */
    bool fired, over;
    struct timespec fired_at; /* monotonic clock */
} interrupter;

/* Starts the thread. False if there is none to be had. */
bool interrupter_start(interrupter *self);
void interrupter_stop(interrupter *self);

/* Interrupts the connection so many microseconds from now. */
void interrupter_arm(interrupter *self, sqlite3 *db, int after);

/*
** Calls it off; when it returns the thread does not touch the connection any more. Seconds since it has interrupted, or
** -1 if it has not.
*/
double interrupter_disarm(interrupter *self);

#endif
