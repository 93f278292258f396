/* Loading and closing, many times and many at once; see life.h. */
#include <dlfcn.h>
#include <malloc.h>
#include <stdio.h>

#include "memory/life.h"

/* A sanitizer's allocator keeps no such books, and tells of leaks itself. */
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
static size_t loads_heap(void) {
    return mallinfo2().uordblks;
}
#else
static size_t loads_heap(void) {
    return 0;
}
#endif

enum { LOADS_WARM = 50, LOADS = 1000, LOADS_SOME = 200, LOADS_SLACK = 256 * 1024 };

/* Every tenth connection also asks something. */
static void loads_once(life_check *check, service *s, int number) {
    sqlite3 *db = life_connect(s);
    if (number % 10 == 0) {
        life_expect(check, life_number(check, db, "SELECT count(*) FROM services") == 3, "services");
    }
    life_expect(check, sqlite3_close(db) == SQLITE_OK, "close");
}

/* SQLite leaves the library loaded, since TLS libraries do not take well to being unloaded. */
static void loads_many(service *s) {
    life_check check = {.name = "loaded and closed 1000 times: no descriptor and no memory is left behind"};
    int descriptors = 0;
    size_t heap = 0;
    sqlite3_int64 used = 0;
    for (int i = 0; i < LOADS_WARM + LOADS && check.wrong < 5; i++) {
        if (i == LOADS_WARM) {
            descriptors = life_descriptors();
            heap = loads_heap();
            used = sqlite3_memory_used();
        }
        loads_once(&check, s, i);
    }
    life_expect(&check, life_descriptors() == descriptors, "descriptors: %d, then %d", descriptors, life_descriptors());
    life_expect(&check, sqlite3_memory_used() == used, "SQLite's memory: %lld, then %lld", used, sqlite3_memory_used());
    /* It counts what free() keeps for the next malloc(), so it goes up and down a little. */
    life_expect(&check, loads_heap() < heap + LOADS_SLACK, "heap: %zu, then %zu", heap, loads_heap());
    void *still = dlopen(s->extension, RTLD_NOW | RTLD_NOLOAD);
    life_expect(&check, still != NULL, "the library has been unloaded");
    life_end(&check);
}

/* Before anything has been asked of it, the library may come and go. */
static void loads_unloads(service *s) {
    life_check check = {.name = "the library itself, opened and closed 100 times"};
    for (int i = 0; i < 100; i++) {
        void *library = dlopen(s->extension, RTLD_NOW | RTLD_LOCAL);
        life_expect(&check, library && dlsym(library, "sqlite3_chat_init"), "no entry point");
        life_expect(&check, !library || dlclose(library) == 0, "dlclose");
    }
    life_end(&check);
}

static void loads_together(service *s) {
    life_check check = {.name = "200 connections at once, each in the middle of a scan"};
    sqlite3 *all[LOADS_SOME];
    sqlite3_stmt *scans[LOADS_SOME];
    int descriptors = life_descriptors();
    for (int i = 0; i < LOADS_SOME; i++) {
        all[i] = life_connect(s);
        scans[i] = life_prepare(all[i], "SELECT sid FROM services");
        life_expect(&check, sqlite3_step(scans[i]) == SQLITE_ROW, "no row: %s", sqlite3_errmsg(all[i]));
    }
    for (int i = 0; i < LOADS_SOME; i++) {
        life_expect(&check, life_rest(&check, scans[i]) == 2, "not all rows");
        sqlite3_finalize(scans[i]);
        life_expect(&check, sqlite3_close(all[i]) == SQLITE_OK, "close");
    }
    life_expect(&check, life_descriptors() == descriptors, "descriptors: %d, then %d", descriptors, life_descriptors());
    life_end(&check);
}

/* It changes nothing: settings stay. */
static void loads_again(service *s) {
    life_check check = {.name = "loaded again: in the middle of a scan, which goes on, and after it"};
    sqlite3 *db = life_connect(s);
    sqlite3_int64 expected = life_number(&check, db, "SELECT count(*) FROM channels");
    sqlite3_stmt *scan = life_prepare(db, "SELECT sid FROM channels");
    life_expect(&check, sqlite3_step(scan) == SQLITE_ROW, "no row");
    life_expect(&check, sqlite3_load_extension(db, s->extension, NULL, NULL) == SQLITE_OK, "not loaded again");
    life_expect(&check, life_number(&check, db, "SELECT count(*) FROM channels") == expected, "another answer");
    life_expect(&check, life_rest(&check, scan) == expected - 1, "rows are missing");
    sqlite3_finalize(scan);
    life_expect(&check, sqlite3_load_extension(db, s->extension, NULL, NULL) == SQLITE_OK, "not loaded again");
    life_expect(&check, life_number(&check, db, "SELECT count(*) FROM channels") == expected, "another answer");
    life_expect(&check, sqlite3_close(db) == SQLITE_OK, "close");
    life_end(&check);
}

void life_loads(service *s) {
    loads_unloads(s);
    loads_many(s);
    loads_together(s);
    loads_again(s);
}
