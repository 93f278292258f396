/* One account as the client knows it; see account.h. */
#include "rest/account.h"

#include <string.h>

#include "base/sqlite.h"

int account_configure(account *target, const char *profile, const endpoint_config *endpoints) {
    account made;
    int rc = SQLITE_OK;
    memset(&made, 0, sizeof made);
    made.profile = profile ? sqlite3_mprintf("%s", profile) : NULL;
    if (profile && !made.profile) {
        rc = SQLITE_NOMEM;
    }
    for (int i = 0; i < CATALOG_ORIGIN_COUNT && rc == SQLITE_OK; i++) {
        rc = endpoint_copy(&made.endpoints[i], &endpoints[i]);
    }
    if (rc != SQLITE_OK) {
        account_clear(&made);
        return rc;
    }
    memcpy(made.bearings, target->bearings, sizeof made.bearings);
    made.running = target->running;
    account_clear(target);
    *target = made;
    return SQLITE_OK;
}

void account_widen(account *target, int widest) {
    for (int i = 0; i < ACCOUNT_SERVERS; i++) {
        bearing_widen(&target->bearings[i], widest);
    }
}

int account_begin_pass(account *target) {
    int open = 0;
    for (int i = 0; i < ACCOUNT_SERVERS; i++) {
        target->bearings[i].full = target->bearings[i].unfinished == 0;
        open += !target->bearings[i].full;
    }
    return open;
}

int64_t account_next_probe(const account *source, int64_t now_ms, int64_t soonest) {
    for (int i = 0; i < ACCOUNT_SERVERS; i++) {
        const circuit *outage = &source->bearings[i].outage;
        int64_t probe = outage->open ? outage->probe_ms - now_ms : 0;
        soonest = probe > 0 && probe < soonest ? probe : soonest;
    }
    return soonest;
}

void account_clear(account *target) {
    sqlite3_free(target->profile);
    for (int i = 0; i < ACCOUNT_SERVERS; i++) {
        endpoint_clear(&target->endpoints[i]);
    }
    memset(target, 0, sizeof *target);
}

bool account_finds_secret(const account *source, const char *text) {
    bool found = false;
    for (int i = 0; i < CATALOG_ORIGIN_COUNT; i++) {
        found = found || redact_finds_secret(&source->endpoints[i].hidden, text);
    }
    return found;
}
