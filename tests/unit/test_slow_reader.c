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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/sqlite.h"
#include "unit/environment.h"

int sqlite3_chat_init(sqlite3 *db, char **message, const sqlite3_api_routines *api);

enum {
    SLOW_ROWS = 200,     /* between two naps ... */
    SLOW_NAP_US = 4000,  /* ... of this length: some 40,000 rows a second, where the server sends several times that */
    SLOW_TIME_MS = 4000, /* a scan is watched for this long */
    ALLOWANCE_MIB = 16,  /* beside memory_limit_mb */
    EMULATOR_START_MS = 10000
};

/* What a test may use. */
typedef struct fixture {
    pid_t emulator;
    sqlite3 *db;
} fixture;

/* ---- the emulator ---- */

static const char *emulator_program(void) {
    const char *program = getenv("EMULATOR");
    return program && *program ? program : "build/emulator";
}

/* Starts it with 500,000 messages and reads its URL, which is the first line it prints. */
static pid_t emulator_start(const char *channels, const char *paging, char *url, size_t size) {
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
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
    assert_non_null(output);
    if (!fgets(url, (int)size, output)) {
        url[0] = 0;
    }
    fclose(output);
    url[strcspn(url, "\n")] = 0;
    return child;
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
    const char *preload = getenv("LD_PRELOAD");
#ifdef __SANITIZE_ADDRESS__
    return true;
#endif
    return preload && strstr(preload, "vgpreload");
}

/* ---- one connection ---- */

static void run(sqlite3 *db, const char *sql) {
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s: %s", sql, message);
    }
}

static void fixture_open(fixture *self, const char *channels, const char *paging, int limit_mb) {
    char url[100], setting[100];
    self->emulator = emulator_start(channels, paging, url, sizeof url);
    assert_int_equal(strncmp(url, "http://127.0.0.1:", 17), 0);
    environment_clear();
    environment_set("TWILIO_CHAT_URL", url);
    environment_set("TWILIO_API_KEY", "SK00000000000000000000000000000001");
    environment_set("TWILIO_API_KEY_SECRET", "secret");
    snprintf(setting, sizeof setting, "%d", limit_mb);
    environment_set("TWILIO_CHAT_MEMORY_LIMIT_MB", setting);
    assert_int_equal(sqlite3_open(":memory:", &self->db), SQLITE_OK);
    assert_int_equal(sqlite3_chat_init(self->db, NULL, NULL), SQLITE_OK);
    /* So that libraries and the first connection are part of what is idle. */
    run(self->db, "SELECT count(*) FROM services");
}

static int fixture_close(void **state) {
    fixture *self = *state;
    sqlite3_close(self->db);
    if (self->emulator > 0) {
        kill(self->emulator, SIGTERM);
        waitpid(self->emulator, NULL, 0);
    }
    environment_clear();
    memset(self, 0, sizeof *self);
    return 0;
}

/* Steps slowly through a statement for a while and returns the most memory seen. */
static long read_slowly(sqlite3 *db, const char *sql, long *rows) {
    sqlite3_stmt *reader = NULL;
    long most = 0;
    int64_t end = clock_monotonic_ms() + SLOW_TIME_MS;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &reader, NULL), SQLITE_OK);
    int rc = SQLITE_ROW;
    for (*rows = 0; clock_monotonic_ms() < end && (rc = sqlite3_step(reader)) == SQLITE_ROW; ++*rows) {
        if (*rows % SLOW_ROWS == 0) {
            long now = resident_kib();
            most = now > most ? now : most;
            usleep(SLOW_NAP_US);
        }
    }
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    }
    sqlite3_finalize(reader);
    return most;
}

/* The test: reads slowly and compares with the bound. */
static void check_bound(void **state, const char *channels, const char *paging, int limit_mb, const char *sql) {
    fixture *self = *state;
    if (resident_kib() < 0 || is_watched()) {
        skip();
    }
    fixture_open(self, channels, paging, limit_mb);
    long rows, idle = resident_kib(), most = read_slowly(self->db, sql, &rows);
    long grown = (most - idle) / 1024;
    print_message("# memory_limit_mb=%d: %ld MiB over idle after %ld rows\n", limit_mb, grown, rows);
    assert_true(rows > 0);
    assert_in_range(grown < 0 ? 0 : grown, 0, limit_mb + ALLOWANCE_MIB);
}

static const char one_list[] = "SELECT body FROM messages";
static const char join[] = "SELECT m.body FROM channels AS c JOIN messages AS m ON m.channel_sid = c.sid";
static const char again[] =
    "SELECT a.body FROM channels AS c JOIN messages AS a ON a.channel_sid = c.sid JOIN messages AS b "
    "ON b.channel_sid = c.sid AND b.service_sid = c.service_sid";

static void one_list_by_tokens_16(void **state) {
    check_bound(state, "1", "token", 16, one_list);
}

static void one_list_by_numbers_16(void **state) {
    check_bound(state, "1", "page", 16, one_list);
}

static void one_list_by_numbers_64(void **state) {
    check_bound(state, "1", "page", 64, one_list);
}

static void many_lists_16(void **state) {
    check_bound(state, "100", "token", 16, one_list);
}

static void many_lists_64(void **state) {
    check_bound(state, "100", "page", 64, one_list);
}

static void join_16(void **state) {
    check_bound(state, "100", "token", 16, join);
}

static void join_64(void **state) {
    check_bound(state, "100", "token", 64, join);
}

static void self_join_16(void **state) {
    check_bound(state, "10", "token", 16, again);
}

int main(void) {
    static fixture shared;
#define BOUND_TEST(name) cmocka_unit_test_prestate_setup_teardown(name, NULL, fixture_close, &shared)
    const struct CMUnitTest tests[] = {
        BOUND_TEST(one_list_by_tokens_16),
        BOUND_TEST(one_list_by_numbers_16),
        BOUND_TEST(one_list_by_numbers_64),
        BOUND_TEST(many_lists_16),
        BOUND_TEST(many_lists_64),
        BOUND_TEST(join_16),
        BOUND_TEST(join_64),
        BOUND_TEST(self_join_16),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
