/* What stops the calls of a transaction before the first one; see write_allowed.h. */
#include "write/write_allowed.h"

#include <string.h>
#include <unistd.h>

#include "rest/client.h"
#include "write/write_queue.h"
#include "write/writing.h"

/* A table's profile may name nobody, and an origin that SQL has set has no credentials until SQL gives them. */
static void write_allowed_check_credentials(const connection *shared, error *problem) {
    const write_queue *queue = &writing_of(shared)->queue;
    for (size_t i = 0; i < queue->count && !error_is_set(problem); i++) {
        const write_entry *entry = queue->entries[i];
        if (entry->state == WRITE_PENDING) {
            connection_prepare(entry->account, problem);
            client_check_credentials(shared->client, entry->account->account,
                                     catalog_generation_of(entry->version)->origin, problem);
        }
    }
}

void write_allowed_check(const connection *shared, error *problem) {
    if (writing_of(shared)->queue.process != getpid()) {
        /* Its parent has the same transaction, and is going to commit it. */
        error_set(
            problem, SQLITE_MISUSE,
            "the writes of this transaction are not sent: another process has begun it, of which this one is a fork; "
            "open a connection of its own here");
    }
    /* The setting may have come after the calls were queued. */
    if (strcmp(settings_text(&shared->settings, SETTING_READONLY), "on") == 0) {
        error_set(problem, SQLITE_READONLY,
                  "the writes of this transaction are not sent, since the setting readonly is on");
    }
    write_allowed_check_credentials(shared, problem);
}
