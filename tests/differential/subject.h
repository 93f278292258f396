/* Connections with the extension loaded and set up for a configuration. */
#ifndef DIFFERENTIAL_SUBJECT_H
#define DIFFERENTIAL_SUBJECT_H

#include "options.h"

#include <sqlite3.h>

/* Puts the emulator's address and account into the environment, and takes away whatever else the extension reads there. */
void subject_environment(const char *url, const char *conversations_url);

/* Opens an in-memory database with the extension, for the configuration; service_sid is used where its scope is one
** service. NULL, with the reason on standard output, if something fails. The caller closes it. */
sqlite3 *subject_open(const char *extension, const configuration *c, const char *service_sid);

#endif
