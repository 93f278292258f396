/*
** The memory bound: a reader that takes its time over every row, while the server sends as fast as it can, must not make
** the extension hold more pages than memory_limit_mb allows. The process measures itself: its resident memory over that of
** an idle connection may grow by memory_limit_mb and 16 MiB at the most. Three ways of reading are tried, since each holds
** pages in a place of its own: one long list (pages ahead), many lists (feeds waiting for their turn), and a join (lists
** ahead, and pages kept for the inner loop's next round).
**
** Linux only (/proc/self/statm), and without tools that keep memory for themselves; else the tests are skipped. The emulator is
** $EMULATOR or build/emulator.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/sqlite.h"
#include "unit/environment.h"

int sqlite3_chat_init(sqlite3 *db, char **message, const sqlite3_api_routines *api);
extern const sqlite3_api_routines *sqlite3_api; /* tests/unit/sqlite_table.c */

enum {
    SLOW_ROWS = 200,     /* between two naps ... */
    SLOW_NAP_US = 4000,  /* ... of this length: some 40,000 rows a second, where the server sends several times that */
    SLOW_TIME_MS = 2500, /* a scan is watched for this long */
    ALLOWANCE_MIB = 16,  /* beside memory_limit_mb */
};

/* What follows runs in the test's child process, which ends with a word when something is wrong. */
static void need(bool given, const char *otherwise) {
    if (!given) {
        fprintf(stderr, "# %s\n", otherwise);
        _exit(1);
    }
}

/* ---- the emulator ---- */

static const char *emulator_program(void) {
    const char *program = getenv("EMULATOR");
    return program && *program ? program : "build/emulator";
}

/* Starts it with 500,000 messages and reads its URL, which is the first line it prints. It ends with this process. */
static void emulator_start(const char *channels, const char *paging, char *url, size_t size) {
    int ends[2];
    need(pipe(ends) == 0, "no pipe");
    pid_t child = fork();
    need(child >= 0, "no process");
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execl(emulator_program(), emulator_program(), "--port", "0", "--exit-with-parent", "--api-key",
              "SK00000000000000000000000000000001", "--api-secret", "secret", "--services", "1", "--users", "1",
              "--members", "1", "--messages", "500000", "--spread", "even", "--channels", channels, "--paging", paging,
              (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    FILE *output = fdopen(ends[0], "r");
    need(output != NULL, "no stream");
    if (!fgets(url, (int)size, output)) {
        url[0] = 0;
    }
    fclose(output);
    url[strcspn(url, "\n")] = 0;
    need(strncmp(url, "http://127.0.0.1:", 17) == 0, "the emulator did not start");
}

/* ---- measuring ---- */

/* Resident memory of this process in KiB; -1 where it cannot be told. */
static long resident_kib(void) {
    long total, resident = -1;
    FILE *statm = fopen("/proc/self/statm", "r");
    if (statm) {
        if (fscanf(statm, "%ld %ld", &total, &resident) != 2) {
            resident = -1;
        }
        fclose(statm);
    }
    return resident < 0 ? -1 : resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static bool is_watched(void) {
#ifdef __SANITIZE_ADDRESS__
    return true;
#else
    const char *preload = getenv("LD_PRELOAD");
    return preload && strstr(preload, "vgpreload");
#endif
}

/* What a process of its own has found out. */
typedef struct measure {
    long rows;
    long grown_mib; /* over idle, at the most */
} measure;

static sqlite3 *connect_to(const char *url, int limit_mb) {
    char setting[20];
    sqlite3 *db = NULL;
    environment_clear();
    environment_set("TWILIO_CHAT_URL", url);
    environment_set("TWILIO_API_KEY", "SK00000000000000000000000000000001");
    environment_set("TWILIO_API_KEY_SECRET", "secret");
    snprintf(setting, sizeof setting, "%d", limit_mb);
    environment_set("TWILIO_CHAT_MEMORY_LIMIT_MB", setting);
    need(sqlite3_open(":memory:", &db) == SQLITE_OK, "no database");
    need(sqlite3_chat_init(db, NULL, sqlite3_api) == SQLITE_OK_LOAD_PERMANENTLY, "the extension did not load");
    /* So that libraries and the first connection are part of what is idle. */
    need(sqlite3_exec(db, "SELECT count(*) FROM services", NULL, NULL, NULL) == SQLITE_OK,
         "the emulator does not answer");
    return db;
}

/* Steps slowly through a statement for a while. */
static measure read_slowly(sqlite3 *db, const char *sql) {
    sqlite3_stmt *reader = NULL;
    long idle = resident_kib(), most = idle;
    measure found = {0, 0};
    int64_t end = clock_monotonic_ms() + SLOW_TIME_MS;
    int rc = sqlite3_prepare_v2(db, sql, -1, &reader, NULL);
    while (clock_monotonic_ms() < end && (rc = sqlite3_step(reader)) == SQLITE_ROW) {
        if (found.rows++ % SLOW_ROWS == 0) {
            long now = resident_kib();
            most = now > most ? now : most;
            usleep(SLOW_NAP_US);
        }
    }
    need(rc == SQLITE_ROW || rc == SQLITE_DONE, sqlite3_errmsg(db));
    sqlite3_finalize(reader);
    found.grown_mib = (most - idle) / 1024;
    return found;
}

/* ---- the test ---- */

/*
** Reads slowly in a process of its own and compares with the bound. In one process, what one test has left to the allocator
** would count as idle in the next.
*/
static void check_bound(const char *channels, const char *paging, int limit_mb, const char *sql) {
    measure found = {0, 0};
    int ends[2], status = -1;
    if (resident_kib() < 0 || is_watched()) {
        skip();
    }
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        char url[100];
        emulator_start(channels, paging, url, sizeof url);
        sqlite3 *db = connect_to(url, limit_mb);
        found = read_slowly(db, sql);
        sqlite3_close(db);
        _exit(write(ends[1], &found, sizeof found) == (ssize_t)sizeof found ? 0 : 1);
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], &found, sizeof found), sizeof found);
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    print_message("# memory_limit_mb=%d: %ld MiB over idle after %ld rows\n", limit_mb, found.grown_mib, found.rows);
    assert_int_equal(status, 0);
    assert_true(found.rows > 0);
    assert_in_range(found.grown_mib, 0, limit_mb + ALLOWANCE_MIB);
}

static const char one_list[] = "SELECT body FROM messages";
static const char join[] = "SELECT m.body FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid";
static const char again[] =
    "SELECT a.body FROM channels AS c JOIN messages AS a ON a.channel_sid = c.sid JOIN messages AS b "
    "ON b.channel_sid = c.sid AND b.service_sid = c.service_sid";

static void one_list_by_tokens_16(void **state) {
    (void)state;
    check_bound("1", "token", 16, one_list);
}

static void one_list_by_numbers_16(void **state) {
    (void)state;
    check_bound("1", "page", 16, one_list);
}

static void one_list_by_numbers_64(void **state) {
    (void)state;
    check_bound("1", "page", 64, one_list);
}

static void many_lists_16(void **state) {
    (void)state;
    check_bound("100", "token", 16, one_list);
}

static void many_lists_64(void **state) {
    (void)state;
    check_bound("100", "page", 64, one_list);
}

static void join_16(void **state) {
    (void)state;
    check_bound("100", "token", 16, join);
}

static void join_64(void **state) {
    (void)state;
    check_bound("100", "token", 64, join);
}

static void self_join_16(void **state) {
    (void)state;
    check_bound("10", "token", 16, again);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_list_by_tokens_16),
        cmocka_unit_test(one_list_by_numbers_16),
        cmocka_unit_test(one_list_by_numbers_64),
        cmocka_unit_test(many_lists_16),
        cmocka_unit_test(many_lists_64),
        cmocka_unit_test(join_16),
        cmocka_unit_test(join_64),
        cmocka_unit_test(self_join_16),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
