/*
** HTTP Basic authentication: the account's SID with its token, or the API key with its secret.
*/
#ifndef EMULATOR_AUTH_H
#define EMULATOR_AUTH_H

#include "emulator.h"

/* Whether an Authorization header's value (NULL: none) signs in. */
bool auth_accepts(const emulator *self, const char *header);

#endif
