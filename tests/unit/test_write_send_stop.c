/*
** What stops or slows the sending of the write queue: pacing, an interrupt, a journal that cannot be written, memory
** that runs out at any place. No call is sent twice, and each one's state is the truth.
*/
#include "unit/send_world.h"

#include <sys/stat.h>
#include <unistd.h>

#include "unit/faulty_memory.h"

/* ---- pacing ---- */

/* A channel takes five calls in five seconds, and so does another beside it: the first ones that may go, go. */
static void test_pacing(void **state) {
    (void)state;
    set(SETTING_WRITE_RATE, "1");
    for (int i = 0; i < 6; i++) {
        put_message("CH", "a");
    }
    int64_t start = now_ms;
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_int_equal(now_ms - start, 5000 + LATENCY_MS);
}

/* Several parents wait: until the first of them may go on. */
static void test_pacing_of_several(void **state) {
    (void)state;
    set(SETTING_WRITE_RATE, "1");
    for (int i = 0; i < 5; i++) {
        put_message("CH", "a");
    }
    assert_int_equal(send_all(NULL), SQLITE_OK);
    int64_t first = now_ms;
    for (int i = 0; i < 5; i++) {
        put_message("CH2", "b");
    }
    assert_int_equal(send_all(NULL), SQLITE_OK);
    put_message("CH", "c");
    put_message("CH2", "d");
    put_message("CH3", "e");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_string_equal(seen, "+e -e +c -c +d -d ");
    assert_int_equal(now_ms, first - 5 * LATENCY_MS + 5000 + 6 * LATENCY_MS);
}

/* The later one to be asked is the sooner to go. */
static void test_pacing_takes_the_shortest_wait(void **state) {
    (void)state;
    test_pacing_of_several(state);
    put_message("CH2", "d");
    now_ms += 2000;
    for (int i = 0; i < 5; i++) {
        put_message("CH4", "f");
    }
    assert_int_equal(send_all(NULL), SQLITE_OK);
    now_ms += 1000;
    put_message("CH4", "g");
    put_message("CH3", "h");
    for (int i = 0; i < 5; i++) {
        put_message("CH", "i");
    }
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_ptr_not_equal(strstr(seen, "+i -i +g -g "), NULL);
}

/* The channel's own update counts for the channel, as the messages in it do, not for the service. */
static void test_pacing_of_an_update(void **state) {
    (void)state;
    set(SETTING_WRITE_RATE, "1");
    for (int i = 0; i < 5; i++) {
        put_channel("new");
    }
    put(WRITE_UPDATE, "channels", SERVICE, CHANNEL, "x");
    int64_t start = now_ms;
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_true(now_ms - start < 1000);
    put_channel("new");
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_true(now_ms - start >= 5000);
}

/* ---- interrupts ---- */

/* What was under way may have been done; what had not begun is still to be sent, or dropped. */
static void test_interrupt(void **state) {
    (void)state;
    waits_left = 1;
    write_entry *first = put_message("CH", "first"), *second = put_message("CH", "second");
    write_entry *beside = put_message("CH2", "beside"), *third = put_message("CH", "third");
    assert_int_equal(send_all("interrupted; of 4 calls 1 was sent, 0 failed, 2 are unknown and 1 was not sent"),
                     SQLITE_INTERRUPT);
    assert_int_equal(first->state, WRITE_SENT);
    assert_int_equal(second->state, WRITE_UNKNOWN);
    assert_int_equal(beside->state, WRITE_UNKNOWN);
    assert_int_equal(third->state, WRITE_PENDING);
    assert_string_equal(beside->error, "interrupted before the answer came");
}

/* What the server never saw is as if it had not begun. */
static void test_interrupt_before_it_was_sent(void **state) {
    (void)state;
    waits_left = 0;
    acted = false;
    write_entry *message = put_message("CH", "message");
    assert_int_equal(send_all("the call was not sent"), SQLITE_INTERRUPT);
    assert_int_equal(message->state, WRITE_PENDING);
    waits_left = -1;
    assert_int_equal(send_all(NULL), SQLITE_OK);
    assert_int_equal(message->state, WRITE_SENT);
}

/* Interrupted while looking for the row that OR IGNORE has met: that call's own outcome is known. */
static void test_interrupt_while_finding(void **state) {
    (void)state;
    answer_of = choosy;
    refused = "channel";
    refusal = 409;
    waits_left = 1;
    write_entry *channel = put_channel("channel");
    channel->conflict = SQLITE_IGNORE;
    channel->unique_name = sqlite3_mprintf("name");
    put_dependant(channel, "message");
    assert_int_equal(send_all("1 failed, 0 are unknown and 1 was not sent"), SQLITE_INTERRUPT);
    assert_string_equal(seen, "+channel -channel +name ");
    assert_int_equal(channel->state, WRITE_FAILED);
}

static void test_interrupt_in_a_pause(void **state) {
    (void)state;
    set(SETTING_WRITE_RATE, "1");
    for (int i = 0; i < 6; i++) {
        put_message("CH", "a");
    }
    waits_left = 5;
    assert_int_equal(send_all("of 6 calls 5 were sent, 0 failed, 0 are unknown and 1 was not sent"), SQLITE_INTERRUPT);
}

/* ---- the journal ---- */

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
    static const char *const names[] = {"main", "main-writes", "main-writes-wal", "main-writes-shm"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        unlink(in_folder(names[i]));
    }
    return rmdir(folder) + rc;
}

/* All rows of the journal in one text. */
static char *journal_text(void) {
    sqlite3 *file = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(in_folder("main-writes"), &file), SQLITE_OK);
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

static void check_journal(const char *expected) {
    char *found = journal_text();
    assert_string_equal(found, expected);
    sqlite3_free(found);
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

/* ---- memory ---- */

/* Which calls the server has seen, by the first letter of their bodies. */
static char got[100];

static void counting(const client_request *asked, client_answer *answer) {
    size_t length = strlen(got);
    got[length] = asked->tag[0];
    got[length + 1] = 0;
    if (asked->tag[0] == 'r') {
        set_body(answer, "{}");
        refuse(answer, 409, SQLITE_CONSTRAINT);
    } else if (asked->tag[0] == 'x') {
        refuse(answer, 503, SQLITE_ERROR);
    } else {
        agreeable(asked, answer);
    }
}

/* A bit of everything, in lanes of their own and behind one another. */
static void put_all(void) {
    write_entry *channel = put_channel("a");
    put_dependant(channel, "b");
    put_message("CH2", "c");
    put_message("CH2", "d");
    put_message("CH2", "e");
    put_message("CH2", "f");
    put_message("CH2", "g");
    write_entry *replaced = put_channel("r1");
    replaced->conflict = SQLITE_REPLACE;
    replaced->replace_path = sqlite3_mprintf("/v1" SERVICE "/Channels/name");
    replaced->replace_body = sqlite3_mprintf("h");
    write_entry *ignored = put_channel("r2");
    ignored->conflict = SQLITE_IGNORE;
    ignored->unique_name = sqlite3_mprintf("name");
    put_dependant(ignored, "i");
    for (int i = 0; i < 20; i++) {
        char lane[20];
        snprintf(lane, sizeof lane, "CHlane%d", i);
        put_message(lane, "z");
    }
    put_message("CH2", "x");
}

/* Was the call whose body began so answered, and how often was it sent? */
static int times_got(char letter) {
    int count = 0;
    for (const char *each = got; *each; each++) {
        count += *each == letter;
    }
    return count;
}

static void check_states(long k) {
    static const char once[] = "abcdefghix";
    for (const char *each = once; *each; each++) {
        if (times_got(*each) > 1) {
            fail_msg("allocation %ld: %c was sent %d times", k, *each, times_got(*each));
        }
    }
    for (size_t i = 0; i < writing_of(shared)->queue.count; i++) {
        const write_entry *entry = writing_of(shared)->queue.entries[i];
        char letter = entry->body ? entry->body[0] : 0;
        bool reached = letter && letter != 'r' && letter != 'z' && times_got(letter) > 0;
        if (reached && (entry->state == WRITE_PENDING || entry->state == WRITE_FAILED)) {
            fail_msg("allocation %ld: %c has reached the server and is called %s", k, letter,
                     write_queue_state_text(entry->state));
        }
        if (entry->state == WRITE_SENT && letter && !times_got(letter)) {
            fail_msg("allocation %ld: %c has not reached the server and is called sent", k, letter);
        }
    }
}

/* Sends with the k-th allocation failing. Returns whether that was met. */
static bool send_with_failure(long k, bool and_after) {
    error problem = {0};
    got[0] = seen[0] = 0;
    answer_of = counting;
    found_name = "name";
    put_all();
    leave_all();
    faulty_memory_fail_at(k, and_after);
    write_send_pending(shared, &problem);
    bool failed = faulty_memory_failed();
    faulty_memory_fail_at(0, false);
    assert_int_equal(client_running(shared->client), 0);
    assert_true(error_is_set(&problem)); /* "x" is refused */
    if (!failed) {
        assert_non_null(strstr(problem.message, "messages: HTTP 503; whether"));
    } else if (problem.rc != SQLITE_NOMEM && problem.rc != SQLITE_ERROR && problem.rc != SQLITE_CONSTRAINT) {
        fail_msg("allocation %ld: code %d", k, problem.rc);
    }
    bring_back_all();
    check_states(k);
    error_clear(&problem);
    write_queue_clear(&writing_of(shared)->queue);
    write_rate_clear(&writing_of(shared)->pace);
    known_forget(&reading_of(shared)->known);
    return failed;
}

static void test_memory(void **state) {
    (void)state;
    bool failed = true;
    set(SETTING_MAX_CONCURRENCY, "3");
    send_with_failure(0, false); /* what is set up once */
    long before = faulty_memory_live(), k = 0;
    while (failed) {
        k++;
        failed = send_with_failure(k, false);
        failed = send_with_failure(k, true) || failed;
        assert_int_equal(faulty_memory_live(), before);
    }
    assert_true(k > 100);
}

/* Also where a channel's answer is none, and the reason would not fit into memory: what belongs to it is not sent. */
static void test_memory_without_an_address(void **state) {
    bool failed = true;
    (void)state;
    answer_of = wordless;
    for (long k = 1; failed; k++) {
        error problem = {0};
        seen[0] = 0;
        write_entry *message = put_dependant(put_channel("channel"), "message");
        faulty_memory_fail_at(k, false);
        write_send_pending(shared, &problem);
        failed = faulty_memory_failed();
        faulty_memory_fail_at(0, false);
        assert_true(error_is_set(&problem));
        assert_true(failed || strstr(problem.message, "without the row"));
        assert_null(strstr(seen, "+message"));
        assert_true(message->state == WRITE_FAILED || message->state == WRITE_PENDING);
        error_clear(&problem);
        write_queue_clear(&writing_of(shared)->queue);
        write_rate_clear(&writing_of(shared)->pace);
        known_forget(&reading_of(shared)->known);
    }
}

/* Answers all that is under way at once: a 503 for "a", and 409 for "r". No memory is left to say so for the first. */
static void two_at_once(const client_request *asked, client_answer *answer) {
    refuse(answer, 503, SQLITE_ERROR);
    for (int i = 0; i < shared->client->count; i++) {
        client_request *other = shared->client->requests[i];
        if (!other->done && other != asked) {
            refuse(&other->answer, 409, SQLITE_CONSTRAINT);
            other->done = true;
        }
    }
    faulty_memory_fail_at(1, false);
}

/* Nothing is replaced after an error that came in between, and the entry shows what was sent. */
static void test_no_replacement_after_an_error(void **state) {
    error problem = {0};
    (void)state;
    answer_of = two_at_once;
    /* in another service, so that the two go out together */
    put(WRITE_INSERT, "messages", "/Services/IS2/Channels/CH2", "/Services/IS2/Channels/CH2/Messages", "a");
    write_entry *replaced = put_channel("r");
    replaced->conflict = SQLITE_REPLACE;
    replaced->replace_path = sqlite3_mprintf("/v1" SERVICE "/Channels/name");
    replaced->replace_body = sqlite3_mprintf("h");
    seen[0] = 0;
    write_send_pending(shared, &problem);
    faulty_memory_fail_at(0, false);
    assert_int_equal(problem.rc, SQLITE_NOMEM);
    assert_string_equal(seen, "+a +r -a ");
    assert_int_equal(replaced->state, WRITE_FAILED);
    assert_string_equal(replaced->body, "r");
    assert_null(strstr(replaced->path, "/name"));
    error_clear(&problem);
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
        cmocka_unit_test_setup_teardown(test_pacing, begin, end),
        cmocka_unit_test_setup_teardown(test_pacing_of_several, begin, end),
        cmocka_unit_test_setup_teardown(test_pacing_takes_the_shortest_wait, begin, end),
        cmocka_unit_test_setup_teardown(test_pacing_of_an_update, begin, end),
        cmocka_unit_test_setup_teardown(test_interrupt, begin, end),
        cmocka_unit_test_setup_teardown(test_interrupt_before_it_was_sent, begin, end),
        cmocka_unit_test_setup_teardown(test_interrupt_while_finding, begin, end),
        cmocka_unit_test_setup_teardown(test_interrupt_in_a_pause, begin, end),
        cmocka_unit_test_setup_teardown(test_no_place_for_a_journal, begin, end),
        cmocka_unit_test_setup_teardown(test_journal, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_of_what_could_not_begin, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_is_durable, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_that_is_lost, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_that_is_late, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_that_is_late_at_the_end, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_that_others_make, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_that_others_keep, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_with_an_impossible_name, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_journal_without_a_folder, begin, end_with_file),
        cmocka_unit_test_setup_teardown(test_memory_without_an_address, begin, end),
        cmocka_unit_test_setup_teardown(test_no_replacement_after_an_error, begin, end),
        cmocka_unit_test_setup_teardown(test_memory, begin, end),
        {"test_memory, away", test_memory, begin_away, end, NULL},
        cmocka_unit_test_setup_teardown(test_journal_without_memory, begin, end_with_file),
    };
    faulty_memory_install();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
