/* The settings of a connection; see settings.h. */
#include "session/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/secret.h"
#include "base/sid.h"
#include "base/sqlite.h"
#include "base/utf8.h"
#include "catalog/catalog.h"
#include "rest/url.h"

typedef enum {
    RULE_CHOICE,
    RULE_INTEGER,
    RULE_SERVICE,
    RULE_ORIGIN,
    RULE_LABEL,
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

static const char *const on_off[] = {"on", "off", NULL};
static const char *const on_off_auto[] = {"off", "on", "auto", NULL};
static const char *const versions[] = {"v1", "v2", NULL};

/* In the order of the WITHOUT_ bits. */
static const char *const without_names[] = {"lookup", "parent", "filter", "order", "bounds",
                                            "limit",  "known",  "ahead",  NULL};

static const setting_rule rules[SETTING_COUNT] = {
    [SETTING_SERVICE_SID] = {"service_sid", "TWILIO_CHAT_SERVICE_SID", NULL, NULL, RULE_SERVICE, false, 0, 0, NULL,
                             "every table holds this service only; unset: all services"},
    [SETTING_API_VERSION] = {"api_version", "TWILIO_CHAT_API_VERSION", NULL, "v1", RULE_CHOICE, false, 0, 0, versions,
                             "version of the API to speak"},
    [SETTING_PAGE_SIZE] = {"page_size", "TWILIO_CHAT_PAGE_SIZE", NULL, NULL, RULE_INTEGER, false, 1, 1000, NULL,
                           "rows asked for in one page; unset: the endpoint's maximum"},
    [SETTING_MAX_CONCURRENCY] = {"max_concurrency", "TWILIO_CHAT_MAX_CONCURRENCY", NULL, "16", RULE_INTEGER, false, 1,
                                 256, NULL, "requests running at the same time"},
    [SETTING_TIMEOUT_MS] = {"timeout_ms", "TWILIO_CHAT_TIMEOUT_MS", NULL, "30000", RULE_INTEGER, false, 1, 3600000,
                            NULL, "time for one attempt, in milliseconds"},
    [SETTING_MAX_RETRIES] = {"max_retries", "TWILIO_CHAT_MAX_RETRIES", NULL, "5", RULE_INTEGER, false, 0, 100, NULL,
                             "further attempts after a failed one"},
    [SETTING_READONLY] = {"readonly", "TWILIO_CHAT_READONLY", NULL, "off", RULE_CHOICE, false, 0, 0, on_off,
                          "on: every write is refused"},
    [SETTING_WEBHOOKS] = {"webhooks", "TWILIO_CHAT_WEBHOOKS", NULL, NULL, RULE_CHOICE, false, 0, 0, on_off,
                          "the X-Twilio-Webhook-Enabled header of writes that take it; unset: not sent"},
    [SETTING_PROGRESS] = {"progress", "TWILIO_CHAT_PROGRESS", NULL, "off", RULE_CHOICE, false, 0, 0, on_off_auto,
                          "a progress line on stderr for long statements; auto: when it is a terminal"},
    [SETTING_REQUEST_LOG] = {"request_log", "TWILIO_CHAT_REQUEST_LOG", NULL, "10000", RULE_INTEGER, false, 0, 10000000,
                             NULL, "rows kept in chat_requests"},
    [SETTING_MEMORY_LIMIT_MB] = {"memory_limit_mb", "TWILIO_CHAT_MEMORY_LIMIT_MB", NULL, "64", RULE_INTEGER, false, 1,
                                 65536, NULL, "MiB of pages that all scans together may hold"},
    [SETTING_WRITE_RATE] = {"write_rate", "TWILIO_CHAT_WRITE_RATE", NULL, "30", RULE_INTEGER, false, 0, 1000, NULL,
                            "writes a second for each channel and each service; 0: as fast as the server takes them"},
    [SETTING_WRITE_JOURNAL] =
        {"write_journal", "TWILIO_CHAT_WRITE_JOURNAL", NULL, NULL, RULE_LABEL, false, 0, 0, NULL,
         "table, in a file beside the main database, that every write is noted in before and after"},
    [SETTING_WITHOUT] = {"without", "TWILIO_CHAT_WITHOUT", NULL, NULL, RULE_WITHOUT, false, 0, 0, without_names,
                         "for tests: what is not to be used, such as \"order,limit\"; answers stay the same"},
    [SETTING_URL] = {"url", "TWILIO_CHAT_URL", NULL, NULL, RULE_ORIGIN, false, 0, 0, NULL,
                     "origin that replaces https://chat.twilio.com; changing it forgets the credentials"},
    [SETTING_REGION] = {"region", "TWILIO_REGION", NULL, NULL, RULE_LABEL, false, 0, 0, NULL,
                        "region of the host, such as ie1; changing it forgets the credentials"},
    [SETTING_EDGE] = {"edge", "TWILIO_EDGE", NULL, NULL, RULE_LABEL, false, 0, 0, NULL,
                      "edge of the host, such as dublin; changing it forgets the credentials"},
    [SETTING_API_KEY] = {"api_key", "TWILIO_API_KEY", NULL, NULL, RULE_CREDENTIAL, true, 0, 0, NULL,
                         "SID of an API key (SK...); preferred to the account's token"},
    [SETTING_API_KEY_SECRET] = {"api_key_secret", "TWILIO_API_KEY_SECRET", "TWILIO_API_SECRET", NULL, RULE_CREDENTIAL,
                                true, 0, 0, NULL, "secret of the API key"},
    [SETTING_ACCOUNT_SID] = {"account_sid", "TWILIO_ACCOUNT_SID", NULL, NULL, RULE_CREDENTIAL, true, 0, 0, NULL,
                             "SID of the account (AC...)"},
    [SETTING_AUTH_TOKEN] = {"auth_token", "TWILIO_AUTH_TOKEN", NULL, NULL, RULE_CREDENTIAL, true, 0, 0, NULL,
                            "token of the account"},
};

/* ---- checking ---- */

static void settings_list_accepted(const char *const *accepted, buffer *text) {
    for (size_t i = 0; accepted[i]; i++) {
        buffer_format(text, "%s%s", i ? ", " : "", accepted[i]);
    }
}

static void settings_check_choice(const setting_rule *rule, const char *text, error *problem) {
    for (size_t i = 0; rule->accepted[i]; i++) {
        if (strcmp(rule->accepted[i], text) == 0) {
            return;
        }
    }
    buffer list;
    buffer_init(&list, 1000);
    settings_list_accepted(rule->accepted, &list);
    error_set(problem, SQLITE_ERROR, "\"%!.80s\" is not accepted: use one of %s", text, list.data ? list.data : "");
    buffer_clear(&list);
}

static void settings_check_integer(const setting_rule *rule, const char *text, error *problem) {
    char *end = NULL;
    long number = *text >= '0' && *text <= '9' ? strtol(text, &end, 10) : -1;
    if (!end || *end || number < rule->least || number > rule->most) {
        error_set(problem, SQLITE_ERROR, "\"%!.80s\" is not accepted: use a whole number from %d to %d", text,
                  rule->least, rule->most);
    }
}

static void settings_check_label(const char *text, error *problem) {
    if (!sid_is_plain_segment(text, strlen(text))) {
        error_set(problem, SQLITE_ERROR, "\"%!.80s\" is not accepted: use a name of letters, digits and '-'", text);
    }
}

/* The bit of the name that text begins with, up to a comma or the end; 0: none. */
static unsigned settings_without_bit(const char *text, size_t length) {
    for (size_t i = 0; without_names[i]; i++) {
        if (strlen(without_names[i]) == length && memcmp(without_names[i], text, length) == 0) {
            return 1u << i;
        }
    }
    return 0;
}

/* The mask of a list of names; *fine becomes false if one of them is not known. */
static unsigned settings_without_mask(const char *text, bool *fine) {
    unsigned mask = 0;
    for (const char *name = text; *fine && *name;) {
        size_t length = strcspn(name, ",");
        unsigned bit = settings_without_bit(name, length);
        *fine = bit != 0;
        mask |= bit;
        name += length + (name[length] == ',');
    }
    return mask;
}

static void settings_check_without(const setting_rule *rule, const char *text, error *problem) {
    bool fine = true;
    buffer list;
    settings_without_mask(text, &fine);
    if (!fine) {
        buffer_init(&list, 1000);
        settings_list_accepted(rule->accepted, &list);
        error_set(problem, SQLITE_ERROR, "\"%!.80s\" is not accepted: use some of %s, with commas between them", text,
                  list.data ? list.data : "");
        buffer_clear(&list);
    }
}

/* For what is not confined to some characters anyway. */
static void settings_check_utf8(const char *text, error *problem) {
    if (!utf8_is_valid(text, strlen(text))) {
        error_set(problem, SQLITE_ERROR, "a text that is not valid UTF-8 is not accepted");
    }
}

static void settings_check(const setting_rule *rule, const char *text, error *problem) {
    switch (rule->kind) {
    case RULE_CHOICE:
        settings_check_choice(rule, text, problem);
        break;
    case RULE_INTEGER:
        settings_check_integer(rule, text, problem);
        break;
    case RULE_SERVICE:
        if (sid_classify(SID_SERVICE, text, strlen(text)) != SID_CANONICAL) {
            error_set(
                problem, SQLITE_ERROR,
                "\"%!.80s\" is not accepted: use a service's SID (IS and 32 hexadecimal digits, letters in lower case)",
                text);
        }
        break;
    case RULE_ORIGIN:
        settings_check_utf8(text, problem);
        sqlite3_free(url_origin(text, problem));
        break;
    case RULE_LABEL:
        settings_check_label(text, problem);
        break;
    case RULE_WITHOUT:
        settings_check_without(rule, text, problem);
        break;
    case RULE_CREDENTIAL:
        if (!*text) {
            error_set(problem, SQLITE_ERROR, "an empty text is not accepted: use the value or NULL");
        }
        settings_check_utf8(text, problem);
        break;
    }
}

/* ---- storing ---- */

static void settings_store(settings *target, setting_id id, const char *text, setting_source source, error *problem) {
    char *copy = secret_copy(text);
    if (text && !copy) {
        error_no_memory(problem);
        return;
    }
    secret_free(target->values[id].text);
    target->values[id].text = copy;
    target->values[id].source = source;
}

static const char *settings_environment(const setting_rule *rule, const char **variable) {
    const char *text = getenv(rule->environment);
    *variable = rule->environment;
    if ((!text || !*text) && rule->environment_too) {
        text = getenv(rule->environment_too);
        *variable = rule->environment_too;
    }
    return text && *text ? text : NULL;
}

/* Puts back what the environment or the rule says. */
static void settings_reset(settings *target, setting_id id, error *problem) {
    const char *variable;
    const char *text = settings_environment(&rules[id], &variable);
    error refusal = {0};
    if (!text) {
        settings_store(target, id, rules[id].initial, SOURCE_DEFAULT, problem);
        return;
    }
    settings_check(&rules[id], text, &refusal);
    if (refusal.message) {
        error_set(problem, refusal.rc, "environment variable %s: %s", variable,
                  rules[id].secret ? "not accepted" : refusal.message);
    } else if (error_is_set(&refusal)) {
        error_no_memory(problem);
    } else {
        settings_store(target, id, text, SOURCE_ENVIRONMENT, problem);
    }
    error_clear(&refusal);
}

static char *settings_make_origin(const settings *source, error *problem) {
    const char *url = source->values[SETTING_URL].text;
    return url ? url_origin(url, problem)
               : url_regional_origin(source->values[SETTING_REGION].text, source->values[SETTING_EDGE].text, problem);
}

static bool settings_is_credential(int id) {
    return rules[id].kind == RULE_CREDENTIAL;
}

/*
** Forgets the credentials that were set for another origin: first of all, so that no failure after it can leave them.
*/
static void settings_forget_credentials(settings *target, error *problem) {
    for (int id = 0; id < SETTING_COUNT; id++) {
        if (settings_is_credential(id) && target->values[id].source == SOURCE_SET) {
            secret_free(target->values[id].text);
            target->values[id] = (setting_value){NULL, SOURCE_DEFAULT};
            settings_reset(target, (setting_id)id, problem);
        }
    }
}

/* Recomputes the origin; when it has changed, credentials that were set for the old one are forgotten. */
static void settings_follow_origin(settings *target, error *problem) {
    char *origin = settings_make_origin(target, problem);
    if (!origin) {
        return;
    }
    if (target->origin && strcmp(target->origin, origin) != 0) {
        settings_forget_credentials(target, problem);
    }
    sqlite3_free(target->origin);
    target->origin = origin;
}

void settings_load(settings *target, error *problem) {
    for (int id = 0; id < SETTING_COUNT && !error_is_set(problem); id++) {
        settings_reset(target, (setting_id)id, problem);
    }
    if (!error_is_set(problem)) {
        settings_follow_origin(target, problem);
    }
    if (target->origin) {
        target->loaded_origin = sqlite3_mprintf("%s", target->origin);
        if (!target->loaded_origin) {
            error_no_memory(problem);
        }
    }
}

void settings_free(settings *target) {
    for (int id = 0; id < SETTING_COUNT; id++) {
        secret_free(target->values[id].text);
    }
    sqlite3_free(target->origin);
    sqlite3_free(target->loaded_origin);
    memset(target, 0, sizeof *target);
}

/* Stores a checked value, or puts back the environment's or the default one. */
static void settings_change(settings *target, setting_id id, const char *text, error *problem) {
    if (text) {
        settings_store(target, id, text, SOURCE_SET, problem);
    } else {
        settings_reset(target, id, problem);
    }
}

/* A change of what the origin is made of: taken back if the origin cannot be had. */
static void settings_change_origin(settings *target, setting_id id, const char *text, error *problem) {
    setting_value before = target->values[id];
    target->values[id] = (setting_value){NULL, SOURCE_DEFAULT};
    settings_change(target, id, text, problem);
    if (!error_is_set(problem)) {
        settings_follow_origin(target, problem);
    }
    if (error_is_set(problem)) {
        sqlite3_free(target->values[id].text);
        target->values[id] = before;
    } else {
        sqlite3_free(before.text);
    }
}

void settings_set(settings *target, setting_id id, const char *text, error *problem) {
    error refusal = {0};
    if (text) {
        settings_check(&rules[id], text, &refusal);
    }
    if (refusal.message) {
        error_set(problem, refusal.rc, "chat_settings: %s: %s", rules[id].name, refusal.message);
    } else if (error_is_set(&refusal)) {
        error_no_memory(problem);
    } else if (id == SETTING_URL || id == SETTING_REGION || id == SETTING_EDGE) {
        settings_change_origin(target, id, text, problem);
    } else {
        settings_change(target, id, text, problem);
    }
    error_clear(&refusal);
}

/* ---- reading ---- */

/* A credential of the environment is for the origin at load only. */
static const char *settings_credential(const settings *source, setting_id id) {
    const setting_value *value = &source->values[id];
    bool elsewhere = value->source == SOURCE_ENVIRONMENT && source->origin && source->loaded_origin &&
                     strcmp(source->origin, source->loaded_origin) != 0;
    return elsewhere ? NULL : value->text;
}

const char *settings_text(const settings *source, setting_id id) {
    return settings_is_credential((int)id) ? settings_credential(source, id) : source->values[id].text;
}

const char *settings_shown(const settings *source, setting_id id) {
    const char *text = settings_text(source, id);
    return text && rules[id].secret ? "****" : text;
}

const char *settings_name(setting_id id) {
    return rules[id].name;
}

const char *settings_description(setting_id id) {
    return rules[id].description;
}

const char *settings_source_text(const settings *source, setting_id id) {
    static const char *const names[] = {"default", "environment", "set"};
    return settings_text(source, id) || source->values[id].source == SOURCE_SET ? names[source->values[id].source]
                                                                                : names[SOURCE_DEFAULT];
}

int settings_integer(const settings *source, setting_id id) {
    const char *text = source->values[id].text;
    return text ? atoi(text) : 0;
}

unsigned settings_without(const settings *source) {
    const char *text = source->values[SETTING_WITHOUT].text;
    bool fine = true;
    return text ? settings_without_mask(text, &fine) : 0;
}

unsigned settings_version_bit(const char *text) {
    if (strcmp(text, "v1") == 0) {
        return CATALOG_V1;
    }
    return strcmp(text, "v2") == 0 ? CATALOG_V2 : 0;
}

static const char *settings_key_names(const settings *source) {
    return source->values[SETTING_API_KEY].source == SOURCE_ENVIRONMENT
               ? "TWILIO_API_KEY and TWILIO_API_KEY_SECRET (or TWILIO_API_SECRET)"
               : "the settings api_key and api_key_secret";
}

static const char *settings_token_names(const settings *source) {
    return source->values[SETTING_ACCOUNT_SID].source == SOURCE_ENVIRONMENT ? "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"
                                                                            : "the settings account_sid and auth_token";
}

client_config settings_client_config(const settings *source) {
    client_config config = {.origin = source->origin,
                            .user = settings_credential(source, SETTING_API_KEY),
                            .password = settings_credential(source, SETTING_API_KEY_SECRET),
                            .credential_names = settings_key_names(source),
                            .timeout_ms = settings_integer(source, SETTING_TIMEOUT_MS),
                            .max_retries = settings_integer(source, SETTING_MAX_RETRIES),
                            .max_concurrency = settings_integer(source, SETTING_MAX_CONCURRENCY),
                            .request_log = settings_integer(source, SETTING_REQUEST_LOG)};
    if (!config.user || !config.password) {
        config.user = settings_credential(source, SETTING_ACCOUNT_SID);
        config.password = settings_credential(source, SETTING_AUTH_TOKEN);
        config.credential_names = settings_token_names(source);
    }
    return config;
}
