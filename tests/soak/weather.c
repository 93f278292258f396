/* The faults of the server: see weather.h. */
#include "weather.h"

#include <stdio.h>
#include <string.h>

enum { WEATHER_STEPS = 20 }; /* before it changes */

typedef enum { WEATHER_CALM, WEATHER_LIGHT, WEATHER_ROUGH, WEATHER_HEAVY, WEATHER_STORM, WEATHER_LEVELS } weather_level;

static const struct {
    int weight;
    int rules, nth, times; /* at most */
} weather_levels[WEATHER_LEVELS] = {{28, 0, 1, 1}, {27, 1, 6, 1}, {25, 3, 12, 2}, {13, 5, 10, 5}, {7, 6, 8, 12}};

typedef enum { FAULT_FAILS = 1, FAULT_IS_FATAL = 2, FAULT_IS_SLOW = 4 } weather_traits;

/*
** No stall: connections that the emulator's HTTP library closes right after they were resumed at times keep their
** descriptors, and most of those were stalls. Some are left (fewer than ten a minute): an hour stays below its limit of
** about a thousand connections.
*/
static const struct {
    const char *settings;
    int weight;
    unsigned traits;
} weather_faults[] = {
    {"action=reset&when=before", 10, FAULT_FAILS},
    {"action=reset&when=after", 10, FAULT_FAILS},
    {"action=status&status=500", 7, FAULT_FAILS},
    {"action=status&status=502", 5, FAULT_FAILS},
    {"action=status&status=503", 7, FAULT_FAILS},
    {"action=status&status=504", 5, FAULT_FAILS},
    {"action=status&status=503&header=Retry-After:%200", 3, FAULT_FAILS},
    {"action=status&status=429&code=20429&message=slow", 6, FAULT_FAILS},
    {"action=status&status=429&code=20429&message=slow&header=Retry-After:%200", 6, FAULT_FAILS},
    {"action=status&status=429&code=20429&message=slow&header=Retry-After:%201", 1, FAULT_FAILS},
    {"action=cut&bytes=0", 3, FAULT_FAILS},
    {"action=cut&bytes=9", 4, FAULT_FAILS},
    {"action=cut&bytes=300", 6, FAULT_FAILS},
    {"action=length&length=40", 2, FAULT_FAILS | FAULT_IS_FATAL},
    {"action=delay&ms=30", 6, 0},
    {"action=trickle&bytes=400&ms=2", 5, 0},
    {"action=gzip", 3, 0},
    {"action=hang&ms=600", 3, FAULT_FAILS | FAULT_IS_SLOW},
    {"action=status&status=400&code=20001&message=bad", 2, FAULT_FAILS | FAULT_IS_FATAL},
    {"action=status&status=403", 1, FAULT_FAILS | FAULT_IS_FATAL},
    {"action=body&body=nonsense", 2, FAULT_FAILS | FAULT_IS_FATAL},
    {"action=redirect&location=/v1/Services", 1, FAULT_FAILS | FAULT_IS_FATAL},
};

enum { WEATHER_FAULTS = sizeof weather_faults / sizeof weather_faults[0] };

static weather_level weather_forecast(const soak *s) {
    random_state random;
    int weights[WEATHER_LEVELS];
    random_start(&random, s->options.seed, "weather", s->step / WEATHER_STEPS);
    for (int i = 0; i < WEATHER_LEVELS; i++) {
        weights[i] = weather_levels[i].weight;
    }
    return (weather_level)random_weighted(&random, weights, WEATHER_LEVELS);
}

static int weather_choose_fault(random_state *random) {
    int weights[WEATHER_FAULTS];
    for (int i = 0; i < WEATHER_FAULTS; i++) {
        weights[i] = weather_faults[i].weight;
    }
    return random_weighted(random, weights, WEATHER_FAULTS);
}

/* Some hit only lists of one kind. */
static const char *weather_path(random_state *random) {
    static const char *const paths[] = {"&path=*/Messages*", "&path=*/Channels*", "&path=*/Services?*",
                                        "&path=*PageSize*"};
    return random_chance(random, 30) ? RANDOM_OF(random, paths) : "";
}

static void weather_add(soak *s, weather *w, weather_level level, bool lasting) {
    int fault = weather_choose_fault(&s->random);
    unsigned traits = weather_faults[fault].traits;
    int times = 1 + random_below(&s->random, weather_levels[level].times);
    lasting = lasting && traits == FAULT_FAILS;
    char rule[300];
    snprintf(rule, sizeof rule, "fault?%s%s&method=GET&nth=%d&times=%d", weather_faults[fault].settings,
             weather_path(&s->random), 1 + random_below(&s->random, weather_levels[level].nth), lasting ? 0 : times);
    service_control(&s->service, "%s", rule);
    size_t length = strlen(w->text);
    snprintf(w->text + length, sizeof w->text - length, "#   (%s)\n", rule);
    w->failures += (traits & FAULT_FAILS) != 0 ? times : 0;
    w->fatal = w->fatal || (traits & FAULT_IS_FATAL) != 0;
    w->slow = w->slow || (traits & FAULT_IS_SLOW) != 0;
    w->lasting = w->lasting || lasting;
    s->totals.faults++;
}

/* In a storm one attempt more is enough; else there are mostly enough of them. */
static int weather_choose_retries(soak *s, weather_level level) {
    return level == WEATHER_STORM ? random_below(&s->random, 2) : random_below(&s->random, 4);
}

weather weather_begin(soak *s) {
    weather w = {0};
    weather_level level = weather_forecast(s);
    int rules = weather_levels[level].rules > 0 ? 1 + random_below(&s->random, weather_levels[level].rules) : 0;
    for (int i = 0; i < rules; i++) {
        weather_add(s, &w, level, level == WEATHER_STORM && i == 0);
    }
    if (random_chance(&s->random, 15)) {
        w.latency = 1 + random_below(&s->random, 4);
        service_control(&s->service, "latency?ms=%d", w.latency);
    }
    w.max_retries = weather_choose_retries(s, level);
    return w;
}

void weather_apply(const weather *w, connection *c) {
    char number[16];
    snprintf(number, sizeof number, "%d", w->max_retries);
    service_set(c->db, "max_retries", number);
    service_set(c->db, "timeout_ms", w->slow ? "250" : "30000");
}

void weather_end(soak *s) {
    service_control(&s->service, "latency?ms=0");
    service_reset(&s->service);
}

bool weather_is_harmless(const weather *w) {
    return w->failures <= w->max_retries && !w->lasting && !w->fatal && !w->slow;
}
