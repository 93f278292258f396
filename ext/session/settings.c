/* The settings of a connection; see settings.h. */
#include "session/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/sqlite.h"
#include "catalog/catalog.h"
#include "rest/url.h"

const char *settings_name(setting_id id) {
    return settings_rules_name(id);
}

const char *settings_variable(setting_id id) {
    return settings_rules_variable(id);
}

void settings_accepted(setting_id id, buffer *text) {
    settings_rules_accepted(id, text);
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
    target->values[id].change = target->server_changes + 1;
}

static const char *settings_environment(setting_id id, const char **variable) {
    const setting_rule *rule = settings_rules_of(id);
    *variable = settings_variable(id);
    const char *text = getenv(*variable);
    if ((!text || !*text) && rule->environment_too) {
        text = getenv(rule->environment_too);
        *variable = rule->environment_too;
    }
    return text && *text ? text : NULL;
}

static bool settings_is_credential(int id) {
    return settings_rules_of((setting_id)id)->kind == RULE_CREDENTIAL;
}

/* Is it a credential that the statement has set which sets something else now? */
static bool settings_is_set_together(const settings *target, int id) {
    const setting_value *value = &target->values[id];
    return settings_is_credential(id) && value->source == SOURCE_SET && target->together > 0 &&
           value->change >= target->together;
}

/* Does it say as whom, or from where in the world: does each account have its own? */
static bool settings_is_of_account(int id) {
    return settings_is_credential(id) || settings_rules_of((setting_id)id)->kind == RULE_PROFILE ||
           id == SETTING_REGION || id == SETTING_EDGE;
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
        const char *initial =
            settings_rules_of(id)->kind == RULE_VERSION ? catalog_choices[0] : settings_rules_of(id)->initial;
        settings_store(target, id, ours ? ours : initial, ours ? SOURCE_PROFILE : SOURCE_DEFAULT, problem);
        return;
    }
    settings_rules_check(id, text, &refusal);
    if (refusal.message) {
        error_set(problem, refusal.rc, "environment variable %s: %s", variable,
                  settings_rules_of(id)->secret ? "not accepted" : refusal.message);
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
        if (!settings_is_credential(id) || value->source != SOURCE_SET || settings_is_set_together(target, id)) {
            continue;
        }
        value->origins &= ~(1u << origin);
        if (value->origins == 0) {
            secret_free(value->text);
            *value = (setting_value){.source = SOURCE_DEFAULT};
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
        origins[i] =
            settings_make_origin(target, i, settings_value(target, settings_rules_replacing(i))->text, problem);
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

/* Where the credentials of environment and profile may go; while neither region nor edge are what is set with SQL. */
static void settings_note_own_origins(settings *target, error *problem) {
    for (int i = 0; i < CATALOG_ORIGIN_COUNT && !error_is_set(problem); i++) {
        const char *variable;
        char *own =
            settings_make_origin(target, i, settings_environment(settings_rules_replacing(i), &variable), problem);
        if (own) {
            sqlite3_free(target->origins[i].own);
            target->origins[i].own = own;
        }
    }
}

/* ---- loading ---- */

/* Exchanges region and edge that are set with SQL, which are of no profile, with what there is in their place. */
static void settings_swap_places(settings *target, setting_value set[2]) {
    static const setting_id places[] = {SETTING_REGION, SETTING_EDGE};
    for (int i = 0; i < 2; i++) {
        setting_value *value = &target->values[places[i]];
        if (value->source == SOURCE_SET || set[i].source == SOURCE_SET) {
            setting_value swapped = *value;
            *value = set[i];
            set[i] = swapped;
        }
    }
}

static void settings_free_places(setting_value set[2]) {
    for (int i = 0; i < 2; i++) {
        secret_free(set[i].text);
    }
}

/*
** Reads the profile of that name (NULL: none is to be used), and all that it says. Credentials set with SQL are forgotten:
** they were another account's; but for those set together with it.
*/
static void settings_use_profile(settings *target, const char *name, error *problem) {
    setting_value set[2] = {{.source = SOURCE_DEFAULT}, {.source = SOURCE_DEFAULT}};
    settings_swap_places(target, set);
    profile_clear(&target->used);
    if (name) {
        profile_read(&target->used, name, problem);
    }
    for (int id = 0; id < SETTING_COUNT && !error_is_set(problem); id++) {
        if (settings_is_of_account(id) && id != SETTING_PROFILE && !settings_is_set_together(target, id)) {
            settings_reset(target, (setting_id)id, problem);
        }
    }
    if (!error_is_set(problem)) {
        settings_note_own_origins(target, problem);
    }
    settings_swap_places(target, set);
    settings_free_places(set);
    if (!error_is_set(problem)) {
        settings_follow_origins(target, problem);
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
                  name ? settings_rules_of(SETTING_PROFILE)->environment : "", name ? ": " : "", refusal.message);
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
    target->values[id] = (setting_value){.source = SOURCE_DEFAULT};
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
        bool replaced = settings_value(source, settings_rules_replacing(i))->text != NULL;
        bool says = id == settings_rules_replacing(i) || settings_is_credential((int)id) ||
                    settings_rules_of(id)->kind == RULE_PROFILE ||
                    ((id == SETTING_REGION || id == SETTING_EDGE) && !replaced);
        origins |= (says ? 1u : 0u) << i;
    }
    return origins;
}

/*
** Another profile, or none: credentials that were set for the account before are forgotten. Taken back if it cannot be
** read; and, but for who says it, if it is no other.
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
        settings_rules_check(id, text, &refusal);
    }
    if (refusal.message) {
        error_set(problem, refusal.rc, "chat_settings: %s: %s", settings_name(id), refusal.message);
    } else if (error_is_set(&refusal)) {
        error_no_memory(problem);
    } else if (settings_rules_of(id)->kind == RULE_ORIGIN || id == SETTING_REGION || id == SETTING_EDGE) {
        settings_change_origin(target, id, text, problem);
    } else if (settings_rules_of(id)->kind == RULE_PROFILE) {
        settings_change_profile(target, text, problem);
    } else {
        settings_change(target, id, text, problem);
    }
    target->server_changes += settings_origins_of(target, id) != 0;
    error_clear(&refusal);
}

void settings_set_together(settings *target, const settings *began, setting_id id, const char *text, error *problem) {
    target->together = began->server_changes + 1;
    settings_set(target, id, text, problem);
    target->together = 0;
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
    return text && settings_rules_of(id)->secret ? SECRET_HIDDEN : text;
}

bool settings_is_secret(setting_id id) {
    return settings_rules_of(id)->secret;
}

const char *settings_description(setting_id id) {
    return settings_rules_of(id)->description;
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
    return text ? settings_rules_without(text, &fine) : 0;
}

int64_t settings_changes(const settings *source) {
    return source->server_changes + (source->base ? source->base->server_changes : 0);
}
