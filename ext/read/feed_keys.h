/*
** The rows of a page that a feed has come to, gone through once before any of them is told: is each what the list may hold, and
** where does it live? The hashes of their keys are kept for whoever asks whether a row has come before.
*/
#ifndef CHAT_FEED_KEYS_H
#define CHAT_FEED_KEYS_H

#include "base/error.h"
#include "plan/address.h"

struct feed;

/* A problem: a row whose key is no SID, a row of another parent, or no memory. */
void feed_keys_take(struct feed *target, error *problem);

/*
** Keeps in mind in which service things live: the parents of rows, and rows that are parents themselves. That a list is
** empty says nothing: a service may answer so for what is another's. Memory running out only means to ask again later.
*/
void feed_keys_learn(const struct feed *target);

/* The key of a row of that page, of a feed; borrowed until the feed moves on. */
address_part feed_keys_part(const void *context, size_t row);

#endif
