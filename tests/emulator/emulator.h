/*
** The state of one emulator and of one request: what every other file passes around.
**
** One thread does everything (server.c runs the HTTP daemon's loop itself), so nothing here is locked.
*/
#ifndef EMULATOR_H
#define EMULATOR_H

#include "buffer.h"
#include "form.h"
#include "generate.h"
#include "layout.h"
#include "message.h"
#include "options.h"
#include "store.h"

#include <stdbool.h>
#include <stdint.h>

/* Versions of Chat, and the two trees of Conversations v1: below /Services/{IS}, and the account's. */
enum {
    API_V1 = 1,
    API_V2 = 2,
    API_V3 = 4,
    API_V1_V2 = API_V1 | API_V2,
    API_SERVICE = 8,
    API_ACCOUNT = 16,
    API_CONVERSATIONS = API_SERVICE | API_ACCOUNT,
};

typedef struct emulator {
    options options;
    store *store;
    layout layout;
    text_piece *authors;
    message_source messages;
    struct limits *limits;
    struct faults *faults;
    struct journal *journal;
    int *ports;    /* that it listens on, PORT_COUNT of them; set by server.c */
    bool released; /* what waits is to be answered now; until server.c has seen to it */
    int64_t clock; /* the next write's time where options.clock is set */
} emulator;

enum { EXCHANGE_SEGMENTS = 10 };

struct resource;

/* A request and its answer. */
typedef struct exchange {
    emulator *emulator;
    int port;                          /* a PORT_ number: where it came in */
    const char *method;                /* borrowed from the HTTP library for the request's life */
    char *uri;                         /* as received; owned */
    size_t path_length;                /* of the path inside uri */
    char *segments[EXCHANGE_SEGMENTS]; /* decoded path; owned */
    int segment_count;
    form query, form;
    buffer body;           /* of the request */
    const char *body_type; /* its Content-Type; borrowed from the HTTP library for the request's life; or NULL */
    bool signs_in;         /* it has an Authorization, whatever is in it */
    buffer origin;         /* scheme, host and port for URLs in the answer; terminated */
    int version;           /* API_V1 ... */
    /* what the path names (route.c) */
    const struct resource *resource;
    const char *key;  /* last segment of an instance's path, NULL for a list; points into segments */
    int64_t scope_id; /* row of the direct parent; 0 at the top */
    int64_t service_id, channel_id, user_id;
    char service_sid[SID_LENGTH + 1], channel_sid[SID_LENGTH + 1], message_sid[SID_LENGTH + 1];
    /* the answer */
    int status;                       /* 0: not decided yet */
    buffer answer, answer_type;       /* answer_type: terminated; empty: JSON */
    char written_sid[SID_LENGTH + 1]; /* of what a write made or changed, for the ledger */
    bool creating;                    /* the answer shows what this request created */
    const char *next_page_override;   /* from a fault: next_page_url as given; borrowed */
} exchange;

/* Time of a write: the real clock, or the one that --clock set, which each call moves on by a second. */
int64_t emulator_now(emulator *self);

/* The same clock in milliseconds, without moving it on. */
int64_t emulator_milliseconds(const emulator *self);

#endif
