/* What exists on the server, as far as this test made it or chose to know it: kept from the ledger, which is the truth. */
#ifndef LEDGER_WORLD_H
#define LEDGER_WORLD_H

#include "differential/random.h"

#include <jansson.h>
#include <sqlite3.h>

typedef enum {
    WORLD_SERVICES,
    WORLD_CHANNELS,
    WORLD_MESSAGES,
    WORLD_USERS,
    WORLD_MEMBERS,
    WORLD_CONVERSATIONS, /* only those that this test made as such: no channel above is one of them */
    WORLD_CONVERSATION_MESSAGES,
    WORLD_PARTICIPANTS,
    WORLD_KINDS
} world_kind;

typedef struct world_row {
    char path[200]; /* "/Services/IS.../Channels/CH..." */
    char sid[40];
    char name[80]; /* unique_name of a channel or conversation, or "" */
} world_row;

typedef struct world {
    world_row *rows[WORLD_KINDS];
    int count[WORLD_KINDS];
} world;

/* Learns services and some channels through a connection. False, with the reason printed, on a problem. */
bool world_begin(world *w, sqlite3 *db);
void world_free(world *w);

/* Takes over what the ledger says was made and deleted. */
void world_follow(world *w, const json_t *ledger);

/* A row of that kind, or NULL if there is none. Valid until world_follow. */
const world_row *world_pick(const world *w, random_state *random, world_kind kind);

/* The SID in a path that comes after a segment, such as "Services": 34 characters, not terminated; or "". */
const char *world_sid_after(const char *path, const char *segment);

#endif
