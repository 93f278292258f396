/* What the process holds: see measure.h. */
#include "measure.h"

#include "differential/memory.h"
#include "differential/tap.h"

#include <dirent.h>
#include <sqlite3.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* gcc says it in one way, clang in another. */
#if defined(__SANITIZE_ADDRESS__)
#define MEASURE_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MEASURE_SANITIZED 1
#endif
#endif

#ifndef MEASURE_SANITIZED
#define MEASURE_SANITIZED 0
#endif

/* ---- one ---- */

static long measure_entries(const char *folder) {
    long count = 0;
    DIR *directory = opendir(folder);
    if (directory == NULL) {
        return -1;
    }
    for (const struct dirent *each = readdir(directory); each != NULL; each = readdir(directory)) {
        count += each->d_name[0] != '.';
    }
    closedir(directory);
    return count;
}

/* A sanitizer keeps freed memory back for a while: no figure then. */
static long measure_rss(void) {
    long total = 0, resident = -1;
    FILE *file = MEASURE_SANITIZED ? NULL : fopen("/proc/self/statm", "r");
    if (file != NULL && fscanf(file, "%ld %ld", &total, &resident) != 2) {
        resident = -1;
    }
    if (file != NULL) {
        fclose(file);
    }
    return resident < 0 ? -1 : resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static long measure_heap(void) {
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
    if (!MEASURE_SANITIZED) {
        struct mallinfo2 heap = mallinfo2();
        return (long)((heap.uordblks + heap.hblkhd) / 1024);
    }
#endif
    return -1;
}

measure measure_now(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
    /* The folder that lists the descriptors is open while it is read. */
    long descriptors = measure_entries("/proc/self/fd");
    return (measure){.rss = measure_rss(),
                     .heap = measure_heap(),
                     .sqlite = (long)(sqlite3_memory_used() / 1024),
                     .descriptors = descriptors < 0 ? -1 : descriptors - 1,
                     .threads = measure_entries("/proc/self/task")};
}

/* ---- all ---- */

void measures_add(measures *m, measure one) {
    m->list = memory_resize(m->list, (size_t)m->count + 1, sizeof one);
    m->list[m->count++] = one;
}

void measures_free(measures *m) {
    free(m->list);
    *m = (measures){0};
}

/* What may be more at the end: so much, and so many percent. */
static const struct {
    const char *name;
    size_t offset;
    long slack, percent;
} measure_figures[] = {
    {"resident memory, KiB", offsetof(measure, rss), 2048, 5},
    {"memory given out by malloc, KiB", offsetof(measure, heap), 512, 5},
    {"memory given out by SQLite, KiB", offsetof(measure, sqlite), 96, 5},
    {"descriptors", offsetof(measure, descriptors), 1, 0},
    {"threads", offsetof(measure, threads), 0, 0},
};

enum { MEASURE_FIGURES = sizeof measure_figures / sizeof measure_figures[0] };

static long measure_value(const measure *one, size_t offset) {
    return *(const long *)(const void *)((const char *)one + offset);
}

static int measure_order(const void *left, const void *right) {
    long a = *(const long *)left, b = *(const long *)right;
    return a < b ? -1 : a > b;
}

/* The median of the figures from one place to another: a single high one, or low one, says nothing. */
static long measures_median(const measures *m, size_t offset, int from, int to) {
    int count = to - from;
    long *values = memory_zeroed((size_t)count, sizeof *values);
    for (int i = 0; i < count; i++) {
        values[i] = measure_value(&m->list[from + i], offset);
    }
    qsort(values, (size_t)count, sizeof *values, measure_order);
    long median = values[count / 2];
    free(values);
    return median;
}

/* Tells one figure. False if it has grown. */
static bool measures_judge_figure(const measures *m, int figure) {
    const char *name = measure_figures[figure].name;
    size_t offset = measure_figures[figure].offset;
    long first = measure_value(&m->list[0], offset);
    if (first < 0) {
        return tap_result(true, "%s # SKIP not to be had here", name);
    }
    long second = measures_median(m, offset, m->count / 4, m->count / 2);
    long last = measures_median(m, offset, m->count * 3 / 4, m->count);
    long most = second + measure_figures[figure].slack + second * measure_figures[figure].percent / 100;
    return tap_result(last <= most,
                      "%s: %ld after the first era, %ld after the last; median of the second quarter %ld, "
                      "of the last %ld, at most %ld",
                      name, first, measure_value(&m->list[m->count - 1], offset), second, last, most);
}

bool measures_judge(const measures *m) {
    bool good = tap_result(m->count >= MEASURES_LEAST, "%d eras were measured", m->count);
    for (int i = 0; i < MEASURE_FIGURES && m->count >= MEASURES_LEAST; i++) {
        good = measures_judge_figure(m, i) && good;
    }
    return good;
}
