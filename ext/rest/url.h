/*
** URLs: which origin may be used, what a path segment looks like, and whether a server's "next page" may be followed.
** Parsing and escaping are libcurl's; the rules are ours. Pure: no network. Texts returned are from sqlite3_malloc.
*/
#ifndef CHAT_URL_H
#define CHAT_URL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/*
** Checks an origin that a user configured and returns its normal form: scheme, host and port if it is not the
** scheme's own, without a slash at the end ("https://chat.twilio.com", "http://127.0.0.1:8080"). https anywhere, http
** only to a loopback address; no user, path, query or fragment. NULL, with SQLITE_ERROR and the reason in problem,
** otherwise.
*/
char *url_origin(const char *text, error *problem);

/*
** The origin of a product ("chat") for a region and an edge (each may be NULL or empty), as the official SDKs build it:
** chat.twilio.com, chat.ie1.twilio.com, chat.dublin.ie1.twilio.com; an edge alone implies us1.
*/
char *url_regional_origin(const char *product, const char *region, const char *edge, error *problem);

/* Percent-encodes text (any bytes) as one path segment or one query value: all but letters, digits and -._~ */
char *url_escape(const char *text, size_t length, error *problem);

/* The same backwards: *read bytes, and a NUL behind them; a % that begins no escape stays. sqlite3_malloc'ed; NULL: no memory. */
char *url_unescape(const char *escaped, size_t length, size_t *read);

/*
** Decides whether the server's next_page_url may be followed, and returns the path with query to ask the origin for.
** origin: normal form. current: path with query of the page that named it. next: the server's text, absolute or
** relative. It must stay at the origin and on the same path; a user in it is refused. One exception: a regional
** Twilio host may name its global one (https://chat.twilio.com), since the SDKs are known to rewrite that host; what is sent still
** goes to the origin only. NULL with a reason in problem otherwise, also for a text of more than 16 KiB: every URL is
** kept in the request log and may stand in a message.
*/
char *url_follow(const char *origin, const char *current, const char *next, error *problem);

/*
** May what a server at the origin (normal form) names be asked for elsewhere, without credentials? An absolute https URL of
** any host; http to a loopback address where the origin itself is http. No user in it, no fragment, no port 0. The text is a
** secret: the problem does not quote it.
*/
bool url_may_ask_elsewhere(const char *origin, const char *text, error *problem);

/*
** For a path whose query counts pages plainly ("...?PageSize=50&Page=3", no PageToken): the same with the next number.
** NULL if it does not, or when memory ran out.
*/
char *url_next_number(const char *path);

/* The PageSize in a path's query; 0 if it has none. */
int url_page_size(const char *path);

/*
** The same rows from the same place on, in pages of half the size: PageSize is halved, and a plain page number doubled
** (a PageToken marks its place by itself). NULL if there is no PageSize of at least 2, or when memory ran out.
*/
char *url_halve_pages(const char *path);

#endif
