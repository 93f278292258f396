/*
** How the generated totals are spread: which channels and users belong to which service, how many messages each
** channel has. A pure function of options_data, computed once.
**
** Uneven on purpose: the last of three or more services is empty (awkward data), a sixth of the channels have no
** message, the first channel has about half of all.
*/
#ifndef EMULATOR_LAYOUT_H
#define EMULATOR_LAYOUT_H

#include "options.h"

typedef struct layout_service {
    int64_t first_channel, channels; /* positions over all services */
    int64_t first_user, users;
} layout_service;

typedef struct layout {
    options_data data;
    layout_service *services; /* data.services of them */
    int64_t *messages;        /* per channel, data.channels of them */
    int *channel_service;     /* per channel */
} layout;

/* Computes the layout. Negative totals count as 0. */
void layout_make(layout *self, const options_data *data);
void layout_free(layout *self);

#endif
