/* Pacing of writes; see write_rate.h. */
#include "write/write_rate.h"

#include <stddef.h>
#include <string.h>

#include "base/sqlite.h"

enum { RATE_WINDOW_MS = 5000 };

/* The times of the latest writes of a scope: as many as the window allows, in a ring. */
typedef struct rate_scope {
    int allowed;    /* in a window */
    int used, next; /* entries in use, and where the next one goes */
    int64_t times[];
} rate_scope;

static rate_scope *write_rate_scope(write_rate *pace, const char *name, int allowed, error *problem) {
    rate_scope *scope = map_get(&pace->scopes, name);
    if (scope && scope->allowed == allowed) {
        return scope;
    }
    map_remove(&pace->scopes, name);
    sqlite3_free(scope);
    scope = sqlite3_malloc64(sizeof *scope + (size_t)allowed * sizeof scope->times[0]);
    if (!scope || map_set(&pace->scopes, name, scope) != SQLITE_OK) {
        sqlite3_free(scope);
        error_no_memory(problem);
        return NULL;
    }
    scope->allowed = allowed;
    scope->used = scope->next = 0;
    return scope;
}

int64_t write_rate_wait(write_rate *pace, const char *scope_name, int rate, int64_t now_ms, error *problem) {
    if (rate <= 0) {
        return 0;
    }
    rate_scope *scope = write_rate_scope(pace, scope_name, rate * RATE_WINDOW_MS / 1000, problem);
    if (!scope) {
        return 0;
    }
    if (scope->used == scope->allowed) {
        /* The ring is full: its next place holds the oldest write, which must have left the window. */
        int64_t free_at = scope->times[scope->next] + RATE_WINDOW_MS;
        if (free_at > now_ms) {
            return free_at - now_ms;
        }
    } else {
        scope->used++;
    }
    scope->times[scope->next] = now_ms;
    scope->next = (scope->next + 1) % scope->allowed;
    return 0;
}

void write_rate_clear(write_rate *pace) {
    map_clear(&pace->scopes, sqlite3_free);
}
