/*
** Which call of a transaction may go out when. The calls of one parent, a lane, go in order. Besides, a call waits for
** the earlier ones on which it may depend:
**
**     above   those at the top of the API's tree and of its service: a message waits for what becomes of its channel
**     below   what changes or deletes a thing waits for what is queued inside it; OR REPLACE, which knows the thing by
**             name only, for what is queued inside any of its kind there; what gives an account's defaults for all
**     beside  the branches of a service (all that is in its Channels, in its Users, its Roles ...) do not overtake each
**             other: a member is a user, has a role and is a user_channel, and by which SID is not always known here
**     moving  who comes in waits for those who leave, and for whom others have given up what nobody else may have (a pair
**             of addresses), wherever that is: it may be the same person; and what needs a person, for those who come.
**             What may give up such a thing waits for whoever has come to it before: who takes what is not free yet is
**             refused, as in the order of the statements, and nobody has left by then
**     alone   who comes in with what one row only may have, a pair of addresses, waits for the one who comes with the same:
**             that is the first, whoever is served faster. What brings several persons may bring any
**
** A parent made in the transaction has no SID yet: its lane is called after the call that makes it. What OR IGNORE and OR
** REPLACE have met may be a parent that other calls name by its SID. So once the SID is known, the two are one lane.
*/
#ifndef CHAT_WRITE_LANES_H
#define CHAT_WRITE_LANES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/map.h"
#include "write/write_queue.h"

/* Calls in the order in which they were queued. */
typedef struct write_line {
    write_entry **entries; /* owned array of borrowed entries */
    size_t count, allocated, next;
} write_line;

typedef struct write_service write_service;
typedef struct write_leaving write_leaving;

/* The pending calls of one parent. */
typedef struct write_lane {
    write_line calls;
    const char *address;
    char *met;                     /* the address, once it has become another; owned, or NULL */
    write_service *service;        /* that it is in; NULL: it is at the top */
    struct write_lane *same_maker; /* another that is called after the same call, or NULL */
} write_lane;

typedef struct write_lanes {
    map by_address;
    map by_maker;       /* those called after a call, by its number */
    map services;       /* by their addresses */
    map alone;          /* lines of calls with the same write_entry.alone, by that; owned */
    write_lane **lanes; /* owned; in the order of their first calls */
    size_t count, allocated;
    size_t left;            /* calls of all lanes that are not finished */
    write_lane *top;        /* "", or NULL */
    write_line coming;      /* calls with which persons come into something */
    write_line paired;      /* ... with what they alone may have */
    write_leaving *leaving; /* owned; those with which they leave or change what is theirs alone, the first first */
    write_leaving *leaving_last;
} write_lanes;

/* Adds the pending calls of a queue. Problem: SQLITE_NOMEM. */
void write_lanes_add(write_lanes *self, const write_queue *queue, error *problem);

/*
** What an INSERT has made or met has a SID now (entry->sid; NULL: it has none): the lanes that are called after it are those
** of that SID from here on. Problem: SQLITE_NOMEM.
*/
void write_lanes_meet(write_lanes *self, const write_entry *made, error *problem);

/* The first call of a lane that is not finished, or NULL. */
write_entry *write_lanes_head(const write_lane *lane);

/* Calls of a lane that are not finished, its head among them. */
size_t write_lanes_left(const write_lane *lane);

/* The head of a lane is finished. */
void write_lanes_advance(write_lanes *self, write_lane *lane);

/* Has the head of that lane to wait for an earlier call, above, beside or moving? */
bool write_lanes_waits(write_lanes *self, const write_lane *lane);

/*
** Must a call, besides, not overtake what is below it? Asked apart, since that needs its path and a look at every lane:
** there may be many parents, and so as many calls that could begin.
*/
bool write_lanes_is_above(const write_entry *entry);
bool write_lanes_waits_below(const write_lanes *self, const write_entry *entry);

void write_lanes_clear(write_lanes *self);

#endif
