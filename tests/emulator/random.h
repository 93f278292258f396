/*
** Deterministic randomness: pure functions from (seed, position) to bits, so that any part of the generated data can
** be computed alone, in any order, on any machine.
*/
#ifndef EMULATOR_RANDOM_H
#define EMULATOR_RANDOM_H

#include <stdint.h>

/* A bijection of 64-bit numbers that looks random (the finalizer of splitmix64), and its inverse. */
uint64_t random_mix(uint64_t value);
uint64_t random_unmix(uint64_t value);

/* Bits for a position of the stream that seed names. */
uint64_t random_at(uint64_t seed, uint64_t position);

/* The position whose bits these are. */
uint64_t random_position(uint64_t seed, uint64_t bits);

/* The next bits of a stream; *state moves on. */
uint64_t random_next(uint64_t *state);

/* The next number in 0 .. bound-1; 0 where bound is 0. */
uint64_t random_below(uint64_t *state, uint64_t bound);

enum { SID_LENGTH = 34 };

/* Writes prefix (two letters) and 32 lower-case hexadecimal digits of high and low: SID_LENGTH bytes, no NUL. */
void random_sid(char *out, const char *prefix, uint64_t high, uint64_t low);

#endif
