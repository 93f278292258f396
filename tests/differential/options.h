/* The command line, and the configurations that it asks for. */
#ifndef DIFFERENTIAL_OPTIONS_H
#define DIFFERENTIAL_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

enum { OPTIONS_MAX_SIZES = 8, OPTIONS_MAX_CONFIGURATIONS = 80 };

/* What the extension's tables hold. */
typedef enum {
    SCOPE_ALL,     /* everything */
    SCOPE_SETTING, /* one service, by the setting service_sid */
    SCOPE_TABLES,  /* one service, by CREATE VIRTUAL TABLE ... (service_sid='IS...') */
} scope_kind;

enum { PAGING_TOKEN = 1, PAGING_PAGE = 2 };

/* What can be left out, to find out about the rest. */
enum {
    WITHOUT_BESIDE = 1, /* other cursors open while a query runs, or a change */
    WITHOUT_MOVES = 2,  /* the server changed between a query and its repetition */
    WITHOUT_OWN = 4,    /* the extension's own tables as sources */
    WITHOUT_FROM = 8,   /* UPDATE ... FROM */
    WITHOUT_AGAIN = 16, /* several writes of one row in a transaction */
};

typedef struct options {
    const char *extension;
    const char *emulator;
    const char *data_seed;
    uint64_t seed;
    int queries;
    int writes;                   /* transactions of writes for each version */
    uint64_t write;               /* show what this one did; all before it are run too; 0: none */
    uint64_t query;               /* only this one, shown at length; 0: all */
    unsigned versions;            /* mask of VERSION_... */
    unsigned paging;              /* mask of PAGING_... */
    unsigned scopes;              /* mask of 1 << SCOPE_... */
    unsigned without;             /* mask of WITHOUT_...: 0, but for debugging */
    int sizes[OPTIONS_MAX_SIZES]; /* of pages; 0: the endpoint's maximum */
    int size_count;
    bool self_test;    /* only that */
    bool no_self_test; /* all but that */
    bool brief_self_test;
    bool plans; /* list them */
    bool small; /* less data: for runs under valgrind */
} options;

typedef struct configuration {
    unsigned version;
    unsigned paging; /* one PAGING_... bit */
    int page_size;
    scope_kind scope;
    int weight; /* its share of the queries */
    char label[96];
    char rerun[160];
} configuration;

/* Reads the command line. False, with usage on standard error, if it is wrong. */
bool options_parse(options *o, int count, char **arguments);

/* The configurations to compare queries in; their number. */
int options_configurations(const options *o, configuration *list);

/* "token" or "page". */
const char *options_paging_name(unsigned paging);

#endif
