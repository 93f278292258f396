/*
** The data that the hostile server would serve if nothing went wrong: one service, its channels and their messages, in
** the API's own form, paged by token, or by plain numbers where a row of the matrix needs that.
**
**     channel k:      sid CH0...0k, friendly_name "ck", attributes {"k":k} (null in lists)
**     message i of k: sid IM0...0kiiiii, index i, body "mi"
*/
#ifndef FAULT_WORLD_H
#define FAULT_WORLD_H

#include <stdbool.h>
#include <stddef.h>

#define WORLD_SERVICE "IS00000000000000000000000000000001"
#define WORLD_CHANNEL "CH00000000000000000000000000000001"
#define WORLD_MESSAGE "IM00000000000000000000000000100002" /* number 2 of that channel */

typedef struct world {
    int channels, messages; /* so many channels, and messages in each */
    bool plain;             /* pages are counted plainly, without tokens */
    int shift;              /* rows inserted (or, negative, deleted) at the head of every list */
    char origin[64];
} world;

/* A growing text; ends the program when memory runs out. */
typedef struct text {
    char *bytes; /* owned, NUL-terminated */
    size_t length, capacity;
} text;

void text_append(text *target, const void *bytes, size_t length);
void text_format(text *target, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_clear(text *target);

/* The right answer to a request: its status, and its body in body (empty for a 204). */
int world_answer(const world *data, const char *method, const char *target, text *body);

#endif
