/* The rules of the settings; see settings_rules.h. */
#include "session/settings_rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/sid.h"
#include "base/sqlite.h"
#include "base/utf8.h"
#include "catalog/catalog.h"
#include "rest/url.h"

static const char *const on_off[] = {"on", "off", NULL};
static const char *const on_off_auto[] = {"off", "on", "auto", NULL};

/* In the order of the WITHOUT_ bits. */
static const char *const without_names[] = {"lookup", "parent", "filter", "order", "bounds", "limit", "known",
                                            "ahead",  "recall", "spill",  "keep",  "omit",   NULL};

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

const setting_rule *settings_rules_of(setting_id id) {
    return &rules[id];
}

setting_id settings_rules_replacing(int origin) {
    return origin_settings[origin];
}

static int settings_rules_origin(setting_id id) {
    int origin = 0;
    while (origin < CATALOG_ORIGIN_COUNT && origin_settings[origin] != id) {
        origin++;
    }
    return origin;
}

const char *settings_rules_name(setting_id id) {
    return rules[id].kind == RULE_ORIGIN ? catalog_origins[settings_rules_origin(id)].setting : rules[id].name;
}

const char *settings_rules_variable(setting_id id) {
    return rules[id].kind == RULE_ORIGIN ? catalog_origins[settings_rules_origin(id)].environment
                                         : rules[id].environment;
}

static const char *const *settings_rules_choices(const setting_rule *rule) {
    return rule->kind == RULE_VERSION ? catalog_choices : rule->accepted;
}

static void settings_rules_list_accepted(const char *const *accepted, buffer *text) {
    for (size_t i = 0; accepted[i]; i++) {
        buffer_format(text, "%s%s", i ? ", " : "", accepted[i]);
    }
}

static void settings_rules_check_choice(const setting_rule *rule, const char *text, error *problem) {
    char shown[SECRET_SHOWN_SIZE];
    const char *const *accepted = settings_rules_choices(rule);
    for (size_t i = 0; accepted[i]; i++) {
        if (strcmp(accepted[i], text) == 0) {
            return;
        }
    }
    buffer list;
    buffer_init(&list, 1000);
    settings_rules_list_accepted(accepted, &list);
    error_set(problem, SQLITE_ERROR, "%s is not accepted: use one of %s", secret_show(text, shown),
              list.data ? list.data : "");
    buffer_clear(&list);
}

static void settings_rules_check_integer(const setting_rule *rule, const char *text, error *problem) {
    char shown[SECRET_SHOWN_SIZE];
    char *end = NULL;
    long number = *text >= '0' && *text <= '9' ? strtol(text, &end, 10) : -1;
    if (!end || *end || number < rule->least || number > rule->most) {
        error_set(problem, SQLITE_ERROR, "%s is not accepted: use a whole number from %d to %d",
                  secret_show(text, shown), rule->least, rule->most);
    }
}

static void settings_rules_check_label(const char *text, error *problem) {
    char shown[SECRET_SHOWN_SIZE];
    if (!sid_is_plain_segment(text, strlen(text))) {
        error_set(problem, SQLITE_ERROR, "%s is not accepted: use a name of letters, digits, '-' and '_'",
                  secret_show(text, shown));
    }
}

/* The bit of the name that text begins with, up to a comma or the end; 0: none. */
static unsigned settings_rules_without_bit(const char *text, size_t length) {
    for (size_t i = 0; without_names[i]; i++) {
        if (strlen(without_names[i]) == length && memcmp(without_names[i], text, length) == 0) {
            return 1u << i;
        }
    }
    return 0;
}

unsigned settings_rules_without(const char *text, bool *fine) {
    unsigned mask = 0;
    for (const char *name = text; *fine && *name;) {
        size_t length = strcspn(name, ",");
        unsigned bit = settings_rules_without_bit(name, length);
        *fine = bit != 0;
        mask |= bit;
        name += length + (name[length] == ',');
    }
    return mask;
}

static void settings_rules_check_without(const setting_rule *rule, const char *text, error *problem) {
    char shown[SECRET_SHOWN_SIZE];
    bool fine = true;
    buffer list;
    settings_rules_without(text, &fine);
    if (!fine) {
        buffer_init(&list, 1000);
        settings_rules_list_accepted(rule->accepted, &list);
        error_set(problem, SQLITE_ERROR, "%s is not accepted: use some of %s, with commas between them",
                  secret_show(text, shown), list.data ? list.data : "");
        buffer_clear(&list);
    }
}

void settings_rules_check(setting_id id, const char *text, error *problem) {
    const setting_rule *rule = &rules[id];
    char shown[SECRET_SHOWN_SIZE];
    bool free_text = rule->kind == RULE_ORIGIN || rule->kind == RULE_CREDENTIAL ||
                     rule->kind == RULE_PROFILE; /* others say what they take */
    if (free_text && !utf8_is_valid(text, strlen(text))) {
        error_set(problem, SQLITE_ERROR, "a text that is not UTF-8 is not accepted");
    }
    switch (rule->kind) {
    case RULE_CHOICE:
    case RULE_VERSION:
        settings_rules_check_choice(rule, text, problem);
        break;
    case RULE_INTEGER:
        settings_rules_check_integer(rule, text, problem);
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
        settings_rules_check_label(text, problem);
        break;
    case RULE_WITHOUT:
        settings_rules_check_without(rule, text, problem);
        break;
    case RULE_PROFILE:
    case RULE_CREDENTIAL:
        if (!*text) {
            error_set(problem, SQLITE_ERROR, "an empty text is not accepted: use the value or NULL");
        }
        break;
    }
}

void settings_rules_accepted(setting_id id, buffer *text) {
    const setting_rule *rule = &rules[id];
    switch (rule->kind) {
    case RULE_CHOICE:
    case RULE_VERSION:
        settings_rules_list_accepted(settings_rules_choices(rule), text);
        break;
    case RULE_INTEGER:
        buffer_format(text, "%d to %d", rule->least, rule->most);
        break;
    case RULE_SERVICE:
        buffer_format(text, "a service's SID, IS...");
        break;
    case RULE_ORIGIN:
        buffer_format(text, "https://HOST[:PORT], or http:// to a loopback address");
        break;
    case RULE_LABEL:
        buffer_format(text, "letters, digits, '-' and '_'");
        break;
    case RULE_WITHOUT:
        settings_rules_list_accepted(rule->accepted, text);
        buffer_format(text, ", with commas between them");
        break;
    case RULE_PROFILE:
        buffer_format(text, "a profile's name, or active");
        break;
    case RULE_CREDENTIAL:
        buffer_format(text, "a text");
        break;
    }
}
