/*
** One statement, one look: what a statement has asked the server for serves all of its cursors, so the same page is
** never requested twice within it (inner loops of joins, self-joins, correlated subqueries), and no statement sees
** what an earlier one saw. Pages that no cursor uses any more are kept up to an eighth of memory_limit_mb, the first
** ones read staying, since an inner loop begins again at the first. Those beyond that go to a temporary file
** (spill.h), of up to 32 MiB or memory_limit_mb as long as nobody has come back to them.
*/
#ifndef CHAT_LOOK_H
#define CHAT_LOOK_H

#include <stdbool.h>

#include "base/error.h"
#include "catalog/catalog.h"
#include "read/look_state.h"
#include "read/reading.h"
#include "rest/page.h"
#include "session/connection.h"
#include "session/statement.h"

/* A look of its own, which nothing else shares. NULL when memory ran out. */
look *look_open(connection *shared);

/* Forgets everything. Every entry must have been put back. Accepts NULL. */
void look_close(look *view);

/*
** What a cursor has of looks: from its first xFilter on the one of its statement, which it shares with all cursors of the
** statement that are open at the same time. All zeros at first.
**
** A statement that comes to a subquery once more opens a new cursor and then closes the old one (before SQLite 3.39 or
** so), perhaps its only one. So a cursor that has not begun yet inherits the look of the last cursor that is closed
** right after it has been opened, and takes it if its statement proves to be the same: both were open together. Others of
** that statement find it until then, too, as long as no statement of the connection has begun anew.
*/
typedef struct look_cursor {
    look *view;
    look *inherited;
    look *beside; /* of a profile's account: the root's of the statement, which what else it reads hangs on */
} look_cursor;

/* xOpen. */
void look_cursor_open(connection *shared, look_cursor *cursor);

/* xFilter, in a statement of that name. Only the first call of a cursor does anything. SQLITE_OK or SQLITE_NOMEM. */
int look_cursor_begin(connection *shared, look_cursor *cursor, statement_name by);

/* xClose; the last cursor's forgets everything. Every entry of its own must have been put back. */
void look_cursor_close(connection *shared, look_cursor *cursor);

connection *look_connection(const look *view);

/*
** Settings as they were when the statement began, so that all its scans see the same data: service_sid (NULL: all; valid
** as long as the look), api_version as the bit of a generation.
*/
const char *look_service(const look *view);
unsigned look_version(const look *view);

/*
** Must the statement ask for nothing that it may not need? Where it has so many requests and no more
** (max_requests): one asked for ahead could be the one that is missing in the end.
*/
bool look_is_bound(const look *view);

/* May it ask for something ahead? Not where it is bound so, nor with WITHOUT_AHEAD. */
bool look_may_ask_ahead(const look *view);

/* How many answers about that resource the statement has made use of so far. */
int64_t look_used(const look *view, const catalog_resource *resource);

/* Bytes of a page of a list as they have been of late; 0: none has come. */
size_t look_page_bytes(const look *view);

/* How many requests have been begun for it. */
int64_t look_asked(const look *view);

/* Head of the list of the statement's scans, which scan.c keeps. */
struct scan **look_scans(look *view);

/*
** A scan begins. Whenever the statement is about to wait from now on, that is called, if something may be asked for beside.
** Where it is told how many scans have begun; the look's.
*/
const int64_t *look_begin_scan(look *view, void (*on_wait)(look *view));

/*
** A companion: what somebody keeps with the statement for as long as it runs, under a key (copied). The first call for a
** key makes size bytes of zeros, aligned as an int64_t is; release, which frees what they own and not them, is called
** before the pages go. NULL with SQLITE_NOMEM in problem.
*/
void *look_companion(look *view, const char *key, size_t size, void (*release)(void *companion), error *problem);

/* The same under a key that is made for it (sqlite3_mprintf), and taken over. NULL: out of memory, which is set in problem. */
void *look_companion_of(look *view, char *key, size_t size, void (*release)(void *companion), error *problem);

/* What is asked for. */
typedef struct look_wish {
    const catalog_resource *resource;
    unsigned version;  /* of the API, one bit */
    const char *path;  /* with the version's prefix and query; copied */
    bool single;       /* a single resource, not a list */
    int retries_spent; /* attempts already made for the same rows */
    bool has_smaller;  /* the same rows can be had in smaller pages: 500, 502 and 504 are not worth a repetition */
    bool goes_on;      /* it leaves before others that have not been sent: it is waited for longest, or for each row */
    request_purpose purpose;
    bool only_known; /* if the statement has it, or has asked for it: else NULL without a problem */
    bool again;      /* anew, although the statement may have it: once */
    const char *
        content_at; /* not a page but bytes, of which path tells: at this URL, which the client is to ask for elsewhere */
    size_t content_max; /* of so many bytes at the most */
} look_wish;

/*
** Asks for a page (a list's, or a single resource), or finds that the statement already has. Nothing is waited for.
** NULL with the reason in problem. Give it back with look_put.
*/
look_entry *look_get(look *view, const look_wish *wish, error *problem);

/* The same entry for one user more. */
look_entry *look_share(look_entry *entry);

/* Where it stands. LOOK_FAILED: problem is set, with the table's name and the request in its message. */
look_state look_poll(look_entry *entry, error *problem);

/*
** What the server said, after LOOK_MISSING or LOOK_FAILED: "services: GET /v1/...: HTTP 404, ..."; NULL: memory ran
** out.
*/
const char *look_message(const look_entry *entry);

/* The HTTP status of the answer; 0: none came. After LOOK_MISSING and LOOK_FAILED. */
int look_status(const look_entry *entry);

/*
** Did the server fail on it with 500, 502 or 504, and may the statement ask for the same rows in smaller pages? After
** LOOK_FAILED.
*/
bool look_is_overtaxed(const look_entry *entry);

/* Drives requests until at least one more has its answer. */
void look_wait(look *view, error *problem);

/* Lets what has been asked for leave, without waiting. */
void look_send(look *view, error *problem);

/* Notes that an answer has been made use of. What never is says so in chat_requests: it was asked for ahead in vain. */
void look_use(look_entry *entry);

/* The same of one that its user has found to be no answer: chat_requests tells why. */
void look_refuse(look_entry *entry, const char *reason);

/* So many requests of look-ups were not made, since the list that begins with this page has been told in their place. */
void look_replace(const look_entry *first, int64_t requests);

/*
** Why no more may be asked for, or NULL: the server or the account has been changed since the statement began, and its rows
** would be of two.
*/
const char *look_moved(const look *view);

/* The page of an entry that is LOOK_READY (of bytes as page_of_bytes makes it); valid while the entry is held. */
page *look_page(const look_entry *entry);

/*
** The server's next_page_url as far as it has come, also while the page is pending: then another one may follow, or
** the page may have to be asked for again. NULL: not known yet, or none.
*/
const char *look_next(const look_entry *entry);

/*
** Keeps the page of an entry in use that is LOOK_READY until look_let_go, whoever gives the entry back: in memory, where all pages
** that are held so fill at most a quarter of memory_limit_mb, or else in a temporary file of the statement's (spill.h). False:
** there is no room for it, or a problem (the file cannot be written), and nothing has been done.
*/
bool look_hold(look_entry *entry, error *problem);
void look_let_go(look_entry *entry);

/*
** Rows of a page that is held or in use, that one among them, *first being the first one's number on it. The caller's to give back
** (page_release). NULL: a problem, as the file cannot be read.
*/
page *look_rows(look_entry *entry, size_t row, size_t *first, error *problem);

/* The path it was asked with. */
const char *look_path(const look_entry *entry);

/* Gives an entry back; a request that nobody waits for and that has not been sent yet is dropped. Accepts NULL. */
void look_put(look_entry *entry);

#endif
