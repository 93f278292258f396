/* Reading the command line: see options.h. */
#include "options.h"

#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char options_usage[] =
    "usage: differential [options]\n"
    "  --extension FILE       the extension (build/chat.so)\n"
    "  --emulator FILE        the emulator's program (build/emulator)\n"
    "  --queries N            queries to compare, over all configurations (5000)\n"
    "  --seed N               of the queries (1)\n"
    "  --query N              only this query, shown at length\n"
    "  --writes N             transactions of writes for each version (500; fewer with few queries)\n"
    "  --write N              show what this one did; those before it are run too, since it builds on them\n"
    "  --versions v1,v2,conversations,migrated   API versions; migrated: Chat's tables on Conversations\n"
    "  --paging token,page    forms of the emulator's next_page_url\n"
    "  --page-size N,...      page sizes, 1 or more, or max (1,7,max)\n"
    "  --scope all,setting,tables   all services; one by the setting service_sid; one by CREATE VIRTUAL TABLE\n"
    "  --data full|small      small is for slow runs, as under valgrind (full; small for fewer than 200 queries)\n"
    "  --data-seed N          of the emulator's data (1)\n"
    "  --plans                list the plans of virtual tables that came up\n"
    "  --without LIST         of beside,moves,own,from,again: leave that out (see options.h), for debugging\n"
    "  --self-test            only prove that planted differences are found\n"
    "  --brief-self-test      over few queries, in one table\n"
    "  --no-self-test         leave that out: it does without the extension, so that no variant of it finds more\n";

/* A word of a list, and the bit that stands for it. */
typedef struct options_word {
    const char *word;
    unsigned bit;
} options_word;

static const options_word options_versions[] = {
    {"v1", VERSION_1}, {"v2", VERSION_2}, {"conversations", VERSION_C}, {"migrated", VERSION_MIGRATED}, {NULL, 0}};
static const options_word options_pagings[] = {{"token", PAGING_TOKEN}, {"page", PAGING_PAGE}, {NULL, 0}};
static const options_word options_scopes[] = {
    {"all", 1u << SCOPE_ALL}, {"setting", 1u << SCOPE_SETTING}, {"tables", 1u << SCOPE_TABLES}, {NULL, 0}};

static const options_word options_parts[] = {{"beside", WITHOUT_BESIDE}, {"moves", WITHOUT_MOVES}, {"own", WITHOUT_OWN},
                                             {"from", WITHOUT_FROM},     {"again", WITHOUT_AGAIN}, {NULL, 0}};

/* Cuts the next word off a list with commas; NULL at its end. */
static const char *options_next_word(char *word, size_t size, const char *list) {
    size_t length = strcspn(list, ",");
    snprintf(word, size, "%.*s", (int)length, list);
    return list[length] == ',' ? list + length + 1 : NULL;
}

/* The bits of the listed words; 0 if one is unknown. */
static unsigned options_bits(const options_word *words, const char *list) {
    unsigned bits = 0;
    while (list != NULL) {
        char word[32];
        list = options_next_word(word, sizeof word, list);
        const options_word *known = words;
        while (known->word != NULL && strcmp(known->word, word) != 0) {
            known++;
        }
        if (known->word == NULL) {
            return 0;
        }
        bits |= known->bit;
    }
    return bits;
}

static bool options_sizes(options *o, const char *list) {
    o->size_count = 0;
    while (list != NULL) {
        char word[32];
        list = options_next_word(word, sizeof word, list);
        int size = strcmp(word, "max") == 0 ? 0 : atoi(word);
        if (o->size_count == OPTIONS_MAX_SIZES || (size < 1 && strcmp(word, "max") != 0)) {
            return false;
        }
        o->sizes[o->size_count++] = size;
    }
    return true;
}

/* Takes one option; whether it is known and its value is good. */
static bool options_take(options *o, const char *name, const char *value) {
    if (strcmp(name, "--extension") == 0) {
        o->extension = value;
    } else if (strcmp(name, "--emulator") == 0) {
        o->emulator = value;
    } else if (strcmp(name, "--queries") == 0) {
        o->queries = atoi(value);
    } else if (strcmp(name, "--writes") == 0) {
        o->writes = atoi(value);
    } else if (strcmp(name, "--write") == 0) {
        o->write = strtoull(value, NULL, 10);
    } else if (strcmp(name, "--seed") == 0) {
        o->seed = strtoull(value, NULL, 10);
    } else if (strcmp(name, "--query") == 0) {
        o->query = strtoull(value, NULL, 10);
        return o->query > 0;
    } else if (strcmp(name, "--data-seed") == 0) {
        o->data_seed = value;
    } else if (strcmp(name, "--data") == 0) {
        o->small = strcmp(value, "small") == 0;
        return o->small || strcmp(value, "full") == 0;
    } else if (strcmp(name, "--versions") == 0) {
        return (o->versions = options_bits(options_versions, value)) != 0;
    } else if (strcmp(name, "--paging") == 0) {
        return (o->paging = options_bits(options_pagings, value)) != 0;
    } else if (strcmp(name, "--scope") == 0) {
        return (o->scopes = options_bits(options_scopes, value)) != 0;
    } else if (strcmp(name, "--without") == 0) {
        return (o->without = options_bits(options_parts, value)) != 0;
    } else if (strcmp(name, "--page-size") == 0) {
        return options_sizes(o, value);
    } else {
        return false;
    }
    return true;
}

/* Few queries mean a slow run, unless the command line says which data it wants. */
static void options_choose_data(options *o, int count, char **arguments) {
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--data") == 0) {
            return;
        }
    }
    o->small = o->queries < 200;
}

/* As many as the queries leave time for, unless the command line says otherwise. */
static void options_choose_writes(options *o) {
    if (o->writes < 0) {
        o->writes = o->queries < 200 ? 20 : o->queries < 2000 ? 100 : 500;
    }
}

bool options_parse(options *o, int count, char **arguments) {
    *o = (options){.extension = "build/chat.so",
                   .emulator = "build/emulator",
                   .data_seed = "1",
                   .seed = 1,
                   .queries = 5000,
                   .writes = -1,
                   .versions = VERSION_ALL,
                   .paging = PAGING_TOKEN | PAGING_PAGE,
                   .scopes = 7,
                   .sizes = {1, 7, 0},
                   .size_count = 3};
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--self-test") == 0) {
            o->self_test = true;
        } else if (strcmp(arguments[i], "--no-self-test") == 0) {
            o->no_self_test = true;
        } else if (strcmp(arguments[i], "--brief-self-test") == 0) {
            o->brief_self_test = true;
        } else if (strcmp(arguments[i], "--plans") == 0) {
            o->plans = true;
        } else if (i + 1 < count && options_take(o, arguments[i], arguments[i + 1])) {
            i++;
        } else {
            fprintf(stderr, "differential: %s?\n%s", arguments[i], options_usage);
            return false;
        }
    }
    options_choose_data(o, count, arguments);
    options_choose_writes(o);
    return true;
}

const char *options_paging_name(unsigned paging) {
    return paging == PAGING_TOKEN ? "token" : "page";
}

static void options_add(const options *o, configuration *list, int *count, configuration c) {
    static const char *const scopes[] = {"all", "setting", "tables"};
    static const char *const endings[] = {"", ", one service by setting", ", one service by CREATE VIRTUAL TABLE"};
    char size[16] = "max";
    if (*count == OPTIONS_MAX_CONFIGURATIONS || (o->scopes & (1u << c.scope)) == 0) {
        return;
    }
    if (c.page_size > 0) {
        snprintf(size, sizeof size, "%d", c.page_size);
    }
    const char *version = tables_version_name(c.version);
    snprintf(c.label, sizeof c.label, "%s %s page_size=%s%s", version, options_paging_name(c.paging), size,
             endings[c.scope]);
    snprintf(c.rerun, sizeof c.rerun, "--versions %s --paging %s --page-size %s --scope %s --data %s --data-seed %.20s",
             version, options_paging_name(c.paging), size, scopes[c.scope], o->small ? "small" : "full", o->data_seed);
    list[(*count)++] = c;
}

/* Small pages make many requests, so they get fewer queries. */
static int options_weight(int page_size) {
    return page_size == 0 ? 5 : page_size < 5 ? 1 : 3;
}

static void options_add_version(const options *o, configuration *list, int *count, unsigned version) {
    configuration c = {.version = version};
    for (c.paging = PAGING_TOKEN; c.paging <= PAGING_PAGE; c.paging <<= 1) {
        for (int i = 0; (o->paging & c.paging) != 0 && i < o->size_count; i++) {
            c.page_size = o->sizes[i];
            c.weight = options_weight(c.page_size);
            options_add(o, list, count, c);
        }
    }
    c.weight = 3;
    c.page_size = o->sizes[o->size_count - 1];
    c.paging = (o->paging & PAGING_TOKEN) != 0 ? PAGING_TOKEN : PAGING_PAGE;
    c.scope = SCOPE_SETTING;
    options_add(o, list, count, c);
    c.page_size = o->sizes[o->size_count > 1 ? o->size_count - 2 : 0];
    c.paging = (o->paging & PAGING_PAGE) != 0 ? PAGING_PAGE : PAGING_TOKEN;
    c.scope = SCOPE_TABLES;
    options_add(o, list, count, c);
}

int options_configurations(const options *o, configuration *list) {
    int count = 0;
    for (unsigned version = VERSION_1; version <= VERSION_MIGRATED; version <<= 1) {
        if ((o->versions & version) != 0) {
            options_add_version(o, list, &count, version);
        }
    }
    return count;
}
