/* What reading keeps for the connection; see reading.h. */
#include "read/reading.h"

#include "base/clock.h"

/* Another account may have other services. */
static void reading_forget_addresses(void *content) {
    known_forget(&((reading *)content)->known);
}

static void reading_release(void *content) {
    reading *self = content;
    known_forget(&self->known);
    allowance_drop(self->allowed);
    sqlite3_free(self);
}

int reading_attach(connection *shared) {
    const connection_part part = {.settings_changed = reading_forget_addresses, .release = reading_release};
    return connection_add_part(shared, CONNECTION_READING, sizeof(reading), part);
}

reading *reading_of(const connection *shared) {
    return shared->parts[CONNECTION_READING].content;
}

/* NULL: a resource of none of our tables, or behind the last place: of it all is kept. */
static uint64_t *reading_place(const connection *shared, const catalog_resource *resource) {
    size_t count, i = 0;
    const catalog_resource *const *resources = catalog_resources(&count);
    while (i < count && resources[i] != resource) {
        i++;
    }
    return i < count && i < READING_RESOURCES_MAX ? &reading_of(shared->root)->needed[i] : NULL;
}

void reading_need(const connection *shared, const catalog_resource *resource, uint64_t columns) {
    uint64_t *needed = reading_place(shared, resource);
    if (needed) {
        *needed |= columns;
    }
}

uint64_t reading_needed(const connection *shared, const catalog_resource *resource) {
    const uint64_t *needed = reading_place(shared, resource);
    return needed ? *needed : UINT64_MAX;
}

void reading_note_plan(const connection *shared, int64_t statement, const catalog_resource *resource,
                       bool lists_parents) {
    reading_plans *plans = &reading_of(shared)->plans;
    if (plans->statement != statement) {
        *plans = (reading_plans){.statement = statement};
    }
    size_t at = 0;
    while (at < plans->count && plans->of[at].resource != resource) {
        at++;
    }
    if (at < plans->count) {
        plans->of[at].lists_parents = plans->of[at].lists_parents && lists_parents;
    } else if (at < READING_PLANS_MAX) {
        plans->of[at].resource = resource;
        plans->of[at].lists_parents = lists_parents;
        plans->count++;
    }
}

int reading_begin_allowance(const connection *root) {
    reading_end_allowance(root);
    reading_of(root)->allowed = allowance_new(settings_integer(&root->settings, SETTING_MAX_REQUESTS));
    return reading_of(root)->allowed ? SQLITE_OK : SQLITE_NOMEM;
}

void reading_end_allowance(const connection *root) {
    allowance_drop(reading_of(root)->allowed);
    reading_of(root)->allowed = NULL;
}

void reading_forget_located(const connection *root) {
    reading_of(root)->located = 0;
    for (const connection *each = root->accounts; each; each = each->next) {
        if (reading_of(each)) {
            reading_of(each)->located = 0;
        }
    }
}

size_t reading_retention(const connection *shared) {
    return shared->without & WITHOUT_KEEP ? 0 : connection_memory_limit(shared) / 8;
}

/* What has come of an answer is part of what was expected of it. */
static size_t reading_in_use(const connection *shared) {
    const reading *self = reading_of(shared->root);
    size_t buffered = client_buffered(shared->client);
    return self->page_bytes - self->kept_bytes - self->held_bytes +
           (self->coming_bytes > buffered ? self->coming_bytes : buffered);
}

static size_t reading_share(const connection *shared) {
    return room_share(&reading_of(shared->root)->ahead, connection_memory_limit(shared));
}

void reading_deny_room(const connection *shared) {
    reading_of(shared->root)->ahead.denied = true;
}

void reading_asks_anew(const connection *shared) {
    reading_of(shared->root)->ahead.denied = false;
}

/* With as many requests under way as may be, no more would have been asked for. */
int64_t reading_waits(const connection *shared) {
    room *ahead = &reading_of(shared->root)->ahead;
    ahead->denied = ahead->denied && client_running(shared->client) < client_concurrency(shared->client);
    return clock_monotonic_ms();
}

void reading_has_waited(const connection *shared, int64_t since_ms) {
    room *ahead = &reading_of(shared->root)->ahead;
    if (ahead->denied) {
        room_waited(ahead, since_ms, clock_monotonic_ms());
    }
}

void reading_wait(const connection *shared, error *problem) {
    int64_t since = reading_waits(shared);
    client_wait(shared->client, problem);
    reading_has_waited(shared, since);
}

static bool reading_fits(const connection *shared, size_t bytes) {
    bool fits = reading_in_use(shared) < bytes;
    if (!fits) {
        reading_deny_room(shared);
    }
    return fits;
}

bool reading_has_room(const connection *shared) {
    return reading_fits(shared, reading_share(shared));
}

bool reading_has_much_room(const connection *shared) {
    return reading_fits(shared, reading_share(shared) / 4 * 3);
}

bool reading_has_spare_room(const connection *shared) {
    return reading_fits(shared, reading_share(shared) / 2);
}

/* There is room for one page. */
growth reading_growth(const connection *shared, size_t page_bytes, size_t typical) {
    size_t widest = (size_t)client_concurrency(shared->client), share = reading_share(shared);
    return growth_of(share > page_bytes ? share : page_bytes, page_bytes, widest, typical);
}

bool reading_has_room_for(const connection *shared, size_t bytes) {
    size_t half = connection_memory_limit(shared) / 2;
    return bytes <= half && reading_in_use(shared) <= half - bytes;
}
