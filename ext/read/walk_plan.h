/*
** What a walk (walk.h) is to go over: which levels of the tree are given, what is listed, with which queries. Two scans of a
** statement whose plans have the same name read the same rows in the same order.
*/
#ifndef CHAT_WALK_PLAN_H
#define CHAT_WALK_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text_list.h"
#include "catalog/catalog.h"
#include "read/feed.h"

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
    char *query;           /* of the target's list; owned */
    char *first_query;     /* of its first page, if that is to be small; owned; or NULL */
    char *newest_query;    /* of a stretch of its order: the whole list from the newest row on, or NULL */
    text_list other_lists; /* queries of further lists of the target at the same place */
    char *parent_query[CATALOG_MAX_PARENTS]; /* of the lists of the levels above; owned */
    char *other_query;                       /* as in feed_order; owned; or NULL */
    feed_order order;                        /* of the target's list */
    bool limited;                            /* the query has a LIMIT: begin with one list at a time */
    int64_t wanted;                          /* ... of so many rows, which no other term thins out; -1: all */
    int64_t patience;          /* no page ahead before a list has given so many rows and another is asked for */
    request_purpose purpose;   /* of the requests for the target */
    const char *known_service; /* the configured service, or NULL; borrowed for the walk's life */
} walk_plan;

/* Frees what a plan owns. */
void walk_plan_clear(walk_plan *plan);

/* A copy of what it owns; known_service is borrowed as before. All zeros before. Problem: SQLITE_NOMEM. */
void walk_plan_copy(walk_plan *target, const walk_plan *source, error *problem);

/* The address of the one list that is the walk's target; sqlite3_malloc'ed. NULL: it is not one, or not known yet where. */
char *walk_plan_address(const walk_plan *plan);

/*
** The plan of the rows that lists are under, all of one service, whose SID is given: nothing of it is asked for before it is read.
** All zeros before. False: the lists are not such, or a problem.
*/
bool walk_plan_above(walk_plan *target, const walk_plan *lists, const char *service_sid, error *problem);

/* Is the target one list, of one parent, wherever that is? */
bool walk_plan_is_one_list(const walk_plan *plan);

/*
** What is read and in what order, as a text: the same for the same rows. How wide the walk begins, how small the first page is, and
** how many rows a LIMIT asks for, is not in it. sqlite3_malloc'ed; NULL with SQLITE_NOMEM in problem.
*/
char *walk_plan_name(const walk_plan *plan, error *problem);

#endif
