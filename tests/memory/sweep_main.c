/*
** Sweeps every scenario over allocations that fail (see sweep.h). Output: TAP.
**
**     build/memory-sweep [--extension FILE] [--emulator FILE] [--every N] [--points N] [--apart] [--from N]
**         [--coarse] [--tell] [NAME]
**
** --every: each of the first N allocations (10); --points: about so many of the others (15); --apart: also the libraries'
** allocations one library at a time; --from: not from the first; --coarse: of sizes a few; --tell: each of them on standard
** error, for a crash; NAME: a part of the scenarios' names.
*/
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "differential/tap.h"
#include "memory/sweep.h"
#include "unit/faulty_memory.h"

typedef struct sweep_options {
    const char *extension, *emulator, *name;
    long every, points, from;
    bool apart, coarse, tell;
} sweep_options;

static bool sweep_options_parse(sweep_options *options, int count, char **arguments) {
    for (int i = 1; i < count; i++) {
        const char *name = arguments[i], *value = i + 1 < count ? arguments[i + 1] : NULL;
        if (strcmp(name, "--apart") == 0) {
            options->apart = true;
        } else if (strcmp(name, "--tell") == 0) {
            options->tell = true;
        } else if (strcmp(name, "--coarse") == 0) {
            options->coarse = true;
        } else if (name[0] != '-') {
            options->name = name;
        } else if (value && strcmp(name, "--extension") == 0) {
            options->extension = arguments[++i];
        } else if (value && strcmp(name, "--emulator") == 0) {
            options->emulator = arguments[++i];
        } else if (value && strcmp(name, "--every") == 0) {
            options->every = atol(arguments[++i]);
        } else if (value && strcmp(name, "--from") == 0) {
            options->from = atol(arguments[++i]);
        } else if (value && strcmp(name, "--points") == 0) {
            options->points = atol(arguments[++i]);
        } else {
            fprintf(stderr, "unknown option or no value: %s\n", name);
            return false;
        }
    }
    return true;
}

static void sweep_all_plans(service *s, const sweep_scenario *scenario, const sweep_options *options) {
    static const unsigned apart[] = {FAULTY_SQLITE, FAULTY_CURL, FAULTY_JANSSON};
    sweep_plan plan = {.from = options->from,
                       .tell = options->tell,
                       .coarse = options->coarse,
                       .every = options->every,
                       .points = options->points,
                       .libraries = FAULTY_ALL};
    sweep_run(s, scenario, &plan);
    plan.lasting = true;
    sweep_run(s, scenario, &plan);
    plan.large = true;
    sweep_run(s, scenario, &plan);
    plan.large = false;
    for (size_t i = 0; options->apart && i < sizeof apart / sizeof *apart; i++) {
        plan.libraries = apart[i];
        plan.large = true;
        sweep_run(s, scenario, &plan);
        plan.large = false;
        sweep_run(s, scenario, &plan);
    }
}

/* An emulator for each scenario, so that what they write does not grow upon the next. */
static void sweep_scenario_alone(const sweep_scenario *scenario, const sweep_options *options) {
    service s = {0};
    if (service_start(&s, options->emulator, options->extension)) {
        sweep_all_plans(&s, scenario, options);
    } else {
        tap_result(false, "%s: the emulator does not run", scenario->name);
    }
    service_stop(&s);
}

int main(int count, char **arguments) {
    sweep_options options = {
        .extension = "build/chat.so", .emulator = "build/emulator", .every = 10, .points = 15, .from = 1, .name = ""};
    size_t scenario_count = 0;
    const sweep_scenario *scenarios = sweep_scenarios(&scenario_count);
    if (!sweep_options_parse(&options, count, arguments)) {
        return 2;
    }
    faulty_memory_install();
    signal(SIGPIPE, SIG_IGN);
    for (size_t i = 0; i < scenario_count; i++) {
        if (strstr(scenarios[i].name, options.name)) {
            sweep_scenario_alone(&scenarios[i], &options);
        }
    }
    return tap_end();
}
