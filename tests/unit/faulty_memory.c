/* Memory that runs out on demand; see faulty_memory.h. */
#include "unit/faulty_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <curl/curl.h>
#include <jansson.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* Stands before each block, since SQLite wants to know sizes. As large as the strictest alignment. */
typedef union header {
    size_t size;
    max_align_t aligned;
} header;

enum { SWEEP_MAX = 100000 };

static long live;       /* blocks allocated and not freed */
static long count;      /* allocations since fail_at */
static long failing;    /* the one that fails; 0: none */
static bool failing_on; /* ... and all after it */
static bool has_failed;

void faulty_memory_fail_at(long k, bool and_after) {
    count = 0;
    failing = k;
    failing_on = and_after;
    has_failed = false;
}

bool faulty_memory_failed(void) {
    return has_failed;
}

long faulty_memory_live(void) {
    return live;
}

/* Counts one allocation and says whether it is to fail. */
static bool next_fails(void) {
    count++;
    bool fails = failing > 0 && (count == failing || (failing_on && count > failing));
    has_failed = has_failed || fails;
    return fails;
}

static void *allocate(size_t size) {
    header *block = next_fails() ? NULL : malloc(sizeof *block + size);
    if (block == NULL) {
        return NULL;
    }
    block->size = size;
    live++;
    return block + 1;
}

static void release(void *memory) {
    if (memory != NULL) {
        live--;
        free((header *)memory - 1);
    }
}

static void *reallocate(void *memory, size_t size) {
    if (memory == NULL) {
        return allocate(size);
    }
    header *block = next_fails() ? NULL : realloc((header *)memory - 1, sizeof *block + size);
    if (block == NULL) {
        return NULL;
    }
    block->size = size;
    return block + 1;
}

static void *allocate_zeros(size_t number, size_t size) {
    void *memory = allocate(number * size);
    if (memory != NULL) {
        memset(memory, 0, number * size);
    }
    return memory;
}

static char *duplicate(const char *text) {
    char *copy = allocate(strlen(text) + 1);
    if (copy != NULL) {
        strcpy(copy, text);
    }
    return copy;
}

/* --- SQLite's view ------------------------------------------------------------------------------------------------ */

static void *sqlite_allocate(int size) {
    return allocate((size_t)size);
}

static void *sqlite_reallocate(void *memory, int size) {
    return reallocate(memory, (size_t)size);
}

static int sqlite_size(void *memory) {
    return memory == NULL ? 0 : (int)((header *)memory - 1)->size;
}

static int sqlite_round_up(int size) {
    return (size + 7) & ~7;
}

static int sqlite_start(void *context) {
    (void)context;
    return SQLITE_OK;
}

static void sqlite_stop(void *context) {
    (void)context;
}

void faulty_memory_install(void) {
    static const sqlite3_mem_methods methods = {
        .xMalloc = sqlite_allocate,
        .xFree = release,
        .xRealloc = sqlite_reallocate,
        .xSize = sqlite_size,
        .xRoundup = sqlite_round_up,
        .xInit = sqlite_start,
        .xShutdown = sqlite_stop,
    };
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) != SQLITE_OK || sqlite3_initialize() != SQLITE_OK) {
        abort();
    }
    json_set_alloc_funcs(allocate, release);
    /* No TLS, no sockets: only the allocator and what needs none. */
    if (curl_global_init_mem(CURL_GLOBAL_NOTHING, allocate, release, reallocate, duplicate, allocate_zeros) !=
        CURLE_OK) {
        abort();
    }
}

/* --- the sweep ---------------------------------------------------------------------------------------------------- */

/* Runs one step; returns whether it met the failure. */
static bool run_step(void (*step)(void *context), void *context, long k, bool and_after) {
    long before = live;
    faulty_memory_fail_at(k, and_after);
    step(context);
    bool failed = has_failed;
    faulty_memory_fail_at(0, false);
    if (live != before) {
        print_message("# allocation %ld failing%s: %ld blocks left behind\n", k, and_after ? ", and all after it" : "",
                      live - before);
    }
    assert_int_equal(live, before);
    return failed;
}

long faulty_memory_sweep(void (*step)(void *context), void *context) {
    /* Whatever is set up once and kept is not what the sweep is about. */
    faulty_memory_fail_at(0, false);
    step(context);
    for (long k = 1; k < SWEEP_MAX; k++) {
        bool alone = run_step(step, context, k, false);
        bool onward = run_step(step, context, k, true);
        if (!alone && !onward) {
            return k - 1;
        }
    }
    fail_msg("a step of more than %d allocations", SWEEP_MAX);
    return SWEEP_MAX;
}
