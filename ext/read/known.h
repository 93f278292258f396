/*
** Known addresses: a SID is unique everywhere, so once a connection has seen in which service a channel or a user
** lives, a query that gives only its SID goes straight there. Forgotten when the origin or the credentials change.
**
** Of what is in channels, messages above all, there may be very many: of these the latest few thousand are known, with
** their channels.
*/
#ifndef CHAT_KNOWN_H
#define CHAT_KNOWN_H

#include "base/error.h"
#include "base/map.h"
#include "plan/address.h"

typedef struct known_addresses {
    map services;            /* SID of a service -> its own copy of that text, which lives as long as the map */
    map homes;               /* SID of a channel or user -> the service's text */
    struct known_rows *rows; /* of things below those, in sets; owned, or NULL */
    unsigned turn;           /* which one of a full set is replaced next */
} known_addresses;

/* Learns where a SID lives. Best effort: without memory, or past a million of them, nothing is learnt. */
void known_learn(known_addresses *known, address_part sid, address_part service);

/* The SID of the service that a SID lives in, or NULL if that has not been seen. Valid until known_forget. */
const char *known_service(const known_addresses *known, const char *sid);

/*
** Learns where a row lives two levels down, from an address of it or of its list. Rows of other resources are passed
** over. Best effort, too.
*/
void known_learn_row(known_addresses *known, const catalog_resource *resource, address_part sid, const char *address);

/* The same for the rows of a list of that address: key gives the SID of each, from 0 on. */
typedef address_part known_key(const void *context, size_t row);
void known_learn_rows(known_addresses *known, const catalog_resource *resource, const char *address, known_key *key,
                      const void *context, size_t count);

/* The address of such a row; sqlite3_malloc'ed. NULL: it has not been seen, or a problem. */
char *known_row_address(const known_addresses *known, const catalog_resource *resource, const char *sid,
                        error *problem);

void known_forget(known_addresses *known);

#endif
