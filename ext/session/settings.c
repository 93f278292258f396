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
    RULE_VERSION, /* a choice, of the catalogue's */
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

/* In the order of the WITHOUT_ bits. */
static const char *const without_names[] = {"lookup", "parent", "filter", "order", "bounds",
                                            "limit",  "known",  "ahead",  NULL};

static const setting_rule rules[SETTING_COUNT] = {
    [SETTING_SERVICE_SID] = {"service_sid", "TWILIO_CHAT_SERVICE_SID", NULL, NULL, RULE_SERVICE, false, 0, 0, NULL,
                             "every table holds this service only; unset: all services"},
    [SETTING_API_VERSION] = {"api_version", "TWILIO_CHAT_API_VERSION", NULL, NULL, RULE_VERSION, false, 0, 0, NULL,
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
    [SETTING_MEMORY_LIMIT_MB] =
        {"memory_limit_mb", "TWILIO_CHAT_MEMORY_LIMIT_MB", NULL, "64", RULE_INTEGER, false, 1, 65536, NULL,
         "MiB of pages that all scans together may hold, and of queued writes before they go to a file"},
    [SETTING_MEDIA_MAX_MB] = {"media_max_mb", "TWILIO_CHAT_MEDIA_MAX_MB", NULL, "64", RULE_INTEGER, false, 1, 256, NULL,
                              "MiB that the content of one medium may have"},
    [SETTING_WRITE_RATE] = {"write_rate", "TWILIO_CHAT_WRITE_RATE", NULL, "30", RULE_INTEGER, false, 0, 1000, NULL,
                            "writes a second for each channel and each service; 0: as fast as the server takes them"},
    [SETTING_WRITE_JOURNAL] =
        {"write_journal", "TWILIO_CHAT_WRITE_JOURNAL", NULL, NULL, RULE_LABEL, false, 0, 0, NULL,
         "table, in a file beside the main database, that every write is noted in before and after"},
    [SETTING_WITHOUT] = {"without", "TWILIO_CHAT_WITHOUT", NULL, NULL, RULE_WITHOUT, false, 0, 0, without_names,
                         "for tests: what is not to be used, such as \"order,limit\"; answers stay the same"},
    [SETTING_URL] = {NULL, NULL, NULL, NULL, RULE_ORIGIN, false, 0, 0, NULL,
                     "origin that replaces https://chat.twilio.com; changing it forgets the credentials"},
    [SETTING_CONVERSATIONS_URL] =
        {NULL, NULL, NULL, NULL, RULE_ORIGIN, false, 0, 0, NULL,
         "origin that replaces https://conversations.twilio.com; changing it forgets the credentials"},
    [SETTING_MEDIA_URL] = {NULL, NULL, NULL, NULL, RULE_ORIGIN, false, 0, 0, NULL,
                           "origin that replaces https://mcs.us1.twilio.com; changing it forgets the credentials"},
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

/* The settings that replace an origin, in the order of catalog_origins, which has their names. */
static const setting_id origin_settings[CATALOG_ORIGIN_COUNT] = {SETTING_URL, SETTING_CONVERSATIONS_URL,
                                                                 SETTING_MEDIA_URL};

static int settings_origin_of(setting_id id) {
    int origin = 0;
    while (origin < CATALOG_ORIGIN_COUNT && origin_settings[origin] != id) {
        origin++;
    }
    return origin;
}

const char *settings_name(setting_id id) {
    return rules[id].kind == RULE_ORIGIN ? catalog_origins[settings_origin_of(id)].setting : rules[id].name;
}

/* ---- checking ---- */

static void settings_list_accepted(const char *const *accepted, buffer *text) {
    for (size_t i = 0; accepted[i]; i++) {
        buffer_format(text, "%s%s", i ? ", " : "", accepted[i]);
    }
}

static void settings_check_choice(const setting_rule *rule, const char *text, error *problem) {
    const char *const *accepted = rule->kind == RULE_VERSION ? catalog_choices : rule->accepted;
    for (size_t i = 0; accepted[i]; i++) {
        if (strcmp(accepted[i], text) == 0) {
            return;
        }
    }
    buffer list;
    buffer_init(&list, 1000);
    settings_list_accepted(accepted, &list);
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

static void settings_check(const setting_rule *rule, const char *text, error *problem) {
    bool free_text = rule->kind == RULE_ORIGIN || rule->kind == RULE_CREDENTIAL; /* others say what they take */
    if (free_text && !utf8_is_valid(text, strlen(text))) {
        error_set(problem, SQLITE_ERROR, "a text that is not UTF-8 is not accepted");
    }
    switch (rule->kind) {
    case RULE_CHOICE:
    case RULE_VERSION:
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
    target->values[id].origins = (1u << CATALOG_ORIGIN_COUNT) - 1;
}

static const char *settings_environment(setting_id id, const char **variable) {
    const setting_rule *rule = &rules[id];
    *variable = rule->kind == RULE_ORIGIN ? catalog_origins[settings_origin_of(id)].environment : rule->environment;
    const char *text = getenv(*variable);
    if ((!text || !*text) && rule->environment_too) {
        text = getenv(rule->environment_too);
        *variable = rule->environment_too;
    }
    return text && *text ? text : NULL;
}

/* Puts back what the environment or the rule says. */
static void settings_reset(settings *target, setting_id id, error *problem) {
    const char *variable;
    const char *text = settings_environment(id, &variable);
    error refusal = {0};
    if (!text) {
        const char *initial = rules[id].kind == RULE_VERSION ? catalog_choices[0] : rules[id].initial;
        settings_store(target, id, initial, SOURCE_DEFAULT, problem);
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

static char *settings_make_origin(const settings *source, int origin, error *problem) {
    const char *url = source->values[origin_settings[origin]].text;
    const char *region = source->values[SETTING_REGION].text;
    return url ? url_origin(url, problem)
               : url_regional_origin(catalog_origins[origin].product, region ? region : catalog_origins[origin].region,
                                     source->values[SETTING_EDGE].text, problem);
}

static bool settings_is_credential(int id) {
    return rules[id].kind == RULE_CREDENTIAL;
}

/*
** Forgets the credentials that were set for an origin that is another now: first of all, so that no failure after it can
** leave them.
*/
static void settings_forget_credentials(settings *target, int origin, error *problem) {
    for (int id = 0; id < SETTING_COUNT; id++) {
        setting_value *value = &target->values[id];
        if (!settings_is_credential(id) || value->source != SOURCE_SET) {
            continue;
        }
        value->origins &= ~(1u << origin);
        if (value->origins == 0) {
            secret_free(value->text);
            *value = (setting_value){NULL, SOURCE_DEFAULT, 0};
            settings_reset(target, (setting_id)id, problem);
        }
    }
}

/* Recomputes the origins; where one has changed, credentials that were set for the old one are forgotten. */
static void settings_follow_origins(settings *target, error *problem) {
    for (int i = 0; i < CATALOG_ORIGIN_COUNT && !error_is_set(problem); i++) {
        settings_origin *followed = &target->origins[i];
        char *origin = settings_make_origin(target, i, problem);
        if (!origin) {
            return;
        }
        if (followed->now && strcmp(followed->now, origin) != 0) {
            settings_forget_credentials(target, i, problem);
        }
        sqlite3_free(followed->now);
        followed->now = origin;
    }
}

void settings_load(settings *target, error *problem) {
    for (int id = 0; id < SETTING_COUNT && !error_is_set(problem); id++) {
        settings_reset(target, (setting_id)id, problem);
    }
    if (!error_is_set(problem)) {
        settings_follow_origins(target, problem);
    }
    for (int i = 0; i < CATALOG_ORIGIN_COUNT && !error_is_set(problem); i++) {
        target->origins[i].at_load = sqlite3_mprintf("%s", target->origins[i].now);
        if (!target->origins[i].at_load) {
            error_no_memory(problem);
        }
    }
}

void settings_free(settings *target) {
    for (int id = 0; id < SETTING_COUNT; id++) {
        secret_free(target->values[id].text);
    }
    for (int i = 0; i < CATALOG_ORIGIN_COUNT; i++) {
        sqlite3_free(target->origins[i].now);
        sqlite3_free(target->origins[i].at_load);
    }
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
    target->values[id] = (setting_value){NULL, SOURCE_DEFAULT, 0};
    settings_change(target, id, text, problem);
    if (!error_is_set(problem)) {
        settings_follow_origins(target, problem);
    }
    if (error_is_set(problem)) {
        sqlite3_free(target->values[id].text);
        target->values[id] = before;
    } else {
        sqlite3_free(before.text);
    }
}

unsigned settings_origins_of(const settings *source, setting_id id) {
    unsigned origins = 0;
    for (int i = 0; i < CATALOG_ORIGIN_COUNT; i++) {
        bool replaced = source->values[origin_settings[i]].text != NULL;
        bool says = id == origin_settings[i] || settings_is_credential((int)id) ||
                    ((id == SETTING_REGION || id == SETTING_EDGE) && !replaced);
        origins |= (says ? 1u : 0u) << i;
    }
    return origins;
}

void settings_set(settings *target, setting_id id, const char *text, error *problem) {
    error refusal = {0};
    if (text) {
        settings_check(&rules[id], text, &refusal);
    }
    if (refusal.message) {
        error_set(problem, refusal.rc, "chat_settings: %s: %s", settings_name(id), refusal.message);
    } else if (error_is_set(&refusal)) {
        error_no_memory(problem);
    } else if (rules[id].kind == RULE_ORIGIN || id == SETTING_REGION || id == SETTING_EDGE) {
        settings_change_origin(target, id, text, problem);
    } else {
        settings_change(target, id, text, problem);
    }
    target->server_changes += settings_origins_of(target, id) != 0;
    error_clear(&refusal);
}

/* ---- keeping ---- */

settings *settings_keep(const settings *source, error *problem) {
    settings *kept = sqlite3_malloc64(sizeof *kept);
    if (!kept) {
        error_no_memory(problem);
        return NULL;
    }
    memset(kept, 0, sizeof *kept);
    for (int id = 0; id < SETTING_COUNT; id++) {
        settings_store(kept, (setting_id)id, source->values[id].text, source->values[id].source, problem);
        kept->values[id].origins = source->values[id].origins;
    }
    kept->server_changes = source->server_changes;
    for (int i = 0; i < CATALOG_ORIGIN_COUNT; i++) {
        kept->origins[i].now = sqlite3_mprintf("%s", source->origins[i].now);
        kept->origins[i].at_load = sqlite3_mprintf("%s", source->origins[i].at_load);
        if (!kept->origins[i].now || !kept->origins[i].at_load) {
            error_no_memory(problem);
        }
    }
    if (error_is_set(problem)) {
        settings_forget(kept);
        kept = NULL;
    }
    return kept;
}

void settings_put_back(settings *target, settings *kept) {
    settings_free(target);
    *target = *kept;
    sqlite3_free(kept);
}

void settings_forget(settings *kept) {
    if (kept) {
        settings_free(kept);
        sqlite3_free(kept);
    }
}

/* ---- reading ---- */

/* A credential of the environment is for an origin as it was at load only, one set with SQL for those it was set for. */
static const char *settings_credential(const settings *source, setting_id id, int origin) {
    const setting_value *value = &source->values[id];
    const settings_origin *used = &source->origins[origin];
    bool elsewhere =
        value->source == SOURCE_ENVIRONMENT && used->now && used->at_load && strcmp(used->now, used->at_load) != 0;
    bool forgotten = value->source == SOURCE_SET && !(value->origins & 1u << origin);
    return elsewhere || forgotten ? NULL : value->text;
}

/* Of any origin that it is used with. */
static const char *settings_credential_of_any(const settings *source, setting_id id) {
    const char *text = NULL;
    for (int i = 0; i < CATALOG_ORIGIN_COUNT && !text; i++) {
        text = settings_credential(source, id, i);
    }
    return text;
}

const char *settings_text(const settings *source, setting_id id) {
    return settings_is_credential((int)id) ? settings_credential_of_any(source, id) : source->values[id].text;
}

const char *settings_shown(const settings *source, setting_id id) {
    const char *text = settings_text(source, id);
    return text && rules[id].secret ? "****" : text;
}

bool settings_is_secret(setting_id id) {
    return rules[id].secret;
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

static const char *settings_key_names(const settings *source) {
    return source->values[SETTING_API_KEY].source == SOURCE_ENVIRONMENT
               ? "TWILIO_API_KEY and TWILIO_API_KEY_SECRET (or TWILIO_API_SECRET)"
               : "the settings api_key and api_key_secret";
}

static const char *settings_token_names(const settings *source) {
    return source->values[SETTING_ACCOUNT_SID].source == SOURCE_ENVIRONMENT ? "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"
                                                                            : "the settings account_sid and auth_token";
}

static endpoint_config settings_endpoint(const settings *source, int origin) {
    endpoint_config made = {.origin = source->origins[origin].now,
                            .user = settings_credential(source, SETTING_API_KEY, origin),
                            .password = settings_credential(source, SETTING_API_KEY_SECRET, origin),
                            .credential_names = settings_key_names(source)};
    if (!made.user || !made.password) {
        made.user = settings_credential(source, SETTING_ACCOUNT_SID, origin);
        made.password = settings_credential(source, SETTING_AUTH_TOKEN, origin);
        made.credential_names = settings_token_names(source);
    }
    return made;
}

client_config settings_client_config(const settings *source) {
    client_config config = {.timeout_ms = settings_integer(source, SETTING_TIMEOUT_MS),
                            .max_retries = settings_integer(source, SETTING_MAX_RETRIES),
                            .max_concurrency = settings_integer(source, SETTING_MAX_CONCURRENCY),
                            .request_log = settings_integer(source, SETTING_REQUEST_LOG)};
    for (int i = 0; i < CATALOG_ORIGIN_COUNT; i++) {
        config.endpoints[i] = settings_endpoint(source, i);
    }
    return config;
}
