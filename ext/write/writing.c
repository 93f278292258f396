/* What writing keeps for the connection; see writing.h. */
#include "write/writing.h"

/* What the transaction has queued or sent belongs to the origins, and the account, in force then. */
static unsigned writing_held_origins(void *content) {
    const write_queue *queue = &((writing *)content)->queue;
    unsigned origins = 0;
    for (size_t i = queue->finished ? queue->count : 0; i < queue->count; i++) {
        const write_entry *entry = queue->entries[i];
        bool held = entry->state != WRITE_ROLLED_BACK;
        origins |= (held ? 1u : 0u) << catalog_generation_of(entry->version)->origin;
    }
    return origins;
}

/* The journal may be another; it is opened again when needed. */
static void writing_close_journal(void *content) {
    write_journal_close(&((writing *)content)->journal);
}

void writing_clear_calls(writing *self) {
    write_queue_clear(&self->queue);
    for (int i = 0; i < WRITING_KINDS; i++) {
        write_rows_clear(&self->calls[i]);
    }
}

static void writing_release(void *content) {
    writing *self = content;
    writing_clear_calls(self);
    write_rate_clear(&self->pace);
    write_journal_close(&self->journal);
    write_failed_end(&self->failed);
    write_assigned_clear(&self->assigned);
    sqlite3_free(self);
}

int writing_attach(connection *shared) {
    const connection_part part = {
        .settings_changed = writing_close_journal, .release = writing_release, .held_origins = writing_held_origins};
    return connection_add_part(shared, CONNECTION_WRITING, sizeof(writing), part);
}

writing *writing_of(const connection *shared) {
    return shared->root->parts[CONNECTION_WRITING].content;
}

write_entry *writing_queue(const write_row *row, write_operation operation) {
    writing *self = writing_of(row->shared);
    write_entry *entry = write_queue_add(&self->queue, operation, row->owner, row->resource);
    for (int i = 0; entry && i < WRITING_KINDS; i++) {
        write_rows_take_back(&self->calls[i], entry->seq);
    }
    return entry;
}

bool writing_is_own(const write_row *row, const write_entry *entry) {
    const client *asked = row->shared->client;
    int number = row->shared->account, other = entry->account->account;
    return client_is_same_account(asked, number, other, catalog_generation_of(row->version)->origin) &&
           client_is_same_account(asked, number, other, catalog_generation_of(entry->version)->origin);
}

bool writing_is_again(const write_row *row, const write_entry *entry) {
    return entry->reads == row->reads && entry->beside == row->beside && entry->state == WRITE_PENDING;
}
