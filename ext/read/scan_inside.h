/*
** The inside of a scan, for the files that it is made of: scan.c, scan_content.c (contents of its rows), scan_mentioned.c
** (rows that those of an outer table mention), scan_lead.c (lists under such rows), scan_sought.c (lists in which values of
** such rows are looked up), scan_first.c (how a list is begun), scan_rows.c (where its rows come from), scan_kept.c (the
** way there, for the loop's next scan), scan_confirm.c and scan_omitted.c (which of them are given).
*/
#ifndef CHAT_SCAN_INSIDE_H
#define CHAT_SCAN_INSIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/sid.h"
#include "plan/first_page.h"
#include "read/content.h"
#include "read/hints.h"
#include "read/hydrate.h"
#include "read/look.h"
#include "read/readahead.h"
#include "read/recall.h"
#include "read/scan_confirm.h"
#include "read/scan_omitted.h"
#include "read/walk.h"

enum { SCAN_COLUMNS_MAX = 64, SCAN_PLACES = 5, SCAN_BESIDES = 4 };

/* What has been asked of the row that the scan stands on. */
typedef struct scan_row {
    uint64_t left_alone; /* columns that an UPDATE does not touch, a bit each */
    uint64_t asked;      /* those whose value was asked for, since it came here or scan_shown was called */
    uint64_t fetched;    /* hidden ones that were looked for in the single resource */
    const page *holders[SCAN_COLUMNS_MAX];
    const page_cell *cells[SCAN_COLUMNS_MAX]; /* what was found there; NULL: nothing */
} scan_row;

/* Where a hidden column is read: in the row's single resource (place 0), or in one of its parts (from 1 on). */
typedef struct scan_place {
    const catalog_resource *resource;
    size_t place;
    size_t column; /* there */
} scan_place;

typedef struct scan scan;

struct scan {
    look *view;
    const catalog_resource *resource;
    unsigned version;
    int order_column;       /* index in resource->columns, or -1 */
    char *service_sid;      /* owned */
    int page_size;          /* the setting */
    int64_t prepared;       /* the number of the statement; 0: not known */
    walk *rows;             /* where they come from, ... */
    recall_reader recalled; /* ... unless it is this; neither: no row can meet the terms */
    recall *looked_up_in;   /* the list in whose place a row is looked up, or NULL ... */
    int64_t expected;       /* ... and how many requests that was thought to take */
    uint64_t list_number;   /* of the list that `rows` walks over, or 0 */
    first_page_past *past;  /* how scans of such lists have ended; the look's, or NULL: that does not matter */
    uint64_t past_list;     /* ... and which of them this one scans, ... */
    bool begun_small;       /* ... from a small first page on */
    int64_t taken;          /* rows that it has stood on */
    const int64_t *begun;   /* scans of the statement, the look's; ... */
    int64_t begun_at;       /* ... and how many they were when this one was begun */
    bool filtered;          /* SQLite passes over rows that a term of its own rules out */
    bool at_row;
    bool waits;   /* for its own row, and asks for what it wants itself */
    bool follows; /* `ahead` are whole lists at the places of another scan's rows (scan_sought_follow) */
    bool leads;   /* under each of its rows another scan reads a list */
    scan_row row;
    hydrate hidden[SCAN_PLACES];
    hydrate_guesses *guesses[SCAN_PLACES]; /* the look's, once a hidden value has been asked for there */
    content_state bytes;
    hydrate_guesses *contents;  /* the look's, once a content has been asked for */
    char key[SID_LENGTH + 1];   /* of the one row that it looks for, if that may be mentioned elsewhere, or "" */
    hydrate mentioned;          /* the request for that row */
    hydrate_guesses *followers; /* those for rows that are mentioned after it; the look's, or NULL */
    const void *loop;
    hints wanted; /* which rows SQLite will not pass over ... */
    bool checked; /* ... as far as these tell, and others do as well */
    scan_confirm confirm;
    scan_omitted omitted;
    unsigned steps;
    unsigned looked_again;                 /* waits of a look-up: what is to come is looked at more and more seldom */
    readahead_lists *ahead;                /* what has been asked for ahead of it; the look's, or NULL */
    readahead_lists *beside[SCAN_BESIDES]; /* lists in which its rows' values will be looked up; the look's, or NULL */
    struct scan *next, *previous;          /* among the statement's scans */
};

#endif
