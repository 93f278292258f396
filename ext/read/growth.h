/*
** Which of the lists that are read side by side may grow, when there are more of them than memory has room for. Each names
** its pages one by one, so none can be hurried: where all grow alike, memory is full before any has its end, and from then on
** the one that is being read goes on alone, a page at a time. So those that come first get the room first: as many of them
** grow as are likely to fit as a whole, and no more than requests may run at once. Pure.
*/
#ifndef CHAT_GROWTH_H
#define CHAT_GROWTH_H

#include <stdbool.h>
#include <stddef.h>

typedef struct growth {
    size_t room;    /* pages that memory has room for; 0: not known */
    size_t widest;  /* lists that may grow at once */
    size_t typical; /* pages of a list, as those that have ended had; 0: none has */
    size_t claimed; /* pages of the lists counted so far, those included that are still to come */
    size_t growing; /* lists among them that have not come to their ends */
} growth;

/* bytes: that memory has room for; page: bytes of one page, 0: not known. Of the others see growth. */
growth growth_of(size_t bytes, size_t page, size_t widest, size_t typical);

/* May a list grow that comes behind those counted? */
bool growth_allows(const growth *self);

/* Is it for lack of room that one may not? */
bool growth_lacks_room(const growth *self);

/* Counts a list: pages of it that are held or asked for, pages of it that have been done with, and is its last one known? */
void growth_count(growth *self, size_t held, size_t done, bool complete);

/* A list has come to its end after so many pages: what is typical from now on. */
size_t growth_learn(size_t typical, size_t pages);

#endif
