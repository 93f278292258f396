/* Random faults: see faults.h. */
#include "faults.h"

#include <stdio.h>

/* Each hits one write (429: up to three), the n-th of its method. */
static const struct {
    const char *settings;
    int weight;
    bool slow; /* needs a short deadline */
} faults_list[] = {
    {"action=reset&when=before", 10, false},
    {"action=reset&when=after", 14, false},
    {"action=status&status=500&when=before", 6, false},
    {"action=status&status=500&when=after", 6, false},
    {"action=status&status=503&when=before", 5, false},
    {"action=status&status=503&when=after", 5, false},
    {"action=status&status=400&code=20001&message=bad", 4, false},
    {"action=status&status=429&code=20429&message=slow&times=1", 4, false},
    {"action=status&status=429&code=20429&message=slow&times=3", 2, false},
    {"action=cut&bytes=9", 8, false},
    {"action=hang&ms=400&when=before", 2, true},
    {"action=hang&ms=400&when=after", 2, true},
    {"action=stall&bytes=20&ms=400", 1, true},
    {"action=delay&ms=15", 6, false},
    {"action=redirect&location=/v1/Services", 2, false},
    {"action=body&status=201&body=nonsense&when=after", 4, false},
};

enum { FAULTS_COUNT = sizeof faults_list / sizeof faults_list[0] };

static void faults_add(service *s, sqlite3 *db, random_state *random, sqlite3_str *log) {
    int weights[FAULTS_COUNT];
    for (int i = 0; i < FAULTS_COUNT; i++) {
        weights[i] = faults_list[i].weight;
    }
    int chosen = random_weighted(random, weights, FAULTS_COUNT);
    char rule[200];
    snprintf(rule, sizeof rule, "fault?%s&method=%s&nth=%d", faults_list[chosen].settings,
             random_chance(random, 80) ? "POST" : "DELETE", 1 + random_below(random, 5));
    service_control(s, "%s", rule);
    sqlite3_str_appendf(log, "#   (%s)\n", rule);
    if (faults_list[chosen].slow) {
        service_set(db, "timeout_ms", "150");
    }
}

void faults_choose(service *s, sqlite3 *db, random_state *random, sqlite3_str *log) {
    if (random_chance(random, 12)) {
        int latency = 1 + random_below(random, 5);
        service_control(s, "latency?ms=%d", latency);
        sqlite3_str_appendf(log, "#   (latency %d ms)\n", latency);
    }
    for (int i = random_chance(random, 35) ? 1 + random_below(random, 3) : 0; i > 0; i--) {
        faults_add(s, db, random, log);
    }
}

void faults_clear(service *s, sqlite3 *db) {
    service_control(s, "latency?ms=0");
    service_set(db, "timeout_ms", "30000");
}
