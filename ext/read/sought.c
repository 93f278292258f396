/* What is going to be looked up; see sought.h. */
#include "read/sought.h"

bool sought_add(sought_values *values, alike_mark mark) {
    if (mark < ALIKE_FIRST) {
        return true;
    }
    size_t at = (mark * 2654435769u >> 16) % (2 * SOUGHT_MOST);
    while (values->marks[at] != 0 && values->marks[at] != mark) {
        at = (at + 1) % (2 * SOUGHT_MOST);
    }
    if (values->marks[at] == 0 && values->count < SOUGHT_MOST) {
        values->marks[at] = mark;
        values->count++;
    }
    return values->count < SOUGHT_MOST;
}

int64_t sought_believed(int64_t in_sight, int64_t before) {
    int64_t believed = before > 0 ? SOUGHT_SECOND : 1;
    while (--before > 0 && believed < in_sight) {
        believed *= 4;
    }
    return believed < in_sight ? believed : in_sight > 1 ? in_sight : 1;
}
