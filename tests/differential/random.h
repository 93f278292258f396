/*
** The program's own random numbers: the same seed gives the same queries on every machine and C library.
** Splitmix64: a counter whose value is mixed, good enough for choosing test data.
*/
#ifndef DIFFERENTIAL_RANDOM_H
#define DIFFERENTIAL_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

typedef struct random_state {
    uint64_t counter;
} random_state;

/* Starts a stream that depends on all three: so query `number` of configuration `label` can be made again alone. */
void random_start(random_state *random, uint64_t seed, const char *label, uint64_t number);

/* The next 64 bits. */
uint64_t random_next(random_state *random);

/* A number from 0 to limit - 1; limit is at least 1. */
int random_below(random_state *random, int limit);

/* True in `percent` of 100 cases. */
bool random_chance(random_state *random, int percent);

/* An index into weights, each as likely as its weight (not negative, with a sum above 0) says. */
int random_weighted(random_state *random, const int *weights, int count);

/* One of the strings. */
const char *random_word(random_state *random, const char *const *words, int count);

/* random_word on an array whose length the compiler knows. */
#define RANDOM_OF(random, words) random_word((random), (words), (int)(sizeof(words) / sizeof((words)[0])))

#endif
