/*
** A profile of the vendor's command line tool: where its account is, and an API key for it. They are in its file
** ~/.twilio-cli/config.json (@twilio/cli-core 8.3, services/config.js and env.js):
**
**     {"profiles": {"sales": {"accountSid": "AC...", "region": "ie1", "edge": "dublin", "apiKey": "SK...", "apiSecret": "..."}},
**      "activeProject": "sales", "edge": ...}
**
** The folder is that of the variable TWILIO_CONFIG_DIR where it is set, as for the tool. The edge of all profiles
** ("edge") counts for one that has none. Nothing is read unless a profile is asked for by name.
*/
#ifndef CHAT_PROFILE_H
#define CHAT_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* Owned texts; NULL: the profile has none. All zeros: no profile. */
typedef struct profile {
    char *label; /* for messages: the profile "sales" of .../.twilio-cli/config.json; NULL: no profile */
    char *account_sid, *region, *edge;
    char *api_key, *api_secret;
} profile;

/*
** Reads a profile (made: all zeros). name: "active" stands for the one that the tool uses by itself. A problem names the
** file and what it lacks, and nothing that it holds; made is then all zeros.
*/
void profile_read(profile *made, const char *name, error *problem);

/* A copy (made: all zeros). */
void profile_copy(profile *made, const profile *from, error *problem);

/* Do both say the same, and are from one place? */
bool profile_is_same(const profile *one, const profile *other);

void profile_clear(profile *target);

#endif
