/* The journal of what is sent: written before and after each call, waited for, and nothing is sent without it. */
#include "unit/send_world.h"

#include <sys/stat.h>
#include <unistd.h>

#include "unit/faulty_memory.h"

/* Nothing is sent without the journal that was asked for. */
static void test_no_place_for_a_journal(void **state) {
    (void)state;
    set(SETTING_WRITE_JOURNAL, "log");
    write_entry *message = put_message("CH", "message");
    assert_int_equal(send_all("no file to keep a journal beside; the call was not sent"), SQLITE_ERROR);
    assert_string_equal(seen, "");
    assert_int_equal(message->state, WRITE_PENDING);
}

static char folder[200];

static const char *in_folder(const char *name) {
    static char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* The world again, with a database that has a file. */
static void use_file(void) {
    snprintf(folder, sizeof folder, "%s/chat_test_XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    assert_non_null(mkdtemp(folder));
    connection_release(shared);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_int_equal(sqlite3_open(in_folder("main"), &db), SQLITE_OK);
    error problem = {0};
    shared = connection_open(db, &problem);
    assert_non_null(shared);
    assert_int_equal(reading_attach(shared), SQLITE_OK);
    assert_int_equal(writing_attach(shared), SQLITE_OK);
    set(SETTING_WRITE_JOURNAL, "log");
}

static int end_with_file(void **state) {
    int rc = end(state);
    static const char *const names[] = {"main",      "main-writes",   "main-writes-wal", "main-writes-shm",
                                        "elsewhere", "elsewhere-wal", "elsewhere-shm"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        unlink(in_folder(names[i]));
    }
    return rmdir(folder) + rc;
}

/* All rows of a journal in one text. */
static char *journal_text(const char *name) {
    sqlite3 *file = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(in_folder(name), &file), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(file,
                                        "SELECT group_concat(concat, '; ') FROM (SELECT state || ' ' || method || ' ' "
                                        "|| coalesce(body, 'none') || ' ' || coalesce(sid, 'none') || ' ' || "
                                        "coalesce(status, 0) || ' ' || coalesce(error, 'none') AS concat FROM log)",
                                        -1, &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    char *text = sqlite3_mprintf("%s", sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(file);
    return text;
}

static void check_file(const char *name, const char *expected) {
    char *found = journal_text(name);
    assert_string_equal(found, expected);
    sqlite3_free(found);
}

static void check_journal(const char *expected) {
    check_file("main-writes", expected);
}

static const char *noted_at_start; /* what the journal said when the server got the call */

static void curious(const client_request *asked, client_answer *answer) {
    agreeable(asked, answer);
    check_journal(noted_at_start);
}

/* Each call is in the journal before it goes out, and its outcome afterwards. */
static void test_journal(void **state) {
    (void)state;
    use_file();
    answer_of = curious;
    noted_at_start = "sending POST hello none 0 none";
    put_message("CH", "hello");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    check_journal("sent POST hello IM" DIGITS " 201 none");
    answer_of = choosy;
    refused = "CH";
    refusal = 503;
    put(WRITE_DELETE, "channels", SERVICE, CHANNEL, NULL);
    assert_int_equal(send_all("HTTP 503"), SQLITE_ERROR);
    check_journal("sent POST hello IM" DIGITS " 201 none; unknown DELETE none CH" DIGITS " 503 HTTP 503");
}

/* By another process: one that closes a file gives up all locks that it has on it. */
static void copy_journal(void) {
    char command[700];
    snprintf(command, sizeof command, "cp '%s/main-writes' '%s/elsewhere'", folder, folder);
    assert_int_equal(system(command), 0);
}

static void parting(const client_request *asked, client_answer *answer) {
    agreeable(asked, answer);
    copy_journal();
    check_file("elsewhere", noted_at_start);
}

/* What is noted is in the journal's file by itself when the call goes out: its -wal may be left behind. */
static void test_journal_without_its_wal(void **state) {
    (void)state;
    use_file();
    answer_of = parting;
    noted_at_start = "sending POST one none 0 none";
    put_message("CH", "one");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_int_equal(access(in_folder("main-writes-wal"), F_OK), 0);
    noted_at_start = "sent POST one IM" DIGITS " 201 none; sending POST two none 0 none";
    write_queue_finish(&writing_of(shared)->queue);
    put_message("CH", "two");
    assert_int_equal(send_all(NULL), SQLITE_OK);
}

static void move_journal(void) {
    char from[300];
    snprintf(from, sizeof from, "%s", in_folder("main-writes"));
    assert_int_equal(rename(from, in_folder("elsewhere")), 0);
}

static void delete_rest(void) {
    assert_int_equal(unlink(in_folder("main-writes-wal")), 0);
    assert_int_equal(unlink(in_folder("main-writes-shm")), 0);
}

/* A message that is not sent, for that reason. */
static void refuses(const char *why) {
    write_queue_finish(&writing_of(shared)->queue);
    write_entry *message = put_message("CH", "refused");
    seen[0] = 0;
    assert_int_equal(send_all(why), SQLITE_ERROR);
    assert_string_equal(seen, "");
    assert_int_equal(message->state, WRITE_PENDING);
}

static void begin_moved(void) {
    use_file();
    put_message("CH", "one");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    move_journal();
}

/* One that is taken away while it is open: that is told, what it has noted is whole, and the next one is another. */
static void test_journal_that_is_taken_away(void **state) {
    (void)state;
    begin_moved();
    delete_rest();
    refuses(
        "was taken away, or emptied, while it was open: nothing is sent; the next COMMIT takes what is there then, or a new one");
    check_file("elsewhere", "sent POST one IM" DIGITS " 201 none");
    write_queue_finish(&writing_of(shared)->queue);
    put_message("CH", "two");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    check_journal("sent POST two IM00000000000000000000000000000002 201 none");
}

/* SQLite would delete the -wal of a journal that it makes: what is left of one is not touched, and told. */
static void test_journal_of_which_the_rest_is_left(void **state) {
    (void)state;
    begin_moved();
    refuses("was taken away, or emptied, while it was open: nothing is sent");
    refuses("main-writes is gone, and its -wal or -shm is not: put it back, or take them away: nothing is sent");
    assert_int_equal(access(in_folder("main-writes-wal"), F_OK), 0);
    assert_int_equal(access(in_folder("main-writes"), F_OK), -1);
    char from[300];
    snprintf(from, sizeof from, "%s", in_folder("elsewhere"));
    assert_int_equal(rename(from, in_folder("main-writes")), 0);
    write_queue_finish(&writing_of(shared)->queue);
    put_message("CH", "two");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    check_journal("sent POST one IM" DIGITS " 201 none; sent POST two IM00000000000000000000000000000002 201 none");
}

/* Nor is another -wal beside it its own. */
static void test_journal_whose_wal_is_taken_away(void **state) {
    (void)state;
    use_file();
    put_message("CH", "one");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    delete_rest();
    refuses("main-writes, or its -wal or -shm, was taken away, or emptied, while it was open: nothing is sent");
    check_journal("sent POST one IM" DIGITS " 201 none");
}

/* One that somebody empties is no journal any more. */
static void test_journal_that_is_emptied(void **state) {
    (void)state;
    use_file();
    put_message("CH", "one");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_int_equal(truncate(in_folder("main-writes"), 0), 0);
    refuses("was taken away, or emptied, while it was open: nothing is sent");
}

/* What others have put into the file does not keep calls from being noted. */
static void test_journal_with_triggers(void **state) {
    sqlite3 *file = NULL;
    (void)state;
    use_file();
    put_message("CH", "one");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_int_equal(sqlite3_open(in_folder("main-writes"), &file), SQLITE_OK);
    assert_int_equal(sqlite3_exec(file,
                                  "CREATE TRIGGER deaf BEFORE INSERT ON log BEGIN SELECT RAISE(IGNORE); END;"
                                  "CREATE TRIGGER dumb BEFORE UPDATE ON log BEGIN SELECT RAISE(IGNORE); END",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_close(file), SQLITE_OK);
    write_queue_finish(&writing_of(shared)->queue);
    put_message("CH", "two");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    check_journal("sent POST one IM" DIGITS " 201 none; sent POST two IM00000000000000000000000000000002 201 none");
}

/* A call that was noted and then could not begin was not sent, and the journal says so: "sending" would mean unknown. */
static void test_journal_of_what_could_not_begin(void **state) {
    (void)state;
    use_file();
    no_credentials = true;
    put_message("CH", "one");
    assert_int_equal(send_all("no credentials; the call was not sent"), SQLITE_AUTH);
    check_journal("rolled back POST one none 0 none");
}

/* Each note is on the disk before its call goes out: SQLite's own default, which must not be traded for speed. */
static void test_journal_is_durable(void **state) {
    sqlite3_stmt *statement = NULL;
    (void)state;
    use_file();
    put_message("CH", "hello");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(writing_of(shared)->journal.db, "PRAGMA synchronous", -1, &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_true(sqlite3_column_int(statement, 0) >= 2); /* FULL */
    sqlite3_finalize(statement);
}

/* A call whose note cannot be written is not sent. */
static void test_journal_that_is_lost(void **state) {
    (void)state;
    use_file();
    put_message("CH", "one");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    sqlite3 *other = NULL;
    assert_int_equal(sqlite3_open(in_folder("main-writes"), &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "DROP TABLE log", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    write_entry *message = put_message("CH", "two");
    assert_int_equal(
        send_all("no such table: log: nothing is sent without it (setting write_journal); of 2 calls 1 was"),
        SQLITE_ERROR);
    assert_string_equal(seen, "");
    assert_int_equal(message->state, WRITE_PENDING);
}

static void rename_log(const char *from, const char *to) {
    sqlite3 *other = NULL;
    assert_int_equal(sqlite3_open(in_folder("main-writes"), &other), SQLITE_OK);
    char *sql = sqlite3_mprintf("ALTER TABLE %s RENAME TO %s", from, to);
    assert_int_equal(sqlite3_exec(other, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_free(sql);
    sqlite3_close(other);
}

static void hiding(const client_request *asked, client_answer *answer) {
    agreeable(asked, answer);
    rename_log("log", "hidden");
    answer_of = agreeable;
}

/* The journal goes away between a call and its outcome: the message says what was sent, and the outcome is written later. */
static void test_journal_that_is_late(void **state) {
    (void)state;
    use_file();
    answer_of = hiding;
    put_message("CH", "one");
    assert_int_equal(send_all("no such table: log: what became of a call is not noted yet, and no further one is sent "
                              "(setting write_journal); the call was sent"),
                     SQLITE_ERROR);
    rename_log("hidden", "log");
    check_journal("sending POST one none 0 none");
    write_queue_finish(&writing_of(shared)->queue);
    put_message("CH", "two");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    check_journal("sent POST one IM" DIGITS " 201 none; sent POST two IM00000000000000000000000000000002 201 none");
}

/* ... and the answers of calls that are under way by then are waited for: nothing is unknown that can be known. */
static void test_journal_that_fails_meanwhile(void **state) {
    (void)state;
    use_file();
    answer_of = hiding;
    const write_entry *one = put_message("CH", "one"), *three = put_message("CH", "three");
    const write_entry *two = put_message("CH00000000000000000000000000000002", "two");
    assert_int_equal(send_all("no further one is sent (setting write_journal); of 3 calls 2 were sent, 0 failed, 0 are "
                              "unknown and 1 was not sent"),
                     SQLITE_ERROR);
    assert_int_equal(one->state, WRITE_SENT);
    assert_int_equal(two->state, WRITE_SENT);
    assert_int_equal(three->state, WRITE_PENDING);
    rename_log("hidden", "log");
    write_journal_close(&writing_of(shared)->journal);
    check_journal("sent POST one IM" DIGITS " 201 none; sent POST two IM00000000000000000000000000000002 201 none");
}

static void emptying(const client_request *asked, client_answer *answer) {
    sqlite3 *other = NULL;
    agreeable(asked, answer);
    assert_int_equal(sqlite3_open(in_folder("main-writes"), &other), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(other,
                     "DELETE FROM log; INSERT INTO log(id, at, state, body) VALUES "
                     "(1, '2020-01-02T03:04:05.678Z', 'sending', 'theirs'); UPDATE log SET method = 'POST'",
                     NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(other);
    answer_of = agreeable;
}

/* Somebody empties it while calls are under way, and another's call gets the number: what became of ours is not noted there. */
static void test_journal_whose_rows_are_deleted(void **state) {
    (void)state;
    use_file();
    answer_of = emptying;
    const write_entry *one = put_message("CH", "one");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_int_equal(one->state, WRITE_SENT);
    check_journal("sending POST theirs none 0 none");
}

/* It is full, say, before the next call: what it says fits with what was sent. */
static void test_journal_that_ends_in_the_middle(void **state) {
    sqlite3 *other = NULL;
    (void)state;
    use_file();
    put_message("CH", "zero");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_int_equal(sqlite3_open(in_folder("main-writes"), &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "CREATE UNIQUE INDEX room ON log(method) WHERE id > 1", NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(other);
    const write_entry *one = put_message("CH", "one"), *two = put_message("CH", "two");
    assert_int_equal(
        send_all("log.method: no further call is sent without it (setting write_journal); of 3 calls 2 were sent"),
        SQLITE_ERROR);
    assert_int_equal(one->state, WRITE_SENT);
    assert_int_equal(two->state, WRITE_PENDING);
}

/* Nothing more is sent: it is written when the journal is closed. */
static void test_journal_that_is_late_at_the_end(void **state) {
    (void)state;
    use_file();
    answer_of = hiding;
    put_message("CH", "one");
    assert_int_equal(send_all("what became of a call is not noted yet"), SQLITE_ERROR);
    rename_log("hidden", "log");
    write_journal_close(&writing_of(shared)->journal);
    check_journal("sent POST one IM" DIGITS " 201 none");
}

static sqlite3 *first_comer;
static int naps;

/* In place of the VFS's own: at the second nap the other connection lets go. */
static int let_go(sqlite3_vfs *vfs, int microseconds) {
    (void)vfs;
    if (++naps == 2) {
        assert_int_equal(sqlite3_exec(first_comer, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    }
    return microseconds;
}

/* Whoever holds a file that is no WAL file yet: SQLite asks no busy handler then. */
static void come_first(const char *file) {
    naps = 0;
    assert_int_equal(sqlite3_open(file, &first_comer), SQLITE_OK);
    assert_int_equal(sqlite3_exec(first_comer, "CREATE TABLE x(a); BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
}

/* Somebody makes the journal at the same time. It is waited for, whether or not SQLite asks its busy handler. */
static void test_journal_that_others_make(void **state) {
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    int (*sleeps)(sqlite3_vfs *, int) = vfs->xSleep;
    (void)state;
    use_file();
    come_first(in_folder("main-writes"));
    put_message("CH", "one");
    vfs->xSleep = let_go;
    int rc = send_all(NULL);
    vfs->xSleep = sleeps;
    assert_int_equal(rc, SQLITE_OK);
    assert_int_equal(naps, 2);
    assert_int_equal(sqlite3_close(first_comer), SQLITE_OK);
    check_journal("sent POST one IM" DIGITS " 201 none");
}

static int never(sqlite3_vfs *vfs, int microseconds) {
    (void)vfs;
    naps++;
    return microseconds;
}

/* Nobody waits for ever, and nothing is sent then. */
static void test_journal_that_others_keep(void **state) {
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    int (*sleeps)(sqlite3_vfs *, int) = vfs->xSleep;
    (void)state;
    use_file();
    come_first(in_folder("main-writes"));
    write_entry *message = put_message("CH", "one");
    vfs->xSleep = never;
    int rc = send_all("the write journal: database is locked: nothing is sent without it");
    vfs->xSleep = sleeps;
    assert_int_equal(rc, SQLITE_ERROR);
    assert_true(naps > 0 && naps <= 500);
    assert_int_equal(message->state, WRITE_PENDING);
    assert_string_equal(seen, "");
    assert_int_equal(sqlite3_close(first_comer), SQLITE_OK);
}

static void locking(const client_request *asked, client_answer *answer) {
    agreeable(asked, answer);
    assert_int_equal(sqlite3_open(in_folder("main-writes"), &first_comer), SQLITE_OK);
    assert_int_equal(sqlite3_exec(first_comer, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    answer_of = agreeable;
}

/* Who keeps it for longer than is waited is not waited for once more with each outcome: no answer is taken in meanwhile. */
static void test_journal_is_waited_for_once(void **state) {
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    int (*sleeps)(sqlite3_vfs *, int) = vfs->xSleep;
    (void)state;
    use_file();
    answer_of = locking;
    naps = 0;
    const write_entry *one = put_message("CH", "one");
    const write_entry *two = put_message("CH00000000000000000000000000000002", "two");
    vfs->xSleep = never;
    int rc = send_all("the write journal: database is locked: what became of a call is not noted yet");
    vfs->xSleep = sleeps;
    assert_int_equal(rc, SQLITE_ERROR);
    assert_int_equal(one->state, WRITE_SENT);
    assert_int_equal(two->state, WRITE_SENT);
    assert_in_range(naps, 200, 300);
    assert_int_equal(sqlite3_close(first_comer), SQLITE_OK);
}

static void test_journal_with_an_impossible_name(void **state) {
    (void)state;
    use_file();
    set(SETTING_WRITE_JOURNAL, "sqlite_log");
    put_message("CH", "one");
    assert_int_equal(send_all("the write journal: object name reserved for internal use: sqlite_log"), SQLITE_ERROR);
    assert_string_equal(seen, "");
}

/* Neither folder nor permission to make the file. */
static void test_journal_without_a_folder(void **state) {
    (void)state;
    use_file();
    unlink(in_folder("main"));
    assert_int_equal(rmdir(folder), 0);
    put_message("CH", "one");
    assert_int_equal(send_all("the write journal: the main database's file is gone"), SQLITE_ERROR);
    assert_string_equal(seen, "");
    assert_int_equal(mkdir(folder, 0700), 0);
}

/* Memory runs out in the journal too: a call goes out only after it was noted. */
static void test_journal_without_memory(void **state) {
    (void)state;
    use_file();
    bool failed = true;
    for (long k = 1; failed; k += k < 50 ? 1 : 7) {
        error problem = {0};
        put_message("CH", "one");
        seen[0] = 0;
        faulty_memory_fail_at(k, true);
        write_send_pending(shared, &problem);
        failed = faulty_memory_failed();
        faulty_memory_fail_at(0, false);
        bool went = strstr(seen, "+one") != NULL;
        const write_entry *entry = writing_of(shared)->queue.entries[0];
        assert_true(went ? entry->state == WRITE_SENT || entry->state == WRITE_UNKNOWN : entry->state == WRITE_PENDING);
        assert_true(went || error_is_set(&problem));
        error_clear(&problem);
        write_queue_clear(&writing_of(shared)->queue);
        write_rate_clear(&writing_of(shared)->pace);
        known_forget(&reading_of(shared)->known);
        write_journal_close(&writing_of(shared)->journal);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_no_place_for_a_journal, begin, end),
        cmocka_unit_test_setup_teardown(test_journal, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_that_is_emptied, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_with_triggers, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_of_what_could_not_begin, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_without_its_wal, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_that_is_taken_away, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_of_which_the_rest_is_left, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_whose_wal_is_taken_away, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_is_durable, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_that_is_lost, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_that_is_late, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_that_is_late_at_the_end, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_that_fails_meanwhile, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_that_ends_in_the_middle, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_whose_rows_are_deleted, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_that_others_make, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_that_others_keep, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_is_waited_for_once, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_with_an_impossible_name, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_without_a_folder, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_without_memory, begin, end_with_file),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
