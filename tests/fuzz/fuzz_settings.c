/*
** Settings: a sequence of changes (one byte for the setting, then its value up to a NUL; a value of "\x01" alone stands for
** NULL). What is accepted reads back; what is refused changes nothing; and the environment's credentials are for the
** environment's origin alone, whatever comes.
*/
#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"
#include "base/utf8.h"
#include "catalog/catalog.h"
#include "fuzz/fuzz.h"
#include "session/settings.h"

#define CANARY_KEY "SK00000000000000000000000000canary"
#define CANARY_SECRET "canary-secret"

enum { CHANGES_MAX = 40 };

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    setenv("TWILIO_API_KEY", CANARY_KEY, 1);
    setenv("TWILIO_API_KEY_SECRET", CANARY_SECRET, 1);
    setenv("TWILIO_CHAT_URL", "http://127.0.0.1:9", 1);
    setenv("TWILIO_CHAT_PAGE_SIZE", "50", 1);
    setenv("TWILIO_CONFIG_DIR", "/nonexistent", 1);
    return 0;
}

/* All that can be read of the settings. */
typedef struct snapshot {
    char *texts[SETTING_COUNT];
    setting_source sources[SETTING_COUNT];
    char *origin;
} snapshot;

static char *copy(const char *text) {
    return text ? sqlite3_mprintf("%s", text) : NULL;
}

static void take_snapshot(snapshot *taken, const settings *source) {
    for (int id = 0; id < SETTING_COUNT; id++) {
        taken->texts[id] = copy(source->values[id].text);
        taken->sources[id] = source->values[id].source;
    }
    taken->origin = copy(source->origins[0].now);
}

static bool equal(const char *one, const char *other) {
    return one && other ? strcmp(one, other) == 0 : !one && !other;
}

/* except: a setting that may have, or -1 */
static void check_unchanged(const snapshot *before, const settings *now, int except) {
    for (int id = 0; id < SETTING_COUNT; id++) {
        if (id != except) {
            fuzz_check(equal(before->texts[id], now->values[id].text), "%s has changed", settings_name((setting_id)id));
            fuzz_check(before->sources[id] == now->values[id].source, "the source of %s has changed",
                       settings_name((setting_id)id));
        }
    }
}

static void drop_snapshot(snapshot *taken) {
    for (int id = 0; id < SETTING_COUNT; id++) {
        sqlite3_free(taken->texts[id]);
    }
    sqlite3_free(taken->origin);
}

/* No secret of the environment goes to another origin than the environment's, nor is one ever shown. */
static void check_credentials(const settings *now) {
    client_config config = settings_client_config(now);
    bool home = strcmp(config.endpoints[0].origin, "http://127.0.0.1:9") == 0;
    bool canary = (config.endpoints[0].user && strstr(config.endpoints[0].user, CANARY_KEY)) ||
                  (config.endpoints[0].password && strstr(config.endpoints[0].password, CANARY_SECRET));
    /* Somebody who knows the secret may have set it with SQL. */
    bool set =
        now->values[SETTING_API_KEY].source == SOURCE_SET || now->values[SETTING_API_KEY_SECRET].source == SOURCE_SET ||
        now->values[SETTING_ACCOUNT_SID].source == SOURCE_SET || now->values[SETTING_AUTH_TOKEN].source == SOURCE_SET;
    fuzz_check(home || set || !canary, "the environment's credentials would go to %s", config.endpoints[0].origin);
    for (int id = SETTING_API_KEY; id < SETTING_COUNT; id++) {
        const char *shown = settings_shown(now, (setting_id)id);
        fuzz_check(!shown || strcmp(shown, "****") == 0, "%s shows %s", settings_name((setting_id)id), shown);
    }
}

static void check_ranges(const settings *now) {
    client_config config = settings_client_config(now);
    fuzz_check(config.timeout_ms > 0 && config.max_retries >= 0 && config.max_retries <= 100 &&
                   config.max_concurrency > 0 && config.request_log >= 0,
               "numbers out of range");
    fuzz_check(settings_integer(now, SETTING_PAGE_SIZE) >= 0 && settings_integer(now, SETTING_MEMORY_LIMIT_MB) > 0,
               "numbers out of range");
    fuzz_check(catalog_version_named(settings_text(now, SETTING_API_VERSION)) != 0, "no API version");
    fuzz_check(settings_without(now) < 256, "strange bits in without");
    fuzz_check(now->origins[0].now && fuzz_is_printable(now->origins[0].now), "the origin is not one line");
}

static void try_change(settings *target, setting_id id, const char *text) {
    snapshot before;
    error problem = {0};
    take_snapshot(&before, target);
    settings_set(target, id, text, &problem);
    bool refused = error_is_set(&problem);
    if (refused) {
        fuzz_check(text != NULL, "%s cannot be set back: %s", settings_name(id), problem.message);
        fuzz_check(!strstr(problem.message, CANARY_SECRET) || strstr(text, CANARY_SECRET),
                   "a message shows the secret");
        fuzz_check_refusal(&problem, utf8_is_valid(text, strlen(text)));
        check_unchanged(&before, target, -1);
        fuzz_check(equal(before.origin, target->origins[0].now), "the origin has changed");
    } else if (id == SETTING_PROFILE ||
               (settings_origins_of(target, id) != 0 && equal(before.origin, target->origins[0].now))) {
        /* Another account, or other origins beside the first: what SQL had set for those is forgotten. */
    } else if (equal(before.origin, target->origins[0].now)) {
        check_unchanged(&before, target, (int)id);
    } else {
        for (int each = SETTING_API_KEY; each < SETTING_COUNT; each++) {
            /* Bit 0 of its origins: other origins may still be those that it was set for. */
            bool kept = target->values[each].source == SOURCE_SET && (target->values[each].origins & 1u);
            fuzz_check(!kept, "%s was set for %s and is kept for %s", settings_name((setting_id)each), before.origin,
                       target->origins[0].now);
        }
    }
    if (!refused && text) {
        fuzz_check(equal(settings_text(target, id), text), "%s was set to %s and is %s", settings_name(id), text,
                   settings_text(target, id));
        fuzz_check(target->values[id].source == SOURCE_SET, "%s was not set", settings_name(id));
    }
    check_credentials(target);
    check_ranges(target);
    drop_snapshot(&before);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input input = {data, size};
    settings tried;
    error problem = {0};
    memset(&tried, 0, sizeof tried);
    settings_load(&tried, &problem);
    fuzz_check(!error_is_set(&problem), "settings_load: %s", problem.message);
    for (int i = 0; i < CHANGES_MAX && input.left > 0; i++) {
        setting_id id = (setting_id)fuzz_below(&input, SETTING_COUNT);
        char *text = fuzz_text(&input);
        try_change(&tried, id, strcmp(text, "\x01") == 0 ? NULL : text);
        free(text);
    }
    settings_free(&tried);
    return 0;
}
