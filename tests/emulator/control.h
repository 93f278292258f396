/*
** The control path: requests below /__control/ that tests steer the emulator with. No authentication; the emulator
** listens on loopback only.
**
**   POST /__control/latency?ms=50          delay of every answer           POST /__control/paging?mode=token|page
**   POST /__control/release                what waits because of latency or a fault is answered now
**   POST /__control/write_limit?n=30       writes per second, 0: off       POST /__control/dates?form=iso|rfc2822
**   POST /__control/fault                  a rule as a form, see faults.h  POST /__control/reset  rules and counters
**   POST /__control/data?seed=N            other generated data, as after a new start
**   GET  /__control/stats                  counters                        GET  /__control/requests  all in order
**   POST /__control/mark?text=~            another hand: ends every friendly_name with the text, and changes nothing
**                                          else; without text the names are again what they were
**   GET  /__control/ledger                 applied writes in order
**   GET  /__control/ports                  {"chat": URL, "conversations": URL, ...}: all that it listens on
**   POST /__control/page_size?mode=clamp|refuse   what happens to a PageSize above the maximum on Conversations
**   POST /__control/active?conversation=CH...     another hand: it becomes the most recently active one, as by a message
**                                          that is gone again; the fault action=active (faults.h) does so between the
**                                          pages of a list that is being read
**   POST /__control/initializing?ms=N      how long a conversation made with participants stays so
** Parameters may stand in the query or in a form body.
*/
#ifndef EMULATOR_CONTROL_H
#define EMULATOR_CONTROL_H

#include "emulator.h"

/* Whether the request is one of these. */
bool control_owns(const exchange *self);

/* Answers it. */
void control_answer(exchange *self);

#endif
