/* Lists under siblings; see scan_siblings.h. */
#include "read/scan_siblings.h"

#include <string.h>

#include "plan/address.h"
#include "read/siblings.h"

enum {
    SCAN_SIBLINGS_WAITED = 3, /* lists that had to be waited for, before others are guessed */
    SCAN_SIBLINGS_FIRST = 2,  /* lists of parents that are begun at once; ... */
    SCAN_SIBLINGS_PACE = 8,   /* ... and lists asked for, for each page more of them */
    SCAN_SIBLINGS_LISTS = 32, /* lists of parents that a loop reads */
};

/* Of a loop. */
typedef struct scan_siblings {
    siblings known;
    char *query;       /* of the lists; owned */
    int64_t waited;    /* of those with that query, so many that nothing had foreseen */
    text_list met;     /* addresses of the lists that the first parents are in, before any of them is read */
    text_list parents; /* addresses of the lists of parents that are read, or will be in the course of `everywhere` */
    walk *read[SCAN_SIBLINGS_LISTS]; /* owned; NULL: not begun, or ended */
    size_t begun;
    int64_t turned;   /* pages of theirs behind the first ones */
    bool enough;      /* the siblings that come next are known */
    int64_t unplaced; /* lists of which it was not known where they are */
    bool everywhere;  /* one goes over the lists of all services */
    bool partly;      /* one has ended before its end */
} scan_siblings;

static void scan_siblings_clear(void *companion) {
    scan_siblings *loop = companion;
    for (size_t i = 0; i < loop->begun; i++) {
        walk_close(loop->read[i]);
    }
    siblings_clear(&loop->known);
    sqlite3_free(loop->query);
    text_list_clear(&loop->met);
    text_list_clear(&loop->parents);
}

static scan_siblings *scan_siblings_of(const scan *target, error *problem) {
    return look_companion_of(target->view, sqlite3_mprintf("siblings %p", target->loop), sizeof(scan_siblings),
                             scan_siblings_clear, problem);
}

/* ---- the parents' lists ---- */

/* The number of a list of parents; count if it is none. */
static size_t scan_siblings_number(const scan_siblings *loop, const char *base) {
    size_t i = loop->parents.count;
    while (i > 0 && strcmp(loop->parents.texts[i - 1], base) != 0) {
        i--;
    }
    return i > 0 ? i - 1 : loop->parents.count;
}

static void scan_siblings_take_row(scan_siblings *loop, const feed *source, error *problem) {
    text_list_add(&loop->parents, feed_base(source), problem);
    if (!error_is_set(problem)) {
        siblings_add(&loop->known, feed_key(source, feed_row(source)), scan_siblings_number(loop, feed_base(source)));
    }
}

/* May a page more be asked for? Of all services, each has a list. */
static bool scan_siblings_may_turn(const scan_siblings *loop) {
    int64_t lists = loop->everywhere ? (int64_t)loop->parents.count : 1;
    return !loop->enough && loop->turned < (int64_t)loop->known.distinct / SCAN_SIBLINGS_PACE * lists;
}

/* Goes on in a list of parents, without waiting. What is wrong with it is nobody's problem: it would only have told of guesses. */
static void scan_siblings_read_on(scan_siblings *loop, size_t number) {
    error ignored = {0};
    walk *source = loop->read[number];
    step_result result = STEP_ROW;
    while (result == STEP_ROW && !error_is_set(&ignored)) {
        bool turns = walk_is_at_page_end(source);
        if (turns && !scan_siblings_may_turn(loop)) {
            break;
        }
        loop->turned += turns;
        result = walk_step(source, &ignored);
        if (result == STEP_ROW) {
            scan_siblings_take_row(loop, walk_feed(source), &ignored);
        }
    }
    bool failed = result == STEP_FAILED || error_is_set(&ignored) || loop->known.full;
    loop->partly = loop->partly || failed;
    if (failed || result == STEP_DONE) {
        walk_close(source);
        loop->read[number] = NULL;
    }
    error_clear(&ignored);
}

void scan_siblings_learn(const scan *target) {
    error ignored = {0};
    bool possible = target->resource->parent && look_may_ask_ahead(target->view);
    scan_siblings *loop = possible ? scan_siblings_of(target, &ignored) : NULL;
    for (size_t i = 0; loop && i < loop->begun; i++) {
        if (loop->read[i]) {
            scan_siblings_read_on(loop, i);
        }
    }
    error_clear(&ignored);
}

/* Begins to read the list of parents of that address; NULL: those of all services. */
static void scan_siblings_begin(scan_siblings *loop, const scan *target, const char *base, int page_size) {
    error ignored = {0};
    route_source from = {.resource = target->resource->parent, .version = target->version, .page_size = page_size};
    walk_plan way = {0};
    bool made = route_make_whole(&from, &way, &ignored);
    way.wanted = 0; /* no page is asked for before its turn */
    if (made && base) {
        way.nothing_else = way.paths_are_lists = true;
        text_list_add(&way.paths, base, &ignored);
        text_list_add(&loop->parents, base, &ignored);
    }
    walk *source = made && !error_is_set(&ignored) ? walk_open(target->view, &way, &ignored) : NULL;
    loop->read[loop->begun] = source;
    loop->begun += source != NULL;
    loop->everywhere = loop->everywhere || !base;
    loop->partly = loop->partly || !source;
    if (source) {
        scan_siblings_read_on(loop, loop->begun - 1);
    }
    walk_plan_clear(&way);
    error_clear(&ignored);
}

/* May the lists be looked for in all services? Only where nothing but the service is unknown. */
static bool scan_siblings_may_look_everywhere(const scan_siblings *loop, const scan *target, const walk_plan *way) {
    bool learns = !(look_connection(target->view)->without & WITHOUT_KNOWN);
    bool several = loop->unplaced > SCAN_SIBLINGS_WAITED && !loop->everywhere;
    return learns && several && catalog_depth(target->resource) == 2 && !way->given[0];
}

/* Where one request may run at once, one ahead would be in the way. */
static bool scan_siblings_is_wide(const scan *target) {
    return client_concurrency(look_connection(target->view)->client) > 1;
}

/* Sees to it that the list at that address is read. */
static void scan_siblings_begin_base(scan_siblings *loop, const scan *target, const char *base, int page_size) {
    size_t may = SCAN_SIBLINGS_FIRST + loop->known.distinct / SCAN_SIBLINGS_PACE;
    if (loop->begun < may && loop->begun < SCAN_SIBLINGS_LISTS &&
        scan_siblings_number(loop, base) == loop->parents.count) {
        scan_siblings_begin(loop, target, base, page_size);
    }
}

/*
** Sees to it that the list with the parent is read, and, with the first one, those with the parents before it, which are likely
** to hold further ones too; or, if it is not known which list that is, those of all services.
*/
static void scan_siblings_look(scan_siblings *loop, const scan *target, const walk_plan *way, const char *base,
                               int page_size) {
    bool due = loop->waited > SCAN_SIBLINGS_WAITED && !loop->known.full && loop->begun < SCAN_SIBLINGS_LISTS;
    if (!due) {
        return;
    }
    if (base && scan_siblings_is_wide(target)) {
        scan_siblings_begin_base(loop, target, base, page_size);
        for (size_t i = 0; i < loop->met.count; i++) {
            scan_siblings_begin_base(loop, target, loop->met.texts[i], page_size);
        }
        text_list_clear(&loop->met);
    } else if (!base && scan_siblings_may_look_everywhere(loop, target, way)) {
        scan_siblings_begin(loop, target, NULL, page_size);
    }
}

/* Keeps in mind which lists the first parents are in, as far as so many are begun at once. */
static void scan_siblings_meet(scan_siblings *loop, const char *base, error *problem) {
    if (base && loop->begun == 0 && loop->met.count < SCAN_SIBLINGS_FIRST && !error_is_set(problem)) {
        text_list_add(&loop->met, base, problem);
    }
}

/* Are all siblings known? */
static bool scan_siblings_is_whole(const scan_siblings *loop, const char *base) {
    bool whole = loop->begun > 0 && !loop->partly && scan_siblings_number(loop, base) < loop->parents.count;
    for (size_t i = 0; i < loop->begun; i++) {
        whole = whole && !loop->read[i];
    }
    return whole;
}

/* ---- lists ahead ---- */

/* For readahead_begin. */
typedef struct scan_siblings_ahead {
    const scan *target;
    scan_siblings *loop;
    siblings_course course;
    const walk_plan *way;
    const char *list; /* the address of the one that is asked for now */
    scan_lead_first first;
} scan_siblings_ahead;

/* A first page of the list at that address. Takes it over; NULL: out of memory. */
static char *scan_siblings_request(const scan_siblings_ahead *ahead, char *list, const char *first) {
    char *tail = list ? sqlite3_mprintf("?%s", first ? first : ahead->way->query) : NULL;
    char *path = tail ? address_request(ahead->target->version, list, tail) : NULL;
    sqlite3_free(tail);
    sqlite3_free(list);
    return path;
}

static char *scan_siblings_path(void *context, size_t number, readahead_manner *manner) {
    scan_siblings_ahead *ahead = context;
    const char *next = (int64_t)number <= ahead->first.small ? ahead->first.next : NULL;
    const char *first = number == 0 ? ahead->first.current : next;
    manner->alone = first != NULL || ahead->first.few;
    if (number == 0) {
        return scan_siblings_request(ahead, sqlite3_mprintf("%s", ahead->list), first);
    }
    const sibling *found = siblings_next(&ahead->loop->known, &ahead->course);
    char *list = found ? sqlite3_mprintf("%s/%s/%s", ahead->loop->parents.texts[found->list], found->sid,
                                         ahead->target->resource->segment)
                       : NULL;
    return scan_siblings_request(ahead, list, first);
}

/* ".../Channels/CH.../Members?PageSize=100": has the loop gone by that channel? */
static bool scan_siblings_is_past(const void *context, const char *path) {
    const scan_siblings_ahead *ahead = context;
    const char *end = path + strcspn(path, "?"), *sid;
    while (end > path && *end != '/') {
        end--;
    }
    for (sid = end; sid > path && sid[-1] != '/'; sid--) {
    }
    return siblings_pass_by(&ahead->loop->known, &ahead->course, sid, (size_t)(end - sid));
}

static readahead_lists *scan_siblings_lists(const scan_siblings_ahead *ahead, error *problem) {
    const scan *target = ahead->target;
    char *key = sqlite3_mprintf("siblings %p %s?%s", target->loop, target->resource->name, ahead->way->query);
    return readahead_of(target->view, key, problem);
}

static void scan_siblings_read_ahead(scan *target, scan_siblings_ahead *ahead, error *problem) {
    readahead_lists *lists = scan_siblings_lists(ahead, problem);
    if (lists && (ahead->course.most > 0 || lists->count > 0)) {
        lists->any_order = lists->unsure = true;
        lists->purpose = ahead->way->purpose;
        readahead_give_up(lists, scan_siblings_is_past, ahead);
        lists->stride = ahead->course.most;
        target->ahead = lists;
        readahead_begin(lists, target->view, target->resource, target->version, scan_siblings_path, ahead, problem);
    }
}

/* Has the statement asked for the list already? */
static bool scan_siblings_is_asked(scan_siblings_ahead *ahead, error *problem) {
    readahead_manner any;
    char *path = scan_siblings_path(ahead, 0, &any);
    look_entry *found = NULL;
    if (path) {
        look_wish wish = {
            .resource = ahead->target->resource, .version = ahead->target->version, .path = path, .only_known = true};
        found = look_get(ahead->target->view, &wish, problem);
    } else {
        error_no_memory(problem);
    }
    look_put(found);
    sqlite3_free(path);
    return found != NULL;
}

/* The list that the parent of that list is in; sqlite3_malloc'ed. NULL: it is not known where, or out of memory. */
static char *scan_siblings_base(const char *list) {
    const char *end = list ? strrchr(list, '/') : NULL;
    while (end && end > list && end[-1] != '/') {
        end--;
    }
    return end && end > list ? sqlite3_mprintf("%.*s", (int)(end - 1 - list), list) : NULL;
}

/* A query that changes from row to row, as by a filter's value, is none that may be guessed. */
static void scan_siblings_note_query(scan_siblings *loop, const char *query, error *problem) {
    if (!loop->query || strcmp(loop->query, query) != 0) {
        sqlite3_free(loop->query);
        loop->query = sqlite3_mprintf("%s", query);
        loop->waited = 0;
        if (!loop->query) {
            error_no_memory(problem);
        }
    }
}

void scan_siblings_follow(scan *target, const walk_plan *way, const route_lead *lead, int page_size,
                          scan_lead_first first, error *problem) {
    bool possible = !error_is_set(problem) && lead->parent && lead->listed == target->resource &&
                    walk_plan_is_one_list(way) && look_may_ask_ahead(target->view);
    scan_siblings *loop = possible ? scan_siblings_of(target, problem) : NULL;
    if (!loop) {
        return;
    }
    char *list = walk_plan_address(way), *base = scan_siblings_base(list);
    scan_siblings_ahead ahead = {.target = target, .loop = loop, .way = way, .list = list, .first = first};
    size_t widest = readahead_widest(target->view);
    scan_siblings_note_query(loop, way->query, problem);
    bool guessed = false, anew = siblings_ask(&loop->known, lead->parent_sid, &guessed);
    loop->waited += anew && !guessed && !(list && scan_siblings_is_asked(&ahead, problem));
    loop->unplaced += anew && !list;
    loop->enough = loop->enough && list;
    scan_siblings_meet(loop, base, problem);
    scan_siblings_look(loop, target, way, base, page_size);
    if (base && loop->begun > 0 && loop->waited > SCAN_SIBLINGS_WAITED && !error_is_set(problem)) {
        ahead.course = siblings_find_course(&loop->known, scan_siblings_is_whole(loop, base), widest);
        loop->enough = ahead.course.dense && ahead.course.order != SIBLINGS_BY_SID && ahead.course.left > widest;
        ahead.course.most = scan_siblings_is_wide(target) ? ahead.course.most : 0;
        scan_siblings_read_ahead(target, &ahead, problem);
    }
    sqlite3_free(list);
    sqlite3_free(base);
}
