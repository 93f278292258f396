/* Which call may go out when; see write_lanes.h. */
#include "write/write_lanes.h"

#include <string.h>

#include "base/sqlite.h"
#include "plan/address.h"

/* All lanes inside one thing of a service: its channels, say. */
typedef struct write_branch {
    write_line calls;
    address_part segment; /* "Channels" */
    struct write_branch *next;
} write_branch;

struct write_service {
    write_lane *own; /* of its address, or NULL */
    write_branch *branches;
};

/* Calls in a row that take the same (write_entry.takes), and so leave nothing to each other. */
struct write_leaving {
    write_line calls;
    uint64_t takes;
    write_leaving *next;
};

/* ---- lines ---- */

static void lanes_append(write_line *line, write_entry *entry, error *problem) {
    if (line->count == line->allocated) {
        size_t allocated = line->allocated ? line->allocated * 2 : 4;
        write_entry **entries = sqlite3_realloc64(line->entries, allocated * sizeof *entries);
        if (!entries) {
            error_no_memory(problem);
            return;
        }
        line->entries = entries;
        line->allocated = allocated;
    }
    line->entries[line->count++] = entry;
}

static write_entry *lanes_first(const write_line *line) {
    return line->next < line->count ? line->entries[line->next] : NULL;
}

/* Has a line a call earlier than this one that is not finished? */
static bool lanes_is_behind(const write_line *line, const write_entry *entry) {
    const write_entry *first = lanes_first(line);
    return first && first->seq < entry->seq;
}

static bool lanes_is_finished(const write_entry *entry) {
    return entry->state != WRITE_PENDING && !entry->running;
}

/* A line whose calls finish in any order: passes over those at its beginning that have. */
static void lanes_pass(write_line *line) {
    while (line->next < line->count && lanes_is_finished(line->entries[line->next])) {
        line->next++;
    }
}

/* ---- what there is ---- */

typedef struct lanes_number {
    char text[17];
} lanes_number;

static lanes_number lanes_key(uint64_t number) {
    lanes_number key;
    sqlite3_snprintf(sizeof key.text, key.text, "%llx", (sqlite3_uint64)number);
    return key;
}

/* The segment below the service in the address of a lane: "Channels"; none if the lane is the service's own. */
static address_part lanes_segment(const char *address) {
    address_part service = address_root(address), segment = {NULL, 0};
    const char *rest = service.text ? service.text + service.length : "";
    if (*rest == '/') {
        segment.text = rest + 1;
        segment.length = strcspn(rest + 1, "/");
    }
    return segment;
}

static bool lanes_is_segment(const write_branch *branch, address_part segment) {
    return branch->segment.length == segment.length && memcmp(branch->segment.text, segment.text, segment.length) == 0;
}

static void *lanes_new(size_t size, error *problem) {
    void *made = sqlite3_malloc64(size);
    if (made) {
        memset(made, 0, size);
    } else {
        error_no_memory(problem);
    }
    return made;
}

/* The service of an address, which is its own or of something in it. */
static write_service *lanes_service(write_lanes *self, const char *address, error *problem) {
    address_part sid = address_root(address);
    char *key = sqlite3_mprintf("%.*s", (int)(sid.text + sid.length - address), address);
    write_service *service = key ? map_get(&self->services, key) : NULL;
    if (key && !service) {
        service = lanes_new(sizeof *service, problem);
        if (service && map_set(&self->services, key, service) != SQLITE_OK) {
            sqlite3_free(service);
            service = NULL;
        }
    }
    if (!service) {
        error_no_memory(problem);
    }
    sqlite3_free(key);
    return service;
}

static write_branch *lanes_branch(write_service *service, address_part segment, error *problem) {
    write_branch *branch = service->branches;
    while (branch && !lanes_is_segment(branch, segment)) {
        branch = branch->next;
    }
    if (!branch && (branch = lanes_new(sizeof *branch, problem))) {
        branch->segment = segment;
        branch->next = service->branches;
        service->branches = branch;
    }
    return branch;
}

static bool lanes_grow(write_lanes *self) {
    if (self->count < self->allocated) {
        return true;
    }
    size_t allocated = self->allocated ? self->allocated * 2 : 16;
    write_lane **lanes = sqlite3_realloc64(self->lanes, allocated * sizeof *lanes);
    if (lanes) {
        self->lanes = lanes;
        self->allocated = allocated;
    }
    return lanes != NULL;
}

static void lanes_place(write_lanes *self, write_lane *lane, error *problem) {
    if (!lane->address[0]) {
        self->top = lane;
        return;
    }
    lane->service = lanes_service(self, lane->address, problem);
    if (lane->service && !lanes_segment(lane->address).text) {
        lane->service->own = lane;
    }
}

/* A lane that is called after a call is found by it. */
static void lanes_await(write_lanes *self, write_lane *lane, int64_t maker, error *problem) {
    lanes_number key = lanes_key((uint64_t)maker);
    lane->same_maker = map_get(&self->by_maker, key.text);
    if (map_set(&self->by_maker, key.text, lane) != SQLITE_OK) {
        error_no_memory(problem);
    }
}

static write_lane *lanes_lane(write_lanes *self, const char *address, int64_t maker, error *problem) {
    write_lane *lane = map_get(&self->by_address, address);
    if (lane) {
        return lane;
    }
    lane = lanes_grow(self) ? lanes_new(sizeof *lane, problem) : NULL;
    if (!lane || map_set(&self->by_address, address, lane) != SQLITE_OK) {
        sqlite3_free(lane);
        error_no_memory(problem);
        return NULL;
    }
    lane->address = address;
    self->lanes[self->count++] = lane;
    lanes_place(self, lane, problem);
    if (maker) {
        lanes_await(self, lane, maker, problem);
    }
    return lane;
}

/* ---- persons ---- */

static bool lanes_comes(const write_entry *entry) {
    return entry->operation == WRITE_INSERT && (entry->resource->person_in || entry->brings);
}

/* Persons leave too where what they are in is deleted, or closed. */
static bool lanes_leaves(const write_entry *entry) {
    return entry->takes || entry->lets_go ||
           (entry->operation == WRITE_DELETE && (entry->resource->person_in || catalog_holds_persons(entry->resource)));
}

/* What brings several persons may bring what any other call is alone with. */
#define LANES_ANY UINT64_MAX

static uint64_t lanes_alone(const write_entry *entry) {
    return entry->brings ? LANES_ANY : entry->alone;
}

static void lanes_add_leaving(write_lanes *self, write_entry *entry, error *problem) {
    write_leaving **last = self->leaving_last ? &self->leaving_last->next : &self->leaving;
    if (!self->leaving_last || self->leaving_last->takes != entry->takes) {
        *last = lanes_new(sizeof **last, problem);
        self->leaving_last = *last ? *last : self->leaving_last;
    }
    if (!error_is_set(problem)) {
        self->leaving_last->takes = entry->takes;
        lanes_append(&self->leaving_last->calls, entry, problem);
    }
}

static void lanes_add_alone(write_lanes *self, write_entry *entry, error *problem) {
    lanes_number key = lanes_key(lanes_alone(entry));
    lanes_append(&self->paired, entry, problem);
    write_line *line = map_get(&self->alone, key.text);
    if (!line && (line = lanes_new(sizeof *line, problem)) && map_set(&self->alone, key.text, line) != SQLITE_OK) {
        sqlite3_free(line);
        line = NULL;
        error_no_memory(problem);
    }
    if (line) {
        lanes_append(line, entry, problem);
    }
}

/* Has one to wait that is alone with that? */
static bool lanes_waits_for_alone(write_lanes *self, const write_entry *entry, uint64_t alone) {
    write_line *line = map_get(&self->alone, lanes_key(alone).text);
    if (line) {
        lanes_pass(line);
    }
    return line && lanes_is_behind(line, entry);
}

/* Comes anybody before it with what one row only may have? */
static bool lanes_waits_for_paired(write_lanes *self, const write_entry *entry) {
    lanes_pass(&self->paired);
    return lanes_is_behind(&self->paired, entry);
}

/* Comes another with the same before it? */
static bool lanes_waits_alone(write_lanes *self, const write_entry *entry) {
    uint64_t alone = lanes_alone(entry);
    if (alone == LANES_ANY) {
        return lanes_waits_for_paired(self, entry);
    }
    return alone && (lanes_waits_for_alone(self, entry, alone) || lanes_waits_for_alone(self, entry, LANES_ANY));
}

static void lanes_add_person(write_lanes *self, write_entry *entry, error *problem) {
    if (lanes_comes(entry)) {
        lanes_append(&self->coming, entry, problem);
    }
    if (lanes_alone(entry)) {
        lanes_add_alone(self, entry, problem);
    }
    if (lanes_leaves(entry)) {
        lanes_add_leaving(self, entry, problem);
    }
}

/* Lets go of the first of those that leave, if they are finished. */
static bool lanes_drop_leaving(write_lanes *self) {
    write_leaving *first = self->leaving;
    if (first) {
        lanes_pass(&first->calls);
    }
    if (!first || lanes_first(&first->calls)) {
        return false;
    }
    self->leaving = first->next;
    self->leaving_last = first->next ? self->leaving_last : NULL;
    sqlite3_free(first->calls.entries);
    sqlite3_free(first);
    return true;
}

/*
** Has a call to wait for those that leave something to it? Another that takes the same leaves it nothing. Who only leaves
** takes nothing, and waits for those who take: what it leaves is not theirs yet.
*/
static bool lanes_waits_for_leaving(write_lanes *self, const write_entry *entry) {
    while (lanes_drop_leaving(self)) {
    }
    for (write_leaving *each = self->leaving; each; each = each->next) {
        lanes_pass(&each->calls);
        if ((lanes_comes(entry) || each->takes != entry->takes) && lanes_is_behind(&each->calls, entry)) {
            return true;
        }
    }
    return false;
}

static bool lanes_waits_for_persons(write_lanes *self, const write_entry *entry) {
    bool leaves = lanes_leaves(entry);
    lanes_pass(&self->coming);
    return ((lanes_comes(entry) || leaves) && lanes_waits_for_leaving(self, entry)) ||
           (leaves && lanes_waits_for_paired(self, entry)) ||
           (entry->operation == WRITE_INSERT && entry->resource->person_needed &&
            lanes_is_behind(&self->coming, entry));
}

/* ---- adding ---- */

static void lanes_add(write_lanes *self, write_entry *entry, error *problem) {
    write_lane *lane = lanes_lane(self, entry->lane, entry->after, problem);
    address_part segment = lanes_segment(entry->lane);
    if (error_is_set(problem)) {
        return;
    }
    lanes_append(&lane->calls, entry, problem);
    self->left++;
    write_branch *branch = segment.text ? lanes_branch(lane->service, segment, problem) : NULL;
    if (branch) {
        lanes_append(&branch->calls, entry, problem);
    }
    lanes_add_person(self, entry, problem);
}

void write_lanes_add(write_lanes *self, const write_queue *queue, error *problem) {
    for (size_t i = 0; i < queue->count && !error_is_set(problem); i++) {
        if (queue->entries[i]->state == WRITE_PENDING) {
            lanes_add(self, queue->entries[i], problem);
        }
    }
    /* A COMMIT that found the database locked may have sent the maker before. */
    for (size_t i = 0; i < queue->count && !error_is_set(problem); i++) {
        write_lanes_meet(self, queue->entries[i], problem);
    }
}

/* ---- meeting ---- */

/* Puts the calls of one lane among those of another, by their numbers. No memory: both are as they were. */
static void lanes_merge(write_line *into, write_line *from, error *problem) {
    size_t count = into->count - into->next + from->count - from->next, made = 0;
    write_entry **entries = sqlite3_malloc64((count + 1) * sizeof *entries);
    if (!entries) {
        error_no_memory(problem);
        return;
    }
    while (made < count) {
        const write_entry *one = lanes_first(into), *other = lanes_first(from);
        write_line *first = !other || (one && one->seq < other->seq) ? into : from;
        entries[made++] = first->entries[first->next++];
    }
    sqlite3_free(into->entries);
    *into = (write_line){.entries = entries, .count = count, .allocated = count + 1};
}

/* The number after the star is that of the call that has met the SID. */
static void lanes_meet(write_lanes *self, write_lane *lane, const char *sid, error *problem) {
    const char *star = strrchr(lane->address, '*');
    char *address = star ? sqlite3_mprintf("%.*s%s", (int)(star - lane->address), lane->address, sid) : NULL;
    write_lane *there = address ? map_get(&self->by_address, address) : NULL;
    if (!star) {
        return;
    }
    if (!address || (!there && map_set(&self->by_address, address, lane) != SQLITE_OK)) {
        sqlite3_free(address);
        error_no_memory(problem);
        return;
    }
    if (there) {
        lanes_merge(&there->calls, &lane->calls, problem);
    }
    lane->address = lane->met = address;
}

void write_lanes_meet(write_lanes *self, const write_entry *made, error *problem) {
    bool may = made->sid && made->operation == WRITE_INSERT;
    write_lane *lane = may ? map_get(&self->by_maker, lanes_key((uint64_t)made->seq).text) : NULL;
    for (; lane && !error_is_set(problem); lane = lane->same_maker) {
        lanes_meet(self, lane, made->sid, problem);
    }
}

/* ---- what is left ---- */

write_entry *write_lanes_head(const write_lane *lane) {
    return lanes_first(&lane->calls);
}

size_t write_lanes_left(const write_lane *lane) {
    return lane->calls.count - lane->calls.next;
}

void write_lanes_advance(write_lanes *self, write_lane *lane) {
    lane->calls.next++;
    self->left--;
}

/* ---- waiting ---- */

static bool lanes_waits_above(const write_lanes *self, const write_lane *lane, const write_entry *entry) {
    const write_lane *service = lane->service ? lane->service->own : NULL;
    return (self->top && lanes_is_behind(&self->top->calls, entry)) ||
           (service && lanes_is_behind(&service->calls, entry));
}

static bool lanes_waits_beside(const write_lane *lane, const write_entry *entry) {
    address_part own = lanes_segment(lane->address);
    if (!own.text) {
        own = (address_part){entry->resource->segment, strlen(entry->resource->segment)};
    }
    for (write_branch *each = lane->service ? lane->service->branches : NULL; each; each = each->next) {
        lanes_pass(&each->calls);
        if (!lanes_is_segment(each, own) && lanes_is_behind(&each->calls, entry)) {
            return true;
        }
    }
    return false;
}

bool write_lanes_waits(write_lanes *self, const write_lane *lane) {
    const write_entry *entry = write_lanes_head(lane);
    return lanes_waits_above(self, lane, entry) || lanes_waits_beside(lane, entry) ||
           lanes_waits_for_persons(self, entry) || lanes_waits_alone(self, entry);
}

/* What an account has one of: defaults of all that is new, and webhooks that hear of all. */
static bool lanes_is_of_all(const write_entry *entry) {
    return entry->resource->single && !entry->resource->parent;
}

bool write_lanes_is_above(const write_entry *entry) {
    return lanes_is_of_all(entry) || ((entry->operation != WRITE_INSERT || entry->conflict == SQLITE_REPLACE) &&
                                      catalog_is_parent(entry->resource));
}

/* Is an address inside what the call changes or deletes? OR REPLACE may change any row of its list. */
static bool lanes_is_inside(const write_entry *entry, const char *address) {
    size_t above = strlen(entry->lane), length = strlen(entry->resource->segment);
    if (lanes_is_of_all(entry)) {
        return true;
    }
    if (entry->operation != WRITE_INSERT) {
        return write_queue_position(entry, address) != WRITE_ELSEWHERE;
    }
    return strncmp(address, entry->lane, above) == 0 && address[above] == '/' &&
           strncmp(address + above + 1, entry->resource->segment, length) == 0 && address[above + 1 + length] == '/';
}

bool write_lanes_waits_below(const write_lanes *self, const write_entry *entry) {
    for (size_t i = 0; i < self->count; i++) {
        if (lanes_is_inside(entry, self->lanes[i]->address) && lanes_is_behind(&self->lanes[i]->calls, entry)) {
            return true;
        }
    }
    return false;
}

/* ---- the end ---- */

static void lanes_free_service(void *value) {
    write_service *service = value;
    while (service->branches) {
        write_branch *branch = service->branches;
        service->branches = branch->next;
        sqlite3_free(branch->calls.entries);
        sqlite3_free(branch);
    }
    sqlite3_free(service);
}

static void lanes_free_line(void *value) {
    sqlite3_free(((write_line *)value)->entries);
    sqlite3_free(value);
}

void write_lanes_clear(write_lanes *self) {
    for (size_t i = 0; i < self->count; i++) {
        sqlite3_free(self->lanes[i]->calls.entries);
        sqlite3_free(self->lanes[i]->met);
        sqlite3_free(self->lanes[i]);
    }
    sqlite3_free(self->lanes);
    sqlite3_free(self->coming.entries);
    sqlite3_free(self->paired.entries);
    while (self->leaving) {
        self->leaving->calls.next = self->leaving->calls.count;
        lanes_drop_leaving(self);
    }
    map_clear(&self->by_address, NULL);
    map_clear(&self->by_maker, NULL);
    map_clear(&self->services, lanes_free_service);
    map_clear(&self->alone, lanes_free_line);
    memset(self, 0, sizeof *self);
}
