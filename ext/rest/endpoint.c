/* Where requests go; see endpoint.h. */
#include "rest/endpoint.h"

#include <string.h>

#include "base/secret.h"
#include "base/sqlite.h"

/* Copies a text that may be NULL. *rc becomes SQLITE_NOMEM on failure. */
static char *endpoint_copy_text(const char *text, int *rc) {
    char *copy = secret_copy(text);
    if (text && !copy) {
        *rc = SQLITE_NOMEM;
    }
    return copy;
}

int endpoint_copy(endpoint *made, const endpoint_config *from) {
    int rc = SQLITE_OK;
    made->origin = endpoint_copy_text(from->origin, &rc);
    made->user = endpoint_copy_text(from->user, &rc);
    made->password = endpoint_copy_text(from->password, &rc);
    made->account = endpoint_copy_text(from->account, &rc);
    made->credential_names = endpoint_copy_text(from->credential_names, &rc);
    made->withheld = endpoint_copy_text(from->withheld, &rc);
    made->half = from->half;
    return rc == SQLITE_OK ? redact_set(&made->hidden, made->user, made->password) : rc;
}

void endpoint_clear(endpoint *target) {
    sqlite3_free(target->origin);
    secret_free(target->user);
    secret_free(target->password);
    secret_free(target->account);
    sqlite3_free(target->credential_names);
    sqlite3_free(target->withheld);
    redact_clear(&target->hidden);
    memset(target, 0, sizeof *target);
}

static bool endpoint_is_text(const char *one, const char *other) {
    return one && other && strcmp(one, other) == 0;
}

bool endpoint_is_same_account(const endpoint *one, const endpoint *other) {
    bool same = endpoint_is_text(one->user, other->user) || endpoint_is_text(one->account, other->account);
    return same && endpoint_is_text(one->origin, other->origin);
}

bool endpoint_is_ready(const endpoint *target, error *problem) {
    if (!target->origin) {
        error_no_memory(problem);
    } else if ((!target->user || !target->password) && target->withheld && !target->half) {
        error_set(problem, SQLITE_AUTH,
                  "no credentials for %s: those of %s are for %s alone: UPDATE chat_settings to go back there, or to "
                  "give others",
                  target->origin, target->credential_names, target->withheld);
    } else if (!target->user || !target->password) {
        error_set(problem, SQLITE_AUTH,
                  "no credentials for %s: %s%sset TWILIO_API_KEY and TWILIO_API_KEY_SECRET (or TWILIO_ACCOUNT_SID and "
                  "TWILIO_AUTH_TOKEN) in the environment before loading the extension, or UPDATE chat_settings",
                  target->origin, target->half ? target->half : "", target->half ? ": " : "");
    }
    return !error_is_set(problem);
}
