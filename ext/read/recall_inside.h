/*
** The inside of recalled lists, for the files that they are made of: recall.c (reading them), recall_page.c (where their rows
** are), recall_bound.c (those within bounds), recall_instead.c (reading them in place of look-ups).
*/
#ifndef CHAT_RECALL_INSIDE_H
#define CHAT_RECALL_INSIDE_H

#include "base/map.h"
#include "read/feed.h"
#include "read/ledger.h"
#include "read/look.h"
#include "read/recall_index.h"
#include "read/recall_sight.h"
#include "read/walk.h"

typedef struct recall recall;

enum { RECALL_INDEXES = 4 };
enum { RECALL_SLOTS = 1024 };    /* which lists have been read once */
enum { RECALL_LOOK_UPS = 8192 }; /* what has been looked up */
enum { RECALL_KINDS = 16 };      /* resources of which it is known how often they were looked up in several lists */

/* Rows of the list that stand on a page one after another, and what the list is under that they are of. */
typedef struct recall_page {
    look_entry *entry; /* held */
    feed *list;        /* stands nowhere; borrowed from `lists` */
    size_t first;      /* the first one's number among the list's rows, ... */
    size_t row;        /* ... and on the page */
} recall_page;

struct recall {
    look *view;
    walk_plan way;
    char *service_sid; /* way.known_service; owned */
    walk *source; /* stands on the row noted last, or has still to come there; NULL: not begun, ended or given away */
    struct recall_lists *all;
    struct recall *next;
    uint64_t number;
    ledger account;
    int64_t among_several; /* look-ups in several lists that the account has */
    int64_t latest;        /* what the look-up made last has cost */
    int64_t under_way;     /* what the look-up being made is thought to cost */
    int64_t wanted;        /* for so many rows of each list the source asks for pages ahead; -1: for all, 0: for none */
    int64_t goal;          /* so much of it may be read beside the look-ups in it; 0: none */
    bool steps;            /* ... which is the page that the next look-up will wait for, and none ahead of it */
    bool several;          /* a look-up costs requests on several lists */
    bool beside;           /* it was begun before anybody came to it, */
    bool unsure;           /* or its first page was, and nobody has come yet */
    bool counts;           /* the row above is to be asked for beside the look-up, which tells how many pages it has, */
    look_entry *above;     /* ... and has been; or NULL */
    int64_t begun_at;      /* the latest scan */
    int64_t asked;         /* requests of earlier walks, which had to be given up */
    bool whole;            /* all rows are noted */
    bool given_up;         /* no further row will be */
    int readers, returns;
    size_t count;         /* rows that are noted, ... */
    size_t passed;        /* ... and so many of them are behind the source */
    int64_t latest_place; /* in the resource's order, of the one noted last, ... */
    bool unordered;       /* ... unless one of them has none, or is not behind those before it */
    recall_page *pages;
    size_t page_count, pages_allocated;
    feed **lists; /* owned */
    size_t list_count, lists_allocated;
    recall_index *indexes[RECALL_INDEXES]; /* a reference each, or NULL */
    recall_sight ahead;                    /* of who looks ahead */
};

/* How many look-ups of a resource were made in several lists, so that each of these has been asked so often. */
typedef struct recall_several {
    const catalog_resource *resource;
    int64_t count;
    bool read; /* all lists of one service have been read in place of one */
} recall_several;

/* What a statement has read. */
typedef struct recall_lists {
    map lists; /* by name; owned */
    recall *first;
    int64_t scans; /* begun */
    size_t marks;  /* in all indexes */
    ledger_free free;
    recall_several several[RECALL_KINDS];
    uint64_t once[RECALL_SLOTS], ended[RECALL_SLOTS]; /* by what walks have been begun, and have come to their end */
    uint64_t looked_up[RECALL_LOOK_UPS];
} recall_lists;

/* The statement's. NULL with SQLITE_NOMEM in problem. */
recall_lists *recall_all(look *view, error *problem);

/* Stands for a name; two of one number only cost requests. */
uint64_t recall_number(const char *name);

/* A new one, among all. NULL: there are too many, or a problem. */
recall *recall_add(recall_lists *all, look *view, const walk_plan *way, const char *name, error *problem);

/* Sees to the walk from the row noted last on: with pages ahead for so many rows of each list. -1: all; 0: without. */
void recall_source(recall *list, int64_t wanted, error *problem);

/* Moves that walk on and notes its row; without room it is given away, standing on the row. */
step_result recall_note_next(recall *list, walk **given_away, error *problem);

/* The page on which a row is that is noted, by number. */
const recall_page *recall_page_of(const recall *list, size_t number);

/* The same, for who goes on from row to row: mostly it is the page that it was on before, *latest. */
const recall_page *recall_page_near(const recall *list, size_t number, size_t *latest);

/* Looks at a row that is noted, on that page: it is number *at of sight->rows. False: a problem. */
bool recall_page_look_at(const recall_page *of, recall_sight *sight, size_t number, size_t *at, error *problem);

/* The row noted last is the one that the feed stands on: is it behind those before it? */
void recall_bound_note(recall *list, const feed *source);

/* The number of the first row behind a page. */
size_t recall_page_end(const recall *list, const recall_page *of);

/* Gives back what is noted. */
void recall_forget(recall *list);

#endif
