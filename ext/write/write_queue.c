/* The write queue; see write_queue.h. */
#include "write/write_queue.h"

#include <string.h>
#include <unistd.h>

static void write_queue_drop_text(char **text) {
    sqlite3_free(*text);
    *text = NULL;
}

enum { WRITE_QUEUE_PLACE = 32 }; /* what write_rows.h takes for a call */

static void write_queue_free_entry(write_entry *entry) {
    entry->kept = 0;
    write_spill_drop_texts(entry);
    sqlite3_free(entry->shown_body);
    sqlite3_free(entry->unique_name);
    sqlite3_free(entry->was_named);
    sqlite3_free(entry->sid);
    sqlite3_free(entry->error);
    sqlite3_free(entry->last);
    sqlite3_free(entry);
}

/* Frees the list itself, not the earlier one. */
static void write_queue_drop_list(write_queue *queue) {
    for (size_t i = 0; i < queue->count; i++) {
        write_queue_free_entry(queue->entries[i]);
    }
    sqlite3_free(queue->entries);
    sqlite3_free(queue->refused);
    map_clear(&queue->lanes, sqlite3_free);
    write_spill_close(&queue->spill);
    int64_t last = queue->next_seq;
    write_queue *earlier = queue->earlier;
    memset(queue, 0, sizeof *queue);
    queue->next_seq = last;
    queue->earlier = earlier;
}

static void write_queue_drop_earlier(write_queue *queue) {
    if (queue->earlier) {
        write_queue_drop_list(queue->earlier);
        sqlite3_free(queue->earlier);
        queue->earlier = NULL;
    }
}

void write_queue_clear(write_queue *queue) {
    write_queue_drop_list(queue);
    write_queue_drop_earlier(queue);
}

/*
** A new list begins. The one that is over stays beside it, if it has left something unsent, also where it was refused before
** anything was sent. False: no memory.
*/
static bool write_queue_begin(write_queue *queue) {
    if (!queue->stopped) {
        write_queue_clear(queue);
        return true;
    }
    write_queue *earlier = sqlite3_malloc64(sizeof *earlier);
    if (earlier) {
        *earlier = *queue;
        memset(queue, 0, sizeof *queue);
        queue->next_seq = earlier->next_seq;
        queue->earlier = earlier;
    }
    return earlier != NULL;
}

const char *write_queue_lane(write_queue *queue, const char *address) {
    char *lane = map_get(&queue->lanes, address);
    if (!lane) {
        lane = sqlite3_mprintf("%s", address);
        if (lane && map_set(&queue->lanes, lane, lane) != SQLITE_OK) {
            write_queue_drop_text(&lane);
        }
    }
    return lane;
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
    if (queue->finished && !write_queue_begin(queue)) {
        return NULL;
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
    if (queue->count == 0) {
        queue->process = getpid();
    }
    queue->entries[queue->count++] = entry;
    return entry;
}

static void write_queue_give_back(write_queue *queue, write_entry *entry) {
    queue->bytes -= entry->bytes;
    entry->bytes = 0;
}

void write_queue_drop_last(write_queue *queue) {
    write_entry *last = queue->entries[--queue->count];
    write_queue_give_back(queue, last);
    write_spill_forget(&queue->spill, last);
    queue->shown = queue->shown == last ? NULL : queue->shown;
    queue->spilled = queue->spilled > queue->count ? queue->count : queue->spilled;
    write_queue_free_entry(last);
    queue->next_seq--;
}

static size_t write_queue_length(const char *text) {
    return text ? strlen(text) : 0;
}

void write_queue_account(write_queue *queue, write_entry *entry) {
    write_queue_give_back(queue, entry);
    entry->bytes = sizeof *entry + WRITE_QUEUE_PLACE + write_queue_length(entry->path) +
                   write_queue_length(entry->body) + write_queue_length(entry->replace_path) +
                   write_queue_length(entry->replace_body);
    queue->bytes += entry->bytes;
}

int64_t write_queue_mark(const write_queue *queue) {
    return queue->next_seq + 1;
}

/* Only the last one can go without a trace: what stands in the queue is found by its number. */
void write_queue_drop(write_queue *queue, write_entry *entry) {
    if (entry == queue->entries[queue->count - 1]) {
        write_queue_drop_last(queue);
    } else {
        entry->state = WRITE_ROLLED_BACK;
    }
}

void write_queue_replace(write_queue *queue, write_entry *entry, char *body, size_t length, char *shown) {
    sqlite3_free(entry->body);
    sqlite3_free(entry->shown_body);
    entry->body = body;
    entry->body_length = length;
    entry->shown_body = shown;
    entry->changed = true;
    write_queue_account(queue, entry);
}

void write_queue_take_back(write_queue *queue, int64_t mark) {
    while (queue->count > 0 && queue->next_seq >= mark) {
        write_queue_drop_last(queue);
    }
}

void write_queue_undo(write_queue *queue, int64_t reads, int beside) {
    for (size_t i = queue->count; i-- > 0;) {
        write_entry *entry = queue->entries[i];
        if (entry->operation != WRITE_UPDATE || entry->reads != reads || entry->beside != beside) {
            break;
        }
        if (entry->state == WRITE_PENDING) {
            write_queue_drop(queue, entry);
        }
    }
}

void write_queue_roll_back(write_queue *queue, const void *owner, int64_t mark) {
    for (size_t i = 0; i < queue->count; i++) {
        write_entry *entry = queue->entries[i];
        if (entry->state == WRITE_PENDING && entry->seq >= mark && (!owner || entry->owner == owner)) {
            entry->state = WRITE_ROLLED_BACK;
        }
    }
}

void write_queue_finish(write_queue *queue) {
    queue->finished = true;
    if (queue->earlier && !queue->tried) {
        write_queue *earlier = queue->earlier;
        queue->earlier = NULL;
        earlier->next_seq = queue->next_seq;
        write_queue_drop_list(queue);
        *queue = *earlier;
        sqlite3_free(earlier);
    }
    write_queue_drop_earlier(queue);
}

write_entry *write_queue_find(const write_queue *queue, int64_t seq) {
    if (queue->count == 0 || seq < queue->entries[0]->seq) {
        return NULL;
    }
    size_t position = (size_t)(seq - queue->entries[0]->seq);
    return position < queue->count ? queue->entries[position] : NULL;
}

int64_t write_queue_next(const write_queue *queue, int64_t after) {
    int64_t next = queue->earlier ? write_queue_next(queue->earlier, after) : 0;
    if (next > 0 || queue->count == 0) {
        return next;
    }
    int64_t first = queue->entries[0]->seq, last = queue->entries[queue->count - 1]->seq;
    next = after < first ? first : after + 1;
    return next <= last ? next : 0;
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

/* ---- addresses ---- */

/* Goes on behind a piece of an address; NULL: it is another one, or was before. */
static const char *write_queue_behind(const char *address, const char *piece) {
    size_t length = strlen(piece);
    return address && strncmp(address, piece, length) == 0 ? address + length : NULL;
}

write_position write_queue_position(const write_entry *entry, const char *address) {
    const char *rest = write_queue_behind(address, entry->lane);
    rest = write_queue_behind(write_queue_behind(rest, "/"), entry->resource->segment);
    if (!entry->resource->single) {
        rest = entry->sid ? write_queue_behind(write_queue_behind(rest, "/"), entry->sid) : NULL;
    }
    return !rest || (*rest && *rest != '/') ? WRITE_ELSEWHERE : *rest ? WRITE_BELOW : WRITE_THERE;
}

char *write_queue_address(const write_entry *entry) {
    bool single = entry->resource->single;
    return sqlite3_mprintf("%s/%s%s%s", entry->lane, entry->resource->segment, single ? "" : "/",
                           single || !entry->sid ? "" : entry->sid);
}

/* ---- what is away ---- */

/* The texts are as they are in the file: they need not be in memory. */
static void write_queue_leave(write_queue *queue, write_entry *entry) {
    write_spill_drop_texts(entry);
    write_queue_give_back(queue, entry);
    entry->away = true;
}

/* Secrets stay in memory, and so does what is just being sent. A fork has the file in common with who has begun the list. */
static bool write_queue_may_leave(const write_queue *queue, const write_entry *entry) {
    return !entry->away && !entry->running && !entry->shown_body && queue->process == getpid();
}

static void write_queue_store(write_queue *queue, write_entry *entry, error *problem) {
    write_spill_put(&queue->spill, entry, problem);
    if (!error_is_set(problem)) {
        entry->stored = true;
        entry->changed = false;
    }
}

void write_queue_bound(write_queue *queue, size_t limit, error *problem) {
    if (queue->bytes + (queue->earlier ? queue->earlier->bytes : 0) <= limit) {
        return;
    }
    for (; queue->spilled < queue->count && !error_is_set(problem); queue->spilled++) {
        write_entry *entry = queue->entries[queue->spilled];
        if (write_queue_may_leave(queue, entry)) {
            write_queue_store(queue, entry, problem);
            if (error_is_set(problem)) {
                return;
            }
            write_queue_leave(queue, entry);
        }
    }
}

void write_queue_fetch(write_queue *queue, write_entry *entry, error *problem) {
    if (!entry->away || error_is_set(problem)) {
        return;
    }
    write_spill_get(&queue->spill, entry, problem);
    if (error_is_set(problem)) {
        write_spill_drop_texts(entry);
        return;
    }
    entry->away = false;
    write_queue_account(queue, entry);
}

/*
** Once sending has begun nothing is written to the file: what a call has become is kept. A disk that is full by then must not
** matter, and texts in a cache are not better off than in memory.
*/
static void write_queue_save(write_queue *queue, write_entry *entry, error *problem) {
    if (queue->tried) {
        write_spill_keep(&queue->spill, entry, problem);
    } else {
        write_queue_store(queue, entry, problem);
    }
    entry->changed = error_is_set(problem);
}

void write_queue_put_away(write_queue *queue, write_entry *entry) {
    error ignored = {0};
    if (entry->stored && write_queue_may_leave(queue, entry)) {
        if (entry->changed) {
            write_queue_save(queue, entry, &ignored);
        }
        if (!error_is_set(&ignored)) {
            write_queue_leave(queue, entry);
        }
    }
    error_clear(&ignored);
}

const write_entry *write_queue_seen(const write_queue *queue, int64_t seq) {
    const write_entry *entry = write_queue_find(queue, seq);
    return !entry && queue->earlier ? write_queue_seen(queue->earlier, seq) : entry;
}

const write_entry *write_queue_show(write_queue *queue, int64_t seq, error *problem) {
    write_entry *entry = write_queue_find(queue, seq);
    if (!entry && queue->earlier) {
        return write_queue_show(queue->earlier, seq, problem);
    }
    if (queue->shown && queue->shown != entry) {
        write_queue_put_away(queue, queue->shown);
        queue->shown = NULL;
    }
    if (entry && entry->away) {
        write_queue_fetch(queue, entry, problem);
        queue->shown = entry;
    }
    return entry;
}

char *write_queue_list_path(const write_entry *entry, const char *name) {
    int above = (int)(strrchr(entry->path, '/') - entry->path);
    const char *segment = catalog_word_in(entry->version, entry->resource->segment);
    return entry->also_done ? sqlite3_mprintf("%.*s/%s/%s", above, entry->path, segment, name)
                            : sqlite3_mprintf("%s/%s", entry->path, name);
}

void write_queue_try(write_queue *queue) {
    queue->tried = true;
    write_queue_drop_earlier(queue);
}

void write_queue_stop(write_queue *queue) {
    queue->stopped = true;
    for (size_t i = 0; i < queue->count; i++) {
        queue->entries[i]->left = queue->entries[i]->state == WRITE_PENDING;
    }
}

bool write_queue_refuse(write_queue *queue, const char *why) {
    write_queue_drop_text(&queue->refused);
    queue->refused = sqlite3_mprintf("%s", why);
    return queue->refused != NULL;
}

char *write_queue_tell_refused(const write_queue *queue, char *message) {
    if (!message || !queue->refused) {
        return message;
    }
    char *both =
        sqlite3_mprintf("%s; before that the statement had stopped at a row that was refused: %s; neither that "
                        "row nor those after it have been taken (OR FAIL), and chat_writes does not have them",
                        message, queue->refused);
    sqlite3_free(message);
    return both;
}

const char *write_queue_why(const write_entry *entry) {
    bool unsent = entry->state == WRITE_PENDING || entry->state == WRITE_ROLLED_BACK;
    return !entry->error && entry->left && unsent ? "not sent: sending failed before it was its turn" : entry->error;
}

const char *write_queue_state_text(write_state state) {
    static const char *const texts[] = {"pending", "sent", "failed", "unknown", "rolled back"};
    return texts[state];
}
