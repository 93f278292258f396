/* Names that are nearly what somebody has written; see nearest.h. */
#include "base/nearest.h"

#include <string.h>

#include "base/sqlite.h"

enum { NEAREST_LENGTH = 40, NEAREST_ENOUGH = 3 };

/* Levenshtein's, one row of the table at a time. */
int nearest_distance(const char *one, const char *other) {
    int row[NEAREST_LENGTH + 1];
    int width = (int)strnlen(other, NEAREST_LENGTH), height = (int)strnlen(one, NEAREST_LENGTH);
    for (int j = 0; j <= width; j++) {
        row[j] = j;
    }
    for (int i = 1; i <= height; i++) {
        int above_left = row[0];
        row[0] = i;
        for (int j = 1; j <= width; j++) {
            int least = above_left + (sqlite3_strnicmp(one + i - 1, other + j - 1, 1) != 0);
            above_left = row[j];
            least = row[j] + 1 < least ? row[j] + 1 : least;
            row[j] = row[j - 1] + 1 < least ? row[j - 1] + 1 : least;
        }
    }
    return row[width];
}

bool nearest_is_meant(const char *written, int distance) {
    return distance <= NEAREST_ENOUGH && 2 * (size_t)distance <= strlen(written);
}
