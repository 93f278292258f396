/*
** The grammar of JSON (RFC 8259), all of it, over bytes that may still be coming, without a tree and without recursion. Whoever
** wants to know what is in them is told of the keys and values of the outer levels, by where they stand.
**
**     page_scan scan;
**     page_scan_begin(&scan, &watcher, context);
**     while (more bytes come) page_scan_run(&scan, bytes, length, false);   // all bytes so far: they may have moved
**     if (page_scan_run(&scan, bytes, length, true) == SCAN_WHOLE) ...
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
} page_watcher;

typedef enum { SCAN_MORE, SCAN_WHOLE, SCAN_BAD } page_scan_result;

typedef struct page_scan {
    const page_watcher *watcher;
    void *context;
    const page_token *expected; /* the key that is likely to come next, which stands earlier in the text, or NULL */
    size_t at;                  /* bytes that are dealt with; after SCAN_BAD: where it went wrong */
    size_t resume;              /* how far a string or number has been looked through that has not ended; 0: none */
    const char *reason;         /* after SCAN_BAD, ending in a hexadecimal number if there is a byte to name */
    int byte;                   /* ... that byte, or -1 */
    int state, depth;
    bool escaped; /* the string that has not ended */
    size_t starts[PAGE_WATCHED_MAX + 1];
    unsigned char objects[PAGE_DEPTH_MAX / 8 + 1]; /* a bit for each depth: an object, no array */
} page_scan;

void page_scan_begin(page_scan *scan, const page_watcher *watcher, void *context);

/* Goes on over bytes, of which length have come. whole: no more will. */
page_scan_result page_scan_run(page_scan *scan, const char *bytes, size_t length, bool whole);

#endif
