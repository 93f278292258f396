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

static const char *const on_off[] = {"on", "off", NULL};
static const char *const on_off_auto[] = {"off", "on", "auto", NULL};

/* In the order of the WITHOUT_ bits. */
static const char *const without_names[] = {"lookup", "parent", "filter", "order", "bounds", "limit",
                                            "known",  "ahead",  "recall", "spill", "keep",   NULL};

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
    [SETTING_MAX_REQUESTS] = {"max_requests", "TWILIO_CHAT_MAX_REQUESTS", NULL, NULL, RULE_INTEGER, false, 1,
                              1000000000, NULL,
                              "requests that one statement may make, repetitions included; unset: no bound"},
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
         "MiB of pages that all scans together may hold, and of queued writes; more goes to a temporary file"},
    [SETTING_MEDIA_MAX_MB] = {"media_max_mb", "TWILIO_CHAT_MEDIA_MAX_MB", NULL, "64", RULE_INTEGER, false, 1, 256, NULL,
                              "MiB that the content of one medium may have"},
    [SETTING_WRITE_RATE] = {"write_rate", "TWILIO_CHAT_WRITE_RATE", NULL, "30", RULE_INTEGER, false, 0, 1000, NULL,
                            "writes a second for each channel and each service; 0: as fast as the server takes them"},
    [SETTING_WRITE_JOURNAL] =
        {"write_journal", "TWILIO_CHAT_WRITE_JOURNAL", NULL, NULL, RULE_LABEL, false, 0, 0, NULL,
         "table, in a file beside the main database, that every write is noted in before and after"},
    [SETTING_WITHOUT] = {"without", "TWILIO_CHAT_WITHOUT", NULL, NULL, RULE_WITHOUT, false, 0, 0, without_names,
                         "for tests: what is not to be used, such as \"order,limit\"; answers stay the same"},
    [SETTING_PROFILE] =
        {"profile", "TWILIO_PROFILE", NULL, NULL, RULE_PROFILE, false, 0, 0, NULL,
         "profile of the Twilio CLI whose account is used, or active; changing it forgets the credentials"},
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
    char shown[SECRET_SHOWN_SIZE];
    const char *const *accepted = rule->kind == RULE_VERSION ? catalog_choices : rule->accepted;
    for (size_t i = 0; accepted[i]; i++) {
        if (strcmp(accepted[i], text) == 0) {
            return;
        }
    }
    buffer list;
    buffer_init(&list, 1000);
    settings_list_accepted(accepted, &list);
    error_set(problem, SQLITE_ERROR, "%s is not accepted: use one of %s", secret_show(text, shown),
              list.data ? list.data : "");
    buffer_clear(&list);
}

static void settings_check_integer(const setting_rule *rule, const char *text, error *problem) {
    char shown[SECRET_SHOWN_SIZE];
    char *end = NULL;
    long number = *text >= '0' && *text <= '9' ? strtol(text, &end, 10) : -1;
    if (!end || *end || number < rule->least || number > rule->most) {
        error_set(problem, SQLITE_ERROR, "%s is not accepted: use a whole number from %d to %d",
                  secret_show(text, shown), rule->least, rule->most);
    }
}

static void settings_check_label(const char *text, error *problem) {
    char shown[SECRET_SHOWN_SIZE];
    if (!sid_is_plain_segment(text, strlen(text))) {
        error_set(problem, SQLITE_ERROR, "%s is not accepted: use a name of letters, digits and '-'",
                  secret_show(text, shown));
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
    char shown[SECRET_SHOWN_SIZE];
    bool fine = true;
    buffer list;
    settings_without_mask(text, &fine);
    if (!fine) {
        buffer_init(&list, 1000);
        settings_list_accepted(rule->accepted, &list);
        error_set(problem, SQLITE_ERROR, "%s is not accepted: use some of %s, with commas between them",
                  secret_show(text, shown), list.data ? list.data : "");
        buffer_clear(&list);
    }
}

static void settings_check(const setting_rule *rule, const char *text, error *problem) {
    char shown[SECRET_SHOWN_SIZE];
    bool free_text = rule->kind == RULE_ORIGIN || rule->kind == RULE_CREDENTIAL ||
                     rule->kind == RULE_PROFILE; /* others say what they take */
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
            error_set(problem, SQLITE_ERROR,
                      "%s is not accepted: use a service's SID (IS and 32 hexadecimal digits, letters in lower case)",
                      secret_show(text, shown));
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
    case RULE_PROFILE:
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

const char *settings_variable(setting_id id) {
    return rules[id].kind == RULE_ORIGIN ? catalog_origins[settings_origin_of(id)].environment : rules[id].environment;
}

static const char *settings_environment(setting_id id, const char **variable) {
    const setting_rule *rule = &rules[id];
    *variable = settings_variable(id);
    const char *text = getenv(*variable);
    if ((!text || !*text) && rule->environment_too) {
        text = getenv(rule->environment_too);
        *variable = rule->environment_too;
    }
    return text && *text ? text : NULL;
}

static bool settings_is_credential(int id) {
    return rules[id].kind == RULE_CREDENTIAL;
}

/* Does it say as whom, or from where in the world: does each account have its own? */
static bool settings_is_of_account(int id) {
    return settings_is_credential(id) || rules[id].kind == RULE_PROFILE || id == SETTING_REGION || id == SETTING_EDGE;
}

static const setting_value *settings_value(const settings *source, setting_id id) {
    return source->base && !settings_is_of_account((int)id) ? &source->base->values[id] : &source->values[id];
}

static const char *settings_profile_text(const profile *used, setting_id id) {
    switch (id) {
    case SETTING_REGION:
        return used->region;
    case SETTING_EDGE:
        return used->edge;
    case SETTING_API_KEY:
        return used->api_key;
    case SETTING_API_KEY_SECRET:
        return used->api_secret;
    case SETTING_ACCOUNT_SID:
        return used->account_sid;
    default:
        return NULL;
    }
}

/* What the environment says, with the variable that does; NULL: nothing, or a profile is asked instead. */
static const char *settings_outside(const settings *target, setting_id id, const char **variable) {
    const char *text = settings_environment(id, variable);
    bool hidden = target->used.label && settings_is_of_account((int)id) && id != SETTING_EDGE && id != SETTING_PROFILE;
    return hidden ? NULL : text;
}

/* Puts back what the environment, the profile or the rule says. */
static void settings_reset(settings *target, setting_id id, error *problem) {
    const char *variable;
    const char *text = settings_outside(target, id, &variable);
    error refusal = {0};
    if (!text) {
        const char *ours = settings_profile_text(&target->used, id);
        const char *initial = rules[id].kind == RULE_VERSION ? catalog_choices[0] : rules[id].initial;
        settings_store(target, id, ours ? ours : initial, ours ? SOURCE_PROFILE : SOURCE_DEFAULT, problem);
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

/* ---- origins ---- */

static char *settings_make_origin(const settings *source, int origin, const char *url, error *problem) {
    const char *region = settings_value(source, SETTING_REGION)->text;
    return url ? url_origin(url, problem)
               : url_regional_origin(catalog_origins[origin].product, region ? region : catalog_origins[origin].region,
                                     settings_value(source, SETTING_EDGE)->text, problem);
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

/*
** Recomputes the origins; where one has changed, credentials that were set for the old one are forgotten. All or, on a
** problem, none of them changes.
*/
static void settings_follow_origins(settings *target, error *problem) {
    char *origins[CATALOG_ORIGIN_COUNT] = {NULL};
    for (int i = 0; i < CATALOG_ORIGIN_COUNT && !error_is_set(problem); i++) {
        origins[i] = settings_make_origin(target, i, settings_value(target, origin_settings[i])->text, problem);
    }
    for (int i = 0; i < CATALOG_ORIGIN_COUNT && !error_is_set(problem); i++) {
        const char *before = target->origins[i].now;
        if (before && strcmp(before, origins[i]) != 0) {
            settings_forget_credentials(target, i, problem);
        }
    }
    for (int i = 0; i < CATALOG_ORIGIN_COUNT; i++) {
        char *before = target->origins[i].now;
        bool follows = !error_is_set(problem);
        target->origins[i].now = follows ? origins[i] : before;
        sqlite3_free(follows ? before : origins[i]);
    }
}

/* Where the credentials of environment and profile may go; while neither region nor edge are set with SQL. */
static void settings_note_own_origins(settings *target, error *problem) {
    for (int i = 0; i < CATALOG_ORIGIN_COUNT && !error_is_set(problem); i++) {
        const char *variable;
        char *own = settings_make_origin(target, i, settings_environment(origin_settings[i], &variable), problem);
        if (own) {
            sqlite3_free(target->origins[i].own);
            target->origins[i].own = own;
        }
    }
}

/* ---- loading ---- */

/* Reads the profile of that name (NULL: none is to be used), and all that it says. */
static void settings_use_profile(settings *target, const char *name, error *problem) {
    profile_clear(&target->used);
    if (name) {
        profile_read(&target->used, name, problem);
    }
    for (int id = 0; id < SETTING_COUNT && !error_is_set(problem); id++) {
        if (settings_is_of_account(id) && id != SETTING_PROFILE) {
            settings_reset(target, (setting_id)id, problem);
        }
    }
    if (!error_is_set(problem)) {
        settings_follow_origins(target, problem);
    }
    if (!error_is_set(problem)) {
        settings_note_own_origins(target, problem);
    }
}

void settings_load(settings *target, error *problem) {
    error refusal = {0};
    for (int id = 0; id < SETTING_COUNT && !error_is_set(problem); id++) {
        settings_reset(target, (setting_id)id, problem);
    }
    if (error_is_set(problem)) {
        return;
    }
    const char *name = target->values[SETTING_PROFILE].text;
    settings_use_profile(target, name, &refusal);
    if (refusal.message) {
        error_set(problem, refusal.rc, "%s%s%s%s", name ? "environment variable " : "",
                  name ? rules[SETTING_PROFILE].environment : "", name ? ": " : "", refusal.message);
    } else if (error_is_set(&refusal)) {
        error_no_memory(problem);
    }
    error_clear(&refusal);
}

void settings_load_profile(settings *target, const settings *base, const char *name, error *problem) {
    target->base = base;
    settings_store(target, SETTING_PROFILE, name, SOURCE_SET, problem);
    if (!error_is_set(problem)) {
        settings_use_profile(target, name, problem);
    }
}

void settings_follow_base(settings *target, error *problem) {
    settings_follow_origins(target, problem);
}

void settings_free(settings *target) {
    for (int id = 0; id < SETTING_COUNT; id++) {
        secret_free(target->values[id].text);
    }
    for (int i = 0; i < CATALOG_ORIGIN_COUNT; i++) {
        sqlite3_free(target->origins[i].now);
        sqlite3_free(target->origins[i].own);
    }
    profile_clear(&target->used);
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
        bool replaced = settings_value(source, origin_settings[i])->text != NULL;
        bool says = id == origin_settings[i] || settings_is_credential((int)id) || rules[id].kind == RULE_PROFILE ||
                    ((id == SETTING_REGION || id == SETTING_EDGE) && !replaced);
        origins |= (says ? 1u : 0u) << i;
    }
    return origins;
}

/*
** Another profile, or none: what was set for the account before is forgotten. Taken back if it cannot be read; and, but for
** who says it, if it is no other.
*/
static void settings_change_profile(settings *target, const char *text, error *problem) {
    settings *before = settings_keep_copy(target, problem);
    if (!before) {
        return;
    }
    error refusal = {0};
    settings_change(target, SETTING_PROFILE, text, problem);
    if (!error_is_set(problem)) {
        settings_use_profile(target, target->values[SETTING_PROFILE].text, &refusal);
    }
    if (refusal.message) {
        error_set(problem, refusal.rc, "chat_settings: %s: %s", settings_name(SETTING_PROFILE), refusal.message);
    } else if (error_is_set(&refusal)) {
        error_no_memory(problem);
    }
    if (error_is_set(problem)) {
        settings_keep_put_back(target, before);
    } else if (profile_is_same(&target->used, &before->used)) {
        settings_keep_put_back_but(target, before, SETTING_PROFILE);
    } else {
        settings_keep_forget(before);
    }
    error_clear(&refusal);
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
    } else if (rules[id].kind == RULE_PROFILE) {
        settings_change_profile(target, text, problem);
    } else {
        settings_change(target, id, text, problem);
    }
    target->server_changes += settings_origins_of(target, id) != 0;
    error_clear(&refusal);
}

/* ---- reading ---- */

/* A credential that nobody set with SQL is for its own origin only, one set with SQL for those it was set for. */
const char *settings_credential(const settings *source, setting_id id, int origin) {
    const setting_value *value = &source->values[id];
    const settings_origin *used = &source->origins[origin];
    bool elsewhere = value->source != SOURCE_SET && used->now && used->own && strcmp(used->now, used->own) != 0;
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
    return settings_is_credential((int)id) ? settings_credential_of_any(source, id) : settings_value(source, id)->text;
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
    static const char *const names[] = {"default", "environment", "profile", "set"};
    return settings_text(source, id) || source->values[id].source == SOURCE_SET ? names[source->values[id].source]
                                                                                : names[SOURCE_DEFAULT];
}

int settings_integer(const settings *source, setting_id id) {
    const char *text = settings_value(source, id)->text;
    return text ? atoi(text) : 0;
}

unsigned settings_without(const settings *source) {
    const char *text = settings_value(source, SETTING_WITHOUT)->text;
    bool fine = true;
    return text ? settings_without_mask(text, &fine) : 0;
}

int64_t settings_changes(const settings *source) {
    return source->server_changes + (source->base ? source->base->server_changes : 0);
}
