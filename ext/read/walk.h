/*
** The walk: from the top of the tree down to the rows that a query wants. Each level of the address (services, then
** channels, then messages) is either given by the query or listed; lists and single resources of a level are asked for
** side by side and read in a stable order.
**
**     level 0  services   given: IS1            or listed: GET Services
**     level 1  channels   given: CH1, CH2       or listed under each of level 0
**     level 2  messages   listed under each of level 1, or fetched one by one
*/
#ifndef CHAT_WALK_H
#define CHAT_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text_list.h"
#include "catalog/catalog.h"
#include "read/feed.h"
#include "read/look.h"

/* What to walk over. Its lists are taken over by walk_open, which leaves them empty. */
typedef struct walk_plan {
    const catalog_resource *resource;
    unsigned version;
    bool given[CATALOG_MAX_PARENTS];        /* the SIDs of that level's parent are in ... */
    text_list parents[CATALOG_MAX_PARENTS]; /* ... this list */
    text_list paths;                        /* before anything else these addresses: of single resources, ... */
    bool paths_are_lists;                   /* ... or of lists, where the version fetches no single ones */
    text_list uppers;                       /* then what is below these addresses, ... */
    int uppers_below;                       /* ... which are of that level */
    bool nothing_else;                      /* and not the levels */
    bool by_segment;                        /* fetch these below each parent: SIDs, or names escaped for a path */
    text_list segments;
    char *query;                             /* of the target's list; owned */
    text_list other_lists;                   /* queries of further lists of the target at the same place */
    char *parent_query[CATALOG_MAX_PARENTS]; /* of the lists of the levels above; owned */
    char *other_query;                       /* as in feed_order; owned; or NULL */
    feed_order order;                        /* of the target's list */
    bool limited;                            /* the query has a LIMIT: begin with one list at a time */
    int64_t wanted;                          /* ... of so many rows, which no other term thins out; -1: all */
    bool patient;                            /* no page ahead before a list's second row is asked for */
    const char *known_service;               /* the configured service, or NULL; borrowed for the walk's life */
} walk_plan;

/* Frees what a plan owns. */
void walk_plan_clear(walk_plan *plan);

typedef struct walk walk;

/* Begins; nothing is asked for before the first step. Takes the plan's content over. NULL: out of memory. */
walk *walk_open(look *view, walk_plan *plan, error *problem);

/* Ends, cutting off what is still under way. Accepts NULL. */
void walk_close(walk *target);

/* Moves to the next row without waiting; STEP_BUSY: call again after look_wait. */
step_result walk_step(walk *target, error *problem);

/* Asks for pages ahead in all lists under way, as far as is known where they are. */
void walk_pump(walk *target, error *problem);

/* A place among the rows to come, in the list being read and in those that wait for their turn. All zeros at first. */
typedef struct walk_place {
    const struct queue_item *item;
    feed_place within;
} walk_place;

/*
** Goes on to the next row that has come, after the walk's row; NULL: none has. Gives the list that it is in, or, if they are
** to be looked at too, the single resource.
*/
const feed *walk_look_ahead(const walk *source, walk_place *place, bool singles, page **content, size_t *row);

/* The feed that the walk's row is in; after STEP_ROW only. */
feed *walk_feed(walk *target);

#endif
