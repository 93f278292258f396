/*
** How much a statement may ask of lists: of each of them at most twice as many requests as it has pages, and
** BOUND_FREE_OF_LIST more; and of those of a kind that it asks at all, together, at most twice as many requests as they
** have pages, and what it asks beyond that is at most BOUND_FREE over all kinds.
**
** Of each of them with one exception: what is looked up in several lists, since the statement does not say under which
** parent it is (a SID that nobody has seen yet, "index" = 3 of all channels), costs a request on each, and counts for all of
** them together (read/ledger.h): BOUND_FREE_OF_LIST, and as many as have been asked for of their pages and of what leads to
** them. On one list that is this number by that of the lists, which may be more than its own pages and
** BOUND_FREE_OF_LIST: a list of one page beside two of thirty may be asked two dozen times. What has been looked up so counts for
** each of the lists when something is looked up in that one alone. What follows the last of those has only its own bound.
**
** What is counted: the rows of chat_requests that the statement has made, first attempts only, each for the list whose
** path it has: pages of the list, with any filter and of any size, and single resources in it, by SID or by name, there
** or not. Not counted are pages behind the end of a list whose pages go by numbers, which are asked for ahead: growth.h
** bounds those. A list is what stands under one parent. Its pages are as many as its rows take at the page size in force, one
** if there are none; a list of single resources (Configuration/...) has one.
**
** A list with a filter of one value is a list of its own, which another table of the statement may walk beside: so many requests
** as that takes are let through on that list, at most as many as it has pages. Of several values they are look-ups.
**
** Where lists leave values out (fetch_singly) and the statement names a column of those, each row may be fetched
** besides: no list has them.
*/
#ifndef DIFFERENTIAL_BOUND_H
#define DIFFERENTIAL_BOUND_H

#include <sqlite3.h>

enum { BOUND_FREE = 16, BOUND_FREE_OF_LIST = 8 };

/* What lists `from` has, the whole data set of the version: how many pages each of them takes. page_size: 0, the largest
** one. NULL, with the reason printed, on an error. The caller closes it. */
sqlite3 *bound_open(sqlite3 *from, unsigned version, int page_size);

/* What a statement with that text has asked too much, by the requests since that one, as text for a report
** (sqlite3_free); NULL: nothing. */
char *bound_exceeded(sqlite3 *lists, sqlite3 *subject, const char *sql, sqlite3_int64 after);

#endif
