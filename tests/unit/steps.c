/* Counted steps; see steps.h. */
#include "unit/steps.h"

size_t steps_counted;

/* What compilers call at each basic block. */
void __sanitizer_cov_trace_pc(void);

void __sanitizer_cov_trace_pc(void) {
    steps_counted++;
}
