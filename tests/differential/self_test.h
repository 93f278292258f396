/* Proof that this program finds what it looks for, without extension or emulator. */
#ifndef DIFFERENTIAL_SELF_TEST_H
#define DIFFERENTIAL_SELF_TEST_H

#include <stdbool.h>
#include <stdint.h>

/* Two equal stand-ins must agree on `queries` queries; then, for each table (or only for one, if brief is set), a changed
** value and a missing row must be found out. Results go to TAP. */
void self_test_run(uint64_t seed, int queries, bool brief);

#endif
