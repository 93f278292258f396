/*
** Addresses: the paths of resources below the version, such as /Services/IS.../Channels/CH.../Messages/IM..., which is
** also what the hidden primary key column `path` holds.
*/
#ifndef CHAT_ADDRESS_H
#define CHAT_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sid.h"
#include "catalog/catalog.h"

/* A piece of an address; borrowed from it. text NULL: there is none. */
typedef struct address_part {
    const char *text;
    size_t length;
} address_part;

/*
** The SID in a parent column, taken from an address of a resource or of its list. column: "service_sid",
** "channel_sid", ... No part if the resource has no such parent.
*/
address_part address_parent(const catalog_resource *resource, const char *address, const char *column);

/* The SID of the topmost resource in an address of anything below it or of it itself: the service's. */
address_part address_root(const char *address);

/* The SID of the resource below the service in the address of something deeper: the channel's or user's; or no part. */
address_part address_second(const char *address);

/*
** The request path of an address in that version: with the version's prefix, and its words for the segments. tail: what
** follows, such as "?PageSize=50" or "/IM...", or "". sqlite3_malloc'ed; NULL: out of memory.
*/
char *address_request(unsigned version, const char *address, const char *tail);

/* What follows the version's prefix in a request path, in its words for the segments. */
const char *address_of_request(unsigned version, const char *path);

/*
** What a text is as an address of that resource: SID_NO if it has other segments, or SIDs of another kind; otherwise
** the least canonical of its SIDs decides.
*/
sid_shape address_classify(const catalog_resource *resource, const char *text, size_t length);

#endif
