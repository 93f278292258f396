/* Texts that must not stay in memory; see secret.h. */
#include "base/secret.h"

#include <stdbool.h>
#include <string.h>

#include "base/sid.h"
#include "base/sqlite.h"

enum { SECRET_SHOWN_LENGTH = 40, SECRET_RUN = 24 };

char *secret_copy(const char *text) {
    size_t size = text ? strlen(text) + 1 : 0;
    char *copy = text ? sqlite3_malloc64(size) : NULL;
    if (copy) {
        memcpy(copy, text, size);
    }
    return copy;
}

void secret_free(char *text) {
    /* Through volatile, since a compiler may leave out a memset of memory that is about to be freed. */
    for (volatile char *at = text; at && *at; at++) {
        *at = 0;
    }
    sqlite3_free(text);
}

static bool secret_is_possible(const char *text) {
    const char prefix[] = {text[0], text[0] ? text[1] : 0, 0};
    bool sid = strlen(prefix) == 2 && sid_classify(prefix, text, strlen(text)) != SID_NO;
    bool credential = strcmp(prefix, "AC") == 0 || strcmp(prefix, "SK") == 0;
    size_t run = 0, longest = 0;
    for (const char *at = text; *at; at++) {
        bool plain = (*at >= '0' && *at <= '9') || (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z');
        run = plain ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return strchr(text, '@') || (longest >= SECRET_RUN && (!sid || credential));
}

const char *secret_show(const char *text, char shown[SECRET_SHOWN_SIZE]) {
    bool longer = strlen(text) > SECRET_SHOWN_LENGTH;
    if (secret_is_possible(text)) {
        sqlite3_snprintf(SECRET_SHOWN_SIZE, shown, "this value");
    } else {
        sqlite3_snprintf(SECRET_SHOWN_SIZE, shown, longer ? "\"%!.40s...\"" : "\"%s\"", text);
    }
    return shown;
}
