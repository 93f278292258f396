/* The command line: see options.h. One table says what each option is; parsing and defaults follow from it. */
#include "options.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

const char *const options_paging_names[] = {"token", "page", NULL};
const char *const options_dates_names[] = {"iso", "rfc2822", NULL};
static const char *const options_hide_names[] = {"auto", "always", "never", "mixed", NULL};
static const char *const options_spread_names[] = {"uneven", "even", NULL};
static const char *const options_states_names[] = {"active", "mixed", NULL};
const char *const options_page_size_names[] = {"clamp", "refuse", NULL};

typedef enum { OPTION_FLAG, OPTION_UNFLAG, OPTION_INTEGER, OPTION_TEXT, OPTION_CHOICE } option_kind;

typedef struct option {
    const char *name;
    option_kind kind;
    size_t offset; /* of the member of `options` it sets */
    const char *const *choices;
    const char *help;
} option;

#define AT(member) offsetof(options, member)

static const option option_table[] = {
    {"--port", OPTION_INTEGER, AT(port), NULL, "TCP port on 127.0.0.1; 0 (default): the kernel chooses"},
    {"--public-url", OPTION_TEXT, AT(public_url), NULL, "origin written into answers instead of the request's own"},
    {"--conversations-port", OPTION_INTEGER, AT(conversations_port), NULL, "the same for Conversations v1"},
    {"--conversations-public-url", OPTION_TEXT, AT(conversations_public_url), NULL, "..."},
    {"--media-port", OPTION_INTEGER, AT(media_port), NULL, "the same for media (MCS)"},
    {"--media-public-url", OPTION_TEXT, AT(media_public_url), NULL, "..."},
    {"--content-port", OPTION_INTEGER, AT(content_port), NULL, "the same for the temporary addresses of their bytes"},
    {"--content-public-url", OPTION_TEXT, AT(content_public_url), NULL, "..."},
    {"--account-sid", OPTION_TEXT, AT(account_sid), NULL, "account SID that may sign in"},
    {"--auth-token", OPTION_TEXT, AT(auth_token), NULL, "... and its token"},
    {"--api-key", OPTION_TEXT, AT(api_key), NULL, "API key SID that may sign in"},
    {"--api-secret", OPTION_TEXT, AT(api_secret), NULL, "... and its secret"},
    {"--database", OPTION_TEXT, AT(database), NULL, "keep the data in this file (default: memory)"},
    {"--print-environment", OPTION_FLAG, AT(print_environment), NULL, "after the URL print export lines for a shell"},
    {"--print-ports", OPTION_FLAG, AT(print_ports), NULL, "after the URL print a line NAME URL for each other port"},
    {"--exit-with-parent", OPTION_FLAG, AT(exit_with_parent), NULL, "end when the parent process ends"},
    {"--exit-on-eof", OPTION_FLAG, AT(exit_on_eof), NULL, "end when standard input ends"},
    {"--verbose", OPTION_FLAG, AT(verbose), NULL, "one line per request on stderr"},
    {"--quiet", OPTION_UNFLAG, AT(verbose), NULL, "none (default)"},
    {"--paging", OPTION_CHOICE, AT(paging), options_paging_names, "form of the next page's URL: token, page"},
    {"--next-without-page", OPTION_FLAG, AT(next_without_page), NULL, "token URLs lack the Page parameter"},
    {"--hide-attributes", OPTION_CHOICE, AT(hide_attributes), options_hide_names,
     "null in lists: auto (v1 only), always, never, mixed (every other row)"},
    {"--dates", OPTION_CHOICE, AT(dates), options_dates_names, "iso, rfc2822"},
    {"--page-size", OPTION_CHOICE, AT(page_size), options_page_size_names,
     "above the maximum, on Conversations: clamp, refuse"},
    {"--initializing", OPTION_INTEGER, AT(initializing), NULL,
     "milliseconds until a conversation made with participants is active (0)"},
    {"--refuse-encoded-slash", OPTION_FLAG, AT(refuse_encoded_slash), NULL, "%2F in a path is a 404"},
    {"--write-limit", OPTION_INTEGER, AT(write_limit), NULL, "writes per second and channel or service; 0: off"},
    {"--concurrency-limit", OPTION_INTEGER, AT(concurrency_limit), NULL, "requests at a time before 429; 0: off"},
    {"--latency", OPTION_INTEGER, AT(latency), NULL, "milliseconds before each answer"},
    {"--clock", OPTION_INTEGER, AT(clock), NULL, "time of the first write in seconds since 1970; each adds one second"},
    {"--seed", OPTION_INTEGER, AT(data.seed), NULL, "of the generated data"},
    {"--tidy", OPTION_FLAG, AT(data.tidy), NULL, "readable data for a demonstration, nothing awkward"},
    {"--lived-in", OPTION_FLAG, AT(data.lived_in), NULL,
     "... with what years leave: channels made twice that nobody uses, files, users near their limit"},
    {"--spread", OPTION_CHOICE, AT(data.spread), options_spread_names, "messages over channels: uneven, even"},
    {"--services", OPTION_INTEGER, AT(data.services), NULL, "how many; likewise, all totals over all services:"},
    {"--channels", OPTION_INTEGER, AT(data.channels), NULL, ""},
    {"--users", OPTION_INTEGER, AT(data.users), NULL, ""},
    {"--members", OPTION_INTEGER, AT(data.members), NULL, ""},
    {"--messages", OPTION_INTEGER, AT(data.messages), NULL, "(computed when read: millions cost nothing)"},
    {"--invites", OPTION_INTEGER, AT(data.invites), NULL, ""},
    {"--roles", OPTION_INTEGER, AT(data.roles), NULL, "beside the four that every service has"},
    {"--credentials", OPTION_INTEGER, AT(data.credentials), NULL, ""},
    {"--bindings", OPTION_INTEGER, AT(data.bindings), NULL, ""},
    {"--webhooks", OPTION_INTEGER, AT(data.webhooks), NULL, ""},
    {"--private", OPTION_INTEGER, AT(data.private_percent), NULL,
     "percent of the channels, which Conversations shows; -1 (default): about a third"},
    {"--states", OPTION_CHOICE, AT(data.states), options_states_names,
     "of conversations: active, or mixed with inactive, closed, Chat-born, timed and mailed ones"},
    {"--phones", OPTION_INTEGER, AT(data.phones), NULL,
     "participants outside chat, in private channels: messages have receipts for each"},
    {"--addresses", OPTION_INTEGER, AT(data.addresses), NULL, "address configurations"},
    {"--media-bytes", OPTION_INTEGER, AT(data.media_bytes), NULL, "generated media are smaller than this (16 MiB)"},
};

enum { OPTION_COUNT = sizeof option_table / sizeof *option_table };

static const options option_defaults = {
    .account_sid = "AC00000000000000000000000000000001",
    .auth_token = "emulator-token",
    .api_key = "SK00000000000000000000000000000001",
    .api_secret = "emulator-secret",
    .write_limit = 30,
    .clock = -1,
    .data = {.seed = 1,
             .services = 3,
             .channels = 60,
             .users = 200,
             .members = 600,
             .messages = 5000,
             .invites = 60,
             .roles = 6,
             .credentials = 6,
             .bindings = 60,
             .webhooks = 30,
             .private_percent = -1,
             .addresses = 6,
             .media_bytes = 1 << 24},
};

int options_choice(const char *const *names, const char *text) {
    for (int position = 0; names[position]; position++) {
        if (strcmp(names[position], text) == 0) {
            return position;
        }
    }
    return -1;
}

void options_usage(FILE *out) {
    fputs(
        "usage: emulator [option...]\n"
        "Serves the Chat API v1, v2 and v3 and, on other loopback ports, Conversations v1 and media, with generated data.\n"
        "Prints one line, Chat's http://127.0.0.1:PORT, when it is ready. Stop it with SIGTERM.\n\n",
        out);
    for (int position = 0; position < OPTION_COUNT; position++) {
        const option *entry = &option_table[position];
        bool flag = entry->kind == OPTION_FLAG || entry->kind == OPTION_UNFLAG;
        fprintf(out, "  %-24s %s%s\n", entry->name, flag ? "" : "VALUE  ", entry->help);
    }
    fputs("\nUnder /__control/ (no authentication) tests set faults and read counters: see control.h.\n", out);
}

static const option *option_find(const char *name) {
    for (int position = 0; position < OPTION_COUNT; position++) {
        if (strcmp(option_table[position].name, name) == 0) {
            return &option_table[position];
        }
    }
    return NULL;
}

/* Stores a value given as text. Returns false where the text is not one of those accepted. */
static bool option_store(options *self, const option *entry, const char *value) {
    char *member = (char *)self + entry->offset;
    char *end = NULL;
    int choice;
    switch (entry->kind) {
    case OPTION_TEXT:
        *(const char **)(void *)member = value;
        return true;
    case OPTION_CHOICE:
        choice = options_choice(entry->choices, value);
        *(int *)(void *)member = choice;
        return choice >= 0;
    case OPTION_INTEGER:
        errno = 0;
        *(int64_t *)(void *)member = strtoll(value, &end, 10);
        return errno == 0 && end != value && *end == '\0';
    default:
        *(bool *)(void *)member = entry->kind == OPTION_FLAG;
        return true;
    }
}

int options_parse(options *self, int argc, char **argv) {
    *self = option_defaults;
    for (int position = 1; position < argc; position++) {
        if (strcmp(argv[position], "--help") == 0) {
            options_usage(stdout);
            return 0;
        }
        const option *entry = option_find(argv[position]);
        bool valued = entry && entry->kind != OPTION_FLAG && entry->kind != OPTION_UNFLAG;
        const char *value = valued && position + 1 < argc ? argv[++position] : NULL;
        if (!entry || (valued && !value) || !option_store(self, entry, value)) {
            fprintf(stderr, "emulator: bad option or value: %s %s (see --help)\n", entry ? entry->name : argv[position],
                    value ? value : "");
            return 2;
        }
    }
    return -1;
}
