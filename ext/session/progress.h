/*
** The progress line: for statements that take more than two seconds, one line on stderr that is written over and
** erased at the end. Never on stdout.
*/
#ifndef CHAT_PROGRESS_H
#define CHAT_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct progress {
    int statements;   /* running */
    int64_t began_ms; /* monotonic clock, when the first of them began */
    int64_t shown_ms; /* when the line was last written; 0: it is not there */
    int64_t rows;     /* that have come since */
    int64_t requests; /* that have been answered since */
    int64_t in_sight; /* further ones that a statement knows of, when it was asked last */
    int64_t asked_ms; /* when that was; 0: not yet */
} progress;

/* What the line tells beside that. */
typedef struct progress_state {
    int running;        /* requests under way */
    int64_t waiting_ms; /* until the server's limit allows the next one; 0: not waiting */
} progress_state;

/* A statement begins or ends. The last one that ends erases the line. */
void progress_begin(progress *line);
void progress_end(progress *line);

/* Counts an answer and its rows. */
void progress_count(progress *line, int64_t rows);

/* Is it time to ask how many requests are in sight? If so, the caller sets in_sight. mode as below. */
bool progress_asks(progress *line, const char *mode);

/* Writes the line if it is time to. mode: the setting's value: off, on, auto (only when stderr is a terminal). */
void progress_show(progress *line, const char *mode, const progress_state *state);

#endif
