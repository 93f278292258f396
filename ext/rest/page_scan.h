/*
** The grammar of JSON (RFC 8259), all of it, over bytes that may still be coming, without a tree and without recursion. Whoever
** wants to know what is in them is told of the keys and values of the outer levels, by where they stand.
**
**     page_scan scan;
**     page_scan_begin(&scan, &watcher, context);
**     while (more bytes come) page_scan_run(&scan, bytes, length, false);   // all bytes so far: they may have moved
**     if (page_scan_run(&scan, bytes, length, true) == SCAN_WHOLE) ...
**
** Where a run ends, whatever ends behind it has not been told yet. Bytes that nobody wants any more may be left out
** between two runs.
**
** Stricter than the grammar in two things: the text is an object or an array, nested PAGE_DEPTH_MAX deep at the most. Texts
** are UTF-8; half a surrogate pair in an escape is left to whoever reads it.
*/
#ifndef CHAT_PAGE_SCAN_H
#define CHAT_PAGE_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* A value in a row of a list may be nested a thousand deep. */
enum { PAGE_WATCHED_MAX = 3, PAGE_DEPTH_MAX = PAGE_WATCHED_MAX + 1000 };

/* Where a key or a value stands. */
typedef struct page_token {
    size_t offset; /* of a string, behind its quote */
    size_t length; /* ... and without quotes */
    char kind;     /* its first byte: '"', '{', '[', 't', 'f' or 'n'; '0': a number */
    bool escaped;  /* a string, or key, with escapes in it */
} page_token;

/* Depth: of the object or array in which it stands; 0: the whole text. All are called with depth <= watched. */
typedef struct page_watcher {
    int watched; /* at most PAGE_WATCHED_MAX */
    void (*key)(void *context, int depth, const page_token *key);
    void (*open)(void *context, int depth, char kind); /* a value that is an object or an array begins */
    void (*value)(void *context, int depth, const page_token *value);
    void (*expected)(void *context); /* the key that was expected has come, and `key` is not called; or NULL: it is */
} page_watcher;

typedef enum { SCAN_MORE, SCAN_WHOLE, SCAN_BAD } page_scan_result;

typedef struct page_scan {
    const page_watcher *watcher;
    void *context;
    const char *expected;   /* the key that is likely to come next, with its quotes and no escapes, or NULL */
    size_t expected_length; /* ... bytes of it */
    size_t at;              /* bytes that are dealt with; after SCAN_BAD: where it went wrong */
    size_t resume;          /* how far a string or number has been looked through that has not ended; 0: none */
    size_t dropped;         /* bytes left out before all that positions tell of */
    const char *reason;     /* after SCAN_BAD, ending in a hexadecimal number if there is a byte to name */
    int byte;               /* ... that byte, or -1 */
    int state, depth;
    bool escaped; /* the string that has not ended */
    size_t starts[PAGE_WATCHED_MAX + 1];
    unsigned char objects[PAGE_DEPTH_MAX / 8 + 1]; /* a bit for each depth: an object, no array */
} page_scan;

void page_scan_begin(page_scan *scan, const page_watcher *watcher, void *context);

/* Goes on over bytes, of which length have come. whole: no more will. */
page_scan_result page_scan_run(page_scan *scan, const char *bytes, size_t length, bool whole);

/*
** The next run will be without the first `count` bytes (at most `at`): where a container began before that is not
** known then.
*/
void page_scan_drop(page_scan *scan, size_t count);

#endif
