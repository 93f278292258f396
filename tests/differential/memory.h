/* Allocation for a test program: running out of memory ends it with a message, so callers need no checks. */
#ifndef DIFFERENTIAL_MEMORY_H
#define DIFFERENTIAL_MEMORY_H

#include <stddef.h>

/* Resizes (or, with NULL, allocates) a block of count items of size bytes. The caller frees it with free().
** Never NULL, also for zero items. Allocated bytes are not cleared. */
void *memory_resize(void *block, size_t count, size_t size);

/* A zeroed block of count items of size bytes, never NULL; to be freed with free(). */
void *memory_zeroed(size_t count, size_t size);

/* A copy of length bytes with a NUL behind them, never NULL; to be freed with free(). bytes may be NULL if length is 0. */
char *memory_copy(const char *bytes, size_t length);

#endif
