/* Known addresses; see known.h. */
#include "read/known.h"

#include <string.h>

#include "base/sqlite.h"

enum { KNOWN_MAX = 1000000 };

/* Copies a SID to a NUL-terminated text; false if it is of another length. */
static bool known_copy(address_part part, char *text) {
    if (part.length != SID_LENGTH) {
        return false;
    }
    memcpy(text, part.text, SID_LENGTH);
    text[SID_LENGTH] = 0;
    return true;
}

/* The one lasting copy of a service's SID. */
static char *known_intern(known_addresses *known, const char *service) {
    char *copy = map_get(&known->services, service);
    if (!copy) {
        copy = sqlite3_mprintf("%s", service);
        if (copy && map_set(&known->services, service, copy) != SQLITE_OK) {
            sqlite3_free(copy);
            copy = NULL;
        }
    }
    return copy;
}

void known_learn(known_addresses *known, address_part sid, address_part service) {
    char key[SID_LENGTH + 1], home[SID_LENGTH + 1];
    if (known->homes.count >= KNOWN_MAX || !known_copy(sid, key) || !known_copy(service, home) ||
        map_has(&known->homes, key)) {
        return;
    }
    char *lasting = known_intern(known, home);
    if (lasting) {
        map_set(&known->homes, key, lasting);
    }
}

const char *known_service(const known_addresses *known, const char *sid) {
    return map_get(&known->homes, sid);
}

void known_forget(known_addresses *known) {
    map_clear(&known->homes, NULL);
    map_clear(&known->services, sqlite3_free);
}
