/* Environment variables that no setting has; see variables.h. */
#include "session/variables.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/sqlite.h"
#include "session/settings.h"

#define VARIABLES_PREFIX "TWILIO_CHAT_"
#define VARIABLES_QUIET "TWILIO_CHAT_QUIET"

enum { VARIABLES_NAME_MAX = 60, VARIABLES_TOLD_MAX = 5, VARIABLES_TEXT_MAX = 1000 };

/* A dynamic library has no environ of its own on macOS. */
#if defined(__APPLE__)
#include <crt_externs.h>
#define VARIABLES_ALL (*_NSGetEnviron())
#else
extern char **environ;
#define VARIABLES_ALL environ
#endif

/* The variable that is nearest to the name; *distance: how near. */
static const char *variables_nearest(const char *name, int *distance) {
    const char *nearest = VARIABLES_QUIET;
    *distance = nearest_distance(name, nearest);
    for (int id = 0; id < SETTING_COUNT; id++) {
        const char *variable = settings_variable((setting_id)id);
        int now = nearest_distance(name, variable);
        if (now < *distance) {
            nearest = variable;
            *distance = now;
        }
    }
    return nearest;
}

/* Copies the name of an entry "NAME=value" that begins as ours do; false: it does not, or is no plain name. */
static bool variables_name(const char *entry, char name[VARIABLES_NAME_MAX]) {
    size_t length = strcspn(entry, "=");
    bool ours = strncmp(entry, VARIABLES_PREFIX, strlen(VARIABLES_PREFIX)) == 0 && length < VARIABLES_NAME_MAX &&
                strspn(entry, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") == length;
    if (ours) {
        memcpy(name, entry, length);
        name[length] = 0;
    }
    return ours;
}

/* Appends what is to be said of a variable, if anything; returns the new length of text. */
static size_t variables_tell(const char *entry, char text[VARIABLES_TEXT_MAX], size_t length) {
    char name[VARIABLES_NAME_MAX];
    int distance = 0;
    const char *nearest = variables_name(entry, name) ? variables_nearest(name, &distance) : NULL;
    if (!nearest || strcmp(nearest, name) == 0) {
        return length;
    }
    bool near = nearest_is_meant(name, distance);
    sqlite3_snprintf((int)(VARIABLES_TEXT_MAX - length), text + length, "%s%s%s%s%s", length ? ", " : "", name,
                     near ? " (did you mean " : "", near ? nearest : "", near ? "?)" : "");
    return strlen(text);
}

bool variables_are_quiet(void) {
    const char *quiet = getenv(VARIABLES_QUIET);
    return quiet && *quiet;
}

void variables_warn(void) {
    static int warned;
    char text[VARIABLES_TEXT_MAX] = "";
    size_t length = 0;
    if (variables_are_quiet() || __atomic_exchange_n(&warned, 1, __ATOMIC_RELAXED)) {
        return;
    }
    int told = 0;
    for (char **each = VARIABLES_ALL; each && *each && told < VARIABLES_TOLD_MAX; each++) {
        size_t longer = variables_tell(*each, text, length);
        told += longer > length;
        length = longer;
    }
    if (told > 0) {
        fprintf(stderr,
                "sqlite-chat: no setting has the environment variable %s; " VARIABLES_QUIET "=1 hides this line\n",
                text);
    }
}
