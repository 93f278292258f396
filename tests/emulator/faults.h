/*
** Faults: what tests ask the emulator to do wrong. Rules are added over the control path and looked at in order; the
** first that is due takes the request, and is used up after its times.
**
** A rule is a form. Which requests:
**   port=NAME              only those that come in at this port (ports.h)
**   method=GET             only this method                       path=GLOB   matches path and query ("*" any run)
**   nth=N                  from the N-th matching request (1)     times=K     K of them (1; 0: all that follow)
**   step=S                 every S-th of those that follow (1)
** What happens (action=...):
**   status    answer `status` (500) with the body `body`, or an error body of `code` and `message`
**   body      answer `body` with `status` (200)                   redirect    `status` (307) with Location: `location`
**   reset     break the connection without an answer              hang        nothing for `ms`, then break it
**   cut       the true headers, `bytes` of the body, then break   length      answered with Content-Length: `length`
**   stall     the headers, `bytes` of the body, silence for `ms`, then break
**   trickle   `bytes` (1) of the body every `ms` (10)             delay      `ms`, then the true answer
**   next      a list's next_page_url is `url`                     gzip       the true answer with Content-Encoding gzip
**   close     end the connection in order, without an answer, as servers end those they kept for long enough
**   active    the true answer, but just before it `conversation` (a SID) becomes the most recently active one, as by a
**             message: with method=GET, path=*Conversations?* and nth it moves between any two pages of the list.
**             Given repeatedly: each request takes the next `each` (1) of them, after the last the first again.
**             With `state`: it goes over to that state instead, as by its timers
** header=NAME: VALUE (repeatable) adds headers. when=after (status, body, redirect, reset, close, hang): the request is
** carried out first, so that a write has happened although its answer is lost.
*/
#ifndef EMULATOR_FAULTS_H
#define EMULATOR_FAULTS_H

#include "emulator.h"

typedef enum {
    FAULT_STATUS,
    FAULT_BODY,
    FAULT_REDIRECT,
    FAULT_RESET,
    FAULT_HANG,
    FAULT_CUT,
    FAULT_LENGTH,
    FAULT_STALL,
    FAULT_TRICKLE,
    FAULT_DELAY,
    FAULT_NEXT,
    FAULT_GZIP,
    FAULT_CLOSE,
    FAULT_ACTIVE,
} fault_action;

typedef struct fault {
    form settings; /* owned */
    int action;    /* a fault_action */
    bool after;
    int64_t nth, times, step, seen;
    size_t taken; /* how many conversations it has made active */
    int users;    /* the list and the requests in flight that hold it */
} fault;

typedef struct faults faults;

faults *faults_new(void);
void faults_free(faults *self);

/* Forgets all rules. */
void faults_reset(faults *self);

/* Adds a rule, taking the form's fields (the form is empty afterwards). Returns NULL or what is wrong with it. */
const char *faults_add(faults *self, form *settings);

/* The rule that takes this request, or NULL. Give it back with fault_release. */
fault *faults_take(faults *self, const char *method, const char *uri, const char *port);
void fault_release(fault *self);

/* A setting as a number. */
int64_t fault_number(const fault *self, const char *name, int64_t fallback);

/* Of a setting that is repeated the value whose turn it is, or NULL where there is none. */
const char *fault_next(fault *self, const char *name);

#endif
