/*
** The inside of a walk, for its own files: the walk, and lists that it begins before their turn.
*/
#ifndef CHAT_WALK_INSIDE_H
#define CHAT_WALK_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/map.h"
#include "base/text_list.h"
#include "catalog/catalog.h"
#include "read/feed.h"
#include "read/look.h"
#include "read/walk_plan.h"

/* The feeds of one level, the one being read first. The others wait with their first pages asked for. */
typedef struct queue_item {
    struct queue_item *next;
    feed *source;
    look_entry *above; /* the page with the row that it is under, if that is listed; or NULL */
    size_t above_row;  /* ... which is that one */
    bool goes_on;      /* a further list at the place of the one before it */
    bool begun;
} queue_item;

typedef struct level {
    const catalog_resource *resource;
    bool given; /* its addresses are made of `values` and need no request */
    const text_list *values;
    char *upper;       /* the address that values are being combined with; owned */
    look_entry *above; /* as of a queue item, of that address */
    size_t above_row;
    size_t next_value;
    bool upper_done;          /* no further upper address */
    char *address;            /* of the current value, for a given level; owned */
    queue_item *first, *last; /* for a listed or fetched level */
    size_t queued;
    bool all_open;     /* no further feed is to be opened */
    size_t width;      /* so many side by side */
    size_t typical;    /* pages of its longer lists; 0: none has been read; see growth.h */
    queue_item *early; /* lists begun before their turn: walk_early.h */
    size_t early_count;
} level;

struct walk {
    look *view;
    walk_plan plan;
    int depth; /* the target's level */
    level levels[CATALOG_MAX_PARENTS + 1];
    size_t next_path, next_upper;
    char *list_base;   /* of the target's list opened last, if others are to be read at its place; owned */
    size_t next_list;  /* the next of those others */
    map listed;        /* keys of the rows of the lists read at one place, where there are several */
    int64_t begun;     /* the target's lists, or what is fetched in them, that have been begun */
    int64_t asked;     /* by feeds that are closed */
    int64_t asked_own; /* ... of the target's own lists */
    error beside;      /* what went wrong in walk_pump_beside; the next step tells */
};

/*
** Opens the feed of the list at a base, or with a segment of the single resource there, as the walk's plan has it for that level.
** urgent: it leaves before others that wait. NULL with a problem.
*/
feed *walk_open_feed(struct walk *source, int depth, const char *base, const char *segment, const char *query,
                     bool urgent, error *problem);

/* How many lists of a level have pages to come. */
size_t walk_level_growing(const level *target);

#endif
