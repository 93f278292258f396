/* The thread that interrupts: see interrupter.h. */
#include "interrupter.h"

#include <errno.h>
#include <time.h>

static struct timespec interrupter_time(int after) {
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    at.tv_nsec += (long)after % 1000000 * 1000;
    at.tv_sec += after / 1000000 + at.tv_nsec / 1000000000;
    at.tv_nsec %= 1000000000;
    return at;
}

/* Waits its time, unless it is called off. The lock is held. */
static void interrupter_work(interrupter *self) {
    struct timespec at = interrupter_time(self->after);
    int rc = 0;
    while (self->db != NULL && rc != ETIMEDOUT) {
        rc = pthread_cond_timedwait(&self->changed, &self->lock, &at);
    }
    if (self->db != NULL) {
        clock_gettime(CLOCK_MONOTONIC, &self->fired_at);
        sqlite3_interrupt(self->db);
        self->fired = true;
        self->db = NULL;
    }
}

static void *interrupter_main(void *context) {
    interrupter *self = context;
    pthread_mutex_lock(&self->lock);
    while (!self->over) {
        if (self->db != NULL) {
            interrupter_work(self);
        } else {
            pthread_cond_wait(&self->changed, &self->lock);
        }
    }
    pthread_mutex_unlock(&self->lock);
    return NULL;
}

bool interrupter_start(interrupter *self) {
    *self = (interrupter){0};
    pthread_mutex_init(&self->lock, NULL);
    pthread_cond_init(&self->changed, NULL);
    return pthread_create(&self->thread, NULL, interrupter_main, self) == 0;
}

void interrupter_stop(interrupter *self) {
    pthread_mutex_lock(&self->lock);
    self->over = true;
    self->db = NULL;
    pthread_cond_signal(&self->changed);
    pthread_mutex_unlock(&self->lock);
    pthread_join(self->thread, NULL);
    pthread_cond_destroy(&self->changed);
    pthread_mutex_destroy(&self->lock);
}

void interrupter_arm(interrupter *self, sqlite3 *db, int after) {
    pthread_mutex_lock(&self->lock);
    self->db = db;
    self->after = after;
    self->fired = false;
    pthread_cond_signal(&self->changed);
    pthread_mutex_unlock(&self->lock);
}

/* It interrupts with the lock held, so it is done with the connection when the lock is to be had. */
double interrupter_disarm(interrupter *self) {
    struct timespec now;
    pthread_mutex_lock(&self->lock);
    self->db = NULL;
    bool fired = self->fired;
    struct timespec then = self->fired_at;
    pthread_cond_signal(&self->changed);
    pthread_mutex_unlock(&self->lock);
    clock_gettime(CLOCK_MONOTONIC, &now);
    return fired ? (double)(now.tv_sec - then.tv_sec) + (double)(now.tv_nsec - then.tv_nsec) / 1e9 : -1;
}
