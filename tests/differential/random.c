/* Splitmix64 and choices made with it: see random.h. */
#include "random.h"

static uint64_t random_mix(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

void random_start(random_state *random, uint64_t seed, const char *label, uint64_t number) {
    uint64_t hash = random_mix(seed + 0x9e3779b97f4a7c15u);
    for (const char *at = label; *at != '\0'; at++) {
        hash = random_mix(hash ^ (unsigned char)*at);
    }
    random->counter = random_mix(hash ^ random_mix(number + 1));
}

uint64_t random_next(random_state *random) {
    random->counter += 0x9e3779b97f4a7c15u;
    return random_mix(random->counter);
}

int random_below(random_state *random, int limit) {
    return (int)(random_next(random) % (uint64_t)limit);
}

bool random_chance(random_state *random, int percent) {
    return random_below(random, 100) < percent;
}

int random_weighted(random_state *random, const int *weights, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
        sum += weights[i];
    }
    int left = random_below(random, sum);
    int chosen = 0;
    while (left >= weights[chosen]) {
        left -= weights[chosen];
        chosen++;
    }
    return chosen;
}

const char *random_word(random_state *random, const char *const *words, int count) {
    return words[random_below(random, count)];
}
