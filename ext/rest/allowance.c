/* How many attempts a statement may make; see allowance.h. */
#include "rest/allowance.h"

#include <stddef.h>
#include <string.h>

#include "base/sqlite.h"

allowance *allowance_new(int64_t most) {
    allowance *made = sqlite3_malloc64(sizeof *made);
    if (made) {
        *made = (allowance){.most = most, .holders = 1};
    }
    return made;
}

allowance *allowance_hold(allowance *shared) {
    if (shared) {
        shared->holders++;
    }
    return shared;
}

void allowance_drop(allowance *shared) {
    if (shared && --shared->holders == 0) {
        sqlite3_free(shared);
    }
}

bool allowance_is_bound(const allowance *shared) {
    return shared && shared->most > 0;
}

bool allowance_is_spent(const allowance *shared) {
    return allowance_is_bound(shared) && shared->begun >= shared->most;
}

void allowance_tell(const allowance *shared, const char *method, bool again, buffer *text) {
    buffer_format(text,
                  "; not sent%s, because this statement has made as many requests as the setting max_requests allows "
                  "(%lld)%s: set it higher in chat_settings, or ask for less (WHERE, LIMIT)",
                  again ? " again" : "", (sqlite3_int64)shared->begun,
                  strcmp(method, "GET") == 0 ? "; nothing was changed" : "");
}

void allowance_take(allowance *shared) {
    if (shared) {
        shared->begun++;
    }
}
