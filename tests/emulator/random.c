/* Deterministic randomness: see random.h. */
#include "random.h"

static const uint64_t random_golden = 0x9e3779b97f4a7c15u;

uint64_t random_mix(uint64_t value) {
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

uint64_t random_unmix(uint64_t value) {
    /* The multipliers are the inverses of random_mix's modulo 2^64; the shifts undo its shifts. */
    value = (value ^ (value >> 31) ^ (value >> 62)) * 0x319642b2d24d8ec3u;
    value = (value ^ (value >> 27) ^ (value >> 54)) * 0x96de1b173f119089u;
    return value ^ (value >> 30) ^ (value >> 60);
}

uint64_t random_at(uint64_t seed, uint64_t position) {
    return random_mix(random_mix(seed + random_golden) ^ (position * random_golden));
}

uint64_t random_position(uint64_t seed, uint64_t bits) {
    uint64_t inverse =
        random_golden; /* of the factor, modulo 2^64: each step doubles the bits that are right, from 3 */
    for (int step = 0; step < 5; step++) {
        inverse *= 2 - random_golden * inverse;
    }
    return (random_unmix(bits) ^ random_mix(seed + random_golden)) * inverse;
}

uint64_t random_next(uint64_t *state) {
    *state += random_golden;
    return random_mix(*state);
}

uint64_t random_below(uint64_t *state, uint64_t bound) {
    return bound ? random_next(state) % bound : 0;
}

void random_sid(char *out, const char *prefix, uint64_t high, uint64_t low) {
    static const char digits[] = "0123456789abcdef";
    out[0] = prefix[0];
    out[1] = prefix[1];
    for (int position = 0; position < 16; position++) {
        int shift = 60 - 4 * position;
        out[2 + position] = digits[(high >> shift) & 15];
        out[18 + position] = digits[(low >> shift) & 15];
    }
}
