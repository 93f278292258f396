/*
** Credentials that can be recognized wherever they turn up, in each of the forms that they take on the way; and a watch
** over memory, which no block may leave with one of them in it.
*/
#ifndef TRUST_CANARY_H
#define TRUST_CANARY_H

#include "trust/text.h"

/* With characters that are encoded in URLs, in JSON and in base64's last digits. */
#define CANARY_USER "SKcanary-user-00000000000000000001"
#define CANARY_PASSWORD "canary/pass+word%00000000~secret"

/* The value of the Authorization header that they make: "Basic ...". */
#define CANARY_BASIC                                                                                                   \
    "Basic U0tjYW5hcnktdXNlci0wMDAwMDAwMDAwMDAwMDAwMDAwMTpjYW5hcnkvcGFzcyt3b3JkJTAwMDAwMDAwfnNlY3JldA=="

/* The first form of a credential that source holds, or NULL. */
const char *canary_in(const text *source);

/*
** Puts the watch between SQLite's allocator and the program: before SQLite is used. canary_blocks: how many blocks have
** been freed or resized away with a form of a credential in them since the last call.
*/
void canary_watch(void);
int canary_blocks(void);

#endif
