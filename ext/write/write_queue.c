/* The write queue; see write_queue.h. */
#include "write/write_queue.h"

#include <string.h>

static void write_queue_free_entry(write_entry *entry) {
    sqlite3_free(entry->lane);
    sqlite3_free(entry->path);
    sqlite3_free(entry->body);
    sqlite3_free(entry->shown_body);
    sqlite3_free(entry->replace_path);
    sqlite3_free(entry->replace_body);
    sqlite3_free(entry->unique_name);
    sqlite3_free(entry->sid);
    sqlite3_free(entry->error);
    sqlite3_free(entry);
}

void write_queue_clear(write_queue *queue) {
    for (size_t i = 0; i < queue->count; i++) {
        write_queue_free_entry(queue->entries[i]);
    }
    sqlite3_free(queue->entries);
    queue->entries = NULL;
    queue->count = queue->allocated = queue->bytes = 0;
    queue->finished = false;
}

static bool write_queue_grow(write_queue *queue) {
    if (queue->count < queue->allocated) {
        return true;
    }
    size_t allocated = queue->allocated ? queue->allocated * 2 : 16;
    write_entry **entries = sqlite3_realloc64(queue->entries, allocated * sizeof *entries);
    if (entries) {
        queue->entries = entries;
        queue->allocated = allocated;
    }
    return entries != NULL;
}

write_entry *write_queue_add(write_queue *queue, write_operation operation, const void *owner,
                             const catalog_resource *resource) {
    if (queue->finished) {
        write_queue_clear(queue);
    }
    write_entry *entry = write_queue_grow(queue) ? sqlite3_malloc64(sizeof *entry) : NULL;
    if (!entry) {
        return NULL;
    }
    memset(entry, 0, sizeof *entry);
    entry->seq = ++queue->next_seq;
    entry->operation = operation;
    entry->owner = owner;
    entry->resource = resource;
    queue->entries[queue->count++] = entry;
    return entry;
}

void write_queue_drop_last(write_queue *queue) {
    write_queue_free_entry(queue->entries[--queue->count]);
    queue->next_seq--;
}

static size_t write_queue_size(const write_entry *entry) {
    return sizeof *entry + strlen(entry->path) + entry->body_length;
}

void write_queue_account(write_queue *queue, const write_entry *entry) {
    queue->bytes += write_queue_size(entry);
}

int64_t write_queue_mark(const write_queue *queue) {
    return queue->next_seq + 1;
}

static void write_queue_give_back(write_queue *queue, const write_entry *entry) {
    size_t size = write_queue_size(entry);
    queue->bytes -= size < queue->bytes ? size : queue->bytes;
}

void write_queue_take_back(write_queue *queue, int64_t mark) {
    while (queue->count > 0 && queue->next_seq >= mark) {
        write_queue_give_back(queue, queue->entries[queue->count - 1]);
        write_queue_drop_last(queue);
    }
}

void write_queue_roll_back(write_queue *queue, const void *owner, int64_t mark) {
    for (size_t i = 0; i < queue->count; i++) {
        write_entry *entry = queue->entries[i];
        if (entry->state == WRITE_PENDING && entry->seq >= mark && (!owner || entry->owner == owner)) {
            entry->state = WRITE_ROLLED_BACK;
            write_queue_give_back(queue, entry);
        }
    }
}

void write_queue_finish(write_queue *queue) {
    queue->finished = true;
    queue->bytes = 0;
}

write_entry *write_queue_find(const write_queue *queue, int64_t seq) {
    if (queue->count == 0 || seq < queue->entries[0]->seq) {
        return NULL;
    }
    size_t position = (size_t)(seq - queue->entries[0]->seq);
    return position < queue->count ? queue->entries[position] : NULL;
}

bool write_queue_holds(const write_queue *queue, const void *owner) {
    bool held = false;
    for (size_t i = 0; i < queue->count && !held; i++) {
        held = queue->entries[i]->state == WRITE_PENDING && queue->entries[i]->owner == owner;
    }
    return held;
}

size_t write_queue_count(const write_queue *queue, write_state state) {
    size_t count = 0;
    for (size_t i = 0; i < queue->count; i++) {
        count += queue->entries[i]->state == state;
    }
    return count;
}

static void write_queue_drop_text(char **text) {
    sqlite3_free(*text);
    *text = NULL;
}

void write_queue_shed(write_queue *queue) {
    for (size_t i = 0; i < queue->count; i++) {
        write_entry *entry = queue->entries[i];
        if (entry->state != WRITE_PENDING) {
            write_queue_drop_text(&entry->body);
            write_queue_drop_text(&entry->shown_body);
            write_queue_drop_text(&entry->replace_body);
        }
    }
}

const char *write_queue_state_text(write_state state) {
    static const char *const texts[] = {"pending", "sent", "failed", "unknown", "rolled back"};
    return texts[state];
}
