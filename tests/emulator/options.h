/*
** The command line of the emulator. options_usage() is its manual.
*/
#ifndef EMULATOR_OPTIONS_H
#define EMULATOR_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef enum { PAGING_TOKEN, PAGING_PAGE } options_paging;
typedef enum { HIDE_AUTO, HIDE_ALWAYS, HIDE_NEVER, HIDE_MIXED } options_hide;
typedef enum { DATES_ISO, DATES_RFC2822 } options_dates;
typedef enum { SPREAD_UNEVEN, SPREAD_EVEN } options_spread;
typedef enum { STATES_ACTIVE, STATES_MIXED } options_states;
typedef enum { PAGE_SIZE_CLAMP, PAGE_SIZE_REFUSE } options_page_size;

/* What to generate. Kept in the database too, because computed messages depend on it. */
typedef struct options_data {
    int64_t seed;
    int64_t services, channels, users, members, messages, invites, roles, credentials, bindings, webhooks;
    int64_t private_percent;   /* of the channels; -1: about a third, chosen by the seed */
    int64_t phones, addresses; /* participants outside chat; address configurations */
    int64_t media_bytes;       /* generated media are smaller than this */
    int spread, states;        /* an options_spread, an options_states */
    bool tidy, lived_in;
} options_data;

typedef struct options {
    int64_t port, conversations_port, media_port, content_port; /* 0: the kernel chooses */
    const char *public_url, *conversations_public_url, *media_public_url, *content_public_url;
    const char *account_sid, *auth_token, *api_key, *api_secret;
    const char *database; /* NULL: in memory */
    int64_t latency;      /* milliseconds */
    int64_t write_limit;  /* per second; 0: none */
    int64_t concurrency_limit;
    int64_t clock;        /* seconds since 1970 of a clock that only writes advance; -1: the real one */
    int64_t initializing; /* milliseconds that a conversation made with participants stays so */
    int paging, hide_attributes, dates, page_size;
    bool next_without_page, refuse_encoded_slash;
    bool print_environment, print_ports, exit_with_parent, exit_on_eof, verbose;
    options_data data;
} options;

/* Fills *self from the arguments. Returns -1 to go on, else the exit status: 0 after --help, 2 after a bad argument
** (reported on stderr). Texts point into argv. */
int options_parse(options *self, int argc, char **argv);

/* Writes the manual. */
void options_usage(FILE *out);

/* The position of text among the terminated list of names, or -1. Shared with the control path. */
int options_choice(const char *const *names, const char *text);
extern const char *const options_paging_names[];
extern const char *const options_dates_names[];
extern const char *const options_page_size_names[];

#endif
