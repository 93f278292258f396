/*
** Copies of all settings: what a statement puts back that fails after it has changed some of them. See settings.h.
*/
#include <string.h>

#include "base/secret.h"
#include "base/sqlite.h"
#include "session/settings.h"

static char *settings_keep_text(const char *text, error *problem) {
    char *copy = secret_copy(text);
    if (text && !copy) {
        error_no_memory(problem);
    }
    return copy;
}

settings *settings_keep_copy(const settings *source, error *problem) {
    settings *kept = sqlite3_malloc64(sizeof *kept);
    if (!kept) {
        error_no_memory(problem);
        return NULL;
    }
    memset(kept, 0, sizeof *kept);
    for (int id = 0; id < SETTING_COUNT; id++) {
        kept->values[id] = source->values[id];
        kept->values[id].text = settings_keep_text(source->values[id].text, problem);
    }
    kept->server_changes = source->server_changes;
    kept->base = source->base;
    for (int i = 0; i < CATALOG_ORIGIN_COUNT; i++) {
        kept->origins[i].now = settings_keep_text(source->origins[i].now, problem);
        kept->origins[i].own = settings_keep_text(source->origins[i].own, problem);
    }
    profile_copy(&kept->used, &source->used, problem);
    if (error_is_set(problem)) {
        settings_keep_forget(kept);
        kept = NULL;
    }
    return kept;
}

void settings_keep_put_back(settings *target, settings *kept) {
    settings_free(target);
    *target = *kept;
    sqlite3_free(kept);
}

void settings_keep_put_back_but(settings *target, settings *kept, setting_id id) {
    setting_value swapped = kept->values[id];
    kept->values[id] = target->values[id];
    target->values[id] = swapped;
    settings_keep_put_back(target, kept);
}

void settings_keep_forget(settings *kept) {
    if (kept) {
        settings_free(kept);
        sqlite3_free(kept);
    }
}
