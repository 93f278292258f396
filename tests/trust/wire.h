/* Is a request what the extension means to send, byte for byte of its form? */
#ifndef TRUST_WIRE_H
#define TRUST_WIRE_H

#include "trust/recorder.h"

/*
** Looks at every request that server has recorded: a request line with a path of the API, each header known, once and
** well-formed, the host's own name, these credentials (the Authorization header's value), a body in form encoding. Puts
** the first complaint into found (emptied before); false if there is one.
*/
bool wire_check(recorder *server, const char *authorization, text *found);

#endif
