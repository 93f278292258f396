/* What is asked for beside what a statement waits for; see beside.h. */
#include "read/beside.h"

bool beside_allows(int64_t asked, int64_t used, int64_t scans, bool all) {
    return asked - used < used / 4 + BESIDE_OF_SCAN * scans + (all ? BESIDE_OF_ALL : 0);
}
