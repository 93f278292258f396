/*
** What each setting is: one table of rules, from which come the environment variables, the checks, the error for a bad value
** and what chat_settings says is accepted.
*/
#ifndef CHAT_SETTINGS_RULES_H
#define CHAT_SETTINGS_RULES_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"

typedef enum {
    SETTING_SERVICE_SID,
    SETTING_API_VERSION,
    SETTING_PAGE_SIZE,
    SETTING_MAX_CONCURRENCY,
    SETTING_TIMEOUT_MS,
    SETTING_MAX_RETRIES,
    SETTING_MAX_REQUESTS,
    SETTING_READONLY,
    SETTING_WEBHOOKS,
    SETTING_PROGRESS,
    SETTING_REQUEST_LOG,
    SETTING_MEMORY_LIMIT_MB,
    SETTING_MEDIA_MAX_MB,
    SETTING_WRITE_RATE,
    SETTING_WRITE_JOURNAL,
    SETTING_WITHOUT,
    SETTING_PROFILE,
    SETTING_URL,
    SETTING_CONVERSATIONS_URL,
    SETTING_MEDIA_URL,
    SETTING_REGION,
    SETTING_EDGE,
    SETTING_API_KEY,
    SETTING_API_KEY_SECRET,
    SETTING_ACCOUNT_SID,
    SETTING_AUTH_TOKEN,
    SETTING_COUNT
} setting_id;

/* What can be switched off, to show that answers do not depend on it. */
enum {
    WITHOUT_LOOKUP = 1, /* by path, SID or name */
    WITHOUT_PARENT = 2,
    WITHOUT_FILTER = 4,
    WITHOUT_ORDER = 8,
    WITHOUT_BOUNDS = 16,
    WITHOUT_LIMIT = 32,
    WITHOUT_KNOWN = 64,   /* known addresses */
    WITHOUT_AHEAD = 128,  /* pages ahead and join readahead */
    WITHOUT_RECALL = 256, /* rows of lists that a statement comes back to, from what it has read */
    WITHOUT_SPILL = 512,  /* pages for which there is no room in memory, in a temporary file */
    WITHOUT_KEEP = 1024,  /* memory for pages that no scan stands on */
    WITHOUT_OMIT = 2048   /* terms that SQLite leaves to us */
};

typedef enum {
    RULE_CHOICE,
    RULE_VERSION, /* a choice, of the catalogue's */
    RULE_INTEGER,
    RULE_SERVICE,
    RULE_ORIGIN,
    RULE_LABEL,
    RULE_PROFILE,
    RULE_CREDENTIAL,
    RULE_WITHOUT
} rule_kind;

typedef struct setting_rule {
    const char *name;
    const char *environment, *environment_too; /* the second is read where the first is not set */
    const char *initial;                       /* NULL: unset */
    rule_kind kind;
    bool secret;
    int least, most;             /* RULE_INTEGER */
    const char *const *accepted; /* RULE_CHOICE */
    const char *description;
} setting_rule;

/* The name of a setting, and the environment variable that says it: the catalogue's, where it replaces an origin. */
const char *settings_rules_name(setting_id id);
const char *settings_rules_variable(setting_id id);

/* The rule of a setting. */
const setting_rule *settings_rules_of(setting_id id);

/* The setting that replaces an origin (index in catalog_origins). */
setting_id settings_rules_replacing(int origin);

/* A value that is not accepted is a problem that names what is, without the setting's name. */
void settings_rules_check(setting_id id, const char *text, error *problem);

/* Appends what is accepted, for people: "v1, v2, conversations". */
void settings_rules_accepted(setting_id id, buffer *text);

/* The mask of a list of names of WITHOUT_ bits; *fine becomes false if one of them is not known. */
unsigned settings_rules_without(const char *text, bool *fine);

#endif
