/* Reading the command line: see options.h. */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char options_usage[] =
    "usage: ledger [options]\n"
    "  --extension FILE     the extension (build/chat.so)\n"
    "  --emulator FILE      the emulator's program (build/emulator)\n"
    "  --transactions N     random transactions (2000)\n"
    "  --seed N             of them (1)\n"
    "  --transaction N      show what this one did; all before it are run too, since it builds on them\n"
    "  --no-scenarios       random transactions only\n"
    "  --without LIST       leave out what is named, to find out about the rest: returning,tables,after,own\n";

static const char *const options_parts[] = {"returning", "tables", "after", "own"}; /* 1 << place: WITHOUT_... */

/* The bits of a list of parts; false if one is unknown. */
static bool options_take_without(options *o, const char *list) {
    while (*list != 0) {
        size_t length = strcspn(list, ",");
        unsigned bit = 0;
        for (unsigned i = 0; i < 4; i++) {
            if (strlen(options_parts[i]) == length && strncmp(options_parts[i], list, length) == 0) {
                bit = 1u << i;
            }
        }
        if (bit == 0) {
            return false;
        }
        o->without |= bit;
        list += length + (list[length] == ',');
    }
    return true;
}

/* Takes one option with its value; false if it is not known. */
static bool options_take(options *o, const char *name, const char *value) {
    if (strcmp(name, "--extension") == 0) {
        o->extension = value;
    } else if (strcmp(name, "--emulator") == 0) {
        o->emulator = value;
    } else if (strcmp(name, "--transactions") == 0) {
        o->transactions = atoi(value);
    } else if (strcmp(name, "--seed") == 0) {
        o->seed = strtoull(value, NULL, 10);
    } else if (strcmp(name, "--without") == 0) {
        return options_take_without(o, value);
    } else if (strcmp(name, "--transaction") == 0) {
        o->transaction = strtoull(value, NULL, 10);
    } else {
        return false;
    }
    return true;
}

bool options_parse(options *o, int count, char **arguments) {
    *o = (options){
        .extension = "build/chat.so", .emulator = "build/emulator", .seed = 1, .transactions = 2000, .scenarios = true};
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--no-scenarios") == 0) {
            o->scenarios = false;
        } else if (i + 1 >= count || !options_take(o, arguments[i], arguments[i + 1])) {
            fputs(options_usage, stderr);
            return false;
        } else {
            i++;
        }
    }
    return true;
}
