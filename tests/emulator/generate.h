/*
** Fills an empty store with generated data: services with roles, channels, users, members, invites, bindings, webhooks,
** and the account's credentials. Messages are not written: channels only note how many are computed (message.h).
** The same options give the same data, SIDs included.
*/
#ifndef EMULATOR_GENERATE_H
#define EMULATOR_GENERATE_H

#include "layout.h"
#include "message.h"
#include "store.h"

/* Fills the store by the layout. */
void generate_all(store *into, const layout *plan);

/* Gives a service the four roles that every new one has, and makes three of them its defaults. */
void generate_default_roles(store *into, int64_t seed, int64_t service, int64_t created);

/* Keeps options_data in the store, or reads it back (false where the store has none). */
void generate_save(store *into, const options_data *data);
bool generate_load(store *from, options_data *data);

/* A new SID: prefix and 32 digits of the seed and the prefix's own sequence. out: SID_LENGTH + 1 bytes, terminated. */
void generate_sid(store *from, int64_t seed, const char *prefix, char *out);

/* The identities of all generated users, as prepared pieces by position. The caller owns the array and
** its texts. */
text_piece *generate_authors(const layout *plan);

#endif
