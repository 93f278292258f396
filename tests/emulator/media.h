/*
** Media (MCS): what is attached to messages.
**
**   GET  /v1/Services/IS.../Media/ME...   with credentials: what it is, and a temporary address of its bytes
**   POST /v1/Services/IS.../Media         raw bytes with a Content-Type, a name in the query (Filename=...): an upload,
**                                         which a message takes by MediaSid; gone after five minutes without one
** The temporary address is on a port of its own (PORT_CONTENT), as the vendor's is on a host of its own. It is signed, good
** for 300 seconds, and whoever signs in there sends his credentials to a stranger: that is refused.
**
** The bytes of generated media are computed from the SID, as many as the message says. The shape of the answer, its dates and
** relative addresses are those of recorded ones.
*/
#ifndef EMULATOR_MEDIA_H
#define EMULATOR_MEDIA_H

#include "emulator.h"

/* Answers a request of PORT_MEDIA, and one of PORT_CONTENT. */
void media_answer(exchange *self);
void media_give_content(exchange *self);

/* Appends the JSON object by which a message of the exchange's service tells of that medium: of an upload what it is, of
** another SID something made up. */
void media_describe(const exchange *self, const char *sid, buffer *out);

#endif
