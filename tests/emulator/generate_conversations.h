/*
** What generated data have beside Chat's: the account's own settings, address configurations, and, where the options
** ask for them, private channels, states, timers, e-mail bindings and participants outside chat. Its randomness is of
** its own, so that Chat's part is the same with and without.
*/
#ifndef EMULATOR_GENERATE_CONVERSATIONS_H
#define EMULATOR_GENERATE_CONVERSATIONS_H

#include "layout.h"
#include "message.h"
#include "store.h"

/* Adds all that to a store that generate_all has filled. */
void generate_conversations(const message_source *into, const layout *plan, const char *account_sid);

#endif
