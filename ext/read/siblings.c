/* Which lists a loop asks for next; see siblings.h. */
#include "read/siblings.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/sqlite.h"

static sibling *siblings_find(const siblings *all, const char *sid) {
    uintptr_t number = (uintptr_t)map_get(&all->numbers, sid);
    return number ? &all->each[number - 1] : NULL;
}

static void siblings_overflow(siblings *all) {
    all->full = true;
}

static bool siblings_grow(siblings *all) {
    if (all->count < all->allocated) {
        return true;
    }
    size_t room = all->allocated ? 2 * all->allocated : 64;
    sibling *each = sqlite3_realloc64(all->each, room * sizeof *each);
    if (each) {
        all->each = each;
        all->allocated = room;
    }
    return each != NULL;
}

void siblings_add(siblings *all, const char *sid, size_t list) {
    if (all->full || strlen(sid) != SID_LENGTH || map_has(&all->numbers, sid)) {
        return;
    }
    bool room = all->count < SIBLINGS_MAX && siblings_grow(all);
    uintptr_t number = all->count + 1;
    if (!room || map_set(&all->numbers, sid, (void *)number) != SQLITE_OK) {
        siblings_overflow(all);
        return;
    }
    sibling *added = &all->each[all->count++];
    *added = (sibling){.list = list, .place = all->count, .asked = map_has(&all->early, sid)};
    memcpy(added->sid, sid, sizeof added->sid);
    all->known += added->asked;
    all->sorted = false;
    map_remove(&all->early, sid);
}

/* ---- what is asked for ---- */

static bool siblings_ask_unknown(siblings *all, const char *sid) {
    if (map_has(&all->early, sid)) {
        return false;
    }
    if (all->early.count >= SIBLINGS_MAX || map_set(&all->early, sid, NULL) != SQLITE_OK) {
        siblings_overflow(all);
    }
    return true;
}

bool siblings_ask(siblings *all, const char *sid, bool *guessed) {
    sibling *found = siblings_find(all, sid);
    bool anew = found ? !found->asked : siblings_ask_unknown(all, sid);
    *guessed = found && found->guessed;
    if (found) {
        all->known += anew;
        found->asked = true;
    }
    if (anew) {
        memcpy(all->latest[all->distinct++ % SIBLINGS_LATEST], sid, SID_LENGTH + 1);
    }
    all->right += anew && *guessed;
    return anew;
}

/* ---- orders ---- */

typedef struct siblings_key {
    const sibling *of;
} siblings_key;

static int siblings_compare_lists(const sibling *one, const sibling *other) {
    return (one->list > other->list) - (one->list < other->list);
}

static int siblings_compare_places(const void *left, const void *right) {
    const sibling *one = ((const siblings_key *)left)->of, *other = ((const siblings_key *)right)->of;
    int lists = siblings_compare_lists(one, other);
    return lists ? lists : (one->place > other->place) - (one->place < other->place);
}

static int siblings_compare_places_back(const void *left, const void *right) {
    const sibling *one = ((const siblings_key *)left)->of, *other = ((const siblings_key *)right)->of;
    int lists = siblings_compare_lists(one, other);
    return lists ? lists : (one->place < other->place) - (one->place > other->place);
}

static int siblings_compare_sids(const void *left, const void *right) {
    return strcmp(((const siblings_key *)left)->of->sid, ((const siblings_key *)right)->of->sid);
}

static void siblings_rank(siblings *all, siblings_order order, siblings_key *keys) {
    int (*const compare[SIBLINGS_ORDERS])(const void *, const void *) = {
        siblings_compare_places, siblings_compare_places_back, siblings_compare_sids};
    for (size_t i = 0; i < all->count; i++) {
        keys[i].of = &all->each[i];
    }
    qsort(keys, all->count, sizeof *keys, compare[order]);
    for (size_t i = 0; i < all->count; i++) {
        size_t number = (size_t)(keys[i].of - all->each);
        all->each[number].rank[order] = i;
        all->ranked[order][i] = number;
    }
}

static void siblings_sort(siblings *all) {
    siblings_key *keys = sqlite3_malloc64((all->count + 1) * sizeof *keys);
    for (int order = 0; order < SIBLINGS_ORDERS && keys && !all->full; order++) {
        size_t *ranked = sqlite3_realloc64(all->ranked[order], (all->count + 1) * sizeof *ranked);
        if (ranked) {
            all->ranked[order] = ranked;
            siblings_rank(all, (siblings_order)order, keys);
        } else {
            siblings_overflow(all);
        }
    }
    if (!keys) {
        siblings_overflow(all);
    }
    sqlite3_free(keys);
    all->sorted = !all->full;
}

/* ---- the course ---- */

/* The ranks of those asked for last that are known, in the order of asking. Returns how many. */
static size_t siblings_latest(const siblings *all, siblings_order order, size_t ranks[SIBLINGS_LATEST]) {
    size_t count = all->distinct < SIBLINGS_LATEST ? all->distinct : SIBLINGS_LATEST, found = 0;
    for (size_t i = all->distinct - count; i < all->distinct; i++) {
        const sibling *each = siblings_find(all, all->latest[i % SIBLINGS_LATEST]);
        if (each) {
            ranks[found++] = each->rank[order];
        }
    }
    return found;
}

/* How many the loop has gone by along that order, with those asked for last; 0: it does not go along it. */
static size_t siblings_gone(const siblings *all, siblings_order order, siblings_course *course) {
    size_t ranks[SIBLINGS_LATEST], found = siblings_latest(all, order, ranks);
    size_t rises = 0;
    for (size_t i = 1; i < found; i++) {
        rises += ranks[i] > ranks[i - 1];
    }
    if (found < SIBLINGS_ENOUGH || (rises > 0 && rises < found - 1)) {
        return 0;
    }
    size_t first = ranks[0], last = ranks[found - 1], gone = rises > 0 ? last - first : first - last;
    *course = (siblings_course){.order = order, .from = last, .onwards = rises > 0, .backwards = rises == 0};
    course->left = course->onwards ? all->count - 1 - last : last;
    course->whole = gone == found - 1 && all->wrong == 0;
    course->dense = 3 * gone <= 5 * (found - 1) && all->wrong <= all->right + SIBLINGS_WRONG;
    return gone;
}

/* In no order that is known: as many as have been asked for, if these are a quarter of all, and few are left. */
static siblings_course siblings_anyhow(const siblings *all, bool whole) {
    size_t ranks[SIBLINGS_LATEST], found = siblings_latest(all, SIBLINGS_BY_LIST, ranks);
    bool many = whole && found > 0 && SIBLINGS_QUARTER * all->known >= all->count &&
                all->count - all->known <= SIBLINGS_LEFT + all->known / 4;
    return (siblings_course){
        .order = SIBLINGS_BY_LIST, .from = found > 0 ? ranks[found - 1] : 0, .most = many ? all->known : 0};
}

siblings_course siblings_find_course(siblings *all, bool whole, size_t widest) {
    siblings_course course = {.order = SIBLINGS_BY_LIST};
    if (!all->sorted && !all->full) {
        siblings_sort(all);
    }
    if (all->full || all->count == 0) {
        return course;
    }
    size_t least = 0;
    for (int order = 0; order < SIBLINGS_ORDERS; order++) {
        siblings_course along;
        size_t gone = siblings_gone(all, (siblings_order)order, &along);
        if (gone > 0 && (least == 0 || gone < least)) {
            least = gone;
            course = along;
        }
    }
    if (least == 0) {
        course = siblings_anyhow(all, whole);
    }
    if (course.dense) {
        size_t most = all->known + (course.whole ? SIBLINGS_MORE : 0);
        course.most = most < widest ? most : widest;
    }
    return course;
}

/* The rank after that many steps; false: there is none. */
static bool siblings_step(const siblings *all, const siblings_course *course, size_t steps, size_t *rank) {
    if (course->backwards) {
        *rank = course->from - steps;
        return steps <= course->from;
    }
    *rank = course->from + steps;
    if (!course->onwards && *rank >= all->count) {
        *rank -= all->count;
    }
    return *rank < all->count;
}

const sibling *siblings_next(siblings *all, const siblings_course *course) {
    size_t rank;
    for (size_t steps = 1; steps < all->count && siblings_step(all, course, steps, &rank); steps++) {
        sibling *each = &all->each[all->ranked[course->order][rank]];
        if (!each->asked && !each->guessed) {
            each->guessed = true;
            return each;
        }
    }
    return NULL;
}

bool siblings_pass_by(siblings *all, const siblings_course *course, const char *sid, size_t length) {
    char text[SID_LENGTH + 1];
    if (length != SID_LENGTH) {
        return false;
    }
    memcpy(text, sid, SID_LENGTH);
    text[SID_LENGTH] = 0;
    const sibling *found = siblings_find(all, text);
    size_t rank = found ? found->rank[course->order] : course->from;
    bool past = (course->onwards && rank < course->from) || (course->backwards && rank > course->from);
    all->wrong += past;
    return past;
}

void siblings_clear(siblings *all) {
    sqlite3_free(all->each);
    for (int order = 0; order < SIBLINGS_ORDERS; order++) {
        sqlite3_free(all->ranked[order]);
    }
    map_clear(&all->numbers, NULL);
    map_clear(&all->early, NULL);
    memset(all, 0, sizeof *all);
}
