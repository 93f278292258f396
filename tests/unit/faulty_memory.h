/*
** Memory that runs out on demand. Every allocation of SQLite, jansson and libcurl passes through here, where the k-th
** of them can be made to fail and those never freed are counted.
**
**     static void step(void *context) {
**         thing *made = thing_new(&problem);
**         if (made == NULL) {
**             assert_true(faulty_memory_failed());         // nothing else may go wrong
**             assert_int_equal(problem.rc, SQLITE_NOMEM);
**         } ...
**     }
**     ...
**     faulty_memory_sweep(step, NULL);                     // k = 1, 2, 3 ... until step gets by without it
*/
#ifndef CHAT_TEST_FAULTY_MEMORY_H
#define CHAT_TEST_FAULTY_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

typedef enum { FAULTY_SQLITE = 1, FAULTY_CURL = 2, FAULTY_JANSSON = 4 } faulty_library;

enum { FAULTY_ALL = FAULTY_SQLITE | FAULTY_CURL | FAULTY_JANSSON };

/* Takes over the allocations of the three libraries. The first thing in main: none of them may be in use. */
void faulty_memory_install(void);

/*
** Runs step(context) until it has seen each of its allocations fail: once with the k-th failing alone, and once with
** all after it failing too. Fails the running test if a step leaves behind more blocks than it found, or if it never
** gets to its end without a failure. Returns how many allocations a step makes when none fails.
*/
long faulty_memory_sweep(void (*step)(void *context), void *context);

/* From now on the k-th allocation fails (1: the next), alone or with all that follow it. 0: none fails. */
void faulty_memory_fail_at(long k, bool and_after);

/* From now on every allocation of so many bytes or more fails; 0: none does. */
void faulty_memory_fail_above(size_t size);

/* Only allocations of these libraries (a mask) are counted for that, and fail; at first all. */
void faulty_memory_restrict(unsigned libraries);

/* Allocations of these libraries since faulty_memory_fail_at. */
long faulty_memory_count(unsigned libraries);

/* Has an allocation failed since faulty_memory_fail_at? */
bool faulty_memory_failed(void);

/* Blocks that are allocated now. */
long faulty_memory_live(void);

#endif
