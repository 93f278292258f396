/*
** Pages: what a list request asks for and the "meta" object of its answer.
**
** Two forms of next_page_url, chosen by --paging and over the control path:
**   token   ?<filters>&PageSize=2&Page=1&PageToken=PT<first row of that page>; Page>0 without a token is refused
**   page    ?<filters>&PageSize=2&Page=1
** A token names the first row of its page: the index of a message, the SID of anything else. Rows that come or go
** between two requests so never repeat others, and a token stays good when its own row is deleted.
*/
#ifndef EMULATOR_PAGING_H
#define EMULATOR_PAGING_H

#include "emulator.h"

typedef struct paging {
    int64_t size, page;
    const char *token; /* after "PT"; NULL where the request has none; borrowed from the request */
    buffer filters;    /* as they go into URLs, each followed by & */
} paging;

/* Reads PageSize, Page, PageToken and the list's own filters. Returns false after setting an error. Free with
** paging_free in either case. */
bool paging_read(paging *self, exchange *from);
void paging_free(paging *self);

/* Appends "meta":{...}. next and previous are the tokens of those pages (after "PT"), NULL where there is none. */
void paging_write(const paging *self, exchange *to, const char *previous, const char *next);

#endif
