/*
** The ledger of a list: when are its rows worth being read all together, instead of one by one? Single resources, names, the
** values of a filter and stretches of an order are looked up, each for a request or more, and nobody knows how many are still
** to come, nor how many pages the list has.
**
** So both are done in step. What has been looked up has cost at most one request more than what has been read of the list,
** which has at least that one page more; when another look-up would cost more, the list is read on first. At its end the
** look-ups have cost at most what its pages have, and from there on they cost nothing. A few look-ups are free of that, of
** each list and of a statement: a list is not begun for a few rows.
**
**     requests on a list           <= 2 * its pages + LEDGER_FREE_OF_LIST
**     ... on all lists together    <= 2 * their pages + LEDGER_FREE
**
** Where a count tells how many pages the list has, no page has to be read to find that out: as many may be looked up at once, and
** when the rest of the list costs no more than the next look-up does, it is read. The count may be wrong: a list that goes on
** behind its last page is one of which nothing is known.
**
** What is looked up in many lists at once costs a request on each, and they have a page each at least: that much is never too much.
**
** A count that nobody has told can be asked for, of the row that the list is under. That is worth its request, which is one of the
** look-ups', where many are looked up at once, or one after another for long. Of single ones the first LEDGER_ALONE are few; beside
** the last of these it is asked for, as long as look-ups are free.
**
** Where single look-ups have had to wait for pages again and again, the page that the next one will wait for can as well be asked
** for beside the one before it: of a statement that ends just then, in vain.
**
** Where it is known how many pages the list has, look-ups are alone until they have cost a fifth of them, and LEDGER_ALONE, and a
** page is read beside each that follows. So a long list is whole after little more than the time that its pages take one after
** another, and a statement that ends before has asked for no more of them than it has looked up since. A page is read once: the
** bounds above hold, whatever it is read for.
**
** Pure. All zeros: nothing has been asked.
*/
#ifndef CHAT_LEDGER_H
#define CHAT_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

enum { LEDGER_FREE_OF_LIST = 8, LEDGER_FREE = 16 };
enum { LEDGER_STEADY = 2 };                     /* look-ups that have waited: further ones are likely */
enum { LEDGER_ALONE = 4, LEDGER_ALONE_OF = 5 }; /* look-ups beside which nothing is read, or pages for one of them */
enum { LEDGER_COUNT_AT_ONCE = 2, LEDGER_COUNT_READ = 4 }; /* pages to be read on before a look-up, or read so far */

/* Of a list: requests. */
typedef struct ledger {
    int64_t free;  /* by look-ups that were free */
    int64_t spent; /* by those that were not */
    int64_t read;  /* of its pages */
    int64_t made;  /* by all look-ups, ... */
    int64_t asked; /* ... of which so many to find out how many pages it has */
    int64_t pages; /* that it has, as far as a count tells; 0: not known */
    bool counted;  /* ... and not to be found out */
    int64_t least; /* of them, since so many lists it is made of; 0: not known */
} ledger;

/* Of a statement: requests of look-ups that were free, on all lists. */
typedef struct ledger_free {
    int64_t used;
} ledger_free;

/* May something be looked up for so many requests (0: it is there already), or is the list to be read on first? */
bool ledger_may_look_up(const ledger *list, const ledger_free *all, int64_t cost);

/*
** One look-up of that cost is to be made, and so many requests are thought to be made with those that will follow it: what is it
** to be counted as? A free one is not to wait for a list, unless that is known to be short, or it is sure that more follow than
** are free.
*/
int64_t ledger_foreseen(const ledger *list, const ledger_free *all, int64_t cost, int64_t thought, bool sure);

/* How many of the list's pages, of so many rows each, are behind a place, counted from 0 on. At least 1. */
int64_t ledger_behind(int64_t pages, int64_t rows, int64_t place);

/* Is the number of its pages worth being asked for, before more of them are read, or right after? */
bool ledger_wants_count(const ledger *list, const ledger_free *all, int64_t cost);

/* The same beside a look-up, which does not wait for it. */
bool ledger_counts_beside(const ledger *list, const ledger_free *all, int64_t cost);

/* Is it known that the list has a page more than have been asked for, or that it has none? Of a wrong count, neither. */
bool ledger_has_more(const ledger *list);
bool ledger_has_no_more(const ledger *list);

/* How much of the list must have been read, before that may be. */
int64_t ledger_read_first(const ledger *list, const ledger_free *all, int64_t cost);

/* How much of the list is to be read beside a look-up, for those that follow it; 0: nothing. */
int64_t ledger_read_beside(const ledger *list, const ledger_free *all, int64_t cost);

/* A look-up has cost so many requests; asking for the number of pages has. */
void ledger_look_up(ledger *list, ledger_free *all, int64_t cost);
void ledger_ask_count(ledger *list, ledger_free *all, int64_t cost);

#endif
