/*
** Known addresses: a SID is unique everywhere, so once a connection has seen in which service a channel or a user
** lives, a query that gives only its SID goes straight there. Forgotten when the origin or the credentials change.
*/
#ifndef CHAT_KNOWN_H
#define CHAT_KNOWN_H

#include "base/map.h"
#include "plan/address.h"

typedef struct known_addresses {
    map services; /* SID of a service -> its own copy of that text, which lives as long as the map */
    map homes;    /* SID of a channel or user -> the service's text */
} known_addresses;

/* Learns where a SID lives. Best effort: without memory, or past a million of them, nothing is learnt. */
void known_learn(known_addresses *known, address_part sid, address_part service);

/* The SID of the service that a SID lives in, or NULL if that has not been seen. Valid until known_forget. */
const char *known_service(const known_addresses *known, const char *sid);

void known_forget(known_addresses *known);

#endif
