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

static long live;      /* blocks allocated and not freed */
static long count;     /* allocations since fail_at, of the libraries that may fail ... */
static long counts[3]; /* ... and of each library */
static unsigned may_fail = FAULTY_ALL;
static long failing;        /* the one that fails; 0: none */
static bool failing_on;     /* ... and all after it */
static size_t failing_size; /* so large ones fail; 0: none */
static bool has_failed;

void faulty_memory_fail_at(long k, bool and_after) {
    count = 0;
    memset(counts, 0, sizeof counts);
    failing = k;
    failing_size = 0;
    failing_on = and_after;
    has_failed = false;
}

void faulty_memory_fail_above(size_t size) {
    faulty_memory_fail_at(0, false);
    failing_size = size;
}

bool faulty_memory_failed(void) {
    return has_failed;
}

long faulty_memory_live(void) {
    return live;
}

void faulty_memory_restrict(unsigned libraries) {
    may_fail = libraries;
}

long faulty_memory_count(unsigned libraries) {
    long sum = 0;
    for (unsigned library = 0; library < sizeof counts / sizeof counts[0]; library++) {
        sum += libraries >> library & 1u ? counts[library] : 0;
    }
    return sum;
}

/* Counts one allocation and says whether it is to fail. */
static bool next_fails(faulty_library library, size_t size) {
    counts[library == FAULTY_SQLITE ? 0 : library == FAULTY_CURL ? 1 : 2]++;
    if (!(may_fail & library)) {
        return false;
    }
    count++;
    bool fails = failing > 0 && (count == failing || (failing_on && count > failing));
    fails = fails || (failing_size > 0 && size >= failing_size);
    has_failed = has_failed || fails;
    return fails;
}

static void *allocate(faulty_library library, size_t size) {
    header *block = next_fails(library, size) ? NULL : malloc(sizeof *block + size);
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

static void *reallocate(faulty_library library, void *memory, size_t size) {
    if (memory == NULL) {
        return allocate(library, size);
    }
    header *block = next_fails(library, size) ? NULL : realloc((header *)memory - 1, sizeof *block + size);
    if (block == NULL) {
        return NULL;
    }
    block->size = size;
    return block + 1;
}

/* --- the views of libcurl and jansson ----------------------------------------------------------------------------- */

static void *curl_allocate(size_t size) {
    return allocate(FAULTY_CURL, size);
}

static void *curl_reallocate(void *memory, size_t size) {
    return reallocate(FAULTY_CURL, memory, size);
}

static void *curl_allocate_zeros(size_t number, size_t size) {
    void *memory = allocate(FAULTY_CURL, number * size);
    if (memory != NULL) {
        memset(memory, 0, number * size);
    }
    return memory;
}

static char *curl_duplicate(const char *text) {
    char *copy = allocate(FAULTY_CURL, strlen(text) + 1);
    if (copy != NULL) {
        strcpy(copy, text);
    }
    return copy;
}

static void *json_allocate(size_t size) {
    return allocate(FAULTY_JANSSON, size);
}

/* --- SQLite's view ------------------------------------------------------------------------------------------------ */

static void *sqlite_allocate(int size) {
    return allocate(FAULTY_SQLITE, (size_t)size);
}

static void *sqlite_reallocate(void *memory, int size) {
    return reallocate(FAULTY_SQLITE, memory, (size_t)size);
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
    json_set_alloc_funcs(json_allocate, release);
    /* No TLS, no sockets: only the allocator and what needs none. */
    if (curl_global_init_mem(CURL_GLOBAL_NOTHING, curl_allocate, release, curl_reallocate, curl_duplicate,
                             curl_allocate_zeros) != CURLE_OK) {
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
