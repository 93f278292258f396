/*
** A chain: the pages of one list in their order (or the only page of a single resource). It knows where the next page
** is to be had and asks for pages ahead; what is in them is the feed's business.
**
** Pages ahead. The next page is asked for as soon as the bytes have come that name it, which may be long before the
** last ones of the page that they are in. Where the server's own next URL counts pages plainly (no PageToken),
** further numbers are guessed, 1, 2, 4 ... as long as guesses prove right. A page asked for in either way is used
** only if its predecessor's next URL names it in the end: a page may break off, and be another one when it is asked
** for again.
**
** A list page that the server answers with 500, 502 or 504 is asked for again at half the size, from the same row on.
*/
#ifndef CHAT_CHAIN_H
#define CHAT_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "catalog/catalog.h"
#include "read/growth.h"
#include "read/look.h"
#include "rest/page.h"

enum { CHAIN_AHEAD_MAX = 64 };

/* One page of the chain, asked for or there. */
typedef struct chain_link {
    look_entry *entry;
    bool resolved; /* it is there, and `next` is known */
    bool settled;  /* it has been the current page, and was found to be in order */
    bool guessed;  /* asked for by its number, before its predecessor named it */
    char *next;    /* request path of the page after it; NULL: it is the last; owned */
} chain_link;

typedef struct chain {
    look *view;
    const catalog_resource *resource;
    unsigned version;
    request_purpose purpose;
    bool list;
    bool urgent;                           /* its first page leaves before others, too */
    bool alone;                            /* the page behind the first is not to be asked for ahead */
    bool first;                            /* the current page is the list's first */
    chain_link links[CHAIN_AHEAD_MAX + 1]; /* the current page, and those ahead */
    size_t count;
    size_t guesses; /* pages guessed ahead at the most; 0 until the server shows plain numbers */
    char *landmark; /* an earlier page's path, for finding circles; owned */
    size_t pages, landmark_due;
    int halvings;
    int64_t asked; /* requests begun for it: what the statement had already is none */
} chain;

/* Begins a chain with its first page, the wish's, asked for. Problems: as look_get. */
void chain_open(chain *target, look *view, const look_wish *first, error *problem);

/* Gives all pages back. */
void chain_close(chain *target);

/* Gives back those ahead of the current one. */
void chain_rest(chain *target);

/*
** Where the current page stands. LOOK_READY: it is there and its next page known. LOOK_FAILED: problem is set. A page
** that is too large for the server is halved here, and pending again.
*/
look_state chain_poll(chain *target, error *problem);

/* The current page, when LOOK_READY, and the path it was asked with. */
page *chain_page(const chain *target);
const char *chain_path(const chain *target);

/* Is there a page after the current one (when LOOK_READY)? */
bool chain_has_next(const chain *target);

/* Asks for the page after the current one, which there must be, and tells where it stands (LOOK_MISSING: as READY). */
look_state chain_await_next(chain *target, error *problem);

/* Goes on to the next page, which there must be; it may be pending. */
void chain_turn(chain *target, error *problem);

/* Is a page that has come ahead the last one that is wanted? */
typedef bool chain_ends(const void *context, const page *content);

/* How far to ask ahead. */
typedef struct chain_limit {
    size_t pages;        /* so many after the current one, while memory lasts; */
    size_t guesses;      /* so many of which only the number is known; */
    bool whole;          /* all of the list is wanted: a page that is still coming may name the next one */
    bool urgent;         /* one even when it does not: this chain is the one being read */
    chain_ends *ends;    /* none after a page that this says is the last; or NULL */
    const void *context; /* of `ends` */
} chain_limit;

/*
** Asks for pages ahead, as far as it is known where they are and the limit goes; the current page need not have
** come. What is wrong with them shows when they are reached.
*/
void chain_pump(chain *target, const chain_limit *limit, error *problem);

/*
** How many pages a list waiting for its turn may have after its first. Lists side by side grow alike, so that none has to be
** waited for when its turn comes: by as many as the statement has used of that resource, and four. What has been asked for
** in vain, when it ends early, stays in proportion.
*/
size_t chain_depth(const chain *target);

enum { CHAIN_WAITING_GUESSES = 4 }; /* of those, by their numbers */

/*
** For a chain that is not read itself but asks ahead for one that will be: its pages after the first up to chain_depth, as
** far as is known where they are. They stay with the look, where the one that is read finds them.
*/
void chain_read_ahead(chain *target);

/* Counts its pages among those of the lists side by side; see growth.h. */
void chain_count(const chain *target, growth *side_by_side);

/* The page of the current link (0) or of one ahead, if it has come; NULL: not yet, none, or one that is not in order. */
page *chain_page_at(const chain *target, size_t link);

/* Sets what the server said of the current page, after LOOK_MISSING, where that is no answer. */
void chain_report_missing(const chain *target, error *problem);

/* Sets "table: GET path: reason" for the current page, whose row in chat_requests gets the reason too. */
void chain_refuse(const chain *target, error *problem, const char *reason);

#endif
