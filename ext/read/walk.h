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
#include "read/feed.h"
#include "read/look.h"
#include "read/walk_plan.h"

typedef struct walk walk;

/* Begins; nothing is asked for before the first step. Takes the plan's content over. NULL: out of memory. */
walk *walk_open(look *view, walk_plan *plan, error *problem);

/* Ends, cutting off what is still under way. Accepts NULL. */
void walk_close(walk *target);

/* Moves to the next row without waiting; STEP_BUSY: call again after look_wait. */
step_result walk_step(walk *target, error *problem);

/* Asks for pages ahead in all lists under way, as far as is known where they are. */
void walk_pump(walk *target, error *problem);

/*
** The same while another walk is waited for: lists that have come whole are not in the way of further ones, which are begun as long
** as there is room.
*/
void walk_pump_beside(walk *target, error *problem);

/*
** Before it is its turn, and it may never be: asks for that many requests, without moving. A few more are possible, one for each of
** the lists that have been begun.
*/
void walk_begin_beside(walk *target, int64_t most, error *problem);

/* Now it is. */
void walk_begin_turn(walk *target);

/* Gives back the pages that have been asked for ahead: nobody goes on for a while. */
void walk_rest(walk *target);

/* What it goes over; the walk's. */
const walk_plan *walk_way(const walk *source);

/* How many requests it has begun: what the statement had already is none. */
int64_t walk_asked(const walk *target);

/* ... on the lists of its rows, without what leads to them. */
int64_t walk_asked_own(const walk *target);

/* So many rows of each list are wanted for now: pages are asked for ahead for these. -1: all; 0: each row may be the last one. */
void walk_hurry(walk *target, int64_t rows);

/* So many of its lists will be read: they go side by side. Where they are more than may run at once, so does what leads to them. */
void walk_widen(walk *target, int64_t lists);

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

/* Does it stand on the last row of a page, so that the next step asks for one that has perhaps not been asked for? */
bool walk_is_at_page_end(const walk *source);

/* The row that a list of the walk's is under, by number on its page; NULL: the walk has not listed it. */
const page *walk_above(const walk *source, const feed *of, size_t *row);

/* A row of the level above that has come, and the place among these. All zeros at first. */
typedef struct walk_upper {
    const page *content;
    size_t row;
    bool begun;
    const feed *list;                 /* of the walk's, under that row; NULL: it has not been begun, ... */
    const feed *upper;                /* ... and the row is in this list */
    const struct queue_item *waiting; /* the next ones: of those begun, ... */
    const struct queue_item *item;    /* ... then what is to come */
    feed_place within;
} walk_upper;

/* Goes on to the next one under which a list of the walk's is read, or going to be. False: none has come. */
bool walk_next_upper(const walk *source, walk_upper *place);

/* The row's address. sqlite3_malloc'ed; NULL: out of memory. */
char *walk_upper_address(const walk_upper *place);

#endif
