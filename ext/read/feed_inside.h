/* The inside of a feed, for the files that it is made of: feed.c, feed_keys.c (a page that has come), feed_recalled.c (one that
** reads nothing). */
#ifndef CHAT_FEED_INSIDE_H
#define CHAT_FEED_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/key_set.h"
#include "catalog/catalog.h"
#include "read/chain.h"
#include "read/feed_order.h"
#include "read/look.h"
#include "read/seen.h"

struct feed {
    look *view;
    const catalog_resource *resource;
    size_t key_column;
    int order_column; /* -1: none */
    unsigned version;
    int64_t number;
    char *base;        /* address of the list, "/Services/IS.../Channels": request path without version and query */
    char *guard_path;  /* request path of the configured service, or NULL */
    char *wide_query;  /* the current page is a small one: to go on with; else NULL */
    char *other_query; /* to turn round with, or NULL */
    feed_order order;
    chain pages;
    page *recalled;            /* of a feed that reads nothing: the page that it stands on; borrowed; else NULL */
    look_entry *guard;         /* does the configured service exist? asked after a 404 */
    int64_t wanted;            /* rows that the query's LIMIT asks for at the most; -1: all */
    int64_t handed_out;        /* rows */
    int64_t patience;          /* no page is asked for ahead before a row after so many is; 0: at once */
    bool widened;              /* it has gone on from a small first page */
    bool opened;               /* the current page has been checked */
    bool reversed;             /* the current page is given from its end, and no other */
    bool ended;                /* past the bound: no further row is wanted */
    size_t next_row;           /* rows of the current page handed out or skipped */
    bool any_row;              /* `latest` is set */
    int64_t latest;            /* the order column of the latest row */
    key_set seen, seen_before; /* keys of this page and the one before */
    seen_rows long_seen;       /* keys from the third page on */
    uint64_t *hashes;          /* of the current page's keys; owned */
    size_t hash_room;
    size_t pages_turned;
    size_t fresh_rows; /* of this page, not on the one before */
    size_t new_rows;   /* ... nor on those before that */
    int stale_pages;   /* so many pages before this one held no new row */
    int twice_pages;   /* so many pages held no row that was new to the list */
};

#endif
