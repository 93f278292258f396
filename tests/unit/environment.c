/* The environment variables that the extension reads; see environment.h. */
#include "unit/environment.h"

#include <stdlib.h>
#include <string.h>

extern char **environ;

/* Unsets the first variable whose name begins so; returns 0 if there is none. */
static int unset_one(const char *prefix) {
    for (char **each = environ; *each != NULL; each++) {
        if (strncmp(*each, prefix, strlen(prefix)) == 0) {
            char *name = strdup(*each);
            if (name == NULL) {
                abort();
            }
            name[strcspn(name, "=")] = 0;
            unsetenv(name);
            free(name);
            return 1;
        }
    }
    return 0;
}

void environment_clear(void) {
    while (unset_one("TWILIO")) {
    }
}

void environment_set(const char *name, const char *value) {
    if (value == NULL) {
        unsetenv(name);
    } else {
        setenv(name, value, 1);
    }
}
