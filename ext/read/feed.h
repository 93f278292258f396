/*
** A feed: the rows of one list, page after page, or of one single resource. Pages are followed by the server's own next
** URL; a page is given back once its last row is consumed.
**
** Pages ahead. The page after the last one that has come is asked for at once. Where the server's own next URL counts
** pages plainly (no PageToken), further numbers are guessed, 1, 2, 4 ... as long as the guesses prove right; a guessed
** page is used only if its predecessor's next URL names it.
**
** A small first page is for whoever may want no more: whoever does begins again with a full one, since where a page that is
** counted by its number stands depends on the size of all, and is not told again what the small one had.
**
** Guards: a next URL that comes round again or endless pages without a new row fail; a row that a shifted page
** repeats is skipped; a row that names another parent than the one it was listed under fails; so does a page that
** vanishes after the first, and an order that the server does not keep although it was asked for.
*/
#ifndef CHAT_FEED_H
#define CHAT_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "catalog/catalog.h"
#include "read/feed_order.h"
#include "read/look.h"
#include "rest/page.h"

typedef struct feed feed;

typedef enum { STEP_ROW, STEP_BUSY, STEP_DONE, STEP_FAILED } step_result;

typedef struct feed_target {
    const catalog_resource *resource;
    unsigned version;          /* the bit of a generation */
    const char *base;          /* address of the list, without version: "/Services/IS.../Channels" */
    const char *query;         /* of a list: "PageSize=100", not NULL */
    const char *first_query;   /* of a small first page, which may be enough; NULL: it is as large as all */
    const char *segment;       /* of a single resource: its SID or escaped name; NULL for a list */
    const char *known_service; /* a service that the user configured: it must exist; or NULL */
    int64_t patience;          /* no page is asked for ahead before a row after so many is: these may be all */
    request_purpose purpose;
    bool urgent;    /* its first page leaves before others that wait */
    int64_t wanted; /* rows that a LIMIT asks for at the most: no page beyond is asked for ahead; -1: all */
    feed_order order;
} feed_target;

/* A new feed, its first request already under way. Texts are copied. NULL with the reason in problem. */
feed *feed_open(look *view, const feed_target *target, error *problem);

/* Gives everything back. Accepts NULL. */
void feed_close(feed *target);

/* Moves to the next row without waiting. STEP_BUSY: call again after look_wait. STEP_FAILED: problem is set. */
step_result feed_step(feed *target, error *problem);

/*
** Asks for pages ahead as far as is known by now, without waiting. is_read: the feed is the one being read, not one that waits
** for its turn. Problems of pages ahead show when they are reached.
*/
void feed_pump(feed *target, bool is_read, error *problem);

/* Gives back what has been asked for ahead: nobody goes on for a while. */
void feed_rest(feed *target);

/* The page and the row that the feed stands on; after STEP_ROW only. */
page *feed_page(const feed *target);
size_t feed_row(const feed *target);

/* What the row's page was asked for with; after STEP_ROW only. */
look_entry *feed_entry(const feed *target);

/*
** A feed that reads nothing: it stands on rows of a list that have been read before, wherever feed_recalled_stand
** puts it. Of another feed it takes what its list is. NULL: out of memory.
*/
feed *feed_recalled_new(const feed *like);
void feed_recalled_stand(feed *target, page *content, size_t row);

/* A place among the rows to come. All zeros: right after the row that the feed stands on, if it stands on one. */
typedef struct feed_place {
    bool begun;
    size_t link, row;
} feed_place;

/*
** Goes on to the next row that has come, on this page or on those ahead; false: none has. Rows outside the bounds are
** passed over; that a row has been repeated is not seen.
*/
bool feed_look_ahead(const feed *source, feed_place *place, page **content, size_t *row);

/* The address of a row, on whatever page. sqlite3_malloc'ed; NULL: out of memory. */
char *feed_address(const feed *source, const page *content, size_t row);

/* The request path of a row's single resource, on whatever page. sqlite3_malloc'ed; NULL: out of memory. */
char *feed_single_path(const feed *source, const page *content, size_t row);

/* The key of a row of that page, which ends its address; borrowed until the feed moves on. */
const char *feed_key(const feed *target, size_t row);

/* The address of any row of that page: "/Services/IS.../Channels/CH...". sqlite3_malloc'ed; NULL: out of memory. */
char *feed_row_path(const feed *target, size_t row);

/* Counts its pages among those of the lists side by side, see growth.h; and how many it has turned. */
void feed_count(const feed *target, growth *side_by_side);
size_t feed_pages(const feed *target);

/* How many requests it has begun. */
int64_t feed_asked(const feed *target);

/* How many rows are wanted, from now on: see feed_target. */
void feed_want(feed *target, int64_t wanted);

/* Does it stand on the last row of a page that is not the list's last? */
bool feed_is_at_page_end(const feed *target);

/* The address that the rows hang under, with the list's segment: "/Services/IS.../Channels". */
const char *feed_base(const feed *target);

bool feed_is_list(const feed *target);

/* A number that no other list of the connection's has had; a feed that reads nothing has that of its list. */
int64_t feed_number(const feed *target);

#endif
