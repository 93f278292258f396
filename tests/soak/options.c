/* Reading the command line: see options.h. */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char options_usage[] =
    "usage: soak [options]\n"
    "  --extension FILE     the extension (build/chat.so)\n"
    "  --emulator FILE      the emulator's program (build/emulator)\n"
    "  --seconds N          how long (3600)\n"
    "  --seed N             of everything random (1)\n"
    "  --step N             show what this step does; those of its era before it are run too\n";

/* Takes one option with its value; false if it is not known. */
static bool options_take(options *o, const char *name, const char *value) {
    if (strcmp(name, "--extension") == 0) {
        o->extension = value;
    } else if (strcmp(name, "--emulator") == 0) {
        o->emulator = value;
    } else if (strcmp(name, "--seconds") == 0) {
        o->seconds = atoi(value);
    } else if (strcmp(name, "--seed") == 0) {
        o->seed = strtoull(value, NULL, 10);
    } else if (strcmp(name, "--step") == 0) {
        o->step = strtoull(value, NULL, 10);
    } else {
        return false;
    }
    return true;
}

bool options_parse(options *o, int count, char **arguments) {
    *o = (options){.extension = "build/chat.so", .emulator = "build/emulator", .seed = 1, .seconds = 3600};
    for (int i = 1; i < count; i += 2) {
        if (i + 1 >= count || !options_take(o, arguments[i], arguments[i + 1])) {
            fputs(options_usage, stderr);
            return false;
        }
    }
    return true;
}
